// The people of a city: invited by letter, changed, reset and closed by an administrator; what others may not.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, codeOf, enterCode, openBrowser, openCity, signIn } from './city.mjs';
import { openPost } from './post.mjs';

const site = 'https://natverk.exempel.se';
let city, browser, post;
before(async () => {
  post = await openPost();
  city = await openCity(folder => {
    const conf = join(folder, 'lykta.conf');
    writeFileSync(conf, readFileSync(conf, 'utf-8').replace('address =', `address = ${site}`)
      .replace('server =', `server = smtp://localhost:${post.port}`).replace('sender =', 'sender = natverket@exempel.se')
      .replace('tls = required', 'tls = none'));
  });
  browser = await openBrowser();
});
after(async () => { await browser?.close(); post.close(); await city?.close(); });

async function visit(options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  return context.newPage();
}

async function administrator(options) {
  const page = await visit(options);
  await signIn(page, city, 'administrator');
  return page;
}

async function invite(page, email, roles) {
  await page.goto(city.url + '/personer');
  await page.click('text=Bjud in en person');
  await page.fill('#name', 'Åsa Exempel');
  await page.fill('#email', email);
  for (const role of roles)
    await page.check(`input[value=${role}]`);
  await page.click('main button');
  await page.waitForURL(/personer\?skickat/);
}

// The path of the link in the latest letter to the address that has one.
async function linkTo(email, n = 1) {
  const found = await post.wait(n, l => l.to === email && l.plain.includes('/valkommen/'));
  assert.equal(found.length, n);
  assert.deepEqual(found[n - 1].defects, []);
  return found[n - 1].plain.match(new RegExp(`${site}(/(?:en/)?valkommen/\\S+)`))[1];
}

async function choosePassword(page, link, password) {
  await page.goto(city.url + link);
  await page.fill('#wanted', password);
  await page.fill('#again', password);
  await page.click('main button');
}

// Presses a button and waits for the page it leads to.
async function press(page, name) {
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name, exact: true }).click()]);
}

async function personPage(page, email) {
  await page.goto(city.url + '/personer');
  await page.locator('tr', { hasText: email }).getByRole('link').click();
  await page.waitForURL(/personer\/\d+/);
}

for (const javaScriptEnabled of [true, false])
  test(`a person is invited, chooses a password, sets up a device and is in, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const admin = await administrator({ javaScriptEnabled });
    const email = `asa${javaScriptEnabled ? 1 : 2}@exempel.se`;
    await invite(admin, email, ['coordinator']);
    assert.match(await admin.textContent('main'), new RegExp(`${email}[^]*Inbjuden`));
    const page = await visit({ javaScriptEnabled });
    const link = await linkTo(email);
    for (const easy of ['Åsa Exempel 1985', 'Lösenord2026!', 'Lykta i Lund 2026']) {
      await choosePassword(page, link, easy);
      assert.match(await page.textContent('[role=alert]'), /lätt att gissa/, easy);
    }
    if (process.env.PICTURES)
      await page.screenshot({ path: `${process.env.PICTURES}/easy-password.png`, fullPage: true });
    await choosePassword(page, link, 'fyra korta ord hela dagen');
    await page.waitForURL(/kod\/ny/);
    await page.fill('#code', codeOf(await page.textContent('.secret'), Math.floor(Date.now() / 30000)));
    await page.click('main button');
    await page.click('text=Jag har sparat koderna');
    await page.waitForURL(/\/konto$/);
    assert.match(await page.textContent('main'), /samordnare/);
    const late = await visit();
    await late.goto(city.url + link);
    assert.match(await late.textContent('h1'), /gäller inte längre/);
    await admin.reload();
    for (const x of [admin, page, late])
      await x.context().close();
  });

test('an invitation with faults keeps what was typed and invites nobody', async () => {
  const page = await administrator();
  await page.goto(city.url + '/personer/ny');
  await page.fill('#name', 'Kim Exempel');
  await page.fill('#email', city.accounts.member);
  await page.click('main button');
  assert.match(await page.textContent('[role=alert]'), /Roller/);
  assert.equal(await page.inputValue('#name'), 'Kim Exempel');
  await page.check('input[value=member]');
  await page.click('main button');
  assert.match(await page.textContent('[role=alert]'), /har redan ett konto/);
  await page.context().close();
});

test('of two administrators who change one person, the second is shown what the first has saved', async () => {
  const one = await administrator();
  const two = await administrator();
  for (const page of [one, two])
    await personPage(page, city.accounts['list-keeper']);
  await one.fill('#name', 'Exempel Ett');
  await press(one, 'Spara');
  assert.match(one.url(), /sparat/);
  await two.fill('#name', 'Exempel Två');
  await press(two, 'Spara');
  assert.match(await two.textContent('.saved'), /Exempel Ett/);
  assert.equal(await two.inputValue('#name'), 'Exempel Två');
  await press(two, 'Spara');
  assert.match(two.url(), /sparat/);
  await one.context().close();
  await two.context().close();
});

test('changed roles and a closed account end what the person had open', async () => {
  const admin = await administrator();
  const page = await visit();
  await signIn(page, city, 'analyst');
  await personPage(admin, city.accounts.analyst);
  await admin.check('input[value=approver]');
  await press(admin, 'Spara');
  assert.match(admin.url(), /sparat/);
  await page.goto(city.url + '/konto');
  assert.match(page.url(), /logga-in/);
  await admin.check('#closed');
  await press(admin, 'Spara');
  assert.match(admin.url(), /sparat/);
  await page.fill('#email', city.accounts.analyst);
  await page.fill('#password', city.password);
  await page.click('main button');
  assert.match(await page.textContent('[role=alert]'), /är fel/);
  await admin.context().close();
  await page.context().close();
});

test('the last administrator stays one', async () => {
  const page = await administrator();
  await personPage(page, city.accounts.administrator);
  await page.uncheck('input[value=administrator]');
  await page.check('input[value=member]');
  await press(page, 'Spara');
  assert.match(await page.textContent('[role=alert]'), /minst en administratör/);
  await page.context().close();
});

test('a lost password and a lost device are mended by a link and a new device', async () => {
  const admin = await administrator();
  const email = 'vilse@exempel.se';
  await invite(admin, email, ['member']);
  const page = await visit();
  await choosePassword(page, await linkTo(email), 'mustig pianolektion hagel');
  await enterCode(page, 'vilse');
  await personPage(admin, email);
  await press(admin, 'Skicka ny länk');
  assert.match(admin.url(), /sparat/);
  await press(admin, 'Glöm personens enheter');
  assert.match(admin.url(), /sparat/);
  await page.goto(city.url + '/konto');
  assert.match(page.url(), /logga-in/);
  await choosePassword(page, await linkTo(email, 2), 'hundkoja sparris tunnel');
  await page.waitForURL(/kod\/ny/);
  await enterCode(page, 'vilse');
  const told = await post.wait(3, l => l.to === email && l.subject === 'Din inloggning i Lund (exempel) har ändrats');
  for (const words of [/Administratören har tagit bort din app/, /Ditt lösenord i portalen har bytts/, /En ny app för koder har ställts in/])
    assert.equal(told.filter(l => words.test(l.plain)).length, 1, words);
  for (const letter of told) {
    assert.deepEqual(letter.defects, []);
    assert.doesNotMatch(letter.plain + letter.html, /https?:|sparris/);
  }
  await admin.context().close();
  await page.context().close();
});

test('who is no administrator reaches neither list nor person; an auditor reads the list alone', async () => {
  for (const [role, list] of [['member', 403], ['coordinator', 403], ['auditor', 200]]) {
    const page = await visit();
    await signIn(page, city, role);
    assert.equal((await page.goto(city.url + '/personer')).status(), list, role);
    if (list === 200)
      assert.equal(await page.locator('main a').count(), 0);
    for (const path of ['/personer/1', '/personer/ny'])
      assert.equal((await page.goto(city.url + path)).status(), 403, role + path);
    await page.context().close();
  }
});

test('the pages of people are accessible and fit a phone and a desk', async () => {
  const page = await administrator({ bypassCSP: true });
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 700 });
    for (const path of ['/personer', '/personer/ny', '/personer/1', '/personer/1?sparat', '/valkommen/okand', '/en/personer/2', '/registerutdrag', '/konto/uppgifter', '/en/konto/uppgifter']) {
      await page.goto(city.url + path);
      await assertAccessible(page, path);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path + ' scrolls sideways');
      if (process.env.PICTURES)
        await page.screenshot({ path: `${process.env.PICTURES}/${path.replaceAll('/', '-')}-${width}.png`, fullPage: true });
    }
  }
  await page.context().close();
});

test('a person sees all that is kept of them, and takes it along', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await visit({ javaScriptEnabled, acceptDownloads: true });
    await signIn(page, city, 'member');
    await page.goto(city.url + '/konto');
    await page.click('text=Se allt som sparas om dig');
    await page.waitForURL(/\/konto\/uppgifter$/);
    const told = await page.textContent('main');
    assert.match(told, new RegExp(`E-post\\s*${city.accounts.member.replaceAll('.', '\\.')}`));
    assert.match(told, /Roller[\s\S]*Medlem/i);
    assert.doesNotMatch(told, new RegExp(city.accounts.coordinator));
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Hämta som fil')]);
    const kept = JSON.parse(readFileSync(await download.path(), 'utf-8'));
    assert.equal(kept.email, city.accounts.member);
    assert.equal(kept.account[0].email, city.accounts.member);
    await page.context().close();
  }
});

test('who answers a request takes out what is kept of one, and the log says so without the address', async () => {
  const page = await visit({ acceptDownloads: true });
  await signIn(page, city, 'dpo');
  await page.goto(city.url + '/registerutdrag');
  await page.fill('#email', 'ingen');
  await page.click('main button');
  assert.equal(await page.locator('.f.err').count(), 1);
  await page.fill('#email', city.accounts.member);
  await page.click('main button');
  assert.match(await page.textContent('main'), new RegExp(city.accounts.member.replaceAll('.', '\\.')));
  assert.ok(!page.url().includes('@'), 'an address stands in an address');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Hämta som fil')]);
  assert.equal(JSON.parse(readFileSync(await download.path(), 'utf-8')).account.length, 1);
  await page.click('text=Ett annat utdrag');
  await page.fill('#email', 'ingen.alls@exempel.example');
  await page.click('main button');
  assert.match(await page.textContent('main'), /Ingenting sparas om adressen/);
  await page.goto(city.url + '/logg');
  const log = await page.textContent('main tbody');
  assert.equal(log.split('Tog ut allt som sparas om en person').length - 1, 3);
  assert.ok(!log.includes(city.accounts.member) && !log.includes('ingen.alls'));
  await page.context().close();
});
