// Signing in, one's own account and its sessions: with and without JavaScript, on a phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, openBrowser, openCity, signIn } from './city.mjs';

let city, browser;
before(async () => { city = await openCity(); browser = await openBrowser(); });
after(async () => { await browser?.close(); await city?.close(); });

async function visit(options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  return context.newPage();
}

for (const javaScriptEnabled of [true, false])
  test(`every role signs in and out, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    for (const role of Object.keys(city.accounts)) {
      const page = await visit({ javaScriptEnabled });
      await signIn(page, city, role);
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
  await page.fill('#email', city.accounts.member);
  await page.fill('#password', city.password);
  await page.click('main button');
  await page.waitForURL(/konto\/losenord/);
  await page.context().close();
});

test('the session cookie cannot be read by scripts, leaves no other site, and is another at each sign-in', async () => {
  const page = await visit();
  const seen = [];
  for (let i = 0; i < 2; i++) {
    await signIn(page, city, 'member');
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
  await signIn(page, city, 'member');
  await page.goto(city.url + '/konto/losenord');
  const other = await visit();
  await signIn(other, city, 'coordinator');
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

test('the pages for who is signed in are accessible and fit a phone', async () => {
  const page = await visit({ viewport: { width: 320, height: 640 }, bypassCSP: true });
  for (const path of ['/logga-in', '/konto', '/konto/losenord']) {
    if (path === '/konto')
      await signIn(page, city, 'administrator');
    await page.goto(city.url + path);
    await assertAccessible(page, path);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path + ' scrolls sideways');
  }
  await page.context().close();
});
