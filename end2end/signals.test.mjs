// Signals that become work: an urgent visit written without a network, with its checklist and a change in the family;
// the note that it begins, the news for the social worker on Dziś, the alarm on Pulpit until somebody knows of it, the
// history of terms, and the decisions of a meeting that become tasks.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './lib/axe.mjs';
import { openDevice, REFUSED_NETWORK } from './lib/browser.mjs';
import { expectVisible, picture } from './lib/look.mjs';
import { handIn } from './lib/paper.mjs';
import { allSent, enrol, readyForOffline, signIn } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { chip, fillVisit, openFamily } from './lib/visit.mjs';

const SURNAME = 'Jemiołkowicz';
const CODE = 'R09';
const DANGER = 'Dzieci były same w mieszkaniu, drzwi otwarte, w kuchni włączona kuchenka.';
const CHANGE = 'ojciec stracił pracę w tartaku';
const DECISION = 'Zapisać syna na świetlicę';

const server = await startServer();
after(() => server.end());
const phone = await openDevice({ url: server.url, device: 'phone' });
after(() => phone.end());
const manager = await openDevice({ url: server.url, device: 'desk' });
after(() => manager.end());

/** Not wider than the screen, open to everybody, in both colour schemes. */
async function see(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 1, `${name} is ${wide} px wider than the screen`);
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    // Bars in view and links as large as their row are taken for small targets; see screens.test.mjs.
    await assertAccessible(page, { except: ['target-size'] });
    await picture(page, `${name}-${colorScheme}`);
  }
}

const today = (page) => page.getByRole('link', { name: 'Dziś', exact: true }).locator('visible=true').first().click();
const notices = (page) => page.locator('section', { has: page.locator('#notices') });

test('a signal on a visit becomes work for everybody whom it concerns', async () => {
  const page = await phone.page();
  await enrol(page, 'ar1');
  await readyForOffline(page);
  phone.allow(REFUSED_NETWORK);
  await phone.offline();

  await openFamily(page, SURNAME);
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await fillVisit(page, 'Zastano dzieci bez opieki, wezwano Policję, czekano na rodziców.');
  assert.equal(await page.locator('a[href="tel:112"]').count(), 0, 'nothing is urgent yet');
  await chip(page, 'Sygnał ryzyka', 'pilne').click();
  await expectVisible(page.locator('a[href="tel:112"]'));
  const police = page.locator('li.row', { hasText: 'Zawiadomiono Policję' });
  await police.locator('.chip').click();
  assert.match(await police.locator('input[type=time]').inputValue(), /^\d\d:\d\d$/, 'the step has its time');
  await page.getByLabel('Notatka o zagrożeniu').fill(DANGER);
  await police.scrollIntoViewIfNeeded();
  await see(page, 'pilne-phone');
  await page.getByText('Zmiana w rodzinie, dojazd').click();
  await chip(page, 'Zmiana sytuacji do zgłoszenia', 'sytuacja zawodowa').click();
  await page.getByLabel('Na czym polega zmiana').fill(CHANGE);
  await page.getByRole('button', { name: 'Zapisz i zacznij notatkę' }).click();

  await expectVisible(page.getByRole('heading', { name: /Notatka służbowa/, level: 1 }));
  assert.equal(await page.locator('#f-facts').inputValue(), DANGER);
  assert.match(await page.locator('#f-actions').inputValue(), /^\d\d?:\d\d zawiadomiono Policję/);
  assert.equal(await chip(page, 'Rodzaj', 'zagrożenie dziecka').getAttribute('aria-pressed'), 'true');

  await page.goBack();
  await expectVisible(page.getByRole('heading', { name: SURNAME, level: 1 }));
  await today(page);
  await expectVisible(page.getByText(`Pilny sygnał – ${SURNAME}`));
  await expectVisible(notices(page).getByText(CHANGE));
  await see(page, 'dzis-sygnaly-phone');

  const desk = await manager.page();
  await signIn(desk, 'kierownik');
  await expectVisible(desk.getByRole('heading', { name: 'Pulpit', level: 1 }));
  assert.equal(await desk.getByText(`Pilny sygnał: ${CODE}`).count(), 0);
  await phone.offline(false);
  await expectVisible(desk.getByText(`Pilny sygnał: ${CODE}`), 20_000);
  await allSent(page);
  await see(desk, 'pulpit-alarm-desk');
  // The town has an alarm of its own.
  const alarm = desk.locator('.banner', { hasText: `Pilny sygnał: ${CODE}` });
  await alarm.getByRole('button', { name: 'Przyjmuję do wiadomości' }).click();
  await desk.getByText(`Pilny sygnał: ${CODE}`).waitFor({ state: 'detached' });
  await desk.goto(`/rodziny/${CODE}`);
  await expectVisible(desk.getByRole('heading', { name: new RegExp(SURNAME), level: 1 }));
  await desk.locator('section[aria-labelledby="do-zalatwienia"] summary').click();
  await expectVisible(desk.getByText(/przyjęto do wiadomości: .*Bożena Dzięgielowska/));

  await notices(page).getByRole('link', { name: new RegExp(CHANGE) }).click();
  await chip(page, 'Jak dowiedział się pracownik socjalny', 'poinformował asystent').click();
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
  await expectVisible(page.getByRole('heading', { name: 'Zadania rodziny', level: 1 }));
  await today(page);
  await expectVisible(page.getByRole('heading', { name: 'Dziś', level: 1 }));
  assert.equal(await page.getByText(CHANGE).count(), 0, 'nothing is to be told any more');
  await allSent(page);

  await desk.goto(`/rodziny/${CODE}?widok=terminy`);
  const news = desk.locator('tr', { hasText: 'D10' });
  await expectVisible(news.filter({ hasText: 'w terminie' }));
  await see(desk, 'historia-terminow-desk');
});

test("a meeting's decisions stand among the family's tasks", async () => {
  const page = await phone.page();
  await openFamily(page, SURNAME);
  await page.getByRole('link', { name: 'Dokumenty' }).click();
  await page.locator(`a[href="/rodziny/${CODE}/dokumenty/nowy/NR_16"]`).first().click();
  await expectVisible(page.getByRole('button', { name: /^(Złóż|Dalej)$/ }));
  const wants = { decisions: DECISION, 'decisions/*/by': 'członek rodziny' };
  await handIn(page, { wants, signers: ['ASSISTANT', 'MEMBER'] });
  await allSent(page);
  const desk = await manager.page();
  await desk.goto(`/rodziny/${CODE}?widok=zadania`);
  await expectVisible(desk.getByText(DECISION), 20_000);
  await desk.goto(`/rodziny/${CODE}`);
  await expectVisible(desk.locator('.timeline-month').first());
  await see(desk, 'os-czasu-desk');
  await desk.getByRole('navigation', { name: 'Co pokazać' }).getByRole('link', { name: /^Zadania/ }).click();
  await desk.waitForURL(/rodzaj=zadania/);
  await expectVisible(desk.locator('.timeline-item', { hasText: DECISION }));
  assert.equal(await desk.locator('.timeline-item', { hasText: 'Wizyta w środowisku' }).count(), 0);
});
