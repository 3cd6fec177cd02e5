// Any paper, filled in as a person does who reads what the form still asks for: hand in, look at the list of what
// is missing, follow each link, answer, try again. What a story cares about it says in `wants`, by the key of the
// field or the path of a cell; everything else gets something plausible.
import assert from 'node:assert/strict';
import { expectVisible } from './look.mjs';

/** Long enough for every long text of the forms. */
export const WORDS = 'Rodzina współpracuje, ustalono dalsze kroki i terminy; szczegóły omówiono z rodzicami w domu.';
const SIGNERS = {
  MEMBER: 'członek rodziny',
  ASSISTANT: 'asystent rodziny',
  SOCIAL_WORKER: 'pracownik socjalny',
  MANAGER: 'kierownik',
};

/** Today as the device counts it. */
export async function todayOf(page) {
  return page.evaluate(() => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  });
}

/**
 * Fills in the paper that is open and hands it in. `wants`: answers by field or cell ("decision", or a star for any row):
 * the words of a chip, a text, true or false, an array of chips; `signers`: whose signatures stand under it.
 */
export async function handIn(page, { wants = {}, signers = [], button = 'Złóż' } = {}) {
  const today = await todayOf(page);
  const start = page.url();
  for (const role of signers) await sign(page, role);
  await settle(page, wants, today);
  let before = '';
  for (let round = 0; round < 25; round += 1) {
    await submit(page, button);
    const missing = await whatIsMissing(page, start, button);
    if (missing === null) return;
    const now = JSON.stringify(missing);
    assert.notEqual(now, before, `the form asks for the same again: ${now}`);
    before = now;
    for (const { id, text } of missing) await answer(page, id, text, wants, today, signers);
  }
  throw new Error(`the paper is not whole after 25 rounds: ${before}`);
}

/** Goes on to the end of a paper of several steps, and hands it in. */
async function submit(page, button) {
  const last = page.getByRole('button', { name: button, exact: true });
  const next = page.getByRole('button', { name: 'Dalej', exact: true });
  for (let step = 0; step < 30; step += 1) {
    await last.or(next).first().waitFor();
    if (await last.isVisible()) return last.click();
    await next.click();
  }
  throw new Error('the paper has no end');
}

/** What the form lists, or null once it was taken: then the page is another one, or the form is gone. */
async function whatIsMissing(page, start, button) {
  const list = page.locator('#summary-errors li a');
  const form = page.getByRole('button', { name: button, exact: true });
  const refused = page.locator('main [role="alert"] .banner, main .saved-not');
  for (let waited = 0; waited < 150; waited += 1) {
    if (await list.count()) {
      return list.evaluateAll((links) => links.map((link) => ({ id: link.hash.slice(1), text: link.textContent })));
    }
    if (page.url() !== start || (await form.count()) === 0) return null;
    if (waited > 20 && (await refused.count())) throw new Error(`refused: ${await refused.first().textContent()}`);
    await new Promise((wait) => setTimeout(wait, 100));
  }
  throw new Error(`nothing happened after "${button}" at ${page.url()}`);
}

/** Answers that the story wants from the beginning, as far as their fields are in view. */
export async function settle(page, wants, today) {
  for (const path of Object.keys(wants)) {
    const control = page.locator(`[id="f-${path.replaceAll('/', '-')}"]`);
    if (await control.count()) await write(page, control.first(), wants[path], today);
  }
}

async function answer(page, id, text, wants, today, signers) {
  // The link leads to its step, and opens what is folded.
  const link = page.locator(`#summary-errors a[href="#${id}"]`).first();
  if ((await link.count()) === 0) return; // Another answer has settled it.
  await link.click();
  const control = page.locator(`[id="${id}"]`).first();
  if ((await control.count()) === 0) throw new Error(`${text}: there is no control ${id}`);
  const path = id.replace(/^f-/, '');
  // A cell is wanted by its column, whichever row it stands in.
  const key = Object.keys(wants).find((key) => path === key.replaceAll('/', '-') || matches(path, key));
  await write(page, control, key === undefined ? undefined : wants[key], today, signers);
}

/** A star stands for any row: that cell of every row of the table. */
function matches(path, key) {
  const [table, star, cell] = key.split('/');
  return star === '*' && path.startsWith(`${table}-`) && path.endsWith(`-${cell}`);
}

async function write(page, control, wanted, today, signers = []) {
  const [tag, type] = await control.evaluate((element) => [element.localName, element.type ?? '']);
  const isNumber = tag === 'input' && (await control.evaluate((element) => element.parentElement.matches('.field-unit')));
  if (tag === 'fieldset') return choose(page, control, wanted, today, signers);
  if (tag === 'select') return select(control, wanted);
  if (type === 'checkbox') return control.setChecked(wanted ?? true);
  if (isNumber) {
    await control.fill(String(wanted ?? 1));
    return control.blur();
  }
  const usual = { date: today, time: '10:00', month: today.slice(0, 7), 'datetime-local': `${today}T10:00` }[type];
  return control.fill(String(wanted ?? usual ?? (tag === 'textarea' ? WORDS : 'Wpis próbny')));
}

async function select(control, wanted) {
  if (wanted !== undefined) {
    const options = await control.locator('option').allTextContents();
    const label = options.find((option) => option.startsWith(wanted));
    assert.ok(label, `${wanted} is not among ${options.join(', ')}`);
    return control.selectOption({ label });
  }
  const first = await control.locator('option:not([value=""])').first().getAttribute('value');
  return control.selectOption(first);
}

async function choose(page, fieldset, wanted, today, signers) {
  const signature = fieldset.getByRole('button', { name: 'Dodaj podpis', exact: true });
  if (await signature.count()) {
    for (const role of signers) await sign(page, role);
    return undefined;
  }
  const add = fieldset.getByRole('button', { name: 'Dodaj pozycję', exact: true });
  if (await add.count()) {
    await add.click();
    // A row is one only when something is written in it; what else it needs the form says then.
    return write(page, fieldset.locator('.newtask').last().locator('[id^="f-"]:not([id$="-help"])').first(), wanted, today);
  }
  const folds = await fieldset.locator('details.more').all();
  if (folds.length > 0) {
    // A row for each child, area or goal: whatever stands first in each of them makes it one.
    for (const fold of folds) {
      await fold.evaluate((element) => { element.open = true; });
      await write(page, fold.locator('[id^="f-"]:not([id$="-help"])').first(), undefined, today);
    }
    return undefined;
  }
  if (wanted === true || wanted === false) wanted = wanted ? 'tak' : 'nie';
  for (const label of wanted === undefined ? [undefined] : [wanted].flat()) {
    const more = fieldset.locator('.chip-more');
    if (label !== undefined && (await more.count())) await more.click();
    const chips = fieldset.locator('.chip:not(.chip-more)');
    const chip = label === undefined ? chips.first() : chips.filter({ hasText: label }).first();
    if ((await chip.getAttribute('aria-pressed')) !== 'true') await chip.click();
  }
  return undefined;
}

/** One signature on the print, if this role has not signed yet. */
export async function sign(page, role) {
  const add = page.getByRole('button', { name: 'Dodaj podpis', exact: true });
  if (!(await add.isVisible())) return;
  const cards = page.locator('.signature');
  const label = SIGNERS[role];
  for (const card of await cards.all()) {
    const chosen = card.locator('.chip[aria-pressed="true"]').filter({ hasText: label });
    if (await chosen.count()) return;
  }
  await add.click();
  const card = cards.last();
  const chip = card.locator('.chip').filter({ hasText: new RegExp(`^${label}$`) });
  if (await chip.count()) await chip.first().click();
  await card.getByLabel(/^Imię i nazwisko/).fill('Osoba Podpisująca');
  await card.locator('.chip').filter({ hasText: 'odręcznie na wydruku' }).click();
  await expectVisible(card);
}
