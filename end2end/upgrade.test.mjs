// P8: the upgrade cannot hurt. The phone and the office of a recorded release, with everything that can wait on a
// phone, meet the program of today: it opens, nothing is missing, everything is sent once.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { openDevice } from './lib/browser.mjs';
import { expectVisible } from './lib/look.mjs';
import { PASSWORD, allSent, signIn, unlock } from './lib/people.mjs';
import { becomePhone, recorded } from './lib/release.mjs';
import { startServer } from './lib/server.mjs';
import { openFamily } from './lib/visit.mjs';
import { session } from './lib/wire.mjs';

/** The releases whose phones may still come: the two before this one. */
const RELEASES = ['release-1'];

const folder = mkdtempSync(join(tmpdir(), 'asysta-release-'));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const name of RELEASES) {
  const { about, phone: stores, push, officeIn } = recorded(name);

  test(`${name}: what its app sends is understood, and has one effect however often it comes`, async (t) => {
    const server = await startServer({ demo: false, database: officeIn(mkdtempSync(join(folder, 'push-'))) });
    t.after(() => server.end());
    const signed = await session(server, about.login);
    const first = await send(server, signed, push);
    assert.ok(first.receipts.length >= 4, 'cards, a task and a note');
    for (const { verdict } of first.receipts) assert.ok(verdict.accepted, JSON.stringify(verdict));
    assert.deepEqual((await send(server, signed, push)).receipts, first.receipts);
  });

  test(`${name}: its phone opens under the new program with all that waited, and sends it once`, async (t) => {
    const server = await startServer({ demo: false, database: officeIn(mkdtempSync(join(folder, 'phone-'))) });
    t.after(() => server.end());
    const device = await openDevice({ url: server.url, device: 'phone' });
    t.after(() => device.end());
    const page = await device.page();
    // Its session is long over: the app asks once, in place.
    device.allow(/401/);
    await becomePhone(page, stores);
    await unlock(page, about.passphrase);

    await expectVisible(page.getByRole('heading', { name: 'Niedokończone' }));
    await opensDraft(page, 'Jemiołkowicz', 'Podjęte działania i przebieg', about.words.draft);
    await opensDraft(page, 'notatka służbowa', 'Opis faktów', about.words.draft_note);
    await openFamily(page, 'Jemiołkowicz');
    await expectVisible(page.getByText(about.words.plain));
    await expectVisible(page.getByText('na telefonie').first());

    await page.getByRole('button', { name: 'Zaloguj', exact: true }).locator('visible=true').first().click();
    await page.locator('#again-login').fill(about.login);
    await page.locator('#again-password').fill(PASSWORD);
    await page.locator('dialog').getByRole('button', { name: 'Zaloguj', exact: true }).click();
    await allSent(page);

    await arrived(server, t, about.words);
    // The drafts are still there, after the sending and another start.
    await page.goto('/dzis');
    await unlock(page, about.passphrase);
    await opensDraft(page, 'Jemiołkowicz', 'Podjęte działania i przebieg', about.words.draft);
  });
}

/** One exchange with the recorded bytes. */
async function send(server, { cookie }, body) {
  const response = await fetch(`${server.url}/api/v1/exchange`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.asysta.sync', origin: server.url, cookie },
    body,
  });
  assert.ok(response.ok, `the exchange answered ${response.status}`);
  return JSON.parse(inflateRawSync(Buffer.from(await response.arrayBuffer()).subarray(1)).toString());
}

/** Opens what was begun from *Dziś*, finds its words, and goes back. */
async function opensDraft(page, row, label, words) {
  await page.locator('.card', { hasText: 'Niedokończone' }).locator('.row, li', { hasText: row }).getByRole('link').first().click();
  assert.equal(await page.getByLabel(label).first().inputValue(), words);
  await page.goBack();
  await expectVisible(page.getByRole('heading', { name: 'Niedokończone' }));
}

/** At the desk everything stands once, with picture and signature. */
async function arrived(server, t, words) {
  const desk = await openDevice({ url: server.url, device: 'desk' });
  t.after(() => desk.end());
  const office = await desk.page();
  await signIn(office, 'kierownik');
  await expectVisible(office.getByRole('heading', { name: 'Pulpit' }));
  await office.goto('/rodziny/R15');
  const entry = office.locator('.timeline-item', { hasText: words.signed });
  await expectVisible(entry);
  assert.equal(await entry.count(), 1);
  await expectVisible(entry.locator('.signed path'));
  await entry.getByRole('button', { name: 'Pokaż' }).click();
  await expectVisible(entry.locator('.photo-image'));
  assert.ok((await entry.locator('.photo-image').evaluate((image) => image.naturalWidth)) > 300, 'the photo is a picture');
  await expectVisible(office.getByText(words.task).first());
  await office.goto('/rodziny');
  await office.getByRole('link', { name: 'Jemiołkowicz' }).first().click();
  await expectVisible(office.locator('.timeline-item', { hasText: words.plain }));
  assert.equal(await office.locator('.timeline-item', { hasText: words.plain }).count(), 1);
  await office.getByRole('navigation', { name: 'Teczka' }).getByRole('link', { name: /^Dokumenty/ }).click();
  await office.locator('.row-title', { hasText: 'Notatka służbowa' }).first().click();
  await expectVisible(office.getByText(words.note));
}
