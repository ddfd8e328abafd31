// Catalogues of open data, as rdflib reads them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

// Each data set with its titles by language, and its files with their formats.
const program = `
import json, sys
from rdflib import Graph, Namespace, RDF
from rdflib.namespace import DCTERMS, DCAT, FOAF
g = Graph()
g.parse(data=sys.stdin.read(), format='xml', publicID=sys.argv[1])
[catalogue] = g.subjects(RDF.type, DCAT.Catalog)
print(json.dumps({'publisher': str(g.value(g.value(catalogue, DCTERMS.publisher), FOAF.name)), 'sets': {str(s): {
    'titles': {t.language: str(t) for t in g.objects(s, DCTERMS.title)}, 'publisher': g.value(s, DCTERMS.publisher) == g.value(catalogue, DCTERMS.publisher),
    'replaces': str(g.value(s, DCTERMS.replaces)), 'start': str(g.value(g.value(s, DCTERMS.temporal), DCAT.startDate)),
    'files': {str(g.value(d, DCAT.downloadURL)): [str(g.value(d, DCTERMS['format'])), str(g.value(d, DCTERMS.license)), str(g.value(d, DCAT.accessURL))]
              for d in g.objects(s, DCAT.distribution)}} for s in g.objects(catalogue, DCAT.dataset)}}))
`;

export async function readCatalogue(address) {
  const answer = await fetch(address);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'application/rdf+xml');
  return JSON.parse(execFileSync('/usr/bin/python3', ['-c', program, address], { input: await answer.text(), encoding: 'utf-8' }));
}
