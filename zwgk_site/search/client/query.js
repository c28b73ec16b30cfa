/**
 * What a query means: parts, quotes, exclusions, filters, document numbers, questions. Knows no index.
 */
(() => {
  'use strict';

  const TOKEN = /(^|\s)-(?=\S)|"([^"]*)(?:"|$)|“([^”]*)(?:”|$)|「([^」]*)(?:」|$)|([^\s"“「]+)/g;
  const FILTER = /^(部门|单位|年份?|类型)[:：](.*)$/;
  const FACET_OF = { 部: 'department', 单: 'department', 年: 'year', 类: 'genre' };

  /** Units of a phrase without a gap before the first. @param {string} text @returns {Phrase} */
  const makePhrase = (text) => ({ text: text.trim(), units: zwgk.splitUnits(text) });

  /** @param {string} text @param {boolean} [exact] @returns {Part} */
  const makePart = (text, exact) => {
    const phrase = makePhrase(text);
    const isCode = phrase.units.length > 0 && phrase.units.every(({ unit }) => zwgk.isWord(unit));
    return { text: phrase.text, exact: Boolean(exact), joined: isCode ? phrase.units.map(({ unit }) => unit).join('') : '', phrases: [phrase] };
  };

  /** @param {string} text @returns {Query} */
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

  /** The same query with other parts. @param {Query} query @param {Part[]} parts @returns {Query} */
  const withParts = (query, parts) => Object.assign({}, query, { parts });

  /** A part of which one of several phrases must match. @param {string[]} texts @returns {Part} */
  const makeChoice = (texts) => Object.assign(makePart(texts[0]), { joined: '', phrases: texts.map(makePhrase) });

  const YEAR = /^(19|20)\d\d$/;
  const SERIAL = /^\d{1,5}$/;

  /**
   * The writings of a document number (文号) that a query may mean: with and without 第, both without 号, since what stands
   * behind the number is then free. Empty if the query does not look like one.
   * @param {string} text @returns {Part[]}
   */
  const numberWritings = (text) => {
    const units = zwgk.splitUnits(text).map((/** @type {Unit} */ { unit }) => unit);
    if (units[units.length - 1] === '号') units.pop();
    const serial = units.pop();
    if (!serial || !SERIAL.test(serial)) return [];
    const hasOrdinal = units[units.length - 1] === '第';
    if (hasOrdinal) units.pop();
    const last = units[units.length - 1] || '';
    const isNumber = YEAR.test(last) ? units.length <= 20 : last === '令' || last === '年';
    if (!isNumber || /[,，。;；]/.test(text)) return [];
    const head = units.join(' ');
    const writings = [head + ' ' + serial, head + '第' + serial];
    return (hasOrdinal ? writings.reverse() : writings).map((writing) => makePart(writing));
  };

  const ASKING = new RegExp(
    '请问|想问|怎么样|怎么办|怎么|怎样|如何|哪些|哪里|哪儿|哪个|哪种|什么样|什么时候|什么|为什么|为何|可不可以|能不能|会不会|是不是|算不算|要不要|有没有|可以|能否|是否|应该|应当|' +
      '多久|多少|多长时间|多长|多大|几个|几天|几年|几次|谁|需要|需|想要|必须|吗|呢|吧|啊|的|了|着|我们|我|你|他|她|们|这个|那个|这|那|想|要|能|会|在|是|有|被|把|给|去|和|与|或者|或|及|以及|对于|关于|不|没|最|还|都|就|让|向|从|后|前|时|得|该|个|才|过|也|又|才能|之|其|等|由|以|可|到|来|上|下',
    'g'
  );

  /** Whether a query reads like a question. @param {string} text */
  const isQuestion = (text) => /[?？吗呢]|怎么|怎样|如何|哪|什么|为何|能不能|是否|多久|多少|几|谁|可以/.test(text);

  /** The pieces of a question that carry meaning, each at least two characters or a word. @param {string} text @returns {string[]} */
  const contentPieces = (text) => zwgk.fold(text).replace(ASKING, '\n').split(/[\s,;:!?、。"“”]+/).filter((/** @type {string} */ piece) => piece.length > 1);

  Object.assign(zwgk, { parse: parseQuery, makePart, makeChoice, withParts, numberWritings, isQuestion, contentPieces });
})();
