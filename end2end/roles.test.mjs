// Role walls, as people meet them: what is not theirs is not there.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDevice } from './lib/browser.mjs';
import { expectVisible } from './lib/look.mjs';
import { enrol, signIn, unlock } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';

const server = await startServer();
after(() => server.end());

async function device(kind) {
  const opened = await openDevice({ url: server.url, device: kind });
  after(() => opened.end());
  return opened;
}

test('an assistant has only their own families on the phone', async () => {
  const page = await (await device('phone')).page();
  const passphrase = await enrol(page, 'ar1');
  await page.goto('/rodziny');
  await unlock(page, passphrase);
  await expectVisible(page.getByText('Jemiołkowicz'));
  assert.equal(await page.getByText('Lebiodowski').count(), 0);
  await page.goto('/rodziny/R11');
  await unlock(page, passphrase);
  await expectVisible(page.getByText('Nie ma takiej strony'));
});

test('a social worker sees their own area, and no other family by its address', async () => {
  const phone = await device('desk');
  phone.allow(/status of 404/);
  const page = await phone.page();
  await signIn(page, 'ps2');
  await expectVisible(page.getByRole('heading', { name: 'Pulpit', level: 1 }));
  await page.goto('/rodziny');
  await expectVisible(page.getByText('Jemiołkowicz'));
  assert.equal(await page.getByText('Lebiodowski').count(), 0);
  await page.goto('/rodziny/R11');
  await expectVisible(page.getByText(/Nie znaleziono/));
});

test('the administrator sees no family', async () => {
  const page = await (await device('desk')).page();
  await signIn(page, 'admin');
  await expectVisible(page.locator('h1'));
  await page.goto('/rodziny/R11');
  await expectVisible(page.locator('h1'));
  assert.equal(await page.getByText('Lebiodowski').count(), 0);
});

test('nobody gets in with a wrong password', async () => {
  const desk = await device('desk');
  desk.allow(/status of 401/);
  const page = await desk.page();
  await page.goto('/');
  await page.getByLabel('Login').fill('kierownik');
  await page.getByLabel('Hasło', { exact: true }).fill('zgaduję');
  await page.getByRole('button', { name: 'Zaloguj', exact: true }).click();
  await expectVisible(page.getByText('Login lub hasło nie pasuje'));
});
