// P3: one task changed on two devices of one person while both were offline: both texts are kept, a person
// chooses, and both devices agree afterwards.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDevice, REFUSED_NETWORK } from './lib/browser.mjs';
import { expectVisible } from './lib/look.mjs';
import { allSent, enrol, readyForOffline } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';

const server = await startServer();
after(() => server.end());
const phone = await openDevice({ url: server.url, device: 'phone' });
after(() => phone.end());
const tablet = await openDevice({ url: server.url, device: 'tablet' });
after(() => tablet.end());

async function writeTask(page, words) {
  await page.locator('#f-task').fill(words);
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
  await page.getByRole('heading', { name: 'Zadania rodziny', level: 1 }).waitFor();
}

test('two versions of one field are kept and a person chooses', async () => {
  const [one, two] = [await phone.page(), await tablet.page()];
  await enrol(one, 'ar1');
  await enrol(two, 'ar1');
  for (const page of [one, two]) await readyForOffline(page);
  for (const page of [one, two]) {
    await page.getByRole('link', { name: 'Rodziny', exact: true }).locator('visible=true').first().click();
    await page.getByRole('link', { name: 'Piołunowicz', exact: true }).click();
    await page.getByRole('link', { name: 'Wszystkie' }).click();
  }
  const first = one.locator('.card', { hasText: 'Do zrobienia' }).locator('a.row-title').first();
  const href = await first.getAttribute('href');
  await first.click();
  await two.locator(`a[href="${href}"]`).first().click();
  await phone.offline();
  await tablet.offline();
  phone.allow(REFUSED_NETWORK);
  tablet.allow(REFUSED_NETWORK);
  await writeTask(one, 'Wersja z telefonu');
  await writeTask(two, 'Wersja z tabletu');
  await phone.offline(false);
  await allSent(one);
  await tablet.offline(false);
  await allSent(two);
  await expectVisible(two.getByText('dwie wersje'));
  await two.locator(`a[href="${href}"]`).first().click();
  await expectVisible(two.getByRole('heading', { name: 'Dwie wersje: Zadanie' }));
  await expectVisible(two.locator('.version', { hasText: 'Wersja z telefonu' }));
  await two.locator('.version', { hasText: 'Wersja z tabletu' }).getByRole('button', { name: 'Zostaw tę wersję' }).click();
  await two.getByRole('heading', { name: 'Dwie wersje: Zadanie' }).waitFor({ state: 'detached' });
  await allSent(two);
  await one.getByRole('link', { name: 'Wysyłanie' }).locator('visible=true').first().click();
  await one.getByRole('button', { name: 'Synchronizuj' }).click();
  await allSent(one);
  await one.getByRole('link', { name: 'Rodziny', exact: true }).locator('visible=true').first().click();
  await one.getByRole('link', { name: 'Piołunowicz', exact: true }).click();
  await expectVisible(one.getByText('Wersja z tabletu'));
  assert.equal(await one.getByText('dwie wersje').count(), 0);
});
