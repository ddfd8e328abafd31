// What goes wrong on the way: a lost connection, letters that are none, far too much of them; and how heavy the pages are.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openBrowser, openCity, program, signInAs } from './city.mjs';
import { ask, form } from './teller.mjs';

const recipient = 'mottagare@exempel.example';
let city, browser, reader;

function command(...words) {
  const done = spawnSync(program, words, { encoding: 'utf-8' });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout;
}

before(async () => {
  city = await openCity();
  command('recovery', city.city);
  const password = command('user', 'add', city.city, '--email', recipient, '--name', 'Kim Exempel', '--role', 'triage').match(/password: (.*)/)[1];
  browser = await openBrowser();
  reader = await (await browser.newContext({ bypassCSP: true })).newPage();
  await signInAs(reader, city, recipient, password);
  await reader.goto(`${city.url}/bedomning/mottagare`);
  await reader.fill('#laslosen', 'lomu kadel stana beri fonu');
  await reader.click('form[action$="/mottagare"] button');
  await reader.goto(`${city.url}/bedomning`);
  await reader.fill('#laslosen', 'lomu kadel stana beri fonu');
  await reader.click('form[action$="/las-upp"] button');
});

after(async () => {
  await browser.close();
  await city.close();
});

async function registered() {
  const csv = await reader.evaluate(async path => (await fetch(path)).text(), `/diarium/${new Date().getFullYear()}/csv`);
  return csv.trim().split('\n').length - 1;
}

async function tell(page, text = '') {
  await page.goto(`${city.url}/iakttagelse`);
  await page.click('label[for="plats-hotel"]');
  await page.click('button[value="tecken"]');
  await page.click('label[for="HO01"]');
  await page.click('label[for="HO07"]');
  await page.click('button[value="nar"]');
  await page.click('button[value="granska"]');
  await page.fill('#text', text);
}

test('the connection is lost after "Skicka": the report exists once, and the code comes when it is sent again', async () => {
  const page = await (await browser.newContext()).newPage();
  const before = await registered();
  await tell(page);
  const fields = Object.fromEntries(await page.evaluate(() =>
    [...new FormData(document.querySelector('button[value="skicka"]').form)]));
  // The server has taken it, and the answer never reached the telephone.
  const lost = await ask(city, 'POST', '/iakttagelse', { ...fields, steg: 'skicka' });
  await page.click('button[value="skicka"]');
  await page.waitForSelector('.code');
  assert.equal(await page.textContent('.code'), lost.text.match(/class="code"[^>]*>([^<]+)</)[1]);
  assert.equal(await registered(), before + 1);
  await page.context().close();
});

test('without a network nothing is lost: the page says so, and the report is sent when there is one again', async () => {
  const page = await (await browser.newContext()).newPage();
  const before = await registered();
  await tell(page, 'Ja, varje natt.');
  await page.context().setOffline(true);
  await page.click('button[value="skicka"]');
  assert.match(await page.textContent('#bruten:visible'), /finns kvar här/);
  assert.equal(await page.inputValue('#text'), 'Ja, varje natt.');
  assert.equal(await registered(), before);
  await page.context().setOffline(false);
  await page.click('button[value="skicka"]');
  await page.waitForSelector('.code');
  assert.equal(await registered(), before + 1);
  await page.context().close();
});

test('what points at somebody is named while it is written, as well as the documentation says', async () => {
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await tell(page, 'Ring 070-174 06 05, hon är gravid.');
  assert.match(await page.textContent('#pekar:visible'), /070-174 06 05: ser ut som ett telefonnummer.*gravid: handlar om hälsa/s);
  await page.fill('#text', 'Många korta besök.');
  assert.equal(await page.locator('#pekar:visible').count(), 0);
  const sentences = readFileSync(new URL('../data/scanner/sentences.csv', import.meta.url), 'utf-8').trim().split('\n').slice(1)
    .map(line => line.match(/^\w\w,([^,]*),"?(.*?)"?$/)).map(([, kinds, text]) => ({ text, kinds: kinds.replace('identity_number', 'identity').split(';') }));
  const found = await page.evaluate(texts => texts.map(text => findings(text).map(({ kind }) => kind)), sentences.map(({ text }) => text));
  const known = ['identity', 'phone', 'plate', 'email', 'handle', 'origin', 'health'];
  const tally = { right: 0, wrong: 0, missed: 0 };
  sentences.forEach(({ kinds }, i) => {
    for (const kind of known) {
      const [is, says] = [kinds.includes(kind), found[i].includes(kind)];
      tally.right += is && says;
      tally.wrong += !is && says;
      tally.missed += is && !says;
    }
  });
  assert.deepEqual(tally, { right: 85, wrong: 1, missed: 15 });
  await page.context().close();
});

test('no page of telling is heavier than 20 kB', async () => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const heavy = [];
  page.on('response', async answer => {
    if (answer.request().resourceType() === 'document')
      heavy.push([answer.url(), answer.body().then(body => body.length)]);
  });
  await tell(page);
  await page.click('button[value="skicka"]');
  await page.waitForSelector('.code');
  assert.equal(heavy.length, 5);
  for (const [url, bytes] of heavy)
    assert.ok(await bytes <= 20000, `${url}: ${await bytes} bytes`);
  await page.context().close();
});

test('emoji and words from right to left are read as they were written', async () => {
  const text = 'Många besök 🌙🏨 varje natt, زيارات كثيرة';
  const answer = await ask(city, 'POST', '/iakttagelse', { ...await form(city), text });
  assert.match(answer.text, /class="code"/);
  await reader.goto(`${city.url}/bedomning`);
  const hrefs = await reader.locator('tbody a').evaluateAll(links => links.map(a => a.href));
  const read = [];
  for (const href of hrefs) {
    await reader.goto(href);
    read.push(await reader.textContent('main'));
  }
  assert.equal(read.filter(words => words.includes(text)).length, 1);
});

test('what is no text, or ten megabytes of it, is not taken, and the next report is', async () => {
  const before = await registered();
  for (const text of ['\u0000\u0001\u0002\u001b[31m', 'x'.repeat(10_000_000)]) {
    // A server may hang up on who sends far too much.
    const answer = await ask(city, 'POST', '/iakttagelse', { ...await form(city), text }).catch(fault => ({ status: fault.code, text: '' }));
    assert.ok(!answer.text.includes('class="code"'), String(answer.status));
    assert.ok([400, 413, 422, 'ECONNRESET', 'EPIPE'].includes(answer.status), String(answer.status));
  }
  assert.equal(await registered(), before);
  assert.match((await ask(city, 'POST', '/iakttagelse', await form(city))).text, /class="code"/);
});
