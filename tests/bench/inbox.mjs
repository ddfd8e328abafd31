// How soon an inbox of many sealed reports is there, over HTTP: docs/measurements/sealing.md. No test: it prints figures.
import { Agent } from 'node:http';
import { openHouse } from '../e2e/house.mjs';
import { ask, form } from '../e2e/teller.mjs';

const reports = Number(process.env.REPORTS ?? 1000);
const house = await openHouse(['mottagare']);
try {
  const { city } = house;
  const page = await house.signIn('mottagare', { bypassCSP: true });
  await house.becomeRecipient(page);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let told = 0;
  const teller = async () => {
    while (told < reports) {
      told++;
      const answer = await ask(city, 'POST', '/iakttagelse', await form(city, agent), agent);
      if (answer.status >= 400)
        throw new Error(`telling: ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, teller));
  agent.destroy();
  await house.unlock(page);
  await page.waitForSelector('tbody a');
  const lines = await page.evaluate(async reports => {
    const out = [];
    const look = async path => {
      const answer = await fetch(path);
      if (answer.status !== 200)
        throw new Error(`${path}: ${answer.status}`);
      return (await answer.text()).length;
    };
    for (let i = 0; i < 5; i++) {
      const began = performance.now();
      const bytes = await look('/bedomning');
      out.push(`GET /bedomning: ${Math.round(performance.now() - began)} ms, ${bytes} bytes`);
    }
    const began = performance.now();
    let next = 0;
    const reader = async () => {
      while (next < reports)
        await look(`/bedomning/${++next}`);
    };
    await Promise.all(Array.from({ length: 4 }, reader));
    out.push(`each of ${reports} opened: ${((performance.now() - began) / 1000).toFixed(2)} s`);
    return out;
  }, reports);
  console.log(lines.join('\n'));
  console.log(`GET /iakttagelse: ${Buffer.byteLength((await ask(city, 'GET', '/iakttagelse')).text)} bytes`);
} finally {
  await house.close();
}
