// The action plan: from the template to a decided, public plan and its files; with and without JavaScript.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, fileOf, openBrowser, openCity, signIn, sql } from './city.mjs';

let city, browser;
before(async () => { city = await openCity(); browser = await openBrowser(); });
after(async () => { await browser?.close(); await city?.close(); });

async function visit(role, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  const page = await context.newPage();
  if (role)
    await signIn(page, city, role);
  return page;
}

test('a plan in which nobody owns a measure is not decided', async () => {
  const page = await visit('coordinator');
  await page.goto(city.url + '/plan/ansvariga');
  assert.match(await page.textContent('main'), /inga åtgärder ännu/);
  await page.goto(city.url + '/plan/ny');
  await page.check('input[name=goal][value=detect]');
  await page.fill('#title', 'Ingen äger detta');
  await page.click('main button');
  const address = page.url();
  await page.goto(city.url + '/plan/besluta');
  await page.fill('#number', 'KS 2026/1');
  await page.fill('#body', 'Kommunstyrelsen (exempel)');
  await page.click('main button');
  assert.match(await page.textContent('[role=alert]'), /varje åtgärd måste ha en ansvarig/);
  const reader = await visit();
  await reader.goto(city.url + '/handlingsplan');
  assert.match(await reader.textContent('main'), /inte beslutat någon handlingsplan ännu/);
  await page.goto(address);
  await page.click('summary');
  await page.click('button.bad');
  await page.context().close();
  await reader.context().close();
});

// J17. The clicks and choices it takes are counted: a first plan from the template takes at most sixty.
test('J17: a coordinator makes a first plan of eighteen measures, changes six, gives each an owner and sends it to be decided', async () => {
  const page = await visit('coordinator', { javaScriptEnabled: false });
  let clicks = 0;
  const click = async selector => { clicks++; await page.click(selector); };
  await page.goto(city.url + '/plan');
  await click('text=Välj åtgärder ur mallen');
  const codes = await page.locator('input[name=code]').evaluateAll(all => all.map(box => box.value));
  const chosen = [...codes.filter((code, i) => i % 3 === 0 && !code.startsWith('SAM')), 'SAM01', 'SAM02', 'SAM06', 'MOT02', 'FOR09'];
  assert.equal(new Set(chosen).size, 18);
  for (const code of chosen)
    await click(`#${code}`);
  await click('main button');
  assert.equal(await page.locator('table tbody tr').count(), 18);
  await click('text=Välj vem som gör vad');
  for (const name of await page.locator('main select').evaluateAll(all => all.map(select => select.id))) {
    clicks++;
    await page.selectOption(`#${name}`, { label: 'Hotell Fyren (exempel)' });
  }
  await click('main button');
  assert.equal(await page.locator('text=Välj vem som gör vad').count(), 0);
  const addresses = await page.locator('table tbody tr a').evaluateAll(all => all.map(a => a.getAttribute('href')));
  for (const address of addresses.slice(0, 6)) {
    await click(`a[href="${address}"]`);
    await click('text=Ändra åtgärden');
    await page.fill('#done_when', 'Protokoll finns.');
    await page.fill('#legal', 'Lag (2023:196)');
    await page.fill('#deadline', '30');
    await page.fill('[name=deadline-month]', '6');
    await page.fill('[name=deadline-year]', String(new Date().getFullYear() + 1));
    await click('main button');
    assert.match(await page.textContent('main'), /Protokoll finns\./);
    await page.goto(city.url + '/plan');
  }
  await click('a:text-is("Besluta planen")');
  await page.fill('#number', 'KS 2026/1');
  await page.fill('#body', 'Kommunstyrelsen (exempel)');
  await click('main button');
  assert.match(await page.textContent('main'), /KS 2026\/1/);
  assert.match(await page.textContent('main'), /Protokoll finns\./);
  console.log(`# J17: a first plan took ${clicks} clicks and choices`);
  assert.ok(clicks <= 60, `${clicks} clicks`);
  await page.context().close();
});

test('J17: a decided plan stays as it was, and what is changed after is marked', async () => {
  const page = await visit('coordinator', { javaScriptEnabled: false });
  await page.goto(city.url + '/plan');
  const address = await page.getAttribute('table tbody tr a', 'href');
  await page.goto(city.url + address + '/andra');
  await page.fill('#done_when', 'Ny version av detta.');
  await page.click('main button');
  await page.goto(city.url + '/plan');
  assert.match(await page.textContent('main'), /Ändrad/);
  const reader = await visit();
  await reader.goto(city.url + '/handlingsplan');
  assert.doesNotMatch(await reader.textContent('main'), /Ny version av detta/);
  await reader.context().close();
  await page.context().close();
});

for (const javaScriptEnabled of [true, false])
  test(`J17: an owner sees its own measures and tells how each goes by one tap ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const page = await visit('member', { javaScriptEnabled, bypassCSP: true });
    await page.goto(city.url + '/plan?visa=egna');
    const owners = sql(city.city, 'select distinct owner from plan_measure where removed_at is null').split('\n');
    assert.ok(owners.length > 1, 'the test needs measures of others');
    const own = await page.locator('main section.card').count();
    assert.ok(own > 0 && own < 18);
    await page.locator('main section.card').first().locator(`button[value=${javaScriptEnabled ? 'done' : 'under_way'}]`).click();
    assert.match(page.url(), /\/plan\?visa=egna$/);
    assert.match(await page.locator('main section.card').first().textContent(), javaScriptEnabled ? /Klar/ : /Pågår/);
    assert.equal(await page.locator('main section.card').count(), own);
    if (javaScriptEnabled)
      await assertAccessible(page, '/plan?visa=egna');
    await page.context().close();
  });

// The link of a letter, proved by a program that is not ours.
const prove = `
import hashlib, sys
key, meant = open(sys.argv[1], 'rb').read(), sys.argv[2]
print(hashlib.blake2b(meant.encode(), key=key, digest_size=16).hexdigest())`;
function ownerLink(owner, days) {
  const contact = sql(city.city, `select min(id) from contact where organisation = ${owner} and left_at is null`);
  sql(city.city, `delete from plan_owner_link; insert into plan_owner_link values (${owner}, ${contact}, 'exempel', ${Math.floor(Date.now() / 1000) - days * 86400}, 0)`);
  return `/plan/svar/${owner}-${execFileSync('/usr/bin/python3', ['-c', prove, join(city.city, 'keys', 'link.key'), `plan/svar/${owner}/exempel`], { encoding: 'utf-8' }).trim()}`;
}

test('J17: by the link of a letter an owner tells how its own measures go, sees nobody else\'s, and needs no account', async () => {
  const [owner, mine] = sql(city.city, "select m.owner, min(m.id) from plan_measure m join contact c on c.organisation = m.owner and c.left_at is null where m.removed_at is null and m.state <> 'done' group by m.owner order by 1 limit 1").split('|');
  const [other, title] = sql(city.city, `select id, title from plan_measure where removed_at is null and owner <> ${owner} limit 1`).split('|');
  sql(city.city, "update plan_measure set note = 'hemlig-anteckning-18'");
  const link = ownerLink(owner, 59);
  const page = await visit(null, { javaScriptEnabled: false });
  await page.goto(city.url + link);
  assert.equal(await page.locator('main section.card').count(), Number(sql(city.city, `select count(*) from plan_measure where removed_at is null and owner = ${owner}`)));
  assert.doesNotMatch(await page.content(), /hemlig-anteckning/);
  assert.ok(!(await page.content()).includes(title), 'the measure of another owner is shown');
  await page.fill(`#note-${mine}`, 'Alla i receptionen är utbildade.');
  await page.click(`section:has(#note-${mine}) button[value=done]`);
  assert.match(await page.textContent('[role=status]'), /noterat/);
  assert.equal(sql(city.city, `select state, note from plan_step where measure = ${mine} order by id desc limit 1`), 'done|Alla i receptionen är utbildade.');
  const token = await page.locator('input[name=token]').first().inputValue();
  const answer = await page.request.post(city.url + link, { form: { token, measure: other, state: 'done' }, headers: { 'Sec-Fetch-Site': 'same-origin' } });
  assert.equal(answer.status(), 404);
  assert.notEqual(sql(city.city, `select state from plan_measure where id = ${other}`), 'done');
  for (const wrong of [link.slice(0, -1) + (link.endsWith('0') ? '1' : '0'), ownerLink(owner, 61)]) {
    assert.equal((await page.goto(city.url + wrong)).status(), 404, wrong);
    assert.match(await page.textContent('main'), /gäller inte längre/);
  }
  await page.context().close();
  const reader = await visit('coordinator', { bypassCSP: true, viewport: { width: 320, height: 640 } });
  await reader.goto(city.url + ownerLink(owner, 1));
  await assertAccessible(reader, '/plan/svar');
  assert.ok(await reader.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'scrolls sideways');
  await reader.goto(`${city.url}/plan/matt/${mine}`);
  assert.match(await reader.textContent('main'), /Senaste brevet.*länken följdes.*Klar\. Alla i receptionen är utbildade\./s);
  await reader.goto(city.url + '/plan');
  await reader.click('text=Brev till de ansvariga');
  const today = new Date().toLocaleDateString('sv-SE', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/Stockholm' });
  const name = sql(city.city, `select name from organisation where id = ${owner}`);
  const reached = await reader.textContent(`main tr:has(th:text-is("${name}"))`);
  assert.equal(reached.split(today).length, 2, 'the letter went yesterday, and its link was followed today');
  await assertAccessible(reader, '/plan/ansvariga');
  sql(city.city, "update plan_measure set note = ''; delete from plan_owner_link");
  await reader.context().close();
});

test('a coordinator follows a measure up and sees its history', async () => {
  const page = await visit('coordinator', { javaScriptEnabled: false });
  await page.goto(city.url + '/plan');
  await page.click('table tbody tr a');
  await page.click('input[value=under_way]');
  await page.fill('#note', 'Vi har börjat.');
  await page.click('text=Spara läge');
  assert.match(await page.textContent('main'), /Pågår\. Vi har börjat\./);
  await page.context().close();
});

test('what is chosen twice from the template is in the plan once', async () => {
  const page = await visit('coordinator');
  await page.goto(city.url + '/plan/mall');
  assert.equal(await page.locator('#SAM01').count(), 0);
  await page.context().close();
});

test('a measure without a title is told at its field, and what was typed stays', async () => {
  const page = await visit('coordinator');
  await page.goto(city.url + '/plan/ny');
  await page.fill('#legal', 'Lag (2023:196)');
  await page.click('main button');
  assert.match(await page.textContent('[role=alert]'), /Åtgärd/);
  assert.equal(await page.inputValue('#legal'), 'Lag (2023:196)');
  await page.context().close();
});

test('the second of two who change a measure is shown what the first has saved', async () => {
  const first = await visit('coordinator');
  const second = await visit('coordinator');
  await first.goto(city.url + '/plan');
  const address = await first.getAttribute('table tbody tr a', 'href');
  for (const page of [first, second])
    await page.goto(city.url + address + '/andra');
  await first.fill('#done_when', 'Först sparat.');
  await first.click('main button');
  await second.fill('#done_when', 'Sedan skrivet.');
  await second.click('main button');
  assert.match(await second.textContent('main'), /Först sparat\./);
  assert.equal(await second.inputValue('#done_when'), 'Sedan skrivet.');
  await second.click('main button');
  assert.match(await second.textContent('main'), /Sedan skrivet\./);
  await first.context().close();
  await second.context().close();
});

test('J17: a measure rests on a table and a seminar that readers can follow, and waits for others, never for itself', async () => {
  const page = await visit('coordinator', { javaScriptEnabled: false });
  await page.goto(city.url + '/plan');
  const [first, second, third] = await page.locator('table tbody tr a').evaluateAll(all => all.map(a => ({ address: a.getAttribute('href'), title: a.textContent.trim() })));
  await page.goto(city.url + second.address + '/andra');
  await page.selectOption('#wait-1', { label: first.title });
  await page.selectOption('#wait-2', { label: third.title });
  const tables = await page.locator('#link-1 option[value*="#table-"]').evaluateAll(all => all.map(o => o.value));
  await page.selectOption('#link-1', tables.at(-1));
  await page.selectOption('#link-2', { index: await page.locator('#link-2 option').count() - 1 });
  await page.click('main button');
  assert.ok((await page.textContent('main')).includes(`${first.title} (`));
  const [table, seminar] = await page.locator('main dd a:not([href*="/matt/"])').evaluateAll(all => all.map(a => a.getAttribute('href')));
  assert.equal(table, tables.at(-1));
  assert.match(seminar, /^\/seminarier\/\d+$/);
  await page.goto(city.url + first.address + '/andra');
  await page.selectOption('#wait-3', { label: second.title });
  await page.click('main button');
  assert.match(await page.textContent('[role=alert]'), /skulle vänta på sig själv/);
  assert.notEqual(await page.inputValue('#wait-3'), '0', 'what was chosen is lost');
  await page.goto(city.url + '/plan?visa=tavla');
  assert.match(await page.textContent(`li:has(a[href="${second.address}"])`), /Väntar på en annan åtgärd/);
  await page.context().close();
  const reader = await visit();
  for (const address of [table, seminar])
    assert.equal((await reader.goto(city.url + address)).status(), 200, address);
  assert.equal(await reader.goto(city.url + table).then(() => reader.locator(new URL(table, city.url).hash).count()), 1, table);
  await reader.context().close();
});

// What the pages of a measure say of it, as the browser shows them: "Klart senast" -> "30 juni 2027", and its day as programs read it.
async function shownOf(page, address) {
  await page.goto(city.url + address);
  return page.evaluate(() => {
    const words = element => element.textContent.replace(/\s+/g, ' ').trim();
    const listed = dd => [...dd.querySelectorAll('li')].map(words);
    const facts = Object.fromEntries([...document.querySelectorAll('main > dl.kv dt')].map(({ textContent, nextElementSibling: dd }) =>
      [textContent, dd.querySelector('li') ? listed(dd) : words(dd)]));
    return { title: words(document.querySelector('h1')), facts, states: [...document.querySelectorAll('h1 + p .b')].map(words),
      day: document.querySelector('main > dl.kv time')?.dateTime ?? '' };
  });
}

// A workbook's rows by title, read by a program that is not ours: {title: {heading: cell}}.
const rowsOf = `
import json, openpyxl, sys
head, *rows = openpyxl.load_workbook(sys.argv[1]).active.iter_rows(values_only=True)
print(json.dumps({row[1]: {h: str(c or '') for h, c in zip(head, row)} for row in rows}))`;

test('the files hold everything that the pages hold of every measure, read by programs that are not ours', async () => {
  sql(city.city, `update plan_measure set evidence = 'Tabellen över åldrar; rad ' || id where removed_at is null`);
  sql(city.city, `update plan_measure set deadline = '2026-01-31', state = 'under_way' where id = (select max(id) from plan_measure where removed_at is null)`);
  const page = await visit('coordinator', { bypassCSP: true });
  const folder = mkdtempSync(join(tmpdir(), 'lykta-plan-'));
  for (const file of ['plan.pdf', 'plan.xlsx'])
    writeFileSync(join(folder, file), await fileOf(page, city.url + '/plan/fil/' + file));
  const pdf = execFileSync('pdftotext', ['-layout', join(folder, 'plan.pdf'), '-'], { encoding: 'utf-8' }).replace(/\s+/g, ' ');
  const xlsx = JSON.parse(execFileSync('/usr/bin/python3', ['-c', rowsOf, join(folder, 'plan.xlsx')], { encoding: 'utf-8' }));
  await page.goto(city.url + '/plan');
  const addresses = await page.locator('table tbody tr a').evaluateAll(all => all.map(a => a.getAttribute('href')));
  const titles = (await page.locator('table tbody tr a').allTextContents()).map(title => title.trim());
  assert.deepEqual(Object.keys(xlsx), titles);
  const starts = titles.map(title => pdf.indexOf(`${title} Ansvarig organisation`));
  assert.ok(starts.every((at, i) => at > (starts[i - 1] ?? 0)), 'the PDF has the measures in another order than the page');
  for (const [i, address] of addresses.entries()) {
    const { title, facts, states, day } = await shownOf(page, address);
    const part = pdf.slice(starts[i], starts[i + 1]);
    const row = xlsx[title];
    assert.ok(Object.keys(facts).length >= 5, `${title}: ${Object.keys(facts)}`);
    for (const [name, value] of Object.entries(facts)) {
      if (Array.isArray(value)) {
        assert.equal(row[name].split('\n').length, value.length, `${title}: ${name} in the spreadsheet`);
        assert.ok(value.every(one => row[name].includes(one.replace(/ \([^()]*\)$/, ''))), `${title}: ${name}: ${row[name]}`);
        assert.ok(part.includes(`${name} ${value.join(' ')}`), `${title}: ${name} in the PDF: ${part}`);
        continue;
      }
      assert.equal(row[name], name === 'Klart senast' ? day : value, `${title}: ${name} in the spreadsheet`);
      if (name !== 'Mål')
        assert.ok(part.includes(`${name} ${value}`), `${title}: ${name} in the PDF: ${part}`);
    }
    assert.equal(row['Läge'], states.join(', '), title);
    assert.ok(part.includes(`Läge ${states.join(' ')}`), `${title}: ${states} in the PDF: ${part}`);
  }
  assert.ok(Object.values(xlsx).some(row => row['Läge'] === 'Pågår, Försenad'));
  await page.context().close();
});

// Written by a program that is not ours, with a real date and two faults.
const spreadsheet = `
import datetime, openpyxl, sys
book = openpyxl.Workbook()
for row in [['Mål', 'Åtgärd', 'Ansvarig', 'Klart senast'], ['Förebygga', 'Ge receptionen ett kort', None, datetime.date(2027, 5, 31)],
            ['Förebygga', 'Ring varandra', 'Finns Inte AB', None], ['Något', 'Mål som inte finns', None, None]]:
    book.active.append(row)
book.save(sys.argv[1])`;

test('a plan is read in from a spreadsheet after a preview that tells each fault, without JavaScript', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'lykta-plan-')), 'vår plan.xlsx');
  execFileSync('/usr/bin/python3', ['-c', spreadsheet, file]);
  const page = await visit('coordinator', { javaScriptEnabled: false });
  await page.goto(city.url + '/plan');
  const before = await page.locator('table tbody tr').count();
  await page.click('text=Läs in från kalkylblad');
  await page.click('main button');
  assert.match(await page.textContent('[role=alert]'), /Välj en fil/);
  await page.setInputFiles('#fil', file);
  await page.click('main button');
  const text = await page.innerText('main');
  assert.match(text, /I filen vår plan\.xlsx: 1 åtgärd kan läggas till\.\s+2 rader har fel och hoppas över\./);
  assert.match(text, /Den ansvariga organisationen finns inte/);
  assert.match(text, /Målet är okänt/);
  assert.match(text, /31 maj 2027/);
  const preview = page.url();
  await page.goto(city.url + '/plan');
  assert.equal(await page.locator('table tbody tr').count(), before, 'something was added before yes');
  await page.goto(preview);
  await page.click('text=Lägg till 1 åtgärd');
  assert.equal(await page.locator('table tbody tr').count(), before + 1);
  assert.match(await page.textContent('main'), /Ge receptionen ett kort/);
  assert.equal((await page.goto(preview)).status(), 404);
  await page.context().close();
});

test('the plan that was taken out is in the plan when it is read back, and reading in is accessible', async () => {
  const page = await visit('coordinator', { viewport: { width: 320, height: 640 }, bypassCSP: true });
  const file = join(mkdtempSync(join(tmpdir(), 'lykta-plan-')), 'plan.xlsx');
  writeFileSync(file, await fileOf(page, city.url + '/plan/fil/plan.xlsx'));
  await page.goto(city.url + '/plan/las-in');
  await assertAccessible(page, '/plan/las-in');
  await page.setInputFiles('#fil', { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('Namn\nKim\n') });
  await page.click('main button');
  assert.match(await page.textContent('[role=alert]'), /går inte att läsa som en plan/);
  await assertAccessible(page, '/plan/las-in with an error');
  await page.setInputFiles('#fil', file);
  await page.click('main button');
  assert.match(await page.textContent('main'), /0 åtgärder kan läggas till/);
  assert.match(await page.textContent('main'), /finns redan i planen/);
  for (const path of [new URL(page.url()).pathname, '/en' + new URL(page.url()).pathname]) {
    await page.goto(city.url + path);
    await assertAccessible(page, path);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path + ' scrolls sideways');
  }
  await page.click('button[value=nej]');
  assert.match(page.url(), /\/plan$/);
  await page.context().close();
});

test('a member reads the plan, changes nothing, and never sees the internal notes', async () => {
  const coordinator = await visit('coordinator');
  await coordinator.goto(city.url + '/plan');
  const address = await coordinator.getAttribute('table tbody tr a', 'href');
  await coordinator.goto(city.url + address + '/andra');
  await coordinator.fill('#note', 'hemlig-anteckning-17');
  await coordinator.click('main button');
  assert.match(await coordinator.textContent('main'), /hemlig-anteckning-17/);
  const member = await visit('member', { bypassCSP: true });
  for (const path of ['/plan', address, '/plan?visa=egna', '/plan?visa=tavla']) {
    const answer = await member.goto(city.url + path);
    assert.equal(answer.status(), 200, path);
    assert.doesNotMatch(await member.content(), /hemlig-anteckning-17/, path);
  }
  for (const path of ['/plan/ny', '/plan/mall', '/plan/besluta', '/plan/las-in', address + '/andra'])
    assert.equal((await member.goto(city.url + path)).status(), 403, path);
  const csv = (await fileOf(member, city.url + '/plan/fil/plan.csv')).toString();
  assert.match(csv, /Åtgärd/);
  assert.doesNotMatch(csv, /hemlig-anteckning-17/);
  await coordinator.context().close();
  await member.context().close();
});

test('every page of the plan is accessible and fits a phone', async () => {
  const page = await visit('coordinator', { viewport: { width: 320, height: 640 }, bypassCSP: true });
  await page.goto(city.url + '/plan');
  const address = await page.getAttribute('table tbody tr a', 'href');
  for (const path of ['/plan', '/plan?visa=tavla', '/plan?visa=egna', '/plan/mall', '/plan/ny', '/plan/besluta', address, address + '/andra',
    '/handlingsplan', '/handlingsplan/1', '/en/plan', '/en/plan/mall']) {
    await page.goto(city.url + path);
    await assertAccessible(page, path);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path + ' scrolls sideways');
  }
  await page.context().close();
});
