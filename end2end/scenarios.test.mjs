// Scenarios of the offline promises that only a browser can show, by their numbers there (1 is visit_offline, 2 kill,
// 12 update; 4, 5, 6, 8 and 15 need no browser and are the server's).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDevice, REFUSED_NETWORK } from './lib/browser.mjs';
import { expectVisible } from './lib/look.mjs';
import { PASSWORD, allSent, enrol, readyForOffline, signIn, unlock } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { fillVisit, openFamily } from './lib/visit.mjs';
import { fetchAll, newId, session } from './lib/wire.mjs';

const FAMILY = 'Piołunowicz';
const EXCHANGE = '**/api/v1/exchange';
const SAVE = { name: 'Zapisz', exact: true };

/** An office and a phone for one scenario. */
async function begin(t) {
  const server = await startServer();
  t.after(() => server.end());
  const phone = await openDevice({ url: server.url, device: 'phone' });
  t.after(() => phone.end());
  return { server, phone, page: await phone.page() };
}

/** How many records in the office hold these words. */
async function inTheOffice(server, words) {
  const kept = await fetchAll(server, await session(server, 'ar1'), newId(), {});
  return kept.filter(({ answers }) => JSON.stringify(answers).includes(words)).length;
}

/** A whole visit, not yet saved. */
async function writeVisit(page, words) {
  await openFamily(page, FAMILY);
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await fillVisit(page, words);
}

async function openSending(page) {
  await page.getByRole('link', { name: 'Wysyłanie' }).locator('visible=true').first().click();
}

async function signInAgain(page) {
  await page.getByRole('button', { name: 'Zaloguj', exact: true }).locator('visible=true').first().click();
  await page.locator('#again-login').fill('ar1');
  await page.locator('#again-password').fill(PASSWORD);
  await page.locator('dialog').getByRole('button', { name: 'Zaloguj', exact: true }).click();
}

/** Chromium remembers for half a minute how much space there was: writes beside the app until one is refused. */
async function untilFull(page) {
  await page.evaluate(async () => {
    const database = await new Promise((done, fail) => {
      const request = indexedDB.open('probe', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('probe');
      [request.onsuccess, request.onerror] = [() => done(request.result), () => fail(request.error)];
    });
    const isRefused = () => new Promise((done) => {
      const writing = database.transaction('probe', 'readwrite');
      writing.objectStore('probe').put('x', 'x');
      [writing.oncomplete, writing.onabort] = [() => done(false), () => done(true)];
    });
    while (!(await isRefused())) await new Promise((next) => setTimeout(next, 500));
    database.close();
  });
}

test('scenario 3: an answer that was lost after the commit, and a second tab that sends again', async (t) => {
  const { server, phone, page } = await begin(t);
  const words = 'Wizyta, której potwierdzenie zginęło w drodze.';
  const passphrase = await enrol(page, 'ar1');
  phone.allow(REFUSED_NETWORK);
  let lost = 0;
  // The office takes it; the phone never hears of it, three times.
  await phone.context.route(EXCHANGE, async (route) => {
    if (lost >= 3) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await writeVisit(page, words);
  await page.getByRole('button', SAVE).click();
  await openSending(page);
  while (lost < 3) {
    // A round that runs already brings the next loss by itself.
    const failed = page.waitForEvent('requestfailed');
    await page.getByRole('button', { name: 'Synchronizuj' }).click();
    await failed;
  }
  const other = await phone.context.newPage();
  await other.goto('/dzis');
  await expectVisible(other.getByRole('heading', { name: 'Asysta jest otwarta w innej karcie' }));
  await other.getByRole('button').first().click();
  await unlock(other, passphrase);
  await allSent(other);
  assert.equal(await inTheOffice(server, words), 1);
});

test('scenario 7: twenty quick taps on "Zapisz" and on "Synchronizuj" have one effect', async (t) => {
  const { server, phone, page } = await begin(t);
  const words = 'Wizyta zapisana dwudziestoma stuknięciami.';
  await enrol(page, 'ar1');
  phone.allow(REFUSED_NETWORK);
  await writeVisit(page, words);
  const tap = (button) => button.evaluate((element) => { for (let tap = 0; tap < 20; tap += 1) element.click(); });
  await tap(page.getByRole('button', SAVE));
  await expectVisible(page.getByText(words));
  await openSending(page);
  await tap(page.getByRole('button', { name: 'Synchronizuj' }));
  await allSent(page);
  assert.equal(await inTheOffice(server, words), 1);
});

test('scenario 10: the session ends in mid-form; the card is finished, kept, and sent after signing in again', async (t) => {
  const { server, phone, page } = await begin(t);
  const words = 'Wizyta dokończona po wygaśnięciu sesji.';
  await enrol(page, 'ar1');
  phone.allow(/401/);
  await openFamily(page, FAMILY);
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await page.getByLabel('Podjęte działania i przebieg').fill('Początek');
  await phone.context.clearCookies();
  await fillVisit(page, words);
  await page.getByRole('button', SAVE).click();
  await expectVisible(page.getByText(words));
  // The copy that is sealed to the office needs no session; the phone goes on asking for its receipt.
  await signInAgain(page);
  await allSent(page);
  assert.equal(await inTheOffice(server, words), 1);
});

test('scenario 11: a full device keeps the form open and says so; nothing is lost once there is space', async (t) => {
  const { server, phone, page } = await begin(t);
  const words = 'Wizyta zapisana, gdy znów było miejsce.';
  await enrol(page, 'ar1');
  await readyForOffline(page);
  await writeVisit(page, words);
  const session = await phone.context.newCDPSession(page);
  const origin = server.url;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await untilFull(page);
  await page.getByRole('button', SAVE).click();
  await expectVisible(page.getByText(/Brak miejsca/i));
  assert.equal(await page.getByLabel('Podjęte działania i przebieg').inputValue(), words);
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await page.getByRole('button', SAVE).click();
  await expectVisible(page.getByText(words));
  await allSent(page);
  assert.equal(await inTheOffice(server, words), 1);
});

test('scenario 11: a store that was deleted between two starts is missed, and said to be gone', async (t) => {
  const { phone, page } = await begin(t);
  await enrol(page, 'ar1');
  const vault = await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    return names.find((name) => name.startsWith('asysta-') && name !== 'asysta-index');
  });
  await page.goto('/pomoc');
  await page.evaluate((name) => new Promise((done, fail) => {
    const request = indexedDB.deleteDatabase(name);
    [request.onsuccess, request.onerror] = [done, () => fail(request.error)];
  }), vault);
  const next = await phone.reopen();
  await next.goto('/dzis');
  await expectVisible(next.getByText('Dane Asysty na tym urządzeniu zostały usunięte.'));
});

test('scenario 14: a reload 1, 3 and 5 seconds after the start of the first sync harms nothing', async (t) => {
  for (const seconds of [1, 3, 5]) {
    await t.test(`after ${seconds} s`, async (t) => {
      const { server, phone, page } = await begin(t);
      phone.allow(REFUSED_NETWORK);
      // The first answers come slowly, as at the edge of the network.
      await phone.context.route(EXCHANGE, async (route) => {
        await new Promise((wait) => setTimeout(wait, 2_000));
        await route.continue().catch(() => {}); // the page that asked may be gone
      });
      await signIn(page, 'ar1');
      const field = page.locator('#passphrase');
      await page.waitForFunction(() => document.querySelector('#passphrase')?.value.split(' ').length === 5);
      const passphrase = await field.inputValue();
      await page.getByLabel('Hasło jest zapisane w bezpiecznym miejscu').check();
      const started = page.waitForRequest(EXCHANGE);
      await page.getByRole('button', { name: 'Przygotuj urządzenie' }).click();
      await started;
      await page.waitForTimeout(seconds * 1_000);
      await page.reload();
      await unlock(page, passphrase);
      await allSent(page);
      await phone.context.unroute(EXCHANGE);
      await readyForOffline(page);
      await server.stop();
      await page.reload();
      await unlock(page, passphrase);
      await openFamily(page, FAMILY);
      const twice = await page.evaluate(() => {
        const rows = [...document.querySelectorAll('main a[href*="/wpisy/"]')].map((link) => link.href);
        return rows.length !== new Set(rows).size;
      });
      assert.equal(twice, false, 'no entry stands twice');
    });
  }
});
