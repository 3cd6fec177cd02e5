// The further papers (spec/domain.md 3.21, 3.22), each by whoever it belongs to: those of a family on the phone and
// decided at the desk; a substitution for all families of somebody, given on their page and ended early; and an
// authorisation with its scans, which opens the data to a person and which they find on their own phone.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expectVisible, picture } from './lib/look.mjs';
import { handIn } from './lib/paper.mjs';
import { startServer } from './lib/server.mjs';
import { ASSISTANT, arrives, decide, onPhone, openOffice, sendAll } from './lib/story.mjs';

// A family of the demo town with this assistant, and one of a colleague who will be absent.
const CODE = 'R18';
const SURNAME = 'Tatarakowska';
const ABSENT = 'Nadzieja Modrzewiak';
const OF_ABSENT = 'Głogowniak';
const PDF = { name: 'skan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') };

const server = await startServer();
after(() => server.end());
const office = await openOffice(server, after);
const { manager, assistant } = office;

/** The print of a paper that stands open says what it is. */
async function expectPrint(page, title) {
  await page.getByRole('link', { name: 'Drukuj' }).first().click();
  await expectVisible(page.locator('.paper h1, main h1').filter({ hasText: title }));
  await page.goBack();
}

/** A paper in the family's file at a desk. */
async function openPaper(page, title) {
  await page.goto(`/rodziny/${CODE}?widok=dokumenty`);
  await page.locator('a.row-title', { hasText: title }).first().click();
  await expectVisible(page.locator('h2#dokument', { hasText: title }));
}

async function openPerson(page, name) {
  await page.goto('/pracownicy');
  await page.getByRole('rowheader', { name }).getByRole('link').first().click();
  await expectVisible(page.getByRole('heading', { level: 1, name }));
}

/** A signature on the print, in this field of a form that has two of them. */
async function signIn(page, key, role) {
  const field = page.locator(`[id="f-${key}"]`);
  await field.getByRole('button', { name: 'Dodaj podpis', exact: true }).click();
  const card = field.locator('.signature').last();
  await card.locator('.chip').filter({ hasText: new RegExp(`^${role}$`) }).click();
  await card.getByLabel(/^Imię i nazwisko/).fill('Osoba Podpisująca');
  await card.locator('.chip').filter({ hasText: 'odręcznie na wydruku' }).click();
}

function inDays(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

test('supporting family, care board, alimony and blue card are written in the home', async () => {
  await office.phone.offline();
  await onPhone(assistant, CODE, 'SUPPORTING_FAMILY', { signers: ['ASSISTANT'], wants: { appointed: false } });
  await onPhone(assistant, CODE, 'CARE_BOARD', { signers: ['ASSISTANT'] });
  await onPhone(assistant, CODE, 'ALIMONY', { signers: ['ASSISTANT'], wants: { recipient: 'PCPR w powiecie' } });
  await onPhone(assistant, CODE, 'BLUE_CARD', { signers: ['ASSISTANT'] });
  await sendAll(office);
});

test('the manager decides about the supporting family, reads the others and prints them', async () => {
  await decide(manager, SURNAME, /rodzina wspierająca/i);
  for (const title of [/rodzina wspierająca/i, /posiedzeniu zespołu PCPR/i, /alimentów/i, /Niebieskich Kart/i]) {
    await openPaper(manager, title);
    await expectPrint(manager, title);
  }
});

test('a colleague stands in with all families, from the page of whoever is absent', async () => {
  await openPerson(manager, ABSENT);
  await manager.getByRole('link', { name: 'Karta zastępstwa' }).click();
  await expectVisible(manager.locator('#zloz'));
  assert.equal(await manager.locator('#f-absent').count(), 0, 'the page says who is absent');
  await handIn(manager, { signers: ['ASSISTANT'], wants: { substitute: ASSISTANT.name, ends_on: inDays(9) } });
  await decide(manager, ABSENT, /karta zastępstwa/i);
  await manager.goto('/pracownicy');
  const row = manager.locator('li', { hasText: `${ASSISTANT.name} za: ${ABSENT}` });
  await expectVisible(row.getByText('trwa'));
  await arrives(office, OF_ABSENT);
});

test('the substitution ends early, with a reason, and everybody sees until when', async () => {
  await manager.goto('/pracownicy');
  await manager.getByRole('link', { name: `${ASSISTANT.name} za: ${ABSENT}` }).click();
  await manager.getByText('Zakończ zastępstwo wcześniej').click();
  await manager.locator('#zakoncz-wczesniej').click();
  await expectVisible(manager.locator('#summary-errors'));
  await manager.locator('#f-ended_early_on').fill(inDays(0));
  await manager.locator('#f-ended_early_why').fill('Powrót ze zwolnienia.');
  await manager.locator('#zakoncz-wczesniej').click();
  await expectVisible(manager.locator('article').getByText('Powrót ze zwolnienia.'));
  await expectPrint(manager, /karta zastępstwa/i);
  await manager.goto('/pracownicy');
  await expectVisible(manager.getByText('Kończy się wcześniej: Powrót ze zwolnienia.'));
  await picture(manager, 'pracownicy-desk-light');
  // The last day counts: the families stay until tomorrow.
  await arrives(office, OF_ABSENT);
});

test('the manager authorises the assistant in writing, with scans', async () => {
  await openPerson(manager, ASSISTANT.name);
  await manager.getByRole('link', { name: /^Upoważnienie/ }).first().click();
  await expectVisible(manager.locator('#zloz'));
  await signIn(manager, 'secrecy_signature', 'asystent rodziny');
  await signIn(manager, 'signatures', 'kierownik');
  for (const field of ['authorisation_scan', 'secrecy_scan']) {
    await manager.locator(`#f-${field}-input`).setInputFiles(PDF);
    await expectVisible(manager.locator(`[id="f-${field}"]`).getByText(/dokument PDF/));
  }
  await handIn(manager, { wants: { valid_to: inDays(20), purpose: ['praca asystenta z rodzinami'] } });
  await manager.locator('section[aria-labelledby="praca-wlasna"]').getByRole('link', { name: /^Upoważnienie/ }).click();
  await expectVisible(manager.locator('h2#dokument'));
  await manager.getByRole('button', { name: 'Pokaż' }).first().click();
  await expectVisible(manager.getByRole('link', { name: 'Otwórz dokument PDF' }));
  await expectPrint(manager, /Upoważnienie i zobowiązanie do tajemnicy/);
  await manager.goto('/pracownicy');
  const row = manager.locator('tr', { hasText: ASSISTANT.name }).filter({ hasText: 'asystent rodziny' });
  await expectVisible(row.getByText(/^kończy się/));
});

test('the assistant finds the authorisation on the phone', async () => {
  await office.phone.offline();
  await office.phone.offline(false);
  await assistant.getByRole('link', { name: 'Dziś', exact: true }).locator('visible=true').first().click();
  await assistant.locator('a[href^="/miesiac"]').locator('visible=true').first().click();
  const about = assistant.locator('section[aria-labelledby="about-me"]');
  await expectVisible(about.getByRole('link', { name: /^Upoważnienie/ }), 30_000);
  await about.getByRole('link', { name: /^Upoważnienie/ }).click();
  await expectVisible(assistant.getByRole('heading', { level: 1, name: /^Upoważnienie i zobowiązanie/ }));
});
