#!/usr/bin/env bash
# All checks, the quickest refusal first, or those that are named:
#
#   scripts/test.sh                 everything, as `make test` and CI do
#   scripts/test.sh format lint     these two
#
# Each step installs what it needs (scripts/setup.sh) and says how long it took. RUSTFLAGS are left
# alone everywhere: other flags would compile every dependency again.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

STEPS=(format unit wasm lint stories simulation docs site browser)

step_format() {
    cargo fmt --check
}

# The pure rings, without any feature: seconds, so they come first.
step_unit() {
    cargo test --quiet --lib
}

# The same tests as 32-bit WebAssembly, as the phone runs them: terms, rules and merges must not differ.
step_wasm() {
    # Without --single-threaded, Node sometimes crashes when a large program of WASI ends.
    CARGO_TARGET_WASM32_WASIP1_RUNNER="node --no-warnings --single-threaded $ROOT/scripts/wasi.mjs" \
        cargo test --quiet --lib --target wasm32-wasip1
}

# Three ways, for three programs are compiled from the one crate.
step_lint() {
    cargo clippy --quiet --all-targets -- -D warnings
    cargo clippy --quiet --all-targets --features ssr -- -D warnings
    cargo clippy --quiet --lib --features hydrate --target wasm32-unknown-unknown -- -D warnings
}

# The server's tests, on SQLite and on PostgreSQL.
step_stories() {
    scripts/setup.sh postgres
    # The simulation is a step of its own.
    scripts/with-postgres.sh cargo test --features ssr -- --skip server::simulation
}

# Schedules with seeded faults, one in fifty on PostgreSQL too. ASYSTA_SIM_SCHEDULES sets how many.
# The two halves run on a core each: SQLite answers from a thread of its own, and waking one on the same core costs a
# fraction of waking one on the other.
step_simulation() {
    scripts/setup.sh postgres
    export ASYSTA_SIM_SCHEDULES="${ASYSTA_SIM_SCHEDULES:-10000}"
    local run=(cargo test --quiet --features ssr --lib) cores
    # The first and the last of those that this process may use: "0-1", "4,6", "0".
    cores="$(awk '/^Cpus_allowed_list/ {print $2}' /proc/self/status)"
    "${run[@]}" --no-run
    taskset -c "${cores%%[-,]*}" "${run[@]}" server::simulation::r09_random_faults_lose_nothing_even -- --nocapture &
    local even=$!
    taskset -c "${cores##*[-,]}" "${run[@]}" server::simulation::r09_random_faults_lose_nothing_odd -- --nocapture &
    local odd=$! failed=0
    wait "$even" || failed=1
    wait "$odd" || failed=1
    ((failed == 0)) || die "the simulation found something"
    scripts/with-postgres.sh "${run[@]}" server::simulation -- --nocapture --skip seeds
}

# As many schedules as fit into ASYSTA_SOAK_MINUTES, from another seed each time.
step_soak() {
    ASYSTA_SIM_FIRST="${ASYSTA_SIM_FIRST:-$((RANDOM * 1000000000 + RANDOM * 32768))}" \
        cargo test --profile simulation --features simulation --lib simulation::soak -- --ignored --nocapture
}

step_docs() {
    RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --features ssr
}

step_site() {
    scripts/setup.sh site
    scripts/site.sh
}

# With the server's quick build: the slow, optimised one answers no differently.
step_browser() {
    scripts/setup.sh browser postgres
    cargo build --quiet --features ssr
    local tests=(end2end/*.test.mjs)
    # One file narrows it down: make e2e ONLY=end2end/smoke.test.mjs
    [[ -z "${ONLY:-}" ]] || read -ra tests <<<"$ONLY"
    # A test that fails half-way leaves its browser open: force-exit ends it instead of waiting for it.
    CARGO_TARGET_DIR="$TARGET" scripts/with-postgres.sh node --test --test-concurrency=1 --test-force-exit \
        --test-timeout=900000 --test-reporter=spec "${tests[@]}"
}

names=()
seconds=()
current=

run_step() {
    current="$1"
    local start=$SECONDS
    say "$current"
    # Plainly, not in a condition: there bash would go on after a failed command.
    "step_$current"
    names+=("$current")
    seconds+=("$((SECONDS - start))")
    echo "    $current: $((SECONDS - start)) s"
    current=
}

summary() {
    local status=$? i
    echo
    printf '%-10s %8s\n' step seconds
    for i in "${!names[@]}"; do printf '%-10s %8d\n' "${names[$i]}" "${seconds[$i]}"; done
    [[ -z "$current" ]] || printf '%-10s %8s\n' "$current" FAILED
    printf '%-10s %8d\n' total "$SECONDS"
    exit "$status"
}

(($# > 0)) || set -- "${STEPS[@]}"
for step in "$@"; do
    declare -F "step_$step" >/dev/null || die "no such step: $step (there are: ${STEPS[*]})"
done
trap summary EXIT
scripts/setup.sh toolchain
for step in "$@"; do run_step "$step"; done
