/**
 * The files of the index (`docs/index-format.md`): loading, unpacking, and what they hold: head, shards, lists, columns.
 * On http the bytes are fetched; on file:// a script tag hands the same bytes over as windows-1252 text.
 */
(() => {
  'use strict';

  const FORMAT = 1;
  const TITLE = 0;
  /** Lists of at most so many documents have no positions. */
  const FEW = 8;
  /** What a browser decodes the bytes 80 to 9F of windows-1252 to. */
  const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

  /** @type {Zwgk['searchError']} */
  const searchError = (code, file) => Object.assign(new Error(code + ': ' + file), { name: 'SearchError', code, file });

  /** @type {Zwgk['once']} */
  const once = (made, key, make) => {
    let promise = made.get(key);
    if (!promise) {
      promise = make();
      made.set(key, promise);
      promise.catch(() => made.delete(key));
    }
    return promise;
  };

  /** @type {Zwgk['bytesOfText']} */
  const bytesOfText = (text) => {
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < bytes.length; at += 1) {
      const code = text.charCodeAt(at);
      bytes[at] = code < 256 ? code : 128 + HIGH.indexOf(text[at]);
    }
    return bytes;
  };

  /** @param {Uint8Array} bytes */
  const latin = (bytes) => String.fromCharCode.apply(null, Array.from(bytes));

  /** @type {Zwgk['gbText']} */
  const gbText = (bytes) => new TextDecoder('gb18030').decode(bytes);

  /** Name and payload of each container of a file. @param {Uint8Array} bytes @param {string} file @returns {Map<string, Uint8Array>} */
  const scanContainers = (bytes, file) => {
    const found = new Map();
    const plain = new Uint8Array(bytes.length);
    let size = 0;
    for (let at = 0; at < bytes.length; at += 3) {
      const nameEnd = bytes.indexOf(34, at + 3);
      if (latin(bytes.subarray(at, at + 3)) !== 'S("' || nameEnd < 0) throw searchError('damaged', file);
      const name = latin(bytes.subarray(at + 3, nameEnd));
      const start = size;
      for (at = nameEnd + 3; bytes[at] !== 34; at += 1) {
        if (at >= bytes.length) throw searchError('damaged', file);
        let byte = bytes[at];
        if (byte === 92) {
          at += 1;
          byte = bytes[at] === 110 ? 10 : bytes[at] === 114 ? 13 : bytes[at];
        }
        plain[size] = byte;
        size += 1;
      }
      found.set(name, plain.subarray(start, size));
    }
    return found;
  };

  /** Payloads that scripts have handed over, by name, until they are asked for. @type {Map<string, Uint8Array>} */
  const received = new Map();
  globalThis.S = (name, payload) => {
    received.set(name, bytesOfText(payload));
  };

  /** @type {(url: string, file: string, charset: string) => Promise<Map<string, Uint8Array>>} */
  const runScript = (url, file, charset) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.charset = charset;
      script.src = url;
      script.onload = () => {
        script.remove();
        resolve(received);
      };
      script.onerror = () => {
        script.remove();
        reject(searchError('missing', file));
      };
      document.head.appendChild(script);
    });

  /** @type {Zwgk['need']} */
  const need = (base, name) => once(contents, base + name, () => runScript(base + name + '.js', name, 'utf-8'));

  /** @param {string} base @param {string} file @returns {Promise<Map<string, Uint8Array>>} */
  const readFile = async (base, file) => {
    const url = base + file + '.js';
    if (base.startsWith('file:')) return runScript(url, file, 'windows-1252');
    let response;
    let bytes;
    try {
      response = await fetch(url, { cache: file === 'manifest' ? 'no-cache' : 'default' });
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (failure) {
      throw searchError('offline', file);
    }
    if (!response.ok) throw searchError(response.status === 404 || response.status === 410 ? 'missing' : 'offline', file);
    return scanContainers(bytes, file);
  };

  /** @param {string} base @param {Uint8Array} payload @param {string} file @returns {Promise<Uint8Array>} */
  const unpack = async (base, payload, file) => {
    if (typeof DecompressionStream === 'undefined' && !zwgk.inflate) await need(base, 'inflate');
    let bytes;
    try {
      bytes = zwgk.inflate
        ? zwgk.inflate(payload)
        : new Uint8Array(await new Response(new Blob([payload.slice()]).stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer());
    } catch (failure) {
      throw searchError('damaged', file);
    }
    if (bytes[0] !== FORMAT) throw searchError('version', file);
    return bytes.subarray(1);
  };

  /** @type {Map<string, Promise<any>>} */
  const contents = new Map();

  /** What a container holds; `file` is where it stands, if not in a file of its own. @param {string} base @param {string} name @param {string} [file] */
  const loadContent = (base, name, file) =>
    once(contents, base + name, async () => {
      const whole = file || name;
      const found = await (file ? once(contents, base + file, () => readFile(base, file)) : readFile(base, name));
      const payload = found.get(name);
      if (!file) found.delete(name);
      if (!payload) throw searchError(file ? 'missing' : 'damaged', whole);
      return unpack(base, payload, whole);
    });

  /** @param {Uint8Array} bytes @param {number} [start] @returns {Cursor} */
  const readFrom = (bytes, start) => ({
    at: start || 0,
    byte() {
      this.at += 1;
      return bytes[this.at - 1];
    },
    number() {
      let value = 0;
      for (let shift = 1; ; shift *= 128) {
        const byte = bytes[this.at];
        this.at += 1;
        value += (byte & 127) * shift;
        if (!(byte & 128)) return value;
      }
    },
    bytes(length) {
      this.at += length;
      return bytes.subarray(this.at - length, this.at);
    },
    text() {
      return new TextDecoder().decode(this.bytes(this.number()));
    },
  });

  /** @param {Uint8Array} bytes @returns {Head} */
  const readHead = (bytes) => {
    const cursor = readFrom(bytes);
    const documents = cursor.number();
    const syllables = cursor.text().split(' ');
    const groups = gbText(cursor.bytes(cursor.number())).split(' ').map((group) => Array.from(group));
    const ranks = new Map();
    const characters = [''];
    const syllableOf = [0];
    groups.forEach((group, number) => {
      for (const char of group) {
        ranks.set(char, characters.length);
        characters.push(char);
        syllableOf.push(number);
      }
    });
    const bounds = [''];
    for (let left = cursor.number() - 1; left > 0; left -= 1) {
      const start = bounds[bounds.length - 1].slice(0, cursor.byte());
      bounds.push(start + latin(cursor.bytes(cursor.byte())));
    }
    const chunkStarts = new Uint32Array(cursor.number());
    const continuations = new Map();
    let next = 0;
    for (let chunk = 0; chunk < chunkStarts.length; chunk += 1) {
      chunkStarts[chunk] = next;
      const count = cursor.number();
      next += count >> 1;
      if (count & 1) continuations.set(chunk, cursor.number());
    }
    return { documents, syllables, groups, ranks, characters, syllableOf, bounds, chunkStarts, continuations, letters: cursor.number(), initials: new Set(cursor.text().split(' ')) };
  };

  /** @type {Zwgk['lastNotAbove']} */
  const lastNotAbove = (items, key) => {
    let low = 0;
    let high = items.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (items[middle] <= key) low = middle;
      else high = middle;
    }
    return low;
  };

  /** @type {Zwgk['numbered']} */
  const numbered = (folder, number) => folder + '/' + (number >> 8) + '/' + number;

  /** @param {number} number @param {Uint8Array} bytes @returns {Shard} */
  const readShard = (number, bytes) => {
    const cursor = readFrom(bytes);
    const count = cursor.number();
    /** @type {string[]} */
    const keys = [];
    const lists = [];
    const shared = cursor.bytes(count);
    const lengths = cursor.bytes(count);
    for (let term = 0; term < count; term += 1) keys.push((keys[term - 1] || '').slice(0, shared[term]) + latin(cursor.bytes(lengths[term])));
    const size = cursor.number();
    let start = cursor.at + size;
    let slot = 0;
    for (let term = 0; term < count; term += 1) {
      const mask = cursor.number();
      const found = [];
      for (let field = 0; field < 7; field += 1) {
        if (!((mask >> field) & 1)) continue;
        const frequency = cursor.number();
        const place = cursor.number();
        const long = (place & 1) === 1;
        const placed = field !== TITLE && frequency > FEW;
        found.push({ field, frequency, start: long ? place >> 1 : start, long, slot: placed ? slot : -1 });
        if (placed) slot += 1;
        start += long ? cursor.number() : place >> 1;
      }
      lists.push(found);
    }
    return { number, bytes, keys, lists };
  };

  /** @param {Segment} segment @param {number} number @returns {Promise<Shard>} */
  const loadShard = (segment, number) =>
    once(segment.parsed, 's' + number, async () => readShard(number, await segment.load(numbered('s', number))));

  /** @type {Zwgk['findEntries']} */
  const findEntries = (segment, keys) =>
    Promise.all(
      keys.map(async (key) => {
        const shard = await loadShard(segment, lastNotAbove(segment.head.bounds, key));
        const at = lastNotAbove(shard.keys, key);
        return shard.keys[at] === key ? { shard, key, lists: shard.lists[at] } : undefined;
      })
    );

  /** @type {Zwgk['scanEntries']} */
  const scanEntries = async (segment, low, high) => {
    const { bounds } = segment.head;
    const numbers = [];
    for (let number = lastNotAbove(bounds, low); number < bounds.length && (bounds[number] < high || !number); number += 1) numbers.push(number);
    const shards = await Promise.all(numbers.map((number) => loadShard(segment, number)));
    /** @type {Entry[]} */
    const found = [];
    for (const shard of shards) {
      shard.keys.forEach((key, at) => {
        if (key >= low && key < high) found.push({ shard, key, lists: shard.lists[at] });
      });
    }
    return found;
  };

  /** @param {Cursor} cursor @param {number} count how many positions */
  const readPlaces = (cursor, count) => {
    const places = [];
    let place = -1;
    for (let left = count; left > 0; left -= 1) {
      place += cursor.number() + 1;
      places.push(place);
    }
    return places;
  };

  /** @type {Zwgk['readPostings']} */
  const readPostings = async (segment, { shard }, list) => {
    const bytes = list.long ? await segment.load(numbered('l', shard.number) + '-' + list.start) : shard.bytes;
    const cursor = readFrom(bytes, list.long ? 0 : list.start);
    /** @type {number[]} */
    const ids = [];
    const counts = [];
    let id = -1;
    for (let left = list.frequency; left > 0; left -= 1) {
      const value = cursor.number();
      id += (value >> 1) + 1;
      ids.push(id);
      counts.push(value & 1 ? cursor.number() + 2 : 1);
    }
    if (list.field !== TITLE) return { ids, counts };
    /** @type {Map<number, number>} */
    const lengths = new Map();
    const places = counts.map((count, at) => {
      const found = readPlaces(cursor, count);
      if (found[0] === 0) lengths.set(ids[at], cursor.number());
      return found;
    });
    return { ids, counts, places, lengths };
  };

  /** Where the positions of each slot of a shard begin; of those in files of their own, -1 - the file's number. @param {Segment} segment @param {Shard} shard */
  const loadPlaceStarts = (segment, shard) =>
    once(segment.parsed, 'p' + shard.number, async () => {
      const bytes = await segment.load(numbered('p', shard.number));
      const cursor = readFrom(bytes);
      const end = cursor.number() + cursor.at;
      const starts = [];
      for (let start = end; cursor.at < end; ) {
        const place = cursor.number();
        starts.push(place & 1 ? -1 - (place >> 1) : start);
        if (!(place & 1)) start += place >> 1;
      }
      return { bytes, starts };
    });

  /** What is not wanted is passed over. @type {Zwgk['loadPlaces']} */
  const loadPlaces = async (segment, { shard }, list, { ids, counts, places }, wanted) => {
    let bytes = shard.bytes;
    let start = 0;
    if (!places) {
      const found = await loadPlaceStarts(segment, shard);
      start = found.starts[list.slot];
      bytes = found.bytes;
      if (start < 0) {
        bytes = await segment.load(numbered('q', shard.number) + '-' + (-1 - start));
        start = 0;
      }
    }
    const cursor = readFrom(bytes, start);
    /** @type {number[][]} */
    const result = [];
    for (let at = 0; result.length < wanted.length; at += 1) {
      const isWanted = ids[at] === wanted[result.length];
      if (places) {
        if (isWanted) result.push(places[at]);
      } else if (isWanted) {
        result.push(readPlaces(cursor, counts[at]));
      } else {
        for (let left = counts[at]; left > 0; cursor.at += 1) if (bytes[cursor.at] < 128) left -= 1;
      }
    }
    return result;
  };

  /** A column written in runs, one number for each document. @param {Cursor} cursor @param {number} documents @param {boolean} sums whether each run's number counts on from the one before */
  const readRuns = (cursor, documents, sums) => {
    const rows = new Uint32Array(documents);
    let at = 0;
    let value = 0;
    for (let left = cursor.number(); left > 0; left -= 1) {
      const count = cursor.number();
      value = cursor.number() + (sums ? value : 0);
      rows.fill(value, at, at + count);
      at += count;
    }
    return rows;
  };

  /** @param {Cursor} cursor @param {() => any} read @returns {any[]} */
  const readMany = (cursor, read) => Array.from({ length: cursor.number() }, read);

  /** @type {Zwgk['loadColumns']} */
  const loadColumns = (segment) =>
    once(segment.parsed, 'columns', async () => {
      const cursor = readFrom(await segment.load('columns'));
      const days = readRuns(cursor, segment.head.documents, true);
      const facets = readMany(cursor, () => ({
        values: readMany(cursor, () => ({ key: cursor.text(), label: cursor.text() })),
        combinations: readMany(cursor, () => readMany(cursor, () => cursor.number())),
        rows: readRuns(cursor, segment.head.documents, false),
      }));
      return { days, facets };
    });

  /** @type {Zwgk['openIndex']} */
  const openIndex = (base) =>
    once(contents, base, async () => {
      const manifest = JSON.parse(new TextDecoder().decode(await loadContent(base, 'manifest')));
      if (manifest.format !== FORMAT) throw searchError('version', 'manifest');
      /** @type {SearchIndex} */
      const index = { base, manifest, segments: [], load: (name) => loadContent(base, name) };
      /** @type {SegmentRef[]} */
      const refs = manifest.segments;
      index.segments = await Promise.all(
        refs.filter(({ documents }) => documents).map(async (ref) => {
          /** @type {Segment['load']} */
          const load = (name) => loadContent(base, ref.id + '/' + name, ref.single ? ref.id + '/all' : undefined);
          return { ref, index, load, parsed: new Map(), dead: new Set(ref.dead), head: readHead(await load('head')) };
        })
      );
      return index;
    });

  /** @type {Zwgk['forgetIndex']} */
  const forgetIndex = (base) => {
    contents.delete(base);
    contents.delete(base + 'manifest');
  };

  Object.assign(zwgk, { searchError, once, bytesOfText, gbText, need, openIndex, forgetIndex, lastNotAbove, numbered, findEntries, scanEntries, readPostings, loadPlaces, loadColumns });
})();
