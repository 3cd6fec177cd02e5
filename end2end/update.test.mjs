// Scenario 12 of the offline promises: a new version appears while a form is open and the outbox is full. It waits
// until the person asks for it; the draft and all that waited are there afterwards, and it starts without a network.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDevice, REFUSED_NETWORK } from './lib/browser.mjs';
import { expectVisible } from './lib/look.mjs';
import { nextSite } from './lib/next.mjs';
import { allSent, enrol, readyForOffline, unlock } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { fillVisit, openFamily } from './lib/visit.mjs';

const WAITING = 'Wizyta, która czekała na wysłanie podczas aktualizacji.';
const DRAFT = 'Zdanie niedokończone przed aktualizacją';

const folder = mkdtempSync(join(tmpdir(), 'asysta-next-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const server = await startServer();
after(() => server.end());
const phone = await openDevice({ url: server.url, device: 'phone' });
after(() => phone.end());

/** The name under which the worker that is in charge keeps its files. */
const versions = (page) => page.evaluate(() => caches.keys());

test('scenario 12: a new version waits for the person, and hurts neither drafts nor what waits', async () => {
  const page = await phone.page();
  const passphrase = await enrol(page, 'ar1');
  await readyForOffline(page);
  phone.allow(REFUSED_NETWORK);
  await server.stop();
  await openFamily(page, 'Piołunowicz');
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await fillVisit(page, WAITING);
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
  await expectVisible(page.getByText(WAITING));
  await openFamily(page, 'Jemiołkowicz');
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await page.getByLabel('Podjęte działania i przebieg').fill(DRAFT);
  await expectVisible(page.getByText('Szkic zapisany'));

  // The office has a new version; exchanges fail, so the outbox stays full.
  await phone.context.route('**/api/v1/exchange', (route) => route.abort());
  server.site = nextSite(folder);
  await server.start();
  const before = await versions(page);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  // It is fetched beside the old one, and nothing happens to the form by itself.
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting !== null);
  assert.equal((await versions(page)).length, before.length + 1);
  assert.equal(await page.getByLabel('Podjęte działania i przebieg').inputValue(), DRAFT);

  await page.goBack();
  await expectVisible(page.getByText('Jest nowa wersja Asysty.'));
  await page.getByRole('button', { name: 'Zaktualizuj' }).click();
  await unlock(page, passphrase);
  await expectVisible(page.getByText(WAITING).or(page.locator('.syncline', { hasText: 'Zapisane na telefonie' })));
  assert.deepEqual(await versions(page), ['asysta-0123456789abcdef'], 'only the new version is kept');

  // Offline, pages never seen under the new version open too.
  await server.stop();
  await page.reload();
  await unlock(page, passphrase);
  for (const place of ['Rodziny', 'Wysyłanie', 'Dziś']) {
    await page.getByRole('link', { name: place, exact: true }).locator('visible=true').first().click();
    await expectVisible(page.getByRole('heading', { level: 1 }));
  }
  await page.locator('.card', { hasText: 'Niedokończone' }).getByRole('link', { name: 'Jemiołkowicz' }).click();
  assert.equal(await page.getByLabel('Podjęte działania i przebieg').inputValue(), DRAFT);
  await page.goBack();

  await phone.context.unroute('**/api/v1/exchange');
  await server.start();
  await page.getByRole('link', { name: 'Wysyłanie' }).locator('visible=true').first().click();
  await page.getByRole('button', { name: 'Synchronizuj' }).click();
  await allSent(page);
});
