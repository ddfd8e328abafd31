// A mail server of the test's own: it takes letters into a folder and sends none on.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = path => fileURLToPath(new URL(path, import.meta.url));

export async function openPost() {
  const folder = mkdtempSync(join(tmpdir(), 'lykta-post-'));
  const server = spawn('/usr/bin/python3', [here('../unit/mail/sink.py'), folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = await new Promise(resolve => createInterface(server.stdout).once('line', resolve));
  const read = () => {
    const done = spawnSync('/usr/bin/python3', [here('letters.py'), folder], { encoding: 'utf-8', maxBuffer: 1 << 26 });
    if (done.status !== 0)
      throw new Error(done.stderr);
    return JSON.parse(done.stdout);
  };
  // Read again only when more have come: a letter is a file that appears whole.
  let known = { count: 0, letters: [] };
  const letters = () => {
    const count = readdirSync(folder).filter(name => name.endsWith('.eml')).length;
    if (count !== known.count)
      known = { count, letters: read() };
    return known.letters;
  };
  return {
    port, letters,
    // The letters that `match` is true for, when there are at least `n` of them.
    async wait(n, match) {
      for (let i = 0; i < 400; i++) {
        const found = letters().filter(match);
        if (found.length >= n)
          return found;
        await new Promise(resolve => setTimeout(resolve, 50));
      }
      throw new Error(`${n} letters did not come: ${JSON.stringify(letters().map(l => [l.to, l.subject]))}`);
    },
    close() {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
