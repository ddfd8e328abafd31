// Signing in, one's own account and its sessions: with and without JavaScript, on a phone. Codes are made by oathtool.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, codeOf, enterCode, openBrowser, openCity, program, signIn, signInAnew } from './city.mjs';

let city, browser;
before(async () => { city = await openCity(); browser = await openBrowser(); });
after(async () => { await browser?.close(); await city?.close(); });

async function visit(options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  return context.newPage();
}

for (const javaScriptEnabled of [true, false])
  test(javaScriptEnabled ? 'every role signs in and out' : 'roles sign in and out without JavaScript', async () => {
    for (const role of javaScriptEnabled ? Object.keys(city.accounts) : ['member', 'analyst', 'triage']) {
      const page = await visit({ javaScriptEnabled });
      await signInAnew(page, city, city.accounts[role], city.password);
      const answer = await page.goto(city.url + '/konto');
      assert.equal(answer.status(), 200, role);
      assert.match(await page.textContent('main'), new RegExp(city.accounts[role]));
      await page.click('text=Logga ut');
      const after = await page.goto(city.url + '/konto');
      assert.match(after.url(), /logga-in/, role);
      await page.context().close();
    }
  });

test('a wrong password is told without saying which of the two was wrong, and keeps the address', async () => {
  const page = await visit();
  await page.goto(city.url + '/logga-in');
  const told = [];
  for (const email of [city.accounts.member, 'nobody@lund.example']) {
    await page.fill('#email', email);
    await page.fill('#password', 'wrong wrong wrong');
    await page.click('main button');
    assert.equal(await page.inputValue('#email'), email);
    assert.equal(await page.inputValue('#password'), '');
    told.push(await page.textContent('[role=alert]'));
  }
  assert.equal(told[0], told[1]);
  await page.context().close();
});

test('who is not signed in is led to sign-in and back', async () => {
  const page = await visit();
  await page.goto(city.url + '/konto/losenord');
  assert.match(page.url(), /logga-in/);
  await page.fill('#email', city.accounts['list-keeper']);
  await page.fill('#password', city.password);
  await page.click('main button');
  await page.waitForURL(/logga-in\/kod/);
  await enterCode(page);
  assert.match(page.url(), /konto\/losenord/);
  await page.context().close();
});

test('the session cookie cannot be read by scripts, leaves no other site, and is another at each sign-in', async () => {
  const page = await visit();
  const account = newAccount();
  const seen = [];
  for (let i = 0; i < 2; i++) {
    await signInAnew(page, city, account.email, account.password);
    const cookies = (await page.context().cookies()).filter(c => c.name === '__Host-lykta');
    assert.equal(cookies.length, 1);
    assert.ok(cookies[0].httpOnly && cookies[0].secure && cookies[0].sameSite === 'Strict');
    seen.push(cookies[0].value);
    await page.click('text=Logga ut');
  }
  assert.notEqual(seen[0], seen[1]);
  await page.context().close();
});

test('a form from elsewhere, or with the token of another, changes nothing', async () => {
  const page = await visit();
  await signIn(page, city, 'dpo');
  await page.goto(city.url + '/konto/losenord');
  const other = await visit();
  await signIn(other, city, 'programme-lead');
  await other.goto(city.url + '/konto/losenord');
  const token = await other.inputValue('input[name=token]');
  for (const [headers, sent] of [[{ 'sec-fetch-site': 'cross-site' }, await page.inputValue('input[name=token]')],
    [{ 'sec-fetch-site': 'same-origin' }, token], [{ 'sec-fetch-site': 'same-origin' }, '']]) {
    const answer = await page.request.post(city.url + '/konto/losenord', { headers, form: { token: sent, now: city.password, wanted: 'x', again: 'x' } });
    assert.equal(answer.status(), 403);
  }
  await page.context().close();
  await other.context().close();
});

test('a form with a file is refused without its token as well', async () => {
  const page = await visit();
  await signIn(page, city, 'coordinator');
  const cookie = (await page.context().cookies()).find(one => one.name === '__Host-lykta');
  for (const path of ['/natverket/import', '/plan/las-in']) {
    await page.goto(city.url + path);
    const token = await page.inputValue('main input[name=token]');
    for (const [sent, status] of [[token, 422], ['wapiti', 403]]) {
      const body = new FormData();
      body.set('token', sent);
      body.set('file', new Blob(['x']), 'x.csv');
      const answer = await fetch(city.url + path, { method: 'POST', body, headers: { origin: city.url, cookie: `${cookie.name}=${cookie.value}` } });
      assert.equal(answer.status, status, `${path} with ${sent}`);
    }
  }
  await page.context().close();
});

test('the pages for who is signed in are accessible and fit a phone', async () => {
  const page = await visit({ viewport: { width: 320, height: 640 }, bypassCSP: true });
  for (const path of ['/logga-in', '/konto', '/konto/losenord', '/konto/kod', '/konto/aterstallningskoder']) {
    if (path === '/konto')
      await signIn(page, city, 'administrator');
    await page.goto(city.url + path);
    await assertAccessible(page, path);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path + ' scrolls sideways');
  }
  await page.context().close();
});

// A new account of this city, as the administrator makes it on the command line: its address and first password.
let made = 0;
function newAccount(role = 'coordinator') {
  const email = `ny${++made}@lund.example`;
  const out = spawnSync(program, ['user', 'add', city.city, '--email', email, '--name', 'Exempel Ny', '--role', role],
    { encoding: 'utf-8' });
  assert.equal(out.status, 0, out.stderr);
  return { email, password: out.stdout.match(/password: (\S+)/)[1] };
}

// The code `steps` half minutes from now.
const codeAt = (secret, steps = 0) => codeOf(secret, Math.floor(Date.now() / 30000) + steps);

async function givePassword(page, { email, password }) {
  await page.goto(city.url + '/logga-in');
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.click('main button');
  await page.waitForURL(/logga-in\/kod/);
}

async function giveCode(page, code) {
  await page.fill('#code', code);
  await page.click('main button');
}

// Signs in for the first time: sets up a device, and keeps its key and the recovery codes.
async function enrol(page, account) {
  await givePassword(page, account);
  assert.match(page.url(), /kod\/ny/);
  const secret = await page.textContent('.secret');
  assert.equal((await page.locator('svg.qr').count()), 1);
  await giveCode(page, codeAt(secret));
  await page.waitForSelector('ol.codes');
  return { secret, recovery: await page.$$eval('ol.codes li', all => all.map(x => x.textContent.trim())) };
}

for (const javaScriptEnabled of [true, false])
  test(`a new account sets up a device, and needs its code from then on, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const page = await visit({ javaScriptEnabled });
    const account = newAccount();
    const { secret, recovery } = await enrol(page, account);
    assert.equal(new Set(recovery).size, 10);
    await page.click('text=Jag har sparat koderna');
    assert.match(await page.textContent('main'), /10 återställningskoder kvar/);
    await page.context().clearCookies();
    await givePassword(page, account);
    assert.doesNotMatch(page.url(), /kod\/ny/);
    await giveCode(page, codeAt(secret, 1));
    await page.waitForURL(/\/konto$/);
    await page.context().close();
  });

test('the square is read by a program for codes, and holds the key that stands under it', async () => {
  const page = await visit({ viewport: { width: 800, height: 900 }, deviceScaleFactor: 2 });
  await givePassword(page, newAccount());
  const picture = join(mkdtempSync(join(tmpdir(), 'lykta-qr-')), 'qr.png');
  await page.locator('svg.qr').screenshot({ path: picture });
  const read = spawnSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf-8' });
  assert.equal(read.status, 0, read.stderr);
  const address = new URL(read.stdout.trim());
  assert.equal(address.protocol, 'otpauth:');
  assert.equal(address.searchParams.get('secret'), (await page.textContent('.secret')).replaceAll(' ', ''));
  await page.context().close();
});

test('a password alone opens nothing, and no second device', async () => {
  const page = await visit();
  const account = newAccount('administrator');
  await enrol(page, account);
  await page.context().clearCookies();
  await givePassword(page, account);
  for (const path of ['/konto', '/konto/losenord', '/konto/kod', '/konto/aterstallningskoder', '/plan/andra']) {
    await page.goto(city.url + path);
    assert.match(page.url(), /logga-in\/kod|plan\/andra/, path);
    assert.doesNotMatch(await page.textContent('main'), /Avsluta alla andra|Nytt lösenord/, path);
  }
  await page.goto(city.url + '/logga-in/kod/ny');
  assert.doesNotMatch(page.url(), /kod\/ny/);
  await page.context().close();
});

test('a code that is wrong, old or used is refused, and too many wrong ones must wait', async () => {
  const page = await visit();
  const account = newAccount();
  const { secret } = await enrol(page, account);
  const used = codeAt(secret);
  await page.context().clearCookies();
  await givePassword(page, account);
  for (const code of [used, codeAt(secret, -10), codeAt(secret, 10), 'abc', '']) {
    await giveCode(page, code);
    assert.match(await page.textContent('[role=alert]'), /fel eller har redan använts/, code);
  }
  await giveCode(page, codeAt(secret, 1));
  assert.match(await page.textContent('[role=alert]'), /Vänta 1 minut/);
  await page.context().close();
});

test('a recovery code lets in once', async () => {
  const page = await visit();
  const account = newAccount();
  const { recovery } = await enrol(page, account);
  for (const [code, isRight] of [[recovery[3], true], [recovery[3], false], [recovery[4].toUpperCase().replaceAll('-', ' '), true]]) {
    await page.context().clearCookies();
    await givePassword(page, account);
    await page.click('text=Jag kan inte använda appen');
    await giveCode(page, code);
    if (isRight)
      await page.waitForURL(/\/konto$/);
    else
      assert.match(await page.textContent('[role=alert]'), /fel eller har redan använts/);
  }
  assert.match(await page.textContent('main'), /8 återställningskoder kvar/);
  await page.context().close();
});

test('the device is changed with the password and the new code; other devices are signed out', async () => {
  const page = await visit();
  const other = await visit();
  const account = newAccount();
  const { secret, recovery } = await enrol(page, account);
  await givePassword(other, account);
  await giveCode(other, codeAt(secret, 1));
  await other.waitForURL(/\/konto$/);
  await page.goto(city.url + '/konto/kod');
  const fresh = await page.textContent('.secret');
  assert.notEqual(fresh, secret);
  await page.fill('#password', account.password);
  await giveCode(page, codeAt(secret, 1));
  assert.match(await page.textContent('[role=alert]'), /Koden stämmer inte/);
  await page.fill('#password', account.password);
  await giveCode(page, codeAt(fresh));
  await page.waitForSelector('ol.codes');
  assert.ok(!(await page.textContent('ol.codes')).includes(recovery[0]));
  await other.goto(city.url + '/konto');
  assert.match(other.url(), /logga-in/);
  await page.context().close();
  await other.context().close();
});

test('guessing at a password becomes slow, also for an address without an account', async () => {
  const page = await visit();
  for (const email of [newAccount().email, 'nobody2@lund.example']) {
    const told = [];
    await page.goto(city.url + '/logga-in');
    for (let i = 0; i < 6; i++) {
      await page.fill('#email', email);
      await page.fill('#password', 'wrong wrong wrong');
      await page.click('main button');
      told.push(await page.textContent('[role=alert]'));
    }
    assert.match(told[4], /lösenordet är fel/);
    assert.match(told[5], /Vänta 1 minut/);
  }
  await page.context().close();
});

test('who has lost the device sets up a new one after the administrator has reset the account', async () => {
  const page = await visit();
  const account = newAccount();
  const { secret } = await enrol(page, account);
  const out = spawnSync(program, ['user', 'reset', city.city, '--email', account.email, '--device'], { encoding: 'utf-8' });
  assert.equal(out.status, 0, out.stderr);
  await page.goto(city.url + '/konto');
  assert.match(page.url(), /logga-in/);
  const again = await enrol(page, { email: account.email, password: out.stdout.match(/password: (\S+)/)[1] });
  assert.notEqual(again.secret, secret);
  await page.context().close();
});

test('the pages of the second step are accessible and fit a phone', async () => {
  const page = await visit({ viewport: { width: 320, height: 640 }, bypassCSP: true });
  const fits = async what => {
    await assertAccessible(page, what);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), what + ' scrolls sideways');
  };
  const account = newAccount();
  await givePassword(page, account);
  await fits('setting up a device');
  await giveCode(page, codeAt(await page.textContent('.secret')));
  await page.waitForSelector('ol.codes');
  await fits('recovery codes');
  await page.context().clearCookies();
  await givePassword(page, account);
  await fits('the code');
  await giveCode(page, '000000');
  await fits('a wrong code');
  await page.goto(city.url + '/logga-in/aterstallningskod');
  await fits('a recovery code');
  await page.context().close();
});
