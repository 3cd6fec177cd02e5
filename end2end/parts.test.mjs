// The program comes in parts. If one does not arrive, the page says so in plain words, and the next try finds it.
import { after, test } from 'node:test';
import { openDevice } from './lib/browser.mjs';
import { expectVisible } from './lib/look.mjs';
import { enrol, signIn, unlock } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';

const server = await startServer();
after(() => server.end());

/** A browser that has not kept the program yet, as on the very first visit. */
async function firstVisit(device) {
  const opened = await openDevice({ url: server.url, device, options: { serviceWorkers: 'block' } });
  // The tool's way of blocking service workers leaves their registration without an answer.
  opened.allow(/net::ERR_FAILED/, /wasm_split|Failed to fetch/, /onupdatefound/);
  return opened;
}

test('forms that did not arrive are asked for again', async () => {
  const phone = await firstVisit('phone');
  const page = await phone.page();
  await page.route(/split_pages/, (route) => route.abort());
  const passphrase = await enrol(page, 'ar1');
  await page.getByRole('link', { name: 'Nowy wpis' }).locator('visible=true').first().click();
  await expectVisible(page.getByRole('heading', { name: 'Nie pobrano całej aplikacji' }));
  await page.unroute(/split_pages/);
  await page.reload();
  await unlock(page, passphrase);
  await expectVisible(page.getByRole('heading', { name: 'U kogo?' }));
  await phone.end();
});

test('a desk that did not arrive is asked for again', async () => {
  const desk = await firstVisit('desk');
  const page = await desk.page();
  await page.route(/split_desk/, (route) => route.abort());
  await signIn(page, 'kierownik');
  await expectVisible(page.getByRole('heading', { name: 'Nie pobrano całej aplikacji' }));
  await page.unroute(/split_desk/);
  await page.reload();
  await expectVisible(page.getByRole('heading', { name: 'Pulpit', level: 1 }));
  await desk.end();
});
