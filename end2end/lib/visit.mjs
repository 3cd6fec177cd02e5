// Filling in a visit card as a person does, counting the taps.
import { expectVisible } from './look.mjs';

export class Taps {
  count = 0;
  constructor(page) { this.page = page; }
  async tap(locator) {
    this.count += 1;
    await locator.first().click();
  }
}

/** A chip of a field, by the field's legend and the chip's word. */
export function chip(page, legend, word) {
  return page.locator('fieldset.field', { has: page.locator('legend', { hasText: legend }) }).getByRole('button', { name: word });
}

/** Opens a family from the list. */
export async function openFamily(page, surname) {
  await page.getByRole('link', { name: 'Rodziny' }).locator('visible=true').first().click();
  await page.getByRole('link', { name: surname, exact: true }).click();
  await expectVisible(page.getByRole('heading', { name: surname, level: 1 }));
}

/** A whole held visit with words of one's own. */
export async function fillVisit(page, words) {
  await page.getByRole('button', { name: 'Zaczyna się teraz' }).click();
  await page.getByRole('button', { name: 'Od: 5 minut wcześniej' }).click();
  await page.getByRole('button', { name: 'Zakończ teraz' }).click();
  await chip(page, 'Obecni członkowie rodziny', 'Wszyscy').click();
  await page.locator('fieldset.field', { has: page.locator('legend', { hasText: 'Zadania ustawowe' }) }).getByRole('button').first().click();
  await page.locator('fieldset.field', { has: page.locator('legend', { hasText: 'Obszary' }) }).getByRole('button').first().click();
  await page.getByLabel('Podjęte działania i przebieg').fill(words);
}
