// A paper of the procedure on the phone, without a network: begun, put out of sight by a crash, found again,
// handed in whole and read at the desk. Terms and what a case waits for stand where people look.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDevice, REFUSED_NETWORK } from './lib/browser.mjs';
import { expectVisible } from './lib/look.mjs';
import { allSent, enrol, readyForOffline, signIn, unlock } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { chip, openFamily } from './lib/visit.mjs';

const FAMILY = 'Jemiołkowicz';
const FACTS = 'Ojciec nie odebrał dziecka z przedszkola, zrobiła to babcia.';

const server = await startServer();
after(() => server.end());
const phone = await openDevice({ url: server.url, device: 'phone' });
after(() => phone.end());
const desk = await openDevice({ url: server.url, device: 'desk' });
after(() => desk.end());

let passphrase;

async function openPapers(page) {
  await openFamily(page, FAMILY);
  await page.getByRole('link', { name: 'Dokumenty' }).click();
  await expectVisible(page.getByRole('heading', { name: 'Dokumenty', level: 1 }));
}

test('a note is written offline, survives the browser, and is handed in only when it is whole', async () => {
  let page = await phone.page();
  passphrase = await enrol(page, 'ar1');
  await readyForOffline(page);
  await phone.offline();
  phone.allow(REFUSED_NETWORK);
  await openPapers(page);
  await page.getByRole('link', { name: 'Notatka służbowa' }).click();
  await expectVisible(page.getByRole('heading', { name: 'Notatka służbowa', level: 1 }));
  await page.getByLabel('Opis faktów').fill(FACTS);
  await page.getByRole('button', { name: 'Złóż' }).click();
  await expectVisible(page.locator('#summary-errors'));
  assert.ok((await page.locator('#summary-errors li').count()) > 3, 'every gap is named');
  await expectVisible(page.getByText(/Szkic zapisany/));

  page = await phone.reopen();
  await phone.offline();
  await page.goto('/dzis');
  await unlock(page, passphrase);
  // *Dziś* names what was begun and leads back to it.
  await page.locator('.row', { hasText: 'notatka służbowa' }).getByRole('link', { name: FAMILY }).click();
  assert.equal(await page.getByLabel('Opis faktów').inputValue(), FACTS);

  await page.getByLabel('Miejscowość').fill('Przykładowo');
  const today = await page.getByLabel('Data sporządzenia').inputValue();
  await page.getByLabel('Data zdarzenia').fill(today);
  await page.getByLabel('Godzina zdarzenia').fill('07:30');
  await chip(page, 'Rodzaj', 'zdarzenie istotne').click();
  await chip(page, 'Sprawa pilna', 'nie').click();
  await chip(page, 'Źródło informacji', 'relacja').click();
  await page.getByLabel('Podjęte działania').fill('Rozmowa z babcią i z wychowawczynią.');
  await page.getByRole('button', { name: 'Dodaj pozycję' }).click();
  await page.locator('.newtask').getByLabel(/^Kto/).fill('pracownik socjalny');
  await page.locator('.newtask').getByLabel('Data').fill(today);
  await chip(page, 'Jak', 'telefon').click();
  await page.getByRole('button', { name: 'Dodaj podpis' }).click();
  // The first signature is the writer's own, and already says so.
  assert.equal(await page.locator('.signature').getByLabel(/^Imię i nazwisko/).inputValue(), 'Nadzieja Modrzewiak');
  await page.getByRole('button', { name: 'Złóż' }).click();
  await expectVisible(page.getByRole('heading', { name: 'Dokumenty', level: 1 }));
  await expectVisible(page.locator('.row', { hasText: 'Notatka służbowa' }).getByText('podpisany lub złożony'));
  await phone.offline(false);
  await allSent(page);
});

test('the manager reads the note, and sees what the case waits for and which terms run', async () => {
  const page = await desk.page();
  await signIn(page, 'kierownik');
  await openFamily(page, FAMILY);
  await expectVisible(page.getByRole('heading', { name: /^Terminy/, level: 2 }));
  await expectVisible(page.getByText('Okresowa ocena sytuacji rodziny').first());
  await expectVisible(page.getByRole('heading', { name: 'Co dalej', level: 2 }));
  await page.getByRole('navigation', { name: 'Teczka' }).getByRole('link', { name: /^Dokumenty/ }).click();
  await page.locator('.row-title', { hasText: 'Notatka służbowa' }).click();
  await expectVisible(page.getByText(FACTS));
  await expectVisible(page.getByText('Rozmowa z babcią i z wychowawczynią.'));
  await expectVisible(page.getByText('pracownik socjalny').first());
});

test('the next version of the plan begins with the goals of the one that stands, and is written step by step', async () => {
  const page = await phone.page();
  await phone.offline();
  await openPapers(page);
  await page.locator('.actions').getByRole('link', { name: /^Plan pracy z rodziną/ }).click();
  await expectVisible(page.getByRole('heading', { name: /^Plan pracy z rodziną/, level: 1 }));
  await expectVisible(page.getByRole('heading', { name: 'Dokument', level: 2 }));
  await page.getByRole('button', { name: 'Dalej' }).click();
  await expectVisible(page.getByRole('heading', { name: 'Plan', level: 2, exact: true }));
  await page.getByLabel(/^Cel główny/).fill('');
  await page.getByRole('button', { name: 'Dalej' }).click();
  await expectVisible(page.getByRole('heading', { name: 'Cele szczegółowe', level: 2 }));
  const goal = page.locator('input[type=text][id^="f-goals-"][id$="-goal"]').first();
  await goal.fill('Cel, którego jeszcze nikt nie widział');
  await page.getByRole('button', { name: 'Dalej' }).click();
  // What was typed a moment ago can be picked at once.
  await expectVisible(page.getByRole('button', { name: /Cel, którego jeszcze nikt nie widział/ }).first());
  await page.getByRole('button', { name: 'Wstecz' }).click();
  assert.equal(await goal.inputValue(), 'Cel, którego jeszcze nikt nie widział');

  // The list of sections leads to the last one; what is missing there leads back.
  await page.getByText(/^Część \d+ z \d+: Cele szczegółowe/).click();
  await page.getByRole('button', { name: /Podpisy$/ }).click();
  await page.getByRole('button', { name: 'Złóż' }).click();
  await page.locator('#summary-errors').getByRole('link', { name: /cel główny/ }).click();
  await expectVisible(page.getByLabel(/^Cel główny/));
});
