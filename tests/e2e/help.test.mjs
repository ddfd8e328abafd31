// Help comes first, and the way out is quick.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { database, openBrowser, openCity, program } from './city.mjs';

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
