// The page of retention: rules, the next run, what was deleted, what is held; who may read it; with and without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, bytesInSql, openBrowser, openCity, signIn, sql } from './city.mjs';

// A city that has stood still for years: an old session to delete, a closed report that is held.
const old = `
  update city set created_at = 1700000000;
  insert into session (hash, person, stage, method, device, made_at, seen_at)
    values (${bytesInSql('0102')}, 1, 'whole', 'password', 'spårlöst', 1700000000, 1700000000);
  insert into observation (seal, once, channel, received_on, lane, state, is_withdrawn, is_counted, closed_on, held_reason)
    values (${bytesInSql('00'.repeat(16))}, ${bytesInSql('00'.repeat(32))}, 'anyone', '2023-01-09', 'open', 'closed', 0, 0, '2023-02-01',
      'Begärd av domstol');
  insert into register_entry (year, number, observation, received_on, sender, decision)
    select 2023, 1, max(id), '2023-01-09', 'anyone', 'closed' from observation;`;

let city, browser;
before(async () => {
  city = await openCity(folder => sql(folder, old));
  browser = await openBrowser();
});
after(async () => { await browser?.close(); assert.equal(await city?.close(), 0); });

async function visit(role, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  await signIn(page, city, role);
  return page;
}

// The run begins when the city is served; the page tells it as soon as it has ended.
async function untilItHasRun(page, path) {
  for (let i = 0; i < 100; i++) {
    await page.goto(city.url + path);
    if (/Inloggningar som har avslutats.*\n?.*1|Sessions that have ended.*\n?.*1/.test(await page.locator('table').last().innerText()))
      return;
  }
  assert.fail('no run is told');
}

test('the auditor reads the rules, what was deleted by itself and what is held, on a telephone', async () => {
  const page = await visit('auditor', { javaScriptEnabled: false });
  await page.click('text=Gallring');
  await untilItHasRun(page, '/gallring');
  const text = await page.innerText('main');
  assert.match(text, /7 dagar efter seminariet/);
  assert.match(text, /2 år efter att de avslutades/);
  assert.match(text, /2023-001/);
  assert.match(text, /Begärd av domstol/);
  assert.match(text, /Nästa körning/);
  assert.match(text, /kl\. 03:00/);
  assert.equal(await page.locator('table').first().locator('tbody tr').count(), 33);
  await page.context().close();
});

test('the same in English', async () => {
  const page = await visit('dpo');
  await untilItHasRun(page, '/en/gallring');
  const text = await page.innerText('main');
  assert.match(text, /7 days after the seminar/);
  assert.match(text, /Lines of the log/);
  assert.match(text, /Not deleted/);
  await page.context().close();
});

for (const [name, options] of [
  ['a narrow telephone', { viewport: { width: 320, height: 640 } }],
  ['a desktop', { viewport: { width: 1280, height: 900 } }],
  ['a dark telephone', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
])
  test(`the page has no accessibility fault and does not scroll sideways on ${name}`, async () => {
    const page = await visit('auditor', options);
    for (const path of ['/gallring', '/en/gallring']) {
      await page.goto(city.url + path);
      await assertAccessible(page, path);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${path}: ${overflow} pixels too wide`);
    }
    await page.context().close();
  });

test('a member has neither the page nor a link to it', async () => {
  const page = await visit('member');
  assert.equal(await page.locator('a[href="/gallring"]').count(), 0);
  assert.equal((await page.goto(city.url + '/gallring')).status(), 403);
  await page.context().close();
});
