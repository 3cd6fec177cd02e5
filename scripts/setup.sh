#!/usr/bin/env bash
# Installs what is missing, group by group, and says what and why. Safe and quick to run again.
#
#   scripts/setup.sh [make] [toolchain] [site] [browser] [postgres]
#
# It needs Rust (rustup), Node 20 or newer, and apt with root or sudo; all else comes from
# crates.io, npm and Debian through cargo, npm and apt.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif has sudo; then
        sudo "$@"
    else
        die "'$*' needs root, and there is no sudo here"
    fi
}

# The package lists are fetched only when the first try fails: they may be there and fresh.
apt_install() {
    local why="$1"
    shift
    has apt-get || die "please install: $* ($why)"
    say "Installing $* with apt: $why"
    local install=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq
        install --yes --no-install-recommends "$@")
    # Its hundred lines of progress are dropped; what goes wrong is on the other stream.
    as_root "${install[@]}" >/dev/null 2>&1 && return
    as_root apt-get -o DPkg::Lock::Timeout=300 -qq update
    as_root "${install[@]}" >/dev/null
}

group_make() {
    has make || apt_install "runs the commands of the Makefile" make
}

group_toolchain() {
    has cc || apt_install "Rust links with it, and SQLite is built with it" gcc libc6-dev
    has cargo || die "Rust is missing: install rustup (https://rustup.rs) and run this again"
    # Only asked to install when it does not answer: a machine may have linked its own under this name.
    cargo --version >/dev/null 2>&1 || {
        say "Installing the Rust that rust-toolchain.toml names"
        rustup toolchain install
    }
    cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
    cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
    add_target wasm32-unknown-unknown "the browser part is compiled for it"
    add_target wasm32-wasip1 "the pure rings are tested as WebAssembly, too"
}

add_target() {
    [[ -d "$(rustc --print sysroot)/lib/rustlib/$1" ]] || {
        say "Adding the target $1: $2"
        rustup target add "$1"
    }
}

group_site() {
    wasm_bindgen
    wasm_split
    node_packages
}

# A tool from crates.io, not optimised: compiling it takes minutes, running it seconds. The tools share a
# target folder because they share crates; not ours, whose profiles and features are another matter. Not
# --locked: the lock file that is published with a tool may name versions that cannot be had.
install_tool() {
    CARGO_TARGET_DIR="$TARGET/tools" CARGO_PROFILE_RELEASE_OPT_LEVEL=0 cargo install --quiet --force "$@"
}

# The tool and the crate must be of one version, or the glue does not fit the wasm.
wasm_bindgen() {
    local wanted
    wanted="$(locked_version wasm-bindgen)"
    [[ -n "$wanted" ]] || die "Cargo.lock names no wasm-bindgen"
    [[ "$(wasm-bindgen --version 2>/dev/null)" == "wasm-bindgen $wanted" ]] && return
    say "Installing wasm-bindgen $wanted with cargo (a minute or two): it joins the wasm and the browser"
    # No default features: they are for its test runner.
    install_tool wasm-bindgen-cli --version "$wanted" --bin wasm-bindgen --no-default-features
    [[ "$(wasm-bindgen --version)" == "wasm-bindgen $wanted" ]] ||
        die "another wasm-bindgen comes first on PATH: $(command -v wasm-bindgen)"
}

# Cuts the wasm into parts that are fetched when needed.
wasm_split() {
    local wanted=0.2.4
    cargo install --list | grep -qx "wasm_split_cli_support v$wanted:" && return
    say "Installing wasm-split-cli $wanted with cargo (a minute): it cuts the wasm into parts"
    install_tool wasm_split_cli_support --version "$wanted" --features build-binary
}

# wasm-opt, the CSS and JavaScript tools, and what drives the browser in tests.
node_packages() {
    has node || die "Node 20 or newer is missing"
    local major stamp wanted
    major="$(node --print 'process.versions.node.split(".")[0]')"
    ((major >= 20)) || die "Node 20 or newer is needed, this is $(node --version)"
    stamp="end2end/node_modules/.installed"
    wanted="$(cat end2end/package.json end2end/package-lock.json | sha256sum) node $major"
    [[ -f "$stamp" && "$(<"$stamp")" == "$wanted" ]] && return
    say "Installing the packages of end2end/ with npm: wasm-opt, lightningcss, esbuild, playwright"
    # No install scripts: each package brings its program ready-made.
    npm ci --prefix end2end --ignore-scripts --no-audit --no-fund --loglevel=error
    printf '%s' "$wanted" >"$stamp"
}

group_browser() {
    chromium_bin >/dev/null || apt_install "the browser tests use it" chromium
    { has WebKitWebDriver && has Xvfb; } ||
        apt_install "the iPhone's engine, and a screen for it: some browser tests run there too" webkit2gtk-driver xvfb ||
        say "WebKit cannot be had here: its tests will say that they were left out"
}

group_postgres() {
    postgres_bin >/dev/null ||
        apt_install "the server tests run on it too, in a throw-away folder (Debian also makes an empty cluster of its own, unused here)" \
            postgresql-15
}

(($# > 0)) || set -- make toolchain site browser postgres
for group in "$@"; do
    declare -F "group_$group" >/dev/null || die "no such group: $group"
    "group_$group"
done
