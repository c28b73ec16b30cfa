/**
 * The search itself: `zwgk.search`, `zwgk.all`, `zwgk.fetchHits`. Says in which order other readings of a query are tried.
 * Shows nothing: that is the duty of `search_box.js`.
 */
(() => {
  'use strict';

  const script = typeof document === 'undefined' ? null : document.currentScript;
  const home = script && script instanceof HTMLScriptElement ? new URL('.', script.src).href : '';
  /** Fewer hits than these call for synonyms as suggestions. */
  const FEW = 5;
  const TRIED = 6;

  /** @param {SearchIndex} index @param {string} kind @returns {Promise<Uint8Array | null>} */
  const loadTable = async (index, kind) => {
    const name = (index.manifest.tables || {})[kind];
    return name ? index.load(name) : null;
  };

  /** The table of traditional characters; false if there is nothing new in it. @param {SearchIndex} index */
  const loadForms = async (index) => {
    const table = await loadTable(index, 'traditional');
    if (table) zwgk.addForms(zwgk.gbText(table));
    return Boolean(table);
  };

  /** @param {SearchIndex} index @returns {Promise<string[][]>} */
  const loadSynonyms = async (index) => {
    const table = await loadTable(index, 'synonyms');
    return table ? JSON.parse(new TextDecoder().decode(table)) : [];
  };

  /** The text with a word of it replaced by each of its synonyms, the longest word first. @param {string[][]} groups @param {string} text @returns {string[]} */
  const otherWordings = (groups, text) => {
    const folded = zwgk.fold(text);
    const found = groups
      .reduce((/** @type {{word: string, group: string[]}[]} */ all, group) => all.concat(group.map((word) => ({ word: zwgk.fold(word), group }))), [])
      .filter(({ word }) => folded.includes(word))
      .sort((one, other) => other.word.length - one.word.length)[0];
    return found ? found.group.map((word) => folded.replace(found.word, word)).filter((wording) => wording !== folded) : [];
  };

  /** @param {SearchIndex} index @param {string} text @returns {Promise<Query>} */
  const readQuery = async (index, text) => {
    const query = zwgk.parse(text);
    const units = zwgk.splitUnits(text);
    const isKnown = units.every((/** @type {Unit} */ { unit }) => index.segments.some(({ head }) => zwgk.unitKey(head, unit)));
    return isKnown || !(await loadForms(index)) ? query : zwgk.parse(text);
  };

  /** @param {SegmentMatch[]} found */
  const countHits = (found) => found.reduce((sum, { ids }) => sum + ids.length, 0);

  /** In how many documents a part stands, about. @param {SegmentMatch[]} found @param {number} part */
  const countPart = (found, part) => found.reduce((sum, { matches }) => sum + Math.max(0, ...Array.from(matches[part].fields.values(), ({ ids }) => ids.length)), 0);

  /** @param {Query} query */
  const wordsOf = (query) => query.parts.map(({ phrases }) => phrases[0].text).join(' ');

  /** All readings of a query, one after another, until one finds something. @param {SearchIndex} index @param {Query} query @returns {Promise<Outcome>} */
  const tryReadings = async (index, query) => {
    /** @param {Mode} mode @param {Query} tried @param {Partial<Outcome>} [more] @returns {Promise<Outcome>} */
    const attempt = async (mode, tried, more) => {
      const found = await zwgk.matchQuery(index, tried, mode === 'facts');
      return Object.assign({ mode, query: tried, found, used: wordsOf(tried), total: countHits(found), suggestions: [] }, more);
    };
    /** @param {Part} part @param {number} at */
    const replaced = (part, at) => zwgk.withParts(query, query.parts.map((old, number) => (number === at ? part : old)));

    const { parts } = query;
    const writings = parts.every(({ exact }) => !exact) && parts.length ? zwgk.numberWritings(parts.map(({ text }) => text).join(' ')) : [];
    const isNumber = writings.length > 0;
    let exact;
    if (!isNumber || parts.length === 1) {
      exact = await attempt('exact', query, { isNumber });
      if (exact.total) return exact;
    }
    for (const writing of writings) {
      const outcome = await attempt('number', zwgk.withParts(query, [writing]), { isNumber });
      if (outcome.total) return outcome;
    }
    exact = exact || (await attempt('exact', query));
    if (exact.total || parts.every(({ exact: isExact }) => isExact)) return exact;

    for (const step of steps) {
      const outcome = await step({ index, query, exact, attempt, replaced });
      if (outcome && outcome.total) return outcome;
    }
    return Object.assign(exact, { mode: 'none' });
  };

  /** @param {StepContext} context */
  const tryFacts = ({ query, attempt }) => attempt('facts', query);

  /** Letters as full pinyin. @param {StepContext} context */
  const tryPinyin = async ({ index, query, attempt }) => {
    const text = wordsOf(query);
    if (!/^[a-zü'’ ]+$/i.test(text)) return null;
    const counted = new Map();
    for (const syllables of zwgk.readPinyin(index, text)) {
      const spellings = await zwgk.spellPinyin(index, syllables);
      for (const [spelling, weight] of spellings.slice(0, syllables.length > 2 ? TRIED : 2 * TRIED)) {
        const total = syllables.length > 2 ? (await attempt('pinyin', zwgk.withParts(query, [zwgk.makePart(spelling)]))).total : weight;
        if (total) counted.set(spelling, total);
      }
    }
    const texts = Array.from(counted.keys()).sort((one, other) => counted.get(other) - counted.get(one));
    return texts.length ? attempt('pinyin', zwgk.withParts(query, [zwgk.makeChoice(texts)]), { suggestions: texts.slice(1, 6) }) : null;
  };

  /** Letters as initials. @param {StepContext} context */
  const tryInitials = async ({ index, query, attempt }) => {
    const letters = wordsOf(query).toLowerCase().replace(/ /g, '');
    if (!/^[a-z]{2,}$/.test(letters)) return null;
    const spellings = await zwgk.spellInitials(index, letters);
    for (const [spelling, weight] of spellings.slice(0, 3)) {
      const others = spellings.filter(([text, count]) => text !== spelling && count * 4 >= weight).map(([text]) => text);
      const outcome = await attempt('initials', zwgk.withParts(query, [zwgk.makePart(spelling)]), { suggestions: others.slice(0, 8) });
      if (outcome.total) return outcome;
    }
    return null;
  };

  /** Characters that sound alike, in the parts that are found nowhere. @param {StepContext} context */
  const tryHomophones = async ({ index, query, exact, attempt }) => {
    let isChanged = false;
    const parts = await Promise.all(
      query.parts.map(async (part, at) => {
        const { units } = part.phrases[0];
        if (part.exact || countPart(exact.found, at) || units.length > 12 || units.some(({ unit, position }, place) => zwgk.isWord(unit) || position !== place)) return part;
        const spellings = await zwgk.spellAlike(index, units.map(({ unit }) => unit).join(''));
        let best = { same: 0, total: 0, spelling: '' };
        for (const { spelling, same } of spellings.slice(0, TRIED)) {
          if (same < best.same) break;
          const { total } = await attempt('homophone', zwgk.withParts(query, [zwgk.makePart(spelling)]));
          if (total > best.total) best = { same, total, spelling };
        }
        isChanged = isChanged || best.total > 0;
        return best.total ? zwgk.makePart(best.spelling) : part;
      })
    );
    if (!isChanged) return null;
    const changed = zwgk.withParts(query, parts);
    return attempt('homophone', changed, { suggestions: [wordsOf(changed)] });
  };

  /** @param {StepContext} context */
  const trySynonyms = async ({ index, query, attempt }) => {
    const groups = await loadSynonyms(index);
    const wordings = query.parts.map(({ exact, text }) => (exact ? [] : otherWordings(groups, text)));
    if (wordings.every((others) => !others.length)) return null;
    const parts = query.parts.map((part, at) => (wordings[at].length ? zwgk.makeChoice(wordings[at].concat(part.text)) : part));
    return attempt('synonym', zwgk.withParts(query, parts), { suggestions: wordings.flat() });
  };

  /** The last word as the beginning of longer ones. @param {StepContext} context */
  const tryPrefix = async ({ index, query, attempt, replaced }) => {
    const at = query.parts.length - 1;
    const { units } = query.parts[at].phrases[0];
    const { unit, position } = units[units.length - 1];
    if (!zwgk.isWord(unit) || unit.length < 2 || query.parts[at].exact) return null;
    const counts = new Map();
    for (const segment of index.segments) {
      for (const { key, lists } of await zwgk.scanEntries(segment, unit, unit + '\x7f')) {
        const word = key.slice(0, -1);
        if (/^[a-z0-9]+$/.test(word)) counts.set(word, (counts.get(word) || 0) + lists[0].frequency);
      }
    }
    const words = Array.from(counts.keys()).sort((one, other) => counts.get(other) - counts.get(one)).slice(0, 20);
    if (!words.length) return null;
    const choice = zwgk.makeChoice(words);
    choice.phrases = words.map((word) => ({ text: word, units: units.slice(0, -1).concat({ unit: word, position }) }));
    choice.joined = units.length > 1 ? '' : words[0];
    return attempt('prefix', replaced(choice, at));
  };

  /** All parts but the rarest. @param {StepContext} context */
  const tryRelaxed = async ({ query, exact, attempt }) => {
    const order = query.parts.map((_, at) => at).sort((one, other) => countPart(exact.found, other) - countPart(exact.found, one));
    while (order.length > 1) {
      order.pop();
      const outcome = await attempt('relaxed', zwgk.withParts(query, query.parts.filter((_, at) => order.includes(at))));
      if (outcome.total) return outcome;
    }
    return null;
  };

  /** What a question is about. @param {StepContext} context @returns {Promise<Outcome | null>} */
  const tryAny = async ({ index, query }) => {
    const pieces = zwgk.contentPieces(wordsOf(query));
    const groups = await loadSynonyms(index);
    const wordings = pieces.map((/** @type {string} */ piece) => [piece].concat(otherWordings(groups, piece)));
    const { scores, parts } = await zwgk.matchPieces(index, wordings);
    const found = scores.map((/** @type {Map<number, number>} */ score) => ({ matches: [], ids: Array.from(score.keys()).sort((one, other) => one - other) }));
    const marked = zwgk.withParts(query, parts.map((/** @type {string} */ text) => zwgk.makePart(text)));
    return { mode: 'any', query: marked, found, scores, used: pieces.join(' '), total: countHits(found), suggestions: [] };
  };

  /** A question comes before the repairs of a misspelt word. @param {StepContext} context */
  const tryQuestion = async (context) => (zwgk.isQuestion(context.query.text) && context.query.parts.every(({ text }) => text.length > 3) ? tryAny(context) : null);

  const steps = [tryFacts, tryPinyin, tryInitials, tryQuestion, tryHomophones, trySynonyms, tryPrefix, tryRelaxed, tryAny];

  /** What was found last: the next page, a filter or the texts of the same query need no second search. */
  let last = { index: {}, text: '', outcome: Promise.resolve() };

  /** @param {SearchIndex} index @param {string} text @returns {Promise<Outcome>} */
  const findHits = (index, text) => {
    if (last.index !== index || last.text !== text) {
      const outcome = readQuery(index, text).then((query) => tryReadings(index, query));
      last = { index, text, outcome };
      outcome.catch(() => {
        last.text = '';
      });
    }
    return last.outcome;
  };

  /** @param {SearchIndex} index @param {Outcome} outcome @param {number[][]} ids @param {number[][] | undefined} days @param {Options} options @returns {Handle[]} */
  const orderHits = (index, { query, found, isNumber, scores }, ids, days, options) =>
    zwgk.rankHits(index, query, found, ids, { isNumber, sort: options.sort, days, scores });

  /** @param {SearchIndex} index @param {Handle[]} handles @param {Query} query @returns {Promise<Hit[]>} */
  const showHits = (index, handles, query) =>
    Promise.all(
      handles.map((handle) => {
        const segment = index.segments.find(({ ref }) => ref.id === handle.segment);
        if (!segment) throw zwgk.searchError('missing', handle.segment);
        return zwgk.makeHit(segment, handle, query.parts);
      })
    );

  /** @param {SearchIndex} index @param {Outcome} outcome */
  const suggest = async (index, { mode, total, query, suggestions }) => {
    if (mode !== 'exact' || total >= FEW || !query.parts.length || query.parts.some(({ exact }) => exact)) return suggestions;
    const groups = await loadSynonyms(index);
    return query.parts.map(({ text }) => otherWordings(groups, text)).flat().slice(0, 8);
  };

  /** @param {string} text @param {Options} options @returns {Promise<Answer>} */
  const answer = async (text, options) => {
    const { limit = 10, offset = 0, sort, facets: isCounted = true, texts = true } = options;
    const index = await zwgk.openIndex(options.base || home);
    const query = zwgk.parse(text);
    const filters = zwgk.gatherFilters(query, options);
    const isFiltered = Object.keys(filters).length > 0;
    /** @type {Answer} */
    const empty = { total: 0, mode: 'none', used: '', facets: {}, hits: [], suggestions: [], links: [] };
    if (!query.parts.length && !isFiltered) return empty;
    const outcome = await findHits(index, text);
    let ids = outcome.found.map((match) => match.ids);
    let facets = {};
    let days;
    if (isCounted || isFiltered || sort === 'date') {
      const filtered = await zwgk.filterHits(index, ids, filters, isCounted);
      ids = filtered.kept;
      days = filtered.days;
      facets = filtered.facets;
    }
    const handles = orderHits(index, outcome, ids, days, options);
    const shown = handles.slice(offset, offset + limit);
    const [hits, suggestions] = await Promise.all([texts ? showHits(index, shown, outcome.query) : shown, suggest(index, outcome)]);
    return { total: handles.length, mode: outcome.mode, used: outcome.used, facets, hits, suggestions, links: [] };
  };

  /** An index that was replaced while the page was open is opened anew, once. @param {string} text @param {Options} [options] @returns {Promise<Answer>} */
  const search = async (text, options = {}) => {
    const base = options.base || home;
    const { manifest } = await zwgk.openIndex(base);
    try {
      return await answer(text, options);
    } catch (failure) {
      if (failure.code !== 'missing') throw failure;
      zwgk.forgetIndex(base);
      const { manifest: newer } = await zwgk.openIndex(base);
      if (JSON.stringify(newer) === JSON.stringify(manifest)) throw failure;
      return answer(text, options);
    }
  };

  /** Every hit in order, without texts. @param {string} text @param {Options} [options] @returns {Promise<Handle[]>} */
  const all = async (text, options) => (await search(text, Object.assign({}, options, { limit: Infinity, facets: false, texts: false }))).hits;

  /** @param {Handle[]} handles @param {string} text the query they were found with @param {Options} [options] @returns {Promise<Hit[]>} */
  const fetchHits = async (handles, text, options = {}) => {
    const index = await zwgk.openIndex(options.base || home);
    const { query } = await findHits(index, text);
    return showHits(index, handles, query);
  };

  Object.assign(zwgk, { search, all, fetchHits, loadForms });
})();
