// From lists to a published mapping beside one that is published: two persons, a correction, a version that would reveal a
// figure, and a withdrawal; with and without JavaScript.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertAccessible, day, openBrowser, openCity, setConfig, signIn, sql } from './city.mjs';
import { readCatalogue } from './catalogue.mjs';
import { openPost } from './post.mjs';

const uk = readFileSync(new URL('../../src/mapping/example/uk2013.csv', import.meta.url), 'utf-8');
const ukNames = readFileSync(new URL('../../src/mapping/example/names.csv', import.meta.url), 'utf-8');
const ned = readFileSync(new URL('../data/mse/Ned_5.csv', import.meta.url), 'utf-8');

// Twice as many on every combination of the same lists.
const nedTwice = ned.replace(/\d+$/gm, count => 2 * count);

let city, browser, post;
const people = {};
before(async () => {
  post = await openPost();
  // The analyst is an approver as well: of others' releases.
  city = await openCity(folder => {
    setConfig(folder, 'mail', { server: `smtp://localhost:${post.port}`, sender: 'natverket@exempel.se', tls: 'none' });
    execFileSync(process.env.LYKTA ?? 'build/src/lykta',
      ['user', 'role', folder, '--email', 'analytiker@lund.example', '--role', 'analyst,approver']);
  });
  browser = await openBrowser();
  // The analyst has no JavaScript.
  for (const [role, options] of [['coordinator', {}], ['analyst', { javaScriptEnabled: false }], ['approver', {}]])
    people[role] = await visit(role, options);
});
after(async () => { await browser?.close(); post?.close(); await city?.close(); });

async function visit(role, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  if (role)
    await signIn(page, city, role);
  return page;
}

const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const main = page => page.textContent('main');
const plain = text => text.replace(/\s+/g, ' ');

async function open(year, title) {
  const page = people.coordinator;
  await page.goto(city.url + '/kartlaggningar/ny');
  await page.fill('#first_year', String(year));
  for (const [id, text] of [['title_sv', title], ['title_en', title], ['source_sv', 'Publicerade listor (exempel)'],
    ['source_en', 'Published lists (example)'], ['specification', 'Alla som finns på listorna.']])
    await page.fill('#' + id, text);
  await page.check('input[name=example]');
  await page.click('main button');
  return new URL(page.url()).pathname;
}

async function upload(path, histories, names) {
  const page = people.analyst;
  await page.goto(city.url + path + '/underlag');
  await page.setInputFiles('#histories', file('underlag.csv', histories));
  if (names)
    await page.setInputFiles('#names', file('namn.csv', names));
  await page.click('main form[enctype] button');
}

// The page asks again by itself until the state is another than these.
async function wait(page, path, pattern) {
  await page.goto(city.url + path);
  await page.getByText(pattern).first().waitFor({ timeout: 120000 });
}

async function work(path, histories, names) {
  await upload(path, histories, names);
  await wait(people.analyst, path, /Färdigräknad|Kan inte publiceras/);
  return main(people.analyst);
}

async function propose(path) {
  await people.analyst.goto(city.url + path);
  await people.analyst.click('text=Föreslå publicering');
}

async function approve(path, on) {
  const page = people.approver;
  await page.goto(city.url + path + '/beslut');
  await page.check('input[value=approve]');
  if (on) {
    const [year, month, day] = on.split('-');
    await page.fill('#embargo', day);
    await page.fill('#embargo-month', month);
    await page.fill('#embargo-year', year);
  }
  await page.click('main button');
}

test('a file with a fault is told at row and column in words, and nothing is worked out', async () => {
  const path = await open(2014, 'Kartläggning 2014');
  for (const [text, told] of [['A,B,count\n1,0,3\n1,2,4\n', /Rad 3, kolumn 2: I en lista står något annat än 0 eller 1/],
    ['A,B\n1,0\n', /Kolumnen count saknas/], ['A,B,count\n0,0,3\n', /Rad 2, kolumn 1: Raden har 0 på alla listor/], ['', /Välj en fil|Filen är tom/]]) {
    await upload(path, text);
    assert.match(await people.analyst.textContent('[role=alert]'), told);
  }
  await people.analyst.goto(city.url + path);
  assert.match(await main(people.analyst), /Väntar på underlag/);
});

test('before anybody is asked for a list, one sees what a mapping would give', async () => {
  const page = people.coordinator;
  await page.goto(city.url + '/kartlaggningar');
  await page.click('text=Pröva en kartläggning');
  await page.click('main button');
  assert.match(await page.textContent('[role=alert]'), /Hur många människor kan det vara/);
  for (const [id, value] of [['antal', 800], ['lista1', 20], ['lista2', 15], ['lista4', 10]])
    await page.fill('#' + id, String(value));
  await page.click('main button');
  assert.match(await main(page), /Omkring 3[01]\d människor skulle synas på någon lista/);
  assert.match(await main(page), /lista 4 \(10 av hundra\)/);
  assert.match(await main(page), /Lista 1 är den som är mest värd att få/);
  assert.equal(await page.locator('main tbody tr').count(), 3);
  assert.equal(await page.inputValue('#lista4'), '10');
  await assertAccessible(page);
});
async function picture(page, name) {
  if (!process.env.PICTURES)
    return;
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${process.env.PICTURES}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 360, height: 740 });
}

// What the answer rests on, for who works it out and who approves it: the methods side by side, and each list left out.
async function readEvidence(page, path) {
  await page.goto(city.url + path);
  const told = plain(await main(page));
  assert.match(told, /Vad svaret vilar på Antalet är räknat på 5 sätt, och \d av dem gav ett svar: mellan [\d ]+ och [\d ]+\./);
  assert.match(told, /Utan listan ”.+” blir svaret .+, utanför det spann som alla listor ger\./);
  assert.match(told, /modeller passar uppgifterna nästan lika bra/);
  const ways = await page.locator('table:has-text("Bygger på"):has-text("Chao") tbody tr').allTextContents();
  assert.equal(ways.length, 6);
  assert.equal(await page.locator('table:has-text("Utan en lista i taget") tbody tr').count(), 5);
  if (page !== people.analyst) // axe needs JavaScript
    await assertAccessible(page, path);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'what the answer rests on scrolls sideways');
  await picture(page, `evidence-${page === people.analyst ? 'analyst' : 'approver'}`);
}

// What would change it, for everyone: the range over the methods with what each rests on, and none of their own figures.
async function readChanges(page) {
  const bare = await visit(null, { javaScriptEnabled: false });
  for (const [reader, language] of [[page, ''], [bare, ''], [bare, '/en']]) {
    await reader.goto(city.url + language + '/kartlaggning/1281-2015');
    const told = plain(await main(reader));
    assert.match(told, language ? /Worked out in several ways, the answers lie between [\d,]+ and [\d,]+\./
      : /Räknat på flera sätt ligger svaren mellan [\d ]+ och [\d ]+\./);
    assert.match(told, language ? /What would change the answer.*The lists cannot show which is right\./
      : /Vad skulle ändra svaret.*Listorna kan inte visa vilket som är rätt\./);
    assert.equal(await reader.locator('#andra ~ h3 + ul li').count(), 5);
    assert.doesNotMatch(told, /Utan listan|Without the list/);
    assert.ok(await reader.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the report scrolls sideways');
  }
  await bare.context().close();
  await assertAccessible(page, '/kartlaggning/1281-2015');
  await picture(page, 'report-changes');
  const csv = await (await fetch(city.url + '/kartlaggning/1281-2015/rapport.csv')).text();
  assert.match(csv, /^estimate;methods;[^;]+;[^;]+;;\d+;\d+;/m);
}

test('two persons publish a mapping, and the start page picks it up', async () => {
  sql(city.city, "insert into situation_told values ('2015-03', 'labour', 'north', 60), ('2015-05', 'labour', 'south', 20)");
  sql(city.city, "insert into situation_year values (2015, 'labour', 'hotel', 58), (2015, 'labour', 'site', 22)");
  const path = await open(2015, 'Kartläggning 2015');
  const told = await work(path, ned);
  assert.match(told, /Vad programmet kom fram till/);
  assert.match(told, /Det här är osäkert/);
  assert.match(told, /Vad den bästa angriparen kan räkna ut/);
  assert.match(told, /För små för att visas[^]*Människor på varje kombination av listor/);
  await readEvidence(people.analyst, path);
  await propose(path);
  await readEvidence(people.approver, path);
  await people.coordinator.goto(city.url + path);
  assert.doesNotMatch(await main(people.coordinator), /Vad svaret vilar på/);
  await approve(path);
  await wait(people.approver, path, 'Läs den publicerade rapporten');
  const reader = await visit();
  await reader.goto(city.url + '/');
  assert.match(await main(reader), /Kartläggning 2015/);
  await reader.goto(city.url + '/kartlaggning/1281-2015');
  assert.match(await main(reader), /Kartläggning 2015/);
  await readChanges(reader);
  assert.match(await main(reader), /rapporter om situationer, inte personer.*Alla slag\s*cirka (75|80|85)/s);
  const { tables, situations } = await (await reader.request.get(city.url + '/kartlaggning/1281-2015/rapport.json')).json();
  assert.deepEqual(situations.map(row => row.code).slice(0, 3), ['all', 'form-sexual', 'form-labour']);
  assert.ok(!('situations' in tables), 'situations stand among tables of people');
  await people.analyst.goto(city.url + path);
  assert.doesNotMatch(await main(people.analyst), /Vad svaret vilar på/);
  if (process.env.PICTURES)
    await reader.screenshot({ path: `${process.env.PICTURES}/published-situations.png`, fullPage: true });
  await reader.context().close();
});

test('who has proposed does not approve', async () => {
  const path = await open(2016, 'Kartläggning 2016');
  await work(path, ned);
  await propose(path);
  await people.analyst.goto(city.url + path + '/beslut');
  assert.match(await main(people.analyst), /Du har själv lämnat underlaget eller föreslagit publiceringen/);
  assert.equal(await people.analyst.locator('main form').count(), 0);
  await people.coordinator.goto(city.url + path);
  assert.equal(await people.coordinator.locator('text=Besluta om publicering').count(), 0);
});

test('a rejection needs a reason, which the analyst reads', async () => {
  const path = await open(2017, 'Kartläggning 2017');
  await work(path, ned);
  await propose(path);
  const page = people.approver;
  await page.goto(city.url + path + '/beslut');
  await page.check('input[value=reject]');
  await page.click('main button');
  assert.match(await page.textContent('[role=alert]'), /Skriv varför du avslår/);
  await page.fill('#reason', 'Källan är inte namngiven.');
  await page.click('main button');
  await people.analyst.goto(city.url + path);
  assert.match(await main(people.analyst), /avslagen[^]*Källan är inte namngiven\./);
});

test('an approval can be undone until its day', async () => {
  const path = await open(2018, 'Kartläggning 2018');
  await work(path, ned);
  await propose(path);
  const later = day(10);
  await approve(path, later);
  assert.match(await main(people.approver), /Godkänd/);
  const reader = await visit();
  assert.equal((await reader.goto(city.url + '/kartlaggning/1281-2018')).status(), 404);
  await reader.context().close();
  await people.approver.click('text=Ångra godkännandet');
  assert.match(await main(people.approver), /Väntar på godkännande/);
});

// Asks somebody without an account to read the draft; the letter that comes.
async function shareDraft(path, email) {
  const page = people.coordinator;
  await page.goto(city.url + path);
  await page.click('text=Läsare av utkastet');
  await page.fill('#name', 'Nämndledamot Exempel');
  await page.fill('#email', email);
  await page.click('main form button:text("Skicka länken")');
  const [letter] = await post.wait(1, l => l.to === email);
  return letter;
}

test('a named reader without an account reads the draft until the link is ended', async () => {
  const path = await open(2020, 'Kartläggning 2020');
  await work(path, ned);
  const letter = await shareDraft(path, 'ledamot@exempel.se');
  assert.equal(letter.subject, 'Läs ett utkast: Kartläggning 2020');
  const link = new URL(letter.plain.match(/http\S+\/utkast\/\S+/)[0]).pathname;
  const reader = await visit(null, { javaScriptEnabled: false });
  const answer = await reader.goto(city.url + link);
  assert.equal(answer.status(), 200);
  assert.match(answer.headers()['x-robots-tag'], /noindex/);
  assert.match(answer.headers()['cache-control'], /no-store/);
  assert.match(await reader.title(), /^Utkast/);
  assert.match(await main(reader), /Utkast[^]*inte publicerat[^]*Nämndledamot Exempel[^]*Varje läsning antecknas/);
  assert.equal(await reader.locator('main a[href*="/kartlaggningar"]').count(), 0);

  const page = people.coordinator;
  await page.goto(city.url + path + '/lasare');
  assert.match(await main(page), /Nämndledamot Exempel[^]*1, senast/);
  const unknown = await (await reader.goto(city.url + '/utkast/' + 'A'.repeat(43))).text();
  await page.click('text=Avsluta länken');
  const ended = await reader.goto(city.url + link);
  assert.equal(ended.status(), 404);
  assert.equal(await ended.text(), unknown);
  assert.match(await main(page), /Avslutad/);
  assert.ok(!city.log.join('\n').includes(link), 'the link stands in the server\'s log');
  await reader.context().close();
});

test('a link to a draft leads nowhere once the mapping is published', async () => {
  const path = await open(2021, 'Kartläggning 2021');
  await work(path, nedTwice);
  const letter = await shareDraft(path, 'ledamot2@exempel.se');
  const link = city.url + new URL(letter.plain.match(/http\S+\/utkast\/\S+/)[0]).pathname;
  const reader = await visit();
  await reader.goto(link);
  await assertAccessible(reader, '/utkast');
  assert.match(await main(reader), /Jämfört med tidigare[^]*Fler personer är kända än 2015/);
  assert.ok(await reader.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the draft scrolls sideways');
  await propose(path);
  await approve(path);
  await wait(people.approver, path, 'Läs den publicerade rapporten');
  assert.equal((await reader.goto(link)).status(), 404);
  await assertAccessible(reader, '/utkast without a draft');
  await reader.context().close();
});

// A step that is followed by the next before its letter is written waits for nobody: so the test waits for each letter.
test('each step is told by letter, once, to those it waits for', async () => {
  const about = { lists: 'Väntar på underlag: Kartläggning 2022', made: 'Färdigräknad: Kartläggning 2022', proposed: 'Väntar på ditt beslut: Kartläggning 2022' };
  const told = subject => post.wait(1, l => l.subject === subject);
  const path = await open(2022, 'Kartläggning 2022');
  await told(about.lists);
  await work(path, ned);
  await told(about.made);
  await propose(path);
  const [letter] = await told(about.proposed);
  assert.deepEqual(letter.defects, []);
  assert.match(letter.plain, new RegExp(`${path}\\b`));
  assert.doesNotMatch(letter.plain, /cirka|färre än/);
  // The analyst may approve as well, but not this one.
  assert.deepEqual(post.letters().filter(l => Object.values(about).includes(l.subject)).map(l => [l.to, l.subject]),
    [['analytiker@lund.example', about.lists], ['analytiker@lund.example', about.made], [city.accounts.approver, about.proposed]]);
});

async function correct(name, reason) {
  const page = people.coordinator;
  await page.goto(city.url + '/kartlaggningar');
  await page.click(`a[aria-label="Rätta ${name}"]`);
  await page.fill('#reason', reason);
  await page.fill('#specification', 'Samma fil.');
  await page.fill('#title_sv', 'Rättad rubrik 2013');
  await page.click('main button');
  return new URL(page.url()).pathname;
}

test('a correction that would reveal a figure is refused, naming the pair and the figure', async () => {
  const path = await correct('1281-2013', 'Fem personer till.');
  const told = await work(path, uk.replace('1,0,0,0,0,0,54', '1,0,0,0,0,0,59'), ukNames);
  assert.match(told, /Kan inte publiceras/);
  assert.match(told, /Den här versionen och 1281-2013, som redan är publicerad, skulle tillsammans röja en siffra: personer som finns hos Kommuner men inte hos/);
  // 54 and 59 are rounded to 50 and 55, or to 55 and 60: the key decides.
  assert.match(told, /mellan (51 och 54|56 och 59) personer/);
  assert.equal(await people.analyst.locator('text=Föreslå publicering').count(), 0);
});

test('a correction of words is a new version, and the old page says so', async () => {
  const path = await correct('1281-2013', 'Rubriken var fel.');
  await work(path, uk, ukNames);
  await propose(path);
  await approve(path);
  await wait(people.approver, path, 'Läs den publicerade rapporten');
  const reader = await visit(null, { javaScriptEnabled: false });
  await reader.goto(city.url + '/kartlaggning/1281-2013');
  assert.match(await main(reader), /Den här versionen är rättad\.[^]*Rubriken var fel\./);
  await reader.click('text=Läs den rättade versionen');
  assert.match(await main(reader), /Rättad rubrik 2013[^]*Det här är en rättad version/);
  await reader.goto(city.url + '/kartlaggning');
  assert.equal(await reader.locator('a[href="/kartlaggning/1281-2013"]').count(), 0);
  assert.equal(await reader.locator('a[href="/kartlaggning/1281-2013-v2"]').count(), 1);
  await reader.context().close();
});

test('a report is laid beside the earlier round that can be compared, and says what differs in the other', async () => {
  const reader = await visit(null, { javaScriptEnabled: false });
  for (const [path, beside] of [['', 'figure:has-text("period för period") tbody tr'], ['/lagesbild', 'table:has-text("period för period") tbody tr']]) {
    await reader.goto(city.url + '/kartlaggning/1281-2021' + path);
    const told = plain(await main(reader));
    const [, now, before] = told.match(/Fler personer är kända än 2015\. Nu är det cirka ([\d ]+), då var det cirka ([\d ]+)\./);
    assert.match(told, /Det är ungefär (99|100|101) procent fler\./);
    assert.match(told, /Siffrorna går inte att jämföra med dem för 2013\. Det här skiljer: vilka listor som finns\./);
    assert.match(told, /Om fler blir kända behöver det inte betyda att fler utsätts\./);
    const rows = (await reader.locator(beside).allTextContents()).map(plain);
    assert.ok(rows.some(row => row.includes(`Kända personer`) && row.includes(before) && row.includes(now)), rows.join('|'));
    assert.ok(await reader.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path + ' scrolls sideways');
  }
  const pdf = execFileSync('pdftotext', ['-', '-'], { input: Buffer.from(await (await fetch(city.url + '/kartlaggning/1281-2021/rapport.pdf')).arrayBuffer()), encoding: 'utf-8' });
  assert.match(plain(pdf), /Fler personer är kända än 2015\./);
  const english = await visit();
  await english.goto(city.url + '/en/kartlaggning/1281-2021');
  await assertAccessible(english, '/en/kartlaggning/1281-2021');
  assert.match(plain(await main(english)), /More persons are known than in 2015\./);
  await english.context().close();
  await reader.context().close();
});

test('the catalogue of open data is read by rdflib, and every file it names is there', async () => {
  const read = await readCatalogue(city.url + '/oppnadata/katalog.rdf');
  assert.equal(read.publisher, 'Lund (exempel)');
  assert.deepEqual(Object.keys(read.sets).sort(), ['1281-2013-v2', '1281-2015', '1281-2021'].map(name => `${city.url}/kartlaggning/${name}`));
  const set = read.sets[`${city.url}/kartlaggning/1281-2013-v2`];
  assert.equal(set.titles.sv, 'Rättad rubrik 2013');
  assert.equal(set.replaces, `${city.url}/kartlaggning/1281-2013`);
  assert.equal(set.start, '2013-01-01');
  assert.ok(set.publisher);
  const files = Object.entries(set.files);
  for (const ending of ['lists.csv', 'lists.json', 'cube.csv', 'rapport.pdf', 'rapport.xlsx', 'rapport.px'])
    assert.ok(files.some(([url]) => url.endsWith('/' + ending)), ending);
  for (const [url, [format, licence, access]] of files) {
    assert.equal((await fetch(url)).status, 200, url);
    assert.match(format, /\/authority\/file-type\/(CSV|JSON|PDF|XLSX|TXT)$/);
    assert.match(licence, /publicdomain\/zero/);
    assert.equal(access, url);
  }
});

test('a file that has not changed is not sent again', async () => {
  for (const path of ['/kartlaggning/1281-2013-v2/lists.csv', '/kartlaggning/1281-2013-v2/rapport.xlsx', '/oppnadata/katalog.rdf']) {
    const first = await fetch(city.url + path);
    const tag = first.headers.get('etag');
    assert.ok(tag, path);
    assert.equal(first.headers.get('cache-control'), 'no-cache', path);
    await first.arrayBuffer();
    assert.equal((await fetch(city.url + path, { headers: { 'If-None-Match': tag } })).status, 304, path);
  }
});

test('years that are published are corrected and not opened again', async () => {
  const page = people.coordinator;
  await page.goto(city.url + '/kartlaggningar/ny');
  await page.fill('#first_year', '2013');
  await page.click('main button');
  assert.match(await page.textContent('[role=alert]'), /redan en publicerad kartläggning/);
});

test('a withdrawn report keeps its address, says why, and shows no figure', async () => {
  const page = people.approver;
  await page.goto(city.url + '/kartlaggningar');
  await page.click('a[aria-label="Dra tillbaka 1281-2015"]');
  await page.click('main button');
  assert.match(await page.textContent('[role=alert]'), /Skäl/);
  await page.fill('#reason', 'En lista var från fel år.');
  await page.click('main button');
  const reader = await visit();
  const answer = await reader.goto(city.url + '/kartlaggning/1281-2015');
  assert.equal(answer.status(), 200);
  assert.match(await main(reader), /tillbakadragen[^]*En lista var från fel år\./);
  assert.doesNotMatch(await main(reader), /cirka/);
  for (const path of ['/kartlaggning/1281-2015/sammanfattning', '/kartlaggning/1281-2015/lagesbild', '/en/kartlaggning/1281-2015/lagesbild']) {
    await reader.goto(city.url + path);
    assert.match(await main(reader), /En lista var från fel år\./);
    assert.doesNotMatch(await main(reader), /cirka|about|procent|Jämfört|Compared/, path);
  }
  for (const name of ['lists.csv', 'sammanfattning.pdf', 'situation.pdf', 'rapport.xlsx'])
    assert.equal((await fetch(`${city.url}/kartlaggning/1281-2015/${name}`)).status, 410, name);
  await reader.goto(city.url + '/kartlaggning/1281-2021');
  assert.doesNotMatch(await main(reader), /2015/);
  await reader.context().close();
});

test('every page of the work is accessible and fits a phone, in both languages', async () => {
  const made = await open(2019, 'Kartläggning 2019');
  await work(made, ned);
  const paths = {
    coordinator: ['/kartlaggningar', '/kartlaggningar/ny', '/kartlaggningar/utgava/1281-2013-v2/ratta', made, made + '/lasare', '/en' + made + '/lasare'],
    analyst: [made, '/en' + made, made + '/underlag', made + '/utkast'],
    approver: ['/kartlaggningar', '/en/kartlaggningar', made + '/beslut', '/kartlaggningar/utgava/1281-2013-v2/dra-tillbaka', '/kartlaggning/1281-2015'],
  };
  for (const [role, all] of Object.entries(paths)) {
    const page = await visit(role, { viewport: { width: 320, height: 640 } });
    for (const path of all) {
      assert.equal((await page.goto(city.url + path)).status(), 200, path);
      await assertAccessible(page, path);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path + ' scrolls sideways');
    }
    await page.context().close();
  }
});

test('a list keeper sees how far it has come, and no figures', async () => {
  const page = await visit('list-keeper');
  await page.goto(city.url + '/kartlaggningar');
  await page.click('text=Kartläggning 2019');
  assert.match(await main(page), /Färdigräknad/);
  assert.doesNotMatch(await main(page), /Skyddsrapport/);
  assert.equal((await page.goto(page.url() + '/utkast')).status(), 404);
  await page.context().close();
});

test('the situations of its years stand beside the lists of a mapping, rounded and as evidence of their own', async () => {
  sql(city.city, "insert into situation_told values ('2012-03', 'labour', 'north', 60), ('2012-04', 'labour', 'south', 2), ('2013-01', 'sexual', 'north', 90)");
  sql(city.city, "insert into situation_year values (2012, 'labour', 'hotel', 40), (2012, 'labour', 'site', 22), (2013, 'sexual', 'home', 90)");
  const path = await open(2012, 'Kartläggning med situationer (exempel)');
  const page = people.coordinator;
  assert.match(await main(page), /Situationer som nätverket har räknat.*läggs aldrig ihop med dem.*Alla slag\s*(60|65|70) \(\d+–\d+\).*På ett hotell[^\d]*(35|40|45) \(\d+–\d+\)/s);
  assert.doesNotMatch(await main(page), /\b62 \(/, 'an exact number is shown');
  await assertAccessible(page, path);
  if (process.env.PICTURES)
    await page.screenshot({ path: `${process.env.PICTURES}/situations.png`, fullPage: true });
  assert.doesNotMatch(await main((await page.goto(city.url + await open(2011, 'Utan situationer (exempel)')), page)), /Situationer som nätverket/);
});

test('a city that began with a programme\'s specification begins its mappings from it', async () => {
  sql(city.city, "insert into mapping_specification values (1, 'de som räknas i länet', 'who is counted in the county', '', '', "
    + "'Alla som finns på listorna i länet.', 'code,sv,en\nLA,Kommunerna i länet,Local authorities of the county\n')");
  const page = people.coordinator;
  await page.goto(city.url + '/kartlaggningar/ny');
  assert.equal(await page.inputValue('#people_sv'), 'de som räknas i länet');
  assert.equal(await page.inputValue('#specification'), 'Alla som finns på listorna i länet.');
  await assertAccessible(page, '/kartlaggningar/ny');
  const path = await open(1999, 'Från mallen');
  await people.analyst.goto(city.url + path + '/underlag');
  const link = people.analyst.locator('main a[href$="/namn.csv"]');
  assert.match(await main(people.analyst), /Staden började med ett programs namn på listor och grupper/);
  if (process.env.PICTURES)
    for (const width of [1280, 360]) {
      await people.analyst.setViewportSize({ width, height: 740 });
      await people.analyst.screenshot({ path: `${process.env.PICTURES}/underlag-namn-${width}.png`, fullPage: true });
    }
  const got = people.analyst.waitForEvent('download');
  await link.click().catch(() => {}); // it is a file: the page stays
  assert.equal(readFileSync(await (await got).path(), 'utf-8'), 'code,sv,en\nLA,Kommunerna i länet,Local authorities of the county\n');
});
