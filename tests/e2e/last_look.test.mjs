// The cities of a programme read what is to be published, and object; nothing is published meanwhile.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, fileOf, openBrowser, setConfig, signIn } from './city.mjs';
import { openPost } from './post.mjs';
import { openProgramme, run } from './programme.mjs';

let programme, url, browser, post;

before(async () => {
  post = await openPost();
  programme = await openProgramme(made => {
    run('programme', 'take', made.home, made.release('malmo'), made.release('lund'));
    setConfig(made.home, 'mail', { server: `smtp://localhost:${post.port}`, sender: 'programmet@skane.example', tls: 'none' });
  });
  url = programme.url;
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  programme?.close();
  post?.close();
});

async function visit(who, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  if (who)
    await signIn(page, programme, who);
  return page;
}

async function look(page, name) {
  await page.setViewportSize({ width: 360, height: 740 });
  await assertAccessible(page, name);
  assert.deepEqual(await page.$$eval('body *', all => all.filter(e => e.getBoundingClientRect().right > innerWidth + 1
    && !e.closest('.tw, svg, .vh')).map(e => e.outerHTML.slice(0, 80))), [], `${name} scrolls sideways`);
  for (const width of process.env.PICTURES ? [1280, 360] : []) {
    await page.setViewportSize({ width, height: 740 });
    await page.screenshot({ path: `${process.env.PICTURES}/${name}-${width}.png`, fullPage: true });
  }
}

async function linkTo(address) {
  const letters = await post.wait(1, l => l.to.includes(address));
  return url + letters.at(-1).plain.match(/(\/granskning\/\S+)/)[1];
}

test('the lead lets the cities read, without JavaScript, and a city without an address is named', async () => {
  const page = await visit('programme-lead', { javaScriptEnabled: false });
  await page.goto(url + '/programmet/tillsammans');
  await page.click('text=Orternas svar');
  await page.fill('[name=addresses]', '1280 samordnare@malmo.example\n1281 inte-en-adress');
  await page.click('text=Skicka länkarna');
  assert.match(await page.textContent('.f.err'), /Lund \(exempel\) \(1281\)/);
  assert.doesNotMatch(await page.textContent('.f.err .msg'), /Malmö/);
  await page.fill('[name=addresses]', '1280 samordnare@malmo.example\n1281 samordnare@lund.example');
  await page.click('text=Skicka länkarna');
  assert.match(await page.textContent('main'), /0 av 2 har svarat/);
  await page.goto(url + '/programmet/tillsammans');
  assert.equal(await page.locator('form[action$="/publicera"]').count(), 0);
  assert.match(await page.textContent('main'), /går att publicera när alla har svarat/);
  await page.context().close();
});

test('a city reads the draft by its link and objects in words', async () => {
  const page = await visit(null, { javaScriptEnabled: false, acceptDownloads: true });
  const link = await linkTo('samordnare@malmo.example');
  assert.equal((await fetch(link.slice(0, -1))).status, 404);
  await page.goto(link);
  assert.match(await page.textContent('main'), /Malmö \(exempel\).*Lund \(exempel\)/s);
  const json = JSON.parse((await fileOf(page, link + '/tillsammans.json')).toString());
  assert.equal(json.periods[0].cities.length, 2);
  await page.check('input[value=objects]');
  await page.click('main form button');
  assert.match(await page.textContent('.f.err'), /Skriv vad orten invänder/);
  await page.fill('[name=words]', 'Listan från polisen gäller ett annat år.');
  await page.click('main form button');
  assert.match(await page.textContent('main'), /svaret har kommit fram/);
  await page.context().close();
  const [letter] = await post.wait(1, l => l.to.includes('programledare@skane.example') && l.subject.includes('invänder'));
  assert.doesNotMatch(letter.plain, /polisen/, 'the words are read on the page');
});

test('what the city reads and what the programme sees read well', async () => {
  const page = await visit(null);
  await page.goto(await linkTo('samordnare@lund.example'));
  await look(page, 'utkast');
  await page.goto((await linkTo('samordnare@lund.example')).replace('/granskning', '/en/granskning'));
  await look(page, 'draft');
  await page.context().close();
  const own = await visit('programme-lead');
  await own.goto(url + '/programmet/granskning');
  assert.match(await own.textContent('tbody tr:has-text("Malmö")'), /Invänder.*gäller ett annat år/s);
  await look(own, 'granskning');
  await own.context().close();
});

test('when every city has answered the figures can be published, and the links end', async () => {
  const link = await linkTo('samordnare@lund.example');
  const page = await visit(null);
  await page.goto(link);
  await page.check('input[value=agrees]');
  await page.click('main form button');
  const own = await visit('programme-lead');
  await own.goto(url + '/programmet/tillsammans');
  assert.match(await own.textContent('main'), /1 ort invänder/);
  await own.click('text=Publicera siffrorna');
  assert.match(own.url(), /\/tillsammans\/1$/);
  assert.equal((await page.goto(link)).status(), 404);
  assert.match(await page.textContent('main'), /Länken gäller inte/);
  await own.goto(url + '/programmet/granskning');
  assert.equal(await own.inputValue('[name=addresses]'), '1280 samordnare@malmo.example\n1281 samordnare@lund.example\n', 'the addresses are typed once');
  await own.context().close();
  await page.context().close();
});
