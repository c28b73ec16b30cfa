// The engine of zwgk_site for search-bench's harness (contract: shell.html). Everything loads with the first query.
let client;
const loadScript = (src) => new Promise((done, failed) => {
  const script = Object.assign(document.createElement('script'), { src, onload: done, onerror: () => failed(new Error(src)) });
  document.head.append(script);
});
const engine = async () => { await (client ||= loadScript('search/client.js')); return window.zwgk; };
let articles;
window.answer = async (query, options) => (await engine()).search(query, options);
window.peer = {
  // The page shows ten hits with their texts, the count and the facets: that is one call of the engine.
  async search(query) {
    const answer = await window.answer(query, { limit: 10, facets: true });
    const hits = new Array(answer.total).fill(null);
    answer.hits.forEach((hit, place) => { hits[place] = hit; });
    return hits;
  },
  id: (hit) => hit.url.split('/')[1],
  render: (hits) => hits.map((hit) => `<b>${window.esc(hit.title)}</b> ${window.esc(hit.snippet)}`),
};
// All hits in rank order as numbers of articles; ids.js says which document is which article.
const EVERYTHING = { limit: Infinity, facets: false, texts: false };
const ask = async (query) => {
  await (articles ||= loadScript('ids.js'));
  const { hits, mode, used } = await window.answer(query, EVERYTHING);
  return { ids: hits.map((hit) => window.ARTICLES[hit.segment][hit.id]), mode, used };
};
window.ids = async (query) => (await ask(query)).ids;
window.batch = async (queries) => {
  const found = [];
  for (const query of queries) {
    const start = performance.now();
    try {
      const answer = await ask(query);
      found.push({ ...answer, ms: performance.now() - start });
    } catch (error) {
      found.push({ ids: [], ms: performance.now() - start, error: String(error) });
    }
  }
  return found;
};
// What tells one list of answers from another, short enough to compare thousands.
window.digests = async (queries) => (await window.batch(queries)).map(({ ids, error }) => {
  if (error) return error;
  let sum = 0;
  for (const id of ids) sum = (Math.imul(sum, 31) + id + 1) | 0;
  return `${ids.length} ${ids.slice(0, 5).join(',')} ${sum}`;
});
// Count, mode and first page of each, to hold against another reader of the same index.
window.pages = async (queries) => {
  const found = [];
  for (const query of queries) {
    const { total, mode, hits } = await window.answer(query, { limit: 10 });
    found.push([total, mode, hits.map((hit) => hit.url)]);
  }
  return found;
};
