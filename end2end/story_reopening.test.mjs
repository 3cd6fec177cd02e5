// In monitoring things get worse: the assistant reports it from the home, the manager confirms, and a new case
// begins that takes up the old one.
import { after, test } from 'node:test';
import { expectVisible } from './lib/look.mjs';
import { startServer } from './lib/server.mjs';
import { decide, expectStage, onPhone, openOffice, sendAll } from './lib/story.mjs';

// Families in monitoring of the demo town, with this assistant.
const CODE = 'R17';
const server = await startServer();
after(() => server.end());
const office = await openOffice(server, after);

test('a report from monitoring begins a new case that is linked to the old one', async () => {
  await office.phone.offline();
  await onPhone(office.assistant, CODE, 'NR_13', { signers: ['ASSISTANT'] });
  await sendAll(office);
  await expectStage(office.manager, CODE, 'zgłoszenie ponownego objęcia');
  const surname = (await office.manager.getByRole('heading', { level: 1 }).textContent()).trim().split(' ').pop();
  await decide(office.manager, surname, /ponownego objęcia/i, { decision: 'potwierdzam' });
  await expectStage(office.manager, CODE, 'zgłoszenie');
  await expectVisible(office.manager.getByText('Kontynuuje sprawę').first());
});
