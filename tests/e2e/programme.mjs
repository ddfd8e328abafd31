// A programme and five cities of its own for each test file: made by `lykta demo --programme`, the programme served on a free port.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { database, program } from './city.mjs';

export function run(...args) {
  const ended = spawnSync(program, args, { encoding: 'utf-8' });
  if (ended.status !== 0)
    throw new Error(`lykta ${args.join(' ')}: exit status ${ended.status}\n${ended.stderr}`);
  return ended.stdout;
}

// `prepare(the programme)` is called before it is served. Cities go by the names of their folders: "malmo", "lund", ...
export async function openProgramme(prepare = () => {}) {
  const above = mkdtempSync(join(tmpdir(), 'lykta-e2e-'));
  const folder = join(above, 'demo');
  const began = Date.now();
  const told = run('demo', folder, '--programme', ...database());
  const programme = {
    folder, told, seconds: (Date.now() - began) / 1000,
    home: join(folder, 'programme'),
    password: told.match(/Password for all of them: (\S+)/)[1],
    accounts: Object.fromEntries([...told.matchAll(/^  ([a-z-]+) +(\S+@skane\.example)$/gm)].map(m => [m[1], m[2]])),
    city: name => join(folder, name),
    release: (name, year = 2006) => {
      const all = join(folder, name, 'files/releases');
      return join(all, readdirSync(all).find(release => release.endsWith(`-${year}`)));
    },
    // What is dragged to the form: all files of what the city hands over.
    handedOver: name => readdirSync(join(folder, 'releases', name)).map(file => join(folder, 'releases', name, file)),
  };
  await prepare(programme);
  const server = spawn(program, ['serve', programme.home, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  programme.url = await new Promise((resolve, reject) => {
    createInterface(server.stdout).on('line', line => resolve(line.match(/http:\/\/\S+:\d+/)[0]));
    server.on('exit', status => reject(new Error(`lykta serve ended with ${status}`)));
  });
  programme.close = () => {
    server.kill('SIGTERM');
    rmSync(above, { recursive: true, force: true });
  };
  return programme;
}
