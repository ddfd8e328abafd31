// Something has happened: an administrator is led through it, the doors are shut and opened, and it is closed when all is there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkPdf, day, fileOf, openBrowser, openCity, signIn, signInAnew, sql } from './city.mjs';
import { assertReadable } from './house.mjs';

let city, browser;
before(async () => { city = await openCity(); browser = await openBrowser(); });
after(async () => { await browser?.close(); assert.equal(await city?.close(), 0); });

async function visit(role, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  if (role)
    await signIn(page, city, role);
  return page;
}

// Types a day and a time that were `hours` ago.
async function typeMoment(page, name, hours) {
  const at = new Date(Date.now() - hours * 3600000);
  await page.fill(`#${name}`, String(at.getDate()));
  await page.fill(`#${name}-month`, String(at.getMonth() + 1));
  await page.fill(`#${name}-year`, String(at.getFullYear()));
  await page.fill(`#${name}-time`, `${String(at.getHours()).padStart(2, '0')}.${String(at.getMinutes()).padStart(2, '0')}`);
}

async function openIncident(page, hours) {
  await page.goto(`${city.url}/incident`);
  await page.click('main a.btn');
  await typeMoment(page, 'noticed', hours);
  await page.fill('#what', 'Ett konto har använts av någon annan.');
  await page.check('input[name="natures"][value="1"]');
  await page.check('input[name="kinds"][value="rapport"]');
  await page.check('input[name="kinds"][value="konton"]');
  await page.fill('#persons', '34');
  await page.check('input[name="going-on"][value="yes"]');
  await page.click('main form button');
  assert.match(new URL(page.url()).pathname, /^\/incident\/\d+$/);
}

test('an administrator is led from the first minute to the end, without JavaScript', async () => {
  const page = await visit('administrator', { javaScriptEnabled: false });
  await page.goto(`${city.url}/incident/ny`);
  await page.click('main form button');
  assert.equal(await page.locator('.err').count(), 4);
  await openIncident(page, 50);
  assert.match(await page.innerText('main .note h2'), /^(21|22) tim \d+ min kvar att anmäla$/);
  assert.match(await page.innerText('main'), /Innan ni kan avsluta/);
  const address = page.url();

  await page.goto(`${address}/bedomning`);
  await page.check('input[name="risk"][value="3"]');
  for (const [name, words] of [['why', 'Känsliga uppgifter'], ['consequences', 'Någon kan bli hotad'], ['measures', 'Lösenord är bytta']])
    await page.fill(`#${name}`, words);
  await page.click('main form button');
  assert.match(await page.innerText('main'), /Anmäl till IMY och skriv in det\.\s+Berätta för dem/);

  await page.goto(`${address}/anmalan`);
  await typeMoment(page, 'reported', -24);
  await page.click('main form button');
  assert.equal(await page.locator('.err').count(), 1); // it has not been yet
  await typeMoment(page, 'reported', 1);
  await page.fill('#number', 'IMY-2026-1');
  await page.click('main form button');
  assert.match(await page.innerText('main .note h2'), /^Anmäld /);

  await page.goto(`${address}/berorda`);
  await page.check('input[name="telling"][value="5"]');
  await page.fill('#note', 'Ingen har fått veta');
  await page.click('main form button');
  assert.match(await page.innerText('.err .msg'), /hög/);
  await page.check('input[name="telling"][value="1"]');
  await typeMoment(page, 'told', 1);
  await page.fill('#note', 'Brev med posten till 34 personer');
  await page.click('main form button');

  await page.fill('#words', 'Ringde polisen');
  await page.click('form[action$="/logg"] button');
  assert.match(await page.locator('main table').innerText(), /Noterade\s+Ringde polisen/);
  await page.goto(`${address}/avslut`);
  await page.fill('#learned', 'Två steg för alla');
  await page.click('main form button');
  assert.match(await page.innerText('main .note h2'), /^Avslutad /);
  await page.goto(`${address}/uppgifter`);
  assert.equal(page.url(), address);
  await page.context().close();
});

test('of two who judge the same incident at once, the second sees what the first one saved', async () => {
  const mine = await visit('administrator');
  await openIncident(mine, 1);
  const form = `${mine.url()}/bedomning`;
  const theirs = await visit('dpo');
  for (const [page, risk] of [[mine, 3], [theirs, 1]]) {
    await page.goto(form);
    await page.check(`input[name="risk"][value="${risk}"]`);
    for (const name of ['why', 'consequences', 'measures'])
      await page.fill(`#${name}`, `Så säger jag, med risk ${risk}`);
  }
  await mine.click('main form button');
  await theirs.click('main form button');
  assert.match(await theirs.innerText('#why-saved'), /med risk 3/);
  assert.equal(await theirs.inputValue('#why'), 'Så säger jag, med risk 1');
  await assertReadable(theirs);
  await theirs.click('main form button');
  assert.match(await theirs.innerText('main'), /med risk 1/);
  for (const page of [mine, theirs])
    await page.context().close();
});

test('who reports after 72 hours says why', async () => {
  const page = await visit('dpo');
  await openIncident(page, 80);
  const address = page.url();
  assert.match(await page.innerText('main .note h2'), /^Anmälan är 8 tim \d+ min sen$/);
  await assertReadable(page);
  await page.goto(`${address}/anmalan`);
  await page.click('main form button');
  assert.match(await page.innerText('.err .msg'), /72 timmar/);
  await page.fill('#late', 'Vi märkte det en lördag');
  await page.click('main form button');
  assert.match(await page.innerText('main .note'), /efter de 72 timmarna/);
  assert.equal(await page.locator('a[href$="/dorrar"]').count(), 0);
  assert.equal((await page.goto(`${address}/dorrar`)).status(), 403);
  await page.context().close();
});

test('the report and the letter are fetched as PDF and text, and the numbers of the reports', async () => {
  sql(city.city, `insert into register_entry (year, number, observation, received_on, sender, decision) values (2023, 7, null, '2023-01-09', 'anyone', '')`);
  const page = await visit('administrator');
  await openIncident(page, 1);
  const address = page.url();
  for (const [file, words] of [['anmalan', /Berättelser om situationer\. Det gäller/], ['brev', /Uppgifter om dig/]]) {
    checkPdf(await fileOf(page, `${address}/fil/${file}.pdf`), 'sv');
    assert.match((await fileOf(page, `${address}/fil/${file}.txt`)).toString(), words);
  }
  assert.match((await fileOf(page, `${address}/fil/handlingar.csv`)).toString(), /^number;received_on[^]*\n2023-007;2023-01-09;/);
  assert.equal((await fileOf(page, `${address}/fil/annat.txt`)).length, 0);
  assert.match(sql(city.city, `select count(*) from audit where action = 'incident.fetch'`), /^5$/);
  await page.context().close();
});

test('the doors are shut: others are out and stay out, help is there, and a report is taken when that is chosen', async () => {
  const page = await visit('administrator');
  const coordinator = await visit('coordinator');
  const reader = await visit(null);
  await openIncident(page, 1);
  const address = page.url();
  const shut = async state => {
    await page.goto(`${address}/dorrar`);
    await page.check(`input[name="doors"][value="${state}"]`);
    await page.click('main form button');
    assert.equal(page.url(), address);
  };
  await page.goto(`${address}/dorrar`);
  await assertReadable(page);
  const before = (await coordinator.context().cookies()).map(c => c.value);
  await shut('accounts');
  await coordinator.goto(`${city.url}/natverket`);
  assert.equal(new URL(coordinator.url()).pathname, '/logga-in');
  assert.match(await coordinator.innerText('main'), /Inloggningen är stängd just nu/);
  await coordinator.fill('#email', city.accounts.coordinator);
  await coordinator.fill('#password', city.password);
  await coordinator.click('main button');
  assert.equal(new URL(coordinator.url()).pathname, '/logga-in');
  assert.deepEqual((await coordinator.context().cookies()).map(c => c.value), before); // no new session
  assert.equal((await reader.goto(`${city.url}/iakttagelse`)).status(), 200);
  await shut('reports');
  assert.equal((await reader.goto(`${city.url}/iakttagelse`)).status(), 503);
  assert.equal((await reader.goto(`${city.url}/begrepp`)).status(), 200);
  await shut('help');
  assert.equal((await reader.goto(`${city.url}/begrepp`)).status(), 503);
  await assertReadable(reader);
  await reader.click('main a.btn');
  assert.equal(new URL(reader.url()).pathname, '/hjalp');
  const officer = await visit(null);
  await signInAnew(officer, city, city.accounts.dpo, city.password);
  assert.equal((await officer.goto(address)).status(), 200);
  await shut('open');
  assert.equal((await reader.goto(`${city.url}/iakttagelse`)).status(), 200);
  assert.equal(sql(city.city, `select count(*) from audit where action in ('doors.shut', 'doors.open')`), '4');
  for (const each of [page, coordinator, reader, officer])
    await each.context().close();
});

test('every page of it can be read on a telephone and in English; a member has none of it', async () => {
  const page = await visit('administrator');
  await openIncident(page, 1);
  const path = new URL(page.url()).pathname;
  for (const of of ['/incident', '/incident/ny', path, ...['uppgifter', 'bedomning', 'anmalan', 'berorda', 'avslut', 'dorrar'].map(form => `${path}/${form}`)])
    await page.goto(city.url + of).then(() => assertReadable(page));
  for (const of of ['/en/incident', `/en${path}`, `/en${path}/berorda`])
    await page.goto(city.url + of).then(() => assertReadable(page));
  await page.context().close();
  const member = await visit('member');
  assert.equal((await member.goto(`${city.url}/incident`)).status(), 403);
  await member.context().close();
});
