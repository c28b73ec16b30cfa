'use strict';

const assert = require('node:assert');
const path = require('node:path');
const test = require('node:test');
const url = require('node:url');
const zlib = require('node:zlib');
const { changeFiles, run, serve, takeRequests, zwgk } = require('./load_client.js');

const folder = process.env.ZWGK_INDEXES;
const skip = folder ? false : 'run by test_client.py, which writes the indexes';
const QUERY = '行政许可';
const KINDS = ['manifest', 'head', 'columns', '/s/', '/t/'];

const wrap = (name, bytes) => {
  const escaped = Buffer.from(zlib.deflateSync(bytes)).toString('latin1').replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
  return Buffer.from('S("' + name + '","' + escaped + '")\n', 'latin1');
};

/** What a search says when files of a kind are changed. */
const failWith = async (kind, changed, options, query = QUERY) => {
  const base = serve(path.join(folder, 'named'));
  changeFiles((name, bytes) => (name.includes(kind) && bytes ? changed(name.slice(0, -3), bytes) : bytes));
  try {
    await zwgk.search(query, Object.assign({ base }, options));
    return 'answered';
  } catch (failure) {
    assert.strictEqual(failure.name, 'SearchError');
    assert.ok(failure.file.includes(kind.replace(/^\/|\/$/g, '')), failure.file);
    return failure.code;
  } finally {
    changeFiles(null);
  }
};

test('a file that is missing, damaged, misnamed or of another version is said so', { skip }, async () => {
  for (const kind of KINDS) {
    assert.strictEqual(await failWith(kind, () => null), 'missing', kind);
    assert.strictEqual(await failWith(kind, () => new Response('', { status: 503 })), 'offline', kind);
    assert.strictEqual(await failWith(kind, (_, bytes) => bytes.subarray(0, bytes.length - 20)), 'damaged', kind);
    assert.strictEqual(await failWith(kind, () => Buffer.from('<html>404</html>')), 'damaged', kind);
    assert.strictEqual(await failWith(kind, (name) => wrap('other/' + name, Buffer.from([1, 0]))), 'damaged', kind);
    assert.strictEqual(await failWith(kind, (name) => wrap(name, Buffer.from([1, 0, 0, 0]))), 'version', kind);
    assert.strictEqual(
      await failWith(kind, (_, bytes) => {
        const changed = Buffer.from(bytes);
        changed[Math.floor(changed.length * 0.6)] ^= 4;
        return changed;
      }),
      'damaged',
      kind
    );
  }
  assert.strictEqual(await failWith('columns', () => null, { facets: false }), 'answered');
  assert.strictEqual(await failWith('/i/', () => null, {}, 'xzxk'), 'missing');
  assert.strictEqual(await failWith('/i/', () => null, {}, 'vvvv'), 'answered');
});

test('what failed is tried again, what was loaded is not', { skip }, async () => {
  const base = serve(path.join(folder, 'named'));
  changeFiles((name, bytes) => (name.includes('/t/') ? null : bytes));
  await assert.rejects(zwgk.search(QUERY, { base }), { code: 'missing' });
  const asked = [];
  changeFiles((name, bytes) => {
    asked.push(name);
    return bytes;
  });
  assert.ok((await zwgk.search(QUERY, { base })).total > 0);
  changeFiles(null);
  assert.ok(asked.every((name) => name === 'manifest.js' || name.includes('/t/')), asked.join(' '));
});

test('what was damaged is not taken from the browser\'s own cache again', { skip }, async () => {
  const base = serve(path.join(folder, 'named'));
  changeFiles((name, bytes) => (name.includes('/t/') ? bytes.subarray(0, 40) : bytes));
  await assert.rejects(zwgk.search(QUERY, { base }), { code: 'damaged' });
  changeFiles(null);
  const plain = globalThis.fetch;
  const modes = [];
  globalThis.fetch = (url, options) => {
    modes.push(options.cache);
    return plain(url, options);
  };
  try {
    assert.ok((await zwgk.search(QUERY, { base })).total > 0);
  } finally {
    globalThis.fetch = plain;
  }
  assert.ok(modes.length > 0 && modes.every((mode) => mode === 'reload' || mode === 'no-cache'), modes.join());
});

test('an index replaced while the page is open is opened anew', { skip }, async () => {
  const base = serve(path.join(folder, 'named'));
  assert.ok((await zwgk.search(QUERY, { base })).total);
  const fs = require('node:fs');
  const other = (name) => path.join(folder, 'random', 'search', name);
  changeFiles((name) => (fs.existsSync(other(name)) ? fs.readFileSync(other(name)) : null));
  const { hits } = await zwgk.search('办法', { base });
  changeFiles(null);
  assert.ok(hits.length && hits.every((hit) => hit.url.startsWith('x/')));
});

test('of what was loaded the oldest is dropped, never what is still being loaded', { skip }, async () => {
  const { load } = await zwgk.openIndex(serve(path.join(folder, 'named')));
  changeFiles((name, bytes) => (name.startsWith('big') ? wrap(name.slice(0, -3), Buffer.alloc(1e6, 2)) : bytes));
  const names = Array.from({ length: 12 }, (_, number) => 'big' + number);
  const slow = Promise.all([load('big99'), load('big99')]);
  for (const name of names) await load(name);
  await slow;
  takeRequests();
  await load('big11');
  await load('big5');
  assert.deepStrictEqual(takeRequests(), []);
  await load('big0');
  assert.deepStrictEqual(takeRequests(), ['search/big0.js']);
  changeFiles(null);
});

test('every byte survives as text of windows-1252', () => {
  run('local_files');
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  assert.deepStrictEqual(zwgk.bytesOfText(new TextDecoder('windows-1252').decode(bytes)), bytes);
});

test('the same files answer the same under file://', { skip }, async () => {
  for (const name of ['named', 'single', 'deltas']) {
    const base = url.pathToFileURL(path.join(folder, name, 'search')).href + '/';
    for (const query of ['公开', '行政', 'xzxk', '示政发2024 12']) {
      const local = await zwgk.search(query, { base });
      const remote = await zwgk.search(query, { base: serve(path.join(folder, name)) });
      assert.deepStrictEqual(local, remote, name + ' ' + query);
    }
  }
  await assert.rejects(zwgk.search(QUERY, { base: 'file:///nowhere/search/' }), { code: 'missing', file: 'manifest' });
});

test('without DecompressionStream the small inflate is loaded and gives the same', { skip }, async () => {
  const native = globalThis.DecompressionStream;
  const before = await zwgk.search(QUERY, { base: serve(path.join(folder, 'named')) });
  delete globalThis.DecompressionStream;
  try {
    assert.deepStrictEqual(await zwgk.search(QUERY, { base: serve(path.join(folder, 'named')) }), before);
    assert.ok(zwgk.inflate);
    assert.strictEqual(await failWith('/s/', (_, bytes) => bytes.subarray(0, bytes.length - 20)), 'damaged');
  } finally {
    globalThis.DecompressionStream = native;
    delete zwgk.inflate;
  }
});
