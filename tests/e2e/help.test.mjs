// Help comes first, and the way out is quick.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertAccessible, database, openBrowser, openCity, program } from './city.mjs';

let city, browser;

before(async () => {
  city = await openCity();
  browser = await openBrowser();
});

after(async () => {
  await browser.close();
  await city.close();
});

test('112 and 114 14 can be dialled from the first screen of a telephone', async () => {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  await page.goto(city.url + '/');
  for (const number of ['112', '11414']) {
    const box = await page.locator(`a[href="tel:${number}"]`).first().boundingBox();
    assert.ok(box.y + box.height <= 740, `${number} ends at ${box.y + box.height}`);
    assert.ok(box.height >= 44, `${number} is ${box.height} high`);
  }
  await page.close();
});

const languages = ['sv', 'lattlast', 'en', 'ro', 'uk', 'ru', 'th', 'vi', 'ar', 'es', 'pl', 'bg'];

test('help is one step away in each of twelve languages, written from its own side', async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 700 }, javaScriptEnabled: false });
  for (const from of ['/', '/hjalp', '/en/hjalp']) {
    await page.goto(city.url + from);
    const links = await page.$$eval('nav.langs a', all => all.map(a => a.getAttribute('href').split('/').pop()));
    assert.deepEqual(links, languages, from);
  }
  for (const language of languages) {
    const answer = await page.goto(`${city.url}/hjalp/${language}`);
    assert.ok((await answer.body()).length <= 8 * 1024, `${language}: ${(await answer.body()).length} bytes`);
    assert.equal(await page.getAttribute('html', 'lang'), language === 'lattlast' ? 'sv' : language);
    assert.equal(await page.getAttribute('html', 'dir'), language === 'ar' ? 'rtl' : 'ltr');
    assert.equal(await page.locator('a[href="tel:112"]').count(), 1, language);
    assert.equal(await page.locator('a[href="tel:+4620505050"]').count(), 1, language);
    assert.equal(await page.locator('a[href="tel:+4620390000"]').count(), 0, `${language}: a number for professionals`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${language} scrolls sideways`);
  }
  assert.equal((await page.goto(city.url + '/hjalp/xx')).status(), 404);
  await page.close();
});

test('help in a language can be used by everyone', async () => {
  for (const language of ['ar', 'th', 'ro']) {
    const page = await browser.newPage({ bypassCSP: true });
    await page.goto(`${city.url}/hjalp/${language}`);
    await assertAccessible(page, `/hjalp/${language}`);
    await page.close();
  }
});

test('help that was opened is there without a network, until the page is left quickly', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(city.url + '/hjalp/uk');
  await context.setOffline(true);
  await page.goto('about:blank');
  await page.goto(city.url + '/hjalp/uk');
  assert.equal(await page.locator('h1').innerText(), 'Вам потрібна допомога?');
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector('.leave')).backgroundColor), 'rgba(0, 0, 0, 0)');
  await context.setOffline(false);
  await page.goto(city.url + '/lamna').catch(() => {}); // where it leads to is not reached from here
  await context.setOffline(true);
  await assert.rejects(page.goto(city.url + '/hjalp/uk'));
  await context.close();
});

test('help prints as one card in each language', async () => {
  const page = await browser.newPage();
  for (const language of languages) {
    await page.goto(`${city.url}/hjalp/${language}`);
    const card = spawnSync('pdfinfo', ['-'], { input: await page.pdf({ preferCSSPageSize: true }), encoding: 'utf-8' });
    assert.match(card.stdout, /Pages: +1\n/, `${language}: ${card.stdout}${card.stderr}`);
    assert.match(card.stdout, /Page size: +29[78](\.\d+)? x (419|420|421)(\.\d+)? pts/, language);
  }
  await page.close();
});

test('the page can be left quickly, and takes what the browser kept with it', async () => {
  const answer = await fetch(city.url + '/lamna', { redirect: 'manual' });
  assert.equal(answer.status, 303);
  assert.ok(!answer.headers.get('location').startsWith(city.url));
  assert.match(answer.headers.get('clear-site-data'), /"cache"/);
});

test('an article older than six months says so, a fresh one does not', async () => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(city.url + '/artiklar');
  const links = await page.$$eval('main a[href^="/artiklar/"]', all => all.map(a => a.getAttribute('href')));
  const notices = [];
  for (const link of links) {
    await page.goto(city.url + link);
    notices.push(await page.locator('.note.old').count());
  }
  assert.ok(notices.includes(0) && notices.includes(1), String(notices));
  await page.close();
});

test('a page that is not there answers 404 with a way onwards, in the language asked for', async () => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  const swedish = await page.goto(city.url + '/finns-inte');
  assert.equal(swedish.status(), 404);
  assert.equal(await page.getAttribute('html', 'lang'), 'sv');
  assert.ok(await page.locator('main a[href="/"]').count() >= 1);
  await page.goto(city.url + '/en/finns-inte');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await page.close();
});

test('every answer carries the headers that keep a page to itself', async () => {
  for (const path of ['/', '/begrepp', '/finns-inte', '/kartlaggning']) {
    const { headers } = await fetch(city.url + path);
    assert.match(headers.get('content-security-policy'), /default-src 'none'/, path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    assert.equal(headers.get('referrer-policy'), 'no-referrer', path);
    assert.equal(headers.get('set-cookie'), null, path);
  }
});

test('a new city helps from its first day, and claims nothing that it has not', async () => {
  const fresh = await openCity(folder => {
    rmSync(folder, { recursive: true });
    assert.equal(spawnSync(program, ['init', folder, '--municipality', '1281', ...database()]).status, 0);
  });
  for (const path of ['/', '/en/', '/hjalp', '/en/hjalp', '/lattlast']) {
    const answer = await fetch(fresh.url + path);
    const text = await answer.text();
    assert.equal(answer.status, 200, path);
    assert.doesNotMatch(text, /lund\.example|exempelstaden|example city|Exempelstad/, path);
    assert.doesNotMatch(text, /Senaste kartläggningen|The latest mapping|Granskad|Reviewed/, path);
  }
  assert.match(await (await fetch(fresh.url + '/')).text(), /href="tel:112"/);
  assert.equal(await fresh.close(), 0);
});
