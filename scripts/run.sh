#!/usr/bin/env bash
# From a fresh clone to a running Asysta with the demo town in a SQLite file; arguments go to
# `asysta serve`.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

scripts/setup.sh toolchain site
say "Building the browser part"
scripts/site.sh
# The quick build: the demo town needs no more, and `make test` builds on the same. In earnest:
# cargo build --release --features ssr
say "Building the server"
cargo build --features ssr
# Handed in as settings, so that arguments can still say otherwise.
export ASYSTA_SITE="${ASYSTA_SITE:-$SITE}"
exec "$TARGET/debug/asysta" serve --demo "$@"
