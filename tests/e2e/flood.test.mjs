// A flood of reports: all of them are kept, and a member still gets through.
// FLOOD says how many reports (150); docs/measurements/flood.md has the figures of a large one.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { Agent } from 'node:http';
import { after, before, test } from 'node:test';
import { openBrowser, openCity, program, signInAs } from './city.mjs';
import { ask, form } from './teller.mjs';

const reports = Number(process.env.FLOOD ?? 150);
const senders = 16;
const member = 'medlem@exempel.example';
const recipient = 'mottagare@exempel.example';
const passwords = {};
const agent = new Agent({ keepAlive: true, maxSockets: senders });
let city, browser;

function command(...words) {
  const done = spawnSync(program, words, { encoding: 'utf-8' });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout;
}

before(async () => {
  city = await openCity();
  command('recovery', city.city);
  for (const [email, role] of [[member, 'member'], [recipient, 'triage']])
    passwords[email] = command('user', 'add', city.city, '--email', email, '--name', 'Kim Exempel', '--role', role).match(/password: (.*)/)[1];
  browser = await openBrowser();
});

after(async () => {
  agent.destroy();
  await browser.close();
  await city.close();
});

async function sendOne() {
  const answer = await ask(city, 'POST', '/iakttagelse', await form(city, agent), agent);
  assert.equal(answer.status, 200);
  assert.match(answer.text, /class="code"/);
}

async function flood(n) {
  let left = n;
  await Promise.all(Array.from({ length: senders }, async () => {
    while (left-- > 0)
      await sendOne();
  }));
}

// How long a member waits for the receipt after "Skicka", in seconds.
async function tellAsMember(page) {
  await page.goto(`${city.url}/iakttagelse`);
  await page.click('label[for="plats-hotel"]');
  await page.click('button[value="tecken"]');
  await page.click('label[for="HO01"]');
  await page.click('label[for="HO07"]');
  await page.click('button[value="nar"]');
  await page.click('button[value="granska"]');
  const began = performance.now();
  await page.click('button[value="skicka"]');
  await page.waitForSelector('.code');
  return (performance.now() - began) / 1000;
}

async function signIn(email) {
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await signInAs(page, city, email, passwords[email]);
  return page;
}

test('in a flood every report is kept, and a member gets through', async () => {
  const reader = await signIn(recipient);
  await reader.goto(`${city.url}/bedomning/mottagare`);
  await reader.fill('#laslosen', 'lomu kadel stana beri fonu');
  await reader.click('form[action$="/mottagare"] button');
  const page = await signIn(member);
  const waits = [];
  const began = performance.now();
  let isOver = false;
  const flooded = flood(reports).finally(() => { isOver = true; });
  do
    waits.push(await tellAsMember(page));
  while (!isOver);
  await flooded;
  const seconds = (performance.now() - began) / 1000;
  waits.sort((a, b) => a - b);
  console.log(`# ${reports} reports in ${seconds.toFixed(1)} s; a member waited ${waits[0].toFixed(2)}-${waits.at(-1).toFixed(2)} s, ${waits.length} times`);
  const year = new Date().getFullYear();
  const csv = await reader.evaluate(async path => (await fetch(path)).text(), `/diarium/${year}/csv`);
  assert.equal(csv.trim().split('\n').length - 1, reports + waits.length);
});
