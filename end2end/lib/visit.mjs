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
  await page.getByRole('link', { name: 'Rodziny', exact: true }).locator('visible=true').first().click();
  await page.getByRole('link', { name: surname, exact: true }).click();
  await expectVisible(page.getByRole('heading', { name: surname, level: 1 }));
}

/** A whole held visit with words of one's own; an office may call their field otherwise. */
export async function fillVisit(page, words, label = 'Podjęte działania i przebieg') {
  await page.getByRole('button', { name: 'Zaczyna się teraz' }).click();
  await page.getByRole('button', { name: 'Od: 5 minut wcześniej' }).click();
  await page.getByRole('button', { name: 'Zakończ teraz' }).click();
  const present = page.locator('fieldset.field', { has: page.locator('legend', { hasText: 'Obecni członkowie rodziny' }) });
  await present.locator('.chip').first().click();
  await page.locator('fieldset.field', { has: page.locator('legend', { hasText: 'Zadania ustawowe' }) }).getByRole('button').first().click();
  await page.locator('fieldset.field', { has: page.locator('legend', { hasText: 'Obszary' }) }).getByRole('button').first().click();
  await page.getByLabel(label).fill(words);
}

/** A photo as a phone's camera makes it: with a note of where it was taken. */
export const PLACE_OF_PHOTO = 'GPS-52.2297-21.0122';
export async function photoWithPlace(page) {
  const jpeg = await page.screenshot({ type: 'jpeg', quality: 80 });
  const note = Buffer.from(`Exif\0\0${PLACE_OF_PHOTO}`);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(note.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, note, jpeg.subarray(2)]);
}

/** Adds a photo of a document and has a member of the family sign. */
export async function addPhotoAndSignature(page, photo) {
  await page.getByText('Zdjęcie dokumentu, podpis rodziny').click();
  await page.locator('input[type=file]').setInputFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: photo });
  await expectVisible(page.locator('.photo-image'));
  await page.getByLabel('Co to jest').fill('zaświadczenie ze szkoły');
  await page.getByRole('button', { name: 'Dodaj podpis' }).click();
  const card = page.locator('.signature');
  await card.locator('.chips').first().getByRole('button').first().click();
  const pad = card.locator('.pad');
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await pad.boundingBox();
  await page.mouse.move(x + width * 0.2, y + height * 0.5);
  await page.mouse.down();
  for (let step = 0; step <= 20; step += 1) {
    await page.mouse.move(x + width * (0.2 + step * 0.03), y + height * (0.5 + 0.3 * Math.sin(step)));
  }
  await page.mouse.up();
}
