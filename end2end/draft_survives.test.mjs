// P5: every key press survives. The browser dies in mid-form; what was written is there again.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDevice } from './lib/browser.mjs';
import { expectVisible } from './lib/look.mjs';
import { enrol, unlock } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { openFamily } from './lib/visit.mjs';

const server = await startServer();
after(() => server.end());
const phone = await openDevice({ url: server.url, device: 'phone' });
after(() => phone.end());

test('a draft survives the death of the browser', async () => {
  let page = await phone.page();
  const passphrase = await enrol(page, 'ar1');
  await openFamily(page, 'Jemiołkowicz');
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  const words = 'Początek opisu, którego nie wolno zgubić';
  await page.getByLabel('Podjęte działania i przebieg').pressSequentially(words, { delay: 15 });
  await expectVisible(page.getByText('Szkic zapisany'));
  await phone.crash();
  await phone.open();
  page = await phone.page();
  await page.goto('/dzis');
  await unlock(page, passphrase);
  await expectVisible(page.getByRole('heading', { name: 'Niedokończone' }));
  await page.locator('.card', { hasText: 'Niedokończone' }).getByRole('link', { name: 'Jemiołkowicz' }).click();
  assert.equal(await page.getByLabel('Podjęte działania i przebieg').inputValue(), words);
  await expectVisible(page.getByText('To jest szkic zaczęty wcześniej.'));
});
