// A researcher applies for a programme's figures, the officer advises, the lead decides, and the link opens what was granted.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, day, fileOf, openBrowser, setConfig, signIn, sql } from './city.mjs';
import { openPost } from './post.mjs';
import { openProgramme, run } from './programme.mjs';

const reasons = 'Studien prövar metoden och behöver en ort.';

let five, folder, programme, url, browser, post;

before(async () => {
  post = await openPost();
  five = await openProgramme(made => {
    run('programme', 'take', made.home, made.release('malmo'), made.release('lund'));
    setConfig(made.home, 'mail', { server: `smtp://localhost:${post.port}`, sender: 'programmet@skane.example', tls: 'none' });
  });
  ({ folder, url, home: programme } = five);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  five?.close();
  post?.close();
});

async function visit(who, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  if (who)
    await signIn(page, five, who);
  return page;
}

async function look(page, name) {
  await assertAccessible(page, name);
  assert.deepEqual(await page.$$eval('body *', all => all.filter(e => e.getBoundingClientRect().right > innerWidth + 1
    && !e.closest('.tw, svg, .vh')).map(e => e.outerHTML.slice(0, 80))), [], `${name} scrolls sideways`);
  if (!process.env.PICTURES)
    return;
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await page.screenshot({ path: `${process.env.PICTURES}/${name}-${width}.png`, fullPage: true });
  }
}

async function fillDate(page, name, text) {
  const [year, month, date] = text.split('-');
  for (const [part, value] of Object.entries({ day: Number(date), month: Number(month), year }))
    await page.fill(`[name="${name}-${part}"]`, String(value));
}

async function applyAs(page, title) {
  await page.goto(url + '/forskning/ansok');
  for (const [name, text] of Object.entries({ title, institution: 'Exempeluniversitetet', purpose: 'Hur säkert är mörkertalet?\nPrövas med tre metoder.',
    wanted: 'Lund 2006, alla tabeller.', ethics_number: '2026-01234-01', name: 'Forskare Exempel', email: 'forskare@universitet.example' }))
    await page.fill(`[name="${name}"]`, text);
  await fillDate(page, 'wanted_until', day(100));
  await fillDate(page, 'ethics_until', day(200));
  await page.click('main form button');
}

async function linkOf(subject, path) {
  const letters = await post.wait(1, l => l.to.includes('forskare@universitet.example') && l.subject.includes(subject));
  return letters.at(-1).plain.match(new RegExp(`http\\S+(${path}\\S+)`))[1];
}

test('a researcher applies and confirms the address, without JavaScript', async () => {
  const page = await visit(null, { javaScriptEnabled: false });
  await page.goto(url + '/forskning');
  await page.click('text=Ansök om siffror för forskning');
  await page.click('main form button');
  assert.equal(await page.locator('.note.bad li').count(), 9, 'an empty form names every fault');
  await applyAs(page, 'Mörkertal i Skåne');
  assert.match(await page.textContent('main'), /Bekräfta din e-post/);
  await page.goto(url + await linkOf('Bekräfta', '/forskning/bekrafta/'));
  assert.match(await page.textContent('main'), /Mörkertal i Skåne/);
  await page.click('main form button');
  assert.match(await page.textContent('main'), /ansökan har kommit in/);
  await page.goto(url + '/forskning');
  assert.match(await page.textContent('main'), /Ingen studie har beviljats ännu/);
  await page.context().close();
});

test('the pages for everyone read well in both languages', async () => {
  const page = await visit(null);
  for (const [path, name] of [['/forskning', 'forskning'], ['/forskning/ansok', 'forskning-ansok'], ['/en/forskning', 'research'], ['/en/forskning/ansok', 'research-apply']]) {
    await page.goto(url + path);
    await page.setViewportSize({ width: 360, height: 740 });
    await look(page, name);
  }
  await page.context().close();
});

test('the lead cannot grant before the officer has given an opinion', async () => {
  await post.wait(1, l => l.to.includes('programledare@skane.example') && l.subject.includes('Forskare ansöker'));
  const page = await visit('programme-lead');
  await page.goto(url + '/programmet');
  await page.click('text=Forskares ansökningar');
  await page.click('text=Mörkertal i Skåne');
  assert.match(await page.textContent('main'), /inte yttrat sig ännu/);
  assert.equal(await page.locator('form[action$="/bevilja"]').count(), 0);
  await page.context().close();
  const officer = await visit('dpo');
  await officer.goto(url + '/programmet/forskning/1');
  assert.equal(await officer.locator('form[action$="/avsla"]').count(), 0, 'the officer does not decide');
  await officer.click('text=Spara yttrandet');
  assert.equal(await officer.locator('.note.bad li').count(), 2);
  await look(officer, 'yttrande');
  await officer.check('input[name=advice][value=yes]');
  await officer.fill('[name=words]', 'Siffrorna är skyddade, och bara de som behövs bör ingå.');
  await officer.click('text=Spara yttrandet');
  assert.match(await officer.textContent('main'), /Kan beviljas/);
  await officer.context().close();
});

test('the lead grants one city, with reasons and a last day', async () => {
  const page = await visit('programme-lead', { javaScriptEnabled: false });
  await page.goto(url + '/programmet/forskning/1');
  for (const box of await page.locator('input[name=release]').all())
    await box.uncheck();
  await page.fill('[name=grant_words]', reasons);
  await page.click('form[action$="/bevilja"] button');
  assert.match(await page.textContent('main'), /Välj minst en publicering/);
  assert.equal(await page.inputValue('[name=grant_words]'), reasons, 'what was typed is lost');
  await page.check('label:has-text("Lund (exempel)")');
  await look(await again(page), 'beslut');
  await page.click('form[action$="/bevilja"] button');
  assert.match(await page.textContent('main'), /Beviljad/);
  await page.context().close();
});

// The page with scripts, for what looks at it; the typed is in it.
async function again(page) {
  const other = await visit('programme-lead');
  await other.goto(page.url().replace(/\/bevilja$/, ''));
  return other;
}

test('the link opens exactly what was granted, once the terms are agreed to', async () => {
  const link = url + await linkOf('Beviljad', '/forskning/atkomst/');
  const page = await visit(null, { acceptDownloads: true });
  await page.goto(link);
  assert.match(await page.textContent('main'), /Villkor/);
  assert.equal(await page.locator('a[href$=".zip"]').count(), 0);
  assert.equal((await fetch(link + '/publiceringar.zip')).status, 404, 'the terms are not agreed to');
  await look(page, 'villkor');
  await page.click('main form button');
  assert.equal(await page.locator('.f.err').count(), 1);
  await page.check('input[name=agree]');
  await page.click('main form button');
  const main = await page.textContent('main');
  assert.match(main, /Lund \(exempel\)/);
  assert.doesNotMatch(main, /Malmö/);
  await page.setViewportSize({ width: 360, height: 740 });
  await look(page, 'atkomst');
  const json = JSON.parse((await fileOf(page, link + '/tillsammans.json')).toString());
  assert.doesNotMatch(JSON.stringify(json), /Malmö/);
  const zip = join(folder, 'p.zip');
  writeFileSync(zip, await fileOf(page, link + '/publiceringar.zip'));
  execFileSync('/usr/bin/python3', ['-m', 'zipfile', '-e', zip, join(folder, 'unpacked')]);
  run('pool', join(folder, 'unpacked/1281-2006'), '-o', join(folder, 'pooled.json'));
  const pooled = JSON.parse(readFileSync(join(folder, 'pooled.json'), 'utf-8'));
  assert.deepEqual(pooled.periods[0].estimate, json.periods[0].estimate, 'the figures can be made again');
  assert.equal((await fetch(link + '/orter.csv')).headers.get('x-robots-tag'), 'noindex, nofollow, noarchive');
  assert.equal((await fetch(link.slice(0, -1) + '/tillsammans.json')).status, 404);
  assert.equal((await fetch(link + '/nagot.json')).status, 404);
  await page.context().close();
});

test('everyone sees what was granted, and the log who did what', async () => {
  const page = await visit(null);
  await page.goto(url + '/forskning');
  const row = await page.textContent('tbody tr');
  assert.match(row, /Mörkertal i Skåne.*Exempeluniversitetet.*2026-01234-01.*Lund \(exempel\) 2006.*Öppen/s);
  assert.doesNotMatch(await page.textContent('main'), /Forskare Exempel/, 'the name is not for everyone');
  await page.setViewportSize({ width: 360, height: 740 });
  await look(page, 'forskning-beviljad');
  await page.context().close();
  const done = sql(programme, "select action from audit where action like 'research.%' order by id").split('\n');
  assert.deepEqual(done.slice(0, 5), ['research.apply', 'research.confirm', 'research.advise', 'research.grant', 'research.agree']);
  assert.ok(done.filter(action => action === 'research.read').length >= 3);
});

test('an access that is ended opens nothing, and the researcher hears why', async () => {
  const link = url + await linkOf('Beviljad', '/forskning/atkomst/');
  const page = await visit('programme-lead');
  await page.goto(url + '/programmet/forskning/1');
  await look(page, 'studie');
  await page.fill('[name=refusal]', 'Etikbeslutet är återkallat.');
  await page.click('form[action$="/avsluta"] button');
  assert.match(await page.textContent('main'), /Avslutad i förtid/);
  const [letter] = await post.wait(1, l => l.subject.includes('Åtkomsten är avslutad'));
  assert.match(letter.plain, /Etikbeslutet är återkallat/);
  assert.equal((await page.goto(link)).status(), 404);
  assert.match(await page.textContent('main'), /Länken gäller inte/);
  await page.goto(url + '/programmet/forskning');
  await look(page, 'ansokningar');
  await page.context().close();
});

test('a refusal reaches the researcher with its reasons, and shows nothing to others', async () => {
  const page = await visit(null);
  await applyAs(page, 'Andra studien');
  await look(page, 'forskning-tack');
  await post.wait(2, l => l.subject.includes('Bekräfta'));
  await page.goto(url + await linkOf('Bekräfta', '/forskning/bekrafta/'));
  await look(page, 'forskning-bekrafta');
  await page.click('main form button');
  const lead = await visit('programme-lead');
  await lead.goto(url + '/programmet/forskning/2');
  await lead.fill('[name=refusal]', 'Siffrorna räcker inte för frågan.');
  await lead.click('form[action$="/avsla"] button');
  assert.match(await lead.textContent('main'), /Avslagen/);
  const [letter] = await post.wait(1, l => l.subject.includes('Avslag'));
  assert.match(letter.plain, /räcker inte för frågan/);
  await page.goto(url + '/forskning');
  assert.doesNotMatch(await page.textContent('main'), /Andra studien/);
  await lead.context().close();
  await page.context().close();
});
