/**
 * The browser's answers for `test_two_readers.py`: {folder, queries: [{text, options}]} on standard input, a list of answers on standard output.
 */
'use strict';

const { serve, zwgk } = require('./load_client.js');

const answer = async (base, { text, options }) => {
  try {
    const { total, mode, used, hits, facets, suggestions } = await zwgk.search(text, Object.assign({ base }, options));
    return {
      total, mode, used, facets, suggestions,
      hits: hits.map(({ url, score, snippet, matched, titleMarks, snippetMarks }) => ({ url, score, snippet, matched, titleMarks, snippetMarks })),
    };
  } catch (failure) {
    return { error: failure.code || String(failure.stack) };
  }
};

const main = async () => {
  const { folder, queries } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  const base = serve(folder);
  const found = [];
  for (const query of queries) found.push(await answer(base, query));
  process.stdout.write(JSON.stringify(found));
};

main();
