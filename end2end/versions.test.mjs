// Two versions of a paper beside each other: a plan goes back with remarks, its author puts it right, and the manager
// sees what was changed since; only the differences or all of it, by keyboard too. The phone shows the same, and
// without a network compares with the plan before it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './lib/axe.mjs';
import { openDevice, REFUSED_NETWORK } from './lib/browser.mjs';
import { expectVisible, picture } from './lib/look.mjs';
import { handIn } from './lib/paper.mjs';
import { allSent, enrol, readyForOffline, signIn } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { onPhone } from './lib/story.mjs';
import { openFamily } from './lib/visit.mjs';

const FAMILY = 'Jemiołkowicz';
const REMARKS = 'Doprecyzuj cel główny: do kiedy i po czym poznamy.';
const LINK = 'Porównaj z poprzednią wersją';
const ADDED = 'do końca roku szkolnego';
const SIGNERS = ['ASSISTANT', 'MEMBER', 'SOCIAL_WORKER'];

const server = await startServer();
after(() => server.end());
const phone = await openDevice({ url: server.url, device: 'phone' });
after(() => phone.end());
phone.allow(REFUSED_NETWORK);
const desk = await openDevice({ url: server.url, device: 'desk' });
after(() => desk.end());

const office = await desk.page();
const page = await phone.page();

const waiting = () => office.locator('li', { hasText: FAMILY }).filter({ hasText: /plan pracy/i }).getByRole('link').first();
const goal = () => office.locator('.compare-item', { hasText: 'Cel główny' });
const items = () => office.locator('.compare-item');
const picked = (id) => office.locator(`#${id} option:checked`).textContent();

async function openPlan() {
  await openFamily(page, FAMILY);
  await page.getByRole('link', { name: 'Dokumenty' }).click();
  await page.locator('.row-title', { hasText: 'Plan pracy z rodziną' }).first().click();
}

test('a plan is returned, and its author puts it right', async () => {
  await enrol(page, 'ar1');
  await readyForOffline(page);
  await onPhone(page, 'R09', 'NR_6', { signers: SIGNERS });
  await allSent(page);

  await signIn(office, 'kierownik');
  await expectVisible(office.getByRole('navigation', { name: 'Główne' }).locator('visible=true'));
  await office.goto('/do-decyzji');
  await waiting().click();
  await office.locator('#zwroc').click();
  await office.locator('#f-decision_note').fill(REMARKS);
  await office.locator('#zatwierdz').click();
  await expectVisible(office.getByText('Zwrócono z uwagami.'));

  await page.locator('.syncline').first().click();
  await page.getByRole('button', { name: 'Synchronizuj' }).click();
  await expectVisible(page.locator('.syncline', { hasText: 'Wszystko wysłane' }));
  await openPlan();
  await page.getByRole('button', { name: 'Dalej' }).click();
  const field = page.getByLabel(/^Cel główny/);
  await field.fill(`${await field.inputValue()}, ${ADDED}`);
  await handIn(page, { signers: SIGNERS });
  await expectVisible(page.getByRole('heading', { name: 'Dokumenty', level: 1 }));
  await allSent(page);
});

test('the manager sees what was changed since the remarks, and all of it at a switch', async () => {
  await office.goto('/do-decyzji');
  await waiting().click();
  await office.getByRole('link', { name: LINK }).click();
  await expectVisible(office.getByRole('heading', { name: 'Porównanie wersji', level: 1 }));
  await expectVisible(office.getByText(REMARKS));
  assert.match(await picked('wersja-wczesniejsza'), /^zwrócony z uwagami, /);
  assert.match(await picked('wersja-pozniejsza'), /^złożony, /);
  await expectVisible(goal().getByText('zmieniono'));
  assert.match(await goal().locator('ins').textContent(), new RegExp(ADDED));
  // A word says it, not a colour alone; and it is heard where it is read.
  assert.match(await goal().locator('ins').textContent(), /\[dodano: /);
  await assertAccessible(office);
  await picture(office, 'desk-versions');

  const differences = await items().count();
  const box = office.getByRole('switch', { name: 'Tylko różnice' });
  assert.ok(await box.isChecked());
  await box.focus();
  await office.keyboard.press('Space');
  await office.waitForURL(/calosc=tak/);
  assert.ok((await items().count()) > differences, 'all of the plan stands there');
  assert.equal(await office.evaluate(() => document.activeElement.id), 'tylko-roznice', 'the focus stays');
  await office.keyboard.press('Space');
  await office.waitForURL((url) => !url.search.includes('calosc'));
  assert.equal(await items().count(), differences);
});

test('any two versions have an address of their own', async () => {
  const choice = office.getByLabel('Wcześniejsza wersja');
  const before = await choice.locator('option').first().textContent();
  assert.match(before, /^Plan pracy z rodziną/, 'the plan before it is offered too');
  await choice.selectOption({ index: 0 });
  await office.waitForURL(/z=[0-9a-f-]{36}/);
  await office.goto(office.url());
  await expectVisible(office.getByRole('heading', { name: 'Porównanie wersji', level: 1 }));
  assert.equal(await picked('wersja-wczesniejsza'), before);
  await expectVisible(goal().getByText('zmieniono'));

  // In the file, the list of papers and the time line lead here.
  await office.goto('/rodziny/R09?widok=dokumenty');
  await expectVisible(office.locator('.row', { hasText: 'Plan pracy' }).getByRole('link', { name: LINK }));
  await office.goto('/rodziny/R09');
  await expectVisible(office.locator('.timeline-item', { hasText: 'Plan pracy' }).getByRole('link', { name: LINK }));
});

test('the phone shows the same, and without a network what stands on it', async () => {
  await openPlan();
  await page.getByRole('link', { name: LINK }).click();
  const main = page.locator('.compare-item', { hasText: 'Cel główny' });
  await expectVisible(main);
  assert.match(await main.locator('ins').textContent(), new RegExp(ADDED));
  await assertAccessible(page);
  await picture(page, 'phone-versions');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `the page is ${wide} px wider than the screen`);

  await phone.offline();
  await openPlan();
  await page.getByRole('link', { name: LINK }).click();
  await expectVisible(page.getByText('Wcześniejsze wersje tego zapisu są w ośrodku.'));
  await expectVisible(main);
  assert.match(await page.locator('#wersja-wczesniejsza option:checked').textContent(), /^Plan pracy z rodziną/);
});
