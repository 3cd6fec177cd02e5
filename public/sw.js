// Asysta's service worker: it makes the app start without a network, and nothing more.
// It keeps the program — the empty page, wasm, styles, icons — and never a person's data: that
// lives sealed in the device's own store, and everything under /api/ goes past this file.

// Filled in by scripts/pack-site.mjs; these bytes change exactly when the program does.
const BUILD = { version: '', boot: '', precache: [] };

const PREFIX = 'asysta-';
const CACHE = PREFIX + BUILD.version;
const SHELL = '/_shell';
const KEPT = new Set(BUILD.precache);

self.addEventListener('install', (event) => event.waitUntil(keepAll()));
self.addEventListener('activate', (event) => event.waitUntil(forgetOldVersions()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  // A change to send, a part of a file, another site: not ours. No respondWith, so the browser
  // does what it would do without us.
  if (request.method !== 'GET' || request.headers.has('range') || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/api/')) return;

  if (KEPT.has(url.pathname)) event.respondWith(keptOr(request, url.pathname));
  // An older page's file: its name holds a hash, so whichever version kept it, it is the right one.
  else if (url.pathname.startsWith('/pkg/')) event.respondWith(keptAnywhereOr(request, url.pathname));
  // In the field a network that hardly answers is worse than none: the kept page comes first,
  // always. It carries no data, and the newer program arrives as a new version of this file.
  else if (request.mode === 'navigate' && isAppRoute(url.pathname)) event.respondWith(keptOr(request, SHELL));
});

self.addEventListener('message', (event) => {
  // A new version waits until every page of the old one is closed, unless a person asks for it:
  // nobody's program changes under a half-written note.
  if (event.data?.type === 'take-over') self.skipWaiting();
  if (event.data?.type === 'version') {
    (event.ports[0] ?? event.source)?.postMessage({ type: 'version', version: BUILD.version });
  }
});

/** Is this page drawn by the app? Not the doors (/api/), the plain pages (/pomoc, /dostepnosc), the server's own pages (/_), or a file. */
function isAppRoute(path) {
  return !(
    path.startsWith('/api/') ||
    path === '/pomoc' || path.startsWith('/pomoc/') || path === '/dostepnosc' ||
    path.startsWith('/_') ||
    path.slice(path.lastIndexOf('/')).includes('.')
  );
}

/** All files or none: if one fails, the install fails, and the version before it stays in charge. */
async function keepAll() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all([SHELL, ...BUILD.precache].map((path) => keep(cache, path)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function keep(cache, path) {
  // Past the browser's cache, which may hold an older file of the same name; without cookies, so
  // that the answer cannot be about anybody.
  const response = await fetch(path, { cache: 'reload', credentials: 'omit' });
  if (response.status !== 200 || response.redirected || response.type !== 'basic') {
    throw new Error(`${path}: status ${response.status}, ${response.type}${response.redirected ? ', redirected' : ''}`);
  }
  // During a deployment the page may already be of the next version; it would ask for files that
  // are not kept here.
  if (path === SHELL && !(await response.clone().text()).includes(BUILD.boot)) {
    throw new Error(`${SHELL} is not of version ${BUILD.version}`);
  }
  await cache.put(path, response);
}

async function forgetOldVersions() {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  // The very first install: the page that is open has no worker yet and may go offline right now.
  if (old.length === 0) await self.clients.claim();
}

async function keptOr(request, path) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}

async function keptAnywhereOr(request, path) {
  return (await caches.match(path)) ?? fetch(request);
}
