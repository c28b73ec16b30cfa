/**
 * Other spellings of a query: by full pinyin, by initials, by characters that sound alike. Gives texts; whether they are there, matching says.
 */
(() => {
  'use strict';

  /** So many unfinished spellings are kept at each step. */
  const BEAM = 100;
  /** An index whose segments have at most so many shards each is small: it is read whole if need be. */
  const FEW_SHARDS = 64;
  /** So many words of two letters are joined with as many others. */
  const HALVES = 6;
  /** So many ways to read several words as pinyin are weighed at most. */
  const MOST_WAYS = 1000;
  /** Longer phrases are chained from pieces of so many letters, which share so many. */
  const WINDOWS = [[4, 3], [4, 2], [3, 2], [2, 1]];

  /** Every way to cut letters into the fewest syllables, or one more. @param {string} letters @param {(letters: string) => string} find @returns {string[][]} */
  const cutSyllables = (letters, find) => {
    /** @type {string[][][]} */
    const ways = [[[]]];
    for (let end = 1; end <= letters.length; end += 1) {
      /** @type {string[][]} */
      let best = [];
      for (let start = Math.max(0, end - 6); start < end; start += 1) {
        const syllable = find(letters.slice(start, end));
        if (syllable) best = best.concat(ways[start].map((way) => way.concat(syllable)));
      }
      const fewest = Math.min(...best.map((way) => way.length));
      ways.push(best.filter((way) => way.length <= fewest + 1).slice(0, BEAM));
    }
    return ways[letters.length];
  };

  /** Pairs of unusual reading, both ways. @param {Segment} segment @returns {Promise<Readings>} */
  const loadReadings = (segment) =>
    zwgk.loadParsed(segment, 'readings', (bytes) => {
      /** @type {Map<string, string[]>} */
      const ofPair = new Map();
      /** @type {Map<string, string[]>} */
      const pairs = new Map();
      for (const line of zwgk.gbText(bytes).split('\n').filter(Boolean)) {
        const [pair] = line.split(' ', 1);
        const readings = line.slice(pair.length + 1).split(',');
        ofPair.set(pair, readings);
        for (const reading of readings) pairs.set(reading, (pairs.get(reading) || []).concat(pair));
      }
      return { ofPair, pairs };
    });

  /** Finds the syllable that letters are, '' for none; v for ü, as in the index. @type {(index: SearchIndex) => Promise<(letters: string) => string>} */
  const makeSyllableTest = async (index) => {
    const known = new Set();
    for (const segment of index.segments) {
      segment.head.syllables.forEach((syllable) => known.add(syllable));
      (await loadReadings(segment)).pairs.forEach((_, reading) => reading.split(' ').forEach((syllable) => known.add(syllable)));
    }
    return (letters) => {
      const other = letters.replace(/^([ln])ue$/, '$1ve');
      return known.has(letters) ? letters : known.has(other) ? other : '';
    };
  };

  /** @param {string[][]} ways */
  const sortWays = (ways) => ways.sort((one, other) => one.length - other.length);

  /** Blanks and apostrophes part syllables. @type {Zwgk['readPinyin']} */
  const readPinyin = async (index, text) => {
    const find = await makeSyllableTest(index);
    const pieces = text.normalize('NFKC').toLowerCase().replace(/ü/g, 'v').split(/[^a-z]+/).filter(Boolean);
    /** @type {string[][]} */
    let ways = [[]];
    for (const piece of pieces) {
      const more = cutSyllables(piece, find);
      ways = ways.map((way) => more.map((next) => way.concat(next))).flat();
      if (ways.length > MOST_WAYS) ways = sortWays(ways).slice(0, MOST_WAYS);
    }
    return sortWays(ways).slice(0, 8);
  };

  /** @param {Head} head @param {string} char */
  const syllableOf = (head, char) => head.syllables[head.syllableOf[head.ranks.get(char) || 0]];

  /** How often documents that count have pairs of characters. @param {Segment} segment @param {string[]} pairs @returns {Promise<Map<string, number>>} */
  const countPairs = async (segment, pairs) => {
    const keys = pairs.map((pair) => Array.from(pair).map((char) => zwgk.unitKey(segment.head, char)));
    const known = pairs.map((_, at) => at).filter((at) => keys[at].every(Boolean));
    const entries = await zwgk.findEntries(segment, known.map((at) => keys[at].join('')));
    return new Map(await Promise.all(entries.map(async (entry, at) => /** @type {[string, number]} */ ([pairs[known[at]], entry ? await zwgk.countLiving(segment, entry) : 0]))));
  };

  /** Pairs of characters that are read so, with their frequencies. @param {Segment} segment @param {string} first @param {string} second @returns {Promise<Map<string, number>>} */
  const findPairs = async (segment, first, second) => {
    const { head } = segment;
    const { pairs } = await loadReadings(segment);
    const seconds = head.groups[head.syllables.indexOf(second)] || [];
    const found = new Map();
    if (seconds.length) {
      const firsts = head.groups[head.syllables.indexOf(first)] || [];
      const [low, high] = [seconds[0], seconds[seconds.length - 1]].map((char) => zwgk.unitKey(head, char));
      const entries = await Promise.all(firsts.map((char) => zwgk.scanEntries(segment, zwgk.unitKey(head, char) + low, zwgk.unitKey(head, char) + high + '\0')));
      for (const [at, row] of entries.entries()) {
        for (const entry of row) {
          const pair = firsts[at] + head.characters[(entry.key.charCodeAt(2) - 128) * 256 + entry.key.charCodeAt(3)];
          found.set(pair, await zwgk.countLiving(segment, entry));
        }
      }
    }
    const others = await countPairs(segment, pairs.get(first + ' ' + second) || []);
    return new Map([...found, ...others]);
  };

  /** How a pair may be read otherwise; where it is known, all segments say the same. @param {SearchIndex} index @param {string} pair @returns {Promise<string[]>} */
  const readingsOf = async (index, pair) => {
    for (const segment of index.segments) {
      const found = (await loadReadings(segment)).ofPair.get(pair);
      if (found) return found;
    }
    return [];
  };

  /** @param {SearchIndex} index @param {string} char */
  const usualSyllable = (index, char) => index.segments.map(({ head }) => syllableOf(head, char)).find(Boolean) || '';

  /** Whether a text may be read so. @param {SearchIndex} index @param {string} text @param {string[]} syllables */
  const isReadAs = async (index, text, syllables) => {
    const chars = Array.from(text);
    if (chars.length !== syllables.length) return false;
    for (let at = 0; at < chars.length; at += 1) {
      if (usualSyllable(index, chars[at]) === syllables[at]) continue;
      const sides = await Promise.all([0, 1].map((side) => readingsOf(index, chars[at - side] + chars[at - side + 1])));
      if (!sides.some((readings, side) => readings.some((reading) => reading.split(' ')[side] === syllables[at]))) return false;
    }
    return true;
  };

  /** What segments hold, together: a spelling must not depend on how documents are spread over them. @param {Map<string, number>[]} found */
  const pool = (found) => {
    const together = new Map();
    for (const weights of found) weights.forEach((weight, text) => weight && together.set(text, (together.get(text) || 0) + weight));
    return together;
  };

  /** @type {(index: SearchIndex, find: (segment: Segment) => Promise<Map<string, number>>) => Promise<Map<string, number>>} */
  const pooled = async (index, find) => pool(await Promise.all(index.segments.map(find)));

  /** A segment's phrases with these initials. @param {Segment} segment @param {string} letters @returns {Promise<Map<string, number>>} */
  const loadPhrases = async (segment, letters) => {
    const found = new Map();
    const named = segment.head.letters;
    const name = letters.slice(0, named);
    if (!segment.head.initials.has(name)) return found;
    for (const line of zwgk.gbText(await segment.load('i/' + name)).split('\n')) {
      const [rest, ...words] = line.split(' ');
      if (rest !== letters.slice(named)) continue;
      for (const word of words) found.set(word.slice(1), 2 ** (word.charCodeAt(0) - 97));
    }
    return found;
  };

  /** @type {Zwgk['isSmall']} */
  const isSmall = ({ segments }) => segments.every(({ head }) => head.bounds.length <= FEW_SHARDS);

  /** The frequent phrases with these initials, two to four letters. In a large index only the base knows what is frequent. @param {SearchIndex} index @param {string} letters */
  const phrasesOf = async (index, letters) => {
    const asked = isSmall(index) ? index.segments : index.segments.slice(0, 1);
    return pool(await Promise.all(asked.map((segment) => loadPhrases(segment, letters))));
  };

  /** Frequent spellings first. @param {Map<string, number>} weights */
  const sortSpellings = (weights) => Array.from(weights).sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));

  /** Longer spellings out of short ones that overlap; a spelling is as frequent as its rarest link. @param {Map<string, number>[]} links @param {number} overlap characters */
  const chainLinks = (links, overlap) =>
    links.slice(1).reduce((known, link) => {
      const longer = new Map();
      for (const [text, weight] of known) {
        for (const [next, frequency] of link) {
          if (text.endsWith(next.slice(0, overlap))) longer.set(text + next.slice(overlap), Math.min(weight, frequency));
        }
      }
      return new Map(sortSpellings(longer).slice(0, BEAM));
    }, links[0]);

  /** @param {SearchIndex} index @param {string} letters @returns {Promise<Map<string, number>>} phrases with their frequencies */
  const findByInitials = async (index, letters) => {
    for (const [size, shared] of WINDOWS) {
      const overlap = Math.min(shared, letters.length - 1);
      const starts = [];
      for (let start = 0; start + overlap < letters.length; start += size - shared) starts.push(start);
      const found = chainLinks(await Promise.all(starts.map((start) => phrasesOf(index, letters.slice(start, start + size)))), overlap);
      if (found.size) return found;
    }
    return new Map();
  };

  /** Four letters as two frequent words that stand side by side somewhere. @param {SearchIndex} index @param {string} letters @returns {Promise<Map<string, number>>} */
  const findByHalves = async (index, letters) => {
    const found = new Map();
    if (letters.length !== 4) return found;
    const halves = await Promise.all([letters.slice(0, 2), letters.slice(2)].map((half) => phrasesOf(index, half)));
    const [fronts, backs] = halves.map((weights) => sortSpellings(weights).slice(0, HALVES));
    const ways = fronts.map((front) => backs.map((back) => [front, back])).flat();
    const pairs = ways.map(([[front], [back]]) => Array.from(front)[1] + Array.from(back)[0]);
    const counts = await pooled(index, (segment) => countPairs(segment, pairs));
    ways.forEach(([[front, one], [back, other]], at) => {
      const together = counts.get(pairs[at]);
      if (together) found.set(front + back, Math.min(one, other, together));
    });
    return found;
  };

  /** Texts that are read so: frequent phrases if one of them is good enough, otherwise also whatever pairs can be chained to; in a small index only the latter. @type {(index: SearchIndex, syllables: string[], isEnough?: (text: string) => boolean) => Promise<Map<string, number>>} */
  const findByPinyin = async (index, syllables, isEnough = () => true) => {
    if (syllables.length === 1) {
      return pooled(index, async ({ head }) => {
        const group = head.groups[head.syllables.indexOf(syllables[0])] || [];
        return new Map(group.slice(0, 5).map((char, at) => [char, 1 / (at + 1)]));
      });
    }
    const found = new Map();
    if (syllables.length > 2 && !isSmall(index)) {
      for (const [text, weight] of await findByInitials(index, syllables.map((syllable) => syllable[0]).join(''))) {
        if (await isReadAs(index, text, syllables)) found.set(text, weight);
      }
      if (Array.from(found.keys()).some(isEnough)) return found;
    }
    const links = await Promise.all(syllables.slice(1).map((second, at) => pooled(index, (segment) => findPairs(segment, syllables[at], second))));
    return new Map([...chainLinks(links, 1), ...found]);
  };

  /** The syllables of a text of Han characters: each as usual; and as its pairs are read, since a wrong character may make a pair of another reading. @param {SearchIndex} index @param {string[]} chars */
  const syllablesOf = async (index, chars) => {
    const usual = chars.map((char) => usualSyllable(index, char) || '-');
    const paired = usual.slice();
    for (let at = 0; at + 1 < chars.length; at += 1) {
      const [reading] = await readingsOf(index, chars[at] + chars[at + 1]);
      if (reading) [paired[at], paired[at + 1]] = reading.split(' ');
    }
    return (String(usual) === String(paired) ? [usual] : [usual, paired]).filter((syllables) => !syllables.includes('-'));
  };

  /** @param {SearchIndex} index @param {string} letters */
  const spellInitials = async (index, letters) => sortSpellings(await findByInitials(index, letters));

  /** @param {SearchIndex} index @param {string} letters */
  const spellHalves = async (index, letters) => sortSpellings(await findByHalves(index, letters));

  /** @param {SearchIndex} index @param {string[]} syllables */
  const spellPinyin = async (index, syllables) => sortSpellings(await findByPinyin(index, syllables));

  /** Texts with some character at one place, which the pairs on both sides of it allow; only where few shards have to be read. @type {(index: SearchIndex, chars: string[], place: number) => Promise<Map<string, number>>} */
  const fillPlace = async (index, chars, place) => {
    const found = new Map();
    if (!isSmall(index)) return found;
    const candidates = Array.from(new Set(index.segments.map(({ head }) => head.characters.slice(1)).flat()));
    const frequencies = candidates.map(() => Infinity);
    for (const pair of [[place - 1, place], [place, place + 1]].filter(([from, to]) => from >= 0 && to < chars.length)) {
      const pairs = candidates.map((candidate) => pair.map((at) => (at === place ? candidate : chars[at])).join(''));
      const counts = await pooled(index, (segment) => countPairs(segment, pairs));
      pairs.forEach((text, at) => {
        frequencies[at] = Math.min(frequencies[at], counts.get(text) || 0);
      });
    }
    candidates.forEach((candidate, at) => {
      if (frequencies[at]) found.set(chars.map((char, number) => (number === place ? candidate : char)).join(''), frequencies[at]);
    });
    return found;
  };

  /** Of a character that no segment has the sound is not known: then it may be any one. @type {Zwgk['spellAlike']} */
  const spellAlike = async (index, text) => {
    const chars = Array.from(text);
    /** @param {string} spelling */
    const countSame = (spelling) => Array.from(spelling).filter((char, at) => char === chars[at]).length;
    const unknown = chars.map((_, at) => at).filter((at) => !index.segments.some(({ head }) => head.ranks.has(chars[at])));
    let found = new Map();
    if (unknown.length === 1 && chars.length > 2) found = await fillPlace(index, chars, unknown[0]);
    else if (chars.length > 1) {
      for (const way of await syllablesOf(index, chars)) {
        found = new Map([...found, ...(await findByPinyin(index, way, (spelling) => countSame(spelling) === chars.length - 1))]);
      }
    }
    return sortSpellings(found)
      .map(([spelling, weight]) => ({ spelling, weight, same: countSame(spelling) }))
      .filter(({ same }) => same * 2 >= chars.length && same < chars.length)
      .sort((one, other) => other.same - one.same || other.weight - one.weight);
  };

  Object.assign(zwgk, { isSmall, readPinyin, spellPinyin, spellInitials, spellHalves, spellAlike });
})();
