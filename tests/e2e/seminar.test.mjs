// The coordinator holds a breakfast seminar: from the first field to thanks, against a mail server, with and without
// JavaScript, each page checked as walk.mjs does.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { day, openBrowser, openCity } from './city.mjs';
import { openPost } from './post.mjs';
import { sendTo, signIn, site, sql, visit as person } from './walk.mjs';

const kinds = ['landlord', 'property_owner', 'hotel', 'environment_inspector', 'technical_dept', 'fire_brigade', 'university_health', 'ngo'];
const opened = [];
let post, browser;

before(async () => {
  post = await openPost();
  browser = await openBrowser();
});

after(async () => {
  await browser.close();
  post.close();
  for (const city of opened)
    assert.equal(await city.close(), 0);
});

// A city with a coordinator, whose letters go to the test's mail server, and one organisation of each kind of actor.
async function openOffice(domain) {
  const city = await openCity(folder => {
    sendTo(folder, post);
    sql(folder, 'update contact set left_at = 0'); // the example city's own: nobody but the test's is invited
    kinds.forEach((kind, i) => sql(folder, `
      insert into organisation (id, name, folded, actor, state, since_at) values (${100 + i}, 'Exempel ${kind}', 'exempel ${kind}', '${kind}', 'listed', 0);
      insert into contact (organisation, place, name, folded, email, since_at, seen_at)
      values (${100 + i}, 'first', 'Kim ${kind}', 'kim ${kind}', '${kind}@${domain}', 0, 0)`));
  });
  opened.push(city);
  return city;
}

// The address in the square on `page`, as a program for codes reads it from the screen.
async function scan(page) {
  const picture = join(mkdtempSync(join(tmpdir(), 'lykta-qr-')), 'qr.png');
  await page.locator('svg.qr').screenshot({ path: picture });
  const read = spawnSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf-8' });
  assert.equal(read.status, 0, read.stderr);
  return new URL(read.stdout.trim());
}

const link = (letter, kind) => letter.plain.match(new RegExp(`${site}(/${kind}/\\S+)`))[1];

async function fillDate(page, id, date) {
  const [year, month, number] = date.split('-').map(part => String(Number(part)));
  await page.fill(`#${id}`, number);
  await page.fill(`#${id}-month`, month);
  await page.fill(`#${id}-year`, year);
}

async function makeSeminar(sam, seats) {
  await sam.open('/arbete/seminarier');
  await sam.press('link', 'Ny träff');
  await sam.fill('Rubrik', 'Frukostseminarium om människohandel');
  await fillDate(sam.page, 'held_on', day(10));
  await sam.page.fill('#from', '08.30');
  await sam.page.fill('#to', '10.30');
  await sam.page.fill('#place', 'Stadshuset, sal A');
  await sam.page.fill('#seats', String(seats));
  await fillDate(sam.page, 'last_day', day(8));
  await sam.page.fill('#speakers', 'Kim Exempel, polisen\nLo Exempel, kommunen');
  await sam.page.fill('#about', 'Vi berättar vad *ni* kan se.');
  await sam.press('button', 'Spara');
  return sam.page.url().match(/seminarier\/(\d+)/)[1];
}

async function invite(sam) {
  await sam.press('link', 'Bjud in');
  for (const kind of ['Hyresvärd', 'Fastighetsägare', 'Hotell', 'Miljöförvaltning', 'Teknisk', 'Räddningstjänst', 'Universitet', 'Ideell'])
    await sam.press('checkbox', new RegExp(`^${kind}`));
  await sam.fill('Dina egna ord', 'Varmt **välkomna** på frukost!');
  await sam.press('button', 'Läs inbjudan');
  assert.match(await sam.page.locator('.card').textContent(), /Varmt välkomna på frukost!/);
  await sam.press('button', 'Skicka till 8');
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';

  test(`a seminar is made, answered, moved, held and thanked for ${how}`, async () => {
    const domain = javaScriptEnabled ? 'js.exempel.se' : 'ren.exempel.se';
    const mine = (to, subject) => l => l.to === `${to}@${domain}` && l.subject.startsWith(subject);
    const city = await openOffice(domain);
    const sam = await signIn(browser, city, javaScriptEnabled);
    sam.clicks = 1;
    const id = await makeSeminar(sam, 30);
    await invite(sam);
    assert.ok(sam.clicks <= 25, `${sam.clicks} clicks`);

    const invitations = await post.wait(8, l => l.to.endsWith(domain) && l.subject.startsWith('Inbjudan'));
    assert.deepEqual(invitations.flatMap(l => l.defects), []);
    assert.ok(invitations.every(l => l.calendar.method === 'REQUEST' && l.calendar.zone === 'Europe/Stockholm'));
    for (const kind of ['hotel', 'landlord', 'ngo']) {
      const guest = await person(browser, city, javaScriptEnabled);
      const invitation = link(invitations.find(mine(kind, 'Inbjudan')), 'seminarier/inbjudan');
      if (kind === 'hotel')
        await guest.open(`${invitation}/annan`);
      await guest.open(invitation);
      await guest.press('link', 'Ja, jag kommer');
      await guest.press('button', 'Anmäl dig');
      await guest.press('link', 'Se eller ändra din anmälan');
      assert.match(await guest.page.locator('main').textContent(), /Du har en plats/);
      const mySeat = new URL(guest.page.url()).pathname;
      for (const part of kind === 'hotel' ? ['andra', 'byt'] : [])
        await guest.open(`${mySeat}/${part}`);
      await guest.close();
    }
    const welcome = (await post.wait(1, mine('hotel', 'Du har en plats')))[0];

    await sam.open(`/arbete/seminarier/${id}/andra`);
    await sam.page.fill('#from', '09.00');
    await sam.press('button', 'Spara');
    const moved = (await post.wait(1, mine('hotel', 'Ändrat')))[0];
    assert.equal(moved.calendar.uid, welcome.calendar.uid);
    assert.ok(moved.calendar.sequence > welcome.calendar.sequence);
    assert.match(moved.calendar.start, /T09:00:00/);

    sql(city.city, `update seminar set held_on = '${day()}', from_minute = 0, to_minute = 1440 where id = ${id}`);
    await sam.open(`/arbete/seminarier/${id}/narvaro`);
    for (const kind of ['hotel', 'landlord', 'ngo'])
      await sam.press('button', `Kim ${kind} är här`);
    assert.match(await sam.page.locator('.lead').textContent(), /3 är här/);
    await sam.open(`/arbete/seminarier/${id}/efterat`);
    await sam.press('button', 'Tacka och fråga');
    const thanks = await post.wait(3, l => l.to.endsWith(domain) && l.subject.startsWith('Tack för att du kom'));
    assert.equal(thanks.length, 3);

    const guest = await person(browser, city, javaScriptEnabled);
    await guest.open(link(thanks[0], 'seminarier/anmalan'));
    await guest.press('link', 'Svara på tre frågor');
    await guest.press('radio', '4');
    await guest.press('radio', 'Ja');
    await guest.press('button', 'Skicka svar');
    assert.match(await guest.page.locator('h1').textContent(), /Tack för dina svar/);
    await guest.press('link', 'Gå med i nätverket');
    const kind = thanks[0].to.split('@')[0];
    assert.equal(await guest.page.inputValue('#name'), `Exempel ${kind}`);
    assert.equal(await guest.page.inputValue('#contact_name'), `Kim ${kind}`);
    assert.equal(await guest.page.inputValue('#contact_email'), thanks[0].to);
    assert.equal(await guest.page.inputValue('#actor'), kind);
    await guest.press('checkbox', /Vi följer överenskommelsen/);
    await guest.press('button', 'Skicka ansökan');
    await guest.open((await post.wait(1, mine(kind, 'Bekräfta din e-post')))[0].plain.match(new RegExp(`${site}(/natverket/\\S+)`))[1]);
    await guest.press('button', 'Bekräfta');
    await sam.open('/natverket/ansokningar');
    await sam.press('link', `Exempel ${kind}`);
    await sam.press('button', 'Godkänn');
    assert.equal(sql(city.city, `select state || ' ' || (select count(*) from contact c where c.organisation = o.id and c.left_at is null)
      from organisation o where name = 'Exempel ${kind}'`), 'member 1');
    await guest.close();
    assert.equal(sql(city.city, "select count(*) from participation where kind = 'seminar' and source = " + id), '3');
    await sam.close();
  });
}

test('who signs up by the public page confirms, waits in turn, gets the seat that is given back and can be taken into the network', async () => {
  const city = await openOffice('vantar.exempel.se');
  const sam = await signIn(browser, city, true);
  const id = await makeSeminar(sam, 1);
  await sam.press('button', 'Visa för alla');
  const links = {};
  for (const name of ['asa', 'bo']) {
    const guest = await person(browser, city, true);
    await guest.open(`/seminarier/${id}`);
    await guest.press('link', name === 'asa' ? 'Anmäl dig' : 'Ställ mig på väntelistan');
    await guest.press('button', name === 'asa' ? 'Anmäl dig' : 'Ställ mig på väntelistan');
    assert.equal(await guest.page.locator('.f.err').count(), 4);
    await guest.fill('Namn', `${name} Exempel`);
    await guest.fill('Organisation', `Hotell ${name}`);
    await guest.page.selectOption('#actor', 'hotel');
    await guest.page.fill('#email', `${name}@vantar.exempel.se`);
    await guest.page.fill('#needs', 'vegetariskt');
    await guest.press('button', name === 'asa' ? 'Anmäl dig' : 'Ställ mig på väntelistan');
    assert.match(await guest.page.locator('h1').textContent(), /Titta i din e-post/);
    const letter = (await post.wait(1, l => l.to === `${name}@vantar.exempel.se` && l.subject.startsWith('Bekräfta')))[0];
    links[name] = link(letter, 'seminarier/anmalan');
    await guest.open(links[name]);
    await guest.press('button', 'Bekräfta anmälan');
    assert.match(await guest.page.locator('.note').textContent(), name === 'asa' ? /Du har en plats/ : /plats 1 i väntelistan/);
    await guest.close();
  }
  const asa = await person(browser, city, true);
  await asa.open(links.asa);
  await asa.press('button', 'Avboka');
  assert.match(await asa.page.locator('main').textContent(), /Du är inte anmäld/);
  await asa.close();
  const seat = (await post.wait(1, l => l.to === 'bo@vantar.exempel.se' && l.subject.startsWith('Du har fått en plats')))[0];
  assert.equal(seat.calendar.method, 'REQUEST');
  const gone = (await post.wait(1, l => l.to === 'asa@vantar.exempel.se' && l.subject.startsWith('Du är avbokad')))[0];
  assert.equal(gone.calendar.method, 'CANCEL');

  sql(city.city, `update seminar set held_on = '${day()}', from_minute = 0, to_minute = 1440 where id = ${id}`);
  await sam.open(`/arbete/seminarier/${id}/kod`);
  await sam.press('button', 'Visa en kod');
  const code = (await sam.page.locator('.code').nth(1).textContent()).trim();
  const scanned = await scan(sam.page);
  assert.equal(scanned.pathname, `/seminarier/${id}/incheckning`);
  assert.equal(scanned.searchParams.get('kod'), code);
  const bo = await person(browser, city, true);
  await bo.open(`/seminarier/${id}/incheckning`);
  await bo.page.fill('#code', code === '000000' ? '000001' : '000000');
  await bo.page.fill('#email', 'bo@vantar.exempel.se');
  await bo.press('button', 'Checka in');
  assert.equal(await bo.page.locator('.f.err').count(), 1);
  await bo.open(scanned.pathname + scanned.search);
  assert.doesNotMatch(await bo.page.locator('main').textContent(), /Hotell bo|Kim bo/);
  await bo.page.fill('#email', 'bo@vantar.exempel.se');
  await bo.press('button', 'Checka in');
  assert.match(await bo.page.locator('.note.ok').textContent(), /incheckad/);
  await bo.close();

  await sam.open(`/arbete/seminarier/${id}/efterat`);
  await sam.press('button', /Lägg till i nätverket/);
  assert.equal(sql(city.city, "select state || ' ' || actor from organisation where name = 'Hotell bo'"), 'listed hotel');
  const [invitation] = await post.wait(1, l => l.to === 'bo@vantar.exempel.se' && l.subject.startsWith('Välkommen till portalen'));
  assert.match(invitation.plain, /valkommen\/\S+/);
  for (const path of ['lista', 'namnskyltar'])
    await sam.open(`/arbete/seminarier/${id}/${path}`);
  await sam.open('/arbete/seminarier/statistik');
  assert.match(await sam.page.locator('table').textContent(), /färre än 5/);
  await sam.open(`/arbete/seminarier/${id}/stall-in`);
  await sam.close();
});

test('a mailing is stopped by one click of a mail program, and by the page', async () => {
  const city = await openOffice('stopp.exempel.se');
  const sam = await signIn(browser, city, false);
  await makeSeminar(sam, 5);
  await invite(sam);
  const [first, second] = await post.wait(2, l => l.to.endsWith('stopp.exempel.se'));
  const stop = first.stop.match(/<https:\/\/[^/]+(\/\S+)>/)[1];
  const answer = await fetch(city.url + stop, { method: 'POST', redirect: 'manual', body: 'List-Unsubscribe=One-Click',
    headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  assert.ok([200, 303].includes(answer.status), String(answer.status));
  assert.equal(sql(city.city, `select count(*) from mail_address where address = '${first.to}' and unsubscribed_at is not null`), '1');
  const guest = await person(browser, city, true);
  await guest.open(link(second, 'utskick/avsluta'));
  await guest.press('button', 'Avsluta utskicken');
  assert.match(await guest.page.locator('h1').textContent(), /Utskicken är avslutade/);
  const wrong = await fetch(city.url + stop.replace(/.$/, c => c === '0' ? '1' : '0'), { method: 'POST', redirect: 'manual' });
  assert.equal(wrong.status, 404);
  await guest.close();
  await sam.close();
});

test('a letter that did not arrive is told of with what to do, and can be sent again', async () => {
  const city = await openOffice('studs.exempel.se');
  const sam = await signIn(browser, city, true);
  const id = await makeSeminar(sam, 5);
  await sam.press('button', 'Visa för alla');
  for (const name of ['never', 'gone']) {
    const guest = await person(browser, city, false);
    await guest.open(`/seminarier/${id}/anmal`);
    await guest.page.fill('#name', `${name} Exempel`);
    await guest.page.fill('#organisation', 'Hotell Exempel');
    await guest.page.selectOption('#actor', 'hotel');
    await guest.page.fill('#email', `${name}@studs.exempel.se`);
    await guest.press('button', 'Anmäl');
    await guest.close();
  }
  for (let i = 0; i < 100 && sql(city.city, "select count(*) from mail_letter where state in ('failed', 'unsure')") !== '2'; i++)
    await new Promise(resolve => setTimeout(resolve, 200));
  await sam.open('/arbete/brev');
  const [unsure, failed] = ['gone', 'never'].map(name => sam.page.locator('li.card', { hasText: `${name}@studs.exempel.se` }));
  assert.match(await failed.textContent(), /Adressen finns inte.*550 5\.1\.1/s);
  assert.match(await unsure.textContent(), /Vi vet inte om brevet kom fram/);
  await sam.open(`/arbete/seminarier/${id}`);
  assert.match(await sam.page.locator('tr', { hasText: 'never Exempel' }).textContent(), /Adressen fungerar inte sedan/);
  assert.doesNotMatch(await sam.page.locator('tr', { hasText: 'gone Exempel' }).textContent(), /fungerar inte/);
  await sam.press('link', /Gör så här/);
  await sam.press('button', /Skicka igen.*never@studs/);
  assert.match(await sam.page.locator('.note.ok').textContent(), /väntar på att skickas igen/);
  assert.equal(await sam.page.locator('li.card', { hasText: 'gone@studs.exempel.se' }).count(), 1);
  await sam.close();
});

test('the feeds are read by programs that are not ours', async () => {
  const city = await openOffice('flode.exempel.se');
  const sam = await signIn(browser, city, false);
  const id = await makeSeminar(sam, 5);
  await sam.press('button', 'Visa för alla');
  const atom = await (await fetch(city.url + '/seminarier/nytt.atom')).text();
  const checked = spawnSync('xmllint', ['--noout', '-'], { input: atom, encoding: 'utf-8' });
  assert.equal(checked.status, 0, checked.stderr);
  assert.match(atom, new RegExp(`href="${site}/seminarier/${id}"`));
  for (const [path, n] of [['/seminarier/kalender.ics', '2'], [`/seminarier/${id}/kalender.ics`, '1']]) {
    const ics = await (await fetch(city.url + path)).text();
    const read = spawnSync('/usr/bin/python3', ['-c', 'import icalendar,sys; print(len(icalendar.Calendar.from_ical(sys.stdin.read()).walk("VEVENT")))'],
      { input: ics, encoding: 'utf-8' });
    assert.equal(read.stdout.trim(), n, read.stderr); // the example city has one of its own
  }
  await sam.close();
});
