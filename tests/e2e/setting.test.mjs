// The administrator's settings: what is changed holds at once, is logged, and is lost to nobody; a test letter goes by the
// real outbox; a password is never shown; how the system is stands in words on a page of its own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { day, openBrowser, openCity, program } from './city.mjs';
import { openPost } from './post.mjs';
import { signIn, sql, visit } from './walk.mjs';

const page = '/arbete/installningar';
const status = '/arbete/status';
const opened = [];
let post, browser;

before(async () => {
  post = await openPost();
  browser = await openBrowser();
});

after(async () => {
  await browser.close();
  post.close();
  for (const city of opened)
    assert.equal(await city.close(), 0);
});

async function openSettings() {
  const city = await openCity();
  opened.push(city);
  return city;
}

const administrator = (city, javaScriptEnabled = true) => signIn(browser, city, javaScriptEnabled, 'administrator');
const content = person => person.page.locator('main').textContent();
const changes = city => sql(city.city, "select detail from audit where action = 'settings.change' order by id").split('\n').filter(Boolean);

async function nameServer(admin) {
  await admin.page.fill('#server', `smtp://localhost:${post.port}`);
  await admin.page.fill('#sender', 'natverket@exempel.se');
  await admin.press('radio', /Utan kryptering/);
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';

  test(`what is changed is on every page at once, and in the log ${how}`, async () => {
    const city = await openSettings();
    const admin = await administrator(city, javaScriptEnabled);
    await admin.page.locator('header').getByRole('link', { name: 'Inställningar' }).click();
    await admin.look();
    await admin.page.fill('#name', 'Nya Lund (exempel)');
    await admin.page.fill('#contact', 'Trygghetssamordnaren');
    await admin.page.fill('#email', 'trygghet@exempel.se');
    await admin.page.fill('#exit', 'https://www.exempel.se/vader');
    await admin.page.fill('#time', '02.30');
    await admin.press('button', 'Spara');
    assert.match(await content(admin), /Sparat/);
    const reader = await visit(browser, city, javaScriptEnabled);
    await reader.open('/');
    assert.match(await reader.page.locator('header').textContent(), /Nya Lund \(exempel\)/);
    assert.match(await reader.page.locator('footer').textContent(), /Trygghetssamordnaren: trygghet@exempel\.se/);
    const left = await fetch(city.url + '/lamna', { redirect: 'manual' });
    assert.equal(left.headers.get('location'), 'https://www.exempel.se/vader');
    assert.deepEqual(changes(city), [
      'city.name: "Lund (exempel)" -> "Nya Lund (exempel)"',
      'site.contact: "Samordnaren" -> "Trygghetssamordnaren"',
      'site.email: "" -> "trygghet@exempel.se"',
      'site.exit: "https://www.smhi.se" -> "https://www.exempel.se/vader"',
      'retention.time: "03:00" -> "02:30"']);
    assert.doesNotMatch(readFileSync(join(city.city, 'lykta.conf'), 'utf-8'), /trygghet/);
    await admin.close();
    await reader.close();
  });

  test(`a test letter waits until a server is named, and goes without a restart ${how}`, async () => {
    const city = await openSettings();
    const admin = await administrator(city, javaScriptEnabled);
    await admin.open(page);
    assert.match(await content(admin), /Ingen mejlserver är vald/);
    await admin.press('button', 'Skicka ett provbrev till mig');
    assert.match(await content(admin), /Provbrevet väntar på att skickas/);
    assert.match(await content(admin), /[1-9]\d* mejl väntar/);
    const test = new URL(admin.page.url());
    const mine = l => l.to === city.accounts.administrator && l.subject.startsWith('Provbrev');
    const before = post.letters().filter(mine).length;
    await admin.open(page);
    await admin.page.fill('#email', 'trygghet@exempel.se');
    await nameServer(admin);
    await admin.press('button', 'Spara');
    assert.match(await content(admin), /Sparat/);
    const letters = await post.wait(before + 1, mine);
    assert.deepEqual(letters.at(-1).defects, []);
    assert.match(letters.at(-1).plain, /Det här är ett provbrev/);
    for (let i = 0; i < 50 && sql(city.city, "select state from mail_letter where subject like 'Provbrev%'") !== 'sent'; i++)
      await new Promise(resolve => setTimeout(resolve, 100));
    await admin.open(test.pathname + test.search);
    assert.match(await content(admin), /Mejlservern har tagit emot provbrevet/);
    assert.equal(sql(city.city, "select count(*) from audit where action = 'settings.test_letter'"), '1');
    await admin.close();
  });
}

test('every fault is told at its field, and nothing that was typed is lost', async () => {
  const city = await openSettings();
  const admin = await administrator(city);
  await admin.open(page);
  const wrong = { name: '', contact: '', email: 'ingen adress', exit: 'http://exempel.se', server: 'mejl.exempel.se', user: 'lykta', time: '25.00' };
  for (const [field, value] of Object.entries(wrong))
    await admin.page.fill(`#${field}`, value);
  await admin.press('radio', /Utan kryptering/);
  await admin.press('button', 'Spara');
  // All of them, and: a sender for the server, a password for the user, no encryption to another machine.
  assert.equal(await admin.page.locator('.f.err').count(), 9);
  for (const field of ['email', 'exit', 'server', 'user', 'time'])
    assert.equal(await admin.page.inputValue(`#${field}`), wrong[field]);
  await admin.page.fill('#exit', 'https://exempel.se/ett två');
  await admin.press('button', 'Spara');
  assert.match(await admin.page.locator('.note.bad').textContent(), /webbadress som börjar med https/);
  assert.deepEqual(changes(city), []);
  await admin.close();
});

test('the password is kept for one server and one user, and shown nowhere', async () => {
  const secret = 'hemlig exempelfras';
  const city = await openSettings();
  const admin = await administrator(city);
  await admin.open(page);
  await nameServer(admin);
  await admin.page.fill('#user', 'lykta');
  await admin.press('button', 'Spara');
  assert.match(await admin.page.locator('.note.bad').textContent(), /Skriv lösenordet/);
  await admin.page.fill('#password', secret);
  await admin.press('button', 'Spara');
  assert.match(await content(admin), /Sparat/);
  const file = join(city.city, 'keys', 'mail.password');
  assert.equal(readFileSync(file, 'utf-8'), secret);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.ok(!(await admin.page.content()).includes(secret));
  assert.equal(spawnSync('grep', ['-rla', secret, city.city], { encoding: 'utf-8' }).stdout.trim(), file);
  assert.equal(sql(city.city, "select count(*) from audit where action = 'settings.mail_password' and detail = ''"), '1');
  assert.equal(city.log.filter(line => line.includes(secret)).length, 0);

  await admin.page.fill('#contact', 'Kansliet');
  await admin.press('button', 'Spara');
  assert.match(await content(admin), /Sparat/);
  await admin.page.fill('#server', 'smtp://127.0.0.1:2525');
  await admin.press('button', 'Spara');
  assert.match(await admin.page.locator('.note.bad').textContent(), /skickas inte till en annan/);
  assert.equal(readFileSync(file, 'utf-8'), secret);
  await admin.close();
});

test('the second of two administrators is shown what the first has saved, and saves knowingly', async () => {
  const city = await openSettings();
  const one = await administrator(city);
  const two = await administrator(city);
  for (const admin of [one, two])
    await admin.open(page);
  await one.page.fill('#contact', 'Kansliet');
  await one.press('button', 'Spara');
  await two.page.fill('#contact', 'Växeln');
  await two.press('button', 'Spara');
  assert.match(await two.page.locator('.saved').textContent(), /Kansliet/);
  assert.equal(await two.page.inputValue('#contact'), 'Växeln');
  assert.equal(changes(city).length, 1);
  await two.press('button', 'Spara');
  assert.deepEqual(changes(city).at(-1), 'site.contact: "Kansliet" -> "Växeln"');
  await one.close();
  await two.close();
});

test('the page lists what a person has still to check, and what is changed on the machine', async () => {
  const city = await openSettings();
  const admin = await administrator(city);
  await admin.open(page);
  const count = text => sql(city.city, text);
  const titles = await admin.page.locator('details summary').allTextContents();
  assert.equal(titles[0], `Telefonnummer (${count("select count(*) from public_helpline where status = 'granskas'")})`);
  assert.match(titles[1], /Lagrum \(\d+\)/);
  assert.match(titles[2], /Tecken [^(]*\(\d+\)/);
  for (const summary of await admin.page.locator('details summary').all())
    await summary.click();
  await admin.look();
  assert.match(await content(admin), /020-50 50 50[^]*OSL 10 kap\. 21 §/);
  assert.match(await content(admin), /lykta\.conf[^]*127\.0\.0\.1:8080/);
  await admin.press('button', /Jag har kontrollerat numret i dag.*020-50 50 50/);
  assert.match(await content(admin), /Numret visas nu som kontrollerat/);
  const reader = await visit(browser, city, true);
  await reader.open('/hjalp');
  assert.match(await content(reader), /020-50 50 50[^]*[Kk]ontrollerat/);
  await reader.close();
  assert.equal(count("select detail from audit where action = 'public.helpline_check'"), '020-50 50 50');
  sql(city.city, `update public_helpline set status = 'verified', checked_on = '${day()}'`);
  await admin.open(page);
  assert.match((await admin.page.locator('details summary').allTextContents())[0], /Lagrum/);
  await admin.open('/en' + page);
  assert.match(await content(admin), /Remains to be checked/);
  await admin.close();
});

test('nobody but an administrator reaches the settings', async () => {
  const city = await openSettings();
  for (const role of ['member', 'coordinator', 'auditor']) {
    const other = await signIn(browser, city, true, role);
    for (const address of [page, status])
      assert.equal((await other.page.goto(city.url + address)).status(), 403, `${role} at ${address}`);
    await other.close();
  }
});

test('the page tells how backups stand, and when to try that one comes back', async () => {
  const city = await openSettings();
  const admin = await administrator(city);
  const lykta = (...words) => assert.equal(spawnSync(program, words).status, 0, words.join(' '));
  const [key, file] = ['key', 'one.lykta'].map(name => join(city.city, '..', name));
  await admin.open(page);
  assert.match(await content(admin), /Det finns ingen säkerhetskopia/);
  lykta('backup', city.city, '--make-key', key);
  lykta('backup', city.city, file);
  await admin.open(page);
  await admin.look();
  assert.match(await content(admin), /Den senaste säkerhetskopian gjordes 20\d\d-[^]*one\.lykta[^]*dags att prova/);
  lykta('restore', file, city.city, '--trial', '--key', key);
  await admin.open(page);
  assert.match(await content(admin), /Senast någon provade att återställa[^]*Den var hel/);
  assert.doesNotMatch(await content(admin), /dags att prova/);
  await admin.close();
});

test('the administrator sees in words how the system is, and what to do comes first', async () => {
  const city = await openSettings();
  const admin = await administrator(city);
  const lykta = (...words) => assert.equal(spawnSync(program, words).status, 0, words.join(' '));
  const rows = () => admin.page.locator('tbody tr').evaluateAll(all => Object.fromEntries(all.map(row =>
    [row.querySelector('th').textContent, [...row.querySelectorAll('td')].map(cell => cell.textContent.trim().replace(/\s+/g, ' '))])));
  await admin.open(page);
  await admin.page.getByRole('link', { name: /Så mår systemet/ }).click();
  assert.equal(new URL(admin.page.url()).pathname, status);
  await admin.look();
  assert.match(await content(admin), /\d saker behöver åtgärdas[^]*Att åtgärda[^]*Nyckeln som förseglar säkerhetskopior[^]*Gör så här:[^]*Varje del/);
  const before = await rows();
  assert.equal(Object.keys(before).length, 11);
  const order = Object.values(before).map(([state]) => ['Åtgärda nu', 'Bör åtgärdas', 'Syns inte', 'Bra'].indexOf(state));
  assert.deepEqual(order, order.toSorted((a, b) => a - b));
  assert.ok(!order.includes(-1));
  assert.equal(before['Mejl'][0], 'Åtgärda nu');
  assert.match(before['Mejl'][1], /Ingen mejlserver är vald\. \d+ mejl väntar/);
  assert.match(before['Programmet'][1], /Lykta \d+\.\d+\.\d+\. Startade 20\d\d-\d\d-\d\d \d\d\.\d\d/);
  assert.match(before['Besök på sidorna'][1], /Svar sedan starten: [1-9]/);
  assert.equal(before['Databasen'][0], 'Syns inte');
  assert.match(before['Mapp och nycklar'][1], /alla nycklar finns/);

  const [key, file] = ['key', 'one.lykta'].map(name => join(city.city, '..', name));
  lykta('backup', city.city, '--make-key', key);
  lykta('backup', city.city, file);
  lykta('restore', file, city.city, '--trial', '--key', key);
  await admin.open(status);
  for (let i = 0; i < 50 && !/senast klar/.test((await rows())['Det som görs av sig självt'][1]); i++)
    await admin.page.reload();
  const then = await rows();
  assert.deepEqual(['Säkerhetskopior', 'Återställning på prov', 'Databasen', 'Det som görs av sig självt'].map(name => then[name][0]),
    ['Bra', 'Bra', 'Bra', 'Bra']);
  assert.match(then['Det som görs av sig självt'][1], /Blev senast klar med en uppgift 20/);

  spawnSync('chmod', ['644', join(city.city, 'keys', 'lookup.key')]);
  await admin.open('/en' + status);
  assert.match(await content(admin), /things need doing[^]*Folder and keys[^]*Others on the server can reach[^]*lookup\.key[^]*chmod 600/);
  await admin.close();
});

test('the program\'s documents are found from the settings, and can be read on a telephone', async () => {
  const admin = await administrator(await openSettings());
  await admin.open(page);
  await admin.page.getByRole('link', { name: 'Så installeras, sköts och granskas programmet' }).click();
  await admin.look();
  assert.match(await content(admin), /Installera.*Säkerhetskopior.*Vem får göra vad/s);
  await admin.page.getByRole('link', { name: 'Installera' }).click();
  await admin.look();
  assert.match(await content(admin), /systemctl enable --now lykta@lund/);
  await admin.page.getByRole('link', { name: 'Sköta driften av Lykta' }).first().click();
  assert.match(admin.page.url(), /\/hjalp\/om-programmet\/drift$/);
});
