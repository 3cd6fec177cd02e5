//! The migrations are compiled into the program: it is built anew when they change. The browser part
//! keeps what its linker knew.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    // scripts/site.sh cuts the browser part into parts, and must know what refers to what.
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo:rustc-link-arg-cdylib=--emit-relocs");
    }
}
