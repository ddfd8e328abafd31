// Five example cities, made by `lykta demo --programme`, are read side by side (J8), and what is published of them is open
// to everyone (J9): verified, amber where one differs, pooled, compared, published, withdrawn.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import JSONstat from 'jsonstat-toolkit';
import { readCatalogue } from './catalogue.mjs';
import { assertAccessible, checkPdf, database, fileOf, openBrowser, openCity, program, signIn, sql } from './city.mjs';
import { openProgramme, run } from './programme.mjs';

const data = new URL('../data/mse/', import.meta.url).pathname;

// Each city rounds with a key of its own, and where its figure hangs much on the rounding it tells a range.
let five, folder, url, browser, withFigure;
const hasFigure = name => JSON.parse(readFileSync(join(five.release(name), 'estimate.json'), 'utf-8')).status === 'estimate' ? 1 : 0;

before(async () => {
  five = await openProgramme();
  ({ folder, url } = five);
  withFigure = ['malmo', 'lund', 'helsingborg', 'kristianstad', 'hassleholm'].map(hasFigure).reduce((all, one) => all + one);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  five?.close();
});

async function visit(options = {}, role = 'programme-lead') {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  await signIn(page, five, role);
  return page;
}

// Amber as the style sheet has it, and not only by its name.
async function assertAmber(mark) {
  assert.equal(await mark.evaluate(e => getComputedStyle(e).backgroundColor), 'rgb(255, 240, 214)');
  assert.equal(await mark.evaluate(e => getComputedStyle(e).color), 'rgb(122, 67, 0)');
}

test('five cities are made in seconds, with keys that are known and nothing taken', async () => {
  assert.ok(five.seconds < 60, `it took ${five.seconds} s`);
  assert.match(five.told, /lykta serve \S+\/programme, and open/);
  const page = await visit();
  await page.goto(url + '/programmet');
  assert.equal(await page.locator('tbody tr').count(), 5);
  assert.equal(await page.locator('tbody tr:has-text("Har inte lämnat något")').count(), 5);
  assert.equal(await page.locator('text=Se orterna tillsammans').count(), 0);
  await assertAccessible(page, '/programmet');
  await page.context().close();
});

test('the lead takes what each city hands over, without JavaScript, and who signed is shown', async () => {
  const page = await visit({ javaScriptEnabled: false, bypassCSP: false });
  await page.goto(url + '/programmet');
  for (const [name, town] of [['malmo', 'Malmö'], ['lund', 'Lund'], ['helsingborg', 'Helsingborg'], ['kristianstad', 'Kristianstad'], ['hassleholm', 'Hässleholm']]) {
    await page.setInputFiles('#files', five.handedOver(name));
    await page.click('main form button');
    assert.match(await page.textContent('[role=status]'), new RegExp(`Publiceringen från ${town} \\(exempel\\) är kontrollerad och mottagen`));
  }
  await page.click('text=Lund (exempel)');
  const told = await page.textContent('main');
  assert.ok(told.includes(readFileSync(join(five.city('lund'), 'keys/release.pub'), 'utf-8').trim()), 'the key that signed is not shown');
  assert.match(told, /1281-2006.*[0-9a-f]{64}/s);
  await picture(page, 'ort');
  await page.context().close();
});

test('the lead sees five cities, and in amber what an older specification makes different', async () => {
  const page = await visit();
  await page.goto(url + '/programmet');
  assert.equal(await page.locator('tbody tr').count(), 5);
  const row = page.locator('tbody tr:has-text("Hässleholm")');
  assert.match(await row.textContent(), /Räknas med, men skiljer sig.*avrundade på ett annat sätt.*andra rader/s);
  await assertAmber(row.locator('.b'));
  assert.equal(await page.locator('tbody .b.ok').count(), 4, 'the other four are alike');
  assert.match(await page.textContent('tbody tr:has-text("Kristianstad")'), /ingen bästa siffra|minst \d/);
  await assertAccessible(page, '/programmet');
  await picture(page, 'fem-orter');
  await page.context().close();
});

test('pooled figures say what is added, what is not, and why nothing is ranked', async () => {
  const page = await visit();
  await page.goto(url + '/programmet');
  await page.click('text=Se orterna tillsammans');
  const main = await page.textContent('main');
  assert.match(main, /exempelsiffror/);
  assert.match(main, new RegExp(`i ${withFigure} orter med skattning \\(bästa siffra`));
  assert.match(main, /rangordnas orterna inte/);
  assert.match(await page.textContent('tbody tr:has-text("Kristianstad")'), /Bara det minsta/);
  assert.match(await page.textContent('details:has-text("Sociala utredningar") summary'), /4 av 5/, 'the table of the older specification is added');
  assert.equal(await page.locator('section:has-text("Hässleholm") figure.ch svg').count(), 2); // no map yet
  await assertAccessible(page, '/programmet/tillsammans');
  await page.goto(url + '/en/programmet/tillsammans');
  assert.match(await page.textContent('main'), /why the cities are not ranked/);
  await assertAccessible(page, '/en/programmet/tillsammans');
  await page.context().close();
});

// The digits of a text, without what groups them.
const digits = text => text.replace(/[^0-9,–-]/g, '');

test('every number of the text leads to the cell it comes from, without JavaScript', async () => {
  const page = await visit({ javaScriptEnabled: false, bypassCSP: false });
  await page.goto(url + '/programmet/tillsammans');
  const links = page.locator('section .nums a, section .read a[href^="#period"]');
  const count = await links.count();
  assert.ok(count >= 12, `${count} numbers are links`);
  for (const link of await links.all()) {
    const cell = page.locator((await link.getAttribute('href')).replace('#', '[id="') + '"]');
    assert.equal(await cell.count(), 1, await link.getAttribute('href'));
    assert.ok(await cell.isVisible());
    assert.ok(digits(await cell.textContent()).includes(digits(await link.textContent())), await link.textContent());
  }
  await links.first().click();
  assert.match(page.url(), /#period-2006-2006-known$/);
  assert.match(await page.textContent('tbody tr:has-text("Lund")'), /1281-2006/, 'a row names the signed release');
  if (process.env.PICTURES)
    await page.screenshot({ path: `${process.env.PICTURES}/tal-360.png`, fullPage: true });
  await page.context().close();
});

test('periods stand side by side, and a city with two of them is drawn over time', async () => {
  run('publish', five.city('malmo'), join(data, 'UKdat_4.csv'), '--period', '2013', '--title', 'Kartläggning 2013', '--title-en', 'Mapping 2013',
    '--example', '--approve');
  run('programme', 'take', five.home, five.release('malmo', 2013));
  const page = await visit();
  await page.goto(url + '/programmet/tillsammans');
  assert.deepEqual(await page.locator('section > h2').allTextContents(), ['2013', '2006']);
  assert.match(await page.textContent('main'), /så de kan inte läggas ihop/);
  const series = page.locator('h2:has-text("över tid") ~ .charts figure');
  assert.equal(await series.count(), 1);
  assert.match(await series.textContent(), /Malmö \(exempel\).*2006.*2013/s);
  await page.context().close();
});

test('cities have a panel each on one scale, and what has no estimate says so', async () => {
  const page = await visit();
  await page.goto(url + '/programmet/tillsammans');
  const panels = page.locator('.panels li');
  assert.deepEqual(await panels.locator('b').allTextContents(), ['Malmö', 'Lund', 'Helsingborg', 'Kristianstad', 'Hässleholm'].map(name => `${name} (exempel)`));
  const scales = await panels.evaluateAll(all => all.map(li => [...li.querySelectorAll('text.e')].map(t => t.textContent).join(' ')));
  assert.deepEqual([...new Set(scales)].length, 1, scales.join('\n'));
  const dashes = await panels.evaluateAll(all => all.map(li => [...li.querySelectorAll('text')].filter(t => t.textContent === '–').length));
  const kristianstad = panels.filter({ hasText: 'Kristianstad' });
  const told = await kristianstad.locator('desc').textContent();
  assert.match(told, /^2006: .*(ingen bästa siffra|minst \d+), kända: cirka/);
  // Each estimate has three parts. By how a city's key rounds, its range has an end or not: what has none is an arrow.
  const drawn = await panels.evaluateAll(all => all.map(li => li.querySelectorAll('.wh').length / 3));
  assert.equal(drawn[3], 1);
  assert.equal(await kristianstad.locator('path.wh').count(), told.includes('minst') ? 1 : 0);
  assert.equal(await kristianstad.locator('circle').count(), 0, 'a range has no dot');
  assert.deepEqual(dashes, drawn.map(n => 2 - n), 'a period without a drawn estimate has no dash');
  assert.ok(drawn.every((n, i) => n <= (i === 0 ? 2 : 1)), 'Malmö alone has figures of 2013');
  const boxes = await panels.locator('svg').evaluateAll(all => all.map(svg => svg.getBoundingClientRect()).map(box => [box.left, box.right, box.width]));
  assert.ok(boxes.every(([left, right, width]) => left >= 0 && right <= 360 && width > 120), 'two panels beside each other on a phone');
  await assertAccessible(page, '/programmet/tillsammans');
  await page.context().close();
});

test('a county map shows the rates of cities that have one, when there is a file of areas', async () => {
  const page = await visit({}, 'coordinator');
  await page.goto(url + '/programmet/tillsammans');
  assert.equal(await page.locator('g.area').count(), 0);
  await page.goto(url + '/arbete/omraden/ny');
  for (const [id, text] of [['name', 'Skånes kommuner'], ['column', 'kommun'], ['source', 'SCB, öppna data (CC0)']])
    await page.fill('#' + id, text);
  await page.setInputFiles('#file', new URL('../data/geo/skane_kommuner.geojson', import.meta.url).pathname);
  await page.click('main form button');
  await page.goto(url + '/programmet/tillsammans');
  const map = page.locator('figure', { hasText: 'Orterna på kartan' });
  assert.equal(await map.count(), 1);
  assert.equal(await map.locator('g.area path').count(), 33);
  assert.match(await map.textContent(), /SCB, öppna data/);
  assert.equal(await map.locator('tbody tr').count(), withFigure);
  await assertAccessible(page, '/programmet/tillsammans');
  await page.context().close();
});

test('every chart has its figures as a table', async () => {
  const page = await visit({ javaScriptEnabled: true });
  await page.goto(url + '/programmet/tillsammans');
  for (const figure of await page.locator('figure.ch').all()) {
    await figure.locator('summary').click();
    assert.ok(await figure.locator('tbody tr').count() >= 1);
    assert.ok(await figure.locator('tbody td').first().isVisible());
  }
  await page.context().close();
});

test('the files hold the figures of the page', async () => {
  const page = await visit();
  await page.goto(url + '/programmet/tillsammans');
  const json = JSON.parse((await fileOf(page, url + '/programmet/fil/tillsammans.json')).toString());
  assert.equal(json.format, 'lykta-pooled 1');
  const shown = (await page.textContent('.nums li:nth-child(2) .num')).replace(/\s/g, '');
  assert.equal(shown, json.periods.at(-1).estimate.ci95.join('–'));
  const csv = (await fileOf(page, url + '/programmet/fil/orter.csv')).toString().trim().split('\n');
  assert.equal(csv.length, 7);
  const book = join(folder, 'orter.xlsx');
  writeFileSync(book, await fileOf(page, url + '/programmet/fil/orter.xlsx'));
  const rows = JSON.parse(execFileSync('/usr/bin/python3', ['-c', 'import json, openpyxl, sys; '
    + 'print(json.dumps([[c.value for c in r] for r in openpyxl.load_workbook(sys.argv[1]).active.iter_rows()]))', book], { encoding: 'utf-8' }));
  assert.equal(rows.length, 7);
  assert.equal(rows[0][2], 'Ort');
  const known = csv.slice(1).map(line => Number(line.split(',')[6]));
  assert.deepEqual(rows.slice(1).map(row => row[5]), known);
  sameAsCsv(JSONstat(JSON.parse((await fileOf(page, url + '/programmet/fil/orter.json')).toString())), csv);
  await page.context().close();
});

// Every figure of the CSV is in the JSON-stat, at its period and municipality.
function sameAsCsv(set, csv) {
  assert.equal(set.class, 'dataset');
  assert.deepEqual([set.role.time, set.role.geo, set.role.metric], [['period'], ['municipality'], ['figure']]);
  const [, ...rows] = csv.map(line => line.split(','));
  for (const [period, , municipality, city, , , known, , , estimate, lo, hi, population] of rows) {
    const value = figure => set.Data({ period, municipality, figure }).value;
    assert.equal(set.Dimension('municipality').Category(municipality).label, city);
    assert.deepEqual(['known', 'estimate', 'estimate_lo', 'estimate_hi', 'population'].map(value),
      [known, estimate, lo, hi, population].map(cell => cell === '' ? null : Number(cell)));
  }
  assert.equal(set.value.filter(v => v !== null).length > rows.length, true);
}

// The text of a PDF, by poppler's program.
function textOf(pdf) {
  const path = join(folder, 'tillsammans.pdf');
  writeFileSync(path, pdf);
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf-8' }).replace(/\s+/g, ' ');
}

// How many links lead to a place in the same PDF, by a program that reads its structure.
function linksOf(pdf) {
  const path = join(folder, 'linked.pdf');
  writeFileSync(path, pdf);
  return execFileSync('qpdf', ['--qdf', '--object-streams=disable', path, '-'], { encoding: 'latin1', maxBuffer: 1 << 28 }).match(/^ *\/Dest /gm)?.length ?? 0;
}

test('a reader without an account sees nothing of it', async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url + '/programmet');
  assert.match(page.url(), /logga-in/);
  await page.context().close();
});

test('a forged release is not taken, and the page is as before', async () => {
  const forged = join(folder, 'forged');
  cpSync(five.release('malmo'), forged, { recursive: true });
  appendFileSync(join(forged, 'estimate.json'), ' ');
  const ended = spawnSync(program, ['programme', 'take', join(folder, 'programme'), forged], { encoding: 'utf-8' });
  assert.equal(ended.status, 3);
  assert.match(ended.stderr, /estimate\.json: changed/);
});

const words = 'programmets-text';

// Every number of the lead's text is a link to a cell that holds it.
async function assertFollowed(page, least) {
  const links = page.locator(`section[aria-labelledby=${words}] a[href^="#period"]`);
  assert.ok(await links.count() >= least, `${await links.count()} numbers of the text are links`);
  for (const link of await links.all()) {
    const cell = page.locator((await link.getAttribute('href')).replace('#', 'td[id="') + '"], ' + (await link.getAttribute('href')).replace('#', 'tr[id="') + '"]');
    assert.equal(await cell.count(), 1, await link.getAttribute('href'));
    assert.ok(digits(await cell.textContent()).includes(digits(await link.textContent())), await link.textContent());
  }
}

test('the lead writes about the figures, tries it first, and each number leads to its cell', async () => {
  const page = await visit({ javaScriptEnabled: false, bypassCSP: false });
  await page.goto(url + '/programmet/tillsammans');
  await page.click('text=Skriv programmets text');
  await page.fill('#text', 'I orterna är {2006 kända} kända och {2006 1281 sedda} sedda.');
  await page.click('text=Visa hur texten blir');
  assert.match(await page.textContent('.f.err'), /nämner 2006 1281 sedda inom klamrar/);
  await page.fill('#text', '## Vad vi ser\n\nI orterna är {2006 kända} kända, troligen är de {2006 troligt}. I Lund är det {2006 1281 kända}, '
    + 'i Helsingborg {2006 1283 kända}.\n\n<script>alert()</script><b>4 450</b> [klicka](javascript:alert()) år 2006.');
  await page.click('text=Visa hur texten blir');
  const tried = page.locator('section[aria-labelledby=prov]');
  assert.match(await tried.textContent(), /I Lund är det cirka 81[05],/);
  assert.match(await tried.locator('.note').textContent(), /leder inte till någon tabell: 4 450\./);
  assert.equal(await tried.locator('script, b, a[href^=javascript]').count(), 0);
  await picture(page, 'text-prov');
  assert.equal(sql(five.home, 'select count(*) from programme_text'), '0', 'what is tried is saved');

  const text = (await page.inputValue('#text')).replace(/\n\n<script>.*/, '\n\nSiffrorna är exempel.');
  await page.fill('#text', text);
  await page.fill('#text_en', 'In the cities {2006 kända} people are known.');
  await page.click('text=Spara texten');
  assert.match(page.url(), /\/programmet\/tillsammans$/);
  await assertFollowed(page, 4);
  await picture(page, 'text');
  assert.equal(sql(five.home, "select count(*) from audit where action = 'programme.text'"), '1');
  await page.goto(url + '/en/programmet/tillsammans');
  assert.match(await page.textContent(`section[aria-labelledby=${words}]`), /In the cities 4,\d+ people are known/);
  await page.context().close();
});

test('the page where it is written reads well, and who saves second sees what was saved first', async () => {
  const page = await visit();
  const second = await page.context().newPage();
  for (const one of [page, second])
    await one.goto(url + '/programmet/text');
  await assertAccessible(page, '/programmet/text');
  await page.fill('#text_en', 'In the cities {2006 kända} people are known. These are examples.');
  await page.click('text=Spara texten');
  await second.fill('#text_en', 'Something else.');
  await second.click('text=Spara texten');
  assert.match(await second.textContent('main'), /Någon annan har sparat medan du skrev[^]*These are examples/);
  await assertAccessible(second, '/programmet/text');
  await second.goto(url + '/en/programmet/text');
  assert.match(await second.textContent('main'), /Known in Lund \(exempel\), 2006\s*\{2006 1281 kända\}/);
  await page.context().close();
  const reader = await visit({}, 'analyst');
  await reader.goto(url + '/programmet/tillsammans');
  assert.equal(await reader.locator('text=Skriv programmets text').count(), 0);
  assert.equal((await reader.goto(url + '/programmet/text')).status(), 403);
  await reader.context().close();
});

test('what is published is open to everyone, at an address that stays', async () => {
  const page = await visit({ javaScriptEnabled: false, bypassCSP: false });
  await page.goto(url + '/programmet/tillsammans');
  await page.click('text=Publicera siffrorna');
  const address = page.url();
  assert.match(address, /\/tillsammans\/1$/);
  await page.context().close();
  const reader = await (await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true })).newPage();
  await reader.goto(url + '/tillsammans');
  await assertAccessible(reader, '/tillsammans');
  await reader.click('main li a');
  assert.equal(reader.url(), address);
  await assertAccessible(reader, '/tillsammans/1');
  const main = await reader.textContent('main');
  assert.match(main, /Publicerat/);
  assert.match(main, /Helsingborg \(exempel\)/);
  assert.equal(await reader.locator('main form, main .note:has-text("senare version")').count(), 0);
  if (process.env.PICTURES)
    for (const width of [1280, 360]) {
      await reader.setViewportSize({ width, height: 740 });
      await reader.screenshot({ path: `${process.env.PICTURES}/tillsammans-${width}.png`, fullPage: true });
    }
  assert.deepEqual(await reader.$$eval('body *', all => all.filter(e => e.getBoundingClientRect().right > innerWidth + 1
    && !e.closest('.tw, svg, .vh')).map(e => e.outerHTML.slice(0, 80))), [], 'the page scrolls sideways');
  await assertFollowed(reader, 4);
  const book = join(folder, 'publicerat.xlsx');
  writeFileSync(book, await fileOf(reader, address + '/orter.xlsx'));
  const notes = JSON.parse(execFileSync('/usr/bin/python3', ['-c', 'import json, openpyxl, sys; '
    + 'print(json.dumps([r[0].value for r in openpyxl.load_workbook(sys.argv[1])["Text"].iter_rows()]))', book], { encoding: 'utf-8' }));
  assert.equal(notes[0], '## Vad vi ser');
  assert.match(notes[1], /I orterna är 4\s\d+ kända, .* I Lund är det cirka 81[05], /);
  const shown = (await reader.textContent('.nums li:nth-child(2) .num')).replace(/\s/g, '');
  const pdf = await fileOf(reader, address + '/tillsammans.pdf');
  assert.ok(textOf(pdf).replaceAll(' ', '').includes(shown));
  assert.match(textOf(pdf), /Vad vi ser I orterna är 4 \d+ kända/);
  assert.ok(linksOf(pdf) >= 16, 'numbers of the PDF lead to their cells');
  checkPdf(pdf, 'sv', await reader.locator('main tbody tr').count());
  await reader.context().close();
  const catalogue = await readCatalogue(url + '/tillsammans/katalog.rdf');
  assert.equal(catalogue.publisher, 'Skåne tillsammans (exempel)');
  assert.deepEqual(Object.keys(catalogue.sets), [address]);
  assert.match(catalogue.sets[address].titles.sv, /Orterna tillsammans/);
  const files = Object.entries(catalogue.sets[address].files);
  assert.equal(files.length, 5);
  for (const [file, [format]] of files) {
    if (!file.endsWith('.pdf')) // fetched above: it takes seconds to make
      assert.equal((await fetch(file)).status, 200, file);
    assert.match(format, /\/authority\/file-type\/(CSV|JSON|PDF|XLSX)$/);
  }
});

// A letter is handed in as any program does it, without account or cookie.
async function handIn(address, path) {
  const form = new FormData();
  form.set('brev', new Blob([readFileSync(path)]), 'brev');
  return (await fetch(address, { method: 'POST', body: form, redirect: 'manual' })).status;
}

async function fetchTo(address, path) {
  const answer = await fetch(address);
  assert.equal(answer.status, 200, address);
  writeFileSync(path, Buffer.from(await answer.arrayBuffer()));
}

// Six cities of their own, with keys and counts; the round is in the box. Returns the address of its page.
function openSum(at) {
  const programme = join(folder, 'programme');
  const six = [1, 2, 3, 4, 5, 6];
  mkdirSync(join(folder, 'sum'));
  writeFileSync(at('cells.csv'), 'cell\nkvinnor\nmän\n');
  run('keys', 'make', '--name', 'Länet (exempel)', '-o', at('county.key'));
  for (const i of six) {
    run('keys', 'make', '--name', `Ort ${i} (exempel)`, '-o', at(`${i}.key`));
    writeFileSync(at(`${i}.csv`), `cell,count\nkvinnor,${i}\nmän,${10 * i}\n`);
  }
  run('sum', 'open', '--key', at('county.key'), '--name', 'Prov 2026 (exempel)', '--cells', at('cells.csv'), ...six.map(i => at(`${i}.pub`)), '-o', at('round'));
  const year = new Date().getFullYear() + 1;
  const told = run('programme', 'post', programme, at('round'), '--until', `${year}-01-15 ${year}-02-01 ${year}-02-15`);
  return url + told.match(/\/summor\/[0-9a-f]{64}/)[0];
}

test('cities add their figures through the portal, and one that drops out is left out', async () => {
  const at = name => join(folder, 'sum', name);
  const programme = join(folder, 'programme');
  const county = ['--key', at('county.key')];
  const address = openSum(at);
  const own = i => ['--key', at(`${i}.key`), '--part', at(`${i}.part`)];
  await fetchTo(`${address}/county.round`, at('fetched.round'));
  const digits = run('sum', 'digits', at('fetched.round')).trim();
  for (const i of [1, 2, 3, 4, 5, 6]) {
    run('sum', 'join', ...own(i), '--digits', digits, at('fetched.round'), '-o', at(`${i}.join`));
    if (i > 1)
      assert.equal(await handIn(address, at(`${i}.join`)), 303);
  }
  const page = await (await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true })).newPage();
  await page.goto(address);
  await assertAccessible(page, '/summor');
  await page.setInputFiles('input[type=file]', at('county.key'));
  await page.click('main form button');
  assert.match(await page.textContent('.f.err'), /inte signerad av någon av orterna/);
  await page.setInputFiles('input[type=file]', at('1.join'));
  await page.click('main form button');
  assert.match(await page.textContent('main'), /Filen har kommit in[^]*6 av 6 orter har lämnat sin fil/);
  if (process.env.PICTURES)
    await page.screenshot({ path: `${process.env.PICTURES}/summa-360.png`, fullPage: true });
  assert.equal((await fetch(`${address}/001.join`)).status, 404, 'letters of cities are for whoever adds');

  run('programme', 'fetch', programme, at('round'), '-o', at('joins'));
  run('sum', 'gather', ...county, at('round'), ...[1, 2, 3, 4, 5, 6].map(i => at(`joins/00${i}.join`)), '-o', at('rosters'));
  run('programme', 'post', programme, ...['county', '001', '002', '003', '004', '005', '006'].map(name => at(`rosters/${name}.roster`)));
  assert.equal(await handIn(address, at('2.join')), 422, 'joining is over');
  for (const i of [1, 2, 3, 4, 5]) { // the sixth drops out
    await fetchTo(`${address}/00${i}.roster`, at(`${i}.roster`));
    run('sum', 'figures', ...own(i), at('round'), at(`${i}.roster`), at(`${i}.csv`), '-o', at(`${i}.figures`));
    assert.equal(await handIn(address, at(`${i}.figures`)), 303);
  }
  run('programme', 'fetch', programme, at('round'), '-o', at('figures'));
  const figures = [1, 2, 3, 4, 5].map(i => at(`figures/00${i}.figures`));
  run('sum', 'ask', ...county, at('round'), at('rosters/county.roster'), ...figures, '-o', at('asking'));
  run('programme', 'post', programme, at('asking'));
  await fetchTo(`${address}/county.asking`, at('fetched.asking'));
  for (const i of [1, 2, 3, 4, 5]) {
    run('sum', 'reveal', ...own(i), at('round'), at(`${i}.roster`), at('fetched.asking'), '-o', at(`${i}.reveal`));
    assert.equal(await handIn(address, at(`${i}.reveal`)), 303);
  }
  run('programme', 'fetch', programme, at('round'), '-o', at('letters'));
  for (const name of ['join', 'figures', 'reveal'])
    assert.deepEqual(readFileSync(at(`letters/003.${name}`)), readFileSync(at(`3.${name}`)), 'the box has changed a letter');
  run('sum', 'add', at('round'), at('rosters/county.roster'), at('asking'), ...figures, ...[1, 2, 3, 4, 5].map(i => at(`letters/00${i}.reveal`)), '-o', at('sums.csv'));
  assert.equal(readFileSync(at('sums.csv'), 'utf-8'), 'cell,cities,count\nkvinnor,5,15\nmän,5,150\n');
  await page.goto(address);
  await assertAccessible(page, '/summor');
  if (process.env.PICTURES) {
    await page.setViewportSize({ width: 1280, height: 740 });
    await page.screenshot({ path: `${process.env.PICTURES}/summa-1280.png`, fullPage: true });
  }
  await page.context().close();
});

// From here on the sums are others: it takes a city away.
test('a city that is taken out leaves the sums, without JavaScript', async () => {
  const page = await visit({ javaScriptEnabled: false, bypassCSP: false });
  await page.goto(url + '/programmet');
  await page.click('text=Helsingborg (exempel)');
  assert.match(await page.textContent('main'), /[0-9a-f]{4}( [0-9a-f]{4}){7}/);
  await page.click('main form button');
  assert.match(await page.textContent('tbody tr:has-text("Helsingborg")'), /Har lämnat programmet/);
  await page.goto(url + '/programmet/tillsammans');
  assert.match(await page.textContent('main'), /1 ort har lämnat programmet/);
  assert.match(await page.textContent('main'), new RegExp(`i ${withFigure - hasFigure('helsingborg')} orter med skattning`), 'its figures are still in the sum');
  assert.match(await page.textContent('main .note.warn'), /nämner 2006 1283 kända inom klamrar, men den siffran finns inte längre/);
  assert.equal(await page.locator('text=Publicera siffrorna').count(), 0, 'a text with a hole can be published');
  await picture(page, 'text-utan-siffra');
  await page.click('text=Skriv programmets text');
  await page.fill('#text', 'I orterna är {2006 kända} kända.');
  await page.click('text=Spara texten');
  await page.click('text=Publicera siffrorna');
  assert.doesNotMatch(await page.textContent('main'), /Helsingborg \(exempel\)/);
  await page.goto(url + '/tillsammans/1');
  assert.match(await page.textContent('main'), /Helsingborg \(exempel\)/, 'what was published has changed');
  await page.goto(url + '/tillsammans');
  assert.deepEqual(await page.$$eval('main li a', all => all.map(a => new URL(a.href).pathname)), ['/tillsammans/2', '/tillsammans/1']);
  assert.equal((await page.goto(url + '/tillsammans/3')).status(), 404);
  await page.context().close();
});

// A release of a city that joins late, and has counted other people than the rest.
function lateRelease(year) {
  const home = join(folder, '1277');
  run('publish', home, join(data, 'UKdat_4.csv'), '--period', String(year), '--title', `Kartläggning ${year}`, '--title-en', `Mapping ${year}`,
    '--example', '--approve');
  return join(home, 'files/releases', `1277-${year}`);
}

// A folder of the late city, with a key of its own.
function lateKey(name) {
  const home = join(folder, name);
  run('init', home, '--municipality', '1277', '--name', 'Åstorp (exempel)', ...database());
  return readFileSync(join(home, 'keys/release.pub'), 'utf-8').trim();
}

const filesIn = path => readdirSync(path).filter(name => name !== 'tables').map(name => join(path, name));

async function takeByForm(page, path) {
  await page.setInputFiles('#files', filesIn(path));
  await page.setInputFiles('#tables', filesIn(join(path, 'tables')));
  await page.click('main form button');
}

// What the programme's folder holds: nothing more after a refusal.
const kept = () => readdirSync(join(folder, 'programme/files/programme')).sort();

async function picture(page, name) {
  if (!process.env.PICTURES)
    return;
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await page.screenshot({ path: `${process.env.PICTURES}/${name}-${width}.png`, fullPage: true });
  }
}

test('the lead takes a release by the form, without JavaScript, and other people are left out; a forged one is refused', async () => {
  const programme = join(folder, 'programme');
  const key = lateKey('1277');
  const genuine = lateRelease(2006);
  const forged = join(folder, 'forged-late');
  cpSync(genuine, forged, { recursive: true });
  appendFileSync(join(forged, 'estimate.json'), ' ');
  run('programme', 'join', programme, '--municipality', '1277', '--name', 'Åstorp (exempel)', '--key', lateKey('former'));
  const before = kept();
  const page = await visit({ javaScriptEnabled: false, bypassCSP: false });
  const row = page.locator('tbody tr:has-text("Åstorp")');

  await page.goto(url + '/programmet');
  await takeByForm(page, forged);
  assert.match(await page.title(), /^Fel/);
  assert.match(await page.textContent('.f.err'), /inte de som orten signerade.*be orten lämna publiceringen igen/s);
  assert.match(await page.textContent('main code[lang=en]'), /^estimate\.json: changed/);
  assert.match(await row.textContent(), /Har inte lämnat något/);
  await picture(page, 'ta-emot-fel');

  await takeByForm(page, genuine); // signed with a key that nobody has confirmed
  const told = await page.textContent('.f.err');
  assert.match(told, /kommun 1277, men är signerad med en annan nyckel.*lykta programme key/s);
  const fingerprint = told.match(/Är det ([0-9a-f]{4}(?: [0-9a-f]{4}){7}) har orten bytt nyckel/)[1];
  await page.click('main form button');
  assert.match(await page.textContent('.f.err'), /Ingen fil kom med/);
  assert.deepEqual(kept(), before, 'a refused release has left something');

  const confirmed = run('programme', 'key', programme, '--municipality', '1277', '--key', key);
  assert.ok(confirmed.includes(fingerprint), 'the page told another fingerprint than the key has');
  await takeByForm(page, genuine);
  assert.match(await page.textContent('[role=status]'), /Publiceringen från Åstorp \(exempel\) är kontrollerad och mottagen/);
  assert.equal(kept().length, before.length + 1);
  assert.match(await row.textContent(), /Räknas inte med.*räknat andra människor/s);
  const together = await page.context().newPage();
  await together.goto(url + '/programmet/tillsammans');
  const panel = together.locator('.panels li:has-text("Åstorp")');
  assert.match(await panel.locator('p').textContent(), /Räknas inte med/);
  assert.equal(await panel.locator('circle, .s2').count(), 0, 'other people are drawn on the same scale');
  await together.close();
  await picture(page, 'ta-emot');
  await takeByForm(page, genuine);
  assert.match(await page.textContent('.f.err'), /redan mottagen/);
  await page.context().close();
});

test('a release is taken with JavaScript, by whoever leads the programme alone', async () => {
  const page = await visit();
  await page.goto(url + '/en/programmet');
  const path = lateRelease(2013);
  const all = [...filesIn(path), ...filesIn(join(path, 'tables'))];
  const file = (name, bytes) => ({ name, mimeType: 'text/csv', buffer: Buffer.alloc(bytes, 'x') });
  await page.setInputFiles('#files', Array.from({ length: 70 }, (_, i) => file(`exempel${i}.csv`, 10)));
  await page.click('main form button');
  assert.match(await page.textContent('.f.err'), /There are too many files\. A release has at most 34/);
  await assertAccessible(page, '/en/programmet');
  await page.setInputFiles('#files', [file('cube.csv', 17 << 20)]);
  await page.click('main form button');
  assert.match(await page.textContent('.f.err'), /together they may be at most 16 megabytes/);
  await page.setInputFiles('#files', all.filter(file => !file.endsWith('cube.csv')));
  await page.click('main form button');
  assert.match(await page.textContent('.f.err'), /not those that the city signed/);
  assert.match(await page.textContent('main code[lang=en]'), /^cube\.csv: missing/);
  await assertAccessible(page, '/en/programmet');
  await page.setInputFiles('#files', all);
  await page.click('main form button');
  assert.match(await page.textContent('[role=status]'), /The release of Åstorp \(exempel\) has been checked and taken/);
  await assertAccessible(page, '/programmet');
  await page.context().close();

  const reader = await visit({}, 'analyst');
  await reader.goto(url + '/programmet');
  assert.match(await reader.textContent('main'), /Åstorp/);
  assert.equal(await reader.locator('main form').count(), 0);
  await reader.context().close();
});

test('in its own folder a city sees the key it gives a programme', async () => {
  const city = await openCity();
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, city, 'coordinator');
  await page.goto(city.url + '/programmet');
  const key = readFileSync(join(city.city, 'keys/release.pub'), 'utf-8').trim();
  assert.ok((await page.textContent('main')).includes(key));
  await context.close();
  await city.close();
});
