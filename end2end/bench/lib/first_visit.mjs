// B3: the first visit, on an empty profile, over a slow mobile network.
import { openDevice } from '../../lib/browser.mjs';
import { startServer } from '../../lib/server.mjs';
import { against, human, line, median } from './report.mjs';
import { installStopwatch, noted, sinceStart, slow } from './stopwatch.mjs';

const VISITS = 3;
/** "Slow 4G", as browsers' own tools mean it. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };

export async function measureFirstVisit() {
  const server = await startServer();
  try {
    const visits = [];
    for (let place = 0; place < VISITS; place += 1) visits.push(await visit(server, '/', 'Zaloguj się'));
    const plain = await visit(server, '/pomoc', '');
    const bare = plain.paint;
    const paint = median(visits.map(({ paint }) => paint));
    line('B3', 'slow 4G: largest paint (LCP)', human(paint), '1.2 s', against(paint, bare, 'a page without a program'));
    line('B3', '  to the form that can be used', human(median(visits.map(({ usable }) => usable))), '–');
    line('B3', '  shift of the layout (CLS)', Math.max(...visits.map(({ shift }) => shift)).toFixed(3), '0');
    const slowest = Math.max(0, ...visits.flatMap(({ interactions }) => interactions));
    line('B3', '  slowest interaction while typing (INP)', slowest ? human(slowest) : '< 16 ms', '80 ms');
  } finally {
    await server.end();
  }
}

async function visit(server, path, heading) {
  const device = await openDevice({ url: server.url, device: 'phone' });
  try {
    await installStopwatch(device.context);
    const page = await device.page();
    const session = await slow(page, 4);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', SLOW_4G);
    await page.goto(path);
    const usable = await sinceStart(page, heading);
    if (heading) await page.getByLabel('Login').pressSequentially('asystentka');
    await page.waitForTimeout(500);
    return { usable, ...(await noted(page)) };
  } finally {
    await device.end();
  }
}
