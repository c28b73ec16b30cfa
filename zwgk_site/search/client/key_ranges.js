/**
 * Terms by the beginning of their keys, and what a single character finds with them. Few queries need it, so it is loaded only then.
 */
(() => {
  'use strict';

  const TITLE = 0;

  /** @type {Zwgk['scanEntries']} */
  const scanEntries = async (segment, low, high) => {
    const { bounds } = segment.head;
    const numbers = [];
    for (let number = zwgk.lastNotAbove(bounds, low); number < bounds.length && (bounds[number] < high || !number); number += 1) numbers.push(number);
    const shards = await Promise.all(numbers.map((number) => zwgk.loadShard(segment, number)));
    /** @type {Entry[]} */
    const found = [];
    for (const shard of shards) {
      shard.keys.forEach((key, at) => {
        if (key >= low && key < high) found.push({ shard, key, lists: shard.lists[at] });
      });
    }
    return found;
  };

  /** @type {Zwgk['countLiving']} */
  const countLiving = async (segment, entry) => {
    let total = 0;
    for (const list of entry.lists) {
      const { ids } = segment.dead.size ? await zwgk.readPostings(segment, entry, list) : { ids: [] };
      total += list.frequency - ids.filter((id) => segment.dead.has(id)).length;
    }
    return total;
  };

  /** @type {Zwgk['unite']} */
  const unite = (all) => {
    /** @type {Map<number, number>} */
    const counts = new Map();
    /** @type {Map<number, [number, number][]>} */
    const spans = new Map();
    const lengths = new Map();
    for (const one of all) {
      one.ids.forEach((id, at) => counts.set(id, (counts.get(id) || 0) + one.counts[at]));
      const { spans: find } = one;
      if (find) one.ids.forEach((id) => spans.set(id, (spans.get(id) || []).concat(find(id))));
      (one.lengths || []).forEach((length, id) => lengths.set(id, length));
    }
    const ids = Array.from(counts.keys()).sort((first, second) => first - second);
    return { ids, counts: ids.map((id) => counts.get(id) || 0), spans: (id) => spans.get(id) || [], lengths, open: all.flatMap(({ open }) => open || []) };
  };

  /** A single character: titles only, where it is the beginning of some term. @type {Zwgk['matchCharacter']} */
  const matchCharacter = async (segment, char) => {
    const key = zwgk.unitKey(segment.head, char);
    const entries = key ? await scanEntries(segment, key, key + '\xff') : [];
    const inTitles = entries.filter(({ lists }) => lists[0].field === TITLE);
    const all = await Promise.all(inTitles.map((entry) => zwgk.matchField(segment, [{ entry, list: entry.lists[0], offset: 0 }], 1)));
    return new Map(all.length ? [[TITLE, unite(all)]] : []);
  };

  Object.assign(zwgk, { scanEntries, countLiving, unite, matchCharacter });
})();
