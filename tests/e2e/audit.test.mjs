// The audit log as the auditor sees it: is it whole, search, older rows, the signed file; on a phone, without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, fileOf, openBrowser, openCity, signIn } from './city.mjs';

let city, browser;
before(async () => { city = await openCity(); browser = await openBrowser(); });
after(async () => { await browser?.close(); await city?.close(); });

const sizes = [{ width: 320, height: 640 }, { width: 1280, height: 900 }];

async function auditor(options = {}) {
  const context = await browser.newContext({ viewport: sizes[0], bypassCSP: true, ...options });
  const page = await context.newPage();
  await signIn(page, city, 'auditor');
  return page;
}

// The page is no wider than the window.
async function assertFits(page, what) {
  const [page_width, window_width] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(page_width <= window_width, `${what}: ${page_width} in ${window_width}`);
}

for (const viewport of sizes)
  test(`the log, a search and a faulty search are accessible and fit ${viewport.width} pixels`, async () => {
    const page = await auditor({ viewport });
    for (const path of ['/logg', '/en/logg', '/logg?vem=&vad=person.add&', '/logg?vem=&vad=&fran-day=31&fran-month=2&fran-year=2026&']) {
      await page.goto(city.url + path);
      await assertAccessible(page, path);
      await assertFits(page, path);
    }
    await page.context().close();
  });

for (const javaScriptEnabled of [true, false])
  test(`the auditor finds who changed an account, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const page = await auditor({ javaScriptEnabled });
    await page.click('text=Logg >> nth=0');
    assert.match(await page.textContent('.note.ok'), /Kedjan är hel\. Alla \d+ rader är kontrollerade \d{4}-\d\d-\d\d \d\d\.\d\d\./);
    await page.click('summary');
    await page.selectOption('#vad', { label: 'Lade upp konto …' });
    await page.click('main form button');
    const rows = await page.$$eval('main tbody tr', all => all.map(tr => tr.innerText));
    assert.equal(rows.length, Object.keys(city.accounts).length);
    for (const row of rows)
      assert.match(row, /Lade upp konto \d+\s+Uppgift: roller: /);
    assert.equal(await page.$eval('#vad', select => select.value), 'person.add');
    await page.click('text=Visa hela loggen');
    assert.match(await page.textContent('main tbody'), /Skapade staden i Lykta/);
    await page.context().close();
  });

test('reading and taking the log are noted in it, with who and in which role', async () => {
  const page = await auditor();
  await page.goto(city.url + '/logg');
  const file = (await fileOf(page, city.url + '/logg/fil')).toString('utf-8').trimEnd().split('\n').map(line => JSON.parse(line));
  assert.equal(file[0].format, 'lykta-audit-log 1');
  assert.equal(file.at(-2).action, 'audit.export');
  assert.equal(file.at(-3).action, 'audit.read');
  assert.equal(file.at(-1).last, file.length - 2);
  await page.goto(city.url + '/logg');
  assert.match(await page.innerText('main tbody tr:first-child'), /granskare[\s\S]*Laddade ner loggen/);
  await page.context().close();
});

test('the file is saved under the city\'s code and the day', async () => {
  const page = await auditor();
  await page.goto(city.url + '/logg');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Ladda ner loggen')]);
  assert.match(download.suggestedFilename(), /^logg-1281-\d{4}-\d\d-\d\d\.jsonl$/);
  await page.context().close();
});

test('only the auditor and the data protection officer have the log', async () => {
  for (const role of Object.keys(city.accounts)) {
    const page = await (await browser.newContext()).newPage();
    await signIn(page, city, role);
    const answer = await page.goto(city.url + '/logg');
    assert.equal(answer.status(), ['auditor', 'dpo'].includes(role) ? 200 : 403, role);
    await page.context().close();
  }
});
