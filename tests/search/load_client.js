/**
 * Loads the browser's half of search into this process, with an index on disk in place of a server, or of a folder under file://.
 */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const CLIENT = path.join(__dirname, '..', '..', 'zwgk_site', 'search', 'client');
const ENGINE = ['units', 'query', 'index_reader', 'match', 'rank', 'snippet', 'engine'];
/** Scripts that are loaded only when needed, with the sources joined to each. */
const LATER = { fallback: ['key_ranges', 'local_files', 'doubtful', 'fallback'], spelling: ['spelling'], inflate: ['inflate'] };

const run = (name) => vm.runInThisContext(fs.readFileSync(path.join(CLIENT, name + '.js'), 'utf8'), { filename: name + '.js' });

/** What a browser makes of a script with charset windows-1252. */
const decode = (bytes) => new TextDecoder('windows-1252').decode(bytes);

/** Runs scripts as a page would: those of the client from the repository, others as files of the index. */
globalThis.document = {
  createElement: () => ({ remove() {} }),
  head: {
    appendChild(script) {
      const name = path.basename(script.src, '.js');
      setTimeout(() => {
        try {
          if (LATER[name]) LATER[name].forEach(run);
          else vm.runInThisContext(decode(fs.readFileSync(new URL(script.src))));
        } catch (failure) {
          if (failure.code === 'ENOENT') return script.onerror();
        }
        return script.onload();
      });
    },
  },
};

let change = (_, bytes) => bytes;
let asked = [];
let folders = 0;
const served = new Map();

globalThis.fetch = async (url) => {
  const { host, pathname } = new URL(url);
  asked.push(pathname.slice(1));
  const file = path.join(served.get(host), pathname);
  const bytes = change(pathname.slice(8), fs.existsSync(file) ? fs.readFileSync(file) : null);
  if (bytes instanceof Response) return bytes;
  return bytes ? new Response(bytes) : new Response('', { status: 404 });
};

/** The base URL of an index; each call gives another one, so nothing is known of it yet. */
exports.serve = (folder) => {
  folders += 1;
  served.set('s' + folders, folder);
  return 'http://s' + folders + '/search/';
};

/** From now on files are handed over as `changed(name, bytes)` gives them; null is 404. */
exports.changeFiles = (changed) => {
  change = changed || ((_, bytes) => bytes);
};

/** The files asked for since the last call. */
exports.takeRequests = () => {
  const found = asked;
  asked = [];
  return found;
};

for (const name of ENGINE) run(name);
exports.zwgk = globalThis.zwgk;
exports.run = run;
