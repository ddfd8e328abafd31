// What holds for every public page, with and without JavaScript, on a telephone and a desktop, light, dark and on paper.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readResults, rowOf } from './accessibility.mjs';
import { assertAccessible, bringAxe, colours, everyPage, openBrowser, openCity } from './city.mjs';

let city, browser, pages;
let seen, plain; // what a visit to each page found: with JavaScript, and without

before(async () => {
  city = await openCity();
  browser = await openBrowser();
  pages = await everyPage(browser, city.url);
  seen = await visit({}, look);
  plain = await visit({ javaScriptEnabled: false }, lookPlain);
});

after(async () => {
  await browser.close();
  assert.equal(await city.close(), 0);
});

// Opens each page in one context: what `look` finds, with its path.
async function visit(options, look, { prepare = async () => {}, paths = pages } = {}) {
  const found = [];
  const context = await browser.newContext(options);
  await prepare(context);
  const page = await context.newPage();
  for (const path of paths) {
    found.push({ path, ...await look(page, city.url + path) });
    page.removeAllListeners();
  }
  await context.close();
  return found;
}

async function look(page, url) {
  const requests = [], faults = [];
  page.on('request', request => requests.push(request.url()));
  page.on('console', message => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', error => faults.push(String(error)));
  const status = (await page.goto(url)).status();
  const kept = await page.evaluate(() => localStorage.length + sessionStorage.length);
  return { status, requests, faults, kept, cookies: await page.context().cookies() };
}

async function lookPlain(page, url) {
  await page.goto(url);
  await page.keyboard.press('Tab');
  return {
    language: await page.getAttribute('html', 'lang'),
    title: await page.title(),
    headings: await page.locator('h1').count(),
    first: await page.evaluate(() => document.activeElement.getAttribute('href')),
    text: await page.textContent('body'),
  };
}

test('the start pages lead to more than twenty pages in two languages', () => {
  assert.ok(pages.length > 20, pages.join(' '));
  assert.ok(pages.some(p => /^\/kartlaggning\/./.test(p)));
  assert.ok(pages.some(p => p.startsWith('/en/')));
});

test('every link leads to a page that is there', () => {
  for (const { path, status } of seen)
    assert.equal(status, 200, path);
});

test('every page has a language, a title, one first heading and a skip link that comes first', () => {
  for (const { path, language, title, headings, first } of plain) {
    const alone = path.match(/^\/hjalp\/(\w+)$/)?.[1]; // help in one language: nothing to skip, and the way out comes first
    const own = alone === 'lattlast' ? 'sv' : alone;
    assert.equal(language, own ?? (path.startsWith('/en') ? 'en' : 'sv'), path);
    assert.ok(title.length > 5, path);
    assert.equal(headings, 1, path);
    assert.equal(first, alone ? '/lamna' : '#main', path);
  }
});

test('no page asks anybody else for anything, sets a cookie or keeps anything in the browser', () => {
  for (const { path, requests, cookies, kept } of seen) {
    assert.deepEqual(requests.filter(url => !url.startsWith(city.url)), [], path);
    assert.deepEqual(cookies, [], path);
    assert.equal(kept, 0, path);
  }
});

test('no page breaks its own content security policy or logs an error', () => {
  for (const { path, faults } of seen)
    assert.deepEqual(faults, [], path);
});

const isSwedish = path => !path.startsWith('/en/');

// Both languages have the same templates: what longer words do shows on the narrow telephone. In the dark only colours
// differ.
for (const [name, options, rules, isLooked = () => true] of [
  ['a narrow telephone', { viewport: { width: 320, height: 640 } }],
  ['a desktop', { viewport: { width: 1280, height: 900 } }, undefined, isSwedish],
  ['a dark telephone', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }, colours, isSwedish],
]) {
  test(`no page has an accessibility fault or scrolls sideways on ${name}`, async () => {
    await visit({ bypassCSP: true, ...options }, async (page, url) => {
      await page.goto(url);
      await assertAccessible(page, url, rules);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${url}: ${overflow} pixels too wide`);
    }, { prepare: bringAxe, paths: pages.filter(isLooked) });
  });
}

// These pages have just been found without fault: what is kept, and the statement made of it, must say the same.
test('the accessibility statement is of the pages as they are tested here', async () => {
  const rows = readResults();
  const kinds = new Set(pages.map(path => rowOf(rows, path)));
  assert.ok(kinds.size > 20);
  for (const row of kinds) {
    assert.ok(row, 'a page has no row in src/public/accessibility.csv');
    assert.ok(row.tested, `${row.page} is tested, and has no day`);
    assert.equal(row.faults, '', row.page);
  }
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(city.url + '/tillganglighet');
  const text = await page.innerText('main');
  assert.match(text, /delvis förenlig med lagen/);
  assert.ok(text.includes(`${rows.filter(row => row.tested).length} av ${rows.length} sidor`));
  for (const row of rows.filter(row => !row.tested || row.faults))
    assert.ok(text.includes(`${row.sv} (${row.page})`), row.page);
  assert.equal(await page.locator('main a[href="https://www.digg.se/tdosanmalan"]').count(), 1);
  await page.close();
});

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

test('legal grounds are told as they were on the day that is asked for', async () => {
  const page = await browser.newPage({ bypassCSP: true, viewport: { width: 320, height: 640 } });
  const ask = async date => {
    await page.goto(`${city.url}/hjalp/om-programmet/rattslig-grund`);
    for (const [i, part] of ['year', 'month', 'day'].entries())
      await page.fill(part === 'day' ? '#dag' : `#dag-${part}`, date.split('-')[i]);
    await page.click('main form button');
    return page.innerText('main');
  };
  assert.match(await ask('2023-06-30'), /Så var det den 30 juni 2023[^]*lag \(2023:196\)[^]*?hade inte börjat gälla/);
  assert.doesNotMatch(await ask('2023-07-01'), /hade inte börjat gälla|Ingen grund gällde/);
  assert.match(await ask('2018-05-24'), /Ingen grund gällde/);
  await assertAccessible(page, 'legal grounds');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  assert.match(await ask('2023-13-01'), /Datumet finns inte/);
  for (const path of ['/hjalp/om-programmet', '/hjalp/om-programmet/roller'])
    await page.goto(city.url + path).then(() => assertAccessible(page, path));
  await page.close();
});

test('a document of the program is in the language of its page, or marked as in the one there is', async () => {
  const page = await browser.newPage({ bypassCSP: true, viewport: { width: 320, height: 640 } });
  const read = async path => {
    await page.goto(city.url + path);
    return [await page.getAttribute('main div[lang]', 'lang'), await page.innerText('main div[lang] h2 >> nth=0')];
  };
  assert.deepEqual(await read('/hjalp/om-programmet/installera'), ['sv', 'Installera med fem kommandon']);
  await assertAccessible(page, 'a document in Swedish');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  assert.deepEqual(await read('/en/hjalp/om-programmet/installera'), ['en', 'Install, in five commands']);
  assert.equal((await read('/hjalp/om-programmet/asvs'))[0], 'en');
  assert.equal((await read('/en/hjalp/om-programmet/registerforteckning'))[0], 'sv');
  await page.goto(`${city.url}/hjalp/om-programmet`);
  const term = name => page.innerText(`dt:has(a[href$="/${name}"])`);
  assert.doesNotMatch(await term('installera'), /på engelska/);
  assert.match(await term('asvs'), /på engelska/);
  await page.close();
});

test('every page of the example city says that it is an example', () => {
  for (const { path, text } of plain)
    assert.match(text, path.startsWith('/en') ? /example/i : /exempel/i, path);
});
