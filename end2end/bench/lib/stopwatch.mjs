// Times as the page itself sees them, by its own clock: from a click, or from the start of the navigation,
// to the moment when something stands on the screen.

/** Installed in every page of a device before its own scripts. */
export async function installStopwatch(context) {
  await context.addInitScript(() => {
    const watch = { shown: {}, clicked: 0, durable: 0, interactions: [], paint: 0, shift: 0 };
    globalThis.asystaWatch = watch;
    const note = (words) => {
      if (words in watch.shown) return;
      watch.shown[words] = Infinity;
      // Two frames later it is on the screen, not only in the tree.
      requestAnimationFrame(() => requestAnimationFrame((now) => { watch.shown[words] = now; }));
    };
    const look = () => {
      document.querySelectorAll('h1, h2, .syncline').forEach((element) => note(element.textContent.trim()));
      if (document.querySelector('main a[href^="/rodziny/"]')) note('(a family)');
    };
    addEventListener('click', ({ timeStamp }) => { watch.clicked = timeStamp; watch.shown = {}; watch.durable = 0; }, { capture: true });
    // A write that began after the click and is on the disk: the store promises no less (strict durability).
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (stores, mode, options) {
      const [transaction, begun] = [begin.call(this, stores, mode, options), performance.now()];
      const done = () => { if (begun > watch.clicked) watch.durable ||= performance.now(); };
      if (mode === 'readwrite') transaction.addEventListener('complete', done);
      return transaction;
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
    const observe = (type, take, more) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
    observe('largest-contentful-paint', ({ startTime }) => { watch.paint = startTime; });
    observe('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) watch.shift += value; });
    observe('event', ({ duration, interactionId }) => { if (interactionId) watch.interactions.push(duration); }, { durationThreshold: 16 });
  });
}

/** Milliseconds from the last click until these words stood in a heading or in the line on top. */
export async function sinceClick(page, words, timeout = 60_000) {
  return page.evaluate(waitFor, { words, timeout, from: 'clicked' });
}

/** Milliseconds from the last click until the first write that it began was durable. */
export async function durableSinceClick(page) {
  return page.evaluate(() => globalThis.asystaWatch.durable - globalThis.asystaWatch.clicked);
}

/** Milliseconds from the start of the navigation until these words stood there. */
export async function sinceStart(page, words, timeout = 60_000) {
  return page.evaluate(waitFor, { words, timeout, from: 'start' });
}

/** What was noted: { paint, shift, interactions }. */
export async function noted(page) {
  return page.evaluate(() => globalThis.asystaWatch);
}

async function waitFor({ words, timeout, from }) {
  const watch = globalThis.asystaWatch;
  const until = performance.now() + timeout;
  for (;;) {
    const found = Object.entries(watch.shown).find(([text, at]) => text.includes(words) && at < Infinity);
    if (found) return found[1] - (from === 'clicked' ? watch.clicked : 0);
    if (performance.now() > until) throw new Error(`"${words}" did not come`);
    await new Promise((next) => setTimeout(next, 5));
  }
}

/** The processor is slower by this factor, as a cheap phone's is. */
export async function slow(page, rate) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  return session;
}
