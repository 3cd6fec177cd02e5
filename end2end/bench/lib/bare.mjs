// What figures are compared with: the same step of the browser, and none of the app's work.

/** So many strictly durable writes of two sealed kilobytes, each in a transaction of its own; milliseconds each. */
export async function strictWrites(page, times) {
  return page.evaluate(async (number) => {
    const ended = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
    const opening = indexedDB.open('bare', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('items');
    const database = await ended(opening);
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
    const taken = [];
    for (let place = 0; place < number; place += 1) {
      const began = performance.now();
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new Uint8Array(2048));
      const step = database.transaction('items', 'readwrite', { durability: 'strict' });
      step.objectStore('items').put(sealed, place);
      await new Promise((done, failed) => { step.oncomplete = done; step.onabort = () => failed(step.error); });
      taken.push(performance.now() - began);
    }
    database.close();
    await ended(indexedDB.deleteDatabase('bare'));
    return taken;
  }, times);
}

/** The key derivation that browsers have themselves, with as many rounds as are advised for it; milliseconds. */
export async function builtInDerivation(page) {
  return page.evaluate(async () => {
    const began = performance.now();
    const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode('pięć słów'), 'PBKDF2', false, ['deriveBits']);
    await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(16), iterations: 600_000 }, secret, 256);
    return performance.now() - began;
  });
}
