/**
 * What a query may mean if it finds nothing as it stands: pinyin, initials, homophones, synonyms, beginnings of words, fewer parts,
 * a question. Loaded only then.
 */
(() => {
  'use strict';

  /** So many spellings are tried, more of them in a small index. @param {SearchIndex} index */
  const countTried = (index) => (zwgk.isSmall(index) ? 24 : TRIED);
  const TRIED = 6;

  /** A part of which one of several phrases must match. @param {string[]} texts @returns {Part} */
  const makeChoice = (texts) => Object.assign(zwgk.makePart(texts[0]), { joined: '', phrases: texts.map((text) => zwgk.makePart(text).phrases[0]) });

  /** Texts by how often they are found. @param {Map<string, number>} counts @returns {string[]} */
  const byCount = (counts) => Array.from(counts).sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([text]) => text);

  const IN_TITLE = 1.1;
  const TITLE = 0;
  const FACTS = 3;
  /** A pair in more than this part of the documents says nothing. */
  const COMMON = 0.25;
  /** Rarer than this, a pair says no more. */
  const RARE = 5;
  /** A piece counts as held from this part of its clues on; hits have at least this part of the best score. */
  const HELD = 0.66;
  const GOOD = 0.4;
  /** So many best are hits anyway. */
  const FILL = 10;

  /** Documents with a pair or word: 1, more in the title. @type {(segment: Segment, units: string[]) => Promise<Map<number, number>>} */
  const findClue = async (segment, units) => {
    const documents = new Map();
    const keys = units.map((unit) => zwgk.unitKey(segment.head, unit));
    const [entry] = keys.every(Boolean) ? await zwgk.findEntries(segment, [keys.join('')]) : [];
    if (!entry) return documents;
    const lists = entry.lists.filter(({ field }) => field !== FACTS);
    const postings = await Promise.all(lists.map((list) => zwgk.readPostings(segment, entry, list)));
    postings.forEach(({ ids }, at) => {
      for (const id of ids) if (!segment.dead.has(id) && !documents.has(id)) documents.set(id, lists[at].field === TITLE ? IN_TITLE : 1);
    });
    return documents;
  };

  /** The pairs and words of a text with their documents. @type {(index: SearchIndex, text: string) => Promise<Clue[]>} */
  const findClues = async (index, text) => {
    const units = zwgk.splitUnits(text).map(({ unit }) => unit);
    const pairs = units.map((unit, at) => (zwgk.isWord(unit) ? [unit] : units.slice(at, at + 2))).filter(([unit, next]) => next || zwgk.isWord(unit));
    const clues = await Promise.all(
      pairs.map(async (pair) => {
        const documents = await Promise.all(index.segments.map((segment) => findClue(segment, pair)));
        return { text: pair.join(''), documents, df: documents.reduce((sum, { size }) => sum + size, 0) };
      })
    );
    return clues.filter(({ df }) => df);
  };

  /**
   * Documents by what they hold of the pieces of a question, each given in several wordings: the square of what is held of a piece
   * counts, and the square of how many pieces are held.
   * @type {(index: SearchIndex, pieces: string[][]) => Promise<{scores: Map<number, number>[], texts: string[]}>}
   */
  const matchPieces = async (index, pieces) => {
    const total = index.segments.reduce((sum, { head, dead }) => sum + head.documents - dead.size, 0);
    /** @type {{sum: number, held: number}[][]} */
    const marks = index.segments.map(() => []);
    const found = await Promise.all(pieces.map((piece) => Promise.all(piece.map((wording) => findClues(index, wording)))));
    /** @type {(clue: Clue) => boolean} */
    const isTelling = ({ df }) => df < COMMON * total || total < 20;
    const isAny = !found.flat(2).some(isTelling);
    const telling = found.map((wordings) => wordings.map((clues) => clues.filter((clue) => isAny || isTelling(clue))));
    telling.forEach((wordings) => {
      /** @type {Map<number, number>[]} */
      const best = marks.map(() => new Map());
      const held = marks.map(() => new Set());
      for (const clues of wordings) {
        const weight = Math.max(...clues.map(({ df }) => Math.log(1 + total / (df + RARE)))) / Math.sqrt(clues.length);
        best.forEach((sums, at) => {
          /** @type {Map<number, number>} */
          const own = new Map();
          for (const { documents } of clues) documents[at].forEach((place, id) => own.set(id, (own.get(id) || 0) + weight * place));
          own.forEach((sum, id) => {
            sums.set(id, Math.max(sum, sums.get(id) || 0));
            if (sum >= HELD * weight * clues.length) held[at].add(id);
          });
        });
      }
      best.forEach((sums, at) => {
        sums.forEach((sum, id) => {
          const mark = marks[at][id] || { sum: 0, held: 0.2 };
          marks[at][id] = { sum: mark.sum + sum * sum, held: mark.held + (held[at].has(id) ? 1 : 0) };
        });
      });
    });
    const scores = marks.map((row) => {
      const sums = new Map();
      row.forEach(({ sum, held }, id) => sums.set(id, sum * held * held));
      return sums;
    });
    const best = new Float64Array(scores.flatMap((sums) => Array.from(sums.values()))).sort().reverse();
    const least = Math.min(GOOD * best[0], best[Math.min(FILL, best.length) - 1]);
    const texts = telling.flat(2).map(({ text }) => text);
    return { scores: scores.map((sums) => new Map(Array.from(sums).filter(([, sum]) => sum >= least))), texts };
  };

  const ASKING = new RegExp(
    '请问|想问|怎么样|怎么办|怎么|怎样|如何|哪些|哪里|哪儿|哪个|哪种|什么样|什么时候|什么|为什么|为何|可不可以|能不能|会不会|是不是|算不算|要不要|有没有|可以|能否|是否|应该|应当|' +
      '多久|多少|多长时间|多长|多大|几个|几天|几年|几次|需要|想要|必须|或者|我们|这个|那个|[吗呢吧啊的了我你他她们谁被把与是给]|和(?!解|谐)|[去要](?!求)|有(?!限|关|效)|不(?!动产|服|良|履|予|得)|在(?!职|校|建)|会(?!议|计|员)|能(?!力|源)|对(?!象)',
    'g'
  );

  /** Whether a query reads like a question. @param {string} text */
  const isQuestion = (text) => /[?？吗呢]|怎么|怎样|如何|哪|什么|为何|能不能|是否|多久|多少|几|谁|可以/.test(text);

  /** The pieces of a question that carry meaning, each at least two characters or a word. @param {string} text @returns {string[]} */
  const contentPieces = (text) => zwgk.fold(text).replace(ASKING, '\n').split(/[\s,;:!?、。"“”]+/).filter((piece) => piece.length > 1);

  /** @type {(index: SearchIndex, kind: string) => Promise<Uint8Array | null>} */
  const loadTable = async (index, kind) => {
    const name = (index.manifest.tables || {})[kind];
    return name ? index.load(name) : null;
  };

  /** @type {Zwgk['loadForms']} */
  const loadForms = async (index) => {
    const table = await loadTable(index, 'traditional');
    if (table) zwgk.addForms(zwgk.gbText(table));
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
      .map((group) => group.map((word) => ({ word: zwgk.fold(word), group })))
      .flat()
      .filter(({ word }) => folded.includes(word))
      .sort((one, other) => other.word.length - one.word.length)[0];
    return found ? found.group.map((word) => folded.replace(found.word, word)).filter((wording) => wording !== folded) : [];
  };

  /** A piece in wordings: words with synonyms apart from the rest. @type {(groups: string[][], piece: string) => string[][]} */
  const splitAtSynonyms = (groups, piece) => {
    const group = groups.find((words) => words.some((word) => piece.includes(word)));
    const word = group && group.slice().sort((one, other) => other.length - one.length).find((one) => piece.includes(one));
    if (!group || !word) return piece.length > 1 ? [[piece]] : [];
    const at = piece.indexOf(word);
    return splitAtSynonyms(groups, piece.slice(0, at)).concat([group], splitAtSynonyms(groups, piece.slice(at + word.length)));
  };

  /** Letters and digits parted or joined: numbers of standards are written both ways. @type {Step} */
  const tryWritings = async ({ query, attempt }) => {
    const words = zwgk.fold(zwgk.wordsOf(query));
    const parted = query.parts.map((part) => (part.exact ? part : zwgk.makePart(zwgk.fold(part.text).replace(/[a-z](?=\d)|\d(?=[a-z])/g, '$& '))));
    const joined = query.parts.some(({ exact }) => exact) ? [] : zwgk.parse(words.replace(/([a-z]) +(?=\d)/g, '$1')).parts;
    for (const parts of [parted, joined]) {
      const changed = zwgk.withParts(query, parts);
      const outcome = parts.length && zwgk.wordsOf(changed) !== words ? await attempt('number', changed) : null;
      if (outcome && outcome.total) return outcome;
    }
    return null;
  };

  /** Letters as full pinyin. @type {Step} */
  const tryPinyin = async ({ index, query, attempt }) => {
    const text = zwgk.wordsOf(query);
    if (!/^[a-zü'’ ]+$/i.test(text)) return null;
    await zwgk.need(index.base, 'spelling');
    const counted = new Map();
    let length = 0;
    for (const syllables of await zwgk.readPinyin(index, text)) {
      if (counted.size && syllables.length > length) break;
      length = syllables.length;
      const spellings = await zwgk.spellPinyin(index, syllables);
      for (const [spelling, weight] of spellings.slice(0, syllables.length > 2 ? countTried(index) : 2 * TRIED)) {
        const total = syllables.length > 2 ? (await attempt('pinyin', zwgk.withParts(query, [zwgk.makePart(spelling)]))).total : weight;
        if (total) counted.set(spelling, total);
      }
    }
    const texts = byCount(counted);
    return texts.length ? attempt('pinyin', zwgk.withParts(query, [makeChoice(texts)]), { suggestions: texts.slice(1, 6) }) : null;
  };

  /** Letters as initials. @type {Step} */
  const tryInitials = async ({ index, query, attempt }) => {
    const letters = zwgk.wordsOf(query).toLowerCase().replace(/ /g, '');
    if (!/^[a-z]{2,}$/.test(letters)) return null;
    await zwgk.need(index.base, 'spelling');
    /** Phrases that are there may be suggested; of words put together nobody knows whether they are. @type {[Zwgk['spellInitials'], number][]} */
    const ways = [[zwgk.spellInitials, 8], [zwgk.spellHalves, 0]];
    for (const [spell, suggested] of ways) {
      const spellings = await spell(index, letters);
      /** @type {Outcome | null} */
      let best = null;
      for (const [spelling, weight] of spellings.slice(0, countTried(index))) {
        if (best && weight * 4 < spellings[0][1] && !zwgk.isSmall(index)) break;
        const others = spellings.filter(([text, count]) => text !== spelling && count * 4 >= weight).map(([text]) => text);
        const outcome = await attempt('initials', zwgk.withParts(query, [zwgk.makePart(spelling)]), { suggestions: others.slice(0, suggested) });
        if (outcome.total && (!best || outcome.total > best.total || (outcome.total === best.total && spelling < best.used))) best = outcome;
      }
      if (best) return best;
    }
    return null;
  };

  /** Characters that sound alike, in the parts that are found nowhere. @type {Step} */
  const tryHomophones = async ({ index, query, attempt }) => {
    await zwgk.need(index.base, 'spelling');
    let isChanged = false;
    const parts = await Promise.all(
      query.parts.map(async (part) => {
        const { units } = part.phrases[0];
        if (part.exact || units.length > 12 || units.some(({ unit, position }, place) => zwgk.isWord(unit) || position !== place)) return part;
        const alone = Object.assign(zwgk.withParts(query, [part]), { excluded: [] });
        if ((await attempt('homophone', alone)).total) return part;
        const spellings = await zwgk.spellAlike(index, units.map(({ unit }) => unit).join(''));
        let best = { same: 0, total: 0, spelling: '' };
        for (const { spelling, same } of spellings.slice(0, countTried(index))) {
          if (same < best.same) break;
          const { total } = await attempt('homophone', zwgk.withParts(query, [zwgk.makePart(spelling)]));
          if (total > best.total || (total && total === best.total && spelling < best.spelling)) best = { same, total, spelling };
        }
        isChanged = isChanged || best.total > 0;
        return best.total ? zwgk.makePart(best.spelling) : part;
      })
    );
    if (!isChanged) return null;
    const changed = zwgk.withParts(query, parts);
    return attempt('homophone', changed, { suggestions: [zwgk.wordsOf(changed)] });
  };

  /** @type {Step} */
  const trySynonyms = async ({ index, query, attempt }) => {
    const groups = await loadSynonyms(index);
    const wordings = query.parts.map(({ exact, text }) => (exact ? [] : otherWordings(groups, text)));
    if (wordings.every((others) => !others.length)) return null;
    const parts = query.parts.map((part, at) => (wordings[at].length ? makeChoice(wordings[at].concat(part.text)) : part));
    return attempt('synonym', zwgk.withParts(query, parts), { suggestions: wordings.flat() });
  };

  /** The last word as the beginning of longer ones. @type {Step} */
  const tryPrefix = async ({ index, query, attempt }) => {
    const at = query.parts.length - 1;
    const { units } = query.parts[at].phrases[0];
    const { unit, position } = units[units.length - 1];
    if (!zwgk.isWord(unit) || unit.length < 2 || query.parts[at].exact) return null;
    const counts = new Map();
    for (const segment of index.segments) {
      for (const entry of await zwgk.scanEntries(segment, unit, unit + '\x7f')) {
        const word = entry.key.slice(0, -1);
        if (/^[a-z0-9]+$/.test(word)) counts.set(word, (counts.get(word) || 0) + (await zwgk.countLiving(segment, entry)));
      }
    }
    const words = byCount(counts).filter((word) => counts.get(word)).slice(0, 20);
    if (!words.length) return null;
    const choice = makeChoice(words);
    choice.phrases = words.map((word) => ({ text: word, units: units.slice(0, -1).concat({ unit: word, position }) }));
    choice.joined = units.length > 1 ? '' : words[0];
    return attempt('prefix', zwgk.withParts(query, query.parts.slice(0, -1).concat(choice)));
  };

  /** All parts but the rarest. @type {Step} */
  const tryRelaxed = async ({ query, attempt }) => {
    const found = await Promise.all(query.parts.map((part) => attempt('relaxed', zwgk.withParts(query, [part]))));
    const order = query.parts.map((_, at) => at).sort((one, other) => found[other].total - found[one].total);
    while (order.length > 1) {
      order.pop();
      const outcome = await attempt('relaxed', zwgk.withParts(query, query.parts.filter((_, at) => order.includes(at))));
      if (outcome.total) return outcome;
    }
    return null;
  };

  /** What a question is about. @type {Step} */
  const tryAny = async ({ index, query }) => {
    const pieces = contentPieces(zwgk.wordsOf(query));
    const groups = await loadSynonyms(index);
    const wordings = pieces.map((piece) => splitAtSynonyms(groups, piece)).flat();
    const { scores, texts } = await matchPieces(index, wordings);
    const found = scores.map((score) => ({ matches: [], ids: Array.from(score.keys()).sort((one, other) => one - other) }));
    const marked = zwgk.withParts(query, texts.map((text) => zwgk.makePart(text)));
    return { mode: 'any', query: marked, found, scores, used: pieces.join(' '), total: found.reduce((sum, { ids }) => sum + ids.length, 0), suggestions: [] };
  };

  /** A question comes before the repairs of a misspelt word. @type {Step} */
  const tryQuestion = async (context) => (isQuestion(context.query.text) && context.query.parts.every(({ text }) => text.length > 3) ? tryAny(context) : null);

  const DATE = /^((?:19|20)\d\d)[年/.-](\d\d?)[月/.-](\d\d?)日?$/;

  /** Facts count; a date as they write it. @type {Step} */
  const tryFacts = async ({ query, attempt }) => {
    const outcome = await attempt('facts', query);
    const date = DATE.exec(zwgk.fold(zwgk.wordsOf(query)));
    if (outcome.total || !date) return outcome;
    const text = date.slice(1).map((number) => number.padStart(2, '0')).join('-');
    return attempt('facts', zwgk.withParts(query, [zwgk.makePart(text)]));
  };

  const steps = [tryFacts, tryWritings, tryPinyin, tryInitials, tryQuestion, tryHomophones, trySynonyms, tryPrefix, tryRelaxed, tryAny];

  /** @type {Zwgk['tryOthers']} */
  const tryOthers = async (context) => {
    for (const step of steps) {
      const outcome = await step(context);
      if (outcome && outcome.total) return outcome;
    }
    return context.exact;
  };

  /** @type {Zwgk['suggestWordings']} */
  const suggestWordings = async (index, query) => {
    const groups = await loadSynonyms(index);
    return query.parts.map(({ text }) => otherWordings(groups, text)).flat().slice(0, 8);
  };

  Object.assign(zwgk, { tryOthers, suggestWordings, loadForms });
})();
