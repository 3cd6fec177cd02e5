// Accessibility, as far as a machine can judge it.
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const REFUSED = new Set(['serious', 'critical']);

/**
 * Fails when the page, as it is now, would shut somebody out. Returns the lesser findings.
 * `within` looks at one part only; `except` leaves out rules by id, each with its reason in the test.
 */
export async function assertAccessible(page, { within, except = [] } = {}) {
  const builder = new AxeBuilder({ page }).withTags(RULES).disableRules(except);
  if (within) builder.include(within);
  const { violations, passes } = await builder.analyze();
  assert.ok(passes.length > 0, 'axe found nothing to check: is the page empty?');
  const refused = violations.filter(({ impact }) => REFUSED.has(impact));
  assert.equal(refused.length, 0, `${page.url()}\n${refused.map(describe).join('\n')}`);
  return violations;
}

function describe({ id, impact, help, nodes }) {
  const places = nodes.map(({ target, failureSummary }) => `    ${target.join(' ')}\n      ${failureSummary.replaceAll('\n', '\n      ')}`);
  return `${impact}: ${id} — ${help}\n${places.join('\n')}`;
}
