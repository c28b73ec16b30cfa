'use strict';

const assert = require('node:assert');
const test = require('node:test');
const zlib = require('node:zlib');
const { zwgk, run } = require('./load_client.js');
run('inflate');

/** A small generator, so that every run is the same. */
const random = (seed) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

test('inflate gives what zlib gives, for every level and strategy', () => {
  const next = random(7);
  for (let round = 0; round < 40; round += 1) {
    const bytes = Buffer.alloc(Math.floor(next() ** 3 * 70000));
    const letters = 1 + Math.floor(next() * 256);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = next() * letters;
    for (const level of [0, 1, 6, 9]) {
      for (const strategy of [0, 1, 2, 3, 4]) {
        assert.ok(Buffer.from(zwgk.inflate(zlib.deflateSync(bytes, { level, strategy }))).equals(bytes));
      }
    }
  }
});

test('inflate refuses what is cut off, or changed so that the bytes differ', () => {
  const bytes = Buffer.from('主动公开基本目录'.repeat(200) + '2026');
  const packed = zlib.deflateSync(bytes);
  for (let at = 0; at < packed.length; at += 1) {
    assert.throws(() => zwgk.inflate(packed.subarray(0, at)));
    const changed = Buffer.from(packed);
    changed[at] ^= 1 << at % 8;
    let found = bytes;
    try {
      found = Buffer.from(zwgk.inflate(changed));
    } catch {
      continue;
    }
    assert.ok(found.equals(bytes));
  }
});
