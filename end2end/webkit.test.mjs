// The same journeys in WebKit, the iPhone's engine: sign-in, a locked start without an office, a card with a
// signature, a store that is closed by force, sending, an update. There are no passkeys and no persistent storage
// there, so this is also the proof of what comes in their place.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { nextSite } from './lib/next.mjs';
import { PASSWORD } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { noWebKit, openWebKit } from './lib/webkit.mjs';
import { fetchAll, newId, session } from './lib/wire.mjs';

const WORDS = 'Rozmowa w kuchni, zapisana w drugiej przeglądarce bez zasięgu.';
const DRAFT = 'Zdanie napisane po zerwaniu połączenia z magazynem';

const folder = mkdtempSync(join(tmpdir(), 'asysta-next-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const server = await startServer();
after(() => server.end());
const page = noWebKit ? undefined : await openWebKit();
after(() => page?.end());
const options = { skip: noWebKit };
let passphrase;

test('an assistant signs in and prepares the device', options, async () => {
  await page.goto(`${server.url}/`);
  await page.find('h1', 'Zaloguj się');
  await page.type('#login', 'ar1');
  await page.type('#password', PASSWORD);
  await page.click('button', 'Zaloguj');
  await page.find('h1', 'Hasło tego urządzenia');
  passphrase = await page.evaluate(async () => {
    const words = () => document.querySelector('#passphrase')?.value ?? '';
    while (words().split(' ').length !== 5) await new Promise((next) => setTimeout(next, 50));
    return words();
  });
  await page.click('label', 'Hasło jest zapisane w bezpiecznym miejscu');
  await page.click('button', 'Przygotuj urządzenie');
  await page.find('h1', 'Dziś');
  await page.find('.syncline', 'Wszystko wysłane');
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((next) => setTimeout(next, 50));
  });
});

test('without an office the app starts, and a card with a signature is kept', options, async () => {
  await server.stop();
  await page.reload();
  await unlock();
  await openForm('Piołunowicz');
  for (const button of ['Zaczyna się teraz', 'Od: 5 minut wcześniej', 'Zakończ teraz']) await page.click('button', button);
  for (const legend of ['Obecni członkowie rodziny', 'Zadania ustawowe', 'Obszary']) await firstChip(legend);
  await page.type('textarea[id^="f-"]', WORDS);
  await page.click('summary', 'Zdjęcie dokumentu, podpis rodziny');
  await page.click('button', 'Dodaj podpis');
  await page.click('.signature .chip');
  await page.draw('.signature .pad');
  await page.find('.signature .pad path, .signature .pad polyline');
  await page.click('button', 'Zapisz');
  await page.find('.syncline', 'Zapisane na telefonie');

  await page.reload();
  await unlock();
  await page.find('.syncline', 'Zapisane na telefonie');
});

test('a store that is closed by force is opened again, and the draft is kept', options, async () => {
  // What iOS does to a page in the background: the connection is gone at the next transaction.
  await page.evaluate(() => {
    const begin = IDBDatabase.prototype.transaction;
    globalThis.closings = 0;
    IDBDatabase.prototype.transaction = function (...args) {
      if (globalThis.closings === 0) {
        globalThis.closings += 1;
        this.close();
      }
      return begin.apply(this, args);
    };
  });
  await openForm('Jemiołkowicz');
  await page.type('textarea[id^="f-"]', DRAFT);
  await page.find('.sticky-note', 'Szkic zapisany');
  assert.equal(await page.evaluate(() => globalThis.closings), 1);
  await page.reload();
  await unlock();
  // It opens where the person was.
  await page.find('textarea[id^="f-"]');
  assert.equal(await page.evaluate(() => document.querySelector('textarea[id^="f-"]').value), DRAFT);
});

test('when the office is back everything is sent, and a new version takes over when asked', options, async () => {
  server.site = nextSite(folder);
  await server.start();
  await page.evaluate(() => history.back());
  await page.click('a', 'Wysyłanie');
  await page.click('button', 'Synchronizuj');
  await page.find('.syncline', 'Wszystko wysłane');
  const kept = await fetchAll(server, await session(server, 'ar1'), newId(), {});
  const sent = kept.filter(({ answers }) => JSON.stringify(answers).includes(WORDS));
  assert.equal(sent.length, 1, 'the card arrived once');
  assert.ok(JSON.stringify(sent[0].answers).includes('drawing'), 'with the signature');

  await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update(); });
  await page.click('button', 'Zaktualizuj');
  await unlock();
  assert.deepEqual(await page.evaluate(() => caches.keys()), ['asysta-0123456789abcdef']);
  await page.click('a', 'Dziś');
  await page.find('.card', 'Niedokończone');
});

/** A cold start. */
async function unlock() {
  await page.find('h1', 'Odblokuj');
  await page.type('#passphrase', passphrase);
  await page.click('button', 'Odblokuj');
  await page.find('.syncline');
}

/** The form of a new visit. */
async function openForm(surname) {
  await page.click('a', 'Rodziny');
  await page.click('main a', surname);
  await page.find('h1', surname);
  await page.click('a', 'Nowa wizyta');
  await page.find('h1', surname);
}

/** The first chip of a field. */
async function firstChip(legend) {
  const id = await page.evaluate((legend) => {
    const fields = [...document.querySelectorAll('fieldset.field')];
    return fields.find((field) => field.querySelector('legend')?.textContent.includes(legend))?.id;
  }, legend);
  await page.click(`[id="${id}"] .chip`);
}
