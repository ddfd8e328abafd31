// What comes of a study: handed in by its link, sent back, handed in anew, published, read by everyone, and withdrawn.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { assertAccessible, bytesInSql, fileOf, openBrowser, setConfig, signIn, sql } from './city.mjs';
import { openPost } from './post.mjs';
import { openProgramme, run } from './programme.mjs';

const link = 'exempel-exempel-exempel-exempel-exempel-1234';
const method = { name: 'Anna Exempel metod.md', mimeType: 'text/markdown', buffer: Buffer.from('# Metod\n\nVi räknade om tabell 1.\n') };
const code = { name: 'analys.zip', mimeType: 'application/zip', buffer: zipOf({ 'analys.r': 'x <- 1\n', 'läs mig.txt': 'Kör analys.r.\n' }) };
const text = '## Vad vi undrade\n\nHur säkert är *mörkertalet*?\n\n## Vad vi kom fram till\n\nDet är osäkert.';

let five, programme, url, browser, post;

function zipOf(files) {
  return execFileSync('/usr/bin/python3', ['-c', `
import io, json, sys, zipfile
out = io.BytesIO()
with zipfile.ZipFile(out, 'w') as made:
    for name, text in json.loads(sys.argv[1]).items():
        made.writestr(name, text)
sys.stdout.buffer.write(out.getvalue())`, JSON.stringify(files)]);
}

// A study of Lund's figures, granted and agreed to.
function addStudy(home) {
  const hash = execFileSync('/usr/bin/python3', ['-c', 'import hashlib, sys; print(hashlib.blake2b(sys.argv[1].encode(), digest_size=32).hexdigest(), end="")', link], { encoding: 'utf-8' });
  const until = Math.floor(Date.now() / 1000) + 30 * 86400;
  sql(home, `insert into research_study (title, institution, name, email, language, purpose, wanted, wanted_until, ethics_number, ethics_until,
    confirm_hash, applied_at, confirmed_at, state, decided_at, access_hash, ends_at, agreed_at)
    values ('Mörkertal i Skåne', 'Exempeluniversitetet', 'Forskare Exempel', 'forskare@universitet.example', 'sv', 'x', 'x', '2030-12-31', '2026-01234-01', '2030-12-31',
    ${bytesInSql(hash)}, 1, 1, 'granted', 1, ${bytesInSql(hash)}, ${until}, 1)`);
  sql(home, `insert into research_grant (study, manifest_hash, release, city, first_year, last_year)
    select 1, manifest_hash, name, 'Lund (exempel)', 2006, 2006 from programme_release where name like '1281-%'`);
}

before(async () => {
  post = await openPost();
  five = await openProgramme(made => {
    run('programme', 'take', made.home, made.release('malmo'), made.release('lund'));
    setConfig(made.home, 'mail', { server: `smtp://localhost:${post.port}`, sender: 'programmet@skane.example', tls: 'none' });
    addStudy(made.home);
  });
  ({ url, home: programme } = five);
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
  await page.setViewportSize({ width: 320, height: 740 });
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

const handIn = url => url + '/forskning/resultat/' + link;
const wrong = (page, field) => page.textContent(`.f:has([name="${field}"]) .msg`);

async function fill(page, words) {
  for (const [name, value] of Object.entries(words))
    await page.fill(`[name="${name}"]`, value);
  await page.setInputFiles('[name=method]', method);
  await page.setInputFiles('[name=code]', code);
  for (const box of await page.locator('[name=affirm]').all())
    await box.check();
}

test('the page of the figures leads to handing in', async () => {
  const page = await visit(null);
  await page.goto(url + '/forskning/atkomst/' + link);
  await page.click('text=Lämna in resultat');
  assert.equal(page.url(), handIn(url));
  await look(page, 'lamna-in');
  await page.context().close();
});

test('what is wrong is told in words at its field, without JavaScript', async () => {
  const page = await visit(null, { javaScriptEnabled: false });
  await page.goto(handIn(url));
  await page.click('main form button');
  assert.equal(await page.locator('.note.bad li').count(), 5, 'title, text, both files and what is affirmed');
  await page.fill('[name=title]', 'Mörkertalet');
  await page.fill('[name=text]', 'Person 19900101-9802 fanns med.');
  await page.fill('[name=title_en]', 'A title alone');
  await page.setInputFiles('[name=method]', { name: 'metod.docx', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
  await page.setInputFiles('[name=code]', { name: 'kod.zip', mimeType: 'application/zip', buffer: Buffer.from('MZ not a zip file') });
  await page.check('[name=affirm][value=figures]');
  await page.click('main form button');
  assert.match(await wrong(page, 'text'), /personnummer/);
  assert.match(await wrong(page, 'text_en'), /både rubrik och text/);
  assert.match(await wrong(page, 'method'), /PDF, Markdown eller ren text/);
  assert.match(await wrong(page, 'code'), /går inte att läsa/);
  assert.match(await wrong(page, 'affirm'), /intyga båda/);
  assert.equal(await page.inputValue('[name=title]'), 'Mörkertalet', 'what was typed is lost');
  await page.setInputFiles('[name=code]', { name: 'kod.r', mimeType: 'text/plain', buffer: Buffer.alloc(5 * 1024 * 1024 + 1, '\n') });
  await page.click('main form button');
  assert.match(await wrong(page, 'code'), /större än 5 MB/);
  await page.setInputFiles('[name=code]', { name: 'kod.r', mimeType: 'text/plain', buffer: Buffer.alloc(25 * 1024 * 1024, '\n') });
  await page.click('main form button');
  assert.match(await wrong(page, 'method'), /större än 5 MB/);
  assert.equal(sql(programme, 'select count(*) from research_results'), '0');
  await page.context().close();
  const drawn = await visit(null);
  await drawn.goto(handIn(url));
  await drawn.click('main form button');
  await look(drawn, 'lamna-in-fel');
  await drawn.context().close();
});

test('results are handed in without JavaScript, and wait', async () => {
  const page = await visit(null, { javaScriptEnabled: false });
  await page.goto(handIn(url));
  await fill(page, { title: 'Mörkertalet är osäkert', text });
  await page.click('main form button');
  assert.match(await page.textContent('main'), /Tack, resultatet kom in/);
  await page.context().close();
  await post.wait(1, l => l.to.includes('forskare@universitet.example') && l.subject.includes('har kommit in'));
  await post.wait(1, l => l.to.includes('programledare@skane.example') && l.subject.includes('Resultat väntar'));
  assert.equal((await fetch(url + '/forskning/1')).status, 404, 'it is not for everyone yet');
  assert.equal((await fetch(url + '/forskning/1/kod.zip')).status, 404);
  assert.equal((await fetch(url + '/programmet/forskning/1/resultat/kod.zip', { redirect: 'manual' })).status, 303, 'nor are its files');
});

test('the lead reads it as it will be, and sends it back with words', async () => {
  const officer = await visit('dpo');
  await officer.goto(url + '/programmet/forskning/1/resultat');
  assert.equal(await officer.locator('main form').count(), 0, 'the officer reads');
  await officer.context().close();
  const page = await visit('programme-lead');
  await page.goto(url + '/programmet/forskning');
  assert.match(await page.textContent('tbody'), /Resultat väntar/);
  await look(page, 'ansokningar-vantar');
  await page.click('tbody >> text=Resultat väntar');
  const main = await page.textContent('main');
  assert.match(main, /Mörkertalet är osäkert.*Vad vi undrade.*analys\.r.*läs mig\.txt/s);
  assert.match(main, /inte publicerad av programmet ännu/);
  assert.deepEqual(await fileOf(page, url + '/programmet/forskning/1/resultat/kod.zip'), code.buffer);
  await page.click('summary');
  await look(page, 'resultat-vantar');
  await page.click('form[action$="/skicka-tillbaka"] button');
  assert.match(await wrong(page, 'words'), /./);
  await page.fill('[name=words]', 'Skriv också på engelska.');
  await page.click('form[action$="/skicka-tillbaka"] button');
  assert.match(await page.textContent('main'), /Skickat tillbaka/);
  await page.context().close();
  const [letter] = await post.wait(1, l => l.to.includes('forskare@universitet.example') && l.subject.includes('Tillbaka till dig'));
  assert.match(letter.plain, /Skriv också på engelska/);
});

test('what came back is handed in anew in both languages, and the files stay', async () => {
  const page = await visit(null);
  await page.goto(handIn(url));
  assert.match(await page.textContent('main'), /Skriv också på engelska/);
  assert.equal(await page.inputValue('[name=text]'), text);
  await look(page, 'lamna-in-igen');
  await page.fill('[name=title_en]', 'The number of the unseen is uncertain');
  await page.fill('[name=text_en]', '## What we asked\n\nHow certain is it?');
  await page.check('[name=named]');
  for (const box of await page.locator('[name=affirm]').all())
    await box.check();
  await page.click('main form button');
  assert.match(await page.textContent('main'), /Tack, resultatet kom in/);
  await look(page, 'inlamnat');
  await page.context().close();
});

test('what was handed in meanwhile is not published unread', async () => {
  const page = await visit('programme-lead');
  await page.goto(url + '/programmet/forskning/1/resultat');
  sql(programme, 'update research_results set version = version + 1');
  await page.click('form[action$="/publicera"] button');
  assert.equal(sql(programme, 'select results from research_study'), 'waits');
  await page.goto(url + '/programmet/tillsammans');
  await page.click('text=Publicera siffrorna');
  await page.goto(url + '/programmet/forskning/1/resultat');
  assert.doesNotMatch(await page.textContent('main'), /inte publicerad av programmet/);
  await page.click('form[action$="/publicera"] button');
  assert.match(await page.textContent('main'), /Publicerat/);
  await look(page, 'resultat-publicerat');
  await page.context().close();
  const [letter] = await post.wait(1, l => l.to.includes('forskare@universitet.example') && l.subject.includes('Publicerat'));
  assert.match(letter.plain, /\/forskning\/1/);
});

test('everyone reads it in both languages, and gets the files as they were', async () => {
  const page = await visit(null, { javaScriptEnabled: true });
  await page.goto(url + '/forskning');
  await look(page, 'forskning-resultat');
  await page.click('main >> text=Mörkertal i Skåne');
  assert.match(await page.textContent('main'), /Mörkertalet är osäkert.*Exempeluniversitetet.*Vad vi undrade.*Forskare Exempel.*2026-01234-01.*Lund \(exempel\), 2006/s);
  assert.doesNotMatch(await page.content(), /Anna Exempel/, 'what the file was called is not told');
  await look(page, 'resultat');
  assert.equal((await fetch(url + await page.getAttribute('text=publicerad tillsammans med andra', 'href'))).status, 200);
  await page.goto(url + '/en/forskning/1');
  assert.match(await page.textContent('main'), /The number of the unseen is uncertain.*What we asked/s);
  assert.equal(await page.locator('main [lang=sv]').count(), 0);
  await look(page, 'results');
  for (const [name, sent] of [['metod.md', method], ['kod.zip', code]]) {
    const got = await fetch(`${url}/forskning/1/${name}`);
    assert.deepEqual(Buffer.from(await got.arrayBuffer()), sent.buffer);
    assert.match(got.headers.get('content-disposition'), /^attachment/);
    assert.equal(got.headers.get('x-content-type-options'), 'nosniff');
    assert.ok((await page.textContent('main')).includes(createHash('sha256').update(sent.buffer).digest('hex')));
  }
  assert.equal((await fetch(url + '/forskning/1/metod.pdf')).status, 404);
  assert.equal((await fetch(url + '/forskning/2')).status, 404);
  await page.context().close();
});

test('the researcher takes the name away', async () => {
  const page = await visit(null, { javaScriptEnabled: false });
  await page.goto(handIn(url));
  assert.match(await page.textContent('main'), /Resultatet är publicerat/);
  await look(await withScripts(page), 'lamna-in-publicerat');
  await page.click('text=Ta bort mitt namn');
  assert.match(await page.textContent('main'), /står inte längre på sidan/);
  await page.goto(url + '/forskning/1');
  assert.doesNotMatch(await page.textContent('main'), /Forskare Exempel/);
  await page.context().close();
});

async function withScripts(page) {
  const other = await visit(null);
  await other.goto(page.url());
  return other;
}

test('without an English text the English page says so', async () => {
  sql(programme, "update research_results set title_en = '', words_en = ''");
  const page = await visit(null);
  await page.goto(url + '/en/forskning/1');
  assert.match(await page.textContent('main'), /in Swedish only/);
  assert.equal(await page.getAttribute('h1', 'lang'), 'sv');
  await look(page, 'results-swedish');
  await page.context().close();
});

test('what is withdrawn leaves its address, with why', async () => {
  const page = await visit('programme-lead');
  await page.goto(url + '/programmet/forskning/1/resultat');
  await page.fill('[name=words]', 'Ett fel i tabell 2.');
  await page.click('form[action$="/dra-tillbaka"] button');
  assert.match(await page.textContent('main'), /Tillbakadraget/);
  await look(page, 'resultat-tillbakadraget');
  await page.context().close();
  const reader = await visit(null);
  assert.equal((await reader.goto(url + '/forskning/1')).status(), 410);
  assert.match(await reader.textContent('main'), /Ett fel i tabell 2/);
  assert.doesNotMatch(await reader.textContent('main'), /Vad vi undrade/);
  await look(reader, 'tillbakadraget');
  assert.equal((await fetch(url + '/forskning/1/kod.zip')).status, 404);
  await reader.goto(handIn(url));
  assert.match(await reader.textContent('main'), /Ett fel i tabell 2/);
  await reader.context().close();
  await post.wait(1, l => l.to.includes('forskare@universitet.example') && l.subject.includes('Tillbakadraget'));
  const done = sql(programme, "select action from audit where action like 'results.%' order by id").split('\n');
  assert.deepEqual(done, ['results.hand_in', 'results.return', 'results.hand_in', 'results.publish', 'results.unname', 'results.withdraw']);
});

test('the link takes results when its time is over, and nothing when a person has ended it', async () => {
  const page = await visit(null);
  sql(programme, 'update research_study set ends_at = 2');
  await page.goto(url + '/forskning/atkomst/' + link);
  assert.equal(page.url(), handIn(url));
  assert.equal(await page.locator('main form').count(), 1);
  sql(programme, 'update research_study set ended_at = 2');
  assert.equal((await page.goto(handIn(url))).status(), 404);
  await look(page, 'lamna-in-avslutat');
  assert.equal((await page.goto(url + '/forskning/atkomst/' + link)).status(), 404);
  await page.context().close();
});
