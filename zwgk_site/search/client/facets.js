/**
 * Filters and exact counts by facet, over everything a query found.
 */
(() => {
  'use strict';

  const FACETS = ['department', 'item', 'field', 'stage', 'genre', 'validity', 'disclosure'];
  const YEAR = 'year';
  const DAY = 86400000;
  const EPOCH = Date.UTC(1899, 11, 31);

  /** @param {number} day days since the epoch, 0 for none */
  const yearOf = (day) => (day ? String(new Date(EPOCH + day * DAY).getUTCFullYear()) : '');

  /** The filters of the query's text and of the options together. @param {Query} query @param {Options} options @returns {Filters} */
  const gatherFilters = (query, options) => {
    const filters = Object.assign({}, query.filters);
    for (const name of FACETS.concat(YEAR)) {
      /** @type {string | string[] | undefined} */
      const wanted = options[name];
      if (wanted && wanted.length) filters[name] = { keys: [].concat(wanted).map(String) };
    }
    return filters;
  };

  /** @param {FacetColumn} column @param {Filters['']} filter @returns {boolean[]} for each combination, whether it has a wanted value */
  const wantedCombinations = ({ values, combinations }, { keys, label }) => {
    const isWanted = values.map((value) => keys.some((key) => value.key === key || (label && value.label.includes(key))));
    return combinations.map((combination) => combination.some((number) => isWanted[number]));
  };

  /** @param {Map<string, FacetCount>} counts @param {string} value @param {string} label */
  const count = (counts, value, label) => {
    const found = counts.get(value);
    if (found) found.count += 1;
    else counts.set(value, { value, label, count: 1 });
  };

  /**
   * Keeps what passes the filters, and counts: a facet's own filter does not lessen its own counts.
   * @param {SearchIndex} index @param {number[][]} ids by segment @param {Filters} filters @param {boolean} isCounted
   */
  const filterHits = async (index, ids, filters, isCounted) => {
    const names = FACETS.concat(YEAR);
    const counts = new Map(names.map((name) => [name, new Map()]));
    const columns = await Promise.all(index.segments.map((segment, at) => (ids[at].length ? zwgk.loadColumns(segment) : null)));
    const kept = ids.map((found, at) => {
      if (!columns[at]) return found;
      const { days, facets } = columns[at];
      const wanted = facets.map((column, number) => filters[FACETS[number]] && wantedCombinations(column, filters[FACETS[number]]));
      return found.filter((id) => {
        const year = yearOf(days[id]);
        const failing = facets.map((_, number) => number).filter((number) => wanted[number] && !wanted[number][facets[number].rows[id]]);
        if (filters[YEAR] && !filters[YEAR].keys.includes(year)) failing.push(FACETS.length);
        if (isCounted && failing.length < 2) {
          names.forEach((name, number) => {
            if (failing.length && failing[0] !== number) return;
            const counted = counts.get(name);
            if (name === YEAR) return year && count(counted, year, year);
            const { values, combinations, rows } = facets[number];
            for (const value of combinations[rows[id]]) count(counted, values[value].key, values[value].label);
          });
        }
        return !failing.length;
      });
    });
    /** @type {Answer['facets']} */
    const facets = {};
    if (isCounted) {
      counts.forEach((found, name) => {
        facets[name] = Array.from(found.values()).sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
      });
    }
    return { kept, facets, days: columns.map((column) => (column ? column.days : [])) };
  };

  Object.assign(zwgk, { gatherFilters, filterHits });
})();
