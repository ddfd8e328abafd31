// The mapping report: what a reader who knows nothing of statistics finds, and that pictures and tables say the same.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { assertAccessible, checkPdf, openBrowser, openCity } from './city.mjs';

let city, browser, report;

before(async () => {
  city = await openCity();
  browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(city.url + '/kartlaggning');
  report = await page.locator('main a[href^="/kartlaggning/"]').first().getAttribute('href');
  await page.close();
});

after(async () => {
  await browser.close();
  await city.close();
});

async function openReport(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(city.url + report);
  return page;
}

test('known, likely and how sure stand on the first screen of a telephone, without JavaScript', async () => {
  const page = await openReport({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  const numbers = page.locator('.num');
  assert.ok(await numbers.count() >= 3);
  for (let i = 0; i < 3; i++) {
    const box = await numbers.nth(i).boundingBox();
    assert.ok(box.y + box.height <= 740, `number ${i + 1} ends at ${box.y + box.height}`);
  }
  await page.context().close();
});

test('every chart has a title, a finding in words and its figures as a table', async () => {
  const page = await openReport();
  const charts = page.locator('figure.ch');
  const n = await charts.count();
  assert.ok(n >= 2);
  for (let i = 0; i < n; i++) {
    const chart = charts.nth(i);
    assert.ok((await chart.locator('figcaption').textContent()).trim().length > 5);
    assert.match(await chart.locator('svg desc').textContent(), /\d/);
    assert.ok(await chart.locator('table tr').count() >= 2);
  }
  await page.context().close();
});

test('no figure on the page is an exact small count', async () => {
  const page = await openReport();
  const cells = await page.$$eval('td.r', all => all.map(td => td.textContent.trim()));
  assert.ok(cells.length > 5);
  assert.deepEqual(cells.filter(text => /^[1-4]$/.test(text)), []);
  await page.context().close();
});

test('each figure says where it comes from', async () => {
  const page = await openReport();
  const figures = await page.locator('figure').count();
  const told = await page.locator('.provenance').count();
  assert.ok(told >= figures, `${told} provenance lines for ${figures} figures`);
  await page.context().close();
});

test('every download is there and is what its name says', async () => {
  const page = await openReport();
  const links = await page.$$eval('a[href]', all => all.map(a => a.getAttribute('href'))
    .filter(href => /\.(csv|json|sig)$/.test(href)));
  assert.ok(links.length >= 4, links.join(' '));
  for (const link of links) {
    const answer = await fetch(city.url + link);
    assert.equal(answer.status, 200, link);
    const text = await answer.text();
    if (link.endsWith('.json'))
      JSON.parse(text);
    else
      assert.ok(text.includes('\n'), link);
  }
  await page.context().close();
});

test('the page prints: navigation is gone and the tables are opened', async () => {
  const page = await openReport();
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('nav').first().isVisible(), false);
  assert.equal(await page.locator('figure table').first().isVisible(), true);
  await page.context().close();
});

test('the city that was shown verifies', () => {
  const verified = spawnSync(process.env.LYKTA ?? 'build/src/lykta', ['verify', city.city], { encoding: 'utf-8' });
  assert.equal(verified.status, 0, verified.stderr);
});

// The text of a PDF by poppler, its spaces made plain, and how many pages it has; its structure is checked.
async function readPdf(path, language) {
  const answer = await fetch(city.url + report + path);
  assert.equal(answer.headers.get('content-type'), 'application/pdf', path);
  const input = Buffer.from(await answer.arrayBuffer());
  checkPdf(input, language);
  return {
    text: execFileSync('pdftotext', ['-', '-'], { input, encoding: 'utf-8' }).replace(/\s+/g, ' '),
    pages: Number(execFileSync('pdfinfo', ['-'], { input, encoding: 'utf-8' }).match(/Pages:\s+(\d+)/)[1]),
  };
}

test('the board has a summary on one A4 and the lägesbild an annex, with the figures of the page', async () => {
  const reader = await (await browser.newContext({ bypassCSP: true })).newPage();
  const figures = async () => (await reader.locator('main .num, main td.r').allTextContents()).map(s => s.replace(/\s+/g, ' ').trim());
  for (const [language, summary, annex] of [['', 'sammanfattning', 'lagesbild'], ['/en', 'summary', 'situation']]) {
    await reader.goto(city.url + language + report);
    await reader.click(`main a[href$="/sammanfattning"]`);
    await assertAccessible(reader);
    const onPage = await figures();
    assert.equal(onPage.length, 4); // known, likely, from and to, and from and to in several ways
    const one = await readPdf(`/${summary}.pdf`, language ? 'en' : 'sv');
    assert.equal(await reader.locator(`main a[href$="/${summary}.pdf"]`).count(), 1);
    assert.equal(one.pages, 1);
    for (const figure of onPage)
      assert.ok(one.text.includes(figure), `${figure} in ${one.text}`);
    await reader.goto(city.url + language + report + '/lagesbild');
    await assertAccessible(reader);
    const two = await readPdf(`/${annex}.pdf`, language ? 'en' : 'sv');
    const cells = await figures();
    assert.ok(cells.length > 5);
    for (const figure of cells)
      assert.ok(two.text.includes(figure), `${figure} in ${two.text}`);
  }
  await reader.context().close();
});
