// What holds for every public page, with and without JavaScript, on a telephone and a desktop, light, dark and on paper.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, everyPage, openBrowser, openCity } from './city.mjs';

let city, browser, pages;

before(async () => {
  city = await openCity();
  browser = await openBrowser();
  pages = await everyPage(browser, city.url);
});

after(async () => {
  await browser.close();
  assert.equal(await city.close(), 0);
});

// Opens each page in a context of its own and hands it to `check`.
async function onEachPage(options, check) {
  const context = await browser.newContext({ bypassCSP: true, ...options });
  for (const path of pages) {
    const page = await context.newPage();
    const requests = [];
    page.on('request', request => requests.push(request.url()));
    const answer = await page.goto(city.url + path);
    await check(page, path, answer, requests);
    await page.close();
  }
  await context.close();
}

test('the start pages lead to more than twenty pages in two languages', () => {
  assert.ok(pages.length > 20, pages.join(' '));
  assert.ok(pages.some(p => /^\/kartlaggning\/./.test(p)));
  assert.ok(pages.some(p => p.startsWith('/en/')));
});

test('every link leads to a page that is there', async () => {
  await onEachPage({}, (page, path, answer) => assert.ok([200, 404].includes(answer.status()) && answer.status() === 200, path));
});

test('every page has a language, a title, one first heading and a skip link that comes first', async () => {
  await onEachPage({ javaScriptEnabled: false }, async (page, path) => {
    assert.equal(await page.getAttribute('html', 'lang'), path.startsWith('/en') ? 'en' : 'sv', path);
    assert.ok((await page.title()).length > 5, path);
    assert.equal(await page.locator('h1').count(), 1, path);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#main', path);
  });
});

test('no page asks anybody else for anything, sets a cookie or keeps anything in the browser', async () => {
  await onEachPage({}, async (page, path, answer, requests) => {
    assert.deepEqual(requests.filter(url => !url.startsWith(city.url)), [], path);
    assert.deepEqual(await page.context().cookies(), [], path);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0, path);
  });
});

test('no page breaks its own content security policy or logs an error', async () => {
  const context = await browser.newContext();
  for (const path of pages) {
    const page = await context.newPage();
    const faults = [];
    page.on('console', message => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', error => faults.push(String(error)));
    await page.goto(city.url + path);
    assert.deepEqual(faults, [], path);
    await page.close();
  }
  await context.close();
});

for (const [name, options] of [
  ['a narrow telephone', { viewport: { width: 320, height: 640 } }],
  ['a desktop', { viewport: { width: 1280, height: 900 } }],
  ['a dark telephone', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
]) {
  test(`no page has an accessibility fault or scrolls sideways on ${name}`, async () => {
    await onEachPage(options, async (page, path) => {
      await assertAccessible(page, path);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${path}: ${overflow} pixels too wide`);
    });
  });
}

test('no page is heavier than it promises', async () => {
  const css = await (await fetch(city.url + '/')).text();
  const style = css.match(/href="([^"]+\.css)"/)[1];
  const styleBytes = Buffer.byteLength(await (await fetch(city.url + style)).text());
  assert.ok(styleBytes <= 12 * 1024, `style sheet: ${styleBytes} bytes`);
  for (const path of pages) {
    const bytes = Buffer.byteLength(await (await fetch(city.url + path)).text()) + styleBytes;
    assert.ok(bytes <= 50 * 1000, `${path}: ${bytes} bytes with its style sheet`);
  }
});

test('every page of the example city says that it is an example', async () => {
  await onEachPage({ javaScriptEnabled: false }, async (page, path) => {
    const text = await page.textContent('body');
    assert.match(text, path.startsWith('/en') ? /example/i : /exempel/i, path);
  });
});
