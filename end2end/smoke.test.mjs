// The program starts, says that it is well, and ends when asked.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startServer } from './lib/server.mjs';

const server = await startServer();
after(() => server.end());

test('the server answers, survives a power cut and ends when asked', async () => {
  assert.equal((await fetch(`${server.url}/api/health`)).status, 200);
  await server.kill9();
  await assert.rejects(fetch(`${server.url}/api/health`));
  await server.restart();
  assert.equal((await fetch(`${server.url}/api/health`)).status, 200);
  await server.stop();
  assert.equal(server.isRunning, false);
});
