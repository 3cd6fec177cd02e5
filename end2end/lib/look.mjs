// Looking: waits for what a person would see, and pictures of it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SHOTS = fileURLToPath(new URL('../screenshots', import.meta.url));

export async function expectVisible(locator, timeout = 15_000) {
  await locator.first().waitFor({ state: 'visible', timeout });
}

/** A picture for the README and for the eye; only when asked for (ASYSTA_SCREENSHOTS=1). */
export async function picture(page, name) {
  if (!process.env.ASYSTA_SCREENSHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}
