// Signs and lessons: J4 and J5.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertReadable, openHouse } from './house.mjs';

let house, city, visit, signIn;

before(async () => {
  house = await openHouse(['samordnare', 'medlem']);
  ({ city, visit, signIn } = house);
});

after(() => house.close());

test('J4: a member goes through a lesson, is interrupted, resumes and gets a certificate', async () => {
  let page = await signIn('medlem');
  await page.goto(`${city.url}/utbildning`);
  await assertReadable(page);
  const answer = async () => {
    await page.goto(`${city.url}/utbildning/hotell`);
    await page.check('#val-0');
    await page.click('main form button');
    await page.waitForSelector('[role=status]');
  };
  await answer();
  await assertReadable(page);
  await answer();
  await page.shut();
  page = await signIn('medlem');
  await page.goto(`${city.url}/utbildning/hotell`);
  assert.match(await page.textContent('main'), /Situation 3 av 6/);
  for (let i = 0; i < 4; i++)
    await answer();
  await page.click('main a.btn');
  assert.match(await page.textContent('main'), /medlem Exempel/);
  await assertReadable(page);
  await page.shut();
  const coordinator = await signIn('samordnare');
  await coordinator.goto(`${city.url}/utbildning`);
  assert.match(await coordinator.textContent('main'), /färre än 5/);
  assert.ok(!(await coordinator.content()).includes('medlem Exempel'));
  await coordinator.shut();
});

test('J5: the card of an inspector is found, is readable and prints on one page', async () => {
  const page = await visit();
  await page.goto(`${city.url}/tecken`);
  await assertReadable(page);
  await page.fill('#sok', 'madrasser kök');
  await page.click('main form button');
  assert.match(await page.textContent('main'), /madrasser, lakan/);
  for (const link of await page.$$eval('main ul:last-of-type a', all => all.map(a => a.getAttribute('href')))) {
    await page.goto(city.url + link);
    await assertReadable(page);
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    assert.equal((pdf.match(/\/Type\s*\/Page\b/g) ?? []).length, 1, link);
  }
  await page.shut();
});

test('the coordinator words a sign anew, and an unfair wording is refused', async () => {
  const page = await signIn('samordnare');
  await page.goto(`${city.url}/tecken/andra/HO02`);
  await assertReadable(page);
  await page.fill('#sv', 'Gästerna är rumänska.');
  await page.fill('#skal', 'prov');
  await page.click('main form button');
  assert.match(await page.textContent('[role=alert]'), /rumänska/);
  await page.fill('#sv', 'Skylten hänger ute dag efter dag.');
  await page.click('main form button');
  await page.waitForURL('**/tecken/hotell');
  assert.match(await page.textContent('main'), /Skylten hänger ute dag efter dag/);
  await page.shut();
});
