// From an application to a page of one's own: the contact person of an organisation that is accepted, or that came to a
// seminar, is invited to an account, comes to the organisation's page, and changes there what is theirs to change.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enterCode, openBrowser, openCity } from './city.mjs';
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

async function openNetwork() {
  const city = await openCity(folder => sendTo(folder, post));
  opened.push(city);
  return city;
}

const link = (letter, to) => letter.plain.match(new RegExp(`${site}(/(?:en/)?${to}/\\S+)`))[1];
const heading = person => person.page.locator('h1').textContent();
const content = person => person.page.locator('main').textContent();

// Applies for the organisation, and confirms the address.
async function apply(lord, organisation, email) {
  await lord.open('/natverket/ga-med');
  await lord.page.fill('#name', organisation);
  await lord.page.selectOption('#actor', 'landlord');
  await lord.page.fill('#contact_name', 'Åsa Exempel');
  await lord.page.fill('#contact_email', email);
  await lord.page.locator('summary').click();
  await lord.press('checkbox', 'Vi följer överenskommelsen');
  await lord.press('button', 'Skicka ansökan');
  const [letter] = await post.wait(1, l => l.to === email && l.subject.startsWith('Bekräfta'));
  await lord.open(link(letter, 'natverket'));
  await lord.press('button', 'Bekräfta');
}

async function openApplication(sam, organisation) {
  await sam.open('/natverket/ansokningar');
  await sam.press('link', organisation);
}

// From the letter with the invitation to the page that the person lands on.
async function accept(person, email, account) {
  const [letter] = await post.wait(1, l => l.to === email && l.subject.startsWith('Välkommen till portalen'));
  assert.deepEqual(letter.defects, []);
  await person.open(link(letter, 'valkommen'));
  await person.page.fill('#wanted', 'fyra korta ord hela dagen');
  await person.page.fill('#again', 'fyra korta ord hela dagen');
  await person.press('button', 'Spara lösenordet');
  await enterCode(person.page, account);
  await person.look();
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  const domain = javaScriptEnabled ? 'js.medlem.exempel.se' : 'ren.medlem.exempel.se';
  const email = `asa@${domain}`;

  test(`who is accepted is invited, chooses a password and comes to the page of the organisation ${how}`, async () => {
    const city = await openNetwork();
    const asa = await visit(browser, city, javaScriptEnabled);
    await apply(asa, 'Hyresbolaget Exempel', email);
    const sam = await signIn(browser, city, javaScriptEnabled);
    await openApplication(sam, 'Hyresbolaget Exempel');
    assert.ok(await sam.page.getByLabel(`Skicka en inbjudan till ${email}`).isChecked());
    await sam.press('button', 'Godkänn');
    const [welcome] = await post.wait(1, l => l.to === email && l.subject.startsWith('Välkommen till nätverket'));
    assert.match(welcome.plain, /Vi har skapat ett konto åt dig/);
    await accept(asa, email, city.url + email);
    assert.equal(new URL(asa.page.url()).pathname, '/natverket/min');
    assert.equal(await heading(asa), 'Hyresbolaget Exempel');
    assert.equal(sql(city.city, `select count(*) from person join person_role on person = person.id where email = '${email}' and role = 'member'`), '1');

    await asa.press('link', 'Ändra dina uppgifter');
    await asa.page.fill('#name', '');
    await asa.page.fill('#phone', 'ring mig');
    await asa.press('button', 'Spara');
    assert.equal(await asa.page.locator('.f.err').count(), 2);
    await asa.page.fill('#name', 'Åsa Nyman Exempel');
    await asa.page.fill('#role', 'Uthyrningschef');
    await asa.page.fill('#phone', '031-390 06 07');
    await asa.press('button', 'Spara');
    assert.match(await content(asa), /Åsa Nyman Exempel[^]*Uthyrningschef[^]*031-390 06 07/);
    await asa.press('link', 'Välj, byt eller ta bort er ersättare');
    await asa.page.fill('#name', 'Bo Exempel');
    await asa.page.fill('#email', `bo@${domain}`);
    await asa.press('button', 'Spara');
    assert.match(await content(asa), /Bo Exempel/);
    await asa.press('link', 'Välj, byt eller ta bort er ersättare');
    await asa.press('button', 'Har slutat');
    assert.doesNotMatch(await content(asa), /Bo Exempel/);
    assert.equal(sql(city.city, "select action from audit where action like 'network.contact.%' and role = 'member' order by id").replaceAll('\n', ' '),
      'network.contact.change network.contact.add network.contact.leave');
    await sam.close();
    await asa.close();
  });

  test(`the coordinator leaves the invitation out, and an address with an account gets none ${how}`, async () => {
    const city = await openNetwork();
    const asa = await visit(browser, city, javaScriptEnabled);
    await apply(asa, 'Utan Konto Exempel', `utan@${domain}`);
    await apply(asa, 'Har Konto Exempel', city.accounts[javaScriptEnabled ? 'analyst' : 'approver']);
    const sam = await signIn(browser, city, javaScriptEnabled);
    await openApplication(sam, 'Utan Konto Exempel');
    await sam.page.getByLabel('Skicka en inbjudan').uncheck();
    await sam.press('button', 'Godkänn');
    await openApplication(sam, 'Har Konto Exempel');
    assert.equal(await sam.page.getByLabel('Skicka en inbjudan').count(), 0);
    assert.match(await content(sam), /har redan ett konto/);
    await sam.press('button', 'Godkänn');
    const [welcome] = await post.wait(1, l => l.to === `utan@${domain}` && l.subject.startsWith('Välkommen till nätverket'));
    assert.doesNotMatch(welcome.plain, /konto/);
    assert.equal(sql(city.city, `select count(*) from person where email = 'utan@${domain}'`), '0');
    assert.equal(sql(city.city, 'select count(*) from welcome'), '0');
    await sam.close();
    await asa.close();
  });
}

test('of two who change the deputy, the second is shown what the first has saved', async () => {
  const city = await openNetwork();
  const one = await signIn(browser, city, true, 'member');
  const two = await signIn(browser, city, true, 'member');
  for (const person of [one, two])
    await person.open('/natverket/min/ersattare');
  for (const [person, name] of [[one, 'Exempel Ett'], [two, 'Exempel Två']]) {
    await person.page.fill('#name', name);
    await person.page.fill('#email', 'ersattare@hotell.example');
    await person.press('button', 'Spara');
  }
  assert.match(await two.page.locator('.saved').first().textContent(), /Exempel Ett/);
  assert.equal(await two.page.inputValue('#name'), 'Exempel Två');
  await two.press('button', 'Spara');
  assert.equal(sql(city.city, "select name from contact where organisation = 1 and place = 'deputy'"), 'Exempel Två');
  await one.close();
  await two.close();
});

test('an organisation that is only listed joins by what its contact person approves on the own page', async () => {
  const city = await openNetwork();
  sql(city.city, "update organisation set state = 'listed' where id = 1; delete from agreement where organisation = 1");
  const kim = await signIn(browser, city, true, 'member');
  await kim.open('/natverket/min');
  assert.match(await content(kim), /Ni är inte medlemmar än/);
  await kim.press('button', 'Vi följer överenskommelsen');
  assert.equal(await kim.page.locator('.f.err').count(), 1);
  await kim.press('checkbox', 'Vi följer överenskommelsen');
  await kim.press('button', 'Vi följer överenskommelsen');
  assert.equal(sql(city.city, 'select state from organisation where id = 1'), 'member');
  assert.doesNotMatch(await content(kim), /Ni är inte medlemmar än/);
  await kim.close();
});

test('a contact person without an account is invited from their own card, once', async () => {
  const city = await openNetwork();
  const sam = await signIn(browser, city, true);
  const id = sql(city.city, "select id from contact where email = 'robin@lyktan.example'");
  await sam.open(`/natverket/kontakt/${id}`);
  await sam.press('button', 'Skicka en inbjudan');
  assert.match(await content(sam), /Robin Exempel/);
  await post.wait(1, l => l.to === 'robin@lyktan.example' && l.subject.startsWith('Välkommen till portalen'));
  await sam.open(`/natverket/kontakt/${id}`);
  assert.equal(await sam.page.getByRole('button', { name: 'Skicka en inbjudan' }).count(), 0);
  assert.equal(sql(city.city, "select count(*) from person join person_role on person = person.id where email = 'robin@lyktan.example' and role = 'member'"), '1');
  await sam.close();
});
