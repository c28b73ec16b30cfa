/**
 * What a query may mean if it finds nothing as it stands: pinyin, initials, homophones, synonyms, beginnings of words, fewer parts,
 * a question. Loaded only then.
 */
(() => {
  'use strict';

  const TRIED = 6;
  const TITLE = 0;
  const FACTS = 3;
  /** A pair in more than this part of the documents says nothing. */
  const COMMON = 0.3;

  /** The pairs and words of a text. @param {string} text @returns {string[]} */
  const clues = (text) => {
    const units = zwgk.splitUnits(text);
    /** @type {string[]} */
    const found = [];
    units.forEach(({ unit, position }, at) => {
      const next = units[at + 1];
      if (zwgk.isWord(unit)) found.push(unit);
      else if (next && next.position === position + 1 && !zwgk.isWord(next.unit)) found.push(unit + next.unit);
    });
    return Array.from(new Set(found));
  };

  /** Documents with a clue: 1, 2 in the title. @param {Segment} segment @param {string} clue @returns {Promise<Map<number, number>>} */
  const findClue = async (segment, clue) => {
    const key = (zwgk.isWord(clue) ? [clue] : Array.from(clue)).map((unit) => zwgk.unitKey(segment.head, unit));
    const documents = new Map();
    if (!key.every(Boolean)) return documents;
    const [entry] = await zwgk.findEntries(segment, [key.join('')]);
    if (!entry) return documents;
    const lists = entry.lists.filter(({ field }) => field !== FACTS);
    const postings = await Promise.all(lists.map((list) => zwgk.readPostings(segment, entry, list)));
    postings.forEach(({ ids }, at) => {
      for (const id of ids) if (!segment.dead.has(id) && !documents.has(id)) documents.set(id, lists[at].field === TITLE ? 2 : 1);
    });
    return documents;
  };

  /** @param {SearchIndex} index @param {string[][]} pieces each with its other wordings @returns {Promise<{scores: Map<number, number>[], parts: string[]}>} */
  const matchPieces = async (index, pieces) => {
    const total = index.segments.reduce((sum, { head }) => sum + head.documents, 0);
    const wordings = await Promise.all(
      pieces.map((piece) =>
        Promise.all(
          piece.map(async (wording) => {
            const names = clues(wording);
            const found = await Promise.all(names.map((clue) => Promise.all(index.segments.map((segment) => findClue(segment, clue)))));
            return names
              .map((name, at) => ({ name, documents: found[at], df: found[at].reduce((sum, documents) => sum + documents.size, 0) }))
              .filter(({ df }) => df && (df < COMMON * total || total < 20))
              .map((clue) => Object.assign(clue, { idf: Math.log(1 + total / clue.df) }));
          })
        )
      )
    );
    const scored = index.segments.map(() => ({ scores: new Map(), held: new Map() }));
    /** @type {number[]} */
    const weights = [];
    wordings.forEach((choices, piece) => {
      weights[piece] = Math.max(0, ...choices.map((found) => found.reduce((sum, { idf }) => sum + idf, 0) / Math.sqrt(found.length || 1)));
      scored.forEach(({ scores, held }, at) => {
        /** @type {Map<number, number>} */
        const best = new Map();
        for (const found of choices) {
          const whole = found.reduce((sum, { idf }) => sum + idf, 0);
          /** @type {Map<number, number>} */
          const shares = new Map();
          for (const { documents, idf } of found) documents[at].forEach((place, id) => shares.set(id, (shares.get(id) || 0) + (idf * (place > 1 ? 1.25 : 1)) / whole));
          shares.forEach((share, id) => best.set(id, Math.max(best.get(id) || 0, share)));
        }
        best.forEach((share, id) => {
          scores.set(id, (scores.get(id) || 0) + weights[piece] * share * share);
          if (share >= 0.5) held.set(id, (held.get(id) || new Set()).add(piece));
        });
      });
    });
    const order = weights.map((_, piece) => piece).filter((piece) => weights[piece]).sort((one, other) => weights[other] - weights[one]);
    for (let size = Math.min(2, order.length); size >= 0; size -= 1) {
      const needed = order.slice(0, size);
      const kept = scored.map(({ scores, held }) => new Map(Array.from(scores).filter(([id]) => needed.every((piece) => held.has(id) && held.get(id).has(piece)))));
      if (kept.some((scores) => scores.size)) return { scores: kept, parts: wordings.flat(2).map(({ name }) => name) };
    }
    return { scores: scored.map(() => new Map()), parts: [] };
  };

  const ASKING = new RegExp(
    '请问|想问|怎么样|怎么办|怎么|怎样|如何|哪些|哪里|哪儿|哪个|哪种|什么样|什么时候|什么|为什么|为何|可不可以|能不能|会不会|是不是|算不算|要不要|有没有|可以|能否|是否|应该|应当|' +
      '多久|多少|多长时间|多长|多大|几个|几天|几年|几次|谁|需要|需|想要|必须|吗|呢|吧|啊|的|了|着|我们|我|你|他|她|们|这个|那个|这|那|想|要|能|会|在|是|有|被|把|给|去|和|与|或者|或|及|以及|对于|关于|不|没|最|还|都|就|让|向|从|后|前|时|得|该|个|才|过|也|又|才能|之|其|等|由|以|可|到|来|上|下',
    'g'
  );

  /** Whether a query reads like a question. @param {string} text */
  const isQuestion = (text) => /[?？吗呢]|怎么|怎样|如何|哪|什么|为何|能不能|是否|多久|多少|几|谁|可以/.test(text);

  /** The pieces of a question that carry meaning, each at least two characters or a word. @param {string} text @returns {string[]} */
  const contentPieces = (text) => zwgk.fold(text).replace(ASKING, '\n').split(/[\s,;:!?、。"“”]+/).filter((piece) => piece.length > 1);

  /** @param {SearchIndex} index @returns {Promise<string[][]>} */
  const loadSynonyms = async (index) => {
    const table = await zwgk.loadTable(index, 'synonyms');
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

  /** In how many documents a part stands, about. @type {(outcome: Outcome, part: number) => number} */
  const countPart = ({ found }, part) => found.reduce((sum, { matches }) => sum + Math.max(0, ...Array.from(matches[part].fields.values(), ({ ids }) => ids.length)), 0);

  /** Letters as full pinyin. @type {Step} */
  const tryPinyin = async ({ index, query, attempt }) => {
    const text = zwgk.wordsOf(query);
    if (!/^[a-zü'’ ]+$/i.test(text)) return null;
    const counted = new Map();
    for (const syllables of await zwgk.readPinyin(index, text)) {
      const spellings = await zwgk.spellPinyin(index, syllables);
      for (const [spelling, weight] of spellings.slice(0, syllables.length > 2 ? TRIED : 2 * TRIED)) {
        const total = syllables.length > 2 ? (await attempt('pinyin', zwgk.withParts(query, [zwgk.makePart(spelling)]))).total : weight;
        if (total) counted.set(spelling, total);
      }
    }
    const texts = Array.from(counted.keys()).sort((one, other) => counted.get(other) - counted.get(one));
    return texts.length ? attempt('pinyin', zwgk.withParts(query, [zwgk.makeChoice(texts)]), { suggestions: texts.slice(1, 6) }) : null;
  };

  /** Letters as initials. @type {Step} */
  const tryInitials = async ({ index, query, attempt }) => {
    const letters = zwgk.wordsOf(query).toLowerCase().replace(/ /g, '');
    if (!/^[a-z]{2,}$/.test(letters)) return null;
    const spellings = await zwgk.spellInitials(index, letters);
    for (const [spelling, weight] of spellings.slice(0, 3)) {
      const others = spellings.filter(([text, count]) => text !== spelling && count * 4 >= weight).map(([text]) => text);
      const outcome = await attempt('initials', zwgk.withParts(query, [zwgk.makePart(spelling)]), { suggestions: others.slice(0, 8) });
      if (outcome.total) return outcome;
    }
    return null;
  };

  /** A character that no segment has has no known sound either: it stands for any one. @type {(index: SearchIndex, part: Part) => Part | null} */
  const leaveOpen = (index, part) => {
    const [{ units }] = part.phrases;
    const known = units.filter(({ unit }) => index.segments.some(({ head }) => zwgk.unitKey(head, unit)));
    if (part.exact || known.length === units.length || known.length < 3 || known.length * 2 < units.length) return null;
    const [{ position: start }] = known;
    const text = units.map((unit) => (known.includes(unit) ? unit.unit : '?')).join('');
    return Object.assign(zwgk.makePart(text), { joined: '', phrases: [{ text, units: known.map(({ unit, position }) => ({ unit, position: position - start })) }] });
  };

  /** Characters that sound alike, in the parts that are found nowhere. @type {Step} */
  const tryHomophones = async ({ index, query, exact, attempt }) => {
    let isChanged = false;
    const parts = await Promise.all(
      query.parts.map(async (part, at) => {
        const { units } = part.phrases[0];
        const open = leaveOpen(index, part);
        if (open) isChanged = true;
        if (open) return open;
        if (part.exact || countPart(exact, at) || units.length > 12 || units.some(({ unit, position }, place) => zwgk.isWord(unit) || position !== place)) return part;
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
    return attempt('homophone', changed, { suggestions: [zwgk.wordsOf(changed)] });
  };

  /** @type {Step} */
  const trySynonyms = async ({ index, query, attempt }) => {
    const groups = await loadSynonyms(index);
    const wordings = query.parts.map(({ exact, text }) => (exact ? [] : otherWordings(groups, text)));
    if (wordings.every((others) => !others.length)) return null;
    const parts = query.parts.map((part, at) => (wordings[at].length ? zwgk.makeChoice(wordings[at].concat(part.text)) : part));
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
    return attempt('prefix', zwgk.withParts(query, query.parts.slice(0, -1).concat(choice)));
  };

  /** All parts but the rarest. @type {Step} */
  const tryRelaxed = async ({ query, exact, attempt }) => {
    const order = query.parts.map((_, at) => at).sort((one, other) => countPart(exact, other) - countPart(exact, one));
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
    const wordings = pieces.map((piece) => [piece].concat(otherWordings(groups, piece)));
    const { scores, parts } = await matchPieces(index, wordings);
    const found = scores.map((score) => ({ matches: [], ids: Array.from(score.keys()).sort((one, other) => one - other) }));
    const marked = zwgk.withParts(query, parts.map((text) => zwgk.makePart(text)));
    return { mode: 'any', query: marked, found, scores, used: pieces.join(' '), total: found.reduce((sum, { ids }) => sum + ids.length, 0), suggestions: [] };
  };

  /** A question comes before the repairs of a misspelt word. @type {Step} */
  const tryQuestion = async (context) => (isQuestion(context.query.text) && context.query.parts.every(({ text }) => text.length > 3) ? tryAny(context) : null);

  const steps = [tryPinyin, tryInitials, tryQuestion, tryHomophones, trySynonyms, tryPrefix, tryRelaxed, tryAny];

  /** @type {Zwgk['tryOthers']} */
  const tryOthers = async (context) => {
    for (const step of steps) {
      const outcome = await step(context);
      if (outcome && outcome.total) return outcome;
    }
    return null;
  };

  /** @type {Zwgk['suggestWordings']} */
  const suggestWordings = async (index, query) => {
    const groups = await loadSynonyms(index);
    return query.parts.map(({ text }) => otherWordings(groups, text)).flat().slice(0, 8);
  };

  Object.assign(zwgk, { tryOthers, suggestWordings });
})();
