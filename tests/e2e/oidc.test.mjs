// Signing in through the municipality's own provider, a real one: linking, every way it can go wrong, and the way back
// from another site, with and without JavaScript on our side.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, nameProvider, openBrowser, openCity, signInAnew, sql } from './city.mjs';
import { freePort, openProvider } from './provider.mjs';

let provider, city, browser;

before(async () => {
  const port = await freePort();
  provider = await openProvider({
    people: ['anna', 'bo', 'cecilia', 'david', 'eva', 'frida'], returnTo: `http://127.0.0.1:${port}/logga-in/kommun/svar`,
  });
  city = await openCity(folder => nameProvider(folder, port, provider), port);
  browser = await openBrowser();
});
after(async () => { await browser?.close(); await city?.close(); await provider?.close(); });

async function visit(options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ignoreHTTPSErrors: true, ...options });
  return context.newPage();
}

// Gives name and password on the provider's own pages.
async function signInThere(page, name) {
  await page.waitForURL(url => url.href.startsWith(provider.url));
  await page.fill('#username', name);
  await page.fill('#password', provider.password);
  await page.click('button:has-text("OK")');
  await page.click('button[title^=Continue]');
}

// What the provider's page does when it is told to go on: its own pages need JavaScript, ours do not.
async function goOnThere(page) {
  await page.waitForURL(url => url.href.startsWith(provider.url));
  await page.goto(new URL(page.url()).searchParams.get('callback_url') + '&g_continue');
}

// Links the account of `role` to `name` at the provider.
async function link(page, role, name) {
  await signInAnew(page, city, city.accounts[role], city.password);
  await page.goto(city.url + '/konto');
  await page.click('text=Inloggning genom Lunds kommun');
  await page.click('text=Koppla inloggning från Lunds kommun');
  await signInThere(page, name);
  await page.waitForURL(/\/konto\/kommun\/koppla$/);
  await page.fill('#password', city.password);
  await page.click('main button');
}

// Where the provider would send the browser back to, asked for without going there; the page stays at the provider.
async function answerOf(page, name) {
  const { request } = page.context();
  await leave(page);
  await page.waitForURL(url => url.href.startsWith(provider.url));
  const asked = new URL(page.url()).searchParams.get('callback_url');
  await request.post(provider.url + '/api/auth/', { data: { username: name, password: provider.password } });
  const answer = await request.get(asked + '&g_continue', { maxRedirects: 0 });
  return new URL(answer.headers().location);
}

async function leave(page, path = '/logga-in') {
  await page.goto(city.url + path);
  await page.click('text=Logga in genom Lunds kommun');
}

const log = () => sql(city.city, "select action || ' ' || detail from audit where action like 'account.%' order by id").split('\n').map(line => line.trim()).filter(line => line);

test('a person links their sign-in once, and signs in with it from then on', async () => {
  const page = await visit();
  await link(page, 'coordinator', 'anna');
  assert.match(await page.textContent('main'), /Sparat.*Ditt konto är kopplat till din inloggning hos Lunds kommun/s);
  assert.ok(log().includes('account.provider_link'));
  const other = await visit();
  await leave(other);
  await signInThere(other, 'anna');
  await other.waitForURL(/\/konto$/);
  assert.match(await other.textContent('main'), new RegExp(city.accounts.coordinator));
  assert.equal(log().at(-1), 'account.sign_in oidc');
  const session = (await other.context().cookies()).find(c => c.name === '__Host-lykta');
  assert.ok(session.httpOnly && session.secure && session.sameSite === 'Strict');
  assert.equal((await other.context().cookies()).find(c => c.name === '__Host-lykta-kommun'), undefined);
  await page.context().close();
  await other.context().close();
});

test('the page asked for before is where one lands, also without JavaScript, and in English', async () => {
  const page = await visit();
  await leave(page);
  await signInThere(page, 'anna');
  await page.waitForURL(/\/konto$/);
  const plain = await visit({ javaScriptEnabled: false });
  await plain.context().addCookies(await page.context().cookies(provider.url));
  await plain.goto(city.url + '/en/konto/losenord');
  await plain.click('text=Sign in through Lunds kommun');
  await goOnThere(plain);
  await plain.waitForURL(/\/en\/konto\/losenord$/);
  assert.match(await plain.textContent('main'), /Change password/);
  await page.context().close();
  await plain.context().close();
});

test('a browser that does not go on by itself finds a link, and is signed in by following it', async () => {
  const page = await visit();
  const back = await answerOf(page, 'anna');
  await page.route(/\/konto$/, route => route.fulfill({ status: 204 }), { times: 1 });
  await page.evaluate(address => { location = address; }, back.href);
  await page.waitForURL(/svar/);
  await page.click('main a.btn');
  await page.waitForURL(/\/konto$/);
  await page.context().close();
});

test('somebody whom nobody here is linked to is refused, and told what to do', async () => {
  const page = await visit();
  await leave(page);
  await signInThere(page, 'bo');
  await page.waitForURL(/svar/);
  assert.match(await page.textContent('main'), /Inget konto är kopplat till din inloggning.*koppla inloggningen/s);
  assert.equal(log().at(-1), 'account.sign_in_failed oidc: nobody is linked');
  assert.equal((await page.goto(city.url + '/konto')).url().includes('/logga-in'), true);
  await page.context().close();
});

test('a level of assurance that is too low for the role neither links nor signs in', async () => {
  const page = await visit();
  await link(page, 'administrator', 'cecilia');
  assert.match(await page.textContent('main'), /Du behöver logga in på ett säkrare sätt/);
  await page.context().close();
});

test('an identity belongs to one account', async () => {
  const page = await visit();
  await link(page, 'analyst', 'anna');
  assert.match(await page.textContent('main'), /Inloggningen hör till ett annat konto/);
  await page.context().close();
});

test('linking asks for the password of the account', async () => {
  const page = await visit();
  await signInAnew(page, city, city.accounts.approver, city.password);
  await page.goto(city.url + '/konto/kommun');
  await page.click('text=Koppla inloggning från');
  await signInThere(page, 'david');
  await page.waitForURL(/koppla$/);
  await page.fill('#password', 'wrong wrong wrong');
  await page.click('main button');
  assert.match(await page.textContent('[role=alert]'), /Lösenordet är fel/);
  await page.fill('#password', city.password);
  await page.click('main button');
  await page.waitForURL(/sparat$/);
  await page.context().close();
});

test('what one person has proved at the provider links nobody else', async () => {
  const page = await visit();
  await signInAnew(page, city, city.accounts.auditor, city.password);
  await page.goto(city.url + '/konto/kommun');
  await page.click('text=Koppla inloggning från');
  await signInThere(page, 'eva');
  await page.waitForURL(/koppla$/);
  const proof = (await page.context().cookies()).find(c => c.name === '__Host-lykta-kommun');
  const other = await visit();
  await signInAnew(other, city, city.accounts.dpo, city.password);
  await other.context().addCookies([proof]);
  await other.goto(city.url + '/konto/kommun/koppla');
  assert.match(await other.textContent('main'), /Börja om/);
  await page.context().close();
  await other.context().close();
});

test('who unlinks is signed in through the provider no more', async () => {
  const page = await visit();
  await link(page, 'member', 'frida');
  await page.click('main button:has-text("Ta bort kopplingen")');
  assert.match(await page.textContent('main'), /Koppla inloggning från Lunds kommun/);
  assert.ok(log().includes('account.provider_unlink'));
  for (const words of ['har kopplats till kommunens inloggning', 'är inte längre kopplat till kommunens'])
    assert.equal(sql(city.city, `select count(*) from mail_letter where address = '${city.accounts.member}' and plain like '%${words}%'`), '1', words);
  const other = await visit();
  await leave(other);
  await signInThere(other, 'frida');
  await other.waitForURL(/svar/);
  assert.match(await other.textContent('main'), /Inget konto är kopplat/);
  await page.context().close();
  await other.context().close();
});

// Leaves for the provider, but with the address changed by `change` on the way.
async function leaveChanged(page, change) {
  await page.route(/\/logga-in\/kommun$/, async route => {
    const answer = await route.fetch({ maxRedirects: 0 });
    const address = new URL(answer.headers().location);
    change(address.searchParams);
    await route.fulfill({ response: answer, headers: { ...answer.headers(), location: address.href } });
  });
  await leave(page);
}

// A wrong verifier is answered by this provider as a client it does not know.
for (const [name, change, words] of [
  ['nonce', q => q.set('nonce', 'A'.repeat(43)), /Vi kunde inte lita på svaret/],
  ['challenge', q => q.set('code_challenge', 'A'.repeat(43)), /Det går inte att logga in/],
])
  test(`a ${name} that was changed on the way is refused`, async () => {
    const page = await visit();
    await leaveChanged(page, change);
    await signInThere(page, 'anna');
    await page.waitForURL(/svar/);
    assert.match(await page.textContent('main'), words);
    await page.goto(city.url + '/konto');
    assert.match(page.url(), /logga-in/);
    await page.context().close();
  });

test('an answer whose state or issuer was changed is refused', async () => {
  for (const [field, value, words] of [['state', 'A'.repeat(43), /Börja om/], ['iss', 'https://localhost:1/other', /inte lita på svaret/]]) {
    const page = await visit();
    const back = await answerOf(page, 'anna');
    back.searchParams.set(field, value);
    await page.goto(back.href);
    assert.match(await page.textContent('main'), words, field);
    await page.goto(city.url + '/konto');
    assert.match(page.url(), /logga-in/);
    await page.context().close();
  }
});

test('an answer opens nothing in another browser, and nothing twice', async () => {
  const page = await visit();
  const other = await visit();
  const back = await answerOf(page, 'anna');
  await other.goto(back.href);
  assert.match(await other.textContent('main'), /Börja om/);
  await page.goto(back.href);
  await page.waitForURL(/\/konto$/);
  await page.goto(back.href);
  assert.match(await page.textContent('main'), /Börja om/);
  await page.context().close();
  await other.context().close();
});

test('who the provider refuses is told so', async () => {
  const page = await visit();
  const back = await answerOf(page, 'anna');
  back.searchParams.delete('code');
  back.searchParams.set('error', 'login_required');
  await page.goto(back.href);
  assert.match(await page.textContent('main'), /Inloggningen gick inte/);
  await page.context().close();
});

test('the pages are accessible and fit a phone', async () => {
  const page = await visit({ viewport: { width: 320, height: 640 }, bypassCSP: true });
  const fits = async what => {
    await assertAccessible(page, what);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), what + ' scrolls sideways');
  };
  await page.goto(city.url + '/logga-in');
  await fits('signing in');
  await page.goto(city.url + '/logga-in/kommun/svar');
  await fits('told');
  await signInAnew(page, city, city.accounts['list-keeper'], city.password);
  await page.goto(city.url + '/konto/kommun');
  await fits('not linked');
  await page.click('text=Koppla inloggning från');
  await signInThere(page, 'bo');
  await page.waitForURL(/koppla$/);
  await fits('confirming');
  await page.fill('#password', city.password);
  await page.click('main button');
  await fits('linked');
  await page.context().close();
});

test('a city without a provider shows no such way, and has no such pages', async () => {
  const plain = await openCity();
  const page = await visit();
  await page.goto(plain.url + '/logga-in');
  assert.doesNotMatch(await page.textContent('main'), /Logga in genom/);
  for (const path of ['/logga-in/kommun', '/logga-in/kommun/svar?code=x&state=y'])
    assert.equal((await page.goto(plain.url + path)).status(), 404);
  await signInAnew(page, plain, plain.accounts.coordinator, plain.password);
  assert.doesNotMatch(await page.textContent('main'), /Inloggning genom/);
  for (const path of ['/konto/kommun', '/konto/kommun/ga', '/konto/kommun/koppla'])
    assert.equal((await page.goto(plain.url + path)).status(), 404);
  await page.context().close();
  await plain.close();
});

test('a provider that is down gives a page that says so, and other ways in stay open', async () => {
  await provider.stop();
  const port = Number(new URL(city.url).port);
  await city.close();
  city = await openCity(folder => nameProvider(folder, port, provider), port);
  const page = await visit();
  await page.goto(city.url + '/logga-in');
  const [answer] = await Promise.all([page.waitForResponse(/kommun$/), page.click('text=Logga in genom Lunds kommun')]);
  assert.equal(answer.status(), 503);
  assert.match(await page.textContent('main'), /Det går inte att logga in genom Lunds kommun just nu/);
  await page.click('main .acts a:not(.btn)');
  await signInAnew(page, city, city.accounts.coordinator, city.password);
  await page.context().close();
  await provider.start();
});
