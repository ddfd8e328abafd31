// What axe finds on the page that is open, which its context must let it do: bypassCSP.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { noteResult } from './accessibility.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf-8');

// What is asked of axe: WCAG 2.2 AA and good practice, or colours alone.
const everything = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
export const colours = { runOnly: { type: 'rule', values: ['color-contrast'] } };

// Pages are the same whichever engine keeps the city, and are judged with SQLite; in ./test --long with both.
export const looksAtAll = process.env.LYKTA_TEST_LOOKS === 'all';
export const isJudged = looksAtAll || !process.env.LYKTA_TEST_POSTGRES;

// Loads axe with each page of the context: a third of the work of bringing it to a page that is open, so for who asks
// it about nearly every page.
export async function bringAxe(context) {
  await context.addInitScript({ content: axe });
}

// No violation that axe can see; `told` says which page it is. What axe has passed is half of its answer and stays
// in the browser.
export async function assertAccessible(page, told = page.url(), asked = everything) {
  if (!isJudged)
    return;
  if (!await page.evaluate(() => 'axe' in window))
    await page.evaluate(axe);
  const violations = await page.evaluate(async rules => {
    const found = await window.axe.run({ ...rules, resultTypes: ['violations'] });
    return found.violations.map(({ id, nodes }) => ({ id, places: nodes.map(node => node.html) }));
  }, asked);
  await noteResult(page, violations);
  assert.deepEqual(violations.map(v => `${v.id}: ${v.places.join(' | ').slice(0, 300)}`), [], told);
}
