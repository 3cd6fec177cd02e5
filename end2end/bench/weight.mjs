// B4: what the site weighs, as it is shipped: the compressed files that the server sends.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SITE } from '../lib/server.mjs';
import { line, title } from './lib/report.mjs';

const KB = 1000;
const assets = JSON.parse(readFileSync(join(SITE, 'assets.json'), 'utf8'));
const shipped = readdirSync(join(SITE, 'pkg')).filter((name) => !/\.(br|gz)$/.test(name)).map((name) => `/pkg/${name}`);
const wasm = shipped.filter((path) => path.endsWith('.wasm'));
const later = wasm.filter((path) => path !== assets.wasm).sort();

title('Weight: bytes, brotli', 'budget');
weigh('first screen: wasm, script and styles', [assets.wasm, assets.js, assets.css], 450 * KB);
weigh('  wasm of the first route', [assets.wasm], 300 * KB);
weigh('  script and styles', [assets.js, assets.css], 25 * KB);
weigh('whole app: all wasm', wasm, 500 * KB);
for (const path of later) weigh(`  later: ${nameOf(path)}`, [path]);
weigh('everything that is kept for offline', assets.precache);

function weigh(what, paths, budget) {
  const sum = (size) => paths.map(size).reduce((all, bytes) => all + bytes, 0);
  const [packed, raw] = [sum(sent), sum((path) => statSync(join(SITE, path)).size)];
  const compared = budget ? `${(packed / budget).toFixed(2)} of the budget, ${(packed / raw).toFixed(2)} of the bytes unpacked` : '';
  line('B4', what, packed.toLocaleString('en'), budget ? budget.toLocaleString('en') : '–', compared);
}

/** What crosses the network: the compressed file, where there is one. */
function sent(path) {
  const size = (name) => statSync(join(SITE, name), { throwIfNoEntry: false })?.size;
  return size(`${path}.br`) ?? size(path);
}

/** A file's name without its hash. */
function nameOf(path) {
  return path.replace(/^\/pkg\//, '').replace(/\.[0-9a-f]{16}\./, '.');
}
