// The device's vault, seen from outside: authenticators without a finger, and what lies on the disk.

/** An authenticator in the phone itself that says yes at once. Returns how to look into it and to lose its passkeys. */
export async function authenticator(page, { hasPrf = true } = {}) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true, hasPrf,
    },
  });
  const passkeys = async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  return {
    passkeys,
    lose: () => session.send('WebAuthn.clearCredentials', { authenticatorId }),
  };
}

/** Everything plain in the vault's database: texts of `meta`, keys of all stores, and the sealed items as numbers. */
export function stored(page) {
  return page.evaluate(async () => {
    const name = (await indexedDB.databases()).map(({ name }) => name).find((name) => name !== 'asysta-index');
    const answer = (request) => new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const database = await answer(indexedDB.open(name));
    const read = async (store) => {
      const shelf = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([answer(shelf.getAllKeys()), answer(shelf.getAll())]);
      return Object.fromEntries(keys.map((key, place) => [key, values[place] instanceof Uint8Array ? [...values[place]] : values[place]]));
    };
    const stores = Object.fromEntries(await Promise.all([...database.objectStoreNames].map(async (store) => [store, await read(store)])));
    database.close();
    return { name, stores, file: JSON.parse(stores.meta.vault) };
  });
}

/** Puts a database on the device as it was once stored, with the list that names it. */
export function plant(page, { name, shape, meta, items }) {
  return page.evaluate(async ({ name, shape, meta, items }) => {
    const opened = (name, stores) => new Promise((done, failed) => {
      const request = indexedDB.open(name, shape);
      request.onupgradeneeded = () => stores.forEach((store) => request.result.createObjectStore(store));
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const value = (stored) => (stored.bytes ? Uint8Array.from(atob(stored.bytes), (letter) => letter.charCodeAt(0)) : stored);
    const write = (database, store, entries) => new Promise((done, failed) => {
      const transaction = database.transaction(store, 'readwrite');
      entries.forEach(([key, stored]) => transaction.objectStore(store).put(value(stored), key));
      transaction.oncomplete = done;
      transaction.onabort = () => failed(transaction.error);
    });
    const stores = ['meta', 'items', 'contents'];
    const vault = await opened(name, stores);
    await write(vault, 'meta', meta);
    await write(vault, 'items', items);
    vault.close();
    const index = await opened('asysta-index', stores);
    await write(index, 'meta', [['index', JSON.stringify({ vaults: [name], last: 'vault' })]]);
    index.close();
  }, { name, shape, meta, items });
}

/** The page goes out of view, or comes back, as a phone tells it. */
export function setVisible(page, visible) {
  return page.evaluate((visible) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (visible ? 'visible' : 'hidden') });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => !visible });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, visible);
}
