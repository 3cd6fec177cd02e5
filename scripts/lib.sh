# shellcheck shell=bash
# What every script here shares. Source it; it moves to the root of the repository.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT" || exit

# One place for what is built; the same rule as cargo's own.
TARGET="${CARGO_TARGET_DIR:-$ROOT/target}"
[[ "$TARGET" == /* ]] || TARGET="$ROOT/$TARGET"
# shellcheck disable=SC2034  # read by the scripts that source this file
SITE="$TARGET/site"

# Tools that setup.sh installs are found even when the shell's profile does not name their folders.
export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$ROOT/end2end/node_modules/.bin:$PATH"

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }

die() {
    printf 'asysta: %s\n' "$*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# The version that the lock file holds: a tool must match its crate, and the number is written once.
locked_version() {
    awk -v crate="name = \"$1\"" '$0 == crate { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock
}

# The folder of a PostgreSQL server, 15 or newer; Debian keeps it off PATH.
postgres_bin() {
    local found dir major
    found="$(command -v initdb 2>/dev/null || true)"
    for dir in ${found:+"$(dirname "$(readlink -f "$found")")"} $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
        [[ -x "$dir/initdb" && -x "$dir/pg_ctl" && -x "$dir/postgres" ]] || continue
        major="$("$dir/postgres" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/')"
        if ((major >= 15)); then
            printf '%s\n' "$dir"
            return 0
        fi
    done
    return 1
}

# A Chromium that playwright can drive.
chromium_bin() {
    if [[ -n "${ASYSTA_CHROMIUM:-}" ]]; then
        printf '%s\n' "$ASYSTA_CHROMIUM"
    else
        command -v chromium || command -v chromium-browser || command -v google-chrome
    fi
}
