// What people do at the door: sign in, prepare the device, unlock it.
import { expectVisible } from './look.mjs';

/** Password of every account of the demo town. */
export const PASSWORD = 'Przyklad-2026';

export async function signIn(page, login) {
  await page.goto('/');
  await page.getByRole('heading', { name: 'Zaloguj się' }).waitFor();
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Hasło', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Zaloguj', exact: true }).click();
}

/** First login on a phone: takes the proposed words, waits for the first fetch. Returns the passphrase. */
export async function enrol(page, login) {
  await signIn(page, login);
  await page.getByRole('heading', { name: 'Hasło tego urządzenia' }).waitFor();
  const field = page.locator('#passphrase');
  await page.waitForFunction(() => document.querySelector('#passphrase')?.value.split(' ').length === 5);
  const passphrase = await field.inputValue();
  await page.getByLabel('Hasło jest zapisane w bezpiecznym miejscu').check();
  await page.getByRole('button', { name: 'Przygotuj urządzenie' }).click();
  await expectVisible(page.getByRole('heading', { name: 'Dziś', exact: true }));
  await allSent(page);
  return passphrase;
}

/** A cold start: the vault is locked. */
export async function unlock(page, passphrase) {
  await page.getByRole('heading', { name: 'Odblokuj' }).waitFor();
  await page.locator('#passphrase').fill(passphrase);
  await page.getByRole('button', { name: 'Odblokuj', exact: true }).click();
  await page.getByRole('heading', { name: 'Odblokuj' }).waitFor({ state: 'detached' });
}

/** The line on top says that nothing waits any more. */
export async function allSent(page) {
  await expectVisible(page.locator('.syncline', { hasText: 'Wszystko wysłane' }), 30_000);
}

/** The service worker holds the app: from now on it starts without a network. */
export async function readyForOffline(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
    }
  });
}
