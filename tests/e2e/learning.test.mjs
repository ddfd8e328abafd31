// Signs and lessons: J4 and J5.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertReadable, openHouse } from './house.mjs';

let house, city, visit, signIn;

before(async () => {
  house = await openHouse(['samordnare', 'medlem', 'administrator', 'andra']);
  ({ city, visit, signIn } = house);
});

after(() => house.close());

for (const [slug, javaScriptEnabled] of [['hotell', true], ['hyresvardar', false]])
  test(`J4: a member goes through a lesson, is interrupted, resumes and gets a certificate, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const look = async () => javaScriptEnabled && assertReadable(page);
    let page = await signIn('medlem', { javaScriptEnabled });
    await page.goto(`${city.url}/utbildning`);
    await look();
    const answer = async () => {
      await page.goto(`${city.url}/utbildning/${slug}`);
      await page.check('#val-0');
      await page.click('main form button');
      await page.waitForSelector('[role=status]');
    };
    await answer();
    await look();
    await answer();
    await page.shut();
    page = await signIn('medlem', { javaScriptEnabled });
    await page.goto(`${city.url}/utbildning/${slug}`);
    assert.match(await page.textContent('main'), /Situation 3 av 6/);
    for (let i = 0; i < 4; i++)
      await answer();
    await page.click('main a.btn');
    assert.match(await page.textContent('main'), /medlem Exempel/);
    await look();
    await page.shut();
  });

test('J4: nobody sees who has done a lesson, or what they answered', async () => {
  for (const name of ['samordnare', 'administrator', 'andra']) {
    const page = await signIn(name);
    await page.goto(`${city.url}/utbildning`);
    const seen = await page.content();
    assert.ok(!seen.includes('medlem Exempel') && !seen.includes('medlem@'), name);
    if (name === 'samordnare')
      assert.match(seen, /färre än 5/);
    await page.shut();
  }
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

test('J5: a card is saved before the visit and read where there is no network', async () => {
  const page = await visit();
  await page.goto(`${city.url}/tecken/miljotillsyn`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Spara kortet')]);
  assert.equal(download.suggestedFilename(), 'tecken-miljotillsyn.html');
  const file = join(mkdtempSync(join(tmpdir(), 'lykta-card-')), 'kort.html');
  await download.saveAs(file);
  const asked = [];
  page.on('request', request => asked.push(request.url()));
  await page.context().setOffline(true);
  await page.goto(`file://${file}`);
  assert.match(await page.textContent('main, body'), /madrasser, lakan.*/s);
  assert.equal(await page.locator('a[href="tel:112"]').count() > 0, true);
  assert.deepEqual(asked, [`file://${file}`]);
  assert.equal(await page.locator('a[href^="/"]').count(), 0);
  await assertReadable(page);
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
