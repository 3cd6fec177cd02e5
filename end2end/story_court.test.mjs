// A court obliges the family to work with an assistant, and the family refuses: the office begins in five days, the
// refusal is written in the home, the court is told, and whoever owes something sees it.
import { after, test } from 'node:test';
import { expectVisible } from './lib/look.mjs';
import { startServer } from './lib/server.mjs';
import { ASSISTANT, arrives, atDesk, decide, expectStage, onPhone, openOffice, refer, sendAll, step } from './lib/story.mjs';
import { fillVisit } from './lib/visit.mjs';

const SURNAME = 'Olszynkiewicz';
const server = await startServer();
after(() => server.end());
const office = await openOffice(server, after);
let code;

test('a referral under an order of the court starts the five days', async () => {
  code = await refer(office.worker, SURNAME, { referral_source: 'sąd', basis: 'postanowienie sądu', court_sign: 'III Nsm 15/26' });
  await step(office.worker, code, 'Zapisz wywiad środowiskowy');
  await expectVisible(office.worker.getByText('zobowiązanie sądu').first());
  await atDesk(office.worker, code, 'REQUEST', { signers: ['SOCIAL_WORKER'] });
  await decide(office.manager, SURNAME, /wniosek o przydzielenie/i, { decision: 'przydzielam', assistant: ASSISTANT.name });
  await atDesk(office.worker, code, 'NR_2', { signers: ['SOCIAL_WORKER', 'ASSISTANT'], wants: { complete: true } });
  await expectStage(office.worker, code, 'dokumenty przekazane');
});

test('the family refuses at home; note and refusal end the case, and the manager owes the court a word', async () => {
  const page = office.assistant;
  await arrives(office, SURNAME);
  await office.phone.offline();
  await page.getByRole('link', { name: SURNAME, exact: true }).click();
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await fillVisit(page, 'Rodzina nie chce współpracować mimo postanowienia sądu.');
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
  await expectVisible(page.locator('.syncline', { hasText: 'Zapisane na telefonie' }));
  await onPhone(page, code, 'NR_3B', { signers: ['MEMBER', 'ASSISTANT', 'SOCIAL_WORKER'] });
  await onPhone(page, code, 'NOTE', { signers: ['ASSISTANT'] });
  await onPhone(page, code, 'COURT', { signers: ['ASSISTANT'], wants: { kind: 'zawiadomienie' } });
  await sendAll(office);
  await expectStage(office.worker, code, 'odmowa współpracy');
});

test('the manager signs the letter to the court and ticks off what was owed', async () => {
  await decide(office.manager, SURNAME, /pismo do sądu/i);
  const page = office.manager;
  await page.goto(`/rodziny/${code}`);
  await expectVisible(page.getByRole('heading', { name: /^Do załatwienia/ }));
  const row = page.locator('li', { hasText: /zawiadom sąd/i }).first();
  await row.getByRole('button').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Załatwione' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expectVisible(page.getByText(/Załatwione \(1\)/));
});
