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
  /** Above every sum of a query's weights, so that a class outweighs them. */
  const CLASS = 10000;

  /** Letters and digits that can only be meant as a 索引号. */
  const CODE = /^(?=.*\d).{6,}$/;

  /** How long a body is, an average one being 1; estimated from the text chunk it stands in. @param {Head} head @param {number} id */
  const bodyLength = ({ chunkStarts, continuations, documents }, id) => {
    const chunk = zwgk.lastNotAbove(chunkStarts, id);
    const end = chunk + 1 < chunkStarts.length ? chunkStarts[chunk + 1] : documents;
    const chunks = continuations.has(chunk) ? 1 + 1.5 * (continuations.get(chunk) || 0) : 1 / (end - chunkStarts[chunk]);
    return (chunks * documents) / chunkStarts.length;
  };

  /**
   * How a title matches parts that all stand in it: 4 it is the query, 3 it begins with it, 2 otherwise.
   * Parts that follow one another count as one phrase.
   * @param {(Found | undefined)[]} titles @param {number} id
   */
  const titleClass = (titles, id) => {
    let ends = [0];
    for (const found of titles) {
      const spans = (found && found.spans && found.spans.get(id)) || [];
      ends = spans.filter((span) => ends.includes(span[0])).map((span) => span[1]);
    }
    const lengths = titles[0] && titles[0].lengths;
    return !ends.length ? 2 : lengths && ends.includes(lengths.get(id) || 0) ? 4 : 3;
  };

  /** @type {Zwgk['rankHits']} */
  const rankHits = (index, { query, found, isNumber, scores }, ids, days, sort) => {
    const total = index.segments.reduce((sum, { head }) => sum + head.documents, 0);
    const parts = query.parts.length;
    const weights = (scores ? [] : query.parts).map((_, part) =>
      WEIGHTS.map((weight, field) => {
        const df = found.reduce((sum, { matches }) => sum + ((matches[part].fields.get(field) || { ids: [] }).ids.length), 0);
        return weight * Math.log(1 + (total - df + 0.5) / (df + 0.5));
      })
    );
    /** @type {(Handle & {day: number, at: number})[]} */
    const handles = [];
    index.segments.forEach(({ ref, head }, at) => {
      const rows = new Int32Array(head.documents);
      const first = handles.length;
      ids[at].forEach((id, row) => {
        rows[id] = row + 1;
        handles.push({ segment: ref.id, id, score: (scores && scores[at].get(id)) || 0, day: days ? days[at][id] : 0, at });
      });
      if (scores) return;
      const inField = [TITLE, NUMBER, KEYWORDS].map(() => new Uint16Array(ids[at].length));
      found[at].matches.forEach(({ part, fields }, number) => {
        fields.forEach(({ ids: documents, counts }, field) => {
          documents.forEach((id, place) => {
            const row = rows[id] - 1;
            if (row < 0) return;
            const k = field === BODY ? SATURATION * (0.25 + 0.75 * bodyLength(head, id)) : SATURATION;
            handles[first + row].score += (weights[number][field] * counts[place]) / (counts[place] + k);
            const isDirect = field === NUMBER || (field === IDENTIFIER && CODE.test(part.joined));
            if (field === TITLE) inField[0][row] += 1;
            if (isDirect && inField[1][row] === number) inField[1][row] += 1;
            if ((field === TITLE || isDirect || field === KEYWORDS) && inField[2][row] === number) inField[2][row] += 1;
          });
        });
      });
      const titles = found[at].matches.map(({ fields }) => fields.get(TITLE));
      const isCode = parts === 1 && CODE.test(query.parts[0].joined);
      ids[at].forEach((id, row) => {
        let level = 0;
        if (!parts) level = 0;
        else if ((isNumber || isCode) && inField[1][row] === parts) level = 5;
        else if (inField[0][row] === parts) level = titleClass(titles, id);
        else if (inField[2][row] === parts) level = 1;
        handles[first + row].score += level * CLASS;
      });
    });
    handles.sort((one, other) => {
      const byDay = other.day - one.day;
      return (sort === 'date' && byDay) || other.score - one.score || byDay || other.at - one.at || other.id - one.id;
    });
    return handles.map(({ segment, id, score }) => ({ segment, id, score }));
  };

  /** The facets of the columns, and the year, which comes from the date. @type {FacetName[]} */
  const NAMES = ['department', 'item', 'field', 'stage', 'genre', 'validity', 'disclosure', 'year'];
  const YEAR = 7;
  const DAY = 86400000;
  const EPOCH = Date.UTC(1899, 11, 31);

  /** @param {number} day days since the epoch, 0 for none */
  const yearOf = (day) => (day ? String(new Date(EPOCH + day * DAY).getUTCFullYear()) : '');

  /** @type {Zwgk['gatherFilters']} */
  const gatherFilters = (asked, options) => {
    const filters = Object.assign({}, asked);
    for (const name of NAMES) {
      const wanted = options[name];
      if (wanted && wanted.length) filters[name] = { keys: Array.isArray(wanted) ? wanted : [wanted] };
    }
    return filters;
  };

  /** @param {FacetColumn} column @param {Filters['']} filter @returns {boolean[]} for each combination, whether it has a wanted value */
  const wantedCombinations = ({ values, combinations }, { keys, label }) => {
    const isWanted = values.map((value) => keys.some((key) => value.key === key || (label && value.label.includes(key))));
    return combinations.map((combination) => combination.some((number) => isWanted[number]));
  };

  /** @type {(counts: Map<string, FacetCount>, value: string, label: string, times: number) => void} */
  const count = (counts, value, label, times) => {
    const found = counts.get(value);
    if (found) found.count += times;
    else counts.set(value, { value, label, count: times });
  };

  /** @type {Zwgk['filterHits']} */
  const filterHits = async (index, ids, filters, isCounted) => {
    /** @type {Map<string, FacetCount>[]} */
    const counts = NAMES.map(() => new Map());
    const columns = await Promise.all(index.segments.map((segment, at) => (ids[at].length ? zwgk.loadColumns(segment) : null)));
    const kept = ids.map((found, at) => {
      const column = columns[at];
      if (!column) return found;
      const { days, facets } = column;
      const wanted = facets.map((facet, number) => filters[NAMES[number]] && wantedCombinations(facet, filters[NAMES[number]]));
      const years = filters.year && filters.year.keys.map(String);
      const tallies = facets.map(({ combinations }) => new Uint32Array(combinations.length));
      /** @type {Map<string, number>} */
      const byYear = new Map();
      let day = -1;
      let year = '';
      const passing = found.filter((id) => {
        if (days[id] !== day) {
          day = days[id];
          year = yearOf(day);
        }
        let failures = years && !years.includes(year) ? 1 : 0;
        let failing = YEAR;
        wanted.forEach((combinations, number) => {
          if (!combinations || combinations[facets[number].rows[id]]) return;
          failures += 1;
          failing = number;
        });
        if (failures < 2) {
          tallies.forEach((tally, number) => {
            if (!failures || failing === number) tally[facets[number].rows[id]] += 1;
          });
          if (!failures || failing === YEAR) byYear.set(year, (byYear.get(year) || 0) + 1);
        }
        return !failures;
      });
      tallies.forEach((tally, number) => {
        const { values, combinations } = facets[number];
        tally.forEach((times, combination) => {
          if (times) for (const value of combinations[combination]) count(counts[number], values[value].key, values[value].label, times);
        });
      });
      byYear.forEach((times, name) => {
        if (name) count(counts[YEAR], name, name, times);
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
    return { kept, facets, days: columns.map((column) => (column ? column.days : [])) };
  };

  Object.assign(zwgk, { rankHits, gatherFilters, filterHits });
})();
