// The version after this one: the same program in a site of another name, as phones meet it after an update.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SITE } from './server.mjs';

/** Writes the site of the next version into this folder. */
export function nextSite(folder) {
  const site = join(folder, 'next-site');
  cpSync(SITE, site, { recursive: true });
  const worker = join(site, 'sw.js');
  const now = readFileSync(worker, 'utf8');
  const next = now.replace(/"version":"[0-9a-f]+"/, '"version":"0123456789abcdef"');
  if (next === now) throw new Error('the worker names no version');
  writeFileSync(worker, next);
  for (const ending of ['.br', '.gz']) rmSync(worker + ending, { force: true });
  return site;
}
