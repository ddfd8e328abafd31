// Passkeys, with an authenticator that the browser itself imitates: made, used, removed, and each wrong way refused.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { assertAccessible, openBrowser, openCity, program, signIn, sql } from './city.mjs';

let city, browser;
before(async () => {
  city = await openCity();
  city.url = city.url.replace('127.0.0.1', 'localhost'); // browsers keep passkeys for names, not for addresses
  browser = await openBrowser();
});
after(async () => { await browser?.close(); await city?.close(); });

async function visit(options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true, ...options });
  return context.newPage();
}

// A page whose browser has a device; `isUserVerified` is whether its user's finger is known.
async function visitWithDevice(isUserVerified = true, hasPrf = false) {
  const page = await visit();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2',
    transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified, hasPrf, automaticPresenceSimulation: true } });
  return Object.assign(page, { cdp, authenticatorId });
}

async function makePasskey(page, role) {
  await signIn(page, city, role);
  await page.goto(city.url + '/konto/passkey');
  await page.click('text=Skapa inloggning på den här enheten');
  await page.waitForSelector('tbody tr');
}

async function enter(page) {
  await page.context().clearCookies();
  await page.goto(city.url + '/logga-in');
  await page.click('text=Logga in med din enhet');
  await page.click('text=Logga in med den här enheten');
  await page.waitForURL(url => url.pathname === '/konto' || url.search.includes('fel'));
}

// How many letters about the sign-in of this role's account hold these words.
const told = (role, words) => Number(sql(city.city, `select count(*) from mail_letter where address = '${city.accounts[role]}' and plain like '%${words}%'`));

const log = () => sql(city.city, 'select action, detail from audit');

test('a passkey is made and signs in by itself, again and again', async () => {
  const page = await visitWithDevice();
  await makePasskey(page, 'coordinator');
  assert.equal(told('coordinator', 'En passkey har lagts till'), 1);
  assert.match(await page.textContent('tbody'), /Aldrig/);
  for (let i = 0; i < 2; i++) {
    await enter(page);
    assert.match(await page.textContent('main'), new RegExp(city.accounts.coordinator));
  }
  await page.goto(city.url + '/konto/passkey');
  assert.doesNotMatch(await page.textContent('tbody'), /Aldrig/);
  assert.match(log(), /account\.sign_in\|passkey/);
  await page.context().close();
});

test('the device makes no second passkey for the same account', async () => {
  const page = await visitWithDevice();
  await makePasskey(page, 'analyst');
  await page.click('text=Skapa inloggning på den här enheten');
  await page.waitForSelector('form [role=alert]:visible');
  assert.equal(await page.locator('tbody tr').count(), 1);
  await page.context().close();
});

test('a passkey that was removed, or whose account was reset, opens nothing', async () => {
  const page = await visitWithDevice();
  await makePasskey(page, 'approver');
  await page.click('tbody button');
  await enter(page);
  assert.match(await page.textContent('[role=alert]'), /Det gick inte att logga in/);
  assert.match(log(), /sign_in_failed\|the passkey is not known/);
  await makePasskey(page, 'dpo');
  spawnSync(program, ['user', 'reset', city.city, '--email', city.accounts.dpo, '--device']);
  assert.equal(told('dpo', 'fått ett nytt lösenord'), 1);
  await enter(page);
  assert.match(await page.textContent('[role=alert]'), /Det gick inte att logga in/);
  await page.context().close();
});

test('a device that has not verified its user opens nothing', async () => {
  const page = await visitWithDevice();
  await makePasskey(page, 'auditor');
  await page.cdp.send('WebAuthn.setUserVerified', { authenticatorId: page.authenticatorId, isUserVerified: false });
  await page.context().clearCookies();
  await page.goto(city.url + '/logga-in/passkey');
  await page.click('text=Logga in med den här enheten');
  await page.waitForSelector('form [role=alert]:visible');
  await page.context().close();
});

// What the page would send, made by its own script and kept back.
async function answerOf(page) {
  await page.context().clearCookies();
  await page.goto(city.url + '/logga-in/passkey');
  const stopped = page.waitForEvent('requestfailed', r => r.method() === 'POST');
  await page.route('**/logga-in/passkey', (route, r) => r.method() === 'POST' ? route.abort() : route.continue());
  await page.click('text=Logga in med den här enheten');
  const fields = Object.fromEntries(new URLSearchParams((await stopped).postData()));
  await page.unroute('**/logga-in/passkey');
  return fields;
}

test('an answer that is changed, to another challenge, or sent twice opens nothing', async () => {
  const page = await visitWithDevice();
  await makePasskey(page, 'administrator');
  const send = async form => {
    const answer = await fetch(city.url + '/logga-in/passkey', { method: 'POST', redirect: 'manual', body: new URLSearchParams(form),
      headers: { origin: city.url } });
    return { to: answer.headers.get('location') ?? String(answer.status), cookie: answer.headers.get('set-cookie') };
  };
  const flip = text => (text[20] === 'A' ? text.slice(0, 20) + 'B' : text.slice(0, 20) + 'A') + text.slice(21);
  for (const name of ['client', 'device', 'signature', 'id']) {
    const fields = await answerOf(page);
    const told = await send({ ...fields, [name]: flip(fields[name]) });
    assert.match(told.to, /fel$/, name);
    assert.equal(told.cookie, null, name);
  }
  const first = await answerOf(page);
  const second = await answerOf(page);
  assert.match((await send({ ...first, token: second.token })).to, /fel$/);
  const third = await answerOf(page);
  const right = await send(third);
  assert.match(right.cookie, /^__Host-lykta=/);
  await page.context().clearCookies();
  const again = await send(third);
  assert.equal(again.cookie, null);
  await page.context().close();
});

test('a recipient lets a passkey open the reports: that device opens them, another does not, and the passphrase goes on to', async () => {
  const passphrase = 'lomu kadel stana beri fonu';
  assert.equal(spawnSync(program, ['recovery', city.city]).status, 0);
  const page = await visitWithDevice(true, true);
  await makePasskey(page, 'triage');
  const enterPassphrase = async () => {
    await page.goto(city.url + '/bedomning');
    await page.fill('#laslosen', passphrase);
    await page.click('text="Lås upp"');
  };
  const isOpen = () => page.locator('form[action$="/bedomning/las"]').count();
  await page.goto(city.url + '/bedomning/mottagare');
  await page.fill('#laslosen', passphrase);
  await page.click('form[action$="/mottagare"] button');
  await enterPassphrase();
  await page.goto(city.url + '/bedomning/mottagare');
  await page.click('text=Låt en passkey låsa upp');
  await page.waitForSelector('[role=status]');
  assert.match(await page.textContent('[role=status]'), /Nu kan du låsa upp/);
  await assertAccessible(page, '/bedomning/mottagare with a passkey');
  if (process.env.PICTURES)
    await page.screenshot({ path: `${process.env.PICTURES}/passkey-recipients.png`, fullPage: true });

  await page.goto(city.url + '/bedomning');
  await page.click('form[action$="/bedomning/las"] button');
  assert.equal(await isOpen(), 0);
  await assertAccessible(page, '/bedomning with a passkey');
  if (process.env.PICTURES)
    await page.screenshot({ path: `${process.env.PICTURES}/passkey-inbox.png`, fullPage: true });
  await page.click('text=Lås upp med passkey');
  await page.waitForSelector('form[action$="/bedomning/las"]');
  await page.click('form[action$="/bedomning/las"] button');

  // Another device, and what another says it is.
  const { credentials } = await page.cdp.send('WebAuthn.getCredentials', { authenticatorId: page.authenticatorId });
  await page.cdp.send('WebAuthn.removeCredential', { authenticatorId: page.authenticatorId, credentialId: credentials[0].credentialId });
  await page.evaluate(() => {
    const form = document.querySelector('form[data-passkey]');
    form.elements.id.value = form.dataset.known.trim();
    form.elements.secret.value = 'A'.repeat(43);
    form.submit();
  });
  await page.waitForURL(url => url.search.includes('fel'));
  assert.match(await page.textContent('[role=alert]'), /Det gick inte/);
  assert.equal(await isOpen(), 0);

  await enterPassphrase();
  assert.equal(await isOpen(), 1);
  await page.goto(city.url + '/bedomning/mottagare');
  await page.click('text=bara låslösen ska låsa upp');
  assert.match(await page.textContent('[role=status]'), /bara låslösen/);
  assert.match(log(), /recipient\.passkey\|[^]*recipient\.passkeys_removed/);
  await page.context().close();
});

test('without JavaScript the pages say what is missing, and passwords still work', async () => {
  const page = await visit({ javaScriptEnabled: false, bypassCSP: false });
  await page.goto(city.url + '/logga-in/passkey');
  assert.match(await page.textContent('main'), /JavaScript/);
  assert.equal(await page.isVisible('main form'), false);
  await page.click('text=Logga in med lösenord i stället');
  await page.waitForSelector('#password');
  await page.context().close();
});

test('the pages of passkeys are accessible and fit a phone', async () => {
  const page = await visitWithDevice();
  await page.setViewportSize({ width: 320, height: 640 });
  await makePasskey(page, 'triage');
  for (const path of ['/konto/passkey', '/logga-in/passkey', '/logga-in/passkey?fel', '/en/logga-in/passkey']) {
    await page.goto(city.url + path);
    await assertAccessible(page, path);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path + ' scrolls sideways');
  }
  await page.context().close();
});
