// The register of what came in, and requests to see it: J6 and J13.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertReadable, marker, openHouse, tell } from './house.mjs';
import { sql } from './walk.mjs';

let house, city, visit, signIn, unlock;

before(async () => {
  house = await openHouse(['mottagare', 'samordnare', 'medlem']);
  ({ city, visit, signIn, unlock } = house);
  const page = await signIn('mottagare');
  await house.becomeRecipient(page);
  await page.shut();
  const reporter = await visit({ javaScriptEnabled: false });
  await tell(reporter, city);
  await tell(reporter, city, { text: marker });
  await reporter.shut();
});

after(() => house.close());

test('J13: the register has every report without its content, and can be fetched', async () => {
  const page = await signIn('samordnare');
  await page.goto(`${city.url}/diarium`);
  assert.ok(await page.locator('tbody tr').count() >= 2);
  assert.ok(!(await page.content()).includes('MARKER'));
  await assertReadable(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href$="/csv"]')]);
  const csv = readFileSync(await download.path(), 'utf-8');
  assert.match(csv, /^number;received_on;sender;subject;decision;decided_on;disposed_on\r\n\d{4}-001;/);
  assert.ok(!csv.includes('MARKER') && !csv.includes('HO07'));
  await page.shut();
});

test('J13: the register is fetched as a package for the archive, which other programs read', async () => {
  const page = await signIn('samordnare', { javaScriptEnabled: false });
  await page.goto(`${city.url}/en/diarium`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href$="/paket"]')]);
  assert.match(download.suggestedFilename(), /^diarium-1281-\d{4}-\d{8}T\d{6}Z\.zip$/);
  const package_ = await download.path();
  assert.equal(execFileSync('/usr/bin/python3', [new URL('../formats/package.py', import.meta.url).pathname, package_], { encoding: 'utf-8' }), '2 records\n');
  assert.ok(!readFileSync(package_).includes('MARKER'));
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
    const year = new Date().getFullYear();
    for (const path of ['/diarium/begaran', '/diarium/begaran/1', '/diarium', `/diarium/${year}/csv`, `/diarium/${year}/paket`,
      '/bedomning/1', '/natverket', '/natverket/organisation/1'])
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
  await unlock(page);
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

test('J6: a member sees the picture in ranges, and nothing of what was told', async () => {
  const now = new Date();
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 15)).toISOString().slice(0, 7);
  sql(city.city, `insert into situation_told values ('${last}', 'labour', 'north', 30), ('${last}', 'labour', 'south', 2)`);
  const page = await signIn('medlem');
  await page.goto(`${city.url}/lagesbild`);
  assert.match(await page.textContent('main'), /30 \(20–40\)|35 \(25–45\)/);
  await page.selectOption('#slag', 'labour');
  await page.selectOption('#manad', last);
  await page.click('main form button');
  const seen = await page.textContent('main');
  assert.match(seen, /30 \(26–34\)/);
  assert.match(seen, /färre än 5|5 \(1–9\)/);
  assert.doesNotMatch(seen, /MARKER|HO07/);
  assert.match(seen, /inga par av tecken att visa/);
  sql(city.city, `insert into situation_told values ('${now.getFullYear() - 1}-02', 'labour', 'north', 41)`);
  sql(city.city, `insert into situation_year values (${now.getFullYear() - 1}, 'labour', 'hotel', 41), (${now.getFullYear()}, 'labour', 'hotel', 32)`);
  await page.goto(`${city.url}/lagesbild`);
  await page.click(`a:text-is("${now.getFullYear() - 1}")`);
  assert.match(await page.textContent('main'), /På ett hotell[^\d]*(40 \(30–50\)|45 \(35–55\))/);
  await assertReadable(page);
  sql(city.city, `insert into sign_pair values (${now.getFullYear() - 1}, 'labour', 'HO01', 'HO07', 20), (${now.getFullYear() - 1}, 'labour', 'HO02', 'HO07', 9), (${now.getFullYear()}, 'labour', 'HO02', 'HO07', 30)`);
  for (const path of [`/${now.getFullYear() - 1}`, '?slag=labour']) {
    await page.goto(`${city.url}/lagesbild${path}`);
    const pairs = page.locator('table:has-text("Två tecken") tbody tr');
    assert.equal(await pairs.count(), 1, 'a pair of few situations, or of a year that goes on, is told');
    assert.match(await pairs.textContent(), /20 \(16–24\)/);
    assert.equal(await pairs.locator('li').count(), 2);
    assert.doesNotMatch(await page.textContent('main'), /MARKER|HO0/);
  }
  await assertReadable(page);
  assert.equal((await page.goto(`${city.url}/lagesbild?slag=sexual`)).status(), 200);
  assert.match(await page.textContent('main'), /inga par av tecken att visa/);
  assert.equal((await page.goto(`${city.url}/lagesbild/${now.getFullYear()}`)).status(), 404, 'a year that goes on is told');
  await page.goto(`${city.url}/lagesbild`);
  assert.equal(await page.locator('a[href$="/varning"]').count(), 0, 'a member may write warnings');
  await assertReadable(page);
  await page.shut();
});

test('J6: a recipient writes a warning in general words, sees who gets it before it is sent, and sees no other circular', async () => {
  sql(city.city, "insert into circular (id, subject, words, language, actors, version, made_at) values (90, 'Frukost', 'Kom', 'sv', 4, 1, 1)");
  const page = await signIn('mottagare', { javaScriptEnabled: false });
  await page.goto(`${city.url}/lagesbild`);
  await page.click('a[href$="/varning"]');
  const save = async words => {
    await page.fill('#words', words);
    await page.click('main form button');
  };
  await page.fill('#subject', 'Korttidsuthyrning ökar');
  await page.check('input[name=actors][value=hotel]');
  await save('Vi har sett 3 lägenheter.');
  assert.match(await page.textContent('#words-error'), /under fem/);
  await save('Det sker på Exempelgatan.');
  assert.match(await page.textContent('#words-error'), /nämner en gata/);
  await save('Korttidsuthyrningen ökar i norra delen. Prata med städare.');
  assert.match(await page.textContent('main'), /Korttidsuthyrningen ökar i norra delen/);
  await page.goto(`${page.url()}/andra`);
  assert.match(await page.textContent('h1'), /Varning/);
  await save('Det är 2 hotell.');
  assert.match(await page.textContent('#words-error'), /under fem/, 'a draft is changed into what it may not say');
  await page.goto(`${city.url}/arbete/utskick`);
  assert.match(await page.textContent('main'), /Korttidsuthyrning ökar.*Varning/s);
  assert.doesNotMatch(await page.textContent('main'), /Frukost/);
  assert.equal((await page.goto(`${city.url}/arbete/utskick/90`)).status(), 404);
  assert.equal((await page.goto(`${city.url}/arbete/utskick/ny`)).status(), 403);
  await page.shut();
});
