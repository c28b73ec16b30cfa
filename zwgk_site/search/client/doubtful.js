/**
 * What only seemed to match is taken away: where lists without positions, long phrases or single characters leave it open.
 */
(() => {
  'use strict';

  /** So many candidates at most are looked up in their texts. */
  const READABLE = 50;
  /** Reading more chunks than these is slower than loading all positions of a long phrase. */
  const CHUNKS = 12;

  /** @type {Zwgk['thinOut']} */
  const thinOut = ([first, ...others]) => {
    const thirds = [0, 1, 2].map((third) => others.slice((others.length * third) / 3, (others.length * (third + 1)) / 3));
    return [first].concat(thirds.map((third) => third.reduce((best, term) => (term.rarity > best.rarity ? term : best))));
  };

  /** How many text chunks must be loaded to read these documents. @param {Head} head @param {number[]} ids */
  const countChunks = ({ chunkStarts, continuations }, ids) => {
    const chunks = new Set(ids.map((id) => zwgk.lastNotAbove(chunkStarts, id)));
    return Array.from(chunks).reduce((sum, chunk) => sum + 1 + (continuations.get(chunk) || 0), 0);
  };

  /** The documents of which only the text can tell whether they match. @param {PartMatch[]} matches @param {number[]} ids */
  const doubtful = (matches, ids) => {
    const open = matches.filter(({ sure }) => sure);
    return ids.filter((id) => open.some(({ sure }) => sure && !sure.has(id)));
  };

  /** Whether a document's text really has the parts, each within a field. @type {(segment: Segment, id: number, matches: PartMatch[]) => Promise<boolean>} */
  const holdsParts = async (segment, id, matches) => {
    const record = await zwgk.loadRecord(segment, id);
    let missing = matches.map(({ part }) => part);
    for (const name of ['title', 'number', 'identifiers', 'keywords', 'attachments', 'facts']) {
      if (!missing.length) return true;
      const units = await zwgk.readUnits(segment, record[name]);
      missing = missing.filter((part) => !zwgk.holdsPart(units, part));
    }
    await zwgk.readBody(
      segment,
      record,
      async (body) => {
        const units = await zwgk.readUnits(segment, body);
        missing = missing.filter((part) => !zwgk.holdsPart(units, part));
        return !missing.length;
      },
      Infinity
    );
    return !missing.length;
  };

  /** By all positions of long phrases, then by reading texts. @type {Zwgk['settle']} */
  const settle = async (segment, query, { matches, ids }, facts) => {
    const long = matches.filter(({ part, sure }) => sure && part.phrases.some(({ units }) => units.length > zwgk.SHORT));
    let open = doubtful(matches, ids);
    if (long.length && (open.length > READABLE || countChunks(segment.head, open) > CHUNKS)) {
      matches = await Promise.all(matches.map((one) => (long.includes(one) ? zwgk.matchPart(segment, one.part, zwgk.fieldsOf(one.part, query, facts), true) : one)));
      ids = zwgk.intersect(ids, zwgk.joinParts(segment, matches));
      open = doubtful(matches, ids);
    }
    if (!open.length || open.length > READABLE) return { matches, ids };
    const isThere = await Promise.all(open.map((id) => holdsParts(segment, id, matches.filter(({ sure }) => sure && !sure.has(id)))));
    const wrong = new Set(open.filter((_, at) => !isThere[at]));
    return { matches, ids: ids.filter((id) => !wrong.has(id)) };
  };

  Object.assign(zwgk, { thinOut, settle });
})();
