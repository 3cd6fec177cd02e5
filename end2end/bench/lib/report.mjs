// One line per figure: what it is, the figure, its goal, and its ratio to something measured in the same run.

export function title(text, goal = 'goal') {
  console.log(`\n${text}`);
  console.log(`${''.padEnd(4)} ${''.padEnd(52)} ${'figure'.padStart(14)}  ${goal.padEnd(22)} compared`);
}

export function line(target, what, figure, goal = '–', compared = '') {
  console.log(`${target.padEnd(4)} ${what.padEnd(52)} ${figure.padStart(14)}  ${goal.padEnd(22)} ${compared}`);
}

/** A time in milliseconds as people say it. */
export function human(ms) {
  if (ms === undefined || Number.isNaN(ms)) return '–';
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(1)} ms`;
}

/** A time beside a bare one. */
export function against(ms, bare, what) {
  return `${(ms / bare).toFixed(1)} × ${what} (${human(bare)})`;
}

/** The value that so many percent of all stay below. */
export function percentile(values, percent) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
}

export function median(values) {
  return percentile(values, 50);
}
