// D4, D5, D7, D8: what opens a device, what locks it, and what is left on the screen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { openDevice } from './lib/browser.mjs';
import { expectVisible, picture } from './lib/look.mjs';
import { enrol, readyForOffline, signIn, unlock } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { authenticator, plant, setVisible, stored } from './lib/vault.mjs';
import { openFamily } from './lib/visit.mjs';

const FAMILY = 'Jemiołkowicz';
const LOCKED = { name: 'Odblokuj', level: 1 };

const server = await startServer();
after(() => server.end());

/** A phone that somebody has enrolled and that starts without a network. */
async function enrolled(t, { passkey, scheme, login = 'ar1' } = {}) {
  const device = await openDevice({ url: server.url, device: 'phone', scheme });
  t.after(() => device.end());
  const page = await device.page();
  const keys = passkey === undefined ? undefined : await authenticator(page, passkey);
  const passphrase = await enrol(page, login);
  await readyForOffline(page);
  return { device, page, keys, passphrase };
}

async function openSettings(page) {
  await page.getByRole('link', { name: 'Wysyłanie', exact: true }).locator('visible=true').first().click();
  await page.getByRole('link', { name: 'Co otwiera ten telefon' }).click();
  await expectVisible(page.getByRole('heading', { name: 'Ten telefon', level: 1 }));
}

const card = (page, heading) => page.locator('section.card', { has: page.getByRole('heading', { name: heading, exact: true }) });

async function addPasskey(page, passphrase) {
  const keys = card(page, 'Klucz dostępu');
  await keys.getByRole('button', { name: 'Ustaw' }).click();
  await page.locator('#passkey-passphrase').fill(passphrase);
  await keys.getByRole('button', { name: 'Ustaw klucz', exact: true }).click();
  await expectVisible(page.getByText('Klucz dostępu ustawiony.'), 30_000);
}

async function lock(page) {
  // Where a worker is in charge the page begins anew: what is typed before that is gone with it.
  const anew = (await page.evaluate(() => navigator.serviceWorker.controller !== null)) && page.waitForEvent('load');
  // On a narrow screen the button stands on two pages only; the one of wide screens is there all the same.
  await page.evaluate(() => [...document.querySelectorAll('.sidenav button')].find((button) => button.textContent.includes('Zablokuj')).click());
  await anew;
  await expectVisible(page.getByRole('heading', LOCKED));
}

/** A form with words in it that its own clock has not saved yet, and what is to be found there again. */
async function writeHalf(page, words) {
  await openFamily(page, FAMILY);
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await page.getByLabel('Podjęte działania i przebieg').fill(words);
}

async function findHalf(page, words) {
  const field = page.getByLabel('Podjęte działania i przebieg');
  await expectVisible(field);
  assert.equal(await field.inputValue(), words);
}

async function showsNothing(page) {
  const text = await page.evaluate(() => document.documentElement.outerHTML);
  assert.ok(!text.includes(FAMILY), 'no name is left in the page');
  assert.equal(await page.title(), 'Asysta');
}

test('d07 a store of version 1 opens, is renewed without loss, and opens again', async (t) => {
  const fixture = JSON.parse(readFileSync(new URL('fixtures/vault-1.json', import.meta.url)));
  const device = await openDevice({ url: server.url, device: 'phone' });
  t.after(() => device.end());
  // Its owner never signed in here.
  device.allow(/401/);
  const page = await device.page();
  await page.goto('/pomoc');
  await plant(page, fixture);
  await page.goto('/dzis');
  await unlock(page, fixture.passphrase);
  await expectVisible(page.getByRole('heading', { name: 'Dziś', exact: true }));
  const { file, stores } = await stored(page);
  assert.equal(file.version, 2);
  assert.equal(file.wraps.length, 1);
  const old = JSON.parse(fixture.meta.find(([key]) => key === 'vault')[1]);
  assert.equal(file.key, old.key);
  assert.equal(file.installation, old.installation);
  assert.deepEqual(file.wraps[0].opener.passphrase.salt, old.salt);
  assert.notDeepEqual(file.wraps[0].sealed, old.wrap, 'its wrap is bound to the words of today');
  const kept = Object.keys(stores.items);
  for (const [key] of fixture.items) assert.ok(kept.includes(key), `${key} is kept`);
  await page.reload();
  await page.getByRole('heading', LOCKED).waitFor();
  const start = performance.now();
  await unlock(page, fixture.passphrase);
  console.log(`# unlocking by passphrase (Argon2id, 64 MiB, 3 passes) took ${Math.round(performance.now() - start)} ms`);
  await expectVisible(page.getByRole('heading', { name: 'Dziś', exact: true }));
});

test('d07 a passkey opens the device offline; lost, the passphrase does', async (t) => {
  const { device, page, keys, passphrase } = await enrolled(t, { passkey: {} });
  await openSettings(page);
  await addPasskey(page, passphrase);
  await picture(page, 'phone-device');
  assert.equal((await keys.passkeys()).length, 1);
  const { file } = await stored(page);
  assert.deepEqual(file.wraps.map(({ opener }) => Object.keys(opener)[0]).sort(), ['passkey', 'passphrase']);

  await device.offline();
  await page.reload();
  await expectVisible(page.getByRole('heading', LOCKED));
  await picture(page, 'phone-unlock-passkey');
  await page.getByRole('button', { name: 'Odblokuj kluczem dostępu' }).click();
  await expectVisible(page.getByRole('heading', { name: 'Ten telefon', level: 1 }));
  await lock(page);
  await unlock(page, passphrase);
  await expectVisible(page.getByRole('heading', { name: 'Ten telefon', level: 1 }));

  await lock(page);
  await keys.lose();
  await page.getByRole('button', { name: 'Odblokuj kluczem dostępu' }).click();
  await expectVisible(page.getByText('Klucz dostępu nie odpowiedział albo już go nie ma. Wpisz hasło urządzenia.'), 70_000);
  await unlock(page, passphrase);

  await card(page, 'Klucz dostępu').getByRole('button', { name: 'Usuń klucz' }).click();
  await expectVisible(page.getByText('Klucz dostępu usunięty.'));
  assert.deepEqual((await stored(page)).file.wraps.map(({ opener }) => Object.keys(opener)[0]), ['passphrase']);
  await lock(page);
  assert.equal(await page.getByRole('button', { name: 'Odblokuj kluczem dostępu' }).count(), 0);
});

test('d07 a passkey can be made while enrolling', async (t) => {
  const device = await openDevice({ url: server.url, device: 'phone' });
  t.after(() => device.end());
  const page = await device.page();
  const keys = await authenticator(page);
  await signIn(page, 'ar2');
  await page.waitForFunction(() => document.querySelector('#passphrase')?.value.split(' ').length === 5);
  await page.getByLabel('Hasło jest zapisane w bezpiecznym miejscu').check();
  await page.getByLabel('Otwieraj też kluczem dostępu').check();
  await picture(page, 'phone-enrol-passkey');
  await page.getByRole('button', { name: 'Przygotuj urządzenie' }).click();
  await expectVisible(page.getByRole('heading', { name: 'Dziś', exact: true }));
  const [made] = await keys.passkeys();
  assert.equal(made.userName ?? 'Asysta na tym urządzeniu', 'Asysta na tym urządzeniu', 'it names nobody');
  await page.reload();
  await page.getByRole('button', { name: 'Odblokuj kluczem dostępu' }).click();
  await expectVisible(page.getByRole('heading', { name: 'Dziś', exact: true }));
});

test('d07 an authenticator without secrets is refused in words and changes nothing', async (t) => {
  const { page, passphrase } = await enrolled(t, { passkey: { hasPrf: false } });
  await openSettings(page);
  const before = (await stored(page)).file;
  await card(page, 'Klucz dostępu').getByRole('button', { name: 'Ustaw klucz dostępu' }).click();
  await page.locator('#passkey-passphrase').fill(passphrase);
  await card(page, 'Klucz dostępu').getByRole('button', { name: 'Ustaw klucz', exact: true }).click();
  await expectVisible(page.getByText('Klucz dostępu na tym urządzeniu nie potrafi otwierać danych. Zostaje hasło urządzenia.'), 30_000);
  assert.deepEqual((await stored(page)).file, before);
});

test('d07 without an authenticator passkeys are never spoken of', async (t) => {
  const { page } = await enrolled(t);
  await openSettings(page);
  await expectVisible(page.getByRole('heading', { name: 'PIN ekranu' }));
  assert.equal(await page.getByText(/[Kk]lucz dostępu$/).count(), 0);
  assert.equal(await page.getByRole('heading', { name: 'Klucz dostępu' }).count(), 0);
});

test('d07 a changed passphrase rewrites one wrap and no data', async (t) => {
  const { device, page, passphrase } = await enrolled(t, { passkey: {} });
  await openSettings(page);
  await addPasskey(page, passphrase);
  await device.offline();
  const before = await stored(page);

  const change = async (confirm) => {
    await card(page, 'Hasło urządzenia').getByRole('button', { name: 'Zmień hasło' }).click();
    await page.waitForFunction(() => document.querySelector('#new-passphrase')?.value.split(' ').length === 5);
    const next = await page.locator('#new-passphrase').inputValue();
    await page.getByLabel('Nowe hasło jest zapisane').check();
    await confirm();
    return next;
  };
  const form = card(page, 'Hasło urządzenia');
  await change(async () => {
    await page.locator('#now-passphrase').fill('to nie jest hasło tego urządzenia');
    await form.getByRole('button', { name: 'Zmień hasło' }).click();
    await expectVisible(form.getByText('Hasło urządzenia nie pasuje.'), 30_000);
    await form.getByRole('button', { name: 'Zostaw' }).click();
  });
  assert.deepEqual((await stored(page)).file, before.file, 'a wrong one changes nothing');
  await page.waitForTimeout(1_100); // the wait after a wrong try
  const second = await change(async () => {
    await page.locator('#now-passphrase').fill(passphrase);
    await form.getByRole('button', { name: 'Zmień hasło' }).click();
    await expectVisible(page.getByText('Hasło urządzenia zmienione.'), 30_000);
  });
  const changed = await stored(page);
  const wrap = ({ file }, by) => file.wraps.find(({ opener }) => opener[by]);
  assert.notDeepEqual(wrap(changed, 'passphrase'), wrap(before, 'passphrase'));
  assert.deepEqual(wrap(changed, 'passkey'), wrap(before, 'passkey'));
  assert.deepEqual(changed.stores.items, before.stores.items, 'no data are rewritten');
  assert.deepEqual(changed.stores.contents, before.stores.contents);

  const third = await change(() => form.getByRole('button', { name: 'Potwierdź kluczem dostępu' }).click());
  await expectVisible(page.getByRole('button', { name: 'Zmień hasło' }));
  await lock(page);
  await page.locator('#passphrase').fill(second);
  await page.getByRole('button', { name: 'Odblokuj', exact: true }).click();
  await expectVisible(page.getByText('Hasło urządzenia nie pasuje.'), 30_000);
  await page.waitForTimeout(1_100);
  await unlock(page, third);
});

test('d04 five idle minutes lock: draft sealed, screen cleared, page begun anew', async (t) => {
  const { page, passphrase } = await enrolled(t);
  await page.clock.install();
  await page.reload();
  await unlock(page, passphrase);
  const words = 'Zdanie, którego nie wolno zgubić przy zamknięciu';
  await writeHalf(page, words);
  await page.evaluate(() => { globalThis.sameLife = true; });
  await page.clock.fastForward('04:30');
  assert.equal(await page.getByRole('heading', LOCKED).count(), 0);
  await page.getByLabel('Podjęte działania i przebieg').press('End');
  await page.clock.fastForward('04:30');
  assert.equal(await page.getByRole('heading', LOCKED).count(), 0, 'a key press counts');
  await page.getByLabel('Podjęte działania i przebieg').fill(`${words}!`);
  await page.clock.fastForward('05:01');
  await expectVisible(page.getByRole('heading', LOCKED));
  await showsNothing(page);
  await page.waitForFunction(() => !globalThis.sameLife);
  await unlock(page, passphrase);
  await findHalf(page, `${words}!`);
});

test('d04 „Zablokuj” clears the screen within a second and keeps what was just typed', async (t) => {
  const { page, passphrase } = await enrolled(t);
  const words = 'Ostatnie słowa przed zamknięciem';
  await openFamily(page, FAMILY);
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  // Typed, and locked in the next moment: the form had no time of its own to save.
  await page.evaluate(async (words) => {
    const field = [...document.querySelectorAll('textarea')].find((area) => area.labels[0]?.textContent.includes('Podjęte działania'));
    field.value = words;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((next) => setTimeout(next, 0));
    const start = performance.now();
    // The page starts anew after that, so what was seen is put down where it stays.
    new MutationObserver(() => {
      if (!document.body.textContent.includes('Jemiołkowicz')) sessionStorage.took ??= performance.now() - start;
    }).observe(document.body, { childList: true, subtree: true });
    [...document.querySelectorAll('.sidenav button')].find((button) => button.textContent.includes('Zablokuj')).click();
  }, words);
  await expectVisible(page.getByRole('heading', LOCKED));
  const took = Number(await page.evaluate(() => sessionStorage.took));
  console.log(`# the screen was cleared ${Math.round(took)} ms after „Zablokuj”`);
  assert.ok(took > 0 && took <= 1_000, `took ${took} ms`);
  await unlock(page, passphrase);
  await findHalf(page, words);
});

test('d08 out of view nothing is shown; after a minute it is locked', async (t) => {
  const { page, passphrase } = await enrolled(t);
  await page.clock.install();
  await page.reload();
  await unlock(page, passphrase);
  await openFamily(page, FAMILY);
  const heading = page.getByRole('heading', { name: FAMILY, level: 1 });
  await setVisible(page, false);
  assert.equal(await heading.isVisible(), false, 'at once, before the phone takes its picture');
  await page.clock.fastForward('00:50');
  await setVisible(page, true);
  assert.equal(await heading.isVisible(), true);
  await setVisible(page, false);
  await page.clock.fastForward('01:01');
  // Locked while nobody saw it; the page that has started anew is in view.
  await expectVisible(page.getByRole('heading', LOCKED));
  await showsNothing(page);
});

test('d08 „Ukryj” and two presses of Escape hide everything at once', async (t) => {
  const { page } = await enrolled(t);
  await openFamily(page, FAMILY);
  const heading = page.getByRole('heading', { name: FAMILY, level: 1 });
  await page.getByRole('button', { name: 'Ukryj' }).click();
  assert.equal(await heading.isVisible(), false);
  await picture(page, 'phone-hidden');
  await page.getByRole('button', { name: 'Odkryj' }).click();
  assert.equal(await heading.isVisible(), true);
  await page.keyboard.press('Escape');
  assert.equal(await heading.isVisible(), true, 'one press is for dialogs');
  await page.keyboard.press('Escape');
  assert.equal(await heading.isVisible(), false);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.equal(await heading.isVisible(), false, 'Escape never shows');
  await page.getByRole('button', { name: 'Odkryj' }).click();
  assert.equal(await heading.isVisible(), true);
});

test('d08 no field remembers or sends away what is typed', async (t) => {
  const { page } = await enrolled(t);
  const asked = async (where) => {
    const fields = await page.locator('input:not([type=checkbox], [type=radio], [type=file], [type=time]), textarea').evaluateAll((all) =>
      all.map((field) => ({ id: field.id || field.placeholder, keeps: field.autocomplete !== 'off', checks: field.spellcheck })));
    assert.ok(fields.length > 0, `${where} has fields`);
    assert.deepEqual(fields.filter(({ keeps, checks }) => keeps || checks), [], where);
  };
  await page.getByRole('link', { name: 'Rodziny', exact: true }).locator('visible=true').first().click();
  await expectVisible(page.getByRole('searchbox'));
  await asked('the list of families');
  await openFamily(page, FAMILY);
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await expectVisible(page.getByLabel('Podjęte działania i przebieg'));
  await asked('the visit card');
  await lock(page);
  await asked('the lock');
});

test('d04 the PIN brings the screen back and nothing else', async (t) => {
  const { page, passphrase } = await enrolled(t);
  await openSettings(page);
  const pins = card(page, 'PIN ekranu');
  await pins.getByRole('button', { name: 'Ustaw PIN' }).click();
  await page.locator('#new-pin').fill('123456');
  await pins.getByRole('button', { name: 'Zapisz PIN' }).click();
  await expectVisible(pins.getByText('Ten PIN łatwo zgadnąć.'));
  await page.locator('#new-pin').fill('271828');
  await pins.getByRole('button', { name: 'Zapisz PIN' }).click();
  await expectVisible(page.getByText('PIN ekranu ustawiony.'));
  const { stores } = await stored(page);
  assert.ok(Array.isArray(stores.meta.pin), 'it is stored sealed');
  assert.ok(!JSON.stringify(stores.meta).includes('271828'));

  await page.clock.install();
  await page.reload();
  await expectVisible(page.getByRole('heading', LOCKED));
  await unlock(page, passphrase);
  const words = 'Zdanie pod osłoną';
  await writeHalf(page, words);
  await setVisible(page, false);
  await page.clock.fastForward('01:30');
  await setVisible(page, true);
  await expectVisible(page.locator('#screen-pin'));
  await showsNothing(page);
  await picture(page, 'phone-pin');
  await page.locator('#screen-pin').fill('111112');
  await expectVisible(page.getByText('PIN się nie zgadza. Zostało: 4 próby.'));
  await page.locator('#screen-pin').fill('271828');
  await findHalf(page, words);

  await page.getByRole('button', { name: 'Ukryj' }).locator('visible=true').first().click();
  await expectVisible(page.locator('#screen-pin'));
  for (const wrong of [1, 2, 3, 4, 5]) {
    await page.locator('#screen-pin').fill(`00000${wrong}`);
    if (wrong < 5) await expectVisible(page.getByText(`Zostało: ${5 - wrong}`));
  }
  await expectVisible(page.getByRole('heading', LOCKED));
  await unlock(page, passphrase);

  await page.getByRole('button', { name: 'Ukryj' }).locator('visible=true').first().click();
  await expectVisible(page.locator('#screen-pin'));
  await page.clock.fastForward('10:01');
  await expectVisible(page.getByRole('heading', LOCKED));
});

test('d05 wrong tries are counted across restarts, and nothing is erased that could cost a card', async (t) => {
  const { device, page, passphrase } = await enrolled(t);
  await lock(page);
  await page.locator('#passphrase').fill('to nie jest hasło tego urządzenia');
  await page.getByRole('button', { name: 'Odblokuj', exact: true }).click();
  await expectVisible(page.getByText('Hasło urządzenia nie pasuje.'), 30_000);
  // As nine tries leave it, long ago.
  const nine = () => page.evaluate(async () => {
    const name = (await indexedDB.databases()).map(({ name }) => name).find((name) => name !== 'asysta-index');
    const database = await new Promise((done) => { const request = indexedDB.open(name); request.onsuccess = () => done(request.result); });
    await new Promise((done) => {
      const transaction = database.transaction('meta', 'readwrite');
      transaction.objectStore('meta').put('{"wrong":9,"last_ms":0}', 'tries');
      transaction.oncomplete = done;
    });
    database.close();
  });
  await nine();
  const again = await device.reopen();
  await again.goto('/dzis');
  await again.locator('#passphrase').fill('to nie jest hasło tego urządzenia');
  await again.getByRole('button', { name: 'Odblokuj', exact: true }).click();
  const refused = again.getByText('Hasło urządzenia nie pasuje.');
  const closed = again.getByRole('heading', { name: 'Dane zamknięte na zawsze' });
  await expectVisible(refused.or(closed), 30_000);
  const { file, stores } = await stored(again);
  assert.equal(JSON.parse(stores.meta.tries).wrong, 10);
  // The wraps go only where all that waits, here nothing, is sealed to the office too.
  if (!stores.sealed) {
    assert.equal(file.wraps.length, 1);
    await again.locator('#passphrase').fill(passphrase);
    await again.getByRole('button', { name: 'Odblokuj', exact: true }).click();
    await expectVisible(again.getByText(/Odczekaj \d+ s/));
    return;
  }
  assert.deepEqual(file.wraps, []);
  await again.reload();
  await expectVisible(closed);
  await picture(again, 'phone-closed');
  await again.getByRole('button', { name: 'Zaloguj się' }).click();
  await enrolAs(again, 'ar1');
  assert.equal((await stored(again)).file.wraps.length, 1, 'the device is prepared anew');
});

test('d02 the next person sees nothing of the one before', async (t) => {
  const { page } = await enrolled(t);
  await lock(page);
  await showsNothing(page);
  assert.equal(await page.getByText('Nadzieja').count(), 0, 'not even whose vault it is');
  await page.getByRole('button', { name: 'Zaloguj inną osobę' }).click();
  await enrolAs(page, 'ar2');
  await openFamiliesOf(page);
  await showsNothing(page);
  const { names, keys } = await page.evaluate(async () => ({
    names: (await indexedDB.databases()).map(({ name }) => name),
    keys: [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await caches.keys())],
  }));
  for (const name of names) assert.match(name, /^asysta-(index|[0-9a-f]{32})$/);
  for (const key of keys) assert.match(key, /^asysta[-a-z0-9.]*$/i);
});

async function enrolAs(page, login) {
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Hasło', { exact: true }).fill('Przyklad-2026');
  await page.getByRole('button', { name: 'Zaloguj', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('#passphrase')?.value.split(' ').length === 5);
  await page.getByLabel('Hasło jest zapisane w bezpiecznym miejscu').check();
  await page.getByRole('button', { name: 'Przygotuj urządzenie' }).click();
  await expectVisible(page.getByRole('heading', { name: 'Dziś', exact: true }));
}

async function openFamiliesOf(page) {
  await page.getByRole('link', { name: 'Rodziny', exact: true }).locator('visible=true').first().click();
  await expectVisible(page.getByRole('heading', { name: 'Rodziny', level: 1 }));
}
