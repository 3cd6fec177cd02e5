// Many cards, sent to the office as another device of the same person would.
import { exchange, fetchAll, newId, newTask, session } from './wire.mjs';

const AT_ONCE = 500;
const WORDS = 'Rozmowa o planie dnia, wspólnych posiłkach i obowiązkach; ustalono kolejne kroki i termin ponownego spotkania. ';

/** A held visit of yesterday, whole and valid, about two kilobytes. */
function newVisit(author, family, words, minutes) {
  const answers = {
    kind: 'VISIT', outcome: 'HELD', date: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10), duration: minutes, place: 'HOME',
    present_others: 'babcia', tasks_art15: ['T06_PARENTING'], areas: ['A10'], actions: words,
  };
  const write = Object.fromEntries(Object.entries(answers).map(([field, after]) => [field, { after }]));
  return { ...newTask(author, family, ''), kind: 'visit', action: { write } };
}

/** So many visits of some minutes in the files of this person. */
export async function sendVisits(server, login, number, minutes = 50) {
  const signed = await session(server, login);
  const [device, cursors] = [newId(), {}];
  await fetchAll(server, signed, device, cursors);
  const families = Object.keys(cursors);
  for (let sent = 0; sent < number; sent += AT_ONCE) {
    const changes = Array.from({ length: Math.min(AT_ONCE, number - sent) }, (_, place) =>
      newVisit(signed.me.user, families[place % families.length], `${sent + place}: ${WORDS.repeat(13)}`, minutes),
    );
    const answer = await exchange(server, signed, { device, app: 'bench', changes, cursors, waiting: 0, people_tag: '' });
    const taken = answer.receipts.filter(({ verdict }) => verdict.accepted ?? verdict.merged).length;
    if (taken !== changes.length) throw new Error(`${taken} of ${changes.length} cards were taken: ${JSON.stringify(answer.receipts[0])}`);
  }
}
