// W2 in the browser: ten thousand records come to a new phone.
import { openDevice } from '../../lib/browser.mjs';
import { signIn } from '../../lib/people.mjs';
import { startServer } from '../../lib/server.mjs';
import { sendVisits } from '../../lib/cards.mjs';
import { human, line } from './report.mjs';
import { installStopwatch } from './stopwatch.mjs';

const CARDS = 10_000;

export async function measureFetching() {
  const server = await startServer();
  const device = await openDevice({ url: server.url, device: 'phone' });
  try {
    await sendVisits(server, 'ar1', CARDS);
    await installStopwatch(device.context);
    const page = await device.page();
    await signIn(page, 'ar1');
    await page.waitForFunction(() => document.querySelector('#passphrase')?.value.split(' ').length === 5);
    await page.getByLabel('Hasło jest zapisane w bezpiecznym miejscu').check();
    await page.getByRole('button', { name: 'Przygotuj urządzenie' }).click();
    await page.locator('.syncline', { hasText: 'Wszystko wysłane' }).first().waitFor({ timeout: 180_000 });
    const { first, list, sealed } = await page.evaluate(times);
    line('W2', `${CARDS} records: first list after the first question`, human(list - first), '0.3 s');
    line('W2', '  all of them sealed in the store', human(sealed - first), '2.5 s');
  } finally {
    await device.end();
    await server.end();
  }
}

/** In the page, which is not slowed down here: when it first asked, when the list stood, when all was kept. */
function times() {
  const first = performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/api/v1/exchange')).startTime;
  const shown = Object.entries(globalThis.asystaWatch.shown);
  const at = (words) => shown.find(([text]) => text.includes(words))?.[1];
  return { first, list: at('(a family)'), sealed: at('Wszystko wysłane') };
}
