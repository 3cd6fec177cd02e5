// The server under test: the built program on a free port, with a database of its own and the demo
// town in it. Ended and removed at the end, however the test goes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serverEnds } from './browser.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');

/** The program and the site; both can be named by the environment, to test a release or another build. */
const PROGRAM = process.env.ASYSTA_BIN ?? join(target, 'debug/asysta');
export const SITE = process.env.ASYSTA_SITE ?? join(target, 'site');
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

const running = new Set();
process.on('exit', () => running.forEach((server) => server.abandon()));
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) process.once(signal, () => process.exit(code));

/**
 * A started server. `demo: false` leaves the database empty; `database` names another than an SQLite
 * file of its own; `env` and `args` are added.
 *
 *     const server = await startServer();
 *     after(() => server.end());
 */
export async function startServer({ demo = true, database, env = {}, args = [] } = {}) {
  for (const path of [PROGRAM, SITE]) {
    if (!existsSync(path)) throw new Error(`${path} is missing: build with 'make e2e'`);
  }
  const server = new Server({ port: await freePort(), demo, database, env, args });
  running.add(server);
  try {
    await server.start();
  } catch (error) {
    await server.end();
    throw error;
  }
  return server;
}

class Server {
  /** The site that it serves from its next start on. */
  site = SITE;
  #child;
  #output = '';
  #options;
  #folder = mkdtempSync(join(tmpdir(), 'asysta-e2e-'));

  constructor(options) {
    this.#options = options;
    this.port = options.port;
    // localhost, not 127.0.0.1: service workers, passkeys and Secure cookies are allowed on it.
    this.url = `http://localhost:${options.port}`;
    this.database = options.database ?? `sqlite://${join(this.#folder, 'asysta.sqlite')}`;
  }

  /** The folder of its own, with its SQLite file. */
  get folder() {
    return this.#folder;
  }

  /** What the program has printed so far, in all its lives. */
  get output() {
    return this.#output;
  }

  get isRunning() {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts the program, at first or again after stop() or kill9(): same port, same database. */
  async start() {
    if (this.isRunning) throw new Error('the server is running already');
    const { demo, env, args } = this.#options;
    const all = [
      'serve', ...(demo ? ['--demo'] : []),
      '--listen', `127.0.0.1:${this.port}`, '--database', this.database, '--site', this.site, ...args,
    ];
    // In a folder of its own: the test must not find the developer's data or settings.
    this.#child = spawn(PROGRAM, all, {
      cwd: this.#folder,
      env: { ...withoutSettings(process.env), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.on('error', (error) => { this.#output += `\n${error}\n`; });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => { this.#output += text; });
    }
    await this.#answers();
  }

  /** Ends the program as an operator would (SIGTERM) and waits until it has ended. */
  async stop() {
    await this.#signal('SIGTERM');
  }

  /** Ends the program as a power cut would: it gets no chance to finish anything. */
  async kill9() {
    await this.#signal('SIGKILL');
  }

  async restart() {
    if (this.isRunning) await this.stop();
    await this.start();
  }

  /** For the end of a test: the program and its folder are gone. */
  async end() {
    running.delete(this);
    serverEnds(this.url);
    await this.#signal('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** When the test's own process ends first: no time to wait. */
  abandon() {
    this.#child?.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #answers() {
    const until = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < until && this.isRunning && this.#child.pid !== undefined) {
      const response = await fetch(`${this.url}/api/health`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
      if (response?.ok) return;
      await sleep(50);
    }
    throw new Error(`the server does not answer at ${this.url}/api/health; it printed:\n${this.#output}`);
  }

  async #signal(signal) {
    const child = this.#child;
    if (!this.isRunning || child.pid === undefined) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const late = sleep(STOP_TIMEOUT_MS, 'late', { ref: false });
    if ((await Promise.race([ended, late])) !== 'late') return;
    child.kill('SIGKILL');
    await ended;
    throw new Error(`the server did not end within ${STOP_TIMEOUT_MS} ms of ${signal}; it printed:\n${this.#output}`);
  }
}

function withoutSettings(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('ASYSTA_')));
}

/** A port that was free a moment ago. */
export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
