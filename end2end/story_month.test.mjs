// The end of a month: sixty entries become the report (nr 14) by themselves, without a network; each number leads to
// the cards that it counts; the records of time and of the car follow; the manager reads and approves; the month closes.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sendVisits } from './lib/cards.mjs';
import { expectVisible } from './lib/look.mjs';
import { handIn } from './lib/paper.mjs';
import { startServer } from './lib/server.mjs';
import { ASSISTANT, decide, openOffice, sendAll } from './lib/story.mjs';

const ENTRIES = 60;
const server = await startServer();
after(() => server.end());
// All on one day: together they still fit into it.
await sendVisits(server, ASSISTANT.login, ENTRIES, 20);
const office = await openOffice(server, after);
const page = office.assistant;
/** The month that the entries stand in: those of yesterday, as the server's own clock counts days. */
const month = new Date(Date.now() - 86_400_000).toISOString().slice(0, 7);

async function openMonth() {
  await page.getByRole('link', { name: 'Dziś', exact: true }).locator('visible=true').first().click();
  await page.locator('a[href^="/miesiac"]').locator('visible=true').first().click();
  const other = page.locator(`nav[aria-label="Miesiące"] a[href="/miesiac/${month}"]`);
  await expectVisible(page.getByRole('heading', { name: 'Cały miesiąc' }));
  if (await other.count()) await other.click();
}

/** The papers about the month that follow the report. */
async function handInOther(title, options = {}) {
  await openMonth();
  await page.locator('section[aria-labelledby="own-papers"]').getByRole('link', { name: title }).click();
  await expectVisible(page.getByRole('button', { name: /^(Złóż|Dalej)$/ }));
  await handIn(page, { signers: ['ASSISTANT'], ...options });
  await expectVisible(page.getByRole('heading', { name: 'Cały miesiąc' }));
}

test('the month is counted from the entries, and every number opens the cards behind it', async () => {
  await office.phone.offline();
  await openMonth();
  for (const fold of await page.locator('section[aria-labelledby="by-family"] details').all()) {
    await fold.evaluate((element) => { element.open = true; });
  }
  const figures = page.locator('main li.row', { has: page.locator('button[aria-expanded]') });
  const count = await figures.count();
  assert.ok(count >= 10, `only ${count} figures have cards behind them`);
  let held = 0;
  for (let place = 0; place < count; place += 1) {
    const figure = figures.nth(place);
    const button = figure.locator('button[aria-expanded]');
    await button.click();
    const links = await figure.locator('ul.list a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    const words = (await button.textContent()).trim();
    assert.ok(links.length > 0, `${words} opens nothing`);
    assert.equal(new Set(links).size, links.length, `${words} counts a card twice`);
    const visits = words.match(/Wizyty odbyte: (\d+)/);
    if (visits) {
      held += Number(visits[1]);
      assert.equal(links.length, Number(visits[1]), words);
    }
    await button.click();
  }
  assert.ok(held >= ENTRIES, `${held} visits`);
});

test('the report is written without a network: only signed, for the rest is there', async () => {
  await page.getByRole('link', { name: /Przygotuj raport|Dokończ raport/ }).click();
  await expectVisible(page.getByRole('button', { name: /^(Złóż|Dalej)$/ }));
  await handIn(page, { signers: ['ASSISTANT'] });
  await expectVisible(page.getByRole('link', { name: 'Zobacz raport' }));
  await handInOther('Ewidencja pracy');
  await handInOther('Ewidencja przebiegu pojazdu');
  await handInOther('Rejestr szkoleń i poradnictwa');
  await sendAll(office);
});

test('the manager approves the report and the records, and the month is closed for corrections', async () => {
  for (const title of [/raport miesięczny/i, /ewidencja pracy/i, /ewidencja przebiegu/i]) {
    await decide(office.manager, ASSISTANT.name, title);
  }
  await openMonth();
  const line = page.locator('main li.row', { has: page.locator('button[aria-expanded]') }).filter({ hasText: 'Wizyty odbyte' });
  await page.locator('section[aria-labelledby="by-family"] summary').first().click();
  await line.locator('visible=true').first().locator('button').click();
  await line.locator('ul.list a').locator('visible=true').first().click();
  await expectVisible(page.locator('main h1'));
  await expectVisible(page.locator('main').getByText(/miesiąc|raport/i).first());
  assert.equal(await page.getByRole('link', { name: 'Popraw' }).count(), 0, 'a closed month is not corrected');
});
