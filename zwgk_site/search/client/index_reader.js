/**
 * The files of the index (`docs/index-format.md`): loading, unpacking, and what they hold: head, shards, lists, columns.
 * On http the bytes are fetched; on file:// a script tag hands the same bytes over as windows-1252 text.
 */
(() => {
  'use strict';

  const FORMAT = 2;
  const TITLE = 0;
  /** Lists of at most so many documents have no positions. */
  const FEW = 8;
  /** So many bytes of inflated files are kept at most. */
  const KEPT = 8e6;
  /** So many of them at most are kept parsed, too: that takes many times their bytes. */
  const PARSED = 100;
  const DAY = 86400000;
  const EPOCH = Date.UTC(1899, 11, 31);

  /** Once a file was damaged, the browser's own cache is trusted no longer. @type {RequestCache} */
  let trusted = 'default';

  /** @type {Zwgk['searchError']} */
  const searchError = (code, file) => {
    if (code === 'damaged') trusted = 'reload';
    return Object.assign(new Error(code + ': ' + file), { name: 'SearchError', code, file });
  };

  /** Each thing is made at most once, but what failed is tried again. @type {<Value>(key: string, make: () => Promise<Value>) => Promise<Value>} */
  const once = (key, make) => {
    const promise = contents.get(key) || make();
    if (!contents.has(key)) {
      contents.set(key, promise);
      promise.catch(() => contents.delete(key));
    }
    return promise;
  };

  /** @param {Uint8Array} bytes */
  const latin = (bytes) => String.fromCharCode(...bytes);

  /** @type {Zwgk['gbText']} */
  const gbText = (bytes) => new TextDecoder('gb18030').decode(bytes);

  /** @type {{[byte: number]: number}} */
  const ESCAPED = { 110: 10, 114: 13 };

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
        if (bytes[at] === 92) {
          at += 1;
          plain[size] = ESCAPED[bytes[at]] || bytes[at];
        } else plain[size] = bytes[at];
        size += 1;
      }
      found.set(name, plain.subarray(start, size));
    }
    return found;
  };

  /** @type {Zwgk['runScript']} */
  const runScript = (base, file, charset) => {
    const script = document.createElement('script');
    return new Promise((resolve, reject) => {
      Object.assign(script, { charset, src: base + file + '.js', onload: resolve, onerror: () => reject(searchError('missing', file)) });
      document.head.appendChild(script);
    }).finally(() => script.remove());
  };

  /** @type {Zwgk['need']} */
  const need = (base, name) => once(base + name, () => runScript(base, name, 'utf-8'));

  /** @param {string} base @param {string} file @returns {Promise<Map<string, Uint8Array>>} */
  const readFile = async (base, file) => {
    if (base.startsWith('file:')) {
      await need(base, 'fallback');
      return zwgk.readLocal(base, file);
    }
    const fail = () => {
      throw searchError('offline', file);
    };
    const response = await fetch(base + file + '.js', { cache: file === 'manifest' ? 'no-cache' : trusted }).catch(fail);
    if (!response.ok) throw searchError([404, 410].includes(response.status) ? 'missing' : 'offline', file);
    return scanContainers(new Uint8Array(await response.arrayBuffer().catch(fail)), file);
  };

  /** @param {string} base @param {Uint8Array} payload @param {string} file @returns {Promise<Uint8Array>} */
  const unpack = async (base, payload, file) => {
    if (typeof DecompressionStream === 'undefined' && !zwgk.inflate) await need(base, 'inflate');
    let bytes;
    try {
      bytes = zwgk.inflate
        ? zwgk.inflate(payload)
        : new Uint8Array(await new Response(new Blob([payload.slice()]).stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer());
    } catch {
      throw searchError('damaged', file);
    }
    if (bytes[0] !== FORMAT) throw searchError('version', file);
    return bytes.subarray(1);
  };

  /** What is loaded or being loaded, by where it stands. @type {Map<string, Promise<any>>} */
  const contents = new Map();
  /** How long what is loaded is, the oldest first. @type {Map<string, number>} */
  const lengths = new Map();
  let total = 0;

  /** Drops the oldest where there is too much. @param {string} key @param {Uint8Array} bytes */
  const keep = (key, bytes) => {
    lengths.set(key, bytes.length);
    total += bytes.length;
    for (const [oldest, length] of lengths) {
      if (total <= KEPT) break;
      total -= length;
      lengths.delete(oldest);
      contents.delete(oldest);
    }
    return bytes;
  };

  /** What a container holds; `file` is where it stands, if not in a file of its own. @param {string} base @param {string} name @param {string} [file] */
  const loadContent = (base, name, file) =>
    once(base + name, async () => {
      const whole = file || name;
      const found = await (file ? once(base + file, () => readFile(base, file)) : readFile(base, name));
      const payload = found.get(name);
      if (!file) found.delete(name);
      if (!payload) throw searchError(file ? 'missing' : 'damaged', whole);
      return keep(base + name, await unpack(base, payload, whole));
    });

  /** What contents were parsed to, the longest unused first. @type {Map<Uint8Array, any>} */
  const parsed = new Map();

  /** @type {Zwgk['loadParsed']} */
  const loadParsed = async (segment, name, parse) => {
    const bytes = await segment.load(name);
    const made = parsed.get(bytes) || parse(bytes);
    parsed.delete(bytes);
    parsed.set(bytes, made);
    for (const oldest of parsed.keys()) if (parsed.size > PARSED) parsed.delete(oldest);
    return made;
  };

  /** @param {Uint8Array} bytes @param {number} [start] @returns {Cursor} */
  const readFrom = (bytes, start) => ({
    at: start || 0,
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
        ranks.set(char, characters.push(char) - 1);
        syllableOf.push(number);
      }
    });
    const bounds = [''];
    for (let left = cursor.number() - 1; left > 0; left -= 1) {
      bounds.push(bounds[bounds.length - 1].slice(0, cursor.bytes(1)[0]) + latin(cursor.bytes(cursor.bytes(1)[0])));
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
    for (let high = items.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (items[middle] <= key) low = middle;
      else high = middle;
    }
    return low;
  };

  /** @type {Zwgk['numbered']} */
  const numbered = (folder, number) => [folder, number >> 8, number].join('/');

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
    let start = cursor.number();
    start += cursor.at;
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

  /** @type {Zwgk['loadShard']} */
  const loadShard = (segment, number) => loadParsed(segment, numbered('s', number), (bytes) => readShard(number, bytes));

  /** @type {Zwgk['findEntries']} */
  const findEntries = (segment, keys) =>
    Promise.all(
      keys.map(async (key) => {
        const shard = await loadShard(segment, lastNotAbove(segment.head.bounds, key));
        const at = lastNotAbove(shard.keys, key);
        return shard.keys[at] === key ? { shard, key, lists: shard.lists[at] } : undefined;
      })
    );

  /** @param {Cursor} cursor @param {number} count how many positions */
  const readPlaces = (cursor, count) => {
    const places = [];
    let place = -1;
    while (places.length < count) {
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
    const ids = new Array(list.frequency);
    const counts = new Array(list.frequency);
    let id = -1;
    for (let at = 0; at < ids.length; at += 1) {
      const value = cursor.number();
      id += (value >> 1) + 1;
      ids[at] = id;
      counts[at] = value & 1 ? cursor.number() + 2 : 1;
    }
    if (list.field !== TITLE) return { ids, counts };
    /** @type {Map<number, number>} */
    const lengths = new Map();
    const starts = ids.map((id, at) => {
      const start = cursor.at;
      if (readPlaces(cursor, counts[at])[0] === 0) lengths.set(id, cursor.number());
      return start;
    });
    return { ids, counts, places: (at) => readPlaces(readFrom(bytes, starts[at]), counts[at]), lengths };
  };

  /** Where the positions of each slot of a shard begin; of those in files of their own, -1 - the file's number. @param {Segment} segment @param {Shard} shard */
  const loadPlaceStarts = (segment, shard) =>
    loadParsed(segment, numbered('p', shard.number), (bytes) => {
      const cursor = readFrom(bytes);
      const end = cursor.number() + cursor.at;
      /** @type {number[]} */
      const starts = [];
      for (let start = end; cursor.at < end; ) {
        const place = cursor.number();
        starts.push(place & 1 ? -1 - (place >> 1) : start);
        if (!(place & 1)) start += place >> 1;
      }
      return { bytes, starts };
    });

  /** What will be needed comes while other files do; if it can't be loaded, whoever needs it is told. @type {Zwgk['prefetchPlaces']} */
  const prefetchPlaces = (segment, { shard }) => {
    loadPlaceStarts(segment, shard).catch(() => {});
  };

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
      if (isWanted) result.push(places ? places(at) : readPlaces(cursor, counts[at]));
      else for (let left = places ? 0 : counts[at]; left > 0; cursor.at += 1) if (bytes[cursor.at] < 128) left -= 1;
    }
    return result;
  };

  /** A column written in runs, one number for each document. @param {Cursor} cursor @param {number} documents @param {boolean} sums whether each run's number counts on from the one before */
  const readRuns = (cursor, documents, sums) => {
    const rows = new Uint32Array(documents);
    let at = 0;
    let value = 0;
    for (let left = cursor.number(); left > 0; left -= 1) {
      const start = at;
      at += cursor.number();
      value = cursor.number() + (sums ? value : 0);
      rows.fill(value, start, at);
    }
    return rows;
  };

  /** @param {Cursor} cursor @param {() => any} read @returns {any[]} */
  const readMany = (cursor, read) => Array.from({ length: cursor.number() }, read);

  /** The years, as a facet of which each is its own value and combination. @param {Uint32Array} days @returns {FacetColumn} */
  const countYears = (days) => {
    const rows = days.map((day) => day && new Date(EPOCH + day * DAY).getUTCFullYear());
    const years = Array.from({ length: Math.max(0, ...new Set(rows)) + 1 }, (_, year) => year);
    return { values: years.map((year) => ({ key: String(year), label: String(year) })), combinations: years.map((year) => (year ? [year] : [])), rows };
  };

  /** @type {Zwgk['loadColumns']} */
  const loadColumns = (segment) =>
    loadParsed(segment, 'columns', (bytes) => {
      const cursor = readFrom(bytes);
      const days = readRuns(cursor, segment.head.documents, true);
      const facets = readMany(cursor, () => ({
        values: readMany(cursor, () => ({ key: cursor.text(), label: cursor.text() })),
        combinations: readMany(cursor, () => readMany(cursor, () => cursor.number())),
        rows: readRuns(cursor, segment.head.documents, false),
      }));
      return { days, facets: facets.concat(countYears(days)), places: readMany(cursor, () => readRuns(cursor, segment.head.documents, true)) };
    });

  /** @type {Zwgk['openIndex']} */
  const openIndex = (base) =>
    once(base, async () => {
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
          return { ref, index, load, dead: new Set(ref.dead), head: readHead(await load('head')) };
        })
      );
      return index;
    });

  /** @type {Zwgk['forgetIndex']} */
  const forgetIndex = (base) => {
    contents.delete(base);
    contents.delete(base + 'manifest');
  };

  Object.assign(zwgk, { searchError, gbText, runScript, need, openIndex, forgetIndex, lastNotAbove, numbered, loadParsed, loadShard, findEntries, readPostings, loadPlaces, prefetchPlaces, loadColumns });
})();
