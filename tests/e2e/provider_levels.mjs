// A second provider, oidc-provider (certified by the OpenID Foundation), for what glewlwyd does not do: levels of
// assurance, cancelling, other algorithms, and pages of its own that need no JavaScript.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './localhost.mjs';
import Provider from 'oidc-provider';
import { freePort, makeAuthority } from './provider.mjs';

export const levels = ['http://id.elegnamnden.se/loa/1.0/loa2', 'http://id.elegnamnden.se/loa/1.0/loa3'];

const keys = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};

const page = uid => `<!doctype html><html lang="sv"><title>Provider</title><h1>Provider</h1>
<form method="post" action="/interaction/${uid}"><label>Name <input name="name"></label>
<label>Level <select name="level">${levels.map(x => `<option>${x}</option>`).join('')}</select></label><button>Go on</button></form>
<p><a href="/interaction/${uid}/cancel">Cancel</a></p>`;

async function formOf(request) {
  let body = '';
  for await (const piece of request)
    body += piece;
  return new URLSearchParams(body);
}

// Who signs in, as the person says on a page without JavaScript.
async function interact(provider, request, response, path) {
  const [, , uid, what] = path.split('/');
  if (what === 'cancel')
    return provider.interactionFinished(request, response, { error: 'access_denied' });
  if (request.method !== 'POST')
    return response.setHeader('Content-Type', 'text/html').end(page(uid));
  const form = await formOf(request);
  return provider.interactionFinished(request, response, { login: { accountId: form.get('name'), acr: form.get('level') } });
}

// The person's leave for what is asked, given beforehand.
async function grant({ oidc }) {
  const given = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
  given.addOIDCScope('openid');
  await given.save();
  return given;
}

export async function openLevels({ alg, returnTo }) {
  const folder = mkdtempSync(join(tmpdir(), 'lykta-provider-'));
  const issuer = `https://localhost:${await freePort()}`;
  const secret = 'ett hemligt ord: 50 % + a=/';

  makeAuthority(folder);
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'lykta', client_secret: secret, redirect_uris: [returnTo], grant_types: ['authorization_code'],
      response_types: ['code'], id_token_signed_response_alg: alg,
    }],
    jwks: { keys: [{ ...keys[alg]().privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: `key of ${alg}` }] },
    enabledJWA: { idTokenSigningAlgValues: [alg] },
    cookies: { keys: ['of the test'] },
    acrValues: levels,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    loadExistingGrant: grant,
  });
  const callback = provider.callback();
  const server = createServer({ key: readFileSync(join(folder, 'tls.key')), cert: readFileSync(join(folder, 'tls.pem')) },
    (request, response) => request.url.startsWith('/interaction/')
      ? interact(provider, request, response, request.url).catch(fault => response.writeHead(500).end(String(fault)))
      : callback(request, response));
  await new Promise(resolve => server.listen(Number(new URL(issuer).port), 'localhost', resolve));
  return {
    url: issuer, issuer, secret, authorities: join(folder, 'ca.pem'),
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
