#!/usr/bin/env bash
# Builds the browser part into <target>/site: wasm, script, styles, icons, service worker.
#
#   scripts/site.sh          as it is delivered
#   scripts/site.sh --dev    quick: debug wasm, no wasm-opt, light compression
#
# cargo decides whether the wasm changes; if it and the other inputs are as before, the rest is skipped.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

profile="wasm-release"
pack_options=()
case "${1:-}" in
--dev)
    profile=dev
    pack_options=(--dev)
    ;;
"") ;;
*) die "usage: scripts/site.sh [--dev]" ;;
esac

folder="$profile"
[[ "$profile" != dev ]] || folder=debug # cargo's own name for it
wasm="$TARGET/wasm32-unknown-unknown/$folder/asysta.wasm"
glue="$TARGET/site-glue"
stamp="$TARGET/site.stamp"

# What the site is made of, as one hash.
inputs() {
    {
        echo "$profile"
        sha256sum "$wasm"
        find style public src -type f \( -not -path 'src/*' -o -name shell.rs \) -print0 | sort -z | xargs -0 sha256sum
        sha256sum scripts/site.sh scripts/pack-site.mjs scripts/boot.js end2end/package-lock.json Cargo.lock
    } | sha256sum
}

# Cuts the program at src/ui/fetched.rs: the main part starts, the others are fetched when needed.
# The glue is made for the main part, which keeps the linker's exports because the others lean on them.
split() {
    RUST_LOG=warn wasm-split-cli --target web --out-name asysta "$wasm" "$glue"
    wasm-bindgen --target web --no-typescript --omit-default-module-path --keep-lld-exports --no-demangle \
        --out-name asysta --out-dir "$glue" "$glue/asysta.wasm"
    rm "$glue/asysta.wasm"
}

# Rust's output uses these features of WebAssembly, which every browser we serve knows; wasm-opt
# must neither refuse them nor add others.
optimise() {
    wasm-opt "$1" -Oz \
        --enable-bulk-memory --enable-bulk-memory-opt --enable-call-indirect-overlong \
        --enable-multivalue --enable-mutable-globals --enable-nontrapping-float-to-int \
        --enable-reference-types --enable-sign-ext \
        --strip-debug --strip-producers --strip-target-features \
        --output "$1.optimised"
    mv "$1.optimised" "$1"
}

cargo build --lib --no-default-features --features hydrate --target wasm32-unknown-unknown --profile "$profile"

before="$(inputs)"
if [[ -f "$SITE/assets.json" && -f "$stamp" && "$(<"$stamp")" == "$before" ]]; then
    echo "The site is up to date: $SITE"
    exit
fi

rm -rf "$glue" "$stamp"
split
if [[ "$profile" != dev ]]; then
    for part in "$glue"/*.wasm; do optimise "$part"; done
fi
node scripts/pack-site.mjs --glue "$glue" --out "$TARGET/site.new" ${pack_options[@]+"${pack_options[@]}"}

# Swapped in as a whole: a server that runs never sees half a site.
rm -rf "$TARGET/site.old"
[[ ! -d "$SITE" ]] || mv "$SITE" "$TARGET/site.old"
mv "$TARGET/site.new" "$SITE"
rm -rf "$TARGET/site.old"
printf '%s' "$before" >"$stamp"
