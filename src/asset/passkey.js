/* Passkeys: only the browser can ask its device for one, and only by this interface. What it answers goes into the fields
   of a form, which is then sent like any other. The form's token is the challenge. */
'use strict';
const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const asks = {
  async make(form) {
    const { host, city, person, account, known } = form.dataset;
    const made = await navigator.credentials.create({ publicKey: {
      challenge: bytes(form.elements.token.value),
      rp: { id: host, name: city },
      user: { id: bytes(person), name: account, displayName: account },
      pubKeyCredParams: [-7, -8, -257].map(alg => ({ type: 'public-key', alg })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: known.split(' ').filter(Boolean).map(id => ({ type: 'public-key', id: bytes(id) })),
      attestation: 'none',
      extensions: { prf: {} },
      timeout: 240000,
    } });
    return { id: made.rawId, client: made.response.clientDataJSON, device: made.response.getAuthenticatorData(),
      key: made.response.getPublicKey(), algorithm: made.response.getPublicKeyAlgorithm() };
  },
  async use(form) {
    const used = await navigator.credentials.get({ publicKey: {
      challenge: bytes(form.elements.token.value),
      rpId: form.dataset.host,
      userVerification: 'required',
      timeout: 240000,
    } });
    return { id: used.rawId, client: used.response.clientDataJSON, device: used.response.authenticatorData,
      signature: used.response.signature };
  },
  /* What opens a recipient's key: bytes that this device alone can make, and makes again for the same question. */
  async open(form) {
    const used = await navigator.credentials.get({ publicKey: {
      challenge: bytes(form.elements.token.value),
      rpId: form.dataset.host,
      allowCredentials: form.dataset.known.split(' ').filter(Boolean).map(id => ({ type: 'public-key', id: bytes(id) })),
      userVerification: 'required',
      extensions: { prf: { eval: { first: new TextEncoder().encode(form.dataset.question) } } },
      timeout: 240000,
    } });
    return { id: used.rawId, secret: used.getClientExtensionResults().prf.results.first };
  },
};

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential)
    continue;
  for (const needs of document.querySelectorAll('[data-passkey-needs]'))
    needs.hidden = true;
  form.hidden = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const failed = form.querySelector('[role=alert]');
    failed.hidden = true;
    try {
      for (const [name, value] of Object.entries(await asks[form.dataset.passkey](form)))
        form.elements[name].value = typeof value === 'number' ? value : text(value);
    } catch {
      failed.hidden = false;
      return;
    }
    form.submit();
  });
}
