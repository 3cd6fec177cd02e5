// B1, B2, B3 and the browser's part of W2: what a person with a cheap phone waits for. Each line says the
// figure, its goal, and its ratio to something bare that was measured in the same run; nothing fails on a clock.
import { measureFirstVisit } from './lib/first_visit.mjs';
import { measureOfflineStart, measureSaving, measureUnlocking, measureYear } from './lib/phone.mjs';
import { measureFetching } from './lib/fetching.mjs';
import { measureMonth } from './lib/month.mjs';
import { title } from './lib/report.mjs';

title('In the browser (Chromium, phone, processor slowed down 4 ×)');
await measureFirstVisit();
const phone = await measureSaving();
await measureUnlocking(phone);
await measureOfflineStart(phone);
await phone.end();
await measureYear();
await measureFetching();
await measureMonth();
