// Levels of assurance, cancelling and other algorithms, with a second provider; all of it without JavaScript too.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { nameProvider, openBrowser, openCity, program, signInAnew } from './city.mjs';
import { freePort } from './provider.mjs';
import { levels, openLevels } from './provider_levels.mjs';

const [low, high] = levels;
let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

async function visit(options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ignoreHTTPSErrors: true, ...options });
  return context.newPage();
}

async function signInThere(page, name, level) {
  await page.fill('input[name=name]', name);
  await page.selectOption('select', level);
  await page.click('button');
}

async function leave(page, city) {
  await page.goto(city.url + '/logga-in');
  await page.click('text=Logga in genom Lunds kommun');
}

async function link(page, city, role, name, level) {
  await signInAnew(page, city, city.accounts[role], city.password);
  await page.goto(city.url + '/konto/kommun');
  await page.click('text=Koppla inloggning från Lunds kommun');
  await signInThere(page, name, level);
  await page.waitForURL(/koppla$/);
  await page.fill('#password', city.password);
  await page.click('main button');
}

// A city and its provider, for the tests in `body`.
async function withCity(alg, more, body) {
  const port = await freePort();
  const provider = await openLevels({ alg, returnTo: `http://127.0.0.1:${port}/logga-in/kommun/svar` });
  let city;
  try {
    city = await openCity(folder => nameProvider(folder, port, provider, { alg, ...more }), port);
    await body(city, provider);
  } finally {
    await city?.close();
    await provider.close();
  }
}

for (const alg of ['RS256', 'ES256', 'EdDSA'])
  for (const javaScriptEnabled of [true, false])
    test(`signed with ${alg}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript, an administrator signs in at the high level alone`, () =>
      withCity(alg, {}, async city => {
        const page = await visit({ javaScriptEnabled });
        await link(page, city, 'administrator', 'anna', low);
        assert.match(await page.textContent('main'), /Du behöver logga in på ett säkrare sätt/);
        await page.click('main a.btn');
        await page.click('text=Koppla inloggning från Lunds kommun');
        await signInThere(page, 'anna', high);
        await page.waitForURL(/koppla$/);
        await page.fill('#password', city.password);
        await page.click('main button');
        assert.match(await page.textContent('main'), /Ditt konto är kopplat/);
        for (const [level, words] of [[low, /Du behöver logga in på ett säkrare sätt/], [high, new RegExp(city.accounts.administrator)]]) {
          await page.context().clearCookies();
          await leave(page, city);
          await signInThere(page, 'anna', level);
          await page.waitForURL(level === high ? /\/konto$/ : /svar/);
          assert.match(await page.textContent('main'), words);
        }
        await page.context().close();
      }));

test('other roles sign in at any level, or at those the city has named', async () => {
  for (const [acr, isEnough] of [['', true], [low, true], ['http://id.elegnamnden.se/loa/1.0/loa4', false]])
    await withCity('ES256', { acr }, async city => {
      const page = await visit();
      await link(page, city, 'coordinator', 'bo', low);
      assert.match(await page.textContent('main'), isEnough ? /Ditt konto är kopplat/ : /säkrare sätt/, acr);
      await page.context().close();
    });
});

test('who cancels at the provider is told so, and an answer that does not say who it is from is refused', () =>
  withCity('ES256', {}, async (city, provider) => {
    const page = await visit();
    await leave(page, city);
    await page.click('text=Cancel');
    await page.waitForURL(/svar/);
    assert.match(await page.textContent('main'), /Du avbröt inloggningen/);
    assert.equal(await page.getAttribute('main a.btn', 'href'), '/logga-in/kommun');
    await leave(page, city);
    const answer = await page.request.post(page.url(), { form: { name: 'anna', level: low }, maxRedirects: 0 });
    const back = new URL((await page.request.get(answer.headers().location, { maxRedirects: 0 })).headers().location);
    assert.equal(back.searchParams.get('iss'), provider.issuer);
    back.searchParams.delete('iss');
    await page.goto(back.href);
    assert.match(await page.textContent('main'), /Vi kunde inte lita på svaret/);
    await page.context().close();
  }));

test('an algorithm other than the configured one is not accepted', () =>
  withCity('ES256', { alg: 'RS256' }, async city => {
    const page = await visit();
    await leave(page, city);
    assert.match(await page.textContent('main'), /Det går inte att logga in genom Lunds kommun just nu/);
    assert.ok(city.log.some(line => line.includes('the provider does not sign with RS256')));
    await page.context().close();
  }));

test('who cancels while linking is led back to their account', () =>
  withCity('ES256', {}, async city => {
    const page = await visit();
    await signInAnew(page, city, city.accounts.coordinator, city.password);
    await page.goto(city.url + '/konto/kommun');
    await page.click('text=Koppla inloggning från Lunds kommun');
    await page.click('text=Cancel');
    await page.waitForURL(/svar/);
    await page.click('main a.btn');
    await page.waitForURL(/\/konto\/kommun$/);
    assert.match(await page.textContent('main'), /Koppla inloggning/);
    await page.context().close();
  }));

test('an administrator links a person on the command line, and ends it', () =>
  withCity('ES256', {}, async city => {
    const user = (...more) => spawnSync(program, ['user', ...more, '--email', city.accounts.analyst], { encoding: 'utf-8' });
    const page = await visit();
    assert.equal(user('link', city.city, '--subject', 'dora').status, 0);
    await leave(page, city);
    await signInThere(page, 'dora', low);
    await page.waitForURL(/\/konto$/);
    assert.equal(user('unlink', city.city).status, 0);
    await page.goto(city.url + '/konto');
    assert.match(page.url(), /logga-in/);
    assert.equal(user('link', city.city).status, 2);
    await page.context().close();
  }));
