// Scenario 1 of the offline promises: a visit written with no network and no server, on a family that was
// never opened before, survives closing the browser and reaches the manager's desk within five seconds.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDevice, REFUSED_NETWORK } from './lib/browser.mjs';
import { expectVisible } from './lib/look.mjs';
import { allSent, enrol, readyForOffline, signIn, unlock } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { PLACE_OF_PHOTO, addPhotoAndSignature, fillVisit, openFamily, photoWithPlace } from './lib/visit.mjs';

const WORDS = 'Rozmowa o wspólnych posiłkach i planie dnia; ustalono kolejność obowiązków.';
const NEW_TASK = 'Zawiesić plan dnia na lodówce';

const server = await startServer();
after(() => server.end());
const phone = await openDevice({ url: server.url, device: 'phone' });
after(() => phone.end());
const desk = await openDevice({ url: server.url, device: 'desk' });
after(() => desk.end());

test('a visit written offline reaches the desk', async () => {
  let page = await phone.page();
  const passphrase = await enrol(page, 'ar1');
  await readyForOffline(page);

  phone.allow(REFUSED_NETWORK);
  await phone.offline();
  await server.stop();
  await phone.close();
  await phone.open();
  await phone.offline();
  page = await phone.page();
  await page.goto('/dzis');
  await unlock(page, passphrase);

  await openFamily(page, 'Piołunowicz');
  await page.getByRole('link', { name: 'Nowa wizyta' }).click();
  await fillVisit(page, WORDS);
  const checks = page.locator('.taskcheck');
  assert.ok((await checks.count()) >= 2, 'the family has tasks to tick off');
  for (const place of [0, 1]) await checks.nth(place).getByRole('button', { name: 'Wykonane' }).click();
  await page.getByRole('button', { name: 'Dodaj zadanie' }).click();
  await page.locator('.newtask input[type=text]').first().fill(NEW_TASK);
  const photo = await photoWithPlace(page);
  assert.ok(photo.includes(PLACE_OF_PHOTO));
  await addPhotoAndSignature(page, photo);
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
  await expectVisible(page.locator('.syncline', { hasText: 'Zapisane na telefonie' }));

  page = await (await phone.close(), await phone.open(), await phone.offline(), phone.page());
  await page.goto('/rodziny/R15');
  await unlock(page, passphrase);
  await expectVisible(page.getByText(WORDS));
  await expectVisible(page.getByText('na telefonie'));

  await server.start();
  const office = await desk.page();
  await signIn(office, 'kierownik');
  await expectVisible(office.getByRole('heading', { name: 'Pulpit' }));
  await office.goto('/rodziny/R15');
  await expectVisible(office.getByRole('heading', { name: /Piołunowicz/ }));
  assert.equal(await office.getByText(WORDS).count(), 0);

  const start = Date.now();
  await phone.offline(false);
  await expectVisible(office.getByText(WORDS), 20_000);
  const took = Date.now() - start;
  console.log(`# the desk showed the visit ${took} ms after the network came back`);
  assert.ok(took <= 5_000, `took ${took} ms`);
  await expectVisible(office.getByText(NEW_TASK));
  await allSent(page);

  const entry = office.locator('.timeline-item', { hasText: WORDS });
  await expectVisible(entry.locator('.signed path'));
  await expectVisible(entry.getByText('podpis na ekranie'));
  await expectVisible(entry.getByText('zaświadczenie ze szkoły'));
  await entry.getByRole('button', { name: 'Pokaż' }).click();
  await expectVisible(entry.locator('.photo-image'));
  assert.ok((await entry.locator('.photo-image').evaluate((image) => image.naturalWidth)) > 300, 'the photo is a picture');
  const kept = readdirSync(server.folder).map((file) => readFileSync(join(server.folder, file)));
  assert.ok(kept.some((bytes) => bytes.includes('zaświadczenie ze szkoły')));
  assert.ok(!kept.some((bytes) => bytes.includes(PLACE_OF_PHOTO)), 'nothing but the picture is kept');
});
