/* Telling, where there is JavaScript: what points at somebody is named while it is written, and what has been chosen and
   written stays when the connection is gone. The server looks again at all of it; without this script it alone does. */
'use strict';

/* The lists of lib/words/scanner_words.c, put in when the program is built. */
const lists = LISTS;

const digits = text => text.replace(/\D/g, '');

function isDay(text) {
  const ten = digits(text).slice(-10);
  const day = Number(ten.slice(4, 6));
  return Number(ten.slice(2, 4)) >= 1 && Number(ten.slice(2, 4)) <= 12 && day >= 1 && (day <= 31 || (day > 60 && day <= 91));
}

function luhnHolds(text) {
  const products = [...digits(text).slice(-10)].map((digit, i) => Number(digit) * (i % 2 ? 1 : 2));
  return products.reduce((sum, n) => sum + Math.floor(n / 10) + n % 10, 0) % 10 === 0;
}

/* Free help lines begin with 020 and may be named; 0830-1030 are times, and 01 02 2026 is a day. */
function isPhone(text) {
  const n = digits(text).length;
  return n >= 8 && n <= 15 && !/^020/.test(text) && !/^[012]\d[0-5]\d\D[012]\d[0-5]\d$/.test(text) && !/^[0-3]\d\D[01]\d\D\d{4}$/.test(text);
}

const begins = (word, list) => list.some(stem => word.startsWith(stem));
function isOf(word, kind) {
  const small = word.toLowerCase();
  return begins(small, lists[`${kind}_stems`]) ||
    (lists[`${kind}_words`].includes(small) && !(lists.capital_only.includes(small) && small === word));
}

const rules = [
  ['identity', /(?<![\p{L}\d_.,])(?:19|20)?\d{6}[-+ –]?\d{4}(?!\d)/gu, text => isDay(text) && (/[-+–]/.test(text) || luhnHolds(text))],
  ['phone', /(?<![\p{L}\d_.,])(?:\+|0)\d*(?:[ \u00a0/()+–-]{1,3}\d+)*/gu, isPhone],
  ['email', /[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['handle', /@[\w.%+-]+|(?:https?:\/\/|www\.|t\.me\/)[^\s,]+|[\w.%+-]+\.(?:com|se)\/[^\s,]+|(?<![\p{L}\d])[\p{L}\d]+_[\p{L}\d_]+/gu],
  ['plate', /\b(?:[A-HJ-PR-UW-Z]{3}[ -]?|[a-hj-pr-uw-z]{3})\d\d[\da-np-zA-NP-Z]\b/g],
  ['origin', /[\p{L}\d_]+/gu, word => isOf(word, 'origin')],
  ['health', /[\p{L}\d_]+/gu, word => isOf(word, 'health')],
];

/* [kind, what stands there] of each place, the stricter kind where two fit. */
function findings(text) {
  const found = [];
  for (const [kind, pattern, holds = () => true] of rules)
    for (const match of text.matchAll(pattern)) {
      const [from, end] = [match.index, match.index + match[0].length];
      if (holds(match[0]) && !found.some(other => from < other.end && other.from < end))
        found.push({ kind, from, end, text: match[0] });
    }
  return found.sort((a, b) => a.from - b.from);
}

for (const field of document.querySelectorAll('textarea[data-scan]')) {
  const note = document.getElementById(field.dataset.scan);
  field.addEventListener('input', () => {
    const found = findings(field.value);
    note.querySelector('ul').replaceChildren(...found.map(({ kind, text }) => {
      const row = document.createElement('li');
      const what = document.createElement('strong');
      what.textContent = text;
      row.append(what, `: ${note.dataset[kind]}`);
      return row;
    }));
    note.hidden = found.length === 0;
  });
}

for (const form of document.querySelectorAll('main form[method=post]'))
  form.addEventListener('submit', event => {
    const lost = document.getElementById('bruten');
    lost.hidden = navigator.onLine;
    if (navigator.onLine)
      return;
    event.preventDefault();
    lost.focus();
  });
