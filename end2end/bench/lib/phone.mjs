// B1 and B2: saving, unlocking and starting offline on one phone with a thousand cards.
import { openDevice, REFUSED_NETWORK } from '../../lib/browser.mjs';
import { allSent, enrol, readyForOffline } from '../../lib/people.mjs';
import { startServer } from '../../lib/server.mjs';
import { chip, openFamily } from '../../lib/visit.mjs';
import { builtInDerivation, strictWrites } from './bare.mjs';
import { sendVisits } from '../../lib/cards.mjs';
import { against, human, line, median, percentile } from './report.mjs';
import { durableSinceClick, installStopwatch, noted, sinceClick, sinceStart, slow } from './stopwatch.mjs';

const CARDS = 1_000;
/** What an assistant writes in a year (offline.md 4). */
const YEAR = 4_000;
const SAVES = 20;
const WRITES = 100;
const UNLOCKS = 3;
const LOGIN = 'ar1';

class Phone {
  static async open(cards = CARDS) {
    const phone = new Phone();
    phone.server = await startServer();
    await sendVisits(phone.server, LOGIN, cards);
    phone.device = await openDevice({ url: phone.server.url, device: 'phone' });
    await installStopwatch(phone.device.context);
    phone.page = await phone.device.page();
    phone.passphrase = await enrol(phone.page, LOGIN);
    await readyForOffline(phone.page);
    return phone;
  }

  async reopen() {
    await this.device.close();
    await this.device.open();
    await installStopwatch(this.device.context);
    this.page = await this.device.page();
    await slow(this.page, 4);
  }

  async end() {
    await this.device.end();
    await this.server.end();
  }
}

/** B1. Gives the phone, to be measured further. */
export async function measureSaving() {
  const phone = await Phone.open();
  const { page } = phone;
  await openFamily(page, 'Piołunowicz');
  const family = page.url();
  await slow(page, 4);
  const [times, durable] = [[], []];
  for (let place = 0; place < SAVES; place += 1) {
    await page.getByRole('link', { name: 'Nowa wizyta' }).click();
    await chip(page, 'Wynik wizyty', 'Nieodbyta').first().click();
    await chip(page, 'Wynik wizyty', /nikogo nie zastano/).first().click();
    await page.getByRole('button', { name: 'Zapisz', exact: true }).click();
    times.push(await sinceClick(page, 'Co było'));
    durable.push(await durableSinceClick(page));
    if (page.url() !== family) throw new Error(`after saving the page is ${page.url()}`);
  }
  const bare = await strictWrites(page, WRITES);
  line('B1', `saved and durable: median of ${SAVES}`, human(median(durable)), '–', against(median(durable), median(bare), 'a bare sealed write'));
  line('B1', '  p95', human(percentile(durable, 95)), '50 ms');
  const [worst, bareWorst] = [percentile(times, 99), percentile(bare, 99)];
  line('B1', `and shown on the family's page: median of ${SAVES}`, human(median(times)), '–', against(median(times), median(bare), 'a bare sealed write'));
  line('B1', '  p99', human(worst), '50 ms', against(worst, bareWorst, 'a bare sealed write'));
  const { interactions } = await noted(page);
  line('B3', '  slowest interaction of all these (INP)', human(Math.max(0, ...interactions)), '80 ms');
  await allSent(page);
  return phone;
}

/** B2. */
export async function measureUnlocking(phone) {
  const [times, bare] = [[], []];
  for (let place = 0; place < UNLOCKS; place += 1) {
    await phone.reopen();
    const { page } = phone;
    await page.goto('/rodziny');
    await page.getByRole('heading', { name: 'Odblokuj' }).waitFor();
    bare.push(await builtInDerivation(page));
    await page.locator('#passphrase').fill(phone.passphrase);
    await page.getByRole('button', { name: 'Odblokuj', exact: true }).click();
    times.push(await sinceClick(page, 'Rodziny'));
  }
  line('B2', `passphrase → list, ${CARDS} cards and more`, human(median(times)), '1.0 s', against(median(times), median(bare), "the browser's own derivation"));
}

/** B3, without a network: from nothing to the lock screen. */
export async function measureOfflineStart(phone) {
  phone.device.allow(REFUSED_NETWORK);
  await phone.server.stop();
  const times = [];
  for (let place = 0; place < UNLOCKS; place += 1) {
    await phone.reopen();
    await phone.device.offline();
    await phone.page.goto('/dzis');
    times.push(await sinceStart(phone.page, 'Odblokuj'));
  }
  line('B3', 'offline: start to the lock screen', human(median(times)), '0.5 s');
}

/**
 * A whole year on the phone, offline, from a cold start: from the passphrase to *Dziś*, less the deliberate cost of
 * deriving the key. That cost is what a wrong passphrase takes: it derives, and opens nothing.
 */
export async function measureYear() {
  const phone = await Phone.open(YEAR);
  phone.device.allow(REFUSED_NETWORK);
  await phone.server.stop();
  const [whole, deriving] = [[], []];
  for (let place = 0; place < UNLOCKS; place += 1) {
    await phone.reopen();
    const { page } = phone;
    await phone.device.offline();
    await page.goto('/dzis');
    await page.getByRole('heading', { name: 'Odblokuj' }).waitFor();
    const start = Date.now();
    await page.locator('#passphrase').fill('to nie jest to hasło wcale');
    const wrong = Date.now();
    await page.getByRole('button', { name: 'Odblokuj', exact: true }).click();
    await page.getByText('Hasło urządzenia nie pasuje').waitFor();
    deriving.push(Date.now() - wrong);
    // The wait after a wrong try is a second.
    await page.waitForTimeout(Math.max(0, 1_100 - (Date.now() - start - deriving.at(-1))));
    await page.locator('#passphrase').fill(phone.passphrase);
    await page.getByRole('button', { name: 'Odblokuj', exact: true }).click();
    whole.push(await sinceClick(page, 'Dziś'));
  }
  const opening = whole.map((ms, place) => ms - deriving[place]);
  line('B2', `offline: ${YEAR} records from a cold start to "Dziś"`, human(median(opening)), '1.5 s', `besides the key, ${human(median(deriving))}`);
  await phone.end();
}
