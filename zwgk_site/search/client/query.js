/**
 * What a query means: parts, quotes, exclusions, filters, document numbers, questions. Knows no index.
 */
(() => {
  'use strict';

  const TOKEN = /(^|\s)-(?=\S)|"([^"]*)(?:"|$)|“([^”]*)(?:”|$)|「([^」]*)(?:」|$)|([^\s"“「]+)/g;
  const FILTER = /^(部门|单位|年份?|类型)[:：](.*)$/;
  /** By the first character of a filter's name. @type {{[char: string]: string}} */
  const FACET_OF = { 部: 'department', 单: 'department', 年: 'year', 类: 'genre' };

  /** @type {(text: string) => Phrase} */
  const makePhrase = (text) => ({ text: text.trim(), units: zwgk.splitUnits(text) });

  /** @type {Zwgk['makePart']} */
  const makePart = (text, exact) => {
    const phrase = makePhrase(text);
    const isCode = phrase.units.length > 0 && phrase.units.every(({ unit }) => zwgk.isWord(unit));
    return { text: phrase.text, exact: Boolean(exact), joined: isCode ? phrase.units.map(({ unit }) => unit).join('') : '', phrases: [phrase] };
  };

  /** @type {Zwgk['parse']} */
  const parseQuery = (text) => {
    /** @type {Query} */
    const query = { text: text.trim(), parts: [], excluded: [], filters: {} };
    let isExcluded = false;
    for (const match of text.matchAll(TOKEN)) {
      const [whole, , straight, curved, corner, plain] = match;
      if (!plain && straight === undefined && curved === undefined && corner === undefined) {
        isExcluded = whole.endsWith('-');
        continue;
      }
      const filter = plain && !isExcluded && FILTER.exec(plain);
      if (filter && filter[2]) {
        const facet = FACET_OF[filter[1][0]];
        const keys = query.filters[facet] ? query.filters[facet].keys : [];
        query.filters[facet] = { keys: keys.concat(filter[2]), label: true };
      } else {
        const part = makePart(plain || straight || curved || corner || '', !plain);
        if (part.phrases[0].units.length) (isExcluded ? query.excluded : query.parts).push(part);
      }
      isExcluded = false;
    }
    return query;
  };

  /** @type {Zwgk['withParts']} */
  const withParts = (query, parts) => Object.assign({}, query, { parts });

  /** @type {Zwgk['makeChoice']} */
  const makeChoice = (texts) => Object.assign(makePart(texts[0]), { joined: '', phrases: texts.map(makePhrase) });

  /** @type {Zwgk['wordsOf']} */
  const wordsOf = (query) => query.parts.map(({ phrases }) => phrases[0].text).join(' ');

  /** Units as text, words apart from one another. @type {(units: string[]) => string} */
  const joinUnits = (units) => units.reduce((text, unit) => text + (/[a-z0-9]$/.test(text) && zwgk.isWord(unit) ? ' ' : '') + unit);

  const YEAR = /^(19|20)\d\d$/;
  const SERIAL = /^\d{1,5}$/;

  /**
   * The writings of a document number (文号) that a query may mean: with and without 第, both without 号, since what stands
   * behind the number is then free. Empty if the query does not look like one.
   * @type {Zwgk['numberWritings']}
   */
  const numberWritings = (text) => {
    const units = zwgk.splitUnits(text).map(({ unit }) => unit);
    if (units[units.length - 1] === '号') units.pop();
    const serial = units.pop();
    if (!serial || !SERIAL.test(serial)) return [];
    const hasOrdinal = units[units.length - 1] === '第';
    if (hasOrdinal) units.pop();
    const last = units[units.length - 1] || '';
    const isNumber = YEAR.test(last) ? units.length <= 20 : last === '令' || last === '年';
    if (!isNumber || /[,，。;；]/.test(text)) return [];
    const writings = [units.concat(serial), units.concat('第', serial)].map(joinUnits);
    return (hasOrdinal ? writings.reverse() : writings).map((writing) => makePart(writing));
  };

  Object.assign(zwgk, { parse: parseQuery, makePart, makeChoice, withParts, wordsOf, numberWritings });
})();
