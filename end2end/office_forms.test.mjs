// A field of the office's own needs no release: the manager adds one to the visit card (nr 8) and renames another,
// the assistant's phone gets both with its next exchange, fills them in offline, and the desk reads them.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDevice, REFUSED_NETWORK } from './lib/browser.mjs';
import { expectVisible, picture } from './lib/look.mjs';
import { allSent, enrol, readyForOffline, signIn } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { refer } from './lib/story.mjs';
import { chip, fillVisit, openFamily } from './lib/visit.mjs';

const DECLARED = 'Podjęte działania i przebieg';
const RENAMED = 'Przebieg spotkania';
const OWN = 'Zwierzęta w domu';
const WORDS = 'Rozmowa o opiece nad psem i o tym, kto go wyprowadza.';

const server = await startServer();
after(() => server.end());
const phone = await openDevice({ url: server.url, device: 'phone' });
after(() => phone.end());
const desk = await openDevice({ url: server.url, device: 'desk' });
after(() => desk.end());

/** The manager edits the visit card. */
async function edit(page) {
  await page.getByRole('link', { name: 'Ustawienia ośrodka' }).click();
  await page.getByRole('link', { name: 'Formularze' }).click();
  await page.getByRole('link', { name: /zał\. 8\)/ }).click();
  await expectVisible(page.getByText('bez zmian ośrodka'));

  const renamed = page.locator('#pole-actions');
  await renamed.locator('summary').click();
  await renamed.getByLabel('Nazwa').fill('');
  await page.getByRole('button', { name: 'Ogłoś…' }).click();
  await expectVisible(page.locator('#summary-errors'));
  await expectVisible(renamed.getByText('nazwa: wpisz tekst'));
  await renamed.getByLabel('Nazwa').fill(RENAMED);
  await expectVisible(page.locator('#pole-date').getByText('wymagane'));
  assert.equal(await page.locator('#pole-date').getByLabel('Nie pytaj o to pole').count(), 0);

  await page.getByRole('button', { name: 'Dodaj pole ośrodka' }).nth(1).click();
  const own = page.locator('.newtask');
  await own.getByLabel('Nazwa pola').fill(OWN);
  await own.getByRole('button', { name: 'jedna odpowiedź z listy' }).click();
  for (const [place, answer] of ['pies', 'kot', 'brak'].entries()) {
    await own.getByRole('button', { name: 'Dodaj odpowiedź' }).click();
    await own.locator('.choice-row').nth(place).getByLabel('Odpowiedź').fill(answer);
  }
  await own.getByLabel('Odpowiedź jest wymagana').check();
  await page.getByRole('button', { name: 'Pokaż podgląd' }).click();
  await expectVisible(page.locator('.preview').getByText(OWN));
  await expectVisible(page.locator('.preview').getByText(RENAMED));
  await picture(page, 'desk-form-editor');
}

test('a field that the office adds is asked for on the phone, offline, and read at the desk', async () => {
  const page = await phone.page();
  await enrol(page, 'ar1');
  await readyForOffline(page);

  const office = await desk.page();
  await signIn(office, 'kierownik');
  await edit(office);
  await office.getByRole('button', { name: 'Ogłoś…' }).click();
  const question = office.getByRole('dialog');
  await expectVisible(question.getByText(`Zmieniono nazwę pola „${DECLARED}” na „${RENAMED}”.`));
  await expectVisible(question.getByText(`Dodano pole „${OWN}”, wymagane`));
  await question.getByRole('button', { name: 'Ogłoś', exact: true }).click();
  await expectVisible(office.getByText('Wersja 1 · '));

  await page.locator('.syncline').first().click();
  const exchanged = page.waitForResponse((answer) => answer.url().includes('/api/v1/exchange'));
  await page.getByRole('button', { name: 'Synchronizuj' }).click();
  await exchanged;
  await allSent(page);

  phone.allow(REFUSED_NETWORK);
  await phone.offline();
  await openFamily(page, 'Piołunowicz');
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await expectVisible(page.getByRole('heading', { name: 'Pola ośrodka' }));
  await fillVisit(page, WORDS, RENAMED);
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
  await expectVisible(page.locator('#summary-errors').getByText(OWN));
  await chip(page, OWN, 'pies').click();
  await picture(page, 'phone-own-field');
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
  await expectVisible(page.locator('.syncline', { hasText: 'Zapisane na telefonie' }));

  await phone.offline(false);
  await allSent(page);
  await office.goto('/rodziny/R15');
  const entry = office.locator('.timeline-item', { hasText: WORDS });
  await expectVisible(entry.getByText(RENAMED));
  await expectVisible(entry.getByText(OWN));
  await expectVisible(entry.getByText('pies'));
  const earlier = office.locator('.timeline-item').filter({ hasNotText: WORDS });
  await expectVisible(earlier.getByText(DECLARED));
  assert.equal(await earlier.getByText(RENAMED).count(), 0, 'what was written before keeps its words');
});

test('a case is opened with what the office asks of its referrals', async () => {
  const office = await desk.page();
  await office.goto('/ustawienia/formularze');
  await expectVisible(office.getByText('Nikt jej nie wypełnia: zapisują ją kroki postępowania.'));
  await office.getByRole('link', { name: 'Zgłoszenie rodziny' }).click();
  await expectVisible(office.getByText('bez zmian ośrodka'));
  const renamed = office.locator('#pole-matter');
  await renamed.locator('summary').click();
  await renamed.getByLabel('Nazwa').fill('Z czym rodzina przychodzi');
  await office.getByRole('button', { name: 'Dodaj pole ośrodka' }).first().click();
  const own = office.locator('.newtask');
  await own.getByLabel('Nazwa pola').fill('Numer zgłoszenia w rejestrze');
  await own.getByRole('button', { name: 'jeden wiersz tekstu' }).click();
  await own.getByLabel('Odpowiedź jest wymagana').check();
  await office.getByRole('button', { name: 'Ogłoś…' }).click();
  await office.getByRole('dialog').getByRole('button', { name: 'Ogłoś', exact: true }).click();
  await expectVisible(office.getByText('Wersja 1 · '));

  const other = await openDevice({ url: server.url, device: 'desk' });
  after(() => other.end());
  const worker = await other.page();
  await signIn(worker, 'ps1');
  await expectVisible(worker.getByRole('navigation', { name: 'Główne' }).locator('visible=true'));
  await worker.goto('/nowa-rodzina');
  await expectVisible(worker.getByLabel(/^Z czym rodzina przychodzi/));
  const field = worker.getByLabel(/^Numer zgłoszenia w rejestrze/);
  await expectVisible(field);
  await worker.getByRole('button', { name: 'Załóż sprawę' }).click();
  await expectVisible(worker.locator('#summary-errors').getByText('Numer zgłoszenia w rejestrze'));
  await picture(worker, 'desk-intake-own-field');

  const code = await refer(worker, 'Rejestrowicz', { [(await field.getAttribute('id')).replace(/^f-/, '')]: 'ZG 17/2026' });
  await worker.goto(`/rodziny/${code}?widok=dokumenty`);
  await worker.locator('.row-title', { hasText: 'Zgłoszenie' }).first().click();
  await expectVisible(worker.getByText('ZG 17/2026'));
  await expectVisible(worker.getByText('Z czym rodzina przychodzi'));
});
