// The browser under test: Chromium with a profile of its own, as one person's device. What goes
// wrong in its pages is collected, and close() fails the test for it.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** The devices people hold: a small phone, a tablet, the office's screen. */
export const DEVICES = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  tablet: { viewport: { width: 820, height: 1180 }, deviceScaleFactor: 1, isMobile: true, hasTouch: true },
  desk: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
};

const FLAGS = [
  // The tests visit their own server only, and may run as root or in a container, where the sandbox cannot start.
  '--no-sandbox',
  '--disable-gpu',
  // Nothing but the page's own requests: Chromium's services would look for hosts that no test needs.
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A container's /dev/shm is often too small for a page.
  '--disable-dev-shm-usage',
];

// Devices at work, so that a server can say that it ends.
const devices = new Set();

/** The server at this address ends with its test: what its devices still ask it is no problem of the pages. */
export function serverEnds(url) {
  for (const device of devices) {
    if (device.url === url) device.allow(REFUSED_NETWORK);
  }
}

/** How Chromium words a request that did not get through, here the usual sight without a network. */
export const REFUSED_NETWORK = /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|CONNECTION_CLOSED|EMPTY_RESPONSE|INTERNET_DISCONNECTED|NETWORK_CHANGED|FAILED|ABORTED)/;

/**
 * A device with an empty profile.
 *
 *     const device = await openDevice({ url: server.url, device: 'phone' });
 *     after(() => device.end());
 *     const page = await device.page();
 *
 * `scheme`: 'light', 'dark' or 'no-preference'; `options`: more of playwright's context options,
 * such as `serviceWorkers: 'block'`, `reducedMotion` or `forcedColors`.
 */
export async function openDevice({ url, device = 'phone', scheme = 'light', options = {} }) {
  const opened = new Device({ url, device, scheme, options });
  await opened.open();
  return opened;
}

class Device {
  #settings;
  #profile = mkdtempSync(join(tmpdir(), 'asysta-profile-'));
  #problems = [];
  #allowed = [];

  constructor(settings) {
    if (!DEVICES[settings.device]) throw new Error(`no such device: ${settings.device}`);
    this.#settings = settings;
    devices.add(this);
    process.on('exit', () => rmSync(this.#profile, { recursive: true, force: true }));
  }

  /** Starts the browser on the profile: at first, or again after close() or crash(). */
  async open() {
    const { url, device, scheme, options } = this.#settings;
    this.context = await chromium.launchPersistentContext(this.#profile, {
      executablePath: findChromium(),
      headless: true,
      args: FLAGS,
      baseURL: url,
      locale: 'pl-PL',
      timezoneId: 'Europe/Warsaw',
      colorScheme: scheme,
      ...DEVICES[device],
      ...options,
    });
    this.context.setDefaultTimeout(15_000);
    await this.#watch();
  }

  /** The open page, or a new one. */
  async page() {
    return this.context.pages()[0] ?? this.context.newPage();
  }

  /** Closes the browser as a person would; the profile stays. */
  async close() {
    await this.context?.close();
    this.context = undefined;
  }

  /** Closes the browser and opens it again: what the device keeps is what it has now. */
  async reopen() {
    await this.close();
    await this.open();
    return this.page();
  }

  /** Ends the browser as an empty battery would; the profile stays as it is on disk. */
  async crash() {
    const context = this.context;
    this.context = undefined;
    const closed = new Promise((done) => context.once('close', done));
    const session = await context.newCDPSession(context.pages()[0] ?? (await context.newPage()));
    session.send('Browser.crash').catch(() => {}); // it has nobody left to answer
    await closed;
  }

  /** Ends the browser's process as `kill -9` does. */
  async kill9() {
    const context = this.context;
    this.context = undefined;
    const closed = new Promise((done) => context.once('close', done));
    const session = await context.newCDPSession(context.pages()[0] ?? (await context.newPage()));
    const { processInfo } = await session.send('SystemInfo.getProcessInfo').catch(() => ({ processInfo: [] }));
    const browser = processInfo.find(({ type }) => type === 'browser')?.id ?? browserOf(this.#profile);
    process.kill(browser, 'SIGKILL');
    await closed;
    // What the dead process held is given free by the system a moment later.
    rmSync(join(this.#profile, 'SingletonLock'), { force: true });
  }

  /** The folder on the disk that the browser keeps everything in. */
  get profile() {
    return this.#profile;
  }

  /** Takes the network away from the pages and the service worker, or gives it back. */
  async offline(isOffline = true) {
    if (isOffline) this.allow(REFUSED_NETWORK);
    await this.context.setOffline(isOffline);
  }

  /** Problems that match are expected from now on, such as REFUSED_NETWORK while the server is down. */
  allow(...patterns) {
    this.#allowed.push(...patterns);
  }

  /** What went wrong so far and was not allowed: { kind: 'error' | 'console' | 'csp', text }. */
  get problems() {
    return this.#problems.filter(({ text }) => !this.#allowed.some((pattern) => pattern.test(text)));
  }

  assertNoProblems() {
    assert.deepEqual(this.problems.map(({ kind, text }) => `${kind}: ${text}`), [], 'the pages reported problems');
  }

  /** The server that its pages come from. */
  get url() {
    return this.#settings.url;
  }

  /** For the end of a test: everything is gone, and nothing had gone wrong. */
  async end() {
    await this.close();
    devices.delete(this);
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
    this.assertNoProblems();
  }

  async #watch() {
    const note = (kind, text) => this.#problems.push({ kind, text });
    this.context.on('weberror', (problem) => note('error', String(problem.error().stack ?? problem.error())));
    this.context.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'assert') return;
      const { url = '', lineNumber } = message.location();
      note('console', `${message.text()} (${url}${lineNumber ? `:${lineNumber}` : ''})`);
    });
    // Chromium prints most violations too, but not those that are only reported.
    await this.context.exposeBinding('asystaViolation', (_source, text) => note('csp', text));
    await this.context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) =>
        globalThis.asystaViolation(`${event.effectiveDirective} refused ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`),
      );
    });
  }
}

/** The process of the browser on this profile: the one whose parent does not have it, too. */
function browserOf(profile) {
  const line = (pid) => { try { return readFileSync(`/proc/${pid}/cmdline`, 'utf8'); } catch { return ''; } };
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => line(pid).includes(profile) && !line(pid).includes('--type='));
  if (pids.length === 0) throw new Error('the browser is gone already');
  return Number(pids[0]);
}

function findChromium() {
  if (process.env.ASYSTA_CHROMIUM) return process.env.ASYSTA_CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const found = names.flatMap((name) => process.env.PATH.split(delimiter).map((folder) => join(folder, name))).find(existsSync);
  if (!found) throw new Error("no Chromium: run 'scripts/setup.sh browser'");
  return found;
}
