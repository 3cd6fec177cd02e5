#!/usr/bin/env bash
# Measures; refuses nothing. The weight of the site, the office (benches/, on SQLite and on a throw-away
# PostgreSQL) and the app in a browser (end2end/bench/), or those that are named: weight, office, browser.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

export ASYSTA_BIN="$TARGET/release/asysta" ASYSTA_SITE="$SITE"

measure_weight() {
    node end2end/bench/weight.mjs
}

measure_office() {
    scripts/setup.sh postgres
    scripts/with-postgres.sh cargo bench --features ssr --bench office
}

measure_browser() {
    scripts/setup.sh browser
    cargo build --release --features ssr
    node end2end/bench/browser.mjs
}

(($# > 0)) || set -- weight office browser
for part in "$@"; do
    declare -F "measure_$part" >/dev/null || die "no such part: $part (there are: weight office browser)"
done
scripts/setup.sh toolchain site
scripts/site.sh
for part in "$@"; do
    say "$part"
    "measure_$part"
done
