// People at a real browser that keeps a profile: they tell, a recipient asks, they answer, and what was told is read.
// From standard input: {url, profile, email, password, passphrase, reports: [[told, reason, question, answer], ...]}; to standard output the codes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openProfile, signInAs } from '../e2e/city.mjs';
import { tell } from '../e2e/house.mjs';

const asked = JSON.parse(readFileSync(0, 'utf-8'));

async function tellAll(page) {
  const told = [];
  for (const [text] of asked.reports)
    told.push(await tell(page, asked, { text }));
  return told;
}

async function unlock(page) {
  await signInAs(page, asked, asked.email, asked.password);
  await page.goto(`${asked.url}/bedomning`);
  await page.fill('#laslosen', asked.passphrase);
  await page.click('form[action$="/las-upp"] button');
  await page.waitForSelector('tbody a');
}

async function ask(page, number, [told, reason, question]) {
  await page.goto(`${asked.url}/bedomning`);
  await page.click(`tbody a:text-is("${number}")`);
  assert.ok((await page.textContent('main')).includes(told), 'the recipient does not see what was told');
  await page.check('#beslut-fraga');
  await page.fill('#skal', reason);
  await page.fill('#meddelande', question);
  await page.click('form[action*="/bedomning/"] button:has-text("Spara")');
  await page.waitForURL('**/bedomning');
}

async function answer(page, code, [, , question, text]) {
  await page.goto(`${asked.url}/uppfoljning`);
  await page.fill('#kod', code);
  await page.click('main button');
  assert.ok((await page.textContent('main')).includes(question), 'the question has not come');
  await page.fill('#text', text);
  await page.click('button[value="skriv"]');
  assert.ok((await page.textContent('main')).includes(text), 'the answer was not taken');
}

const context = await openProfile(asked.profile);
try {
  const page = await context.newPage();
  const told = await tellAll(page);
  await unlock(page);
  for (const [i, { number }] of told.entries())
    await ask(page, number, asked.reports[i]);
  for (const [i, { code }] of told.entries())
    await answer(page, code, asked.reports[i]);
  console.log(JSON.stringify(told.map(({ code }) => code)));
} finally {
  await context.close();
}
