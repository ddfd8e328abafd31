// Who can open reports: a second recipient, another passphrase, and the way back when it is lost.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { program } from './city.mjs';
import { assertReadable, marker, openHouse, passphrase, tell } from './house.mjs';

let house, city, visit, signIn, unlock;

before(async () => {
  house = await openHouse();
  ({ city, visit, signIn, unlock } = house);
  const page = await signIn('mottagare');
  await house.becomeRecipient(page);
  await page.shut();
  const reporter = await visit({ javaScriptEnabled: false });
  await tell(reporter, city, { text: marker });
  await reporter.shut();
});

after(() => house.close());

const chosen = 'tavo minel rasu kode pilan', other = 'rike sotan dumy valo hepi', third = 'nuka fibe lador semi tuvo';

test('a second recipient waits until the first confirms', async () => {
  const second = await signIn('andra');
  await house.becomeRecipient(second, other);
  assert.match(await second.textContent('[role=status]'), /väntar/);
  await second.goto(`${city.url}/bedomning`);
  assert.equal(await second.locator('#laslosen').count(), 0);
  const first = await signIn('mottagare');
  await unlock(first);
  await first.goto(`${city.url}/bedomning/mottagare`);
  await first.click('form[action*="/godkann/"] button');
  assert.match(await first.textContent('[role=status]'), /godkänd/);
  await unlock(second, other);
  await second.locator('tbody a').last().click();
  assert.match(await second.textContent('main'), /MARKER/);
  await second.shut();
  await first.shut();
});

test('a recipient chooses another passphrase, and the one before opens nothing', async () => {
  const page = await signIn('mottagare', { javaScriptEnabled: false });
  await unlock(page);
  const change = async words => {
    await page.goto(`${city.url}/bedomning/mottagare`);
    await page.fill('#laslosen', words);
    await page.click('form[action$="/mottagare/laslosen"] button');
  };
  await change('hemligt lösenord');
  assert.match(await page.textContent('[role=alert]'), /lätt att gissa/);
  await change(chosen);
  assert.match(await page.textContent('[role=status]'), /bytt/);
  await page.goto(`${city.url}/bedomning`);
  await page.click('form[action$="/bedomning/las"] button');
  await unlock(page);
  assert.equal(await page.locator('#laslosen').count(), 1);
  await unlock(page, chosen);
  assert.equal(await page.locator('#laslosen').count(), 0);
  await page.shut();
});

// `before` opens nothing any more, and `now` opens what was told long ago.
async function assertOpens(page, { before, now }) {
  for (const [words, opens] of [[before, false], [now, true]]) {
    await unlock(page, words);
    assert.equal(await page.locator('#laslosen').count(), opens ? 0 : 1);
  }
  await page.locator('tbody a').last().click();
  assert.match(await page.textContent('main'), /MARKER/);
}

test('who lost the passphrase reads again after three shares typed at the server, and not with what was before', async () => {
  const typed = `${house.shares[4]}\n${house.shares[1].toLowerCase()}\n${house.shares[2]}\n`;
  const done = spawnSync(program, ['regain', city.city, '--email', 'mottagare@exempel.example'], { encoding: 'utf-8', input: typed });
  assert.equal(done.status, 0, done.stderr);
  const page = await signIn('mottagare');
  await assertOpens(page, { before: chosen, now: done.stdout.match(/passphrase: (.*)/)[1] });
  await page.goto(`${city.url}/bedomning/mottagare`);
  await assertReadable(page);
  await page.shut();
});

// Who holds which share, as the recipient notes it.
const holders = { samordnare: 1, medlem: 3, granskare: 5 };

async function nameHolder(page, number, name, role) {
  await page.goto(`${city.url}/aterstallning`);
  await page.fill('#nummer', `${number}`);
  await page.fill('#epost', `${name}@exempel.example`);
  await page.fill('#roll', role);
  await page.click('form[action$="/innehavare"] button');
}

async function give(name, share) {
  const page = await signIn(name, { javaScriptEnabled: false });
  await page.goto(`${city.url}/aterstallning`);
  await page.fill('#andel', share);
  await page.click('form[action$="/andel"] button');
  return page;
}

test('a recipient notes who holds the shares, each another person', async () => {
  const page = await signIn('mottagare');
  await page.goto(`${city.url}/bedomning/mottagare`);
  await page.click('main a[href$="/aterstallning"]');
  await assertReadable(page);
  for (const [name, number] of Object.entries(holders))
    await nameHolder(page, number, name, 'registrator');
  const table = await page.textContent('table');
  for (const name of Object.keys(holders))
    assert.ok(table.includes(`${name} Exempel`), name);
  await nameHolder(page, 2, 'medlem', 'registrator');
  assert.match(await page.textContent('#epost-error'), /redan en annan andel/);
  await nameHolder(page, 9, 'finnsinte', 'registrator');
  assert.match(await page.textContent('#epost-error'), /Ingen som kan logga in/);
  assert.equal(await page.locator('#nummer-error').count(), 1);
  await nameHolder(page, 2, 'ombud', 'registrator');
  assert.match(await page.textContent('#epost-error'), /dataskyddsombud/);
  await assertReadable(page);
  await page.shut();
  const stranger = await signIn('administrator');
  await stranger.goto(`${city.url}/aterstallning`);
  assert.match(await stranger.textContent('main'), /ingen andel/);
  assert.equal(await stranger.locator('main table, main form').count(), 0);
  await stranger.shut();
});

test('a recipient who lost the passphrase reads again when holders have given their shares in the portal', async () => {
  const page = await signIn('mottagare');
  await page.goto(`${city.url}/aterstallning`);
  await page.fill('#laslosen', 'kort');
  await page.click('form[action$="/borja"] button');
  assert.match(await page.textContent('#laslosen-error'), /lätt att gissa/);
  await page.fill('#laslosen', third);
  await page.click('form[action$="/borja"] button');
  assert.match(await page.textContent('main'), /mottagare Exempel bad om återställning.*0 av 3 andelar/s);
  assert.equal(await page.locator('form[action$="/slutfor"]').count(), 0, 'one can finish without shares');
  await assertReadable(page);

  const wrong = await give('medlem', house.shares[0]);
  assert.match(await wrong.textContent('#andel-error'), /numret är ditt/);
  await wrong.fill('#andel', house.shares[2].replace(/^./, letter => letter === '7' ? '8' : '7'));
  await wrong.click('form[action$="/andel"] button');
  assert.match(await wrong.textContent('#andel-error'), /stämmer inte/);
  await wrong.shut();
  const seen = await signIn('medlem');
  await seen.goto(`${city.url}/aterstallning`);
  assert.match(await seen.textContent('main'), /Tala med mottagare Exempel först/);
  await assertReadable(seen);
  await seen.shut();
  for (const [name, number] of Object.entries(holders)) {
    const holder = await give(name, house.shares[number - 1].toLowerCase());
    assert.equal(await holder.locator('#andel-error').count(), 0, name);
    assert.equal(await holder.locator('form[action$="/slutfor"]').count(), 0, `${name} can finish`);
    await holder.shut();
  }

  await page.goto(`${city.url}/aterstallning`);
  await assertReadable(page);
  await page.fill('#laslosen', passphrase);
  await page.click('form[action$="/slutfor"] button');
  assert.match(await page.textContent('#laslosen-error'), /inte det låslösen/);
  await page.fill('#laslosen', third);
  await page.click('form[action$="/slutfor"] button');
  assert.match(await page.textContent('[role=status]'), /Klart/);
  await assertReadable(page);
  await assertOpens(page, { before: chosen, now: third });
  await page.shut();
});

test('a recovery that should not have begun is stopped by another recipient, and its shares are gone', async () => {
  const page = await signIn('mottagare', { javaScriptEnabled: false });
  await page.goto(`${city.url}/aterstallning`);
  await page.fill('#laslosen', chosen);
  await page.click('form[action$="/borja"] button');
  await (await give('granskare', house.shares[4])).shut();
  const second = await signIn('andra');
  await second.goto(`${city.url}/bedomning`);
  assert.match(await second.textContent('.note.warn'), /mottagare Exempel har bett om återställning/);
  await second.click('.note.warn a');
  assert.match(await second.textContent('main'), /1 av 3 andelar/);
  await second.click('form[action$="/avbryt"] button');
  assert.match(await second.textContent('main'), /Ingen återställning pågår/);
  await second.shut();
  await assertOpens(page, { before: chosen, now: third });
  await page.shut();
});
