// A routine visit is written with at most fifteen taps, a missed one with at most four (experience.md 7).
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDevice } from './lib/browser.mjs';
import { expectVisible } from './lib/look.mjs';
import { allSent, enrol } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { chip, Taps } from './lib/visit.mjs';

const server = await startServer();
after(() => server.end());
const phone = await openDevice({ url: server.url, device: 'phone' });
after(() => phone.end());

test('a routine visit takes at most 15 taps', async () => {
  const page = await phone.page();
  await enrol(page, 'ar1');
  const taps = new Taps(page);
  const start = Date.now();
  await taps.tap(page.getByRole('link', { name: /Rozpocznij wizytę/ }));
  await expectVisible(page.getByRole('heading', { name: /^Wizyta/ }));
  await taps.tap(page.getByRole('button', { name: /Jak ostatnio/ }));
  await taps.tap(chip(page, 'Obecni członkowie rodziny', 'Wszyscy'));
  await taps.tap(page.locator('.phrase'));
  const checks = page.locator('.taskcheck');
  for (let place = 0; place < Math.min(2, await checks.count()); place += 1) {
    await taps.tap(checks.nth(place).getByRole('button', { name: 'Wykonane' }));
  }
  await taps.tap(page.getByRole('button', { name: 'za tydzień' }));
  await taps.tap(page.getByRole('button', { name: 'Od: 5 minut wcześniej' }));
  await taps.tap(page.getByRole('button', { name: 'Zakończ teraz' }));
  await taps.tap(page.getByRole('button', { name: 'Zapisz', exact: true }));
  await page.getByRole('heading', { name: 'Co było' }).waitFor();
  console.log(`# a routine visit: ${taps.count} taps, ${Date.now() - start} ms`);
  assert.ok(taps.count <= 15, `${taps.count} taps`);
  await allSent(page);
});

test('a missed visit takes at most 4 taps', async () => {
  const page = await phone.page();
  await page.getByRole('link', { name: 'Dziś' }).locator('visible=true').first().click();
  const taps = new Taps(page);
  await taps.tap(page.locator('.card', { hasText: 'Wizyty' }).locator('a.row-title'));
  await taps.tap(chip(page, 'Wynik wizyty', 'Nieodbyta'));
  await taps.tap(chip(page, 'Wynik wizyty', /nikogo nie zastano/));
  await taps.tap(page.getByRole('button', { name: 'Zapisz', exact: true }));
  await page.getByRole('heading', { name: 'Co było' }).waitFor();
  await expectVisible(page.getByText(/nikogo nie zastano/));
  assert.ok(taps.count <= 4, `${taps.count} taps`);
});
