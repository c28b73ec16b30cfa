/**
 * The search itself: `zwgk.search`, `zwgk.all`, `zwgk.fetchHits`. Shows nothing: that is the duty of `search_box.js`.
 */
(() => {
  'use strict';

  const script = typeof document === 'undefined' ? null : document.currentScript;
  const home = script && 'src' in script ? new URL('.', script.src).href : '';
  /** Fewer hits than these, none of them by its title, call for suggestions. */
  const FEW = 5;
  const IN_TITLE = 20000;

  /** The query; a character that no segment has may be a traditional one. @type {(index: SearchIndex, text: string) => Promise<Query>} */
  const readQuery = async (index, text) => {
    const isKnown = zwgk.splitUnits(text).every(({ unit }) => index.segments.some(({ head }) => zwgk.unitKey(head, unit)));
    if (!isKnown) await zwgk.need(index.base, 'fallback').then(() => zwgk.loadForms(index));
    return zwgk.parse(text);
  };

  /** @type {(index: SearchIndex, query: Query) => Promise<Outcome>} */
  const tryReadings = async (index, query) => {
    const { parts } = query;
    /** @type {Attempt} */
    const attempt = async (mode, tried, more) => {
      const found = await zwgk.matchQuery(index, tried, mode === 'facts');
      const total = found.reduce((sum, { ids }) => sum + ids.length, 0);
      return Object.assign({ mode, query: tried, found, total, used: zwgk.wordsOf(tried), suggestions: [] }, more);
    };
    const isFree = parts.some(({ exact }) => !exact);
    const writings = isFree ? zwgk.numberWritings(zwgk.wordsOf(query)) : [];
    const isNumber = writings.length > 0;
    const exact = isNumber && parts.length > 1 ? null : await attempt('exact', query, { isNumber });
    if (exact && exact.total) return exact;
    for (const writing of writings) {
      const outcome = await attempt('number', zwgk.withParts(query, [writing]), { isNumber });
      if (outcome.total) return outcome;
    }
    const plain = exact || (await attempt('exact', query));
    if (!plain.total) plain.mode = 'none';
    if (plain.total || !isFree) return plain;
    await zwgk.need(index.base, 'fallback');
    return zwgk.tryOthers({ index, query, exact: plain, attempt });
  };

  /** What was found last: the next page, a filter or the texts of the same query need no second search. @type {{index: SearchIndex | null, text: string, outcome: Promise<any>}} */
  let last = { index: null, text: '', outcome: Promise.resolve() };

  /** @type {(index: SearchIndex, text: string) => Promise<Outcome>} */
  const findHits = (index, text) => {
    if (last.index !== index || last.text !== text) {
      last = { index, text, outcome: readQuery(index, text).then((query) => tryReadings(index, query)) };
      last.outcome.catch(() => {
        last.index = null;
      });
    }
    return last.outcome;
  };

  /** @type {(index: SearchIndex, handles: Handle[], query: Query) => Promise<Hit[]>} */
  const showHits = (index, handles, query) =>
    Promise.all(
      handles.map((handle) => {
        const segment = index.segments.find(({ ref }) => ref.id === handle.segment);
        if (!segment) throw zwgk.searchError('missing', handle.segment);
        return zwgk.makeHit(segment, handle, query.parts);
      })
    );

  /** @type {(index: SearchIndex, outcome: Outcome, best?: Handle) => Promise<string[]>} */
  const suggest = async (index, { mode, total, query, suggestions }, best) => {
    if (mode !== 'exact' || total >= FEW || (best && best.score >= IN_TITLE) || query.parts.some(({ exact }) => exact)) return suggestions;
    await zwgk.need(index.base, 'fallback');
    return zwgk.suggestWordings(index, query);
  };

  /** @type {(text: string, options: Options) => Promise<Answer>} */
  const answer = async (text, options) => {
    const { limit = 10, offset = 0, sort, facets: isCounted = true, texts = true } = options;
    const index = await zwgk.openIndex(options.base || home);
    const { parts, filters: asked } = zwgk.parse(text);
    const filters = zwgk.gatherFilters(asked, options);
    const isFiltered = Object.keys(filters).length > 0;
    if (!parts.length && !isFiltered) return { total: 0, mode: 'none', used: '', facets: {}, hits: [], suggestions: [], links: [] };
    const isSorted = isCounted || isFiltered || sort === 'date' || index.segments.length > 1;
    if (isSorted) for (const segment of index.segments) zwgk.loadColumns(segment).catch(() => {});
    const outcome = await findHits(index, text);
    const ids = outcome.found.map((match) => match.ids);
    const { kept, facets, columns } = isSorted ? await zwgk.filterHits(index, ids, filters, isCounted) : { kept: ids, facets: {}, columns: [] };
    const handles = zwgk.rankHits(index, outcome, kept, columns, sort);
    const total = handles.length;
    const shown = handles.slice(offset, offset + limit);
    const [hits, suggestions] = await Promise.all([texts ? showHits(index, shown, outcome.query) : shown, suggest(index, outcome, handles[0])]);
    return { total, mode: outcome.mode, used: outcome.used, facets, hits, suggestions, links: [] };
  };

  /** An index that was replaced while the page was open is opened anew, once. @type {Zwgk['search']} */
  const search = async (text, options = {}) => {
    const base = options.base || home;
    const describe = async () => JSON.stringify((await zwgk.openIndex(base)).manifest);
    const manifest = await describe();
    return answer(text, options).catch(async (failure) => {
      if (failure.code === 'missing') zwgk.forgetIndex(base);
      if (manifest === (await describe())) throw failure;
      return answer(text, options);
    });
  };

  /** @type {Zwgk['all']} */
  const all = async (text, options) => (await search(text, Object.assign({}, options, { limit: Infinity, facets: false, texts: false }))).hits;

  /** @type {Zwgk['fetchHits']} */
  const fetchHits = async (handles, text, options = {}) => {
    const index = await zwgk.openIndex(options.base || home);
    const { query } = await findHits(index, text);
    return showHits(index, handles, query);
  };

  /** @type {Zwgk['manifest']} */
  const manifest = async () => (await zwgk.openIndex(home)).manifest;

  Object.assign(zwgk, { search, all, fetchHits, manifest });
})();
