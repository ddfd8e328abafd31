// People at browsers, who walk through a served city: each page they come to fits a narrow telephone and a desktop, and is
// checked for accessibility on the telephone, on the desktop where that shows other elements.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertAccessible, bringAxe, isJudged, looksAtAll } from './axe.mjs';
import { signIn as enter } from './city.mjs';

export { sql } from './city.mjs';

export const site = 'https://lykta.exempel';

// Letters of the city in `folder` go to the test's mail server, and lead to `site`.
export function sendTo(folder, post) {
  const conf = join(folder, 'lykta.conf');
  writeFileSync(conf, readFileSync(conf, 'utf-8').replace('address =', `address = ${site}`)
    .replace('email =', 'email = natverket@exempel.se').replace('server =', `server = smtp://localhost:${post.port}`)
    .replace('sender =', 'sender = natverket@exempel.se').replace('tls = required', 'tls = none'));
}

// What an element that is seen is to who judges it: where it stands, what it says of itself, and whether it has words.
const kindsOf = page => page.evaluate(() => [...new Set(Array.from(document.querySelectorAll('body *')).filter(element => element.checkVisibility()).map(element => {
  const told = Array.from(element.attributes, ({ name, value }) => ['class', 'role', 'type', 'lang', 'aria-invalid'].includes(name) ? `${name}=${value}` : name);
  return [element.parentElement.localName, element.localName, ...told.sort(), element.textContent.trim() !== ''].join(' ');
}))]);

// The kinds of element that each address has had, narrow or wide. A page is judged when it has a kind that its address did
// not have before; with LYKTA_TEST_LOOKS=all, as in ./test --long, each time.
const seen = new Map();
async function hasNewToJudge(page) {
  const address = new URL(page.url()).pathname.replace(/\d+|[\w-]{32,}/g, '*');
  const had = seen.get(address) ?? new Set();
  const kinds = await kindsOf(page);
  seen.set(address, new Set([...had, ...kinds]));
  return looksAtAll || !kinds.every(kind => had.has(kind));
}

async function checkAtBothWidths(page) {
  if (!isJudged)
    return;
  const before = page.viewportSize();
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    if (await hasNewToJudge(page))
      await assertAccessible(page, `${page.url()} at ${width}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `${page.url()} at ${width}: ${overflow} pixels too wide`);
    if (process.env.PICTURES)
      await page.screenshot({ path: `${process.env.PICTURES}/${page.url().replace(/[^a-z0-9]+/gi, '-').slice(-60)}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize(before);
}

// A person at a browser, whose clicks are counted.
export async function visit(browser, city, javaScriptEnabled) {
  const context = await browser.newContext({ bypassCSP: true, javaScriptEnabled, viewport: { width: 1280, height: 800 } });
  if (javaScriptEnabled && isJudged)
    await bringAxe(context);
  const page = await context.newPage();
  const self = {
    page, clicks: 0,
    async open(path) {
      const answer = await page.goto(city.url + path);
      assert.equal(answer.status(), 200, path);
      await self.look();
    },
    async look() {
      if (javaScriptEnabled)
        await checkAtBothWidths(page);
    },
    async press(role, name) {
      self.clicks++;
      const target = page.locator('main').getByRole(role, { name });
      if (role === 'checkbox' || role === 'radio')
        return target.check();
      await Promise.all([page.waitForLoadState('load'), target.first().click()]);
      await page.waitForLoadState('load');
      await self.look();
    },
    fill: (label, value) => page.locator('main').getByLabel(label).fill(value),
    close: () => context.close(),
  };
  return self;
}

// Somebody signed in as the example account of `role`.
export async function signIn(browser, city, javaScriptEnabled, role = 'coordinator') {
  const sam = await visit(browser, city, javaScriptEnabled);
  await enter(sam.page, city, role);
  sam.clicks += 2;
  await sam.look();
  return sam;
}
