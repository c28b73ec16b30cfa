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

  /** Whether a unit is a character between gaps, which no term holds. @param {Unit} unit @param {number} at @param {Unit[]} units */
  const isLonely = ({ unit, position }, at, units) =>
    !zwgk.isWord(unit) && (!at || units[at - 1].position < position - 1) && (at + 1 === units.length || units[at + 1].position > position + 1);

  /** A phrase without such characters, if anything else is in it. @param {Phrase} phrase @returns {Phrase} */
  const dropLonely = (phrase) => {
    const kept = phrase.units.filter((unit, at, units) => !isLonely(unit, at, units));
    if (!kept.length || kept.length === phrase.units.length) return phrase;
    return Object.assign({}, phrase, { units: kept.map(({ unit, position }) => ({ unit, position: position - kept[0].position })) });
  };

  /** The parts of a record by the fields' numbers. */
  const TEXTS = ['title', 'number', 'identifiers', 'facts', 'keywords', 'body', 'attachments'];
  const TITLE = 0;

  /** What a document's text says of a part in a field. @type {(segment: Segment, id: number, field: number, part: Part) => Promise<{spans: [number, number][], length: number}>} */
  const readSpans = async (segment, id, field, { phrases }) => {
    const record = await zwgk.loadRecord(segment, id);
    const text = TEXTS[field] === 'body' ? await zwgk.readBody(segment, record, async () => false, Infinity) : record[TEXTS[field]];
    const units = await zwgk.readUnits(segment, text);
    const spans = phrases.flatMap(({ units: phrase }) =>
      zwgk.findPhrase(units, phrase).map(([first, last]) => /** @type {[number, number]} */ ([units[first].position, units[last].position + 1]))
    );
    return { spans, length: units.length && units[units.length - 1].position + 1 };
  };

  /** A place with what the texts of the wanted documents say. @type {(segment: Segment, field: number, part: Part, place: Found, wanted: Set<number>) => Promise<Found>} */
  const readPlace = async (segment, field, part, place, wanted) => {
    const read = new Set((place.open || []).filter((id) => wanted.has(id)));
    if (!read.size) return place;
    const texts = new Map(await Promise.all(Array.from(read, async (id) => /** @type {[number, any]} */ ([id, await readSpans(segment, id, field, part)]))));
    const counts = place.ids.map((id, at) => (read.has(id) ? texts.get(id).spans.length : place.counts[at]));
    const lengths = new Map(place.lengths || []);
    if (field === TITLE) texts.forEach(({ length }, id) => lengths.set(id, length));
    return {
      ids: place.ids.filter((_, at) => counts[at]),
      counts: counts.filter(Boolean),
      spans: place.spans && ((id) => (texts.get(id) || { spans: place.spans && place.spans(id) }).spans),
      lengths,
    };
  };

  /** By all positions of long phrases, then by reading texts. @type {Zwgk['settle']} */
  const settle = async (index, query, found, facts) => {
    /** @type {<Value>(make: (match: SegmentMatch, segment: Segment) => Value) => Value[]} */
    const map = (make) => found.map((match, at) => make(match, index.segments[at]));
    /** @param {Segment} segment @param {number[]} ids @param {PartMatch[]} matches */
    const join = (segment, ids, matches) => ({ matches, ids: zwgk.intersect(ids, zwgk.joinParts(segment, matches)) });
    /** @param {number[]} numbers */
    const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);
    const countOpen = () => sum(map((match) => zwgk.openIds(match).length));
    const isLong = found[0].matches.some(({ part }) => part.phrases.some(({ units }) => units.length > zwgk.SHORT));
    if (isLong && (countOpen() > READABLE || sum(map((match, { head }) => countChunks(head, zwgk.openIds(match)))) > CHUNKS)) {
      found = await Promise.all(
        map(async ({ matches, ids }, segment) =>
          join(segment, ids, await Promise.all(matches.map(({ part }) => zwgk.matchPart(segment, part, zwgk.fieldsOf(part, query, facts), true))))
        )
      );
    }
    if (countOpen() > READABLE && found[0].matches.some(({ part }) => part.phrases.some((phrase) => dropLonely(phrase) !== phrase))) {
      const plain = await zwgk.settle(
        index,
        query,
        await Promise.all(
          map(async (match, segment) => {
            const others = match.matches.map(({ part }) =>
              zwgk.matchPart(segment, Object.assign({}, part, { phrases: part.phrases.map(dropLonely) }), zwgk.fieldsOf(part, query, facts))
            );
            const matches = await Promise.all(others);
            return { matches, ids: zwgk.joinParts(segment, matches) };
          })
        ),
        facts
      );
      if (sum(plain.map(({ ids }) => ids.length)) > READABLE) return plain;
      found = found.map(({ matches, ids }, at) => ({ matches, ids: zwgk.intersect(ids, plain[at].ids) }));
    }
    return Promise.all(
      map(async (match, segment) => {
        const wanted = new Set(zwgk.openIds(match));
        const matches = await Promise.all(
          match.matches.map(async ({ part, fields }) => ({
            part,
            fields: new Map(await Promise.all(Array.from(fields, async ([field, place]) => /** @type {[number, Found]} */ ([field, await readPlace(segment, field, part, place, wanted)])))),
          }))
        );
        return wanted.size ? join(segment, match.ids, matches) : match;
      })
    );
  };

  Object.assign(zwgk, { thinOut, settle });
})();
