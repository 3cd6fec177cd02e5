// The protocol of phones, spoken by hand: for tests of the server alone.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { randomBytes } from 'node:crypto';
import { PASSWORD } from './people.mjs';

const VERSION = 1;

/** An id of version 7, as devices make them. */
export function newId() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Signs in and returns what a device needs: the cookie and the person. */
export async function session(server, login) {
  const response = await fetch(`${server.url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, accept: 'application/json' },
    body: JSON.stringify({ login, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}`);
  return { cookie: response.headers.get('set-cookie').split(';')[0], me: await response.json() };
}

/** One exchange; throws when no whole answer came. */
export async function exchange(server, { cookie }, request) {
  const body = Buffer.concat([Buffer.from([VERSION]), deflateRawSync(JSON.stringify({ request }))]);
  const response = await fetch(`${server.url}/api/v1/exchange`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.asysta.sync', origin: server.url, cookie },
    body,
  });
  if (!response.ok) throw new Error(`the exchange answered ${response.status}: ${await response.text()}`);
  const packed = Buffer.from(await response.arrayBuffer());
  return JSON.parse(inflateRawSync(packed.subarray(1)).toString());
}

/** A new family task, whole and valid. */
export function newTask(author, family, words) {
  const set = (after) => ({ after });
  return {
    id: newId(),
    record: newId(),
    kind: 'task',
    family,
    base: 0,
    action: {
      write: {
        given_on: set(new Date().toISOString().slice(0, 10)),
        task: set(words),
        by_assistant: set(true),
        area: set('A10'),
        due_kind: set('NEXT'),
        status: set('SET'),
      },
    },
    author,
    at: new Date().toISOString(),
    offset: 60,
    form: 1,
  };
}

/** Everything that is new to a device, page by page; its cursors move on. */
export async function fetchAll(server, signed, device, cursors) {
  const records = [];
  for (;;) {
    const answer = await exchange(server, signed, { device, app: 'test', changes: [], cursors, waiting: 0, people_tag: '' });
    records.push(...answer.records);
    Object.assign(cursors, answer.cursors);
    if (!answer.more) return records;
  }
}
