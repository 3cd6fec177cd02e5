// The page's only script: scripts/pack-site.mjs joins it with the glue that wasm-bindgen writes.
// A file of its own, not a line in the page, so that the page can forbid inline scripts.
import init from 'asysta-glue';

// The start function of the wasm (#[wasm_bindgen(start)]) takes over from here.
init({ module_or_path: ASYSTA_WASM }).catch((error) => {
  // The page shows its own words for this (html[data-boot="failed"]): there is no app that could.
  document.documentElement.dataset.boot = 'failed';
  throw error;
});
