// The path "Za życiem": a person applies, an assistant is named, the catalogue of support is gone through at home,
// and institutions are asked in writing on the person's authorisation.
import { after, test } from 'node:test';
import { expectVisible } from './lib/look.mjs';
import { startServer } from './lib/server.mjs';
import { ASSISTANT, apply, arrives, atDesk, decide, expectStage, onPhone, openOffice, sendAll, step } from './lib/story.mjs';
import { fillVisit } from './lib/visit.mjs';

const SURNAME = 'Jarzębinowska';
const server = await startServer();
after(() => server.end());
const office = await openOffice(server, after);
let code;

test('the application opens a case of its own and the manager names an assistant', async () => {
  code = await apply(office.worker, SURNAME);
  await atDesk(office.worker, code, 'REQUEST', {
    signers: ['SOCIAL_WORKER'],
    wants: { referral_source: 'wniosek „Za życiem”', basis: '„Za życiem”' },
  });
  await decide(office.manager, SURNAME, /wniosek „Za życiem”/i);
  await decide(office.manager, SURNAME, /wniosek o przydzielenie/i, { decision: 'przydzielam', assistant: ASSISTANT.name });
});

test('catalogue, authorisation and a request to an institution are written at home', async () => {
  const page = office.assistant;
  await arrives(office, SURNAME);
  await office.phone.offline();
  await page.getByRole('link', { name: SURNAME, exact: true }).click();
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await fillVisit(page, 'Rozmowa o przysługujących świadczeniach.');
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
  await expectVisible(page.locator('.syncline', { hasText: 'Zapisane na telefonie' }));
  await onPhone(page, code, 'ZZ_CATALOGUE', { signers: ['ASSISTANT', 'MEMBER'] });
  await onPhone(page, code, 'ZZ_AUTHORISATION', { signers: ['MEMBER'] });
  await onPhone(page, code, 'ZZ_REQUEST', { signers: ['ASSISTANT'] });
  await onPhone(page, code, 'NOTE', { signers: ['ASSISTANT'] });
  await sendAll(office);
});

test('the manager ends the case', async () => {
  await step(office.manager, code, 'Zakończ sprawę „Za życiem”', { closing: 'zmiana miejsca zamieszkania' });
  await expectStage(office.manager, code, 'zakończona');
});
