// A city of its own for each test file: made by `lykta demo`, served by `lykta serve` on a free port, removed after.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import './localhost.mjs';

export { assertAccessible, bringAxe, colours } from './axe.mjs';

// "fetch failed" alone does not say what went wrong.
const fetchAsItIs = globalThis.fetch;
globalThis.fetch = async (address, options) => {
  try {
    return await fetchAsItIs(address, options);
  } catch (fault) {
    throw new Error(`${options?.method ?? 'GET'} ${address}: ${fault.cause?.code ?? ''} ${fault.cause?.message ?? fault.message}`);
  }
};

// The city's day, also between midnight in Stockholm and midnight elsewhere.
process.env.TZ = 'Europe/Stockholm';

// 2026-03-27, so many days from today.
export function day(later = 0) {
  const at = new Date();
  at.setDate(at.getDate() + later);
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(part => String(part).padStart(2, '0')).join('-');
}

export const program = process.env.LYKTA ?? 'build/src/lykta';

// Flags that keep the browser from calling its maker, so that every request it makes is the page's own.
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

// A page's scripts are run once and thrown away with it: code that is made faster first takes longer than it saves. Nor
// is a process of pages started in advance for each person who comes.
const thrifty = ['--js-flags=--no-opt --no-maglev --max-lazy', '--renderer-process-limit=1'];

// With LYKTA_TEST_POSTGRES (tests/with_postgres.py) each city's database is a schema of its own in that server.
let cities = 0;
export function database() {
  const server = process.env.LYKTA_TEST_POSTGRES;
  return server ? ['--db', `${server}#e2e_${process.pid}_${++cities}`] : [];
}

// Makes the example city in the folder `city`: what `lykta demo` says.
function makeCity(city) {
  const made = spawnSync(program, ['demo', city, ...database()], { encoding: 'utf-8' });
  if (made.status !== 0)
    throw new Error(`lykta demo: exit status ${made.status}\n${made.stderr}`);
  return made.stdout;
}

// A folder with a city that nobody has used and what was said when it was made, removed when this process ends.
function makeFirst(parent) {
  const folder = mkdtempSync(join(parent, 'lykta-e2e-first-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'told'), makeCity(join(folder, 'city')));
  return folder;
}

// The city that is copied: made once in each process, or once a day in the folder LYKTA_TEST_CITIES, which all test
// files share. There it is whole from the moment that it is there; another test file may make it first.
let own;
function firstCity() {
  const common = process.env.LYKTA_TEST_CITIES;
  if (!common)
    return own ??= makeFirst(tmpdir());
  const shared = join(common, day());
  if (!existsSync(shared)) {
    try {
      renameSync(makeFirst(common), shared);
    } catch (fault) {
      if (fault.code !== 'ENOTEMPTY')
        throw fault;
    }
  }
  return shared;
}

// The same with a copy of a city that nobody has used: one in a server has no copy.
function copyCity(city) {
  if (process.env.LYKTA_TEST_POSTGRES)
    return makeCity(city);
  const from = firstCity();
  const copied = spawnSync('cp', ['--archive', join(from, 'city'), city], { encoding: 'utf-8' });
  assert.equal(copied.status, 0, copied.stderr);
  return readFileSync(join(from, 'told'), 'utf-8');
}

// `prepare(folder of the city)` is called before it is served; port 0 is any free one.
export async function openCity(prepare = () => {}, port = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'lykta-e2e-'));
  const city = join(folder, 'city');
  const told = copyCity(city);
  await prepare(city);
  const server = spawn(program, ['serve', city, '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise(resolve => server.on('exit', resolve));
  const log = [];
  createInterface(server.stderr).on('line', line => log.push(line));
  const url = await new Promise((resolve, reject) => {
    createInterface(server.stdout).on('line', line => {
      const found = line.match(/http:\/\/\S+:\d+/);
      if (found)
        resolve(found[0]);
    });
    server.on('exit', status => reject(new Error(`lykta serve ended with ${status}\n${log.join('\n')}`)));
  });
  return {
    url, city, log, pid: server.pid,
    password: told.match(/Password for all of them: (\S+)/)[1],
    accounts: Object.fromEntries([...told.matchAll(/^  ([a-z-]+) +(\S+@lund\.example)$/gm)].map(m => [m[1], m[2]])),
    async close() {
      server.kill('SIGTERM');
      const status = await ended;
      rmSync(folder, { recursive: true, force: true });
      return status;
    },
  };
}

// Where the city's database is when it is a schema in a server.
function addressOf(folder) {
  const [, server, schema] = readFileSync(join(folder, 'lykta.conf'), 'utf-8').match(/^address = (postgresql:\S+)#(\w+)$/m) ?? [];
  return server && { server, schema };
}

// What the program of the city's database says to `text`: that of a file, or of a schema in a server.
function askDatabase(folder, text) {
  const address = addressOf(folder);
  if (address)
    return spawnSync('psql', [address.server, '-qAt', '-v', 'ON_ERROR_STOP=1', '-c', text],
      { encoding: 'utf-8', env: { ...process.env, PGOPTIONS: `-c search_path=${address.schema}` } });
  return spawnSync('sqlite3', ['-cmd', '.timeout 5000', join(folder, 'lykta.db'), text], { encoding: 'utf-8' });
}

// The city is served meanwhile, and may be writing: its turn is waited for.
export function sql(folder, text) {
  const done = askDatabase(folder, text);
  assert.equal(done.status, 0, done.stderr);
  return done.stdout.trim();
}

// Bytes of the hexadecimal digits `hex`, in the SQL of the city's database.
export function bytesInSql(hex) {
  return process.env.LYKTA_TEST_POSTGRES ? `'\\x${hex}'` : `x'${hex}'`;
}

// Everything that the city's database keeps, a byte a character: as its files hold it, or as a server gives it away.
export function kept(folder) {
  const address = addressOf(folder);
  if (!address)
    return ['lykta.db', 'lykta.db-wal'].map(name => readFileSync(join(folder, name), 'latin1')).join('');
  const dump = spawnSync('pg_dump', [address.server, '--data-only', '--schema', address.schema], { encoding: 'latin1', maxBuffer: 1 << 30 });
  assert.equal(dump.status, 0, dump.stderr);
  return dump.stdout.replace(/\\\\x([0-9a-f]+)/g, (_, hex) => Buffer.from(hex, 'hex').toString('latin1'));
}

// Sets lines of a section in the city's lykta.conf.
export function setConfig(folder, section, values) {
  const path = join(folder, 'lykta.conf');
  let inside = '';
  const lines = readFileSync(path, 'utf-8').split('\n').map(line => {
    inside = line.match(/^\[(.*)\]$/)?.[1] ?? inside;
    const name = line.match(/^(\w+) *=/)?.[1];
    return inside === section && name in values ? `${name} = ${values[name]}` : line;
  });
  writeFileSync(path, lines.join('\n'));
}

// Names a provider of sign-in, as an operator does: in lykta.conf, and its secret in keys/.
export function nameProvider(folder, port, provider, more = {}) {
  setConfig(folder, 'site', { address: `http://127.0.0.1:${port}` });
  setConfig(folder, 'oidc', { issuer: provider.issuer, client_id: 'lykta', name: 'Lunds kommun', authorities: provider.authorities, ...more });
  writeFileSync(join(folder, 'keys', 'oidc.secret'), provider.secret + '\n', { mode: 0o600 });
}

// The structure of a PDF, by a program that reads what stands in it: nothing of what can be heard is missing, and, when
// their number is given, each of the tables' rows is on one page.
export function checkPdf(bytes, language, ...rows) {
  const folder = mkdtempSync(join(tmpdir(), 'lykta-pdf-'));
  const path = join(folder, 'read.pdf');
  writeFileSync(path, bytes);
  const check = fileURLToPath(new URL('../formats/pdf_structure.py', import.meta.url));
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', [check, language, path, ...rows.map(String)], { encoding: 'utf-8' });
  rmSync(folder, { recursive: true, force: true });
  assert.equal(status, 0, stdout + stderr);
}

// Signs in as the example account of `role`, and lands where one lands then. A session that lives is used again: a
// code lets somebody in once.
export async function signIn(page, city, role) {
  await signInAs(page, city, city.accounts[role], city.password);
}

const sessions = new Map();
export async function signInAs(page, city, email, password) {
  const kept = sessions.get(city.url + email);
  if (kept) {
    await page.context().addCookies([kept]);
    await page.goto(city.url + '/konto');
    if (new URL(page.url()).pathname === '/konto')
      return;
  }
  await signInAnew(page, city, email, password);
  sessions.set(city.url + email, (await page.context().cookies()).find(c => c.name === '__Host-lykta'));
}

// The same with both steps every time.
export async function signInAnew(page, city, email, password) {
  await page.goto(city.url + '/logga-in');
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.click('main button');
  await page.waitForURL(url => url.pathname.startsWith('/logga-in/kod'));
  await enterCode(page, city.url + email);
}

// The second step: with the code that the page of an example city shows, or that the phone of `account` does, which is
// set up at its first sign-in.
const phones = new Map();
export async function enterCode(page, account) {
  const isNew = page.url().includes('/kod/ny');
  if (isNew)
    phones.set(account, { secret: await page.textContent('.secret'), step: 0 });
  const phone = phones.get(account);
  const enter = async () => {
    await page.fill('#code', phone ? nextCode(phone) : (await page.textContent('.note:not([role=alert])')).match(/\b\d{6}\b/)[0]);
    const answered = page.waitForEvent('load');
    await page.click('main button');
    await answered;
  };
  await enter();
  if (await page.locator('[role=alert]').count()) {
    // The half minute of the code ended meanwhile, or the account has used all codes that hold in this one. The form
    // that is shown again knows where its page leads to; an example's page is asked anew for the code of now.
    await page.waitForTimeout(30000 - Date.now() % 30000);
    if (!phone)
      await page.goto(page.url());
    await enter();
  }
  if (isNew)
    await page.click('ol.codes ~ .acts a');
  await page.waitForURL(url => !url.pathname.startsWith('/logga-in'));
}

// The first code of the phone that has not been used.
function nextCode(phone) {
  phone.step = Math.max(phone.step + 1, Math.floor(Date.now() / 30000) - 1);
  return codeOf(phone.secret, phone.step);
}

// The code that a phone with the key shows in a half minute, by a program of its own.
export function codeOf(secret, step) {
  const out = spawnSync('oathtool', ['--totp', '--base32', '--now', `@${30 * step}`, secret.replaceAll(' ', '')],
    { encoding: 'utf-8' });
  if (out.status !== 0)
    throw new Error(`oathtool: ${out.error ?? out.stderr}`);
  return out.stdout.trim();
}

// The bytes of a file, asked for as who is signed in on `page`; its context has bypassCSP.
export async function fileOf(page, url) {
  return Buffer.from(await page.evaluate(async address => {
    const answer = await fetch(address);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return answer.ok ? btoa(Array.from(bytes, b => String.fromCharCode(b)).join('')) : '';
  }, url), 'base64');
}

const browser = { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', args: [...quiet, ...thrifty] };

export async function openBrowser() {
  const opened = await chromium.launch(browser);
  await arriveWhole(opened);
  return opened;
}

// A click returns when its page has begun to arrive and nothing may stand in it yet: what counts there at once counts
// half a page. From here on it returns when the page has arrived. All pages share one prototype.
async function arriveWhole(opened) {
  const page = await opened.newPage();
  const frames = Object.getPrototypeOf(page.mainFrame());
  const { click } = frames;
  if (!click.isWhole) {
    frames.click = async function (...given) {
      await click.apply(this, given);
      if (!this.page().isClosed())
        await this.waitForLoadState('domcontentloaded');
    };
    frames.click.isWhole = true;
  }
  await page.close();
}

// The same as a person has it, who keeps what it keeps in the folder `profile`.
export async function openProfile(profile) {
  return chromium.launchPersistentContext(profile, browser);
}

// Of the program's documents, drawn by one template, one is enough.
const isOther = link => /\/om-programmet\/(?!roller$|rattslig-grund)/.test(link);

// Every page that can be reached by links from the two start pages, in the order found.
export async function everyPage(browser, url) {
  const page = await browser.newPage();
  const linksOf = html => page.evaluate(text => [...new DOMParser().parseFromString(text, 'text/html').querySelectorAll('a[href^="/"]:not([download])')]
    .map(a => a.getAttribute('href').split('#')[0]), html);
  const found = ['/', '/en/'];
  for (let i = 0; i < found.length && found.length < 200; i++) {
    const answer = await fetch(url + found[i]);
    const isPage = answer.headers.get('content-type')?.startsWith('text/html');
    const links = isPage ? await linksOf(await answer.text()) : [];
    for (const link of links)
      if (!found.includes(link) && link !== '/lamna' && !isOther(link) && !/\.(csv|json|sig|svg|ics|atom|pdf|xlsx|px|rdf)$/.test(link))
        found.push(link);
  }
  await page.close();
  return found;
}
