// Every form of a published mapping, read by a program that we did not write, says what the page says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import JSONstat from 'jsonstat-toolkit';
import PxReader from 'px';
import { checkPdf, openBrowser, openCity } from './city.mjs';

let city, folder, report, page;

before(async () => {
  city = await openCity();
  folder = mkdtempSync(join(tmpdir(), 'lykta-formats-'));
  const browser = await openBrowser();
  const reader = await browser.newPage();
  await reader.goto(city.url + '/kartlaggning');
  report = await reader.locator('main a[href^="/kartlaggning/"]').first().getAttribute('href');
  await reader.goto(city.url + report);
  page = await reader.evaluate(readPage);
  await browser.close();
});

after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await city.close();
});

// In the browser: the headline numbers, and each table by its title, a row by its label.
function readPage() {
  const plain = node => node.textContent.replace(/\s+/g, ' ').trim();
  const rows = figure => [...figure.querySelectorAll('tbody tr')].map(tr => [...tr.children].map(plain));
  const figures = [...document.querySelectorAll('main figure.ch')];
  return {
    title: plain(document.querySelector('h1')),
    numbers: [...document.querySelectorAll('main .num')].map(plain),
    estimate: rows(figures[0])[0].slice(1),
    tables: Object.fromEntries(figures.slice(1).map(f => [plain(f.querySelector('figcaption')), Object.fromEntries(rows(f))])),
  };
}

// "cirka 1 055" is 1055; what is too small to be told is 0 in every file.
const number = told => /^(färre än|högst) /.test(told) ? 0 : Number(told.replace(/[^\d]/g, ''));
const numbers = table => Object.fromEntries(Object.entries(table).map(([label, told]) => [label, number(told)]));
// The tables of the page that are in every form: one figure a row. People by number of lists are sums of the rows of another.
// The page tells combinations that are all too few to show in one row; a file has a row for each of them.
const together = label => Number(label.match(/^De (\d+) andra kombinationerna/)?.[1] ?? 0);
const rowsOf = table => Object.entries(table).filter(([label]) => !together(label));
function sameTables(found) {
  assert.deepEqual(Object.keys(found).sort(), Object.keys(page.tables).sort());
  for (const [title, table] of Object.entries(page.tables)) {
    const shown = numbers(Object.fromEntries(rowsOf(table)));
    const [own, others] = [true, false].map(is => Object.entries(found[title]).filter(([label]) => label in shown === is));
    assert.deepEqual(Object.fromEntries(own), shown);
    assert.deepEqual(others.map(([, n]) => n), Array(Object.keys(table).reduce((n, label) => n + together(label), 0)).fill(0));
  }
}

async function fetched(name) {
  const answer = await fetch(`${city.url}${report}/${name}`);
  assert.equal(answer.status, 200, name);
  return Buffer.from(await answer.arrayBuffer());
}

async function kept(name) {
  const path = join(folder, name);
  writeFileSync(path, await fetched(name));
  return path;
}

test('the page has its headline numbers and tables', async () => {
  const { range } = JSON.parse(await fetched('estimate.json')).methods;
  assert.equal(page.numbers.length, 4);
  assert.deepEqual(page.numbers[3].split('–').map(number), range);
  assert.ok(Object.keys(page.tables).length >= 3);
});

test('JSON-stat is read by jsonstat-toolkit', async () => {
  const files = JSON.parse(await fetched('manifest.json')).files.map(f => f.name);
  const found = {};
  for (const name of files.filter(n => /^tables\/.*\.json$/.test(n))) {
    const set = JSONstat(JSON.parse(await fetched(name.split('/').pop())));
    assert.equal(set.class, 'dataset', name);
    const [dimension] = set.id;
    const rows = set.Dimension(dimension);
    found[set.label] = Object.fromEntries(rows.id.map(id => [rows.Category(id).label, set.Data({ [dimension]: id }).value]));
  }
  sameTables(found);
});

// The cells of a workbook as Gnumeric reads them, a sheet by its place.
function sheetsOf(path) {
  execFileSync('ssconvert', ['-S', '-T', 'Gnumeric_stf:stf_assistant', '-O', 'format=raw separator=; quoting-mode=never', path,
    join(folder, 'sheet-%n.csv')], { stdio: 'ignore', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  const names = readdirSync(folder).filter(n => /^sheet-\d+\.csv$/.test(n)).length;
  return Array.from({ length: names }, (_, i) => readFileSync(join(folder, `sheet-${i}.csv`), 'utf-8').trimEnd().split('\n').map(line => line.split(';')));
}

test('XLSX is read by Gnumeric', async () => {
  const [cover, ...sheets] = sheetsOf(await kept('rapport.xlsx'));
  const told = Object.fromEntries(cover.map(([what, value]) => [what, value]));
  assert.deepEqual([told['Kända, på någon lista'], told['Uppskattat antal, kända och okända']].map(Number), page.numbers.slice(0, 2).map(number));
  assert.deepEqual([told['Lägst (95 procent)'], told['Högst (95 procent)']].map(Number), page.numbers[2].split('–').map(number));
  sameTables(Object.fromEntries(sheets.slice(0, -1).map((rows, i) => [Object.keys(page.tables)[i],
    Object.fromEntries(rows.slice(1).map(row => [row[1], Number(row[3])]))])));
});

test('CSV is read by Gnumeric, as a Swedish spreadsheet does', async () => {
  const path = await kept('rapport.csv');
  execFileSync('ssconvert', ['-T', 'Gnumeric_stf:stf_assistant', '-O', 'format=raw separator=; quoting-mode=never', path, join(folder, 'read.csv')],
    { stdio: 'ignore', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  const rows = readFileSync(join(folder, 'read.csv'), 'utf-8').trimEnd().split('\n').map(line => line.split(';'));
  for (const table of Object.values(page.tables))
    for (const [label, told] of rowsOf(table))
      assert.ok(rows.some(row => row[2] === label && Number(row[4]) === number(told)), `${label}: ${told}`);
});

test('PX is read by a reader of PC-Axis files: every list has its figure, and every cell is there', async () => {
  const px = new PxReader((await fetched('rapport.px')).toString());
  const lists = px.variables().slice(0, -1);
  const people = px.values(lists.length).indexOf('antal');
  const found = Object.fromEntries(lists.map((list, i) => [list,
    Number(px.datum([...lists.map((_, k) => (k === i ? px.codes(k).indexOf('1') : px.codes(k).indexOf('Total'))), people]))]));
  assert.deepEqual(found, numbers(page.tables['Människor på varje lista']));
  assert.equal(px.title(), page.title);
  assert.equal(px.data.filter(cell => cell.trim()).length, px.valCounts().reduce((product, n) => product * n));
  assert.match(px.keyword('NOTE').replace(/ +/g, ' '), /Det uppskattade antalet är en beräkning, inte en räkning\./);
});

test('PDF is read by poppler and found whole by qpdf: tagged, in Swedish, with the figures of the page', async () => {
  const path = await kept('rapport.pdf');
  const run = (...command) => execFileSync(command[0], command.slice(1), { encoding: 'utf-8' });
  assert.match(run('qpdf', '--check', path), /No syntax or stream encoding errors found/);
  const text = run('pdftotext', '-layout', path, '-').replace(/\s+/g, ' ');
  for (const told of [...page.numbers, ...Object.values(page.tables).flatMap(table => Object.values(table))])
    assert.ok(text.includes(told), told);
  assert.match(run('pdfinfo', path), /Tagged: +yes/);
  assert.match(run('pdfinfo', '-meta', path), /pdfuaid:part="1"/);
  checkPdf(readFileSync(path), 'sv');
  const tags = run('pdfinfo', '-struct', path);
  for (const tag of ['H1', 'H2', 'Table', 'TH', 'TD', 'L'])
    assert.match(tags, new RegExp(`^ *${tag}\\b`, 'm'), tag);
});
