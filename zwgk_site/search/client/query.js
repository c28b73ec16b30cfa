/**
 * What a query means: parts, quotes, exclusions, filters, document numbers, questions. Knows no index.
 */
(() => {
  'use strict';

  const TOKEN = /(^|\s)-(?=\S)|"([^"]*)(?:"|$)|“([^”]*)(?:”|$)|「([^」]*)(?:」|$)|([^\s"“「]+)/g;
  const FILTER = /^(部门|单位|年份?|类型)[:：](.+)$/;
  /** By the first character of a filter's name. @type {{[char: string]: string}} */
  const FACET_OF = { 部: 'department', 单: 'department', 年: 'year', 类: 'genre' };

  /** @type {Zwgk['makePart']} */
  const makePart = (text, exact) => {
    const units = zwgk.splitUnits(text);
    const joined = units.every(({ unit }) => zwgk.isWord(unit)) ? units.map(({ unit }) => unit).join('') : '';
    text = text.trim();
    return { text, exact: Boolean(exact), joined, phrases: [{ text, units }] };
  };

  /** @type {Zwgk['parse']} */
  const parseQuery = (text) => {
    /** @type {Query} */
    const query = { text: text.trim(), parts: [], excluded: [], filters: {} };
    let isExcluded = false;
    for (const match of text.matchAll(TOKEN)) {
      const [whole, minus, straight, curved, corner, plain] = match;
      const filter = !isExcluded && FILTER.exec(plain);
      if (filter) {
        const facet = FACET_OF[filter[1][0]];
        const { keys } = query.filters[facet] || { keys: [] };
        query.filters[facet] = { keys: keys.concat(filter[2]), label: facet !== 'year' };
      } else if (minus === undefined) {
        const part = makePart(plain || straight || curved || corner || '', !plain);
        if (part.phrases[0].units.length) (isExcluded ? query.excluded : query.parts).push(part);
      }
      isExcluded = minus !== undefined;
    }
    return query;
  };

  /** @type {Zwgk['withParts']} */
  const withParts = (query, parts) => Object.assign({}, query, { parts });

  /** @type {Zwgk['wordsOf']} */
  const wordsOf = (query) => query.parts.map(({ phrases }) => phrases[0].text).join(' ');

  /** In units that are parted by commas: what stands before, 第, the number. */
  const NUMBER = /^((?:.*,)?(?:[年令]|(?:19|20)\d\d)),(第,)?(\d{1,5})(?:,号)?$/;

  /**
   * The writings of a document number (文号) that a query may mean: with and without 第, both without 号, since what stands
   * behind the number is then free. Empty if the query does not look like one.
   * @type {Zwgk['numberWritings']}
   */
  const numberWritings = (text) => {
    const match = NUMBER.exec(zwgk.splitUnits(text).map(({ unit }) => unit).join());
    if (!match || /[,，。;；]/.test(text)) return [];
    const [, before, ordinal = '', serial] = match;
    return [ordinal, ordinal ? '' : '第,'].map((other) => makePart((before + ',' + other + serial).replace(/([a-z0-9]),(?=[a-z0-9])/g, '$1 ').replace(/,/g, '')));
  };

  Object.assign(zwgk, { parse: parseQuery, makePart, withParts, wordsOf, numberWritings });
})();
