// A landlord joins the network, from the first field to the welcome letter, against a mail server, with and without
// JavaScript; the coordinator's pages, contact lists, and a member's own page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileOf, openBrowser, openCity } from './city.mjs';
import { openPost } from './post.mjs';
import { sendTo, signIn, site, sql, visit } from './walk.mjs';

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

async function openNetwork(prepare = () => {}) {
  const city = await openCity(folder => {
    sendTo(folder, post);
    prepare(folder);
  });
  opened.push(city);
  return city;
}

const link = letter => letter.plain.match(new RegExp(`${site}(/(?:en/)?natverket/\\S+)`))[1];
const heading = person => person.page.locator('h1').textContent();
const content = person => person.page.locator('main').textContent();

// What a landlord answers; the agreement is not among it.
async function fillIn(lord, domain, organisation) {
  await lord.page.fill('#name', organisation);
  await lord.page.fill('#number', '556016-0680');
  await lord.page.selectOption('#actor', 'landlord');
  await lord.page.fill('#contact_name', 'Åsa Exempel');
  await lord.page.fill('#contact_role', 'Uthyrningschef');
  await lord.page.fill('#contact_email', `Asa@${domain}`);
  await lord.page.fill('#contact_phone', '031-390 06 05');
  await lord.page.fill('#deputy_name', 'Bo Exempel');
  await lord.page.fill('#deputy_email', `bo@${domain}`);
  await lord.page.fill('#wish', 'Vi lånar ut vår samlingslokal.');
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  const domain = javaScriptEnabled ? 'js.gamed.exempel.se' : 'ren.gamed.exempel.se';
  const to = (who, subject) => l => l.to === `${who}@${domain}` && l.subject.startsWith(subject);

  test(`a landlord joins in at most fifteen fields ${how}`, async () => {
    const city = await openNetwork();
    const lord = await visit(browser, city, javaScriptEnabled);
    await lord.open('/natverket/ga-med');
    const fields = await lord.page.locator('main form :is(input, select, textarea):not([type=hidden]):not([tabindex="-1"])').count();
    assert.ok(fields <= 15, `${fields} fields`);

    await lord.press('button', 'Skicka ansökan');
    assert.equal(await lord.page.locator('.f.err').count(), 5);
    await fillIn(lord, domain, 'Hyresbolaget Exempel');
    await lord.page.fill('#number', '556016-0681');
    await lord.press('button', 'Skicka ansökan');
    assert.match(await lord.page.locator('.note.bad').textContent(), /sista siffran stämmer inte/);
    assert.match(await lord.page.locator('.note.bad').textContent(), /Godkänn överenskommelsen/);
    assert.equal(await lord.page.inputValue('#wish'), 'Vi lånar ut vår samlingslokal.');
    assert.equal(await lord.page.inputValue('#contact_name'), 'Åsa Exempel');
    await lord.page.fill('#number', '5560160680');
    await lord.page.locator('summary').click();
    assert.match(await content(lord), /Det ni får veta i nätverket stannar i nätverket/);
    await lord.press('checkbox', 'Vi följer överenskommelsen');
    await lord.press('button', 'Skicka ansökan');
    assert.match(await heading(lord), /Bekräfta din e-post/);

    const [letter] = await post.wait(1, to('asa', 'Bekräfta din e-post'));
    assert.deepEqual(letter.defects, []);
    const sam = await signIn(browser, city, javaScriptEnabled);
    await sam.open('/natverket/ansokningar');
    assert.match(await content(sam), /Ingen ansökan väntar/);
    await lord.open(link(letter));
    await lord.press('button', 'Bekräfta');
    assert.match(await heading(lord), /din e-post är bekräftad/);
    await lord.open(link(letter));
    assert.match(await heading(lord), /din e-post är bekräftad/);
    await post.wait(1, l => l.to === 'natverket@exempel.se' && l.plain.includes('Hyresbolaget Exempel') && l.plain.includes(site));

    await sam.open('/natverket/ansokningar');
    await sam.press('link', 'Hyresbolaget Exempel');
    assert.match(await content(sam), /Vi lånar ut vår samlingslokal/);
    await sam.press('button', 'Godkänn');
    const [welcome] = await post.wait(1, to('asa', 'Välkommen till nätverket'));
    assert.match(welcome.plain, /natverket\/min/);
    assert.equal(sql(city.city, `select o.state || ' ' || o.number || ' ' || count(*) from organisation o join contact c
      on c.organisation = o.id join agreement g on g.organisation = o.id where o.name = 'Hyresbolaget Exempel' group by o.id`), 'member 556016-0680 2');
    await sam.close();
    await lord.close();
  });

  test(`who may not sign sends the agreement to who may ${how}`, async () => {
    const city = await openNetwork();
    const lord = await visit(browser, city, javaScriptEnabled);
    await lord.open('/en/natverket/ga-med');
    await lord.page.fill('#name', 'Example Lettings');
    await lord.page.selectOption('#actor', 'landlord');
    await lord.page.fill('#contact_name', 'Kim Example');
    await lord.page.fill('#contact_email', `kim@${domain}`);
    await lord.page.fill('#signer', `chef@${domain}`);
    await lord.press('button', 'Send the application');
    const [ask] = await post.wait(1, to('kim', 'Confirm your e-mail'));
    await lord.open(link(ask));
    await lord.press('button', 'Confirm');

    const sam = await signIn(browser, city, javaScriptEnabled);
    await sam.open('/natverket/ansokningar');
    await sam.press('link', 'Example Lettings');
    assert.equal(await sam.page.getByRole('button', { name: 'Godkänn' }).count(), 0);

    const [sign] = await post.wait(1, to('chef', 'Sign for Example Lettings'));
    const chief = await visit(browser, city, javaScriptEnabled);
    await chief.open(link(sign));
    await chief.press('button', 'Approve');
    assert.equal(await chief.page.locator('.f.err').count(), 2);
    await chief.page.fill('#name', 'Chris Example');
    await chief.press('checkbox', 'We follow the agreement');
    await chief.press('button', 'Approve');
    assert.match(await heading(chief), /the agreement is approved/);
    await chief.open(link(sign));
    assert.match(await heading(chief), /The link no longer works/);

    await sam.open('/natverket/ansokningar');
    await sam.press('link', 'Example Lettings');
    await sam.press('button', 'Be om mer');
    assert.equal(await sam.page.locator('.f.err').count(), 1);
    await sam.page.fill('#reason', 'Hur många lägenheter har ni?');
    await sam.press('button', 'Be om mer');
    const [question] = await post.wait(1, to('kim', 'A question about your application'));
    assert.match(question.plain, /Hur många lägenheter har ni\?/);

    await sam.open('/natverket/ansokningar');
    await sam.press('link', 'Example Lettings');
    const other = await signIn(browser, city, javaScriptEnabled);
    await other.open(new URL(sam.page.url()).pathname);
    await other.page.fill('#reason', 'Ni har inga lägenheter i Lund.');
    await other.press('button', 'Avslå');
    await sam.press('button', 'Godkänn');
    assert.match(await content(sam), /Någon annan har redan svarat/);
    const [no] = await post.wait(1, to('kim', 'Answer to your application'));
    assert.match(no.plain, /Ni har inga lägenheter i Lund\./);
    assert.equal(sql(city.city, "select count(*) from organisation where name = 'Example Lettings'"), '0');
    for (const person of [sam, other, lord, chief])
      await person.close();
  });
}

test('a link that belongs to no application says so on a page that can be read', async () => {
  const city = await openNetwork();
  const lord = await visit(browser, city, true);
  for (const kind of ['bekrafta', 'skriv-pa']) {
    await lord.open(`/natverket/${kind}/${'x'.repeat(32)}`);
    assert.match(await heading(lord), /Länken fungerar inte längre/);
  }
  await lord.close();
});

test('the coordinator finds organisations by what they need, and keeps them', async () => {
  const city = await openNetwork();
  const sam = await signIn(browser, city, true);
  await sam.page.locator('header').getByRole('link', { name: 'Nätverket', exact: true }).click();
  await sam.look();
  assert.match(await content(sam), /5 organisationer/);
  await sam.page.selectOption('#visa', 'slutar');
  await sam.press('button', 'Visa');
  assert.deepEqual(await sam.page.locator('tbody th').allTextContents(), ['Bostads AB Lyktan (exempel)']);
  await sam.page.selectOption('#visa', 'utan');
  await sam.press('button', 'Visa');
  assert.match(await content(sam), /Ingen organisation stämmer/);
  await sam.page.selectOption('#visa', '');
  await sam.page.fill('#q', 'robin');
  await sam.press('button', 'Visa');
  assert.deepEqual(await sam.page.locator('tbody th').allTextContents(), ['Bostads AB Lyktan (exempel)']);

  await sam.press('link', 'Lägg till organisation');
  await sam.press('button', 'Spara');
  assert.equal(await sam.page.locator('.f.err').count(), 2);
  await sam.page.fill('#name', 'Vandrarhemmet Exempel');
  await sam.page.fill('#number', '5560160680');
  await sam.page.selectOption('#actor', 'hotel');
  await sam.press('button', 'Spara');
  assert.match(await content(sam), /Ingen kontaktperson/);
  await sam.press('link', 'Lägg till kontaktperson');
  await sam.page.fill('#name', 'Ali Exempel');
  await sam.page.fill('#email', 'inte en adress');
  await sam.press('button', 'Spara');
  assert.equal(await sam.page.inputValue('#name'), 'Ali Exempel');
  await sam.page.fill('#email', 'ali@vandrarhem.example');
  await sam.press('button', 'Spara');
  await sam.press('link', 'Skriv in en påskrift på papper');
  await sam.page.fill('#name', 'Ali Exempel');
  await sam.press('button', 'Spara');
  assert.match(await content(sam), /Medlem/);
  assert.match(await sam.page.locator('table').textContent(), /Ali Exempel/);
  await sam.press('link', /Ändra.*Ali Exempel/);
  await sam.press('button', 'Har slutat');
  assert.match(await content(sam), /Ingen kontaktperson/);
  await sam.press('link', 'Ta bort ur nätverket');
  assert.match(await content(sam), /Kontaktpersonernas uppgifter tas bort \d+ [a-zåäö]+ \d{4}/);
  await sam.press('button', 'Ta bort ur nätverket');
  assert.match(await sam.page.locator('.note.ok').textContent(), /har lämnat/);

  await sam.open('/natverket/organisation/ny');
  await sam.page.fill('#name', 'Ett annat vandrarhem');
  await sam.page.fill('#number', '556016-0680');
  await sam.page.selectOption('#actor', 'hotel');
  await sam.press('button', 'Spara');
  assert.match(await sam.page.locator('.note.bad').textContent(), /En annan organisation i nätverket har det numret/);
  await sam.close();
});

test('the second of two who change the same thing is shown the difference', async () => {
  const city = await openNetwork();
  const [sam, kim] = [await signIn(browser, city, true), await signIn(browser, city, false)];
  const id = sql(city.city, "select id from organisation where name like 'Hotell Fyren%'");
  await sam.open(`/natverket/organisation/${id}/andra`);
  await kim.open(`/natverket/organisation/${id}/andra`);
  await kim.page.fill('#name', 'Hotell Fyren och Bojen (exempel)');
  await kim.press('button', 'Spara');
  await sam.page.fill('#wish', 'Vi har ett mötesrum.');
  await sam.press('button', 'Spara');
  assert.match(await sam.page.locator('.note.warn').textContent(), /Organisation/);
  assert.match(await sam.page.locator('#name-saved').textContent(), /Hotell Fyren och Bojen/);
  await sam.page.fill('#name', 'Hotell Fyren och Bojen (exempel)');
  await sam.press('button', 'Spara');
  assert.equal(sql(city.city, `select name || '|' || wish from organisation where id = ${id}`),
    'Hotell Fyren och Bojen (exempel)|Vi har ett mötesrum.');

  const contact = sql(city.city, `select id from contact where organisation = ${id}`);
  await sam.open(`/natverket/kontakt/${contact}`);
  await kim.open(`/natverket/kontakt/${contact}`);
  await kim.page.fill('#role', 'chef');
  await kim.press('button', 'Spara');
  await sam.page.fill('#phone', '031-390 06 09');
  await sam.press('button', 'Spara');
  assert.match(await sam.page.locator('#role-saved').textContent(), /chef/);
  for (const person of [sam, kim])
    await person.close();
});

test('a new version of the agreement says what is new to those who sign it', async () => {
  const city = await openNetwork();
  const sam = await signIn(browser, city, true);
  await sam.open('/natverket/overenskommelse/ny');
  await sam.press('button', 'Publicera');
  assert.equal(await sam.page.locator('.f.err').count(), 2);
  await sam.page.fill('#changes', '- Vi träffas *fyra* gånger om året.');
  await sam.page.fill('#changes-en', '- We meet four times a year.');
  await sam.press('button', 'Publicera');
  assert.match(await content(sam), /Version 2/);
  const lord = await visit(browser, city, true);
  await lord.open('/natverket/ga-med');
  assert.match(await lord.page.locator('.note').textContent(), /Vi träffas fyra gånger om året/);
  await lord.close();
  await sam.close();
});

// A contact list with `n` rows below its header, of which every thirty-third is wrong in one of five ways.
function contactList(n) {
  const wrong = [
    i => `;;Hotell;Kim ${i};kim${i}@lista.example;`,
    i => `Hotell ${i};556016-0681;Hotell;Kim ${i};kim${i}@lista.example;`,
    i => `Hotell ${i};;Rymdfart;Kim ${i};kim${i}@lista.example;`,
    i => `Hotell ${i};;Hotell;Kim ${i};kim${i}.lista.example;`,
    i => `Hotell ${i};;Hotell;;kim${i}@lista.example;`,
  ];
  const rows = Array.from({ length: n }, (_, i) => i % 33 === 32 ? wrong[(i - 32) / 33 % 5](i) : `Hotell ${i};;Hotell;Kim ${i};kim${i}@lista.example;031-390 06 ${10 + i % 90}`);
  return ['Organisation;Organisationsnummer;Aktör;Namn;E-post;Telefon', ...rows].join('\n');
}

async function sendList(sam, text) {
  await sam.open('/natverket/import');
  await sam.page.setInputFiles('#file', { name: 'kontakter.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await sam.press('button', 'Läs filen');
}

test('a contact list shows what is wrong row by row, and nothing is in the network before yes', async () => {
  const city = await openNetwork();
  const sam = await signIn(browser, city, true);
  const organisations = () => Number(sql(city.city, 'select count(*) from organisation'));
  await sam.open('/natverket/import');
  await sam.press('button', 'Läs filen');
  assert.match(await sam.page.locator('.note.bad').textContent(), /Välj en fil/);
  await sendList(sam, 'Ort;Land\nLund;Sverige');
  assert.match(await sam.page.locator('.note.bad').textContent(), /en kolumn var för Organisation, Namn och E-post/);

  await sendList(sam, contactList(100));
  assert.match(await content(sam), /Filen kontakter\.csv har 100 rader/);
  assert.deepEqual(await sam.page.locator('table').nth(1).locator('tbody tr').allTextContents(), [
    'Rad 34OrganisationOrganisationens namn saknas',
    'Rad 67OrganisationsnummerOrganisationsnumrets sista siffra stämmer inte556016-0681',
    'Rad 100AktörVerksamheten är okändRymdfart',
  ]);
  assert.equal(organisations(), 5);
  const kim = await signIn(browser, city, false);
  await kim.open(new URL(sam.page.url()).pathname);
  await sam.press('button', 'Lägg in i nätverket');
  assert.match(await content(sam), /Nya organisationer: 97\. Nya kontaktpersoner: 97\./);
  assert.equal(organisations(), 102);
  await kim.press('button', 'Kasta filen');
  assert.match(await content(kim), /Raderna utan fel är inlagda/);
  await kim.close();

  await sendList(sam, contactList(100));
  assert.equal(await sam.page.getByRole('button', { name: 'Lägg in i nätverket' }).count(), 0);
  await sam.press('button', 'Kasta filen');
  assert.match(await heading(sam), /Filen är kastad/);
  await sam.open('/natverket?fran=50');
  assert.match(await content(sam), /Visar 51–100 av 102/);

  const file = await fileOf(sam.page, city.url + '/natverket/fil/natverket.csv?visa=kanda&q=Hotell%201');
  assert.match(file.toString('utf-8'), /^\uFEFFOrganisation;Organisationsnummer;Aktör;Namn;Roll;E-post;Telefon;/);
  await sendList(sam, file.toString('utf-8').replaceAll('lista.example', 'ny.example'));
  assert.doesNotMatch(await content(sam), /Rader med fel\b(?!, läggs inte in)/);
  const xlsx = await fileOf(sam.page, city.url + '/natverket/fil/natverket.xlsx');
  await sam.open('/natverket/import');
  await sam.page.setInputFiles('#file', { name: 'n.xlsx', mimeType: 'application/octet-stream', buffer: xlsx });
  await sam.press('button', 'Läs filen');
  assert.match(await content(sam), /Filen n\.xlsx har 102 rader/);
  await sam.close();
});

test('ten thousand contacts with three hundred broken rows list the three hundred', async () => {
  const city = await openNetwork();
  const sam = await signIn(browser, city, false);
  await sendList(sam, contactList(9999));
  const broken = Math.floor(9999 / 33);
  assert.equal(await sam.page.locator('table').nth(1).locator('tbody tr').count(), broken);
  assert.ok(broken >= 300);
  await sam.press('button', 'Lägg in i nätverket');
  assert.equal(sql(city.city, "select count(*) from contact where email like '%@lista.example'"), String(9999 - broken));
  await sam.close();
});

test('a member sees the own organisation and no other, renews, promises and leaves', async () => {
  const city = await openNetwork(folder => sql(folder, "update agreement set signed_at = signed_at - 300 * 86400 where organisation = 1"));
  const kim = await signIn(browser, city, true, 'member');
  const row = text => sql(city.city, text);
  await kim.page.locator('header').getByRole('link', { name: 'Vår organisation' }).click();
  await kim.look();
  const seen = await content(kim);
  assert.match(seen, /Hotell Fyren \(exempel\)/);
  assert.match(seen, /Nätverksmöte/);
  for (const other of ['Lyktan', 'Räddning', 'Nattljus', 'Studenthälsan', 'robin@'])
    assert.ok(!seen.includes(other), other);
  for (const path of ['/natverket', '/natverket/organisation/2', '/natverket/kontakt/2', '/natverket/ansokningar', '/natverket/fil/natverket.csv', '/natverket/import'])
    assert.equal((await kim.page.goto(city.url + path)).status(), 403, path);

  await kim.open('/natverket/min');
  await kim.press('button', 'Vi lovar');
  assert.equal(row('select count(*) from attestation where organisation = 1'), '1');
  assert.equal(await kim.page.getByRole('button', { name: 'Vi lovar' }).count(), 0);
  row("update agreement set valid_until_at = signed_at + 86400 where organisation = 1");
  await kim.open('/natverket/min');
  await kim.press('button', 'Vi följer överenskommelsen');
  assert.equal(await kim.page.locator('.f.err').count(), 1);
  await kim.press('checkbox', 'Vi följer överenskommelsen');
  await kim.press('button', 'Vi följer överenskommelsen');
  assert.equal(row(`select count(*) from agreement where organisation = 1 and ended_at is null and valid_until_at > ${Math.floor(Date.now() / 1000)}`), '1');
  await kim.press('link', 'Så gör ni om ni vill lämna nätverket');
  assert.match(await content(kim), /Kontaktpersonernas uppgifter tas bort \d+ [a-zåäö]+ \d{4}/);
  await kim.press('button', 'Ja, vi lämnar nätverket');
  assert.match(await heading(kim), /Ni har lämnat nätverket/);
  assert.equal(row('select state from organisation where id = 1'), 'left');
  await kim.open('/natverket/min');
  assert.match(await heading(kim), /Du är inte kontaktperson/);
  await kim.close();
});

test('a served city reminds by itself of an agreement that ends, once', async () => {
  const city = await openNetwork(folder => sql(folder, "update contact set email = 'paminn@gamed.exempel.se' where email = 'robin@lyktan.example'"));
  const mine = l => l.to === 'paminn@gamed.exempel.se';
  const [letter] = await post.wait(1, mine);
  assert.match(letter.subject, /Dags att förnya överenskommelsen/);
  assert.match(letter.plain, new RegExp(`${site}/natverket/min`));
  assert.equal(sql(city.city, "select count(*) from agreement where reminded_at is not null"), '1');
});
