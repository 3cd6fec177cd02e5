#!/usr/bin/env bash
# Measures; refuses nothing. The weight of the site, the benchmarks of benches/ (cargo) and those of
# end2end/bench/ (in a browser), on SQLite and on a throw-away PostgreSQL.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

scripts/setup.sh toolchain site browser postgres
scripts/site.sh
say "Weight of the site (bytes, brotli)"
wc --bytes "$SITE"/pkg/*.br

shopt -s nullglob
benches=()
for file in benches/*.rs; do benches+=(--bench "$(basename "$file" .rs)"); done
if ((${#benches[@]} > 0)); then
    say "benches/"
    scripts/with-postgres.sh cargo bench --features ssr "${benches[@]}"
fi

journeys=(end2end/bench/*.mjs)
if ((${#journeys[@]} > 0)); then
    say "end2end/bench/"
    cargo build --release --features ssr
    export ASYSTA_BIN="$TARGET/release/asysta" ASYSTA_SITE="$SITE"
    for file in "${journeys[@]}"; do node "$file"; done
fi
