// A family from its referral to the end: goals achieved, monitoring, closed. Every paper is written by the person
// whose it is, on their own device, the assistant without a network in the home; every step follows by itself.
import { after, test } from 'node:test';
import { expectVisible } from './lib/look.mjs';
import { startServer } from './lib/server.mjs';
import { ASSISTANT, arrives, atDesk, decide, expectStage, onPhone, openOffice, refer, sendAll, step } from './lib/story.mjs';
import { fillVisit } from './lib/visit.mjs';

const SURNAME = 'Wierzbinkowska';
const server = await startServer();
after(() => server.end());
const office = await openOffice(server, after);
let code;

/** The first day of a later month: the cooperation may go on from 24 to 36 months. */
function inMonths(months) {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth() + months, 1)).toISOString().slice(0, 10);
}

test('the social worker opens the case, asks for an assistant, and the manager allocates', async () => {
  code = await refer(office.worker, SURNAME);
  await step(office.worker, code, 'Zapisz wywiad środowiskowy');
  await atDesk(office.worker, code, 'REQUEST', { signers: ['SOCIAL_WORKER'] });
  await decide(office.manager, SURNAME, /wniosek o przydzielenie/i, { decision: 'przydzielam', assistant: ASSISTANT.name });
  await expectStage(office.worker, code, 'asystent przydzielony');
  await atDesk(office.worker, code, 'NR_2', { signers: ['SOCIAL_WORKER', 'ASSISTANT'], wants: { complete: true } });
  await expectStage(office.worker, code, 'dokumenty przekazane');
});

test('the assistant meets the family without a network: entry, consent, family card, assessment', async () => {
  const page = office.assistant;
  await arrives(office, SURNAME);
  await office.phone.offline();
  await page.getByRole('link', { name: SURNAME, exact: true }).click();
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await fillVisit(page, 'Pierwsze spotkanie: rozmowa o potrzebach rodziny.');
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
  await expectVisible(page.locator('.syncline', { hasText: 'Zapisane na telefonie' }));
  await onPhone(page, code, 'NR_3A', { signers: ['MEMBER', 'ASSISTANT', 'SOCIAL_WORKER'] });
  await sendAll(office);
  await expectStage(office.worker, code, 'diagnoza');
  await office.phone.offline();
  await onPhone(page, code, 'NR_4', { signers: ['MEMBER', 'ASSISTANT'] });
  await onPhone(page, code, 'NR_5', { signers: ['ASSISTANT', 'MEMBER'], wants: { 'areas/*/score': '4 – wystarczająco' } });
  await sendAll(office);
  await expectStage(office.worker, code, 'opracowanie planu');
});

test('the plan is written in the home, approved, carried out and reviewed', async () => {
  const page = office.assistant;
  await office.phone.offline();
  await onPhone(page, code, 'NR_6', { signers: ['ASSISTANT', 'MEMBER', 'SOCIAL_WORKER'] });
  await sendAll(office);
  await decide(office.manager, SURNAME, /plan pracy/i, { decision: 'zatwierdzony' });
  await expectStage(office.worker, code, 'współpraca');
  await atDesk(office.worker, code, 'NR_16', {
    signers: ['SOCIAL_WORKER', 'ASSISTANT'],
    // A member's decision would be an open task of the family, and nobody ends the work over one.
    wants: { 'decisions/*/by': 'instytucja' },
  });
  await office.phone.offline();
  await onPhone(page, code, 'NR_7', { signers: ['ASSISTANT', 'MEMBER'] });
  await onPhone(page, code, 'EXTENSION', { signers: ['ASSISTANT'], wants: { extended_to: inMonths(30) } });
  await onPhone(page, code, 'NR_10', { signers: ['ASSISTANT', 'MEMBER'], wants: { ground: 'cele osiągnięte wcześniej', mon_months: 3 } });
  await sendAll(office);
  await decide(office.manager, SURNAME, /uzasadnienie przedłużenia/i, { decision: 'wyrażam zgodę' });
  await decide(office.manager, SURNAME, /ocena/i);
  await decide(office.manager, SURNAME, /zakończenie i monitoring/i, { decision: 'wyrażam zgodę' });
  await expectStage(office.worker, code, 'monitoring');
});

test('monitoring is carried out in the home, ended, and the case is closed', async () => {
  const page = office.assistant;
  // What the manager decided has come to the phone before the next visit.
  await arrives(office, SURNAME);
  await page.getByRole('link', { name: SURNAME, exact: true }).click();
  await expectVisible(page.locator('main').getByText('monitoring', { exact: true }).locator('visible=true').first(), 30_000);
  await office.phone.offline();
  await onPhone(page, code, 'NR_11', { signers: ['ASSISTANT'] });
  // On the first day of monitoring: shorter than the procedure wants, so somebody says why.
  await onPhone(page, code, 'NR_12', {
    signers: ['ASSISTANT', 'MEMBER'],
    wants: { period_to: inMonths(1), short_reason: 'Rodzina wyprowadza się do innej gminy.' },
  });
  await sendAll(office);
  await decide(office.manager, SURNAME, /zakończenie monitoringu/i, { decision: 'wyrażam zgodę' });
  await expectStage(office.worker, code, 'zakończona');
});
