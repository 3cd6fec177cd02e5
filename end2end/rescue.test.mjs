// P10: unsent work leaves the phone as one sealed file in two taps, and reaches the office from a computer.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { openDevice, REFUSED_NETWORK } from './lib/browser.mjs';
import { expectVisible } from './lib/look.mjs';
import { allSent, enrol, signIn } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { fillVisit, openFamily } from './lib/visit.mjs';
import { fetchAll, newId, session } from './lib/wire.mjs';

const WORDS = 'Wizyta z telefonu, który długo nie miał sieci.';

const server = await startServer();
after(() => server.end());
const phone = await openDevice({ url: server.url, device: 'phone' });
after(() => phone.end());
const desk = await openDevice({ url: server.url, device: 'desk' });
after(() => desk.end());

/** How many records in the office hold the words. */
async function inTheOffice() {
  const kept = await fetchAll(server, await session(server, 'ar1'), newId(), {});
  return kept.filter(({ answers }) => JSON.stringify(answers).includes(WORDS)).length;
}

test('a copy of what waits is saved without a network and brought to the office at a desk', async () => {
  const page = await phone.page();
  await enrol(page, 'ar1');
  phone.allow(REFUSED_NETWORK);
  await phone.offline();
  await openFamily(page, 'Piołunowicz');
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await fillVisit(page, WORDS);
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
  await expectVisible(page.getByText(WORDS));

  await page.getByRole('link', { name: 'Wysyłanie' }).locator('visible=true').first().click();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Zapisz kopię (1)' }).click();
  const copy = await coming;
  await expectVisible(page.getByText('W pliku: 1 zapis.'));
  assert.match(copy.suggestedFilename(), /^asysta-kopia-\d{4}-\d\d-\d\d\.asysta$/);
  const file = await copy.path();
  const plain = readFileSync(file, 'utf8');
  for (const secret of [WORDS, 'Piołunowicz', 'Modrzewiak']) assert.ok(!plain.includes(secret), secret);
  const packets = JSON.parse(plain).packets.map((packet) => Buffer.from(packet, 'base64').toString('latin1'));
  assert.ok(packets.every((packet) => !packet.includes('telefonu')), 'and nothing under the base 64');

  const office = await desk.page();
  await signIn(office, 'kierownik');
  await expectVisible(office.getByRole('heading', { name: 'Pulpit' }));
  await office.goto('/telefony');
  const input = office.locator('input[type=file]');
  await input.setInputFiles({ name: 'inny.asysta', mimeType: 'application/octet-stream', buffer: Buffer.from('{}') });
  await expectVisible(office.getByText('To nie jest kopia niewysłanych zapisów Asysty'));
  assert.equal(await inTheOffice(), 0);
  await input.setInputFiles(file);
  await expectVisible(office.getByText('Ośrodek ma wszystko z kopii: 1 zapis.'));
  assert.equal(await inTheOffice(), 1);

  // The phone finds the network again: its own copy changes nothing.
  await phone.offline(false);
  await page.getByRole('button', { name: 'Synchronizuj' }).click();
  await allSent(page);
  assert.equal(await inTheOffice(), 1);
});
