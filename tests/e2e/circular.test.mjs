// The coordinator writes to the landlords and the hotels of the network: draft, trial, preview, once to each; readers stop
// it by the page and by one click of a mail program. With and without JavaScript, against a mail server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, openCity } from './city.mjs';
import { openPost } from './post.mjs';
import { sendTo, signIn, site, sql, visit } from './walk.mjs';

let post, browser;
const opened = [];
before(async () => { post = await openPost(); browser = await openBrowser(); });
after(async () => {
  await browser?.close();
  post?.close();
  for (const city of opened)
    assert.equal(await city.close(), 0);
});

// A city whose network is two landlords, a hotel, a hotel that wants no letters and one whose address has failed.
async function openNetwork(domain) {
  const city = await openCity(folder => {
    sendTo(folder, post);
    sql(folder, 'update contact set left_at = 0');
    [['landlord', 1], ['landlord', 1], ['hotel', 1], ['hotel', 0], ['hotel', 1]].forEach(([actor, wants], i) => sql(folder, `
      insert into organisation (id, name, folded, actor, state, since_at) values (${100 + i}, 'Exempel ${i}', 'exempel ${i}', '${actor}', 'listed', 0);
      insert into contact (organisation, place, name, folded, email, wants_letters, since_at, seen_at)
      values (${100 + i}, 'first', 'Kim ${i}', 'kim ${i}', 'k${i}@${domain}', ${wants}, 0, 0)`));
    sql(folder, `insert into mail_address (address, failed_at, reason) values ('k4@${domain}', 1, '550 no such user')`);
  });
  opened.push(city);
  return city;
}

async function write(sam, { subject, words, kinds }) {
  await sam.open('/arbete/utskick');
  await sam.press('link', 'Skriv ett utskick');
  await sam.fill('Ämne', subject);
  await sam.fill('Text', words);
  for (const kind of kinds)
    await sam.press('checkbox', new RegExp(`^${kind}`));
  await sam.press('button', 'Spara och se brevet');
}

const numberOf = page => page.url().match(/utskick\/(\d+)/)[1];

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`a mailing is written, tried, read and sent once to each ${how} JavaScript`, async () => {
    const domain = `${how}.exempel.se`;
    const city = await openNetwork(domain);
    const sam = await signIn(browser, city, javaScriptEnabled);
    const { page } = sam;
    await write(sam, { subject: `Nytt om tecken ${how}`, words: 'Läs **det här**.\n\n## Sedan\n\n- en sak\n', kinds: ['Hyresvärd', 'Hotell'] });
    const said = await page.textContent('main');
    assert.match(said, /3 personer får brevet.*1 vill inte ha brev.*1 har en adress som inte fungerar/s);
    assert.equal(await page.locator('.card strong').nth(1).textContent(), 'det här');
    assert.match(await page.textContent('.card'), /Avsluta utskicken|utskick/);

    await sam.press('button', 'Skicka ett prov till mig');
    assert.match(await page.textContent('[role=status]'), /Ett prov är på väg/);
    const [trial] = await post.wait(1, l => l.to === city.accounts.coordinator && l.subject.endsWith(how));
    assert.equal(trial.stop, '');

    await sam.press('button', 'Skicka till 3 personer');
    assert.match(await page.textContent('main'), /3 brev/);
    assert.equal(await page.locator('button:has-text("Skicka till")').count(), 0);
    const letters = await post.wait(3, l => l.to.endsWith(domain));
    assert.deepEqual(letters.map(l => l.to).sort(), [0, 1, 2].map(i => `k${i}@${domain}`));
    for (const letter of letters) {
      assert.deepEqual(letter.types.slice(-3), ['multipart/alternative', 'text/plain', 'text/html']);
      assert.deepEqual(letter.defects, []);
      assert.match(letter.plain, /Läs \*\*det här\*\*\.[^]*## Sedan/);
      assert.match(letter.html, /<strong>det här<\/strong>/);
      assert.doesNotMatch(letter.html, /<img|<script|src=/);
      assert.match(letter.stop, new RegExp(`^<${site}/utskick/sluta/\\d+-[0-9a-f]{32}>$`));
      assert.equal(letter.stop_post, 'List-Unsubscribe=One-Click');
    }
    assert.equal(new Set(letters.map(l => l.stop)).size, 3);

    const stop = letters[0].stop.slice(1, -1).replace(site, '');
    const click = await fetch(city.url + stop, { method: 'POST', redirect: 'manual', body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    assert.ok([200, 303].includes(click.status), String(click.status));
    const guest = await visit(browser, city, javaScriptEnabled);
    await guest.open(letters[1].plain.match(new RegExp(`${site}(/utskick/sluta/\\S+)`))[1]);
    await guest.press('button', 'Avsluta utskicken');
    assert.match(await guest.page.textContent('h1'), /Utskicken är avslutade/);
    const own = letters[1].stop.slice(1, -1).replace(site, '');
    await guest.open(own);
    await guest.press('button', 'Få utskick igen');
    assert.equal(sql(city.city, `select count(*) from mail_address where unsubscribed_at is not null`), '1');
    await guest.press('button', 'Avsluta utskicken');
    const wrong = await fetch(city.url + stop.replace(/.$/, c => c === '0' ? '1' : '0'), { method: 'POST', redirect: 'manual' });
    assert.equal(wrong.status, 404);
    assert.equal(sql(city.city, `select count(*) from mail_address where unsubscribed_at is not null`), '2');
    await guest.close();

    await write(sam, { subject: 'Igen', words: 'x', kinds: ['Hyresvärd', 'Hotell'] });
    assert.match(await page.textContent('main'), /1 person får brevet.*2 har tackat nej till utskick/s);
    await sam.press('button', 'Kasta utkastet');
    assert.match(await page.textContent('[role=status]'), /kastat/);
    await sam.close();
  });
}

test('what somebody else has changed is shown before it is saved or sent', async () => {
  const city = await openNetwork('tva.exempel.se');
  const first = await signIn(browser, city, true);
  await write(first, { subject: 'Ett ämne', words: 'Ord.', kinds: ['Hyresvärd'] });
  const id = numberOf(first.page);
  await first.open(`/arbete/utskick/${id}/andra`);
  const second = await first.page.context().newPage();
  await second.goto(`${city.url}/arbete/utskick/${id}`);
  await first.fill('Ämne', 'Ett annat ämne');
  const third = await first.page.context().newPage();
  await third.goto(`${city.url}/arbete/utskick/${id}/andra`);
  await first.press('button', 'Spara och se brevet');
  await third.fill('#subject', 'Ett tredje ämne');
  await third.click('button:text-is("Spara och se brevet")');
  assert.match(await third.textContent('main'), /Ett annat ämne/);
  assert.equal(await third.inputValue('#subject'), 'Ett tredje ämne');
  await second.click('button:has-text("Skicka till")');
  assert.match(await second.textContent('[role=alert]'), /ändrats eller skickats/);
  assert.equal(sql(city.city, 'select count(*) from circular_reader'), '0');
  await first.close();
});

test('a mailing without words or readers is told at its fields, and nobody but a coordinator writes one', async () => {
  const city = await openNetwork('fel.exempel.se');
  const sam = await signIn(browser, city, true);
  await sam.open('/arbete/utskick/ny');
  await sam.fill('Ämne', 'Bara ett ämne');
  await sam.press('button', 'Spara och se brevet');
  for (const id of ['#words-error', '#actors-error'])
    assert.ok(await sam.page.locator(id).count(), id);
  await sam.fill('Text', 'En bild: ![katt](/bilder/katt.png)');
  await sam.press('button', 'Spara och se brevet');
  assert.match(await sam.page.textContent('#words-error'), /kan inte ha bilder/);
  assert.equal(await sam.page.inputValue('#subject'), 'Bara ett ämne');
  await sam.close();
  for (const role of ['member', 'administrator']) {
    const other = await signIn(browser, city, false, role);
    assert.equal((await other.page.goto(city.url + '/arbete/utskick')).status(), 403, role);
    await other.close();
  }
});
