/**
 * Keeps the search in this browser, so that it answers without a network. A service worker, http only; put at the top of
 * the column. It answers for the search page and the files of the index, and lets everything else pass.
 *
 * The page sends `{manifest, begin}`: to save now, or (without `begin`) to bring a saved copy up to date. A file that is neither
 * saved nor reachable stays a network error: the search then says so.
 */
(() => {
  'use strict';

  /** @type {any} the types of a worker and of a page exclude each other */
  const worker = self;
  const scope = worker.registration.scope;
  const PREFIX = 'zwgk ' + scope + ' ';
  const PAGE = 'search.html';
  const MANIFEST = 'search/manifest.js';
  /** Loaded by the engine when needed, so the page does not name them. */
  const LATER = ['inflate', 'fallback', 'spelling'];
  /** Files whose names stay when what they hold changes. */
  const CHANGING = /^(search\.html$|assets\/|search\/[a-z]+\.js$)/;
  const TEXT = { 'Content-Type': 'text/javascript; charset=windows-1252' };
  const AT_ONCE = 64;
  /** Stands in a copy when all of it is there: what was broken off is then taken up on the next visit. */
  const WHOLE = 'search/whole';

  const ownCaches = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

  /** A copy is named by its manifest. @param {Manifest} manifest */
  const cacheName = async (manifest) => {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(manifest)));
    return PREFIX + Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  };

  /** @param {string} path below the column @returns {Promise<Response | undefined>} */
  const saved = async (path) => {
    for (const name of await ownCaches()) {
      const found = await (await caches.open(name)).match(scope + path);
      if (found) return found;
    }
    return undefined;
  };

  /** @param {string} path */
  const load = async (path) => {
    const response = await fetch(scope + path, { cache: 'no-cache' });
    if (!response.ok) throw new Error(path + ': ' + response.status);
    return response;
  };

  /** Loads a file and keeps it. @param {Cache} cache @param {string} path */
  const keep = async (cache, path) => {
    const response = await load(path);
    const body = await response.arrayBuffer();
    await cache.put(scope + path, new Response(body, { headers: { 'Content-Type': response.headers.get('Content-Type') || '' } }));
    return body;
  };

  /** The files of a pack; a raw line feed stands only behind each of them. @param {Uint8Array<ArrayBuffer>} bytes @param {string} segment */
  const splitPack = (bytes, segment) => {
    /** @type {[string, Uint8Array<ArrayBuffer>][]} */
    const files = [];
    for (let start = 0; start < bytes.length; ) {
      const end = bytes.indexOf(10, start) + 1;
      const name = String.fromCharCode(...bytes.subarray(start + 3, bytes.indexOf(34, start + 3)));
      if (!end || !name.startsWith(segment + '/')) throw new Error('damaged: ' + segment);
      files.push(['search/' + name + '.js', bytes.slice(start, end)]);
      start = end;
    }
    return files;
  };

  /** Keeps one pack; the pack's own address, empty, then says that all of it is there. @param {Cache} cache @param {string} segment @param {number} number */
  const keepPack = async (cache, segment, number) => {
    const path = 'search/' + segment + '/k/' + (number >> 8) + '/' + number + '.js';
    if (await cache.match(scope + path)) return;
    const files = splitPack(new Uint8Array(await (await load(path)).arrayBuffer()), segment);
    while (files.length) {
      await Promise.all(files.splice(0, AT_ONCE).map(([name, bytes]) => cache.put(scope + name, new Response(bytes, { headers: TEXT }))));
    }
    await cache.put(scope + path, new Response('', { headers: TEXT }));
  };

  /** What older copies hold of segments that still count moves into the new one; then they go. @param {Cache} cache @param {string} name @param {Manifest} manifest */
  const inherit = async (cache, name, manifest) => {
    const wanted = manifest.segments.map(({ id }) => scope + 'search/' + id + '/');
    for (const other of await ownCaches()) {
      if (other === name) continue;
      const old = await caches.open(other);
      for (const request of await old.keys()) {
        const response = wanted.some((start) => request.url.startsWith(start)) && (await old.match(request));
        if (response) await cache.put(request, response);
      }
      await caches.delete(other);
    }
  };

  /** The search page with what it loads, and the tables. @param {Cache} cache @param {Manifest} manifest */
  const keepPage = async (cache, manifest) => {
    const page = new TextDecoder().decode(await keep(cache, PAGE));
    const loaded = Array.from(page.matchAll(/(?:href|src)="((?:assets|search)\/[^"]+)"/g), (found) => found[1]);
    const tables = Object.values(manifest.tables || {}).map((name) => 'search/' + name + '.js');
    const later = LATER.map((name) => 'search/' + name + '.js');
    await Promise.all([MANIFEST, ...later, ...loaded, ...tables].map((path) => keep(cache, path)));
  };

  /** @param {Manifest} manifest @param {(news: any) => void} tell */
  const save = async (manifest, tell) => {
    const name = await cacheName(manifest);
    const cache = await caches.open(name);
    await keepPage(cache, manifest);
    await inherit(cache, name, manifest); // not before: until then the old copy answers
    const all = manifest.segments.reduce((sum, { packs, single }) => sum + (single ? 1 : packs || 0), 0);
    let done = 0;
    for (const { id, single, packs } of manifest.segments) {
      for (let number = 0; number < (single ? 1 : packs || 0); number += 1) {
        tell({ state: 'part', done, all });
        await (single ? keep(cache, 'search/' + id + '/all.js') : keepPack(cache, id, number));
        done += 1;
      }
    }
    await cache.put(scope + WHOLE, new Response(''));
    tell({ state: 'done', built: manifest.built });
  };

  worker.addEventListener('install', () => worker.skipWaiting());
  worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));

  worker.addEventListener('message', (/** @type {any} */ event) => {
    const { manifest, begin } = event.data;
    const tell = (/** @type {any} */ news) => event.ports[0] && event.ports[0].postMessage(news);
    const work = async () => {
      const isOld = (await ownCaches()).length && !(await caches.match(scope + WHOLE, { cacheName: await cacheName(manifest) }));
      if (begin || isOld) await save(manifest, tell);
    };
    event.waitUntil(work().catch((failure) => tell({ state: failure.name === 'QuotaExceededError' ? 'full' : 'failed' })));
  });

  worker.addEventListener('fetch', (/** @type {any} */ event) => {
    const { method, url } = event.request;
    const path = url.startsWith(scope) ? url.slice(scope.length).split(/[?#]/)[0] : '';
    if (method !== 'GET') return;
    if (CHANGING.test(path)) {
      event.respondWith(fetch(event.request).catch(async (failure) => (await saved(path)) || Promise.reject(failure)));
    } else if (path.startsWith('search/')) {
      event.respondWith(saved(path).then((found) => found || fetch(event.request)));
    }
  });
})();
