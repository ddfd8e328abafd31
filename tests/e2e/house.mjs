// A city with recipients of reports, people who tell, and a browser: what the tests of reports share.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { assertAccessible } from './axe.mjs';
import { openBrowser, openCity, program, signInAs } from './city.mjs';

export const passphrase = 'lomu kadel stana beri fonu';
export const marker = 'MARKER många korta besök på natten';

const roles = { mottagare: 'triage', andra: 'triage', samordnare: 'coordinator', medlem: 'member', administrator: 'administrator', granskare: 'approver', ombud: 'dpo' };

// No fault by axe, no sideways scroll at 320 px, a level-one heading.
export async function assertReadable(page) {
  await page.setViewportSize({ width: 320, height: 740 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 320, `${page.url()} is ${wide} wide`);
  await assertAccessible(page);
  for (const width of process.env.PICTURES ? [1280, 360] : [360]) {
    await page.setViewportSize({ width, height: 740 });
    if (process.env.PICTURES)
      await page.screenshot({ path: `${process.env.PICTURES}/${page.url().replace(/[^a-z0-9]+/gi, '-').slice(-60)}-${width}.png`, fullPage: true });
  }
}

// Opens a city with its recovery key and the people of `names`; call close() after.
export async function openHouse(names = Object.keys(roles)) {
  const city = await openCity();
  const passwords = {};
  const house = {
    city, url: city.url,
    command(...words) {
      const done = spawnSync(program, words, { encoding: 'utf-8' });
      assert.equal(done.status, 0, done.stderr);
      return done.stdout;
    },
    async visit(options = {}) {
      const context = await house.browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
      const page = await context.newPage();
      page.shut = () => context.close();
      return page;
    },
    async signIn(name, options = {}) {
      const page = await house.visit(options);
      await signInAs(page, city, `${name}@exempel.example`, passwords[name]);
      return page;
    },
    async unlock(page, words = passphrase) {
      await page.goto(`${city.url}/bedomning`);
      await page.fill('#laslosen', words);
      await page.click('form[action$="/las-upp"] button');
    },
    async becomeRecipient(page, words = passphrase) {
      await page.goto(`${city.url}/bedomning/mottagare`);
      await page.fill('#laslosen', words);
      await page.click('form[action$="/mottagare"] button');
    },
    async close() {
      await house.browser.close();
      await city.close();
    },
  };
  house.shares = house.command('recovery', city.city).split('\n').filter(line => line && !line.startsWith('Share'));
  for (const name of names)
    passwords[name] = house.command('user', 'add', city.city, '--email', `${name}@exempel.example`, '--name', `${name} Exempel`,
      '--role', roles[name]).match(/password: (.*)/)[1];
  house.browser = await openBrowser();
  return house;
}

// Counts what a person presses, until the receipt.
export async function tell(page, city, { text = '', check = false, place = 'hotel', signs = ['HO01', 'HO07'] } = {}) {
  let taps = 0;
  const tap = async selector => { await page.click(selector); taps++; };
  const look = async () => check && assertReadable(page);
  await page.goto(`${city.url}/iakttagelse`);
  await look();
  await tap(`label[for="plats-${place}"]`);
  await tap('button[value="tecken"]');
  await look();
  for (const sign of signs)
    await tap(`label[for="${sign}"]`);
  await tap('button[value="nar"]');
  await look();
  await tap('button[value="granska"]');
  await look();
  if (text)
    await page.fill('#text', text);
  await tap('button[value="skicka"]');
  await page.waitForSelector('.code');
  await look();
  const number = (await page.textContent('main')).match(/diarium: (\d{4}-\d{3})/)[1];
  return { code: await page.textContent('.code'), taps, number };
}
