// WebKit, the iPhone's engine: Debian's MiniBrowser under a screen of its own (Xvfb), led by WebDriver. A small
// client of our own, because playwright brings its own WebKit, which needs other libraries than Debian's.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './server.mjs';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const LIBRARIES = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'];
const PATIENCE_MS = 20_000;

/** Why there is no WebKit here, or false: the tests that need it are left out, and say so. */
export const noWebKit = ['WebKitWebDriver', 'Xvfb'].every((program) =>
  process.env.PATH.split(delimiter).some((folder) => existsSync(join(folder, program)))) ? false : 'no WebKit at hand';

/** Starts a screen, the driver and one browser window. */
export async function openWebKit() {
  const browser = new WebKit();
  try {
    await browser.open();
  } catch (error) {
    await browser.end();
    throw error;
  }
  return browser;
}

class WebKit {
  #children = [];
  #printed = '';
  #session;
  #home = mkdtempSync(join(tmpdir(), 'asysta-webkit-'));

  async open() {
    // Xvfb chooses a free number and says it on the third pipe.
    const screen = this.#spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '900x1000x24', '-nolisten', 'tcp'], {}, 'pipe');
    const [number] = await once(screen.stdio[3].setEncoding('utf8'), 'data');
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    this.#spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
      DISPLAY: `:${number.trim()}`,
      HOME: this.#home,
      XDG_DATA_HOME: this.#home,
      XDG_CACHE_HOME: this.#home,
      XDG_RUNTIME_DIR: this.#home,
      LANG: 'C.UTF-8',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      // The tests visit their own server only, and may run as root or in a container, where the sandbox cannot start.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    });
    await this.#driverAnswers();
    const binary = LIBRARIES.map((folder) => join(folder, 'webkit2gtk-4.1/MiniBrowser')).find(existsSync);
    assert.ok(binary, "no WebKit: run 'scripts/setup.sh browser'");
    const capabilities = {
      alwaysMatch: { acceptInsecureCerts: true, 'webkitgtk:browserOptions': { binary, args: ['--automation'] } },
    };
    const { sessionId } = await this.#ask('POST', '/session', { capabilities });
    this.#session = `/session/${sessionId}`;
    await this.#ask('POST', `${this.#session}/window/rect`, { x: 0, y: 0, width: 420, height: 900 });
  }

  /** To an address, as typed by the person. */
  async goto(url) {
    await this.#ask('POST', `${this.#session}/url`, { url });
  }

  async reload() {
    await this.#ask('POST', `${this.#session}/refresh`, {});
  }

  /** Runs a function in the page; it may be async. */
  async evaluate(run, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve((${run})(...Array.from(arguments).slice(0, -1)))
        .then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await this.#ask('POST', `${this.#session}/execute/async`, { script, args });
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** Waits for the first visible element of this selector, with this text in it if one is given. */
  async find(selector, text = '') {
    const script = `return [...document.querySelectorAll(arguments[0])]
      .find((element) => element.checkVisibility()
        && [element.ariaLabel ?? '', element.textContent].some((words) => words.includes(arguments[1]))) ?? null;`;
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(50)) {
      const found = await this.#ask('POST', `${this.#session}/execute/sync`, { script, args: [selector, text] });
      if (found) return found[ELEMENT];
    }
    const page = await this.evaluate(() => document.body.innerText.slice(0, 1500) + document.location.pathname);
    throw new Error(`"${selector}" with "${text}" is not there; the page says:\n${page}`);
  }

  async click(selector, text) {
    const element = await this.find(selector, text);
    await this.evaluate((element) => element.scrollIntoView({ block: 'center' }), { [ELEMENT]: element });
    await this.#ask('POST', `${this.#session}/element/${element}/click`, {});
  }

  async type(selector, words) {
    const element = await this.find(selector);
    await this.#ask('POST', `${this.#session}/element/${element}/clear`, {});
    await this.#ask('POST', `${this.#session}/element/${element}/value`, { text: words });
  }

  /** A finger's line over an element, from left to right. */
  async draw(selector) {
    const origin = { [ELEMENT]: await this.find(selector) };
    await this.evaluate((element) => element.scrollIntoView({ block: 'center' }), origin);
    const move = (x, y) => ({ type: 'pointerMove', origin, x, y, duration: 20 });
    const line = Array.from({ length: 12 }, (_, step) => move(-60 + step * 10, Math.round(20 * Math.sin(step))));
    const actions = [move(-60, 0), { type: 'pointerDown', button: 0 }, ...line, { type: 'pointerUp', button: 0 }];
    await this.#ask('POST', `${this.#session}/actions`, {
      actions: [{ type: 'pointer', id: 'finger', parameters: { pointerType: 'mouse' }, actions }],
    });
  }

  async end() {
    if (this.#session) await this.#ask('DELETE', this.#session).catch(() => {});
    for (const child of this.#children.reverse()) {
      const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
      child.kill('SIGTERM');
      if ((await Promise.race([ended, sleep(5_000, 'late', { ref: false })])) === 'late') child.kill('SIGKILL');
    }
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  #spawn(program, args, env, third = 'ignore') {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe', third] });
    child.on('error', (error) => { this.#printed += `\n${error}`; });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => { this.#printed += text; });
    }
    this.#children.push(child);
    return child;
  }

  async #driverAnswers() {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(50)) {
      const response = await fetch(`${this.url}/status`).catch(() => undefined);
      if (response?.ok) return;
    }
    throw new Error(`WebKitWebDriver does not answer; it printed:\n${this.#printed}`);
  }

  async #ask(method, path, body) {
    const response = await fetch(this.url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error} ${value.message}`);
    return value;
  }
}
