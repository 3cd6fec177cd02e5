// The people of one case at their own devices: a social worker and the manager at desks, the assistant with a phone.
import { openDevice, REFUSED_NETWORK } from './browser.mjs';
import { expectVisible } from './look.mjs';
import { handIn, settle, todayOf } from './paper.mjs';
import { allSent, enrol, readyForOffline, signIn } from './people.mjs';

/** The assistant of the stories, who has room for more families. */
export const ASSISTANT = { login: 'ar3', name: 'Lilianna Wrzosowiecka' };

export async function openOffice(server, until) {
  const devices = [];
  const person = async (login, device) => {
    const opened = await openDevice({ url: server.url, device });
    devices.push(opened);
    until(() => opened.end());
    return opened;
  };
  const worker = await person('ps1', 'desk');
  const manager = await person('kierownik', 'desk');
  const phone = await person(ASSISTANT.login, 'phone');
  const office = { worker: await worker.page(), manager: await manager.page(), phone, assistant: await phone.page() };
  await signIn(office.worker, 'ps1');
  await signIn(office.manager, 'kierownik');
  await expectVisible(office.worker.getByRole('heading', { level: 1 }).first());
  await expectVisible(office.manager.getByRole('heading', { level: 1 }).first());
  await enrol(office.assistant, ASSISTANT.login);
  await readyForOffline(office.assistant);
  phone.allow(REFUSED_NETWORK);
  return office;
}

/** A new family by the ordinary way; gives its code. */
export async function refer(page, surname, wants = {}) {
  await page.goto('/nowa-rodzina');
  await expectVisible(page.getByRole('button', { name: 'Załóż sprawę' }));
  await members(page);
  await handIn(page, {
    button: 'Załóż sprawę',
    signers: ['SOCIAL_WORKER'],
    wants: {
      family_name: surname,
      surname,
      referral_source: 'rozpoznanie własne',
      basis: 'trudno',
      urgent: false,
      ...wants,
    },
  });
  await page.waitForURL(/\/rodziny\/R\d+/);
  return page.url().match(/R\d+/)[0];
}

/** A paper of a family at a desk. */
export async function atDesk(page, code, paper, options = {}) {
  await page.goto(`/rodziny/${code}/dokumenty/nowy/${paper}`);
  await expectVisible(page.locator('#zloz'));
  await handIn(page, options);
}

/** A paper of a family on the phone; its network is as the story has left it. */
export async function onPhone(page, code, paper, options = {}) {
  await page.getByRole('link', { name: 'Rodziny', exact: true }).locator('visible=true').first().click();
  await page.locator(`a[href="/rodziny/${code}"]`).first().click();
  await page.locator(`a[href="/rodziny/${code}/dokumenty"]`).first().click();
  await page.locator(`a[href="/rodziny/${code}/dokumenty/nowy/${paper}"]`).first().click();
  await expectVisible(page.getByRole('button', { name: /^(Złóż|Dalej)$/ }));
  await handIn(page, options);
  await expectVisible(page.getByRole('heading', { name: 'Dokumenty', level: 1 }));
}

/** The manager decides about the paper of this family that waits under this title. */
export async function decide(page, surname, title, wants = {}) {
  await page.goto('/do-decyzji');
  await page.locator('li', { hasText: surname }).filter({ hasText: title }).getByRole('link').first().click();
  await expectVisible(page.locator('#zatwierdz'));
  const name = (await page.locator('#zatwierdz').textContent()).trim();
  await handIn(page, { button: name, wants, signers: ['MANAGER'] });
}

/** An explicit step of the procedure at a desk, with what its dialogue asks. */
export async function step(page, code, name, wants = {}) {
  await page.goto(`/rodziny/${code}`);
  await expectVisible(page.getByRole('heading', { name: 'Co dalej' }));
  const button = page.getByRole('button', { name, exact: true });
  if (!(await button.isVisible())) await page.getByText('Inne kroki').click();
  await button.click();
  const dialog = page.getByRole('dialog');
  await expectVisible(dialog);
  await settle(page, wants, await todayOf(page));
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'detached' });
}

/** At which stage the case is, in the words of the file at the desk. */
export async function expectStage(page, code, words) {
  await page.goto(`/rodziny/${code}`);
  await expectVisible(page.locator('.page-head, main').getByText(words, { exact: true }).first(), 10_000);
}

/** The network comes back, and with it a family that was given to the assistant meanwhile. */
export async function arrives(office, surname) {
  const page = office.assistant;
  await office.phone.offline();
  await office.phone.offline(false);
  await page.getByRole('link', { name: 'Rodziny', exact: true }).locator('visible=true').first().click();
  await expectVisible(page.getByRole('link', { name: surname, exact: true }), 30_000);
}

/** What was written without a network goes out, and what came of it comes back. */
export async function sendAll(office) {
  await office.phone.offline(false);
  await allSent(office.assistant);
}

/** A new family by an application "Za życiem"; gives its code. */
export async function apply(page, surname) {
  await page.goto('/nowa-rodzina');
  await page.getByRole('button', { name: '„Za życiem”', exact: true }).click();
  await members(page);
  await handIn(page, { button: 'Załóż sprawę', signers: ['MEMBER'], wants: { surname } });
  await page.waitForURL(/\/rodziny\/R\d+/);
  return page.url().match(/R\d+/)[0];
}

/** A mother and her daughter, who is home. */
async function members(page) {
  const people = page.locator('fieldset.field', { has: page.locator('legend', { hasText: 'Członkowie rodziny' }) });
  for (const [place, name, role, born] of [[0, 'Bogumiła', 'matka', '1994-05-17'], [1, 'Oleńka', 'dziecko', '2021-03-08']]) {
    await people.getByRole('button', { name: 'Dodaj pozycję' }).click();
    const row = people.locator('.newtask').nth(place);
    await row.getByLabel(/^Imię/).fill(name);
    await row.locator('.chip').filter({ hasText: new RegExp(`^${role}$`) }).click();
    await row.getByLabel(/^Data urodzenia/).fill(born);
  }
}
