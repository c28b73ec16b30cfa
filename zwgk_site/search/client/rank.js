/**
 * What was found, in order and counted: classes first (whole title, start of a title, title, number or keyword, body), BM25F within
 * them; filters, and exact counts by facet.
 */
(() => {
  'use strict';

  const TITLE = 0;
  const NUMBER = 1;
  const IDENTIFIER = 2;
  const KEYWORDS = 4;
  const BODY = 5;
  /** Weights by field: title, number, identifier, facts, keywords, body, attachments. */
  const WEIGHTS = [10, 8, 8, 3, 4, 1, 2];
  const SATURATION = 1.2;
  /** A piece of a long body to a usual body. */
  const LONG = 5;
  /** Above every sum of a query's weights, so that a class outweighs them. */
  const CLASS = 10000;

  /** Letters and digits that can only be meant as a 索引号. */
  const CODE = /^(?=.*\d).{6,}$/;

  /** How long a body is, a usual one being 1: only of long documents anything is known. @param {Head} head @param {number} id */
  const bodyLength = ({ chunkStarts, continuations }, id) => {
    const more = continuations.size && continuations.get(zwgk.lastNotAbove(chunkStarts, id));
    return more ? LONG * (1 + more) : 1;
  };

  /**
   * How a title matches parts that all stand in it: 4 it is the query, 3 it begins with it, 2 otherwise.
   * Parts that follow one another count as one phrase.
   * @param {(Found | undefined)[]} titles @param {number} id
   */
  const titleClass = (titles, id) => {
    let ends = [0];
    for (const found of titles) {
      const spans = found && found.spans ? found.spans(id) : [];
      ends = spans.filter((span) => ends.includes(span[0])).map((span) => span[1]);
    }
    const lengths = titles[0] && titles[0].lengths;
    return !ends.length ? 2 : lengths && ends.includes(lengths.get(id) || 0) ? 4 : 3;
  };

  /** @type {Zwgk['rankHits']} */
  const rankHits = (index, { query: { parts }, found, isNumber, scores }, ids, columns, sort) => {
    const all = parts.length;
    const total = index.segments.reduce((sum, { head, dead }) => sum + head.documents - dead.size, 0);
    /** Of other documents rare terms do not tell for certain where a part stands, so a part's weight counts hits only. */
    const weights = (scores ? [] : parts).map((_, part) =>
      WEIGHTS.map((weight, field) => {
        const df = found.reduce((sum, { matches, ids }) => sum + zwgk.intersect((matches[part].fields.get(field) || { ids: [] }).ids, ids).length, 0);
        return weight * Math.log(1 + (total - df + 0.5) / (df + 0.5));
      })
    );
    const isDirectFirst = isNumber || (all === 1 && CODE.test(parts[0].joined));
    /** How many parts stand in the title; from the first on, in number or identifier, or in any high field. @type {(Handle & {day: number, at: number, title: number, direct: number, high: number})[]} */
    const handles = [];
    index.segments.forEach(({ ref, head }, at) => {
      /** @type {typeof handles} */
      const rows = new Array(head.documents);
      for (const id of ids[at]) {
        rows[id] = { segment: ref.id, id, score: (scores && scores[at].get(id)) || 0, day: columns.length ? columns[at].days[id] : 0, at, title: 0, direct: 0, high: 0 };
        handles.push(rows[id]);
      }
      const { matches } = found[at];
      matches.forEach(({ part, fields }, number) => {
        WEIGHTS.forEach((_, field) => {
          const place = fields.get(field);
          if (!place) return;
          const isDirect = field === NUMBER || (field === IDENTIFIER && CODE.test(part.joined));
          place.ids.forEach((id, row) => {
            const handle = rows[id];
            if (!handle) return;
            const k = field === BODY ? SATURATION * (0.25 + 0.75 * bodyLength(head, id)) : SATURATION;
            handle.score += (weights[number][field] * place.counts[row]) / (place.counts[row] + k);
            if (field === TITLE) handle.title += 1;
            if (isDirect && handle.direct === number) handle.direct += 1;
            if ((field === TITLE || isDirect || field === KEYWORDS) && handle.high === number) handle.high += 1;
          });
        });
      });
      const titles = matches.map(({ fields }) => fields.get(TITLE));
      for (const id of all ? ids[at] : []) {
        const { title, direct, high } = rows[id];
        const level = isDirectFirst && direct === all ? 5 : title === all ? titleClass(titles, id) : Number(high === all);
        rows[id].score += level * CLASS;
      }
    });
    /** Which of two documents is the last by date and URL; the other's segment is the same, or later. @param {{id: number, at: number}} one @param {{id: number, at: number}} other */
    const byPlace = (one, other) => {
      if (one.at === other.at) return other.id - one.id;
      const { places } = columns[other.at];
      return places[places.length + one.at - other.at][other.id] > one.id ? 1 : -1;
    };
    handles.sort((one, other) => {
      const byDay = other.day - one.day;
      return (sort === 'date' && byDay) || other.score - one.score || byDay || (one.at > other.at ? -byPlace(other, one) : byPlace(one, other));
    });
    return handles.map(({ segment, id, score }) => ({ segment, id, score }));
  };

  /** The facets of the columns, in their order. @type {FacetName[]} */
  const NAMES = ['department', 'item', 'field', 'stage', 'genre', 'validity', 'disclosure', 'year'];

  /** @type {Zwgk['gatherFilters']} */
  const gatherFilters = (asked, options) => {
    const filters = Object.assign({}, asked);
    for (const name of NAMES) {
      const wanted = options[name];
      if (wanted && wanted.length) filters[name] = { keys: [wanted].flat() };
    }
    return filters;
  };

  /** @param {FacetColumn} column @param {Filters['']} filter @returns {boolean[]} for each combination, whether it has a wanted value */
  const wantedCombinations = ({ values, combinations }, { keys, label }) => {
    const isWanted = values.map((value) => keys.some((key) => value.key === String(key) || (label && value.label.includes(key))));
    return combinations.map((combination) => combination.some((number) => isWanted[number]));
  };

  /** @type {Zwgk['filterHits']} */
  const filterHits = async (index, ids, filters, isCounted) => {
    /** @type {Map<string, FacetCount>[]} */
    const counts = NAMES.map(() => new Map());
    const columns = await Promise.all(index.segments.map((segment, at) => (ids[at].length ? zwgk.loadColumns(segment) : { days: [], facets: [], places: [] })));
    const kept = columns.map(({ facets }, at) => {
      const wanted = facets.map((facet, number) => filters[NAMES[number]] && wantedCombinations(facet, filters[NAMES[number]]));
      const tallies = facets.map(({ combinations }) => new Uint32Array(combinations.length));
      const passing = ids[at].filter((id) => {
        let failures = 0;
        let failing = 0;
        facets.forEach(({ rows }, number) => {
          if (!wanted[number] || wanted[number][rows[id]]) return;
          failures += 1;
          failing = number;
        });
        facets.forEach(({ rows }, number) => {
          if (!failures || (failures === 1 && failing === number)) tallies[number][rows[id]] += 1;
        });
        return !failures;
      });
      facets.forEach(({ values, combinations }, number) => {
        tallies[number].forEach((times, combination) => {
          for (const place of times ? combinations[combination] : []) {
            const { key, label } = values[place];
            const { count } = counts[number].get(key) || { count: 0 };
            counts[number].set(key, { value: key, label, count: count + times });
          }
        });
      });
      return passing;
    });
    /** @type {Answer['facets']} */
    const facets = {};
    if (isCounted) {
      counts.forEach((found, number) => {
        facets[NAMES[number]] = Array.from(found.values()).sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
      });
    }
    return { kept, facets, columns };
  };

  Object.assign(zwgk, { rankHits, gatherFilters, filterHits });
})();
