// Trust B.4.4 and B.4.8 in the browser: unsent work leaves a locked vault by itself (scenario 9), a device that the
// manager cuts off wipes itself at its first contact (D1), what comes from it later waits for the manager, and the
// board tells all of it (P13).
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDevice, REFUSED_NETWORK } from './lib/browser.mjs';
import { expectVisible, picture } from './lib/look.mjs';
import { PASSWORD, allSent, enrol, readyForOffline, signIn, unlock } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { fillVisit, openFamily } from './lib/visit.mjs';

const FAMILY = { surname: 'Piołunowicz', code: 'R15' };
const WORDS = 'Rozmowa o porannym wstawaniu; ustalono kolejność.';
const UNSENT = 20;

const server = await startServer();
after(() => server.end());
const tablet = await openDevice({ url: server.url, device: 'tablet' });
after(() => tablet.end());
const desk = await openDevice({ url: server.url, device: 'desk' });
after(() => desk.end());
// A closed session is answered 401, and Chromium prints that.
const REFUSED = /status of 401/;
for (const device of [tablet, desk]) device.allow(REFUSED_NETWORK, REFUSED);

/** The databases of vaults on the device of a page. */
function stores(page) {
  return page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name !== 'asysta-index'));
}

/** How many packets for the office lie in them. */
async function waitingIn(page) {
  return page.evaluate(async (names) => {
    const packets = (name) => new Promise((done, failed) => {
      const opening = indexedDB.open(name);
      opening.onerror = failed;
      opening.onsuccess = () => {
        const database = opening.result;
        const count = database.transaction('sealed').objectStore('sealed').count();
        count.onsuccess = () => { database.close(); done(count.result); };
      };
    });
    const counts = await Promise.all(names.map(packets));
    return counts.reduce((sum, count) => sum + count, 0);
  }, await stores(page));
}

async function until(what, holds, ms = 15_000) {
  const start = Date.now();
  while (Date.now() - start < ms) {
    // A page that is being wiped may never answer what it was asked; then it is asked again.
    const silent = new Promise((answer) => setTimeout(answer, 2_000, false));
    if (await Promise.race([holds().catch(() => false), silent])) return Date.now() - start;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`not within ${ms} ms: ${what}`);
}

async function writeVisit(page, words) {
  await openFamily(page, FAMILY.surname);
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await fillVisit(page, words);
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
  await expectVisible(page.locator('.syncline', { hasText: 'Zapisane na telefonie' }));
}

/** So many changes of one task; how long each save took, the shortest first. */
async function writeTask(page, changes, words) {
  const took = [];
  await openFamily(page, FAMILY.surname);
  await page.getByRole('link', { name: 'Wszystkie' }).click();
  const href = await page.locator('.card', { hasText: 'Do zrobienia' }).locator('a.row-title').first().getAttribute('href');
  for (let change = 1; change <= changes; change += 1) {
    await page.locator(`a[href="${href}"]`).first().click();
    await page.locator('#f-task').fill(`${words} ${change}.`);
    const start = Date.now();
    await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
    await page.getByRole('heading', { name: 'Zadania rodziny', level: 1 }).waitFor();
    took.push(Date.now() - start);
  }
  return took.sort((one, other) => one - other);
}

async function lock(page) {
  await page.getByRole('link', { name: 'Wysyłanie' }).locator('visible=true').first().click();
  await page.getByRole('button', { name: 'Zablokuj' }).click();
  await page.getByRole('heading', { name: 'Odblokuj' }).waitFor();
}

/** What the same ciphers cost here, without anything around them. */
function costOfSealing(page) {
  return page.evaluate(async () => {
    const [curve, subtle] = [{ name: 'ECDH', namedCurve: 'P-256' }, crypto.subtle];
    const office = await subtle.generateKey(curve, true, ['deriveBits']);
    const signer = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
    const [card, took] = [new Uint8Array(2000), []];
    for (let round = 0; round < 200; round += 1) {
      const start = performance.now();
      const pair = await subtle.generateKey(curve, true, ['deriveBits']);
      await subtle.exportKey('raw', pair.publicKey);
      const bits = await subtle.deriveBits({ name: 'ECDH', public: office.publicKey }, pair.privateKey, 256);
      const base = await subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']);
      const derive = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: new Uint8Array(160) };
      const key = await subtle.deriveKey(derive, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
      await subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, key, card);
      await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, signer.privateKey, card);
      took.push(performance.now() - start);
    }
    took.sort((one, other) => one - other);
    return { p50: took[100], p95: took[190] };
  });
}

let passphrase;

test('scenario 9: twenty unsent cards of a locked vault are sent while another person works', async () => {
  const page = await tablet.page();
  passphrase = await enrol(page, 'ar1');
  await readyForOffline(page);
  const cost = await costOfSealing(page);
  console.log(`# sealing one change: p50 ${cost.p50.toFixed(1)} ms, p95 ${cost.p95.toFixed(1)} ms`);
  await tablet.offline();
  await writeVisit(page, WORDS);
  const took = await writeTask(page, UNSENT - 1, 'Krok');
  console.log(`# saving offline, click to list: p50 ${took[9]} ms, p95 ${took[17]} ms`);
  assert.equal(await waitingIn(page), UNSENT, 'each has its copy for the office');
  await lock(page);
  await page.getByRole('button', { name: 'Zaloguj inną osobę' }).click();
  await page.getByRole('heading', { name: 'Zaloguj się' }).waitFor();

  const office = await desk.page();
  await signIn(office, 'kierownik');
  await expectVisible(office.getByRole('heading', { name: 'Pulpit' }));
  await office.goto(`/rodziny/${FAMILY.code}`);
  await expectVisible(office.getByRole('heading', { name: FAMILY.surname }));
  assert.equal(await office.getByText(WORDS).count(), 0);

  const start = Date.now();
  await tablet.offline(false);
  await expectVisible(office.getByText(WORDS), 30_000);
  console.log(`# the desk showed the visit ${Date.now() - start} ms after the network came back to the sign-in screen`);
  await expectVisible(office.getByText(`Krok ${UNSENT - 1}.`));
  assert.equal(await waitingIn(page), UNSENT, 'they stay until their owner has the receipts');

  await page.getByLabel('Login').fill('ar2');
  await page.getByLabel('Hasło', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Zaloguj', exact: true }).click();
  await page.getByRole('heading', { name: 'Hasło tego urządzenia' }).waitFor();
  assert.equal(await page.getByText(FAMILY.surname).count(), 0, 'nothing of A is shown to B');
});

test('the owner unlocks, gets the receipts, and nothing is there twice', async () => {
  const page = await tablet.page();
  await page.goto('/');
  await page.getByRole('button', { name: 'Zaloguj inną osobę' }).click();
  await page.getByLabel('Login').fill('ar1');
  await page.getByLabel('Hasło', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Zaloguj', exact: true }).click();
  await unlock(page, passphrase);
  await allSent(page);
  await until('no packet is left', async () => (await waitingIn(page)) === 0);
  await openFamily(page, FAMILY.surname);
  await expectVisible(page.getByText(WORDS, { exact: true }));
  assert.equal(await page.getByText(WORDS, { exact: true }).count(), 1);
});

test('a device that is cut off wipes itself at its first contact, and its late work waits for the manager', async () => {
  const page = await tablet.page();
  await tablet.offline();
  await writeTask(page, 2, 'Zapisane po zgubieniu');
  const office = await desk.page();
  await office.goto('/telefony');
  const row = office.locator('li', { hasText: 'Chrome' }).first();
  await row.getByText('Szczegóły').click();
  await picture(office, 'telefony');
  await row.getByRole('button', { name: 'Odłącz urządzenie' }).click();
  const dialog = office.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Odłącz urządzenie' }).click();
  await expectVisible(dialog.getByText('Wpisz powód'));
  await dialog.getByLabel('Powód').fill('Tablet zgubiony w autobusie');
  await dialog.getByRole('button', { name: 'Odłącz urządzenie' }).click();
  await expectVisible(office.getByText('odłączone, jeszcze się nie zgłosiło'));

  await tablet.offline(false);
  const took = await until('the data are gone', async () => (await stores(page)).length === 0, 20_000);
  console.log(`# wiped ${took} ms after contact`);
  assert.ok(took <= 5_000, `took ${took} ms`);
  await page.getByRole('heading', { name: 'Zaloguj się' }).waitFor();
  await until('caches and worker are gone', async () => {
    const [kept, workers] = await page.evaluate(async () => {
      const [kept, workers] = await Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()]);
      return [kept.length, workers.length];
    });
    return kept === 0 && workers === 0;
  });

  await office.goto('/telefony');
  await expectVisible(office.getByText('odłączone, dane usunięte'));
  await expectVisible(office.getByRole('heading', { name: 'Spóźnione wpisy do decyzji' }));
  await picture(office, 'telefony-spoznione');
  await office.getByRole('button', { name: 'Przyjmij wszystkie czekające' }).click();
  await expectVisible(office.getByText('przyjęty', { exact: true }));
  await office.goto(`/rodziny/${FAMILY.code}`);
  await expectVisible(office.getByText('Zapisane po zgubieniu 2.'));

  await office.goto('/telefony');
  await office.locator('li', { hasText: 'dane usunięte' }).getByText('Szczegóły').click();
  await office.getByRole('link', { name: 'Wydruk do oceny naruszenia' }).first().click();
  await expectVisible(office.getByText('art. 33 i 34 RODO'));
  await expectVisible(office.getByText(FAMILY.code));
});
