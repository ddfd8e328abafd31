// Telling without a browser: the requests that a form makes.
import { request } from 'node:http';

export function ask(city, method, path, fields, agent) {
  const body = fields ? new URLSearchParams(fields).toString() : '';
  const headers = { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const asked = request(city.url + path, { method, agent, headers }, answer => {
      let text = '';
      answer.setEncoding('utf-8').on('data', part => text += part).on('end', () => resolve({ status: answer.statusCode, text }));
      answer.on('error', reject);
    });
    asked.on('error', reject).end(body);
  });
}

// The last step of a form of its own, as a person's would be: the same one sent again is the same report.
export async function form(city, agent) {
  const page = await ask(city, 'GET', '/iakttagelse', undefined, agent);
  const token = page.text.match(/name="token" value="([^"]+)"/)[1];
  return { token, plats: 'hotel', tecken: 'HO07', nar: 'idag', sett: '1', steg: 'skicka' };
}
