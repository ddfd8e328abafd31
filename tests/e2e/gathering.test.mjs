// J7: agencies' lists go through the portal as sealed codes, from keys to a published mapping, without JavaScript for
// those who keep the lists. The people are simulated, so that their number is known; with LISTS=febrl4 they are those of
// tests/data/linkage, of whom two agencies have a known part each (./test --long).
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, kept, openBrowser, openCity, program, signIn, signInAs } from './city.mjs';

const simulate = join(dirname(program), '..', 'tests', 'simulation', 'simulate');
const febrl = process.env.LISTS === 'febrl4';
const people = febrl ? 5000 : 900;
const agencies = ['Socialtjänsten (exempel)', 'Polisen (exempel)', 'Stödboendet (exempel)'].slice(0, febrl ? 2 : 3);
const born = febrl ? 'date_of_birth' : 'född';

let city, browser, folder, path;
const keepers = [], visitor = {};
before(async () => {
  city = await openCity();
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), 'lykta-lists-'));
  if (febrl)
    [['a', 0.5], ['b', 0.4]].forEach(([list, share], i) => partOfFebrl(`febrl4${list}.csv`, list, share, join(folder, `list${i + 1}.csv`)));
  else
    execFileSync(simulate, ['--people', String(people), '--shares', '0.4,0.35,0.3', '--errors', 'careful', '--seed', '11', folder]);
  for (const role of ['coordinator', 'analyst', 'approver'])
    await signIn(visitor[role] = await visit({ bypassCSP: true }), city, role);
  for (const [i, name] of agencies.entries())
    keepers.push(await keeper(i, name));
});
after(async () => { await browser?.close(); await city?.close(); rmSync(folder, { recursive: true, force: true }); });

// `share` of the file's people: being on one list says nothing of the other.
function partOfFebrl(name, salt, share, out) {
  const [header, ...rows] = readFileSync(new URL(`../data/linkage/${name}`, import.meta.url), 'utf-8').trim().split('\n');
  const place = row => createHash('sha256').update(`${salt} ${row.split('-')[1]}`).digest()[0] / 256;
  writeFileSync(out, [header, ...rows.filter(row => place(row) < share)].join('\n') + '\n');
}

async function visit(options) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  return context.newPage();
}

// Somebody at an agency: an account, a browser without scripts, and a folder of the agency's own.
async function keeper(i, name) {
  const email = `lista${i}@lund.example`;
  const made = execFileSync(program, ['user', 'add', city.city, '--email', email, '--name', `Exempel ${i}`, '--role', 'list-keeper'], { encoding: 'utf-8' });
  const page = await visit({ javaScriptEnabled: false });
  await signInAs(page, city, email, made.match(/password: (\S+)/)[1]);
  const own = join(folder, String(i));
  mkdirSync(own);
  return { name, page, own, list: join(folder, `list${i + 1}.csv`) };
}

function run(where, ...words) {
  const out = spawnSync(program, words, { cwd: where, encoding: 'utf-8' });
  assert.equal(out.status, 0, out.stderr);
  return out.stdout;
}

// A number as the page writes it, thousands apart.
const shown = n => String(n).replace(/\B(?=(\d{3})+$)/g, '\\s');

const main = page => page.textContent('main');
const see = page => page.goto(city.url + path + '/listor');

// Hands files in by the form at `step`.
async function hand(page, step, files, button = 'button') {
  await see(page);
  const form = page.locator(`form[action$="/listor/${step}"]`);
  for (const [id, file] of Object.entries(files))
    await form.locator(`input[name="${id}"]`).setInputFiles(file);
  await form.locator(button).click();
  await page.waitForLoadState();
}

// What who links runs, as the page says.
const linking = page => page.textContent('h2:has-text("Länka listorna") ~ pre >> nth=0');

// An address, asked for as who is signed in on the page.
async function get(page, href) {
  const cookie = (await page.context().cookies()).find(one => one.name === '__Host-lykta');
  return fetch(city.url + href, { headers: { cookie: `${cookie.name}=${cookie.value}` }, redirect: 'manual' });
}

// What the page offers, into a folder.
async function fetchAll(page, where, pattern) {
  await see(page);
  for (const href of await page.$$eval('main a', (all, p) => all.map(a => a.getAttribute('href')).filter(x => new RegExp(p).test(x)), pattern)) {
    const answer = await get(page, href);
    assert.equal(answer.status, 200, href);
    writeFileSync(join(where, href.split('/').pop()), Buffer.from(await answer.arrayBuffer()));
  }
}

// For who looks at the pages: PICTURES=folder.
async function picture(page, name) {
  for (const width of process.env.PICTURES ? [360, 1280] : []) {
    await page.setViewportSize({ width, height: 740 });
    await page.screenshot({ path: join(process.env.PICTURES, `gathering-${name.replaceAll(' ', '-')}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 360, height: 740 });
}

const keyNames = async page => (await page.$$eval('main a[href*="/fil/lista-"]', all => all.map(a => a.textContent)));

test('the coordinator begins a gathering with the schema, and nothing but a schema', async () => {
  const page = visitor.coordinator;
  await page.goto(city.url + '/kartlaggningar/ny');
  await page.fill('#first_year', '2019');
  for (const [id, text] of [['title_sv', 'Kodade listor 2019'], ['title_en', 'Encoded lists 2019'], ['source_sv', 'Simulerade listor (exempel)'],
    ['source_en', 'Simulated lists (example)'], ['specification', 'Alla på listorna (exempel).']])
    await page.fill('#' + id, text);
  await page.check('input[name=example]');
  await page.click('main button');
  path = new URL(page.url()).pathname;
  await page.click('text=Kodade listor >> visible=true');
  const guess = JSON.parse(run(folder, 'encode', '--guess', 'list1.csv'));
  writeFileSync(join(folder, 'schema.json'), JSON.stringify(guess));
  await hand(page, 'borja', { file: join(folder, 'schema.json') });
  assert.match(await page.textContent('[role=alert]'), /inget schema som går att använda/);
  writeFileSync(join(folder, 'schema.json'), JSON.stringify({ ...guess, project: 'Exempelstaden', round: '2019-1' }));
  await hand(page, 'borja', { file: join(folder, 'schema.json') });
  assert.match(await main(page), /Nycklarna samlas in/);
  await assertAccessible(page, 'keys');
});

test('keys are handed in, and never the half that stays at home', async () => {
  const linker = join(folder, 'linker');
  mkdirSync(linker);
  run(linker, 'keys', 'make', '--name', 'Länkaren (exempel)', '-o', 'lankare.key');
  await hand(visitor.analyst, 'lankare', { file: join(linker, 'lankare.pub') });
  for (const x of keepers) {
    run(x.own, 'keys', 'make', '--name', x.name, '-o', 'egen.key');
    await hand(x.page, 'nyckel', { file: join(x.own, 'egen.key') });
    assert.match(await x.page.textContent('[role=alert]'), /slutar på \.key ska aldrig lämnas/);
    await hand(x.page, 'nyckel', { file: join(x.own, 'egen.pub') });
    assert.match(await main(x.page), new RegExp(x.name.replace(/[()]/g, '\\$&')));
  }
  await hand(keepers[0].page, 'nyckel', { file: join(keepers[1].own, 'egen.pub') });
  assert.match(await keepers[0].page.textContent('[role=alert]'), /en annan lista samma namn eller nyckel/);
  await hand(visitor.coordinator, 'klara', {});
  assert.match(await main(visitor.coordinator), /Siffrorna jämförs/);
});

test('digits are compared by the agencies\' own programs, and one who hears others stops it all', async () => {
  const last = keepers.at(-1);
  let names;
  for (const x of keepers) {
    await fetchAll(x.page, x.own, '/listor/fil/');
    names = await keyNames(x.page);
    x.digits = run(x.own, 'keys', 'digits', '--schema', 'schema.json', '--reader', 'lankare.pub', ...names).trim();
    assert.doesNotMatch(await main(x.page), new RegExp(x.digits.slice(0, 11)), 'the portal shows the digits');
    await x.page.check(x === last ? 'input[value=other]' : 'input[value=same]');
    await x.page.locator('form[action$="/siffror"] button').click();
  }
  assert.equal(new Set(keepers.map(x => x.digits)).size, 1);
  await see(visitor.coordinator);
  assert.match(await main(visitor.coordinator), /Siffrorna jämförs[^]*olika/);
  await see(last.page);
  await last.page.check('input[value=same]');
  await last.page.locator('form[action$="/siffror"] button').click();
  assert.match(await main(last.page), /Hemligheten ska delas/);
  const first = keepers[0];
  run(first.own, 'keys', 'share', '--schema', 'schema.json', '--reader', 'lankare.pub', '--key', 'egen.key', ...names, '-o', 'hemlighet.keys');
  writeFileSync(join(first.own, 'damaged.keys'), readFileSync(join(first.own, 'hemlighet.keys'), 'utf-8').replace(/[0-9a-f]\n$/, 'g\n'));
  await hand(first.page, 'hemlighet', { file: join(first.own, 'damaged.keys') });
  assert.match(await first.page.textContent('[role=alert]'), /delar ingen hemlighet/);
  await hand(first.page, 'hemlighet', { file: join(first.own, 'hemlighet.keys') });
  assert.match(await main(first.page), /Listorna lämnas/);
});

// A list of three people is neither fetched nor linked before the coordinator has said yes.
async function handShort(x) {
  writeFileSync(join(x.own, 'kort.json'), JSON.stringify({ people: 3, fields: [] }));
  await hand(x.page, 'lista', { file: join(x.own, 'lista.clk'), told: join(x.own, 'kort.json') });
  const fetched = () => visitor.analyst.locator('main a[href$=".clk"]').count();
  await see(visitor.analyst);
  assert.equal(await fetched(), keepers.length - 1);
  assert.match(await main(visitor.analyst), /förrän samordnaren har sagt ja/);
  await see(visitor.coordinator);
  await assertAccessible(visitor.coordinator, 'a short list');
  await visitor.coordinator.click('text=Ja, de får länkas');
  await see(visitor.analyst);
  assert.equal(await fetched(), keepers.length);
  assert.match(await linking(visitor.analyst), / --few -o /);
}

test('lists are taken sealed alone, and an agency sees the size of its own', async () => {
  const last = keepers.at(-1);
  for (const x of keepers) {
    await fetchAll(x.page, x.own, 'hemlighet');
    run(x.own, 'keys', 'take', '--schema', 'schema.json', '--key', 'egen.key', '--digits', x.digits, 'hemlighet.keys', '-o', 'egen.secret');
    writeFileSync(join(x.own, 'lista.json'), run(x.own, 'encode', '--schema', 'schema.json', '--secret', 'egen.secret', x.list, '-o', 'lista.clk', '--rows', 'rader.csv', '--json'));
    await hand(x.page, 'lista', { file: x.list });
    assert.match(await x.page.textContent('[role=alert]'), /inte förseglad[^]*Den har inte sparats/);
    if (x === last)
      await handShort(x);
    await hand(x.page, 'lista', { file: join(x.own, 'lista.clk'), told: join(x.own, 'lista.json') });
    x.people = readFileSync(x.list, 'utf-8').trim().split('\n').length - 1;
  }
  assert.match(await main(last.page), /Alla listor är lämnade/);
  assert.match(await main(last.page), new RegExp(`\\b${shown(last.people)}\\b`));
  assert.doesNotMatch(await main(last.page), new RegExp(`\\b${shown(keepers[0].people)}\\b`));
  await see(visitor.coordinator);
  for (const x of keepers)
    assert.match(await main(visitor.coordinator), new RegExp(`\\b${shown(x.people)}\\b[^]*${born} \\d+\\s%`));
  await see(visitor.analyst);
  const [sealed] = await visitor.analyst.$$eval('main a[href$=".clk"]', all => all.map(a => a.getAttribute('href')));
  for (const page of [visitor.coordinator, visitor.approver, keepers[0].page])
    assert.equal((await get(page, sealed)).status, 403);
  await assertAccessible(visitor.coordinator, 'lists');
  for (const page of [visitor.coordinator, visitor.analyst, keepers[0].page])
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the page scrolls sideways');
});

test('nothing of a list, and no secret, can be read in the city\'s folder', () => {
  const stored = kept(city.city);
  const names = readFileSync(keepers[0].list, 'latin1').split('\n').slice(1, 200).map(line => line.split(';').slice(0, 2).join(';'));
  for (const name of names)
    assert.ok(name.length < 5 || !stored.includes(name));
  const clear = readFileSync(join(keepers[0].own, 'egen.secret'), 'utf-8');
  for (const word of clear.match(/[0-9a-f]{64}/g).filter(hex => !readFileSync(join(folder, 'linker', 'lankare.pub'), 'utf-8').includes(hex)))
    assert.ok(!stored.includes(word) && !stored.includes(Buffer.from(word, 'hex').toString('latin1')) || isPublic(word), 'a secret is stored');
});

// The schema's hash stands in the shared file, and is no secret.
const isPublic = hex => readFileSync(join(keepers[0].own, 'hemlighet.keys'), 'utf-8').includes(hex);

// Who a place in the encoded list of `x` is: the simulation's number, or the row's own of FEBRL.
function personAt(x, place) {
  const line = readFileSync(join(x.own, 'rader.csv'), 'utf-8').split('\n')[place].split(',')[1];
  const truth = febrl ? x.list : x.list.replace(/list(\d)/, 'truth$1');
  const row = readFileSync(truth, 'utf-8').split('\n')[line - 1];
  return febrl ? row.split('-')[1] : row;
}

const numberOf = legend => legend.match(/Fråga (\d+): nummer (\d+) i rader\.csv/).slice(1).map(Number);

// What a keeper sees without scripts, in a browser that has them to examine it.
async function examine(page, name) {
  const other = await visit({ bypassCSP: true });
  await other.context().addCookies(await page.context().cookies());
  await other.goto(page.url());
  await assertAccessible(other, name);
  assert.ok(await other.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the page scrolls sideways');
  await picture(other, name);
  await other.context().close();
}

// The part of the questions that is shown, as numbers of questions and of places.
const shownQuestions = async page => (await page.$$eval('form fieldset legend', all => all.map(x => x.textContent))).map(numberOf);

test('who links asks the list keepers, and nobody sees the other list\'s places', async () => {
  const analyst = visitor.analyst;
  const linker = join(folder, 'linker');
  await fetchAll(analyst, linker, '\\.clk$');
  assert.equal(await visitor.analyst.locator('main a[href$="svar.csv"]').count(), 0);
  const command = (await analyst.textContent('pre:has(+ form[action$="/listor/fraga"])')).trim();
  assert.match(command, /--sample fragor\.csv -o underlag\.csv$/);
  run(linker, ...command.split(' ').slice(1), '--imputations', '20');
  await hand(analyst, 'fraga', { file: join(linker, 'underlag.csv') });
  assert.match(await analyst.textContent('[role=alert]'), /inte frågor om de här listorna/);
  await hand(analyst, 'fraga', { file: join(linker, 'fragor.csv') });
  await assertAccessible(analyst, 'asked');
  const [own, other] = keepers;
  await see(own.page);
  await examine(own.page, 'keeper');
  await own.page.click(`[aria-label="Svara tillsammans med ${other.name}"]`);
  const address = new URL(own.page.url()).pathname;
  const asked = readFileSync(join(linker, 'fragor.csv'), 'utf-8').trim().split('\n').slice(1).map(line => line.split(','));
  for (const [number, place] of await shownQuestions(own.page)) {
    const [, listA, placeA, , placeB] = asked[number - 1];
    assert.equal(place, Number(listA === own.name ? placeA : placeB), 'not the place in one\'s own list');
  }
  await examine(own.page, 'questions');
  for (const page of [analyst, visitor.coordinator, visitor.approver])
    assert.equal((await get(page, address)).status, 403, 'only a list keeper answers');
  for (const page of [visitor.coordinator, own.page])
    assert.equal((await get(page, path + '/svar.csv')).status, 403);
  assert.equal((await get(other.page, address)).status, 404, 'questions of one\'s own list with itself');
});

test('two keepers answer without scripts and by keyboard, and what they say differently is told to both', async () => {
  const [own, other] = keepers;
  const asked = readFileSync(join(folder, 'linker', 'fragor.csv'), 'utf-8').trim().split('\n').slice(1).map(line => line.split(','));
  const shown = await shownQuestions(own.page);
  const truth = ([number]) => {
    const [, listA, placeA, listB, placeB] = asked[number - 1];
    const owner = name => keepers.find(x => x.name === name);
    return personAt(owner(listA), placeA) === personAt(owner(listB), placeB) ? 'same' : 'other';
  };
  await own.page.focus(`input[name=svar${shown[0][0]}]`);
  await own.page.keyboard.press('Space');
  await own.page.keyboard.press('ArrowDown');
  await own.page.keyboard.press('ArrowDown');
  assert.ok(await own.page.isChecked(`input[name=svar${shown[0][0]}][value=unsure]`));
  for (const one of shown.slice(1))
    await own.page.check(`input[name=svar${one[0]}][value=${truth(one)}]`);
  await own.page.click('main form button');
  await see(other.page);
  await other.page.click(`[aria-label="Svara tillsammans med ${own.name}"]`);
  assert.match(await main(other.page), /Den andra listansvariga har redan svarat/);
  const [first] = shown[1];
  await other.page.check(`input[name=svar${first}][value=${truth(shown[1]) === 'same' ? 'other' : 'same'}]`);
  await other.page.click('main form button');
  await see(visitor.analyst);
  assert.equal(await visitor.analyst.textContent('dt:has-text("Olika svar") + dd'), '1');
  await see(other.page);
  await other.page.click(`[aria-label="Svara tillsammans med ${own.name}"]`);
  assert.match(await other.page.textContent(`fieldset:has(input[name=svar${first}])`), /Ni har svarat olika/);
  await other.page.check(`input[name=svar${first}][value=${truth(shown[1])}]`);
  await other.page.click('main form button');
});

test('the answers go into the linkage, and the page says what they tell of it', async () => {
  const analyst = visitor.analyst;
  const linker = join(folder, 'linker');
  await see(analyst);
  assert.equal(await analyst.textContent('dt:has-text("Går inte att avgöra") + dd'), '1');
  await picture(analyst, 'analyst');
  writeFileSync(join(linker, 'svar.csv'), Buffer.from(await (await get(analyst, path + '/svar.csv')).arrayBuffer()));
  const command = (await analyst.textContent('pre:has(+ form[action$="/listor/traff"])')).trim();
  const words = command.split(' ').slice(1);
  assert.deepEqual(words.splice(-2), ['>', 'lankning.json']);
  writeFileSync(join(linker, 'lankning.json'), run(linker, ...words, '--imputations', '20'));
  await hand(analyst, 'traff', { file: join(linker, 'svar.csv') });
  assert.match(await analyst.textContent('[role=alert]'), /inte gjord med de svar som finns här nu/);
  await hand(analyst, 'traff', { file: join(linker, 'lankning.json') });
  const { sample, answers } = JSON.parse(readFileSync(join(linker, 'lankning.json'), 'utf-8'));
  await see(keepers[0].page);
  await examine(keepers[0].page, 'told to a keeper');
  for (const page of [analyst, visitor.coordinator, keepers[0].page]) {
    await see(page);
    const text = await main(page);
    assert.match(text, new RegExp(`svara ja eller nej på ${answers} av ${sample.parts.reduce((n, x) => n + x.asked, 0)} frågor`));
    assert.match(text, new RegExp(`${Math.round(100 * Math.round(1000 * sample.precision.share) / 1000)} procent av de rader som länkningen sätter ihop`));
  }
  await assertAccessible(analyst, 'answered');
  await picture(analyst, 'told');
});

test('who links hands the figures in, receipts come, and the report is published near the truth', async () => {
  const analyst = visitor.analyst;
  const linker = join(folder, 'linker');
  await see(analyst);
  assert.match((await linking(analyst)).trim(), /^lykta link --key lankare\.key (lista-\d+\.clk ){2,3}-o underlag\.csv$/);
  await analyst.click('text=Lämna underlaget');
  await analyst.setInputFiles('#histories', join(linker, 'underlag.csv'));
  await analyst.click('main form[enctype] button');
  await analyst.getByText('Färdigräknad').first().waitFor({ timeout: 120000 });
  for (const x of keepers) {
    run(x.own, 'keys', 'delete', 'egen.secret', '-o', 'kvitto.txt');
    await hand(x.page, 'kvitto', { file: join(x.own, 'lista.json') });
    assert.match(await x.page.textContent('[role=alert]'), /inget kvitto/);
    await hand(x.page, 'kvitto', { file: join(x.own, 'kvitto.txt') });
  }
  await see(visitor.coordinator);
  await visitor.coordinator.click('summary:has-text("Avsluta insamlingen")');
  await visitor.coordinator.click('text=Radera och avsluta');
  assert.match(await main(visitor.coordinator), /Insamlingen är avslutad[^]*raderades \d+ frågor och 21 svar/);
  assert.doesNotMatch(await main(visitor.coordinator), /inte än/);
  await see(analyst);
  assert.equal(await analyst.locator('main a[href$=".clk"]').count(), 0);
  await publish();
});

async function publish() {
  await visitor.analyst.goto(city.url + path);
  await visitor.analyst.click('text=Föreslå publicering');
  await visitor.approver.goto(city.url + path + '/beslut');
  await visitor.approver.check('input[value=approve]');
  await visitor.approver.click('main button');
  await visitor.approver.goto(city.url + path);
  await visitor.approver.getByText('Läs den publicerade rapporten').first().waitFor({ timeout: 120000 });
  const reader = await visit({});
  await reader.goto(city.url + '/kartlaggning/1281-2019');
  assert.match(await main(reader), /osäkerheten i modellen och i uppgifterna den bygger på/);
  const answer = await reader.request.get(city.url + '/kartlaggning/1281-2019/estimate.json');
  const estimate = await answer.json();
  assert.equal(estimate.interval, 'rubin');
  assert.ok(estimate.warnings.some(note => note.code === 'linkages'));
  const [lo, hi] = estimate.ci95;
  assert.ok(lo <= people && people <= hi, `${lo}-${hi} does not hold ${people}`);
  await reader.context().close();
}
