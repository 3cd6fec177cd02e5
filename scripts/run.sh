#!/usr/bin/env bash
# From a fresh clone to a running Asysta with the demo town in a SQLite file; arguments go to
# `asysta serve`.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

scripts/setup.sh toolchain
# The server is compiled while the tools of the browser part are installed: each alone leaves a core idle
# now and then. The quick build: the demo town needs no more, and `make test` builds on the same. In
# earnest: cargo build --release --features ssr
say "Building the server, and meanwhile what the browser part needs"
cargo build --quiet --features ssr &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
scripts/setup.sh site
say "Building the browser part"
scripts/site.sh
wait "$server"
trap - EXIT
# Handed in as settings, so that arguments can still say otherwise.
export ASYSTA_SITE="${ASYSTA_SITE:-$SITE}"
exec "$TARGET/debug/asysta" serve --demo "$@"
