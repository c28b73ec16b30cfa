'use strict';

const assert = require('node:assert');
const path = require('node:path');
const test = require('node:test');
const { serve, zwgk } = require('./load_client.js');
const { find, readDocuments } = require('./brute_force.js');

const folder = process.env.ZWGK_INDEXES;
const skip = folder ? false : 'run by test_client.py, which writes the indexes';

const random = (seed) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

const FIELDS = ['title', 'title', 'body', 'body', 'body', 'keywords', 'attachments', 'document_number', 'identifiers'];

/** A piece of some document's text, now and then with another ending; without what a query gives a meaning of its own. */
const pickText = (next, documents, longest) => {
  const document = documents[Math.floor(next() * documents.length)];
  const text = String(document[FIELDS[Math.floor(next() * FIELDS.length)]]);
  const start = Math.floor(next() * text.length);
  let piece = text.slice(start, start + 1 + Math.floor(next() * longest));
  if (next() < 0.15) piece = piece.slice(0, -1) + '公';
  return piece.replace(/[\s"“「\-:：]/g, '');
};

/** Characters between gaps have no term. The text tells, if not too many have to be read, and if there is a term besides. */
const standsAlone = (units, name) => {
  const isNear = (at) => at >= 0 && at + 1 < units.length && units[at].position + 1 === units[at + 1].position;
  const alone = units.map((_, at) => !zwgk.isWord(units[at].unit) && !isNear(at) && !isNear(at - 1));
  return units.length > 1 && alone.includes(true) && (name !== 'single' || !alone.includes(false));
};

const keysOf = (handles) => handles.map(({ segment, id }) => segment + ':' + id).sort();

const check = async (name, rounds, longest) => {
  const base = serve(path.join(folder, name));
  const documents = readDocuments(path.join(folder, name));
  const next = random(rounds);
  let found = 0;
  for (let round = 0; round < rounds; round += 1) {
    const texts = Array.from({ length: 1 + Math.floor(next() * 2.4) }, () => pickText(next, documents, longest));
    const withouts = next() < 0.2 ? [pickText(next, documents, 3)] : [];
    const quote = next() < 0.2;
    const query = texts.map((text) => (quote ? '"' + text + '"' : text)).concat(withouts.map((text) => '-' + text)).join(' ');
    const { parts, excluded } = zwgk.parse(query);
    if (!parts.length || zwgk.numberWritings(zwgk.wordsOf({ parts })).length) continue;
    if (parts.length > 1 && parts.some(({ text }) => /[局市县]$/.test(text))) continue;
    const units = ({ phrases }) => phrases[0].units;
    if (parts.concat(excluded).some((part) => standsAlone(units(part), name))) continue;
    const expected = find(documents, parts.map(units), excluded.map(units));
    const answer = await zwgk.search(query, { base, limit: Infinity, texts: false });
    if (expected.length || answer.mode === 'exact') {
      assert.deepStrictEqual(keysOf(answer.hits), expected, query);
      assert.strictEqual(answer.mode, 'exact', query);
      found += 1;
    }
    if (quote) assert.ok(['exact', 'none'].includes(answer.mode), query);
    assert.strictEqual(answer.total, answer.hits.length);
  }
  assert.ok(found > rounds / 3, 'too few queries found something: ' + found);
};

test('a few texts: every query finds what containment finds', { skip }, () => check('random', 400, 8));
test('long phrases find what containment finds', { skip }, () => check('random', 150, 30));
test('many texts, files for long lists: the same', { skip }, () => check('large', 150, 6));
test('many texts, long phrases: the same', { skip }, () => check('large', 60, 24));
test('base and deltas without the dead: the same', { skip }, () => check('deltas', 250, 8));
test('a segment in one file: the same', { skip }, () => check('single', 150, 8));

test('facets are counted over all hits, each without its own filter', { skip }, async () => {
  const base = serve(path.join(folder, 'deltas'));
  const documents = readDocuments(path.join(folder, 'deltas'));
  const next = random(11);
  const values = (document, facet) => (facet === 'year' ? [document.date.slice(0, 4)].filter(Boolean) : document.facets[{ department: 0, genre: 4 }[facet]].map(([key]) => key));
  for (let round = 0; round < 60; round += 1) {
    const query = pickText(next, documents, 3);
    const { parts } = zwgk.parse(query);
    if (!parts.length || zwgk.numberWritings(query).length) continue;
    const matching = new Set(find(documents, [parts[0].phrases[0].units]));
    const filters = {};
    if (next() < 0.6) filters.department = next() < 0.5 ? 'wjj' : ['jyj', 'czj'];
    if (next() < 0.4) filters.genre = 'tz';
    if (next() < 0.4) filters.year = '2016';
    const passes = (document, except) => Object.keys(filters).every((facet) => facet === except || values(document, facet).some((value) => [].concat(filters[facet]).includes(value)));
    const found = documents.filter(({ segment, id }) => matching.has(segment + ':' + id));
    if (!found.length) continue;
    const answer = await zwgk.search(query, Object.assign({ base, limit: Infinity, texts: false }, filters));
    assert.deepStrictEqual(keysOf(answer.hits), keysOf(found.filter((document) => passes(document))), query);
    for (const facet of ['department', 'genre', 'year']) {
      const counts = {};
      for (const document of found) if (passes(document, facet)) for (const value of values(document, facet)) counts[value] = (counts[value] || 0) + 1;
      assert.deepStrictEqual(Object.fromEntries(answer.facets[facet].map(({ value, count }) => [value, count])), counts, query + ' ' + facet);
    }
  }
});

test('marks and snippets stand in the texts they belong to', { skip }, async () => {
  const base = serve(path.join(folder, 'random'));
  const documents = readDocuments(path.join(folder, 'random'));
  const next = random(5);
  for (let round = 0; round < 60; round += 1) {
    const query = pickText(next, documents, 4);
    const { parts } = zwgk.parse(query);
    if (!parts.length) continue;
    const { hits, mode } = await zwgk.search(query, { base, facets: false });
    for (const hit of hits) {
      assert.ok(hit.snippet.length <= 100 && hit.url.startsWith('x/'));
      for (const [text, marks] of [[hit.title, hit.titleMarks], [hit.snippet, hit.snippetMarks]]) {
        let before = -1;
        for (const [start, end] of marks) {
          assert.ok(before < start && start < end && end <= text.length);
          before = end;
        }
      }
      if (mode === 'exact' && hit.matched === 'title') assert.ok(hit.titleMarks.length, query);
      if (mode === 'exact' && hit.matched === 'body') assert.ok(hit.snippetMarks.length, query);
    }
  }
});
