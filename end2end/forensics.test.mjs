// D3: what somebody finds who copies the disk. 500 markers go through real cards, a draft and the network; then the
// whole profile is searched, as it lies on the disk after locking, after another person's sign-in, after kill -9.
// That the search can find them, the test shows by writing them in plain into the same origin itself.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, test } from 'node:test';
import { REFUSED_NETWORK, openDevice } from './lib/browser.mjs';
import { search } from './lib/forensics.mjs';
import { expectVisible } from './lib/look.mjs';
import { PASSWORD, allSent, enrol, readyForOffline, unlock } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { fillVisit, openFamily } from './lib/visit.mjs';
import { fetchAll, newId, session } from './lib/wire.mjs';

const FAMILY = 'Jemiołkowicz';
/** No word and no number of a person begins so (months end with 12). */
const STEMS = ['Zqv', '9793'];
const LETTERS = 'abcdefghijklmnoprstuwyz';

const letters = (count) => Array.from({ length: count }, () => LETTERS[randomInt(LETTERS.length)]).join('');
const digits = (count) => Array.from({ length: count }, () => randomInt(10)).join('');
/** Names, numbers like PESEL, words of notes, addresses. */
const markers = [...new Set(Array.from({ length: 500 }, (_, place) =>
  [`Zqv${letters(9)}`, `9793${digits(7)}`, `Zqv${letters(9)}ła`, `Zqv${letters(6)}-${digits(3)}`][place % 4]))];
assert.equal(markers.length, 500);

const server = await startServer();
after(() => server.end());
const phone = await openDevice({ url: server.url, device: 'phone' });
after(() => phone.end());

/** Words of the person's own families, as the office has them; and the secrets of the person. */
async function known() {
  const texts = new Set();
  const walk = (value) => {
    if (typeof value === 'string' && value.length >= 12 && /\s/.test(value)) texts.add(value);
    else if (value && typeof value === 'object') Object.values(value).forEach(walk);
  };
  const records = await fetchAll(server, await session(server, 'ar1'), newId(), {});
  records.forEach((record) => walk(record.answers ?? record));
  return [...texts].filter((_, place, all) => place % Math.ceil(all.length / 60) === 0);
}

function assertNothing(when, secrets) {
  const start = performance.now();
  const found = search(phone.profile, [...markers, ...secrets], STEMS);
  console.log(`# ${when}: ${found.size} of ${markers.length + secrets.length} found in ${Math.round(performance.now() - start)} ms`);
  assert.deepEqual([...found], [], when);
}

async function writeCard(page, words) {
  await openFamily(page, FAMILY);
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await fillVisit(page, words);
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
  await expectVisible(page.getByText(words.slice(0, 40)).or(page.locator('.syncline')));
  await allSent(page);
}

async function writeHalf(page, words) {
  await openFamily(page, FAMILY);
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await page.getByLabel('Podjęte działania i przebieg').fill(words);
  await expectVisible(page.getByText('Szkic zapisany'));
}

test('d03 the profile on the disk tells nothing', { timeout: 240_000 }, async () => {
  let page = await phone.page();
  const passphrase = await enrol(page, 'ar1');
  await readyForOffline(page);
  const secrets = [passphrase, PASSWORD, FAMILY, ...(await known())];
  assert.ok(secrets.length > 20, 'the office knows words of this person');

  await writeCard(page, markers.slice(0, 130).join(' '));
  await writeCard(page, markers.slice(130, 260).join(' '));
  await page.getByRole('link', { name: 'Rodziny', exact: true }).locator('visible=true').first().click();
  await page.getByRole('searchbox').locator('visible=true').first().fill(markers[260]);
  await page.getByRole('searchbox').locator('visible=true').first().fill('');
  await writeHalf(page, markers.slice(260, 500).join(' '));

  await page.evaluate(() => [...document.querySelectorAll('button')].find((button) => button.textContent.includes('Zablokuj')).click());
  await expectVisible(page.getByRole('heading', { name: 'Odblokuj' }));
  assertNothing('locked, the browser still open', secrets);
  await phone.close();
  assertNothing('locked and closed', secrets);

  await phone.open();
  page = await phone.page();
  await page.goto('/dzis');
  await unlock(page, passphrase);
  await page.locator('.card', { hasText: 'Niedokończone' }).getByRole('link', { name: FAMILY }).click();
  const field = page.getByLabel('Podjęte działania i przebieg');
  await expectVisible(field);
  assert.equal(await field.inputValue(), markers.slice(260, 500).join(' '), 'the markers are in the open form');
  // As long as Chromium may take to write down what it would restore.
  await page.waitForTimeout(3_000);
  await phone.kill9();
  assertNothing('killed with an open form', secrets);

  await phone.open();
  page = await phone.page();
  await page.goto('/');
  await page.getByRole('button', { name: 'Zaloguj inną osobę' }).click();
  await page.getByLabel('Login').fill('kierownik');
  await page.getByLabel('Hasło', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Zaloguj', exact: true }).click();
  await expectVisible(page.getByRole('heading', { name: 'Pulpit' }));
  await phone.close();
  assertNothing('after another person', [passphrase, PASSWORD, ...markers.slice(0, 1)]);
});

test('d03 the search finds what is not sealed', { timeout: 120_000 }, async () => {
  phone.allow(REFUSED_NETWORK);
  await phone.open();
  let page = await phone.page();
  await page.goto('/pomoc');
  await page.evaluate(async (markers) => {
    const database = await new Promise((done) => {
      const request = indexedDB.open('plain', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('items');
      request.onsuccess = () => done(request.result);
    });
    await new Promise((done) => {
      const transaction = database.transaction('items', 'readwrite', { durability: 'strict' });
      markers.forEach((marker, place) => transaction.objectStore('items').put({ text: `Wizyta: ${marker}.` }, place));
      transaction.oncomplete = done;
    });
    database.close();
  }, markers);
  await phone.kill9();
  const inLog = search(phone.profile, markers, STEMS).size;
  // Opened again, the browser moves its log into tables, which are packed.
  await phone.open();
  page = await phone.page();
  await page.goto('/pomoc');
  await page.evaluate(() => new Promise((done) => {
    const request = indexedDB.open('plain', 1);
    request.onsuccess = () => { request.result.close(); done(); };
  }));
  await phone.close();
  const inTables = search(phone.profile, markers, STEMS).size;
  console.log(`# not sealed: ${inLog} of ${markers.length} found after kill -9, ${inTables} after a restart`);
  for (const found of [inLog, inTables]) assert.ok(found >= markers.length * 0.9, `only ${found} of ${markers.length}`);
});
