// A city of its own for each test file: made by `lykta demo`, served by `lykta serve` on a free port, removed after.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const program = process.env.LYKTA ?? 'build/src/lykta';

// Flags that keep the browser from calling its maker, so that every request it makes is the page's own.
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export async function openCity() {
  const folder = mkdtempSync(join(tmpdir(), 'lykta-e2e-'));
  const city = join(folder, 'city');
  const made = spawnSync(program, ['demo', city], { encoding: 'utf-8' });
  if (made.status !== 0)
    throw new Error(`lykta demo: exit status ${made.status}\n${made.stderr}`);
  const server = spawn(program, ['serve', city, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
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
    url, city, log,
    async close() {
      server.kill('SIGTERM');
      const status = await ended;
      rmSync(folder, { recursive: true, force: true });
      return status;
    },
  };
}

export async function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet });
}

// Every page that can be reached by links from the two start pages, in the order found.
export async function everyPage(browser, url) {
  const page = await browser.newPage({ javaScriptEnabled: false });
  const found = ['/', '/en/'];
  for (let i = 0; i < found.length && found.length < 200; i++) {
    const answer = await page.goto(url + found[i]);
    if (!answer.headers()['content-type']?.startsWith('text/html'))
      continue;
    const links = await page.$$eval('a[href^="/"]', all => all.map(a => a.getAttribute('href').split('#')[0]));
    for (const link of links)
      if (!found.includes(link) && link !== '/lamna' && !/\.(csv|json|sig|svg|ics|pdf)$/.test(link))
        found.push(link);
  }
  await page.close();
  return found;
}
