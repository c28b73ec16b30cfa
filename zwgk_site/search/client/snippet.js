/**
 * Texts of documents: records out of text chunks, passages that show a hit, marks, and whether a text really holds a part.
 */
(() => {
  'use strict';

  const PARTS = 'url title number identifiers facts keywords attachments date facets kind state continuations body'.split(' ');
  /** @type {Hit['matched'][]} */
  const OTHERS = ['facts', 'attachments', 'keywords', 'number'];
  /** Characters of a snippet, and of it before the first mark. */
  const LENGTH = 100;
  const BEFORE = 25;
  const PIECES = 4;

  /** @param {Segment} segment @param {number} chunk @returns {Promise<string>} */
  const loadChunk = async (segment, chunk) => zwgk.gbText(await segment.load(zwgk.numbered('t', chunk)));

  /** @type {Zwgk['loadRecord']} */
  const loadRecord = async (segment, id) => {
    const { chunkStarts } = segment.head;
    const chunk = zwgk.lastNotAbove(chunkStarts, id);
    const values = (await loadChunk(segment, chunk)).split('\x1e')[id - chunkStarts[chunk]].split('\x1f');
    return Object.fromEntries(PARTS.map((name, at) => [name, values[at]]));
  };

  /** A character that the alphabet lacks is a traditional one, for which the table is needed. @type {Zwgk['readUnits']} */
  const readUnits = async (segment, text) => {
    const units = zwgk.locateUnits(text);
    if (units.every(({ unit }) => zwgk.unitKey(segment.head, unit))) return units;
    await zwgk.need(segment.index.base, 'fallback');
    await zwgk.loadForms(segment.index);
    return zwgk.locateUnits(text);
  };

  /** @type {Zwgk['findPhrase']} */
  const findPhrase = (units, phrase) => {
    /** @type {[number, number][]} */
    const found = [];
    units.forEach((first, at) => {
      let to = at;
      for (const { unit, position } of phrase) {
        while (to < units.length && units[to].position < first.position + position) to += 1;
        if (to === units.length || units[to].unit !== unit || units[to].position !== first.position + position) return;
      }
      found.push([at, to]);
    });
    return found;
  };

  /** @type {Zwgk['readBody']} */
  const readBody = async (segment, record, isEnough, limit) => {
    let { body } = record;
    const chunks = record.continuations.split(' ').filter(Boolean).slice(0, limit);
    while (!(await isEnough(body)) && chunks.length) body += await loadChunk(segment, Number(chunks.shift()));
    return body;
  };

  /** Where parts stand in a text: UTF-16 offsets and the part's number, ascending. @param {Segment} segment @param {string} text @param {Part[]} parts */
  const findMarks = async (segment, text, parts) => {
    const units = await readUnits(segment, text);
    /** @type {{start: number, end: number, part: number}[]} */
    const marks = [];
    parts.forEach(({ phrases }, part) => {
      for (const phrase of phrases) {
        for (const [first, last] of findPhrase(units, phrase.units)) marks.push({ start: units[first].start, end: units[last].end, part });
      }
    });
    return marks.sort((one, other) => one.start - other.start || one.end - other.end);
  };

  /** Marks within a piece of text, joined where they touch, as offsets of the piece. @param {{start: number, end: number}[]} marks @param {number} from @param {number} to */
  const clipMarks = (marks, from, to) => {
    /** @type {[number, number][]} */
    const clipped = [];
    for (const { start, end } of marks) {
      const last = clipped[clipped.length - 1];
      const [low, high] = [Math.max(start, from) - from, Math.min(end, to) - from];
      if (low >= high) continue;
      if (last && low <= last[1]) last[1] = Math.max(last[1], high);
      else clipped.push([low, high]);
    }
    return clipped;
  };

  /** The passage with most different parts. @param {string} text @param {{start: number, end: number, part: number}[]} marks */
  const choosePassage = (text, marks) => {
    let best = { score: 0, start: 0 };
    marks.forEach((mark, at) => {
      const inside = marks.slice(at, at + 40).filter(({ end }) => end <= mark.start + LENGTH - BEFORE);
      const score = new Set(inside.map(({ part }) => part)).size * 100 + Math.min(99, inside.length);
      if (score > best.score) best = { score, start: mark.start };
    });
    let from = Math.max(0, Math.min(best.start - BEFORE, text.length - LENGTH));
    const sentence = text.slice(from, best.start).search(/[。；\n][^。；\n]*$/);
    if (from && sentence >= 0) from += sentence + 1;
    let to = Math.min(text.length, from + LENGTH);
    if (/[\udc00-\udfff]/.test(text.charAt(from))) from += 1;
    if (/[\udc00-\udfff]/.test(text.charAt(to))) to -= 1;
    return { snippet: text.slice(from, to).replace(/\s/g, ' '), snippetMarks: clipMarks(marks, from, to) };
  };

  /** @type {Zwgk['makeHit']} */
  const makeHit = async (segment, handle, parts) => {
    const record = await loadRecord(segment, handle.id);
    const { url, title, number, date, kind, state } = record;
    const titleMarks = await findMarks(segment, title, parts);
    /** @type {Mark[]} */
    let marks = [];
    let body = await readBody(
      segment,
      record,
      async (text) => {
        marks = await findMarks(segment, text, parts);
        return marks.length + titleMarks.length > 0;
      },
      PIECES
    );
    /** @type {Hit['matched']} */
    let matched = titleMarks.length ? 'title' : 'body';
    if (!titleMarks.length) {
      for (const name of marks.length ? OTHERS.slice(1) : OTHERS) {
        const units = await readUnits(segment, record[name]);
        if (parts.some((part) => part.phrases.some((phrase) => findPhrase(units, phrase.units).length))) matched = name;
      }
      if (matched === 'body' && !marks.length && record.identifiers && parts.some(({ joined }) => joined)) matched = 'number';
    }
    if (!body || (matched === 'facts' && !marks.length)) {
      body = record.facts;
      marks = await findMarks(segment, body, parts);
    }
    const department = record.facets.split(/[\n\x1d]/)[0].split('\t')[1] || '';
    return Object.assign({ url, title, department, document_number: number, date, kind, state, matched, titleMarks: clipMarks(titleMarks, 0, title.length) }, choosePassage(body, marks), handle);
  };

  Object.assign(zwgk, { loadRecord, readUnits, readBody, findPhrase, makeHit });
})();
