// What the browser tests find of the accessibility of each page that everyone may use. With ACCESSIBILITY=FILE each check adds a line to FILE; then
//     node tests/e2e/accessibility.mjs FILE
// takes them over into src/public/accessibility.csv, of which the accessibility statement is made. A page that no test came to keeps its row as it is.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const kept = fileURLToPath(new URL('../../src/public/accessibility.csv', import.meta.url));
const columns = ['page', 'sv', 'en', 'tested', 'tool', 'faults'];

// The rows of the file. Only the tool has a comma, and is quoted.
export function readResults(text = readFileSync(kept, 'utf-8')) {
  const [head, ...lines] = text.trimEnd().split('\n');
  if (head !== columns.join(','))
    throw new Error(`${kept}: expected the columns ${columns}`);
  return lines.map(line => {
    const cells = [...line.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g)].slice(0, columns.length).map(found => found[1].replaceAll('"', ''));
    return Object.fromEntries(columns.map((name, i) => [name, cells[i]]));
  });
}

function written(rows) {
  const cell = text => text.includes(',') ? `"${text}"` : text;
  return [columns.join(','), ...rows.map(row => columns.map(name => cell(row[name])).join(','))].join('\n') + '\n';
}

// The row whose route answers at `path`, the one with the most words of its own; undefined when it is none of the public pages.
export function rowOf(rows, path) {
  const parts = path.replace(/^\/en(?=\/|$)/, '').replace(/\/$/, '').split('/');
  const fits = row => {
    const pattern = row.page.replace(/\/$/, '').split('/');
    return pattern.length === parts.length && pattern.every((part, i) => part === parts[i] || part === ':id' && /^[1-9]\d*$/.test(parts[i]) || /^:(?!id$)/.test(part) && parts[i]);
  };
  const parameters = row => row.page.split(':').length;
  return rows.filter(fits).sort((a, b) => parameters(a) - parameters(b))[0];
}

// Notes what axe has found on the page that is open; a page that says that it is not there, or not now, is not the page.
export async function noteResult(page, violations) {
  if (!process.env.ACCESSIBILITY)
    return;
  const status = await page.evaluate(() => performance.getEntriesByType('navigation')[0]?.responseStatus);
  if (status >= 400 && status !== 422)
    return;
  const axe = createRequire(import.meta.url)('axe-core/package.json').version;
  const tool = `axe-core ${axe}, Chromium ${page.context().browser().version()}`;
  appendFileSync(process.env.ACCESSIBILITY, JSON.stringify({ path: new URL(page.url()).pathname, tool, faults: violations.map(v => v.id) }) + '\n');
}

// Each row that a result is of, with the day, the tool and all faults found.
export function takeOver(rows, results, day) {
  const found = new Map();
  for (const result of results) {
    const row = rowOf(rows, result.path);
    if (row)
      found.set(row, [...found.get(row) ?? [], result]);
  }
  return rows.map(row => !found.has(row) ? row : {
    ...row, tested: day, tool: found.get(row)[0].tool, faults: [...new Set(found.get(row).flatMap(result => result.faults))].sort().join(' '),
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const results = readFileSync(process.argv[2], 'utf-8').trimEnd().split('\n').map(line => JSON.parse(line));
  const rows = takeOver(readResults(), results, new Date().toISOString().slice(0, 10));
  writeFileSync(kept, written(rows));
  console.log(`${rows.filter(row => row.tested).length} of ${rows.length} pages are tested, ${rows.filter(row => row.faults).length} have faults`);
}
