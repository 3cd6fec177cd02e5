// Packs the browser part, the last step of scripts/site.sh:
//
//   node scripts/pack-site.mjs --glue DIR --out DIR [--dev]
//
// From wasm-bindgen's output, style/ and public/ it makes the folder that the server serves:
// hashed names in pkg/ (they may be cached for ever), everything also as .br and .gz, assets.json
// (what the server needs to write the page) and sw.js (with its version and its list of files).
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const tool = createRequire(join(root, 'end2end/package.json'));
const esbuild = tool('esbuild');
const lightningcss = tool('lightningcss');

// The oldest browsers that are served; older ones lack what the app needs anyway.
const BROWSERS = { chrome: 115, edge: 115, firefox: 115, safari: 16.4, ios_saf: 16.4, samsung: 23 };
// Never needed offline: for robots, for the installer's shop window, for proving who owns the domain.
const NOT_PRECACHED = /^\/(robots\.txt$|screenshots\/|\.well-known\/)/;
const COMPRESSED = new Set(['.css', '.html', '.ico', '.js', '.json', '.svg', '.txt', '.wasm', '.webmanifest', '.xml']);

const { values: options } = parseArgs({
  options: { glue: { type: 'string' }, out: { type: 'string' }, dev: { type: 'boolean', default: false } },
});
const glue = resolve(options.glue);
const out = resolve(options.out);

await rm(out, { recursive: true, force: true });
await mkdir(join(out, 'pkg'), { recursive: true });
await cp(join(root, 'public'), out, { recursive: true });

const wasm = await writeHashed('asysta_bg', '.wasm', await readFile(join(glue, 'asysta_bg.wasm')));
const parts = await writeParts();
const js = await writeHashed('boot', '.js', await packScript(wasm));
const css = await writeHashed('asysta', '.css', await packStyle());

const precache = (await files(out)).filter((path) => path !== '/sw.js' && !NOT_PRECACHED.test(path));
const version = await versionOf(precache);
await writeFile(join(out, 'sw.js'), await packWorker({ version, boot: js, precache }));
await compressAll();
await writeFile(join(out, 'assets.json'), JSON.stringify({ js, wasm, css, version, precache }, null, 2) + '\n');
await printSizes();

/** The parts of the program that are fetched when they are needed: what they were called, and what they are now. */
async function writeParts() {
  const names = (await readdir(glue)).filter((name) => name.endsWith('.wasm') && name !== 'asysta_bg.wasm').sort();
  const written = names.map(async (name) => {
    const path = await writeHashed(name.replace(/\.wasm$/, ''), '.wasm', await readFile(join(glue, name)));
    return [name, path];
  });
  return new Map(await Promise.all(written));
}

/** The loader of the parts, which stand beside the script, must ask for their hashed names. */
function withPartNames(loader) {
  return loader.replace(/new URL\("\.\/([^"]+)", import\.meta\.url\)/g, (_, name) => {
    if (!parts.has(name)) throw new Error(`${name} is asked for, but was not made`);
    return JSON.stringify(parts.get(name));
  });
}

/** The boot script and the glue in one module, snippets of crates included. */
async function packScript(wasmPath) {
  const result = await esbuild.build({
    entryPoints: [join(root, 'scripts/boot.js')],
    alias: { 'asysta-glue': join(glue, 'asysta.js') },
    define: { ASYSTA_WASM: JSON.stringify(wasmPath) },
    plugins: [{
      name: 'part-names',
      setup: (build) => build.onLoad({ filter: /__wasm_split\.js$/ }, async ({ path }) => ({
        contents: withPartNames(await readFile(path, 'utf8')),
      })),
    }],
    bundle: true,
    format: 'esm',
    charset: 'utf8',
    legalComments: 'none',
    minify: !options.dev,
    target: ['es2022', `chrome${BROWSERS.chrome}`, `firefox${BROWSERS.firefox}`, `safari${BROWSERS.safari}`],
    write: false,
    logLevel: 'warning',
  });
  return result.outputFiles[0].contents;
}

/** All of style/ in one sheet. */
async function packStyle() {
  const targets = Object.fromEntries(
    Object.entries(BROWSERS).map(([name, version]) => {
      const [major, minor = 0] = String(version).split('.').map(Number);
      return [name, (major << 16) | (minor << 8)];
    }),
  );
  const { code, warnings } = lightningcss.bundle({
    filename: join(root, 'style/main.css'),
    minify: !options.dev,
    targets,
  });
  for (const { message, loc } of warnings) console.warn(`style/: ${message} (${loc?.filename}:${loc?.line})`);
  checkLinks(code.toString());
  return code;
}

/** A picture or font that the sheet names must be there: a missing one would only show in the field. */
function checkLinks(sheet) {
  for (const [, link] of sheet.matchAll(/url\(["']?([^"')]+)/g)) {
    if (/^(data:|#)/.test(link)) continue;
    if (!link.startsWith('/')) throw new Error(`style/: url(${link}) must begin with /`);
    if (!existsSync(join(root, 'public', link.split(/[?#]/)[0]))) throw new Error(`style/: public${link} is missing`);
  }
}

async function packWorker(build) {
  const template = await readFile(join(root, 'public/sw.js'), 'utf8');
  const line = /^const BUILD = .*;$/m;
  if (!line.test(template)) throw new Error('public/sw.js has lost its line "const BUILD = …;"');
  return template.replace(line, () => `const BUILD = ${JSON.stringify(build)};`);
}

/**
 * One name for everything the worker keeps: the files, the worker itself, and the source of the
 * page that the server writes, for a new page must reach the phones even when no file changed.
 */
async function versionOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path).update(digest(await readFile(join(out, path))));
  for (const path of ['public/sw.js', 'style/icons.svg']) hash.update(await readFile(join(root, path)));
  for (const path of await files(join(root, 'src'))) {
    if (path.endsWith('/shell.rs')) hash.update(await readFile(join(root, 'src', path)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function writeHashed(name, extension, bytes) {
  const path = `/pkg/${name}.${digest(bytes).slice(0, 16)}${extension}`;
  await writeFile(join(out, path), bytes);
  return path;
}

/** Compressed once here, as tightly as can be, instead of at every request. */
async function compressAll() {
  const quality = options.dev ? 4 : constants.BROTLI_MAX_QUALITY;
  const compressible = (await files(out)).filter((path) => COMPRESSED.has(extname(path)));
  await Promise.all(
    compressible.map(async (path) => {
      const bytes = await readFile(join(out, path));
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      };
      const variants = { br: await promisify(brotliCompress)(bytes, { params }), gz: await promisify(gzip)(bytes, { level: 9 }) };
      for (const [ending, packed] of Object.entries(variants)) {
        if (packed.length < bytes.length) await writeFile(join(out, `${path}.${ending}`), packed);
      }
    }),
  );
}

async function printSizes() {
  for (const path of [wasm, ...parts.values(), js, css]) {
    const [raw, br] = await Promise.all(['', '.br'].map((ending) => readFile(join(out, path + ending)).catch(() => [])));
    console.log(`${path}  ${raw.length} B, brotli ${br.length || '–'} B`);
  }
}

/** Every file below a folder, as sorted paths that begin with '/'. */
async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => '/' + relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
