// Runs a program built for WASI, as cargo runs its tests: `node scripts/wasi.mjs PROGRAM ARGUMENTS…`.
// It sees the files of the project, no network and none of the environment.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { WASI } from 'node:wasi';

const [program, ...args] = process.argv.slice(2);
const project = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const wasi = new WASI({
  version: 'preview1', args: [program, ...args], env: {}, preopens: { [project]: project }, returnOnExit: true,
});
const { instance } = await WebAssembly.instantiate(await readFile(program), wasi.getImportObject());
process.exit(wasi.start(instance));
