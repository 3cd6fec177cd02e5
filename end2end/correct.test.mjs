// An entry is corrected on the phone, without a network, on the screen that it was written on (domain 3.8):
// the correction survives a reload half-way, reaches the desk, and makes no task again. Two devices that
// correct the same words keep both, with who and when (P3).
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDevice, REFUSED_NETWORK } from './lib/browser.mjs';
import { expectVisible } from './lib/look.mjs';
import { allSent, enrol, readyForOffline, signIn, unlock } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { fillVisit, openFamily } from './lib/visit.mjs';

const FAMILY = 'Piołunowicz';
const FIRST = 'Pierwszy zapis rozmowy o porach snu dzieci.';
const BETTER = 'Rozmowa o porach snu dzieci i o wspólnych posiłkach.';
const TASK = 'Kłaść dzieci o dwudziestej';

const server = await startServer();
after(() => server.end());
const phone = await openDevice({ url: server.url, device: 'phone' });
after(() => phone.end());
const tablet = await openDevice({ url: server.url, device: 'tablet' });
after(() => tablet.end());
const desk = await openDevice({ url: server.url, device: 'desk' });
after(() => desk.end());

const words = (page) => page.getByLabel('Podjęte działania i przebieg');
const entries = (page, text) => page.locator('.timeline-item', { hasText: text });

async function openEntry(page, text) {
  await entries(page, text).getByRole('link').first().click();
  await expectVisible(page.locator('dl.facts', { hasText: text }));
}

async function beginCorrecting(page) {
  await page.getByRole('link', { name: 'Popraw', exact: true }).click();
  await expectVisible(page.getByRole('heading', { name: 'Poprawianie wpisu', level: 1 }));
}

async function saveCorrection(page) {
  await page.getByRole('button', { name: 'Zapisz poprawki' }).click();
  await expectVisible(page.getByText(/^Poprawiono: Nadzieja Modrzewiak, /));
}

async function toFamily(page) {
  await page.locator('.page-over').getByRole('link', { name: FAMILY }).click();
  await expectVisible(page.getByRole('heading', { name: FAMILY, level: 1 }));
}

let passphrase;

test('a correction made offline reaches the desk and makes nothing twice', async () => {
  let page = await phone.page();
  passphrase = await enrol(page, 'ar1');
  await readyForOffline(page);
  await openFamily(page, FAMILY);
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await fillVisit(page, FIRST);
  await page.getByRole('button', { name: 'Dodaj zadanie' }).click();
  await page.locator('.newtask input[type=text]').first().fill(TASK);
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
  await expectVisible(entries(page, FIRST));
  await allSent(page);

  await phone.offline();
  phone.allow(REFUSED_NETWORK);
  await openEntry(page, FIRST);
  assert.equal(await page.getByText('Poprawiono').count(), 0);
  await beginCorrecting(page);
  assert.equal(await words(page).inputValue(), FIRST);
  await expectVisible(page.getByRole('link', { name: TASK }));
  await words(page).fill(BETTER);
  await expectVisible(page.getByText('Szkic zapisany'));

  await page.goto('/dzis');
  await unlock(page, passphrase);
  const begun = page.locator('.card', { hasText: 'Niedokończone' });
  await expectVisible(begun.getByText('poprawki – wizyta w środowisku'));
  await begun.getByRole('link', { name: FAMILY }).click();
  await expectVisible(page.getByText('To są poprawki zaczęte wcześniej.'));
  assert.equal(await words(page).inputValue(), BETTER);
  await saveCorrection(page);
  await expectVisible(page.getByText(BETTER));
  await expectVisible(page.locator('.syncline', { hasText: '(1)' }));

  const office = await desk.page();
  await signIn(office, 'kierownik');
  await expectVisible(office.getByRole('heading', { name: 'Pulpit' }));
  await office.goto('/rodziny/R15');
  await expectVisible(office.getByText(FIRST));
  await phone.offline(false);
  await expectVisible(office.getByText(BETTER), 20_000);
  assert.equal(await office.getByText(FIRST).count(), 0);
  await expectVisible(entries(office, BETTER).getByText('poprawiono: Nadzieja Modrzewiak'));
  await allSent(page);
  await office.getByRole('link', { name: 'Zadania rodziny' }).click();
  await expectVisible(office.getByText(TASK));
  assert.equal(await office.getByText(TASK).count(), 1);
});

test('what was given up can be brought back, and leaves the entry as it was', async () => {
  const page = await phone.page();
  await beginCorrecting(page);
  await words(page).fill('Zdanie, które jednak nie powinno tu stać.');
  await expectVisible(page.getByText('Szkic zapisany'));
  await page.getByRole('button', { name: 'Porzuć poprawki' }).click();
  await expectVisible(page.getByText(BETTER));
  await expectVisible(page.getByRole('link', { name: 'Popraw', exact: true }));
  await page.getByRole('button', { name: 'Cofnij' }).click();
  await page.getByRole('link', { name: 'Dokończ poprawki' }).click();
  assert.equal(await words(page).inputValue(), 'Zdanie, które jednak nie powinno tu stać.');
  await page.getByRole('button', { name: 'Porzuć poprawki' }).click();
  await expectVisible(page.getByRole('link', { name: 'Popraw', exact: true }));
});

test('two corrections of the same words stand beside each other, each with its writer', async () => {
  const [one, two] = [await phone.page(), await tablet.page()];
  await enrol(two, 'ar1');
  await readyForOffline(two);
  await openFamily(two, FAMILY);
  await openEntry(two, BETTER);
  for (const device of [phone, tablet]) {
    await device.offline();
    device.allow(REFUSED_NETWORK);
  }
  for (const [page, text] of [[one, 'Poprawka z telefonu, ta sama rozmowa.'], [two, 'Poprawka z tabletu, ta sama rozmowa.']]) {
    await beginCorrecting(page);
    await words(page).fill(text);
    await saveCorrection(page);
  }
  await phone.offline(false);
  await allSent(one);
  await tablet.offline(false);
  await allSent(two);
  await expectVisible(two.getByRole('heading', { name: 'Dwie wersje: Podjęte działania i przebieg' }));
  const standing = two.locator('.version', { hasText: 'Teraz w teczce' });
  await expectVisible(standing.getByText('Poprawka z telefonu, ta sama rozmowa.'));
  await expectVisible(standing.getByText(/^Nadzieja Modrzewiak, .+, \d\d:\d\d$/));
  const waiting = two.locator('.version', { hasText: 'Druga wersja' });
  await expectVisible(waiting.getByText(/^Nadzieja Modrzewiak, .+, \d\d:\d\d$/));

  const office = await desk.page();
  await office.goto('/rodziny/R15');
  const versions = office.locator('.version', { hasText: 'Teraz w teczce' });
  await expectVisible(versions.getByText(/^Nadzieja Modrzewiak, dziś, /));

  await waiting.getByRole('button', { name: 'Zostaw tę wersję' }).click();
  await two.locator('.two-versions').waitFor({ state: 'detached' });
  await allSent(two);
  await toFamily(two);
  await expectVisible(entries(two, 'Poprawka z tabletu, ta sama rozmowa.'));
});
