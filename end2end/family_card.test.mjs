// The family's card, corrected in two places at once: the assistant, offline, adds a baby and changes a telephone
// number; meanwhile the social worker corrects the address at the desk. Both stand, on the phone and in the file.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './lib/axe.mjs';
import { openDevice, REFUSED_NETWORK } from './lib/browser.mjs';
import { expectVisible } from './lib/look.mjs';
import { allSent, enrol, readyForOffline, signIn } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';

const server = await startServer();
after(() => server.end());
const phone = await openDevice({ url: server.url, device: 'phone' });
after(() => phone.end());
const desk = await openDevice({ url: server.url, device: 'desk' });
after(() => desk.end());

const SURNAME = 'Jemiołkowicz';
const CODE = 'R09';

async function openFamily(page) {
  await page.getByRole('link', { name: 'Rodziny', exact: true }).locator('visible=true').first().click();
  await page.getByRole('link', { name: SURNAME, exact: true }).locator('visible=true').first().click();
  await expectVisible(page.getByRole('heading', { name: SURNAME, level: 1 }));
}

async function openCard(page) {
  await page.getByRole('link', { name: 'Popraw kartę' }).locator('visible=true').first().click();
  await expectVisible(page.getByRole('heading', { name: 'Karta rodziny', level: 1 }));
}

/** The group of rows with this legend. */
function group(page, legend) {
  return page.locator('fieldset.field', { has: page.locator('legend', { hasText: legend }) });
}

async function addRow(page, legend) {
  const rows = group(page, legend);
  await rows.getByRole('button', { name: 'Dodaj pozycję' }).click();
  return rows.locator('.newtask').last();
}

async function save(page) {
  await page.getByRole('button', { name: 'Zapisz kartę' }).click();
  await page.getByRole('heading', { name: 'Karta rodziny', level: 1 }).waitFor({ state: 'detached' });
}

test('a card corrected offline and at the desk keeps both corrections', async () => {
  const [assistant, worker] = [await phone.page(), await desk.page()];
  await enrol(assistant, 'ar1');
  await readyForOffline(assistant);
  await signIn(worker, 'ps2');
  await expectVisible(worker.getByRole('heading', { name: 'Pulpit', level: 1 }));

  await openFamily(assistant);
  await phone.offline();
  phone.allow(REFUSED_NETWORK);
  await openCard(assistant);
  const people = await addRow(assistant, 'Członkowie rodziny');
  await people.getByLabel(/^Imię/).fill('Jaśmina');
  await people.locator('.chip').filter({ hasText: /^dziecko$/ }).click();
  await people.getByLabel(/^Data urodzenia/).fill('2026-01-15');
  await group(assistant, 'Telefony').locator('summary').first().click();
  const number = group(assistant, 'Telefony').getByLabel(/^Numer/).first();
  await number.fill('600 700 800');
  const school = await addRow(assistant, 'Osoby i instytucje');
  await school.locator('select').selectOption({ label: 'szkoła' });
  await school.getByLabel(/^Nazwa/).fill('Szkoła Podstawowa nr 2');
  await school.getByLabel(/^Co robi dla rodziny/).fill('pedagog, zajęcia wyrównawcze');
  await assertAccessible(assistant);

  // The draft is kept: the page is left by itself and opened again.
  await expectVisible(assistant.getByText('Szkic zapisany'));
  await openToday(assistant);
  await assistant.locator('li.row', { hasText: 'karta rodziny' }).getByRole('link').first().click();
  await expectVisible(assistant.getByText('To są zmiany zaczęte wcześniej'));
  await group(assistant, 'Telefony').locator('summary').first().click();
  assert.equal(await group(assistant, 'Telefony').getByLabel(/^Numer/).first().inputValue(), '600 700 800');
  await save(assistant);
  await expectVisible(assistant.getByText('Jaśmina'));
  await expectVisible(assistant.getByText('Szkoła Podstawowa nr 2'));

  await worker.goto(`/rodziny/${CODE}`);
  await openCard(worker);
  await worker.getByLabel('Adres', { exact: true }).fill('ul. Nowa 7');
  await assertAccessible(worker);
  await save(worker);
  await expectVisible(worker.locator('.facts').getByText('ul. Nowa 7'));
  assert.equal(await worker.getByText('Jaśmina').count(), 0, 'the phone has not sent it yet');

  await phone.offline(false);
  await allSent(assistant);
  // No reload: the desk follows what is written in the office.
  await expectVisible(worker.getByText('Jaśmina').locator('visible=true'), 20_000);
  await expectVisible(worker.getByText('600 700 800'));
  await expectVisible(worker.locator('.facts').getByText('ul. Nowa 7'));
  await expectVisible(worker.getByText('pedagog, zajęcia wyrównawcze'));
  await expectVisible(assistant.getByText(/ul\. Nowa 7/), 20_000);
  await expectVisible(assistant.getByText('600 700 800'));
  assert.equal(await worker.getByText('Karta informacyjna dotycząca rodziny —').count(), 0, 'no two versions of the card');
  await assertAccessible(worker);
});

async function openToday(page) {
  await page.locator('a.topbar-brand').click();
  await expectVisible(page.getByRole('heading', { name: 'Dziś', exact: true }));
}

test('the manager reads the card and does not write it', async () => {
  const page = await desk.page();
  await page.getByRole('button', { name: 'Wyloguj' }).click();
  await signIn(page, 'kierownik');
  await expectVisible(page.getByRole('heading', { name: 'Pulpit', level: 1 }));
  await page.goto(`/rodziny/${CODE}`);
  await expectVisible(page.getByRole('heading', { name: 'Adres i telefony' }));
  assert.equal(await page.getByRole('link', { name: 'Popraw kartę' }).count(), 0);
  await page.goto(`/rodziny/${CODE}/karta`);
  await expectVisible(page.getByText('Kartę zmienia pracownik socjalny rodziny'));
});
