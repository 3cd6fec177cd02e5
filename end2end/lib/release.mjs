// A release that was recorded when it was made (fixtures/record.mjs): its phone, its office, what it sends.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { restoreStores } from './stores.mjs';

/** { about, phone, push, officeIn(folder) }: the last writes the office's database there and names it. */
export function recorded(name) {
  const folder = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
  const packed = (file) => brotliDecompressSync(readFileSync(join(folder, file)));
  return {
    about: JSON.parse(readFileSync(join(folder, 'about.json'), 'utf8')),
    phone: JSON.parse(packed('phone.json.br').toString()),
    push: readFileSync(join(folder, 'push.bin')),
    officeIn(where) {
      const file = join(where, 'recorded.sqlite');
      writeFileSync(file, packed('office.br'));
      return `sqlite://${file}`;
    },
  };
}

/** Puts the recorded phone into this device before any program runs on it, and comes to its lock. */
export async function becomePhone(page, stores) {
  const nothing = '**/_nothing';
  await page.route(nothing, (route) => route.fulfill({ contentType: 'text/html', body: '<title>–</title>' }));
  await page.goto('/_nothing');
  await restoreStores(page, stores);
  await page.unroute(nothing);
  await page.goto('/dzis');
}
