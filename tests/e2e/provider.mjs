// A municipality's provider of sign-in: glewlwyd, an OpenID Connect server we did not write, over TLS with an authority
// made for the test. It answers on localhost, another site than the city's 127.0.0.1, as in the world.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import './localhost.mjs';

export function freePort() {
  return new Promise(resolve => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function run(folder, program, args, input) {
  const out = spawnSync(program, args, { cwd: folder, input, encoding: 'utf-8' });
  if (out.status !== 0)
    throw new Error(`${program} ${args[0]}: ${out.error ?? out.stderr}`);
}

// A certificate for localhost (tls.key, tls.pem) by an authority of its own (ca.pem).
export function makeAuthority(folder) {
  const key = name => ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', name];
  run(folder, 'openssl', ['req', '-x509', ...key('ca.key'), '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test authority']);
  run(folder, 'openssl', ['req', ...key('tls.key'), '-out', 'tls.csr', '-subj', '/CN=localhost']);
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n');
  run(folder, 'openssl', ['x509', '-req', '-in', 'tls.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial',
    '-days', '2', '-extfile', 'names', '-out', 'tls.pem']);
}

function writeSettings(folder, port) {
  const set = {
    port, bind_address: '"127.0.0.1"', external_url: `"https://localhost:${port}"`, log_mode: '"console"',
    static_files_path: `"${folder}/web/"`, use_secure_connection: 'true',
    secure_connection_key_file: `"${folder}/tls.key"`, secure_connection_pem_file: `"${folder}/tls.pem"`,
  };
  const kept = readFileSync('/etc/glewlwyd/glewlwyd.conf', 'utf-8').split('\n').filter(line => !/^#|^@include|ca_file/.test(line)
    && !Object.keys(set).some(name => line.startsWith(name + '=')));
  writeFileSync(join(folder, 'glewlwyd.conf'), [...kept, ...Object.entries(set).map(([name, value]) => `${name}=${value}`),
    `database = { type = "sqlite3"; path = "${folder}/glewlwyd.db"; };`, ''].join('\n'));
  // Its pages are links into other packages, which it does not follow.
  cpSync('/usr/share/glewlwyd/webapp', join(folder, 'web'), { recursive: true, dereference: true, filter: from => !from.endsWith('config.json') });
  copyFileSync('/etc/glewlwyd/config-2.7.json/config.json', join(folder, 'web', 'config.json'));
  run(folder, 'sqlite3', ['glewlwyd.db'], readFileSync('/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3'));
}

// `people` are the names of those who can sign in, all with the password `password`; `returnTo` is the city's address to
// come back to.
export async function openProvider({ people, returnTo }) {
  const folder = mkdtempSync(join(tmpdir(), 'lykta-provider-'));
  const port = await freePort();
  const url = `https://localhost:${port}`;
  const issuer = `${url}/api/oidc`;
  const secret = 'abc-DEF_123.45~6';
  const password = 'kommunens lösen';
  let server, ended;

  makeAuthority(folder);
  run(folder, 'openssl', ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'sign.key']);
  run(folder, 'openssl', ['pkey', '-in', 'sign.key', '-pubout', '-out', 'sign.pub']);
  writeSettings(folder, port);
  const ca = readFileSync(join(folder, 'ca.pem'));

  async function start() {
    server = spawn('glewlwyd', ['--config-file=glewlwyd.conf'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    ended = new Promise(resolve => server.on('exit', resolve));
    const log = [];
    await new Promise((resolve, reject) => {
      for (const stream of [server.stdout, server.stderr])
        createInterface(stream).on('line', line => {
          log.push(line);
          if (line.includes('Glewlwyd started'))
            resolve();
        });
      server.on('error', reject);
      server.on('exit', status => reject(new Error(`glewlwyd ended with ${status}\n${log.join('\n')}`)));
    });
  }

  async function stop() {
    server.kill('SIGTERM');
    await ended;
  }

  let cookie = '';
  function tell(method, path, body) {
    return new Promise((resolve, reject) => {
      const asked = request(url + path, { method, ca, headers: { 'Content-Type': 'application/json', Cookie: cookie } }, answer => {
        cookie = answer.headers['set-cookie']?.[0].split(';')[0] ?? cookie;
        answer.resume().on('end', () => answer.statusCode === 200 ? resolve() : reject(new Error(`${path}: ${answer.statusCode}`)));
      });
      asked.on('error', reject);
      asked.end(JSON.stringify(body));
    });
  }

  await start();
  await tell('POST', '/api/auth/', { username: 'admin', password: 'password' });
  await tell('POST', '/api/mod/plugin/', {
    module: 'oidc', name: 'oidc', display_name: 'oidc', parameters: {
      iss: issuer, 'jwt-type': 'rsa', 'jwt-key-size': '256', key: readFileSync(join(folder, 'sign.key'), 'utf-8'),
      cert: readFileSync(join(folder, 'sign.pub'), 'utf-8'), 'access-token-duration': 300, 'refresh-token-duration': 600,
      'code-duration': 60, 'refresh-token-rolling': false, 'allow-non-oidc': false, 'auth-type-code-enabled': true,
      'auth-type-token-enabled': false, 'auth-type-id-token-enabled': true, 'auth-type-none-enabled': false,
      'auth-type-password-enabled': false, 'auth-type-client-enabled': false, 'auth-type-device-enabled': false,
      'auth-type-refresh-enabled': false, scope: [], 'pkce-allowed': true, 'pkce-method-plain-allowed': false,
      'pkce-required': true, 'jwks-show': true, 'subject-type': 'public', 'oauth-as-iss-id': true,
    },
  });
  for (const name of people)
    await tell('POST', '/api/user/', { username: name, name: `Exempel ${name}`, password, enabled: true, scope: ['openid', 'g_profile'] });
  await tell('POST', '/api/client/', {
    client_id: 'lykta', name: 'Lykta', confidential: true, client_secret: secret, redirect_uri: [returnTo],
    authorization_type: ['code'], token_endpoint_auth_method: ['client_secret_basic'], enabled: true,
  });

  return {
    url, issuer, secret, password, authorities: join(folder, 'ca.pem'), start, stop,
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
