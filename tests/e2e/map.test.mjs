// The city's areas: added from a file, told what is wrong with one, and a published table on their map, which other sites may
// show too. The figures are invented; the borders are Skåne's municipalities (tests/data/geo).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, openBrowser, openCity, program, signIn } from './city.mjs';

const skane = JSON.parse(readFileSync(new URL('../data/geo/skane_kommuner.geojson', import.meta.url), 'utf-8'));
const municipalities = skane.features.map(f => f.properties);

// Two lists of invented people in every municipality but the last eight, which have one person each: it is most unlikely
// that rounding hides none of them. And a category that is no place.
function histories() {
  const rows = municipalities.flatMap(({ kod }, i) => {
    const people = 6 + (i * 7) % 90;
    return i + 8 < municipalities.length ? [`1,0,${kod},${people}`, `0,1,${kod},${people}`, `1,1,${kod},${people}`] : [`1,0,${kod},1`];
  });
  return ['A,B,kommun,count', ...rows, '1,0,okand,20'].join('\n') + '\n';
}
const names = ['code,sv,en', 'A,Lista A (exempel),List A (example)', 'B,Lista B (exempel),List B (example)', 'kommun,Kommun,Municipality',
  ...municipalities.map(({ kod, namn }) => `kommun=${kod},${namn === 'Lund' ? 'Lunds kommun,City of Lund' : `${namn},${namn}`}`),
  'kommun=okand,Okänd kommun,Not known'].join('\n') + '\n';

let city, browser, page;
before(async () => {
  city = await openCity(folder => {
    writeFileSync(join(folder, 'h.csv'), histories());
    writeFileSync(join(folder, 'n.csv'), names);
    execFileSync(program, ['publish', folder, join(folder, 'h.csv'), '--names', join(folder, 'n.csv'), '--period', '2025', '--title',
      'Kartläggning 2025 (exempel)', '--title-en', 'Mapping 2025 (example)', '--example', '--approve']);
  });
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true, javaScriptEnabled: true });
  page = await context.newPage();
  await signIn(page, city, 'coordinator');
});
after(async () => { await browser?.close(); await city?.close(); });

async function add(name, features, column = 'kommun') {
  await page.goto(city.url + '/kartlaggningar');
  await page.click('text=Områden på kartan');
  await page.click('text=Lägg in områden');
  await page.fill('#name', name);
  await page.fill('#column', column);
  await page.fill('#source', 'SCB, öppna data (CC0)');
  const text = typeof features === 'string' ? features : JSON.stringify({ type: 'FeatureCollection', features });
  await page.setInputFiles('#file', { name: 'omraden.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(text) });
  await page.click('main form button');
}

const main = async () => (await page.textContent('main')).replace(/\s+/g, ' ');
const box = (name, west, south, east, north) => ({ type: 'Feature', properties: { kod: name, namn: name }, geometry: { type: 'Polygon',
  coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] } });
const report = '/kartlaggning/1281-2025';

test('a report has no map before there are areas', async () => {
  await page.goto(city.url + report);
  assert.match(await main(), /Okänd kommun/);
  assert.doesNotMatch(await main(), /på kartan/);
});

test('what is wrong with a file is told with the area and the place', async () => {
  const bow = box('Rosetten', 13, 55, 13.2, 55.2);
  bow.geometry.coordinates[0] = [[13, 55], [13.2, 55.2], [13.2, 55], [13, 55.2], [13, 55]];
  for (const [features, told] of [[[bow], /Gränsen för Rosetten korsar sig själv vid longitud 13.1000, latitud 55.1000/],
    [[box('Norr', 13, 55, 13.2, 55.2), box('Söder', 13, 55.1, 13.2, 55.3)], /Norr och Söder ligger över varandra/],
    [[box('Norr', 386000, 6160000, 387000, 6161000)], /Troligen är de i SWEREF 99/],
    ['{"type":\n"FeatureCollection",,', /Det tar stopp på rad 2/]]) {
    await add('Exempel', features);
    assert.match(await page.textContent('[role=alert]'), told);
    assert.equal(await page.inputValue('#name'), 'Exempel');
  }
  await assertAccessible(page, 'the form with a fault');
});

test('added areas are shown, with the rows of the report that are not on the map or are called something else', async () => {
  await add('Kommuner i Skåne', skane.features);
  const told = await main();
  assert.match(told, /Kommuner i Skåne/);
  assert.match(told, /finns inte på kartan: Okänd kommun/);
  assert.match(told, /heter olika: Lunds kommun \(på kartan Lund\)/);
  assert.equal(await page.locator('figure svg path title').count(), 33);
  await assertAccessible(page, 'the areas');
});

test('the report shows the table on the map, and says what is not on it', async () => {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.goto(city.url + report);
    const figure = page.locator('figure', { hasText: 'Kommun på kartan' });
    assert.match(await figure.textContent(), /Gränser: SCB, öppna data \(CC0\)\. Inte på kartan, men i tabellen: Okänd kommun\./);
    assert.match(await figure.textContent(), /Lunds kommun: cirka/);
    assert.equal(await figure.locator('g.area path').count(), 33);
    assert.match(await figure.locator('g[fill^="url(#map-kommun-h)"]').first().textContent(), /: (högst|färre än) \d/);
    assert.ok((await figure.locator('svg').evaluate(svg => svg.outerHTML)).length <= 6000);
    await assertAccessible(page, 'the report');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  }
});

test('the PDF has the map too', async () => {
  const pdf = Buffer.from(await (await fetch(city.url + report + '/rapport.pdf')).arrayBuffer());
  const text = execFileSync('pdftotext', ['-', '-'], { input: pdf, encoding: 'utf-8' }).replace(/\s+/g, ' ');
  assert.match(text, /Kommun på kartan/);
  assert.match(text, /Gränser: SCB, öppna data/);
});

test('another site shows the map as an image, without script and with its own colours', async () => {
  const address = city.url + report + '/bild/map-kommun.svg';
  const answer = await fetch(address);
  assert.equal(answer.headers.get('content-type'), 'image/svg+xml');
  assert.equal(answer.headers.get('cross-origin-resource-policy'), 'cross-origin');
  assert.match(answer.headers.get('content-security-policy'), /^default-src 'none'; style-src 'unsafe-inline'; sandbox/);
  assert.doesNotMatch(await answer.text(), /<script|href=/);
  const other = await browser.newPage();
  await other.setContent(`<img alt="" src="${address}" width="340">`);
  await other.waitForFunction(() => document.images[0].complete);
  assert.ok(await other.evaluate(() => document.images[0].naturalHeight) > 0);
  await other.goto(address);
  assert.equal(await other.evaluate(() => getComputedStyle(document.querySelector('.q1')).fill), 'rgb(255, 217, 143)');
  await other.close();
  for (const name of ['interval', 'table-kommun', 'overlap'])
    assert.equal((await fetch(city.url + '/en' + report + `/bild/${name}.svg`)).status, 200, name);
  assert.equal((await fetch(city.url + report + '/bild/map-annat.svg')).status, 404);
});

test('a draft shows the same map to who decides on it', async () => {
  await page.goto(city.url + '/kartlaggningar/ny');
  await page.fill('#first_year', '2024');
  for (const id of ['title_sv', 'title_en', 'source_sv', 'source_en', 'specification'])
    await page.fill('#' + id, 'Exempel');
  await page.check('input[name=example]');
  await page.click('main button');
  const path = new URL(page.url()).pathname;
  const analyst = await (await browser.newContext({ bypassCSP: true })).newPage();
  await signIn(analyst, city, 'analyst');
  await analyst.goto(city.url + path + '/underlag');
  for (const [id, text] of [['histories', histories()], ['names', names]])
    await analyst.setInputFiles('#' + id, { name: id + '.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await analyst.click('main form[enctype] button');
  await analyst.getByText('Färdigräknad').first().waitFor({ timeout: 120000 });
  await page.goto(city.url + path + '/utkast');
  assert.equal(await page.locator('figure', { hasText: 'Kommun på kartan' }).locator('g.area path').count(), 33);
  await analyst.context().close();
});

test('removed areas leave the report without a map', async () => {
  await page.goto(city.url + '/arbete/omraden');
  await page.click('text=Kommuner i Skåne');
  await page.click('button:has-text("Ta bort områdena")');
  assert.match(await main(), /Områdena är borttagna/);
  await page.goto(city.url + report);
  assert.doesNotMatch(await main(), /på kartan/);
  assert.equal((await fetch(city.url + report + '/bild/map-kommun.svg')).status, 404);
});
