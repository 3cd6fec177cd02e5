#!/usr/bin/env bash
# Writes the whole sheet to standard output, in the order of main.css.
set -euo pipefail
cd "$(dirname "$0")"
sed -n 's/^@import "\(.*\)";$/\1/p' main.css | xargs cat
