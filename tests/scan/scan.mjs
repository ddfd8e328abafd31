// A scanner we did not write (wapiti) walks the example city signed in as each role and attacks every form it finds.
// usage: node tests/scan/scan.mjs [ROLE…] [--minutes N] >RESULT.json
// Its findings are told in docs/security.md. It crawls for N minutes as each role, then attacks for a third of that with each of the modules: it
// is run by hand.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, openCity, signIn } from '../e2e/city.mjs';

// What it does without calling others: no look-ups of known products on the net.
const modules = ['backup', 'blindsql', 'cookieflags', 'crlf', 'csp', 'csrf', 'exec', 'file', 'htaccess', 'http_headers',
  'methods', 'permanentxss', 'redirect', 'shellshock', 'sql', 'xss'];

const driver = join(import.meta.dirname, 'wapiti.py');
const roles = process.argv.slice(2).filter(word => /^[a-z]/.test(word));
const at = process.argv.indexOf('--minutes');
const seconds = 60 * (at > 0 ? Number(process.argv[at + 1]) : 3);
const everyone = ['reader', 'member', 'coordinator', 'triage', 'analyst', 'approver', 'programme-lead', 'auditor', 'administrator'];

async function cookieOf(browser, city, role) {
  const page = await browser.newPage();
  await signIn(page, city, role);
  const cookie = (await page.context().cookies()).find(one => one.name === '__Host-lykta');
  await page.close();
  return `${cookie.name}=${cookie.value}`;
}

// What ends the session it scans with, and the page that leads away.
const leftOut = ['logga-ut*', 'lamna*', 'konto/*', 'personer/*/logga-ut*', 'personer/*/enhet*'];

// A city of its own for each role: what one has sent, closed or ended is not in the way of the next.
async function scan(browser, role) {
  const city = await openCity();
  const folder = mkdtempSync(join(tmpdir(), 'lykta-scan-'));
  const report = join(folder, 'report.json');
  try {
    const headers = [`Origin: ${city.url}`, ...(role === 'reader' ? [] : [`Cookie: ${await cookieOf(browser, city, role)}`])];
    city.log.splice(0);
    await run('/usr/bin/python3', [driver, '-u', city.url + '/', '--scope', 'domain', '-m', modules.join(','), '-f', 'json', '-o', report,
      '--store-session', folder, '--store-config', join(folder, 'config'), '--flush-session', '--max-scan-time', String(seconds),
      '--max-attack-time', String(seconds / 3), '--no-bugreport', '-v', '0', ...headers.flatMap(header => ['-H', header]),
      ...leftOut.flatMap(path => ['', 'en/'].flatMap(prefix => ['-x', `${city.url}/${prefix}${path}`]))]);
    const found = JSON.parse(readFileSync(report, 'utf-8'));
    return { ...askedOf(city.log), found: [...listOf(found.vulnerabilities), ...listOf(found.anomalies)] };
  } finally {
    await city.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

// Waits for it; meanwhile the server's log is read, or the server would wait for a reader.
function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', status => status === 0 ? resolve() : reject(new Error(`wapiti: exit status ${status}`)));
  });
}

// What the server's own log says: how much was asked, of how many routes, and how often it failed.
function askedOf(log) {
  const lines = log.map(line => line.match(/event=request method=(\S+) route=(\S+) status=(\d+)/)).filter(line => line);
  return { requests: lines.length, forms: lines.filter(line => line[1] === 'POST').length, routes: new Set(lines.map(line => line[2])).size,
    failed: lines.filter(line => Number(line[3]) >= 500).length };
}

// One row a class and place, with wapiti's own words.
function listOf(classes) {
  return Object.entries(classes).flatMap(([name, findings]) => findings.map(one => (
    { class: name, level: one.level, method: one.method, path: one.path, parameter: one.parameter, says: one.info })));
}

const browser = await openBrowser();
const result = {};
try {
  for (const role of roles.length ? roles : everyone)
    result[role] = await scan(browser, role);
} finally {
  await browser.close();
}
console.log(JSON.stringify(result, null, 1));
