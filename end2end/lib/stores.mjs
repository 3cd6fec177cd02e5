// All that a device keeps in the browser's stores, as text, and back: for the phone of a release that is no more.

/** Everything in IndexedDB and localStorage of the page's origin. */
export async function dumpStores(page) {
  return page.evaluate(async () => {
    const asked = (request) => new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    const told = (value) => {
      if (value instanceof Uint8Array) return { bytes: base64(value) };
      if (value instanceof ArrayBuffer) return { buffer: base64(new Uint8Array(value)) };
      // Anything else would be told wrongly by JSON: then this recorder has to learn it.
      if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return { plain: value };
      throw new Error(`a value that cannot be recorded: ${Object.prototype.toString.call(value)}`);
    };
    const databases = [];
    for (const { name, version } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name));
      const stores = [];
      for (const store of database.objectStoreNames) {
        const read = database.transaction(store).objectStore(store);
        const [keys, values] = [await asked(read.getAllKeys()), await asked(read.getAll())];
        stores.push({ name: store, entries: keys.map((key, place) => [told(key), told(values[place])]) });
      }
      database.close();
      databases.push({ name, version, stores });
    }
    return { databases, local: { ...localStorage } };
  });
}

/** Puts it all back, on a page of the origin on which no program runs. */
export async function restoreStores(page, dump) {
  await page.evaluate(async ({ databases, local }) => {
    const bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    const read = ({ bytes: array, buffer, plain }) => {
      if (array !== undefined) return bytes(array);
      return buffer === undefined ? plain : bytes(buffer).buffer;
    };
    for (const { name, version, stores } of databases) {
      const database = await new Promise((done, fail) => {
        const request = indexedDB.open(name, version);
        request.onupgradeneeded = () => stores.forEach((store) => request.result.createObjectStore(store.name));
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
      const writing = database.transaction(stores.map((store) => store.name), 'readwrite');
      for (const store of stores) {
        for (const [key, value] of store.entries) writing.objectStore(store.name).put(read(value), read(key));
      }
      await new Promise((done, fail) => {
        writing.oncomplete = done;
        writing.onabort = () => fail(writing.error);
      });
      database.close();
    }
    for (const [key, value] of Object.entries(local)) localStorage.setItem(key, value);
  }, dump);
}
