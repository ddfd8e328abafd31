// Lists go round four agencies through the portal, one of which drops out on the way, from opening to a published mapping; without
// JavaScript for those who keep the lists. The people are simulated.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, kept, openBrowser, openCity, program, signIn, signInAs, sql } from './city.mjs';

const simulate = join(dirname(program), '..', 'tests', 'simulation', 'simulate');
const agencies = ['Socialtjänsten (exempel)', 'Polisen (exempel)', 'Stödboendet (exempel)', 'Regionen (exempel)'];

let city, browser, folder, path;
const keepers = [], visitor = {};
before(async () => {
  city = await openCity();
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), 'lykta-ring-'));
  execFileSync(simulate, ['--people', '600', '--shares', '0.4,0.35,0.3,0.3', '--errors', 'careful', '--seed', '7', folder]);
  for (const role of ['coordinator', 'analyst', 'approver'])
    await signIn(visitor[role] = await visit({ bypassCSP: true }), city, role);
  for (const [i, name] of agencies.entries())
    keepers.push(await keeper(i, name));
});
after(async () => { await browser?.close(); await city?.close(); rmSync(folder, { recursive: true, force: true }); });

async function visit(options) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  return context.newPage();
}

// Somebody at an agency: an account, a browser without scripts, and a folder of the agency's own.
async function keeper(i, name) {
  const email = `ring${i}@lund.example`;
  const made = execFileSync(program, ['user', 'add', city.city, '--email', email, '--name', `Exempel ${i}`, '--role', 'list-keeper'], { encoding: 'utf-8' });
  const page = await visit({ javaScriptEnabled: false });
  await signInAs(page, city, email, made.match(/password: (\S+)/)[1]);
  const own = join(folder, String(i));
  mkdirSync(own);
  writeFileSync(join(own, 'lista.csv'), readFileSync(join(folder, `list${i + 1}.csv`)));
  return { name, page, own, people: 0 };
}

// A command as the page shows it, run in the agency's folder.
function run(where, words) {
  const out = spawnSync(program, words.match(/"[^"]*"|\S+/g).slice(1).map(word => word.replaceAll('"', '')), { cwd: where, encoding: 'utf-8' });
  assert.equal(out.status, 0, `${words}: ${out.stderr}`);
  return out;
}

const main = page => page.textContent('main');
const alert = page => page.textContent('[role=alert]');
const see = page => page.goto(city.url + path + '/listor');
const form = (page, step) => page.locator(`form[action$="/listor/${step}"]`);

async function hand(page, step, file) {
  await see(page);
  await form(page, step).locator('input[type=file]').setInputFiles(file);
  await form(page, step).locator('button').click();
  await page.waitForLoadState();
}

// An address, asked for as who is signed in on the page.
async function get(page, href) {
  const cookie = (await page.context().cookies()).find(one => one.name === '__Host-lykta');
  return fetch(city.url + href, { headers: { cookie: `${cookie.name}=${cookie.value}` }, redirect: 'manual' });
}

const links = (page, ending) => page.$$eval('main a', (all, end) => all.map(a => a.getAttribute('href')).filter(href => href.endsWith(end)), ending);

async function fetchAll(page, where, ending) {
  await see(page);
  const found = await links(page, ending);
  for (const href of found) {
    const answer = await get(page, href);
    assert.equal(answer.status, 200, href);
    writeFileSync(join(where, href.split('/').pop()), Buffer.from(await answer.arrayBuffer()));
  }
  return found;
}

// Everything that waits for an agency: fetched, raised by the commands of the page, and passed on. How many that was.
async function takeTurn(x) {
  const waiting = await fetchAll(x.page, x.own, '.ring');
  const commands = waiting.length ? (await form(x.page, 'ring-vidare').locator('xpath=preceding-sibling::pre[1]').textContent()).trim().split('\n') : [];
  assert.equal(commands.length, 2 * waiting.length);
  for (const words of commands) {
    const out = run(x.own, words);
    if (words.includes(' digits '))
      assert.match(out.stdout, /^(\d{5} ){5}\d{5}\n$/);
    else
      await hand(x.page, 'ring-vidare', join(x.own, words.split(' ').pop()));
  }
  return waiting.length;
}

async function noSidewaysScroll(page) {
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the page scrolls sideways');
}

async function picture(page, name) {
  if (!process.env.PICTURES)
    return;
  for (const [size, width] of [['mobile', 360], ['desktop', 1280]]) {
    await page.setViewportSize({ width, height: 740 });
    await page.screenshot({ path: join(process.env.PICTURES, `ring-${name}-${size}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 360, height: 740 });
}

test('the coordinator begins a ring, and says what is to be the same', async () => {
  const page = visitor.coordinator;
  await page.goto(city.url + '/kartlaggningar/ny');
  await page.fill('#first_year', '2018');
  for (const [id, text] of [['title_sv', 'Ringen 2018'], ['title_en', 'The ring 2018'], ['source_sv', 'Simulerade listor (exempel)'],
    ['source_en', 'Simulated lists (example)'], ['specification', 'Alla på listorna (exempel).']])
    await page.fill('#' + id, text);
  await page.check('input[name=example]');
  await page.click('main button');
  path = new URL(page.url()).pathname;
  const guess = JSON.parse(run(keepers[0].own, 'lykta encode --guess lista.csv').stdout);
  writeFileSync(join(folder, 'schema.json'), JSON.stringify({ ...guess, project: 'Exempelstaden', round: '2018-1' }));
  await see(page);
  await picture(page, 'start');
  await page.check('input[value=ring]');
  for (const kind of ['personnummer', 'names+date'])
    await page.uncheck(`input[value="${kind}"]`);
  await page.setInputFiles('main input[type=file]', join(folder, 'schema.json'));
  await page.click('text=Börja insamlingen');
  assert.match(await alert(page), /minst en sorts uppgift/);
  await page.check('input[value="names+date"]');
  await page.check('input[value="sounds+date"]');
  await page.setInputFiles('main input[type=file]', join(folder, 'schema.json'));
  await page.click('text=Börja insamlingen');
  assert.match(await main(page), /Verken går med i ringen/);
  await assertAccessible(page, 'joining');
});

test('agencies join with lists that they have raised themselves, and with nothing else', async () => {
  for (const x of keepers) {
    await fetchAll(x.page, x.own, 'schema.json');
    const commands = (await x.page.locator('main pre').first().textContent()).trim().split('\n');
    assert.match(commands[1], /--kinds names\+date,sounds\+date /);
    run(x.own, commands[0]);
    const started = run(x.own, commands[1].replace('Socialtjänsten (exempel)', x.name));
    x.people = Number(started.stderr.match(/(\d+) people/)[1]);
    if (x === keepers[0])
      for (const wrong of ['lista.csv', 'egen.ringkey']) {
        await hand(x.page, 'ring-lista', join(x.own, wrong));
        assert.match(await alert(x.page), /ingen lista från lykta ring[^]*Den har inte sparats/);
      }
    await hand(x.page, 'ring-lista', join(x.own, 'egen.ring'));
  }
  await hand(keepers[1].page, 'ring-lista', join(keepers[0].own, 'egen.ring'));
  assert.match(await alert(keepers[1].page), /samma namn, eller är höjd med samma hemlighet/);
  await see(keepers[1].page);
  await picture(keepers[1].page, 'joining');
  await see(visitor.coordinator);
  await visitor.coordinator.click('text=Ja, låt listorna gå runt');
  assert.match(await main(visitor.coordinator), /Listorna går runt/);
  await assertAccessible(visitor.coordinator, 'going round');
});

test('each list goes to the next agency alone, and what is wrong is told in words', async () => {
  const [first, second, third] = keepers;
  const [waiting] = await fetchAll(second.page, second.own, '.ring');
  for (const page of [third.page, first.page])
    assert.equal((await get(page, waiting)).status, 404);
  for (const page of [visitor.analyst, visitor.coordinator])
    assert.equal((await get(page, waiting)).status, 403);
  await hand(second.page, 'ring-vidare', join(second.own, waiting.split('/').pop()));
  assert.match(await alert(second.page), /som den var förut/);
  run(third.own, `lykta ring pass --schema schema.json --key egen.ringkey ../0/egen.ring -o fel.ring`);
  await hand(third.page, 'ring-vidare', join(third.own, 'fel.ring'));
  assert.match(await alert(third.page), /ett annat verks tur/);
  run(second.own, 'lykta ring key --schema schema.json -o annan.ringkey');
  run(second.own, `lykta ring pass --schema schema.json --key annan.ringkey ${waiting.split('/').pop()} -o fel.ring`);
  await hand(second.page, 'ring-vidare', join(second.own, 'fel.ring'));
  assert.match(await alert(second.page), /inte den som du hämtade här/);
  await see(second.page);
  assert.match(await main(second.page), /Det är din tur/);
  await picture(second.page, 'turn');
  const raised = [];
  for (const x of [...keepers].reverse())
    raised.push(await takeTurn(x));
  assert.deepEqual(raised, [1, 1, 1, 2]); // the first also finds the list that the last has passed on
});

test('an agency is taken out: what it has raised begins again, and the rest goes on', async () => {
  const page = visitor.coordinator;
  const dropped = keepers[1];
  await see(page);
  assert.match(await main(page), /2 av 4/);
  await page.click('summary:has-text("Ta ut ett verk")');
  await form(page, 'ring-ut').getByText(dropped.name).click();
  await form(page, 'ring-ut').locator('textarea').fill('Verket kan inte fortsätta (exempel)');
  await form(page, 'ring-ut').locator('button').click();
  await page.waitForLoadState();
  assert.doesNotMatch(await page.textContent('main table'), /Polisen/);
  assert.match(await main(page), /1 av 3[^]*3 av 3/);
  keepers.splice(1, 1);
  let passed = 1;
  for (let rounds = 0; passed > 0; rounds++) {
    assert.ok(rounds < 4, 'the lists do not come to an end');
    passed = 0;
    for (const x of keepers)
      passed += await takeTurn(x);
  }
  await see(page);
  assert.match(await main(page), /Alla verk har höjt alla listor/);
  await noSidewaysScroll(page);
});

test('nothing of a list can be read in the city\'s folder, nor an exponent', () => {
  const stored = kept(city.city);
  for (const x of keepers) {
    const secret = readFileSync(join(x.own, 'egen.ringkey'), 'utf-8').match(/^exponent ([0-9a-f]{64})$/m)[1];
    assert.ok(!stored.includes(secret) && !stored.includes(Buffer.from(secret, 'hex').toString('latin1')));
    for (const name of readFileSync(join(x.own, 'lista.csv'), 'latin1').split('\n').slice(1, 200).map(line => line.split(';').slice(0, 2).join(';')))
      assert.ok(name.length < 5 || !stored.includes(name));
  }
});

test('the analyst counts, receipts come, the ring ends, and the report is published', async () => {
  const analyst = visitor.analyst;
  const own = join(folder, 'analyst');
  mkdirSync(own);
  const lists = await fetchAll(analyst, own, '.ring');
  assert.equal(lists.length, 3);
  assert.equal((await get(visitor.coordinator, lists[0])).status, 403);
  assert.equal((await get(keepers[0].page, lists[0])).status, 403);
  await assertAccessible(analyst, 'whole');
  await picture(analyst, 'whole');
  run(own, (await analyst.textContent('main pre >> nth=-1')).trim());
  const [header, ...rows] = readFileSync(join(own, 'underlag.csv'), 'utf-8').trim().split('\n').map(line => line.split(','));
  for (const x of keepers) {
    const column = header.indexOf(x.name);
    assert.equal(rows.reduce((sum, row) => sum + Number(row[column]) * Number(row.at(-1)), 0), x.people);
  }
  assert.ok(rows.some(row => row.slice(0, -1).join('') === '111'), 'nobody is on all lists');
  await analyst.click('text=Lämna underlaget');
  await analyst.setInputFiles('#histories', join(own, 'underlag.csv'));
  await analyst.click('main form[enctype] button');
  await analyst.getByText('Färdigräknad').first().waitFor({ timeout: 120000 });
  for (const x of keepers) {
    run(x.own, 'lykta keys delete egen.ringkey -o kvitto.txt');
    await hand(x.page, 'kvitto', join(x.own, 'kvitto.txt'));
  }
  await see(visitor.coordinator);
  await visitor.coordinator.click('summary:has-text("Avsluta insamlingen")');
  await visitor.coordinator.click('text=Radera och avsluta');
  assert.match(await main(visitor.coordinator), /Insamlingen är avslutad/);
  assert.doesNotMatch(await main(visitor.coordinator), /inte än/);
  assert.equal(sql(city.city, 'select count(*) from gathering_list where started is not null or encodings is not null'), '0');
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
  await reader.goto(city.url + '/kartlaggning/1281-2018');
  for (const x of keepers)
    assert.ok((await main(reader)).includes(x.name), x.name);
  await reader.context().close();
}
