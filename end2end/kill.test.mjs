// R1: the server is killed (SIGKILL) at random moments of a push of 500 changes. After a restart the push is
// sent again: nothing is lost, nothing is double, and each receipt is the one that stands for ever.
// ASYSTA_KILLS sets how many kills there are. On PostgreSQL too when ASYSTA_TEST_PG names a server of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from './lib/server.mjs';
import { exchange, fetchAll, newId, newTask, session } from './lib/wire.mjs';

const KILLS = Number(process.env.ASYSTA_KILLS ?? 200);
const CHANGES = 500;
const POSTGRES = process.env.ASYSTA_TEST_PG;

test(`r01 ${KILLS} kills during a push of ${CHANGES} changes lose and double nothing`, { timeout: 1_800_000 }, (t) =>
  killAndCount(t, {}, KILLS));

// Fewer: what differs there is the commit alone.
test('r01 the same on PostgreSQL', { timeout: 1_800_000, skip: !POSTGRES && 'no PostgreSQL at hand' }, (t) =>
  killAndCount(t, { database: POSTGRES }, Math.ceil(KILLS / 5)));

async function killAndCount(t, where, kills) {
  const server = await startServer(where);
  t.after(() => server.end());
  const signed = await session(server, 'ar1');
  const device = newId();
  const cursors = {};
  await fetchAll(server, signed, device, cursors);
  const family = Object.keys(cursors)[0];
  const usual = await pushTime(server, signed, device, cursors, family);
  let whole = 0;

  for (let kill = 0; kill < kills; kill += 1) {
    const changes = Array.from({ length: CHANGES }, (_, n) => newTask(signed.me.user, family, `zadanie ${kill}/${n}`));
    const request = { device, app: 'test', changes, cursors, waiting: CHANGES, people_tag: '' };
    const push = exchange(server, signed, request).then((answer) => ({ answer }), () => ({}));
    // Spread over the whole push and a little beyond its usual end.
    await sleep(Math.random() * usual * 1.2);
    await server.kill9();
    const { answer: first } = await push;
    await server.start();

    const again = await exchange(server, signed, request);
    assert.equal(again.receipts.length, CHANGES, 'every change has one receipt');
    assert.ok(again.receipts.every(({ verdict }) => verdict.accepted), 'every change is taken');
    if (first) {
      assert.deepEqual(again.receipts, first.receipts, 'a receipt never changes');
      whole += 1;
    } else {
      const repeated = await exchange(server, signed, request);
      assert.deepEqual(repeated.receipts, again.receipts, 'a receipt never changes');
    }
    const kept = await fetchAll(server, signed, newId(), { ...cursors });
    const ids = new Set(kept.map(({ id }) => id));
    assert.equal(kept.length, CHANGES, 'no task is lost or double');
    assert.ok(changes.every(({ record }) => ids.has(record)));
    Object.assign(cursors, again.cursors);
    await fetchAll(server, signed, device, cursors);
  }
  console.log(`# ${kills} kills; usual push ${Math.round(usual)} ms; whole answers that came before the kill: ${whole}`);
}

/** How long such a push takes when nobody disturbs it, in milliseconds. */
async function pushTime(server, signed, device, cursors, family) {
  const changes = Array.from({ length: CHANGES }, (_, n) => newTask(signed.me.user, family, `pomiar ${n}`));
  const start = performance.now();
  await exchange(server, signed, { device, app: 'test', changes, cursors, waiting: CHANGES, people_tag: '' });
  const took = performance.now() - start;
  await fetchAll(server, signed, device, cursors);
  return took;
}
