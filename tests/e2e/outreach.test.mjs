// J18: an outreach worker notes evenings in numbers, keeps them as the organisation's own, and gives a month away or not.
// With and without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, openBrowser, openCity, signIn, sql } from './city.mjs';

let city, browser;
before(async () => { city = await openCity(); browser = await openBrowser(); });
after(async () => { await browser?.close(); await city?.close(); });

async function visit(role, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  await signIn(page, city, role);
  await page.goto(city.url + '/uppsokande');
  return page;
}

const lastMonth = (() => { const day = new Date(); day.setDate(0); return { month: day.getMonth() + 1, year: day.getFullYear() }; })();

async function note(page, { day, contacts, news = 1, offered = 4, accepted = 2, form = 'sexual' }) {
  if (day) {
    await page.fill('#held_on', String(day));
    await page.fill('[name=held_on-month]', String(lastMonth.month));
    await page.fill('[name=held_on-year]', String(lastMonth.year));
  }
  await page.check(`input[name=form][value=${form}]`);
  for (const [name, value] of Object.entries({ contacts, new_contacts: news, offered, accepted }))
    await page.fill(`#${name}`, String(value));
  await page.click('button:text-is("Spara kvällen")');
}

const shared = () => Number(sql(city.city, 'select count(*) from outreach_evening where shared_on is not null'));

for (const javaScriptEnabled of [true, false])
  test(`J18: an evening is noted in numbers alone ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const page = await visit('member', { javaScriptEnabled });
    await note(page, { contacts: 7 });
    assert.match(await page.textContent('[role=status]'), /Kvällen är sparad/);
    assert.match(await page.textContent('table'), /Sex mot pengar/);
    await page.click('button:has-text("Ta bort")');
    assert.equal(await page.locator('button:has-text("Ta bort")').count(), 0);
    await page.context().close();
  });

test('J18: impossible numbers are told at their field and nothing that was typed is lost', async () => {
  const page = await visit('member');
  await note(page, { contacts: 3, news: 4, offered: 1, accepted: 2 });
  assert.match(await page.textContent('#new_contacts-error'), /kan inte vara fler/);
  assert.match(await page.textContent('#accepted-error'), /kan inte vara fler/);
  assert.equal(await page.inputValue('#contacts'), '3');
  await assertAccessible(page, 'outreach with faults');
  await page.context().close();
});

test('J18: a month is given by its own organisation alone, and not when a figure is too small', async () => {
  const page = await visit('member');
  await note(page, { contacts: 9, day: 3 });
  await note(page, { contacts: 8, day: 4 });
  await note(page, { contacts: 2, day: 5, form: 'labour' });
  await page.click('button:text-is("Ja, lämna månadens summor")');
  assert.match(await page.textContent('#smallest-error'), /mindre än er minsta/);
  assert.equal(shared(), 0);
  await assertAccessible(page, 'a month that is not given');
  await page.fill('#smallest', '2');
  await page.click('button:text-is("Ja, lämna månadens summor")');
  assert.match(await page.textContent('[role=status]'), /lämnade till kartläggningen/);
  assert.equal(shared(), 3);
  assert.equal(await page.locator('button:text-is("Ja, lämna månadens summor")').count(), 0);
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    await assertAccessible(page, `outreach at ${width}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `scrolls at ${width}`);
  }
  await page.goto(city.url + '/en/uppsokande');
  assert.match(await page.textContent('main'), /There is nothing about persons to hand out/);
  await page.context().close();
});

test('J18: nobody else comes to the figures', async () => {
  for (const role of ['coordinator', 'triage', 'administrator', 'auditor']) {
    const page = await visit(role);
    assert.equal((await page.goto(city.url + '/uppsokande')).status(), 403, role);
    await page.context().close();
  }
});
