/**
 * Natural questions: documents that hold most of what a question is about, by its pairs of units. Positions are not looked at.
 */
(() => {
  'use strict';

  const TITLE = 0;
  const FACTS = 3;
  /** A pair in more than this part of the documents says nothing. */
  const COMMON = 0.3;

  /** The pairs and words of a text. @param {string} text @returns {string[]} */
  const clues = (text) => {
    const units = zwgk.splitUnits(text);
    /** @type {string[]} */
    const found = [];
    units.forEach((/** @type {Unit} */ { unit, position }, /** @type {number} */ at) => {
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
    const lists = entry.lists.filter((/** @type {ListRef} */ { field }) => field !== FACTS);
    const postings = await Promise.all(lists.map((/** @type {ListRef} */ list) => zwgk.readPostings(segment, entry, list)));
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

  Object.assign(zwgk, { matchPieces });
})();
