// Telling, following up, triage, register, lessons: each journey to its end, and what nobody must see.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { openBrowser, openCity, signInAs } from './city.mjs';

const program = process.env.LYKTA ?? 'build/src/lykta';
const passphrase = 'lomu kadel stana beri fonu';
const marker = 'MARKER många korta besök på natten';
let city, browser, shares, passwords = {};

function command(...words) {
  const done = spawnSync(program, words, { encoding: 'utf-8' });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout;
}

function addPerson(name, roles) {
  const out = command('user', 'add', city.city, '--email', `${name}@exempel.example`, '--name', `${name} Exempel`, '--role', roles);
  passwords[name] = out.match(/password: (.*)/)[1];
}

before(async () => {
  city = await openCity();
  shares = command('recovery', city.city).split('\n').filter(line => line && !line.startsWith('Share'));
  for (const [name, roles] of [['mottagare', 'triage'], ['andra', 'triage'], ['samordnare', 'coordinator'], ['medlem', 'member'], ['administrator', 'administrator']])
    addPerson(name, roles);
  browser = await openBrowser();
});

after(async () => {
  await browser.close();
  await city.close();
});

async function visit(options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  const page = await context.newPage();
  page.shut = () => context.close();
  return page;
}

async function signIn(name, options = {}) {
  const page = await visit(options);
  await signInAs(page, city, `${name}@exempel.example`, passwords[name]);
  return page;
}

// No fault by axe, no sideways scroll at 320 px, a level-one heading.
async function assertReadable(page) {
  await page.setViewportSize({ width: 320, height: 740 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 320, `${page.url()} is ${wide} wide`);
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => window.axe.run(document,
    { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  assert.deepEqual(found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`), [], page.url());
  await page.setViewportSize({ width: 360, height: 740 });
}

// Counts what a person presses, until the receipt.
async function tell(page, { text = '', check = false } = {}) {
  let taps = 0;
  const tap = async selector => { await page.click(selector); taps++; };
  const look = async () => check && assertReadable(page);
  await page.goto(`${city.url}/iakttagelse`);
  await look();
  await tap('label[for="plats-hotel"]');
  await tap('button[value="tecken"]');
  await look();
  await tap('label[for="HO01"]');
  await tap('label[for="HO07"]');
  await tap('button[value="nar"]');
  await look();
  await tap('button[value="granska"]');
  await look();
  if (text)
    await page.fill('#text', text);
  await tap('button[value="skicka"]');
  await page.waitForSelector('.code');
  await look();
  return { code: await page.textContent('.code'), taps };
}

async function open(page, code) {
  await page.goto(`${city.url}/uppfoljning`);
  await page.fill('#kod', code);
  await page.click('main button');
}

function everyByte(folder) {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? everyByte(path) : [readFileSync(path)];
  });
}

let anonymousCode, writtenCode;

test('nothing is taken until there is a recipient who can read it', async () => {
  const reporter = await visit({ javaScriptEnabled: false });
  await reporter.goto(`${city.url}/iakttagelse`);
  assert.equal(await reporter.locator('#plats-hotel').count(), 0);
  assert.ok(await reporter.locator('main a[href="tel:112"]').count() >= 1);
  const page = await signIn('mottagare');
  await page.goto(`${city.url}/bedomning/mottagare`);
  await assertReadable(page);
  await page.fill('#laslosen', 'hemligt lösenord');
  await page.click('form[action$="/mottagare"] button');
  assert.equal(await page.locator('[role=alert]').count(), 1);
  await page.fill('#laslosen', passphrase);
  await page.click('form[action$="/mottagare"] button');
  assert.match(await page.textContent('[role=status]'), /mottagare nu/);
  await page.shut();
  await reporter.reload();
  assert.equal(await reporter.locator('#plats-hotel').count(), 1);
  await reporter.shut();
});

test('J3: anyone tells in seven taps, without JavaScript and without writing', async () => {
  const page = await visit({ javaScriptEnabled: false });
  const { code, taps } = await tell(page);
  assert.ok(taps <= 7, `${taps} taps`);
  assert.match(code, /^(\d{4} ){4}\d{4}$/);
  anonymousCode = code;
  await page.shut();
});

test('J3: a member tells with a line, and each step is readable by everyone', async () => {
  const page = await signIn('medlem');
  writtenCode = (await tell(page, { text: marker, check: true })).code;
  await page.shut();
});

test('112 and the way for children are on the first screen of every start of telling', async () => {
  const page = await visit({ javaScriptEnabled: false });
  await page.goto(`${city.url}/iakttagelse`);
  for (const selector of ['main a[href="tel:112"]', 'main a[href="tel:11414"]', 'button[value="barn"]']) {
    const box = await page.locator(selector).first().boundingBox();
    assert.ok(box.y + box.height <= 740, `${selector} ends at ${box.y + box.height}`);
  }
  assert.ok(await page.locator('a[href="/lamna"]').count() >= 1);
  await page.shut();
});

test('what points at a person is not taken, and nothing that was typed is lost', async () => {
  const page = await visit({ javaScriptEnabled: false });
  await page.goto(`${city.url}/iakttagelse`);
  await page.check('#plats-home');
  await page.click('button[value="tecken"]');
  await page.click('button[value="nar"]');
  await page.click('button[value="granska"]');
  await page.fill('#text', 'Ring mannen på 070-174 06 05.');
  await page.click('button[value="skicka"]');
  assert.match(await page.textContent('#text-error'), /070-174 06 05.*telefonnummer/s);
  assert.equal(await page.inputValue('#text'), 'Ring mannen på 070-174 06 05.');
  await page.fill('#text', 'De som bor där säger att de är rumänska.');
  await page.click('button[value="skicka"]');
  assert.match(await page.textContent('#text-error'), /ursprung/);
  await page.click('button[value="skicka"]');
  assert.equal(await page.locator('.code').count(), 1);
  await page.shut();
});

test('one weak sign alone is met with advice, and the person decides', async () => {
  const page = await visit({ javaScriptEnabled: false });
  await page.goto(`${city.url}/iakttagelse`);
  await page.check('#plats-hotel');
  await page.click('button[value="tecken"]');
  await page.check('#HO03');
  await page.click('button[value="nar"]');
  await page.click('button[value="granska"]');
  assert.match(await page.textContent('main'), /säger ingenting ensamt/);
  assert.equal(await page.locator('button[value="skicka"]').count(), 1);
  await page.shut();
});

test('J14: about a child, two taps lead to a number and nothing is asked', async () => {
  const page = await visit({ javaScriptEnabled: false });
  await page.goto(`${city.url}/iakttagelse`);
  await page.click('button[value="barn"]');
  assert.ok(await page.locator('main a[href^="tel:"]').count() >= 2);
  assert.equal(await page.locator('main input:not([type=hidden]), main textarea, main select').count(), 0);
  await page.shut();
  const checked = await visit();
  await checked.goto(`${city.url}/iakttagelse`);
  await checked.click('button[value="barn"]');
  await assertReadable(checked);
  await checked.shut();
});

test('a recipient unlocks, reads, asks; the reporter answers', async () => {
  const page = await signIn('mottagare');
  await page.goto(`${city.url}/bedomning`);
  assert.ok(!(await page.content()).includes('MARKER'));
  assert.equal(await page.locator('tbody a').count(), 0, 'reports can be opened while locked');
  await assertReadable(page);
  const reporter = await visit({ javaScriptEnabled: false });
  const { code } = await tell(reporter, { text: marker });

  await page.goto(`${city.url}/bedomning`);
  await page.fill('#laslosen', 'fel låslösen här');
  await page.click('form[action$="/las-upp"] button');
  assert.match(await page.textContent('[role=alert]'), /stämmer inte/);
  await page.fill('#laslosen', passphrase);
  await page.click('form[action$="/las-upp"] button');
  await page.waitForSelector('tbody a');
  await page.locator('tbody a').last().click();
  assert.match(await page.textContent('main'), /MARKER många korta besök/);
  await assertReadable(page);
  await page.check('#beslut-fraga');
  await page.click('form[action*="/bedomning/"] button:has-text("Spara")');
  assert.equal(await page.locator('[role=alert]').count(), 1);
  await page.check('#beslut-fraga');
  await page.fill('#skal', 'vi behöver veta mer');
  await page.fill('#meddelande', 'Hände det fler än en gång?');
  await page.click('form[action*="/bedomning/"] button:has-text("Spara")');
  await page.waitForURL('**/bedomning');

  await open(reporter, code);
  assert.match(await reporter.textContent('main'), /Väntar på svar/);
  assert.match(await reporter.textContent('main'), /Hände det fler än en gång/);
  assert.ok(!(await reporter.content()).includes('vi behöver veta mer'), 'the reporter sees the reason');
  await reporter.fill('#text', 'Ja, tre nätter.');
  await reporter.click('button[value="skriv"]');
  assert.match(await reporter.textContent('main'), /Ja, tre nätter/);
  await reporter.shut();

  await page.reload();
  assert.match(await page.textContent('main'), /Nytt svar/);
  await page.locator('tbody a').last().click();
  assert.match(await page.textContent('main'), /Ja, tre nätter/);
  await page.check('#beslut-overlamna');
  await page.fill('#skal', 'skuld och kontroll');
  await page.selectOption('#mottagare', 'police');
  await page.selectOption('#grund', 'ALLVARLIGT');
  await page.click('form[action*="/bedomning/"] button:has-text("Spara")');
  await page.waitForURL('**/bedomning');
  assert.match(await page.textContent('main'), /Överlämnad/);
  await page.goto(`${city.url}/vad-hjalper`);
  assert.match(await page.textContent('main'), /färre än 5/);
  await assertReadable(page);
  await page.shut();

  const again = await visit({ javaScriptEnabled: false });
  await open(again, code);
  assert.ok(!(await again.content()).includes('Överlämnad'), 'the reporter sees that it was referred');
  await again.shut();
});

test('a recipient finds a report in the register and holds it back from deletion; alone nobody lets it go', async () => {
  const page = await signIn('mottagare');
  await page.goto(`${city.url}/bedomning`);
  await page.fill('#laslosen', passphrase);
  await page.click('form[action$="/las-upp"] button');
  await page.goto(`${city.url}/diarium`);
  await page.locator('tbody th a').last().click();
  await page.fill('#sparrskal', 'Begärd av 070-174 06 05');
  await page.click('button[value="sparra"]');
  assert.match(await page.textContent('[role=alert]'), /pekar ut/);
  assert.equal(await page.inputValue('#sparrskal'), 'Begärd av 070-174 06 05');
  await assertReadable(page);
  await page.fill('#sparrskal', 'Begärd av domstol');
  await page.click('button[value="sparra"]');
  assert.match(await page.textContent('main'), /spärrad sedan .* Begärd av domstol/);
  await assertReadable(page);
  await page.click('button[value="foresla"]');
  assert.match(await page.textContent('main'), /En annan mottagare måste bekräfta/);
  assert.equal(await page.locator('button[value="ta-bort"]').count(), 0);
  await assertReadable(page);
  await page.shut();

  const reader = await signIn('samordnare');
  await reader.goto(`${city.url}/diarium`);
  assert.equal(await reader.locator('tbody th a').count(), 0, 'who may not open reports is led to one');
  await reader.goto(`${city.url}/gallring`);
  assert.match(await reader.textContent('main'), /Begärd av domstol.*En till måste hålla med/s);
  await reader.shut();
});

test('J13: the register has every report without its content, and can be fetched', async () => {
  const page = await signIn('samordnare');
  await page.goto(`${city.url}/diarium`);
  assert.ok(await page.locator('tbody tr').count() >= 4);
  assert.ok(!(await page.content()).includes('MARKER'));
  await assertReadable(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href$="/csv"]')]);
  const csv = readFileSync(await download.path(), 'utf-8');
  assert.match(csv, /^number;received_on;sender;subject;decision;decided_on;disposed_on\r\n\d{4}-001;/);
  assert.ok(!csv.includes('MARKER') && !csv.includes('HO07'));
  await page.shut();
});

// Notes that somebody asks for the first record of the year.
async function askFor(page, { asker, ground = '', reference = '', number = 1 }) {
  await page.goto(`${city.url}/diarium/begaran/ny`);
  await page.fill('#record', `${new Date().getFullYear()}-00${number}`);
  await page.check(`input[name=asker][value=${asker}]`);
  await page.selectOption('#ground', ground);
  await page.fill('#reference', reference);
  await page.click('main form button');
}

for (const javaScriptEnabled of [true, false])
  test(`J6: the police ask for a record with a ground, and see nothing of it ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const page = await signIn('medlem', { javaScriptEnabled });
    await askFor(page, { asker: 'police', reference: '0701740605' });
    assert.match(await page.textContent('#ground-error'), /laglig grund/);
    assert.match(await page.textContent('#reference-error'), /pekar ut någon/);
    await page.selectOption('#ground', 'ALLVARLIGT');
    await page.fill('#reference', 'K-12-26');
    await page.fill('#record', '1999-999999');
    await page.click('main form button');
    assert.match(await page.textContent('#record-error'), /Skriv numret/);
    await page.fill('#record', `${new Date().getFullYear()}-998`);
    await page.click('main form button');
    assert.match(await page.textContent('#record-error'), /ingen sådan handling/);
    await page.fill('#record', `${new Date().getFullYear()}-001`);
    await page.click('main form button');
    assert.match(await page.textContent('h1'), /antecknad/);
    for (const path of ['/diarium/begaran', '/diarium/begaran/1', '/diarium'])
      assert.equal((await page.goto(city.url + path)).status(), 403, path);
    await page.shut();
  });

test('J13: a request is reviewed word by word, decided once, and the copy is not shown again', async () => {
  const coordinator = await signIn('samordnare');
  await askFor(coordinator, { asker: 'anyone', number: 2 });
  await coordinator.goto(`${city.url}/diarium/begaran`);
  await assertReadable(coordinator);
  assert.ok(await coordinator.locator('tbody tr').count() >= 2);
  await coordinator.locator('tbody th a').last().click();
  assert.ok(!(await coordinator.content()).includes('MARKER'), 'a coordinator reads the record');
  const address = coordinator.url();
  await assertReadable(coordinator);

  const page = await signIn('mottagare');
  await page.goto(address);
  assert.match(await page.textContent('main'), /Lås upp din nyckel/);
  await page.goto(`${city.url}/bedomning`);
  await page.fill('#laslosen', passphrase);
  await page.click('form[action$="/las-upp"] button');
  await page.goto(`${city.url}/diarium/begaran/ny`);
  await assertReadable(page);
  await page.goto(address);
  assert.match(await page.locator('section.card').allTextContents().then(all => all.join(' ')), /hotell.*MARKER många/is);
  await page.fill('#more', 'marker');
  await page.click('button[value=preview]');
  const copy = (await page.locator('section.card').allTextContents()).join(' ');
  assert.match(copy, /█████ många korta besök/);
  assert.doesNotMatch(copy, /marker/i);
  await assertReadable(page);

  await page.check('input[value=whole]');
  await page.click('button[value=decide]');
  assert.match(await page.textContent('#outcome-error'), /Något är dolt/);
  await page.check('input[value=masked]');
  await page.click('button[value=decide]');
  assert.match(await page.textContent('#secrecy-error'), /grunden/);
  await page.selectOption('#secrecy', 'UPPGIFTSLAMNARE');
  await page.click('button[value=decide]');
  const decided = await page.textContent('main');
  assert.match(decided, /delar av den är hemliga.*OSL 26 kap\. 5 §.*överklaga.*kammarrätten/s);
  assert.ok(!decided.includes('MARKER') && !decided.includes('█'));
  await assertReadable(page);
  await page.shut();

  await coordinator.reload();
  assert.match(await coordinator.textContent('main'), /lämnad med delar dolda.*OSL 26 kap\. 5 §/s);
  await coordinator.shut();
});

test('nobody but a recipient reaches what was told', async () => {
  for (const name of ['medlem', 'samordnare', 'administrator']) {
    const page = await signIn(name);
    for (const path of ['/bedomning', '/bedomning/1', '/bedomning/mottagare']) {
      const answer = await page.goto(city.url + path);
      assert.equal(answer.status(), 403, `${name} ${path}`);
    }
    await page.shut();
  }
});

test('a second recipient waits until the first confirms', async () => {
  const second = await signIn('andra');
  await second.goto(`${city.url}/bedomning/mottagare`);
  await second.fill('#laslosen', 'rike sotan dumy valo hepi');
  await second.click('form[action$="/mottagare"] button');
  assert.match(await second.textContent('[role=status]'), /väntar/);
  await second.goto(`${city.url}/bedomning`);
  assert.equal(await second.locator('#laslosen').count(), 0);
  const first = await signIn('mottagare');
  await first.goto(`${city.url}/bedomning`);
  await first.fill('#laslosen', passphrase);
  await first.click('form[action$="/las-upp"] button');
  await first.goto(`${city.url}/bedomning/mottagare`);
  await first.click('form[action*="/godkann/"] button');
  assert.match(await first.textContent('[role=status]'), /godkänd/);
  await second.goto(`${city.url}/bedomning`);
  await second.fill('#laslosen', 'rike sotan dumy valo hepi');
  await second.click('form[action$="/las-upp"] button');
  await second.locator('tbody a').last().click();
  assert.match(await second.textContent('main'), /MARKER/);
  await second.shut();
  await first.shut();
});

test('a recipient chooses another passphrase, and the one before opens nothing', async () => {
  const page = await signIn('mottagare', { javaScriptEnabled: false });
  const unlock = async words => {
    await page.goto(`${city.url}/bedomning`);
    await page.fill('#laslosen', words);
    await page.click('form[action$="/las-upp"] button');
  };
  await unlock(passphrase);
  const change = async words => {
    await page.goto(`${city.url}/bedomning/mottagare`);
    await page.fill('#laslosen', words);
    await page.click('form[action$="/mottagare/laslosen"] button');
  };
  await change('hemligt lösenord');
  assert.match(await page.textContent('[role=alert]'), /lätt att gissa/);
  await change('tavo minel rasu kode pilan');
  assert.match(await page.textContent('[role=status]'), /bytt/);
  await page.goto(`${city.url}/bedomning`);
  await page.click('form[action$="/bedomning/las"] button');
  await unlock(passphrase);
  assert.equal(await page.locator('#laslosen').count(), 1);
  await unlock('tavo minel rasu kode pilan');
  assert.equal(await page.locator('#laslosen').count(), 0);
  await page.shut();
});

test('who lost the passphrase reads again after three shares, and not with what was before', async () => {
  const typed = `${shares[4]}\n${shares[1].toLowerCase()}\n${shares[2]}\n`;
  const done = spawnSync(program, ['regain', city.city, '--email', 'mottagare@exempel.example'], { encoding: 'utf-8', input: typed });
  assert.equal(done.status, 0, done.stderr);
  const page = await signIn('mottagare');
  for (const [words, opens] of [['tavo minel rasu kode pilan', false], [done.stdout.match(/passphrase: (.*)/)[1], true]]) {
    await page.goto(`${city.url}/bedomning`);
    await page.fill('#laslosen', words);
    await page.click('form[action$="/las-upp"] button');
    assert.equal(await page.locator('#laslosen').count(), opens ? 0 : 1);
  }
  await page.locator('tbody a').last().click();
  assert.match(await page.textContent('main'), /MARKER/);
  await page.goto(`${city.url}/bedomning/mottagare`);
  await assertReadable(page);
  await page.shut();
});

test('an unknown code and a code that leads nowhere look the same, and a wrong digit is told', async () => {
  const page = await visit({ javaScriptEnabled: false });
  await open(page, '0000 0000 0499 2739 8716');
  assert.match(await page.textContent('[role=status]'), /inget att visa/);
  await open(page, '0000 0000 0499 2739 8717');
  assert.match(await page.textContent('[role=alert]'), /tjugo siffror/);
  await open(page, anonymousCode);
  assert.match(await page.textContent('main'), /Ny/);
  await page.click('button[value="ta-tillbaka"]');
  assert.match(await page.textContent('[role=status]'), /taget tillbaka/);
  await page.shut();
});

test('nothing that was told is on the disk or in the log', async () => {
  const told = [marker, 'Ja, tre nätter', 'vi behöver veta mer', passphrase, writtenCode, writtenCode.replaceAll(' ', ''), ...shares];
  for (const bytes of everyByte(city.city))
    for (const words of told)
      assert.ok(!bytes.includes(words), `the disk holds "${words}"`);
  assert.ok(!city.log.some(line => line.includes('iakttagelse') || line.includes('uppfoljning') || line.includes('127.0.0.1')));
});

test('J4: a member goes through a lesson, is interrupted, resumes and gets a certificate', async () => {
  let page = await signIn('medlem');
  await page.goto(`${city.url}/utbildning`);
  await assertReadable(page);
  const answer = async () => {
    await page.goto(`${city.url}/utbildning/hotell`);
    await page.check('#val-0');
    await page.click('main form button');
    await page.waitForSelector('[role=status]');
  };
  await answer();
  await assertReadable(page);
  await answer();
  await page.shut();
  page = await signIn('medlem');
  await page.goto(`${city.url}/utbildning/hotell`);
  assert.match(await page.textContent('main'), /Situation 3 av 6/);
  for (let i = 0; i < 4; i++)
    await answer();
  await page.click('main a.btn');
  assert.match(await page.textContent('main'), /medlem Exempel/);
  await assertReadable(page);
  await page.shut();
  const coordinator = await signIn('samordnare');
  await coordinator.goto(`${city.url}/utbildning`);
  assert.match(await coordinator.textContent('main'), /färre än 5/);
  assert.ok(!(await coordinator.content()).includes('medlem Exempel'));
  await coordinator.shut();
});

test('J5: the card of an inspector is found, is readable and prints on one page', async () => {
  const page = await visit();
  await page.goto(`${city.url}/tecken`);
  await assertReadable(page);
  await page.fill('#sok', 'madrasser kök');
  await page.click('main form button');
  assert.match(await page.textContent('main'), /madrasser, lakan/);
  for (const link of await page.$$eval('main ul:last-of-type a', all => all.map(a => a.getAttribute('href')))) {
    await page.goto(city.url + link);
    await assertReadable(page);
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    assert.equal((pdf.match(/\/Type\s*\/Page\b/g) ?? []).length, 1, link);
  }
  await page.shut();
});

test('the coordinator words a sign anew, and an unfair wording is refused', async () => {
  const page = await signIn('samordnare');
  await page.goto(`${city.url}/tecken/andra/HO02`);
  await assertReadable(page);
  await page.fill('#sv', 'Gästerna är rumänska.');
  await page.fill('#skal', 'prov');
  await page.click('main form button');
  assert.match(await page.textContent('[role=alert]'), /rumänska/);
  await page.fill('#sv', 'Skylten hänger ute dag efter dag.');
  await page.click('main form button');
  await page.waitForURL('**/tecken/hotell');
  assert.match(await page.textContent('main'), /Skylten hänger ute dag efter dag/);
  await page.shut();
});
