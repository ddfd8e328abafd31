// The cities of a programme read what is to be published, and object; nothing is published meanwhile.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { assertAccessible, database, fileOf, openBrowser, program, setConfig, signIn } from './city.mjs';
import { openPost } from './post.mjs';

const data = new URL('../data/mse/', import.meta.url).pathname;
const cities = [{ code: '1280', name: 'Malmö (exempel)', table: 'UKdat_4.csv' }, { code: '1281', name: 'Lund (exempel)', table: 'UKdat.csv' }];

let folder, programme, server, url, browser, post, lead;

function run(...args) {
  const ended = spawnSync(program, args, { encoding: 'utf-8' });
  if (ended.status !== 0)
    throw new Error(`lykta ${args.join(' ')}: exit status ${ended.status}\n${ended.stderr}`);
  return ended.stdout;
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lykta-e2e-'));
  programme = join(folder, 'programme');
  post = await openPost();
  run('programme', 'new', programme, '--name', 'Skåne tillsammans (exempel)', ...database());
  for (const city of cities) {
    const home = join(folder, city.code);
    run('init', home, '--municipality', city.code, '--name', city.name, ...database());
    run('publish', home, join(data, city.table), '--period', '2025', '--title', 'Kartläggning 2025', '--title-en', 'Mapping 2025', '--example', '--approve');
    run('programme', 'join', programme, '--municipality', city.code, '--name', city.name, '--key', readFileSync(join(home, 'keys/release.pub'), 'utf-8').trim());
    run('programme', 'take', programme, join(home, 'files/releases', `${city.code}-2025`));
  }
  const made = run('user', 'add', programme, '--email', 'ledare@skane.example', '--name', 'Exempel Ledare', '--role', 'programme-lead');
  lead = { accounts: { lead: 'ledare@skane.example' }, password: made.match(/password: (\S+)/)[1] };
  setConfig(programme, 'mail', { server: `smtp://localhost:${post.port}`, sender: 'programmet@skane.example', tls: 'none' });
  server = spawn(program, ['serve', programme, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  url = await new Promise((resolve, reject) => {
    createInterface(server.stdout).on('line', line => resolve(line.match(/http:\/\/\S+:\d+/)[0]));
    server.on('exit', status => reject(new Error(`lykta serve ended with ${status}`)));
  });
  lead.url = url;
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  server?.kill('SIGTERM');
  post?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function visit(who, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  if (who)
    await signIn(page, lead, who);
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
  const page = await visit('lead', { javaScriptEnabled: false });
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
  const [letter] = await post.wait(1, l => l.to.includes('ledare@skane.example') && l.subject.includes('invänder'));
  assert.doesNotMatch(letter.plain, /polisen/, 'the words are read on the page');
});

test('what the city reads and what the programme sees read well', async () => {
  const page = await visit(null);
  await page.goto(await linkTo('samordnare@lund.example'));
  await look(page, 'utkast');
  await page.goto((await linkTo('samordnare@lund.example')).replace('/granskning', '/en/granskning'));
  await look(page, 'draft');
  await page.context().close();
  const own = await visit('lead');
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
  const own = await visit('lead');
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
