/**
 * Which documents match: phrases by pairs of units and their positions, parts of a query, all parts together.
 * Ranks nothing, shows nothing.
 */
(() => {
  'use strict';

  const TITLE = 0;
  const IDENTIFIER = 2;
  const FACTS = 3;
  const MAIN = [0, 1, 4, 5, 6];
  /** Phrases up to here are matched by positions alone. */
  const SHORT = 8;
  const ORGAN = /(局|委|办|厅|院|府|中心|街道|镇|乡|区|县|市|会|部)$/;

  /** @type {Zwgk['unitKey']} */
  const unitKey = (head, unit) => {
    if (zwgk.isWord(unit)) return unit + ' ';
    const rank = head.ranks.get(unit) || 0;
    return rank ? String.fromCharCode(128 + (rank >> 8), rank & 255) : '';
  };

  /** How rare a unit may be: its place within its syllable. @param {Head} head @param {string} unit */
  const rarity = (head, unit) => {
    const rank = head.ranks.get(unit);
    let step = 0;
    while (rank && step < 15 && head.syllableOf[rank - step - 1] === head.syllableOf[rank]) step += 1;
    return rank ? step : 10;
  };

  /** @param {Head} head @param {Unit[]} units neighbours @returns {Term} */
  const makeTerm = (head, units) => ({
    key: units.map(({ unit }) => unitKey(head, unit)).join(''),
    offset: units[0].position,
    rarity: units.reduce((sum, { unit }) => sum + rarity(head, unit), 0),
  });

  /** Units of neighbouring positions together. @param {Unit[]} units */
  const splitRuns = (units) => {
    /** @type {Unit[][]} */
    const runs = [];
    let next = -1;
    for (const unit of units) {
      if (unit.position === next) runs[runs.length - 1].push(unit);
      else runs.push([unit]);
      next = unit.position + 1;
    }
    return runs;
  };

  /** The fewest pairs that hold every unit of a run, of those the rarest. @param {Term[]} pairs all pairs of the run @returns {Term[]} */
  const coverRun = (pairs) => {
    /** @type {{cost: number, terms: Term[]}} */
    let before = { cost: 0, terms: [] };
    let last = { cost: Infinity, terms: before.terms };
    for (const pair of pairs) {
      const better = before.cost <= last.cost ? before : last;
      before = last;
      last = { cost: better.cost + 1000 - pair.rarity, terms: better.terms.concat(pair) };
    }
    return last.terms;
  };

  /**
   * The terms that find a phrase. Characters that stand alone between gaps have none: for these the text is looked at.
   * @param {Head} head @param {Phrase} phrase @param {boolean} [whole] every unit must be held, however long the phrase is
   */
  const coverPhrase = (head, { units }, whole) => {
    const isThin = units.length > SHORT && !whole;
    /** @type {Term[]} */
    let terms = [];
    let isSure = !isThin;
    for (const run of splitRuns(units)) {
      const isAlone = run.length === 1 && !zwgk.isWord(run[0].unit);
      isSure = isSure && !isAlone;
      if (run.length === 1 && !isAlone) terms.push(makeTerm(head, run));
      else {
        const pairs = run.slice(1).map((unit, at) => makeTerm(head, [run[at], unit]));
        terms = terms.concat(isThin ? pairs : coverRun(pairs));
      }
    }
    const isKnown = units.every(({ unit }) => unitKey(head, unit));
    if (isThin && terms.length > 4) terms = zwgk.thinOut(terms);
    return { terms, isKnown, isSure };
  };

  /** Ascending ids that both have. @param {number[]} few @param {number[]} many */
  const intersect = (few, many) => {
    let at = 0;
    return few.filter((id) => {
      while (many[at] < id) at += 1;
      return many[at] === id;
    });
  };

  /** @type {(places: number[], offset: number, span: number) => [number, number][]} */
  const spansFrom = (places, offset, span) => places.map((place) => [place - offset, place - offset + span]);

  /** Where a phrase stands in a field. Lists without positions leave it open. @param {Segment} segment @param {Row[]} rows lists of its terms @param {number} span @returns {Promise<Found>} */
  const matchField = async (segment, rows, span) => {
    if (rows.length > 1 && rows.some(({ list }) => list.long) && rows.every(({ list }) => list.slot >= 0)) {
      rows.forEach(({ entry }) => zwgk.prefetchPlaces(segment, entry));
    }
    const postings = await Promise.all(rows.map(({ entry, list }) => zwgk.readPostings(segment, entry, list)));
    const { ids, counts, places, lengths } = postings[0];
    if (rows.length === 1) {
      return { ids, counts, spans: places && ((id) => spansFrom(places(zwgk.lastNotAbove(ids, id)), rows[0].offset, span)), lengths };
    }
    const [least, ...others] = postings.slice().sort((one, other) => one.ids.length - other.ids.length);
    const shared = others.reduce((ids, { ids: more }) => intersect(ids, more), least.ids);
    if (!places && rows.some(({ list }) => list.slot < 0)) return { ids: shared, counts: shared.map(() => 1), open: shared };
    const stands = shared.length ? await Promise.all(postings.map((posting, at) => zwgk.loadPlaces(segment, rows[at].entry, rows[at].list, posting, shared))) : [];
    const spans = new Map();
    /** @type {Found} */
    const found = { ids: [], counts: [], spans: places && ((id) => spansFrom(spans.get(id), 0, span)), lengths };
    shared.forEach((id, number) => {
      const starts = rows
        .map(({ offset }, at) => stands[at][number].map((place) => place - offset))
        .reduce(intersect)
        .filter((start) => start >= 0);
      if (!starts.length) return;
      found.ids.push(id);
      found.counts.push(starts.length);
      if (places) spans.set(id, starts);
    });
    return found;
  };

  /** Where a phrase stands, by field. @param {Segment} segment @param {Phrase} phrase @param {number[]} fields @param {boolean} [whole] @returns {Promise<Map<number, Found>>} */
  const matchPhrase = async (segment, phrase, fields, whole) => {
    const { units } = phrase;
    const isCharacter = units.length === 1 && !zwgk.isWord(units[0].unit);
    if (isCharacter || units.length > SHORT) await zwgk.need(segment.index.base, 'fallback');
    if (isCharacter) return zwgk.matchCharacter(segment, units[0].unit);
    const { terms, isKnown, isSure } = coverPhrase(segment.head, phrase, whole);
    /** @type {Map<number, Found>} */
    const found = new Map();
    if (!isKnown) return found;
    const { position: end } = units[units.length - 1];
    const entries = await zwgk.findEntries(segment, terms.map(({ key }) => key));
    await Promise.all(
      fields.map(async (field) => {
        if (field === IDENTIFIER && units.length > 1) return;
        const rows = [];
        for (let at = 0; at < terms.length; at += 1) {
          const entry = entries[at];
          const list = entry && entry.lists.find((one) => one.field === field);
          if (!entry || !list) return;
          rows.push({ entry, list, offset: terms[at].offset });
        }
        if (!rows.length) return;
        const place = await matchField(segment, rows, end + 1);
        if (!isSure) place.open = place.ids;
        if (place.ids.length) found.set(field, place);
      })
    );
    return found;
  };

  /** Where a part stands, by field. @param {Segment} segment @param {Part} part @param {number[]} fields @param {boolean} [whole] @returns {Promise<PartMatch>} */
  const matchPart = async (segment, part, fields, whole) => {
    const results = await Promise.all(part.phrases.map((phrase) => matchPhrase(segment, phrase, fields, whole)));
    if (part.joined && part.phrases[0].units.length > 1) {
      const phrase = { text: part.joined, units: [{ unit: part.joined, position: 0 }] };
      results.push(await matchPhrase(segment, phrase, [IDENTIFIER]));
    }
    const together = new Map();
    for (const found of results) found.forEach((place, field) => together.set(field, together.has(field) ? zwgk.unite([together.get(field), place]) : place));
    return { part, fields: together };
  };

  /** The fields in which a part may stand. @param {Part} part @param {Query} query @param {boolean} [facts] */
  const fieldsOf = (part, query, facts) => {
    const { text, units } = part.phrases[0];
    const fields = part.joined ? MAIN.concat(IDENTIFIER) : MAIN;
    return facts || (query.parts.length > 1 && units.length > 2 && ORGAN.test(text)) ? fields.concat(FACTS) : fields;
  };

  /** The documents that have every part, ascending. @param {Segment} segment @param {PartMatch[]} matches */
  const joinParts = (segment, matches) => {
    const seen = new Uint16Array(segment.head.documents);
    matches.forEach(({ fields }, number) => {
      fields.forEach(({ ids }) => {
        for (const id of ids) if (seen[id] === number) seen[id] = number + 1;
      });
    });
    /** @type {number[]} */
    const ids = [];
    seen.forEach((count, id) => {
      if (count === matches.length && !segment.dead.has(id)) ids.push(id);
    });
    return ids;
  };

  /** The documents where only the text can tell. @param {SegmentMatch} match */
  const openIds = ({ matches, ids }) => {
    const open = new Set(matches.flatMap(({ fields }) => Array.from(fields.values())).flatMap(({ open = [] }) => open));
    return ids.filter((id) => open.has(id));
  };

  /** What only seemed to match is looked at. @type {(index: SearchIndex, query: Query, found: SegmentMatch[], facts?: boolean) => Promise<SegmentMatch[]>} */
  const settle = async (index, query, found, facts) => {
    if (!found.some((match) => openIds(match).length)) return found;
    await zwgk.need(index.base, 'fallback');
    return zwgk.settle(index, query, found, facts);
  };

  /** What a query finds in every segment. @param {SearchIndex} index @param {Query} query @param {boolean} [facts] facts count for every part @returns {Promise<SegmentMatch[]>} */
  const matchQuery = async (index, query, facts) => {
    /** @param {Part[]} parts */
    const match = (parts) =>
      Promise.all(
        index.segments.map(async (segment) => {
          const matches = await Promise.all(parts.map((part) => matchPart(segment, part, fieldsOf(part, query, facts))));
          return { matches, ids: joinParts(segment, matches) };
        })
      );
    const [found, ...others] = await Promise.all([query.parts, ...query.excluded.map((part) => [part])].map(match));
    for (const without of others) {
      const settled = await settle(index, query, without.map(({ matches, ids }, at) => ({ matches, ids: intersect(found[at].ids, ids) })), facts);
      settled.forEach(({ ids }, at) => {
        const out = new Set(ids);
        found[at].ids = found[at].ids.filter((id) => !out.has(id));
      });
    }
    return settle(index, query, found, facts);
  };

  Object.assign(zwgk, { matchQuery, matchPart, matchField, fieldsOf, joinParts, openIds, intersect, unitKey, SHORT });
})();
