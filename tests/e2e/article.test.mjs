// Articles: written, previewed, planned, published, moved to another address, restored; pictures; two editors. With and without
// JavaScript.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, openBrowser, openCity, signIn } from './city.mjs';

let city, browser, folder;
before(async () => {
  city = await openCity();
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), 'lykta-bild-'));
});
after(async () => {
  await browser?.close();
  await city?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function visit(role, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  const page = await context.newPage();
  if (role)
    await signIn(page, city, role);
  return page;
}

// What a reader without an account is answered, without following redirects.
const ask = path => fetch(city.url + path, { redirect: 'manual' });

// A photograph with a place in its notes, made by Pillow.
function photograph(name) {
  const path = join(folder, name);
  execFileSync('/usr/bin/python3', ['-c', `
from PIL import Image
import sys
image = Image.new('RGB', (600, 300), (20, 60, 140))
notes = image.getexif()
notes[0x0112] = 6
notes[0x8825] = {1: 'N', 2: (55.0, 42.0, 10.0), 3: 'E', 4: (13.0, 11.0, 30.0)}
image.save(sys.argv[1], exif=notes)`, path]);
  return path;
}

async function write(page, title) {
  await page.goto(city.url + '/arbete/artiklar');
  await page.click('text=Skriv en ny artikel');
  await page.fill('#title', title);
  await page.fill('#ingress', 'Det viktigaste först.');
  await page.fill('#body', 'Första stycket.\n\n## En mellanrubrik\n\n- en punkt\n');
  await page.fill('#contact', 'samordnare@lund.example');
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`an article is written, previewed, planned, published, moved and restored ${how} JavaScript`, async () => {
    const page = await visit('coordinator', { javaScriptEnabled });
    const key = `vagen-${how}`;
    await write(page, `Vägen ${how}`);
    await page.click('text=Spara och förhandsgranska');
    assert.match(await page.textContent('main'), /Förhandsgranskning.*Det viktigaste först.*En mellanrubrik/s);
    assert.equal((await ask(`/artiklar/${key}`)).status, 404);
    await page.click('text=Tillbaka till dina texter');
    const one = page.url();

    await page.click('a.btn:text-is("Publicera")');
    await page.check('input[value=later]');
    await page.click('main form button');
    assert.match(await page.textContent('main'), /Planerad\..*Version 1 visas från .* kl\. 9\.00/s);
    assert.equal((await ask(`/artiklar/${key}`)).status, 404);
    await page.click('text=Avbryt planeringen');
    assert.doesNotMatch(await page.textContent('main'), /visas från/);

    await page.click('a.btn:text-is("Publicera")');
    await page.click('main form button');
    assert.match(await page.textContent('main'), /Publicerad\. Läsarna ser texten nu/);
    assert.match(await (await ask(`/artiklar/${key}`)).text(), /Första stycket\./);

    await page.click('text=Ändra texten');
    await page.fill('#title', `En annan rubrik ${how}`);
    await page.click('button[value=save]');
    assert.match(await page.textContent('main'), /Läsarna ser en äldre/);
    assert.match(await (await ask(`/artiklar/${key}`)).text(), new RegExp(`Vägen ${how}`));

    await page.click('text=Ändra texten');
    assert.equal(await page.inputValue('#key'), key);
    await page.fill('#key', `nya-${key}`);
    await page.click('button[value=save]');
    const moved = await ask(`/artiklar/${key}`);
    assert.equal(moved.status, 301);
    assert.equal(moved.headers.get('location'), `/artiklar/nya-${key}`);
    assert.equal((await ask(`/artiklar/nya-${key}`)).status, 200);

    await page.click('text=Version 1');
    await page.selectOption('#mot', '2');
    await page.click('button:text-is("Jämför")');
    assert.match(await page.textContent('.diff del'), /En annan rubrik/);
    assert.match(await page.textContent('.diff ins'), /Vägen/);
    await page.click('text=Återställ den här versionen');
    assert.match(await page.textContent('h1'), new RegExp(`Vägen ${how}`));

    await page.goto(one);
    await page.click('text=Ta tillbaka artikeln');
    await page.click('button:text-is("Ta tillbaka artikeln")');
    assert.equal((await ask(`/artiklar/nya-${key}`)).status, 404);
    await page.context().close();
  });
}

test('a mended misprint leaves the dates, an update moves them', async () => {
  const page = await visit('coordinator');
  await page.goto(city.url + '/arbete/artiklar');
  await page.click('text=Nu börjar vi räkna');
  const one = page.url();
  const before = await page.textContent('dl.kv');
  for (const [choice, stays] of [['mended', true], ['update', false]]) {
    await page.goto(one + '/andra');
    await page.fill('#ingress', `Ändrat: ${choice}.`);
    await page.click('button[value=save]');
    await page.click('a.btn:text-is("Publicera")');
    await page.click('main form button');
    assert.match(await page.textContent('[role=alert]'), /Vad har du ändrat/);
    await page.check(`input[value=${choice}]`);
    await page.click('main form button');
    assert.equal(await page.textContent('dl.kv') === before, stays, choice);
  }
  await page.context().close();
});

test('each fault is told at its field, and what was typed stays', async () => {
  const page = await visit('coordinator', { javaScriptEnabled: false });
  await write(page, '');
  await page.fill('#title_en', 'Only a title');
  await page.fill('#key', 'Fel Adress');
  await page.click('button[value=save]');
  for (const field of ['title', 'ingress_en', 'body_en', 'key'])
    assert.equal(await page.getAttribute('#' + field, 'aria-invalid'), 'true', field);
  assert.match(await page.inputValue('#body'), /Första stycket/);
  await page.fill('#title', 'Upptagen');
  await page.fill('#title_en', '');
  await page.fill('#key', 'frukostseminarium');
  await page.click('button[value=save]');
  assert.match(await page.textContent('#key-error'), /En annan artikel/);
  await page.context().close();
});

test('a moment that has passed is refused at its field', async () => {
  const page = await visit('coordinator');
  await write(page, 'För sent');
  await page.click('button[value=save]');
  await page.click('a.btn:text-is("Publicera")');
  await page.check('input[value=later]');
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format().split('-');
  for (const [part, value] of [['day', today[2]], ['day-month', today[1]], ['day-year', today[0]]])
    await page.fill('#' + part, value);
  await page.fill('#time', '0.00');
  await page.click('main form button');
  assert.match(await page.textContent('#time-error'), /redan varit/);
  await page.context().close();
});

test('the second of two editors is shown what differs and loses nothing', async () => {
  const first = await visit('coordinator');
  const second = await visit('coordinator', { bypassCSP: true });
  await write(first, 'Två skriver');
  await first.click('button[value=save]');
  const one = new URL(first.url()).pathname;
  for (const page of [first, second])
    await page.goto(`${city.url}${one}/andra`);
  await first.fill('#body', 'Första stycket.\n\nFörst sparat.');
  await first.click('button[value=save]');
  await second.fill('#body', 'Första stycket.\n\nSedan skrivet.');
  await second.click('button[value=save]');
  assert.match(await second.textContent('.diff del'), /Först sparat\./);
  assert.match(await second.textContent('.diff ins'), /Sedan skrivet\./);
  assert.match(await second.inputValue('#body'), /Sedan skrivet\./);
  await assertAccessible(second, one);
  await second.click('button[value=save]');
  await second.click('text=Version 2');
  assert.match(await second.textContent('.diff'), /Först sparat\./);
  await first.context().close();
  await second.context().close();
});

test('the same form sent twice makes one article', async () => {
  const page = await visit('coordinator', { bypassCSP: true });
  await write(page, 'Dubbelklick');
  const body = await page.$eval('main form', form => new URLSearchParams(new FormData(form)).toString());
  const send = () => page.evaluate(async sent => (await fetch('/arbete/artiklar/ny',
    { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: sent })).url, body);
  const [one, two] = [await send(), await send()];
  assert.equal(one, two);
  await page.goto(city.url + '/arbete/artiklar');
  assert.equal(await page.locator('a:text-is("Dubbelklick")').count(), 1);
  await page.context().close();
});

test('a picture needs words, loses its notes, and is served for a year', async () => {
  const page = await visit('coordinator', { javaScriptEnabled: false });
  const picture = photograph('plats.jpg');
  await write(page, 'Med bild');
  await page.click('button[value=save]');
  await page.click('a.btn:text-is("Bild")');
  await page.setInputFiles('#picture', picture);
  await page.click('text=Spara bilden');
  assert.match(await page.textContent('#words-error'), /Beskriv vad bilden visar/);
  assert.equal(await page.getAttribute('#words', 'aria-invalid'), 'true');

  await page.fill('#words', 'En blå ruta.');
  await page.setInputFiles('#picture', picture);
  await page.click('text=Spara bilden');
  await page.click('a.btn:text-is("Publicera")');
  await page.click('main form button');
  const html = await (await ask('/artiklar/med-bild')).text();
  const [, src, width, height] = html.match(/<img src="(\/bilder\/[0-9a-f]{32}\.jpg)" alt="En blå ruta." width="(\d+)" height="(\d+)">/);
  assert.deepEqual([width, height], ['300', '600']); // upright, as the camera was held
  const answer = await ask(src);
  assert.equal(answer.headers.get('content-type'), 'image/jpeg');
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  const file = join(folder, 'served.jpg');
  writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
  assert.doesNotMatch(execFileSync('exiftool', ['-G', '-a', file], { encoding: 'utf-8' }), /\[EXIF\]|GPS/);
  assert.equal((await ask('/bilder/00000000000000000000000000000000.jpg')).status, 404);
  await page.context().close();
});

test('what is no picture is refused in words, and the article keeps the picture it has', async () => {
  const page = await visit('coordinator');
  await page.goto(city.url + '/arbete/artiklar');
  await page.click('text=Frukost som blev ett nätverk');
  await page.click('a.btn:text-is("Bild")');
  const whole = photograph('hel.jpg');
  execFileSync('/usr/bin/python3', ['-c', 'import sys; b = open(sys.argv[1], "rb").read(); open(sys.argv[2], "wb").write(b[:700])',
    whole, join(folder, 'avbruten.jpg')]);
  writeFileSync(join(folder, 'sida.jpg'), '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  writeFileSync(join(folder, 'tung.jpg'), Buffer.alloc(10 * 1024 * 1024 + 1, 0xff));
  for (const [name, words] of [['sida.jpg', /inte en JPEG- eller PNG-bild/], ['avbruten.jpg', /går inte att läsa/],
    ['tung.jpg', /för stor/]]) {
    await page.setInputFiles('#picture', join(folder, name));
    await page.click('text=Spara bilden');
    assert.match(await page.textContent('#picture-error'), words, name);
  }
  assert.match(await page.getAttribute('figure img', 'src'), /lykta-over-staden/);
  await page.context().close();
});

test('an article in Swedish alone says so in English, and is not in the English list', async () => {
  const page = await visit('coordinator');
  await write(page, 'Bara på svenska');
  await page.click('button[value=save]');
  await page.click('a.btn:text-is("Publicera")');
  await page.click('main form button');
  const html = await (await ask('/en/artiklar/bara-pa-svenska')).text();
  assert.match(html, /This article is in Swedish only/);
  assert.match(html, /<article class="read" lang="sv">/);
  assert.doesNotMatch(await (await ask('/en/artiklar')).text(), /Bara på svenska/);
  await page.context().close();
});

test('the feed holds what the list of articles holds, in the language it is asked for in', async () => {
  for (const [path, language, title] of [['/artiklar/nytt.atom', 'sv', 'Frukost som blev ett nätverk'],
    ['/en/artiklar/nytt.atom', 'en', 'A breakfast that became a network']]) {
    const answer = await ask(path);
    assert.match(answer.headers.get('content-type'), /^application\/atom\+xml/);
    const xml = await answer.text();
    execFileSync('xmllint', ['--noout', '-'], { input: xml });
    assert.match(xml, new RegExp(`xml:lang="${language}"`));
    assert.match(xml, new RegExp(`<title>${title}</title>`));
  }
});

test('nobody but a coordinator comes to the pages where articles are written', async () => {
  assert.equal((await ask('/arbete/artiklar')).status, 303);
  const page = await visit('member');
  for (const path of ['/arbete/artiklar', '/arbete/artiklar/1/visa/1', '/arbete/artiklar/1/bild'])
    assert.equal((await page.goto(city.url + path)).status(), 403, path);
  await page.context().close();
});

test('every page where articles are written is accessible on a telephone and on a screen', async () => {
  const page = await visit('coordinator', { bypassCSP: true });
  await page.goto(city.url + '/arbete/artiklar');
  const one = await page.getAttribute('a:text-is("Frukost som blev ett nätverk")', 'href');
  await page.goto(city.url + one + '/andra');
  await page.fill('#ingress', 'En annan ingress.');
  await page.click('button[value=save]');
  for (const prefix of ['', '/en'])
    for (const path of ['/arbete/artiklar', '/arbete/artiklar/ny', one, `${one}/andra`, `${one}/bild`, `${one}/publicera`,
      `${one}/version/2`, `${one}/version/1`, `${one}/visa/2`])
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 740 });
        await page.goto(city.url + prefix + path);
        await assertAccessible(page, `${prefix}${path} at ${width}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
        assert.ok(!wide, `${prefix}${path} scrolls sideways at ${width}`);
      }
  await page.context().close();
});
