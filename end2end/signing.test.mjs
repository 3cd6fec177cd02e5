// Signatures that hold: one drawn on the phone stands only under the content that was signed, the desk sees that it
// fits, the print is an office's paper on A4, and a page signed by hand comes beside it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDevice, REFUSED_NETWORK } from './lib/browser.mjs';
import { expectVisible, picture } from './lib/look.mjs';
import { allSent, enrol, readyForOffline, signIn } from './lib/people.mjs';
import { startServer } from './lib/server.mjs';
import { chip, openFamily } from './lib/visit.mjs';

const FAMILY = 'Jemiołkowicz';
const OFFICE = /Ośrodek Pomocy Społecznej/;
const CHANGED = 'Treść zmieniono po podpisie';

const server = await startServer();
after(() => server.end());
const phone = await openDevice({ url: server.url, device: 'phone' });
after(() => phone.end());
const desk = await openDevice({ url: server.url, device: 'desk' });
after(() => desk.end());

/** A line as a finger draws it. */
async function draw(page) {
  const pad = page.locator('.signature .pad');
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await pad.boundingBox();
  await page.mouse.move(x + width * 0.2, y + height * 0.5);
  await page.mouse.down();
  for (let step = 0; step <= 20; step += 1) {
    await page.mouse.move(x + width * (0.2 + step * 0.03), y + height * (0.5 + 0.3 * Math.sin(step)));
  }
  await page.mouse.up();
}

async function openPapers(page) {
  await openFamily(page, FAMILY);
  await page.getByRole('link', { name: 'Dokumenty' }).click();
  await expectVisible(page.getByRole('heading', { name: 'Dokumenty', level: 1 }));
}

async function fillNote(page) {
  const today = await page.getByLabel('Data sporządzenia').inputValue();
  await page.getByLabel('Miejscowość').fill('Przykładowo');
  await page.getByLabel('Data zdarzenia').fill(today);
  await page.getByLabel('Godzina zdarzenia').fill('07:30');
  await chip(page, 'Rodzaj', 'zdarzenie istotne').click();
  await chip(page, 'Sprawa pilna', 'nie').click();
  await page.getByLabel('Opis faktów').fill('Ojciec nie odebrał dziecka z przedszkola, zrobiła to babcia.');
  await chip(page, 'Źródło informacji', 'obserwacja').click();
  await page.getByLabel('Podjęte działania').fill('Rozmowa z babcią i z wychowawczynią.');
}

/** Where the pages of a PDF lie, and how large they are, as the file itself says. */
function pagesOf(pdf) {
  const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)];
  return boxes.map(([, width, height]) => [Math.round(width), Math.round(height)]);
}

/** A4 to the point, upright or not. */
function isA4([width, height], isWide = false) {
  const [across, along] = isWide ? [842, 595] : [595, 842];
  return Math.abs(width - across) <= 1 && Math.abs(height - along) <= 1;
}

test('a signature drawn offline holds only under what was signed', async () => {
  const page = await phone.page();
  await enrol(page, 'ar1');
  await readyForOffline(page);
  await phone.offline();
  phone.allow(REFUSED_NETWORK);
  await openPapers(page);
  await page.getByRole('link', { name: 'Notatka służbowa', exact: true }).click();
  await fillNote(page);
  await page.getByRole('button', { name: 'Dodaj podpis' }).click();
  await page.locator('.signature .chip').filter({ hasText: 'podpis na ekranie' }).click();
  await draw(page);
  await expectVisible(page.getByText('Podpis złożono pod tą treścią.'));

  await page.getByLabel('Opis faktów').fill('Matka nie odebrała dziecka z przedszkola, zrobiła to babcia.');
  await expectVisible(page.locator('.signature').getByText(CHANGED));
  await picture(page, 'podpis-zmieniony');
  await page.getByRole('button', { name: 'Złóż' }).click();
  await expectVisible(page.locator('#summary-errors').getByText(CHANGED));
  // Nothing is added to a drawing that stands under other words.
  await draw(page);
  await expectVisible(page.locator('.signature').getByText(CHANGED));
  await page.getByRole('button', { name: 'Wyczyść i podpisz ponownie' }).click();
  await draw(page);
  await expectVisible(page.getByText('Podpis złożono pod tą treścią.'));
  await page.getByRole('button', { name: 'Złóż' }).click();
  await expectVisible(page.locator('.row', { hasText: 'Notatka służbowa' }).getByText('podpisany lub złożony'));
});

test('without a network the phone prints the paper, the cards and an empty form', async () => {
  const page = await phone.page();
  await page.locator('.row', { hasText: 'Notatka służbowa' }).getByRole('link').first().click();
  await expectVisible(page.getByText('podpis zgodny z treścią'));
  await page.getByRole('link', { name: 'Drukuj' }).click();
  const paper = page.locator('article.paper');
  await expectVisible(paper.getByText(OFFICE));
  await expectVisible(paper.getByText('Matka nie odebrała dziecka'));
  await expectVisible(paper.locator('.paper-drawn'));
  assert.equal(await paper.getByText('SZKIC').count(), 0, 'it was handed in');
  await picture(page, 'wydruk');

  await openPapers(page);
  await page.locator('#wydruki').scrollIntoViewIfNeeded();
  await page.locator('a[href*="/druk/karta-pracy-"]').first().click();
  await expectVisible(paper.getByRole('heading', { name: 'Karta pracy asystenta rodziny' }));
  await expectVisible(paper.getByText('Razem'));
  await openPapers(page);
  await page.getByText('Drukuj pusty formularz').click();
  await page.getByRole('link', { name: /^Plan pracy z rodziną.*zał\. 6/ }).last().click();
  await expectVisible(paper.locator('.paper-box'));
  await expectVisible(paper.getByText('Załącznik nr 6 do procedury asysty rodzinnej'));
  await phone.offline(false);
  await allSent(page);
});

test('a draft that is printed says that it is one', async () => {
  const page = await phone.page();
  await openPapers(page);
  await page.getByRole('link', { name: 'Notatka służbowa', exact: true }).last().click();
  await page.getByLabel('Opis faktów').fill('Słowa, których nikt jeszcze nie złożył.');
  await page.getByRole('link', { name: 'Drukuj szkic' }).click();
  await expectVisible(page.locator('article.paper').getByText('SZKIC – dokument nie został jeszcze złożony.'));
  await expectVisible(page.getByText('Słowa, których nikt jeszcze nie złożył.'));
});

test('the desk sees that the signature fits, prints on A4 and puts the signed page beside the paper', async () => {
  const page = await desk.page();
  await signIn(page, 'kierownik');
  await openFamily(page, FAMILY);
  const file = new URL(page.url()).pathname;
  await page.getByRole('navigation', { name: 'Teczka' }).getByRole('link', { name: /^Dokumenty/ }).click();
  await page.locator('.row-title', { hasText: 'Notatka służbowa' }).click();
  await expectVisible(page.getByText('podpis zgodny z treścią'));
  const reading = page.url();
  await page.getByRole('link', { name: 'Drukuj', exact: true }).click();
  await expectVisible(page.locator('article.paper').getByText(OFFICE));
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const pages = pagesOf(pdf);
  assert.ok(pages.length >= 1 && pages.every((size) => isA4(size)), `A4 upright: ${JSON.stringify(pages)}`);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.sidenav').isVisible(), false, 'the shell is no part of the paper');
  assert.equal(await page.locator('#drukuj').isVisible(), false);
  await page.emulateMedia({ media: null });

  await page.goto(`${file}?widok=dokumenty`);
  await page.locator('a[href*="/druk/karta-pracy-"]').first().click();
  await expectVisible(page.locator('article.paper').getByText('Razem'));
  const wide = pagesOf(await page.pdf({ preferCSSPageSize: true }));
  assert.ok(wide.some((size) => isA4(size, true)), `A4 across: ${JSON.stringify(wide)}`);

  await page.goto(reading);
  await page.getByRole('link', { name: 'Dodaj podpisaną stronę' }).click();
  const input = page.locator('#podpisana-strona');
  await input.waitFor({ state: 'attached' });
  await input.setInputFiles({ name: 'skan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>to nie skan') });
  await expectVisible(page.getByText('Tego pliku nie da się odczytać jako zdjęcia.'));
  const large = Buffer.concat([pdf, Buffer.alloc(700 * 1024)]);
  await input.setInputFiles({ name: 'skan.pdf', mimeType: 'application/pdf', buffer: large });
  await expectVisible(page.getByText('Plik PDF może mieć najwyżej 600 kB.'));
  await input.setInputFiles({ name: 'skan.pdf', mimeType: 'application/pdf', buffer: pdf });
  await expectVisible(page.getByText('Strona dodana.'));
  await page.locator('.photo').getByRole('button', { name: 'Pokaż' }).click();
  await expectVisible(page.getByRole('link', { name: 'Otwórz dokument PDF' }));
});
