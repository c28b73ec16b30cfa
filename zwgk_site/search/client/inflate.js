/**
 * Unpacks zlib streams (RFC 1950, 1951) in browsers without `DecompressionStream`. Loaded only there; knows nothing of the index.
 */
(() => {
  'use strict';

  /** Lengths and distances are a base and extra bits (RFC 1951, 3.2.5). */
  const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  const DISTANCE_EXTRA = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
  const DISTANCE_BASE = DISTANCE_EXTRA.map((_, code) => DISTANCE_EXTRA.slice(0, code).reduce((sum, bits) => sum + (1 << bits), 1));
  /** In this order a block gives the lengths of the codes of code lengths. */
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

  /** @param {string} reason @returns {never} */
  const fail = (reason) => {
    throw new Error('inflate: ' + reason);
  };

  /** How many codes have each length, and the symbols in the order of their codes. @param {number[]} lengths */
  const makeTree = (lengths) => {
    const counts = new Array(16).fill(0);
    for (const length of lengths) if (length) counts[length] += 1;
    const symbols = lengths
      .map((length, symbol) => ({ length, symbol }))
      .filter(({ length }) => length)
      .sort((one, other) => one.length - other.length || one.symbol - other.symbol)
      .map(({ symbol }) => symbol);
    return { counts, symbols };
  };

  /** @param {number} count @param {number} value @returns {number[]} */
  const repeat = (count, value) => new Array(count).fill(value);
  const FIXED = makeTree(repeat(144, 8).concat(repeat(112, 9), repeat(24, 7), repeat(8, 8)));
  const FIXED_DISTANCES = makeTree(repeat(30, 5));

  /** @param {Uint8Array} bytes */
  const checksum = (bytes) => {
    let low = 1;
    let high = 0;
    for (const byte of bytes) {
      low = (low + byte) % 65521;
      high = (high + low) % 65521;
    }
    return high * 65536 + low;
  };

  /** @param {Uint8Array} payload @returns {Uint8Array} */
  const inflate = (payload) => {
    let at = 2;
    let held = 0;
    let count = 0;
    let out = new Uint8Array(payload.length * 4 + 256);
    let size = 0;

    /** @param {number} wanted at most 16 */
    const bits = (wanted) => {
      while (count < wanted) {
        if (at >= payload.length) fail('too short');
        held |= payload[at] << count;
        at += 1;
        count += 8;
      }
      const value = held & ((1 << wanted) - 1);
      held >>>= wanted;
      count -= wanted;
      return value;
    };

    /** @param {{counts: number[], symbols: number[]}} tree */
    const symbol = ({ counts, symbols }) => {
      let code = 0;
      let first = 0;
      let index = 0;
      for (let length = 1; length < 16; length += 1) {
        code |= bits(1);
        if (code - first < counts[length]) return symbols[index + code - first];
        index += counts[length];
        first = (first + counts[length]) << 1;
        code <<= 1;
      }
      return fail('no such code');
    };

    /** @param {number} more */
    const makeRoom = (more) => {
      if (size + more <= out.length) return;
      const larger = new Uint8Array(Math.max(out.length * 2, size + more));
      larger.set(out);
      out = larger;
    };

    const readTrees = () => {
      const sizes = [bits(5) + 257, bits(5) + 1];
      const ofCodes = repeat(19, 0);
      for (let number = bits(4) + 4, step = 0; step < number; step += 1) ofCodes[ORDER[step]] = bits(3);
      const tree = makeTree(ofCodes);
      /** @type {number[]} */
      let lengths = [];
      while (lengths.length < sizes[0] + sizes[1]) {
        const code = symbol(tree);
        if (code < 16) lengths.push(code);
        else if (code === 16) lengths = lengths.concat(repeat(bits(2) + 3, lengths[lengths.length - 1]));
        else lengths = lengths.concat(repeat(code === 17 ? bits(3) + 3 : bits(7) + 11, 0));
      }
      return [makeTree(lengths.slice(0, sizes[0])), makeTree(lengths.slice(sizes[0]))];
    };

    const copyStored = () => {
      held = 0;
      count = 0;
      const length = payload[at] | (payload[at + 1] << 8);
      if (at + 4 + length > payload.length || (length ^ 65535) !== (payload[at + 2] | (payload[at + 3] << 8))) fail('stored block');
      makeRoom(length);
      out.set(payload.subarray(at + 4, at + 4 + length), size);
      size += length;
      at += 4 + length;
    };

    if ((payload[0] & 15) !== 8 || (payload[0] * 256 + payload[1]) % 31 || payload[1] & 32) fail('no zlib stream');
    for (let isLast = 0; !isLast; ) {
      isLast = bits(1);
      const kind = bits(2);
      if (kind === 3) fail('block type');
      if (!kind) {
        copyStored();
        continue;
      }
      const [codes, distances] = kind === 1 ? [FIXED, FIXED_DISTANCES] : readTrees();
      for (let code = symbol(codes); code !== 256; code = symbol(codes)) {
        if (code < 256) {
          makeRoom(1);
          out[size] = code;
          size += 1;
          continue;
        }
        if (code > 285) fail('length');
        const length = LENGTH_BASE[code - 257] + bits(LENGTH_EXTRA[code - 257]);
        const far = symbol(distances);
        if (far > 29) fail('distance');
        const distance = DISTANCE_BASE[far] + bits(DISTANCE_EXTRA[far]);
        if (distance > size) fail('distance');
        makeRoom(length);
        for (const end = size + length; size < end; size += 1) out[size] = out[size - distance];
      }
    }
    at -= count >> 3;
    const found = out.subarray(0, size);
    if (checksum(found) !== ((payload[at] * 256 + payload[at + 1]) * 256 + payload[at + 2]) * 256 + payload[at + 3]) fail('checksum');
    return found;
  };

  Object.assign(zwgk, { inflate });
})();
