// Telling, following up and assessing: each journey to its end, and what nobody must see.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertReadable, marker, openHouse, passphrase, tell } from './house.mjs';
import { sql } from './walk.mjs';

let house, city, visit, signIn, unlock;

before(async () => {
  house = await openHouse(['mottagare', 'samordnare', 'medlem', 'administrator']);
  ({ city, visit, signIn, unlock } = house);
});

after(() => house.close());

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

for (const name of [null, 'medlem'])
  for (const javaScriptEnabled of [false, true])
    test(`J3: ${name ?? 'anyone'} tells in seven taps, ${javaScriptEnabled ? 'with' : 'without'} JavaScript and without writing`, async () => {
      const page = await (name ? signIn(name, { javaScriptEnabled }) : visit({ javaScriptEnabled }));
      const { code, taps } = await tell(page, city);
      assert.ok(taps <= 7, `${taps} taps`);
      assert.match(code, /^(\d{4} ){4}\d{4}$/);
      anonymousCode ??= code;
      await page.shut();
    });

test('J3: a member tells with a line, and each step is readable by everyone', async () => {
  const page = await signIn('medlem');
  writtenCode = (await tell(page, city, { text: marker, check: true })).code;
  await page.goto(`${city.url}/konto`);
  assert.ok(!(await page.content()).includes('MARKER'), 'what a member told is among what is theirs');
  assert.equal(await page.locator('a[href*="/bedomning"]').count(), 0);
  await page.shut();
});

test('J5: an inspector is told what is weighed together, and takes words to the report of the visit', async () => {
  const page = await signIn('medlem');
  const picture = async () => (await page.goto(`${city.url}/lagesbild`)).text();
  const before = await picture();
  const other = await visit({ javaScriptEnabled: false });
  await tell(other, city, { place: 'restaurant', signs: ['EN01', 'EN03'], text: marker });
  await other.shut();
  await page.goto(`${city.url}/tecken/miljotillsyn`);
  await page.click('main .acts a.btn:not(.sec)');
  await page.click('label[for="plats-restaurant"]');
  await page.click('button[value="tecken"]');
  await page.click('label[for="EN01"]');
  await page.click('label[for="EN02"]');
  await page.click('button[value="nar"]');
  await page.click('button[value="granska"]');
  assert.match(await page.textContent('main'), /vägs samman/);
  assert.equal(await page.getAttribute('main a[href^="https"]', 'href'), 'https://www.av.se/');
  await assertReadable(page);
  await page.click('button[value="skicka"]');
  const words = await page.inputValue('#kontroll');
  assert.match(words, /madrasser, lakan.*chefen svarar.*\d{4}-\d{3}.*förvaltningslagen.*arbetsmiljölagen/s);
  await assertReadable(page);
  // What another has told of the same kind of place changes nothing that the inspector can see.
  const token = / value="[^"]*"/g;
  assert.equal((await picture()).replace(token, ''), before.replace(token, ''));
  for (const path of ['/diarium', `/diarium/${new Date().getFullYear()}/csv`, '/bedomning/1'])
    assert.equal((await page.goto(city.url + path)).status(), 403, path);
  await page.shut();
  const anyone = await visit();
  await tell(anyone, city, { place: 'restaurant', signs: ['EN01', 'EN02'] });
  assert.equal(await anyone.locator('#kontroll').count(), 0, 'who is no member is given words of an inspector');
  await anyone.shut();
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

for (const javaScriptEnabled of [false, true])
  test(`J14: about a child, one tap leads to a number and nothing is asked, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const kept = () => sql(city.city, 'select * from redirection order by hour');
    const before = kept().split('\n').filter(Boolean).length;
    const page = await visit({ javaScriptEnabled });
    await page.goto(`${city.url}/iakttagelse`);
    await page.click('button[value="barn"]');
    assert.ok(await page.locator('main a[href^="tel:"]').count() >= 2);
    assert.match(await page.textContent('main'), /måste du anmäla \(socialtjänstlagen 2025:400\)/);
    assert.equal(await page.locator('main input:not([type=hidden]), main textarea, main select, main form').count(), 0);
    const rows = kept().split('\n').filter(Boolean);
    assert.equal(rows.length, before + 1);
    assert.ok(rows.every(row => /^child\|(anyone|member)\|\d+$/.test(row) && Number(row.split('|')[2]) % 3600 === 0), rows.join(' '));
    if (javaScriptEnabled)
      await assertReadable(page);
    await page.shut();
  });

test('a recipient unlocks, reads, asks; the reporter answers', async () => {
  const page = await signIn('mottagare');
  await page.goto(`${city.url}/bedomning`);
  assert.ok(!(await page.content()).includes('MARKER'));
  assert.equal(await page.locator('tbody a').count(), 0, 'reports can be opened while locked');
  await assertReadable(page);
  const reporter = await visit({ javaScriptEnabled: false });
  const { code, number } = await tell(reporter, city, { text: marker });

  await page.goto(`${city.url}/bedomning`);
  await page.fill('#laslosen', 'fel låslösen här');
  await page.click('form[action$="/las-upp"] button');
  assert.match(await page.textContent('[role=alert]'), /stämmer inte/);
  await page.fill('#laslosen', passphrase);
  await page.click('form[action$="/las-upp"] button');
  await page.waitForSelector('tbody a');
  await page.click(`tbody a:text-is("${number}")`);
  assert.match(await page.textContent('main'), /MARKER många korta besök/);
  assert.deepEqual(await page.locator('main table').first().locator('tbody tr').evaluateAll(all => all.map(row => row.cells.length)), [3, 3], 'the signs do not stand side by side');
  assert.match(await page.locator('main table').first().textContent(), /Väg samman med annat/);
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
  await reporter.fill('#text', 'Ja, ring 070-174 06 05.');
  await reporter.click('button[value="skriv"]');
  assert.match(await reporter.textContent('#text-error'), /070-174 06 05: ser ut som ett telefonnummer/);
  assert.equal(await reporter.inputValue('#text'), 'Ja, ring 070-174 06 05.');
  await reporter.fill('#text', 'Ja, tre nätter.');
  await reporter.click('button[value="skriv"]');
  assert.match(await reporter.textContent('main'), /Ja, tre nätter/);
  await reporter.shut();

  await page.reload();
  assert.match(await page.textContent('main'), /Nytt svar/);
  await page.click(`tbody a:text-is("${number}")`);
  assert.match(await page.textContent('main'), /Ja, tre nätter/);
  await page.check('#beslut-overlamna');
  await page.fill('#skal', 'skuld och kontroll');
  await page.selectOption('#mottagare', 'police');
  await page.selectOption('#grund', 'ALLVARLIGT');
  await page.click('form[action*="/bedomning/"] button:has-text("Spara")');
  await page.waitForURL('**/bedomning');
  assert.match(await page.textContent('main'), /Överlämnad/);
  await page.goto(`${city.url}/vad-hjalper`);
  assert.match(await page.textContent('main'), /inte tillräckligt många beslut/, 'a decision of this month is seen');
  sql(city.city, "insert into sign_outcome values ('2026-01', 'HO07', 'confirmed', 60), ('2026-01', 'HO02', 'ordinary', 60)");
  await page.reload();
  assert.match(await page.textContent('main'), /\d+ \(\d+–\d+\).*Har oftare en vanlig förklaring.*Leder oftare vidare/s);
  await assertReadable(page);
  await page.shut();

  const again = await visit({ bypassCSP: true });
  await open(again, code);
  await again.fill('#text', 'Personnumret är 900101-1239.');
  assert.match(await again.textContent('#pekar:visible'), /900101-1239: ser ut som ett personnummer/);
  await assertReadable(again);
  assert.ok(!(await again.content()).includes('Överlämnad'), 'the reporter sees that it was referred');
  await again.shut();
});

test('a recipient finds a report in the register and holds it back from deletion; alone nobody lets it go', async () => {
  const page = await signIn('mottagare');
  await unlock(page);
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
  const told = [marker, 'Ja, tre nätter', 'vi behöver veta mer', passphrase, writtenCode, writtenCode.replaceAll(' ', ''), ...house.shares];
  for (const bytes of everyByte(city.city))
    for (const words of told)
      assert.ok(!bytes.includes(words), `the disk holds "${words}"`);
  // Nor would a core file hold it: there is none of a served city.
  assert.match(readFileSync(`/proc/${city.pid}/limits`, 'utf-8'), /^Max core file size +0 +0 /m);
  assert.ok(!city.log.some(line => line.includes('iakttagelse') || line.includes('uppfoljning') || line.includes('127.0.0.1')));
});
