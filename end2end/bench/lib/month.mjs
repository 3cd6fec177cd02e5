// The report of a month (nr 14) on a cheap phone: from the tap to the form with everything that sixty entries say.
import { openDevice } from '../../lib/browser.mjs';
import { sendVisits } from '../../lib/cards.mjs';
import { enrol, readyForOffline } from '../../lib/people.mjs';
import { startServer } from '../../lib/server.mjs';
import { against, human, line, median } from './report.mjs';
import { installStopwatch, sinceClick, slow } from './stopwatch.mjs';

const ENTRIES = 60;
const MINUTES = 20;
const TIMES = 7;
const LOGIN = 'ar3';
const READS_MS = 3_000;

export async function measureMonth() {
  const server = await startServer();
  await sendVisits(server, LOGIN, ENTRIES, MINUTES);
  const device = await openDevice({ url: server.url, device: 'phone' });
  await installStopwatch(device.context);
  const page = await device.page();
  await enrol(page, LOGIN);
  await readyForOffline(page);
  await slow(page, 4);
  const [reports, steps, notes] = [[], [], []];
  const month = new Date(Date.now() - 86_400_000).toISOString().slice(0, 7);
  for (let time = 0; time < TIMES; time += 1) {
    await page.getByRole('link', { name: 'Dziś', exact: true }).locator('visible=true').first().click();
    await page.locator('a[href^="/miesiac"]').locator('visible=true').first().click();
    await page.getByRole('heading', { name: 'Cały miesiąc' }).waitFor();
    // A reader looks at the month before writing about it; meanwhile the form is drawn where nobody sees it.
    if (!time) await page.waitForTimeout(READS_MS);
    const other = page.locator(`nav[aria-label="Miesiące"] a[href="/miesiac/${month}"]`);
    if (await other.count()) await other.click();
    await page.locator(`a[href="/miesiac/${month}/NR_14/pisz"]`).click();
    reports.push(await sinceClick(page, 'Raport miesięczny (zał. 14)'));
    for (const next = page.getByRole('button', { name: 'Dalej', exact: true }); await next.count();) {
      const before = await page.locator('h2.section-head').allTextContents();
      await next.click();
      await page.waitForFunction((before) => [...document.querySelectorAll('h2.section-head')].every((head) => !before.includes(head.textContent)), before);
      steps.push(await sinceClick(page, (await page.locator('h2.section-head').first().textContent()).trim()));
    }
    await page.getByRole('link', { name: 'Mój miesiąc' }).first().click();
    await page.getByRole('link', { name: 'Rodziny', exact: true }).locator('visible=true').first().click();
    await page.locator('main a[href^="/rodziny/"]').first().click();
    await page.getByRole('link', { name: 'Dokumenty' }).first().click();
    await page.getByRole('link', { name: 'Notatka służbowa' }).first().click();
    notes.push(await sinceClick(page, 'Notatka służbowa'));
    await page.locator('.page-over a').first().click();
    await page.getByRole('heading', { name: 'Dokumenty', level: 1 }).waitFor();
  }
  line('–', `nr 14 of ${ENTRIES} entries opens: the first time`, human(reports[0]), '200 ms');
  line('–', `  median of ${TIMES}`, human(median(reports)), '200 ms', against(median(reports), median(notes), 'an official note'));
  line('–', '  slowest of its steps', human(Math.max(...steps)), '200 ms', against(Math.max(...steps), median(notes), 'an official note'));
  await device.end();
  await server.end();
}
