/**
 * The search page: asks `zwgk.search` and shows the answer. The only file of the search that touches the page.
 *
 * The page's address is its state: `?q=…&department=…&sort=date&page=2`, or the same behind `#`. All data become text nodes.
 * Sentences stand in the template (`#search-words`). An answer that could not be read whole is never shown as “0 条”.
 */
(() => {
  'use strict';

  const LIMIT = 10;
  const SHOWN_VALUES = 6;
  const TYPING_MS = 250;
  const SLOW_MS = 400;
  const OLD_DAYS = 90;
  /** @typedef {{q: string, sort: string, page: number, filters: {[facet: string]: string[]}}} State */

  /** @param {string} id @returns {any} an element that the template promises */
  const slot = (id) => document.getElementById(id);
  /** Empty where `client.js` was not read. @type {any} */
  const engine = globalThis.zwgk || {};
  const form = slot('search-form');
  if (!form) return;
  const input = slot('q');
  const status = slot('search-status');
  const notice = slot('search-notice');
  const facetBox = slot('search-facets');

  /** @type {{[name: string]: string}} */
  const words = {};
  for (const word of slot('search-words').content.children) words[word.dataset.word] = word.textContent;
  const FACETS = Object.keys(words).filter((name) => name.startsWith('facet-')).map((name) => name.slice(6));

  /** A sentence of the template with its gaps filled. @param {string} name @param {{[gap: string]: any}} [values] */
  const say = (name, values) => words[name].replace(/{(\w+)}/g, (_, gap) => (values ? values[gap] : ''));

  /** @param {string} tag @param {{[name: string]: any}} attributes @param {...(string | Node)} children @returns {any} */
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const name of Object.keys(attributes)) {
      const value = attributes[name];
      if (value === true) element.setAttribute(name, '');
      else if (value || value === 0) element.setAttribute(name, String(value));
    }
    element.append(...children);
    return element;
  };

  /** @param {HTMLElement} element @param {(string | Node)[]} [children] */
  const fill = (element, children) => {
    element.textContent = '';
    element.append(...(children || []));
    element.hidden = !element.hasChildNodes();
  };

  /** Names of values as answers and the page have told them. @type {{[key: string]: string}} */
  const labels = {};
  for (const option of slot('search-departments').children) labels['department ' + option.value.split('/')[0]] = option.textContent;

  /** @returns {State} */
  const readState = () => {
    const params = new URLSearchParams(/[#&]q=/.test(location.hash) ? location.hash.slice(1) : location.search);
    /** @type {State} */
    const found = { q: (params.get('q') || '').trim(), sort: params.get('sort') === 'date' ? 'date' : '', page: Math.max(1, Math.floor(Number(params.get('page'))) || 1), filters: {} };
    for (const facet of FACETS) {
      const values = params.getAll(facet).filter(Boolean);
      if (values.length) found.filters[facet] = values;
    }
    return found;
  };

  /** @param {State} state */
  const addressOf = ({ q, sort, page, filters }) => {
    const params = new URLSearchParams();
    if (q) params.set('q', q);
    for (const facet of FACETS) for (const value of filters[facet] || []) params.append(facet, value);
    if (sort) params.set('sort', sort);
    if (page > 1) params.set('page', String(page));
    const query = params.toString();
    return location.pathname + (query ? '?' + query : '');
  };

  let state = readState();
  /** The address of the last question that was sent off; what is typed after it only replaces it. */
  let committed = addressOf(state);
  let latest = 0;
  let composing = false;
  /** @type {any} */
  let typing;
  let focusKey = '';

  /** @param {'pushState' | 'replaceState'} how @param {string} address */
  const setAddress = (how, address) => {
    try {
      history[how](null, '', address);
    } catch (refused) {
      if (how === 'pushState') location.hash = address.split('?')[1] || ''; // some browsers keep file:// addresses as they are
    }
  };

  /** Makes what is shown an entry of the history. */
  const commit = () => {
    const address = addressOf(state);
    if (address === committed) return setAddress('replaceState', address);
    setAddress('replaceState', committed);
    setAddress('pushState', address);
    committed = address;
  };

  /** @param {Partial<State>} change @returns {State} */
  const changed = (change) => Object.assign({}, state, { page: 1 }, change);

  /** @param {string} facet @param {string} value @param {boolean} wanted */
  const withFilter = (facet, value, wanted) => {
    const filters = Object.assign({}, state.filters);
    const values = (filters[facet] || []).filter((other) => other !== value).concat(wanted ? value : []);
    if (values.length) filters[facet] = values;
    else delete filters[facet];
    return changed({ filters });
  };

  /** A link to another state of this page. @param {State} target @param {string} key finds it again after it was drawn anew @param {{[name: string]: any}} attributes @param {...(string | Node)} children */
  const goLink = (target, key, attributes, ...children) => {
    const link = make('a', Object.assign({ href: addressOf(target), 'data-key': key }, attributes), ...children);
    link.addEventListener('click', (/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      focusKey = key;
      go(target);
    });
    return link;
  };

  /** @param {string} text @param {[number, number][]} marks ascending */
  const marked = (text, marks) => {
    /** @type {(string | Node)[]} */
    const pieces = [];
    let at = 0;
    for (const [start, end] of marks || []) {
      if (start < at) continue;
      pieces.push(text.slice(at, start), make('mark', {}, text.slice(start, end)));
      at = end;
    }
    return pieces.concat(text.slice(at));
  };

  /** A link out of the index: only to a page of this column. @param {string} url @param {...(string | Node)} children */
  const pageLink = (url, ...children) => (/^\w[\w./-]*$/.test(url) ? make('a', { href: url }, ...children) : make('span', {}, ...children));

  /** @param {Hit} hit */
  const hitItem = (hit) => {
    const facts = [hit.document_number, hit.department, hit.date, hit.kind, words['matched-' + hit.matched]].filter(Boolean);
    const title = make('h3', {}, pageLink(hit.url, ...marked(hit.title, hit.titleMarks)));
    if (hit.state) title.append(' ', make('strong', { class: 'state' }, hit.state));
    const item = make('li', {}, title, make('p', { class: 'search-facts' }, ...facts.map((fact) => make('span', {}, fact))));
    if (hit.snippet) item.append(make('p', { class: 'snippet' }, ...marked(hit.snippet, hit.snippetMarks)));
    item.addEventListener('click', commit);
    return item;
  };

  /** @param {string} facet @param {FacetCount} value */
  const facetValue = (facet, { value, label, count }) => {
    const isChosen = (state.filters[facet] || []).includes(value);
    const box = make('input', { type: 'checkbox', checked: isChosen, disabled: !count && !isChosen, 'data-key': facet + ' ' + value });
    box.addEventListener('change', () => {
      focusKey = facet + ' ' + value;
      go(withFilter(facet, value, box.checked));
    });
    return make('li', {}, make('label', {}, box, make('span', {}, label), make('span', { class: 'count' }, String(count))));
  };

  /** @param {{[facet: string]: FacetCount[]}} facets */
  const showFacets = (facets) => {
    const groups = [];
    for (const facet of FACETS) {
      const values = (facets && facets[facet]) || [];
      if (facet === 'year') values.sort((one, other) => Number(other.value) - Number(one.value));
      for (const { value, label } of values) labels[facet + ' ' + value] = label;
      if (values.length < 2 && !state.filters[facet]) continue;
      const rows = values.map((value) => facetValue(facet, value));
      if (!rows.length) continue;
      const group = make('fieldset', {}, make('legend', {}, words['facet-' + facet]), make('ul', {}, ...rows.slice(0, SHOWN_VALUES)));
      if (rows.length > SHOWN_VALUES) {
        const isOpen = values.slice(SHOWN_VALUES).some(({ value }) => (state.filters[facet] || []).includes(value));
        group.append(make('details', { open: isOpen }, make('summary', {}, say('more', { facet: words['facet-' + facet] })), make('ul', {}, ...rows.slice(SHOWN_VALUES))));
      }
      groups.push(group);
    }
    fill(facetBox.lastElementChild, groups);
    facetBox.hidden = !groups.length;
  };

  const showChips = () => {
    const chips = [];
    for (const facet of Object.keys(state.filters)) {
      for (const value of state.filters[facet]) {
        const text = say('chip', { label: labels[facet + ' ' + value] || value });
        chips.push(make('li', {}, goLink(withFilter(facet, value, false), 'chip', { title: words.drop }, text, make('span', { 'aria-hidden': 'true' }, ' ✕'))));
      }
    }
    fill(slot('search-chips'), chips);
  };

  const showSort = () => {
    const links = ['', 'date'].map((sort) => goLink(changed({ sort }), 'sort ' + sort, { 'aria-current': state.sort === sort && 'true' }, words['sort-' + sort]));
    fill(slot('search-sort'), [words.sort, ...links]);
  };

  /** @param {number} total */
  const showPager = (total) => {
    const pages = Math.ceil(total / LIMIT);
    const parts = [];
    if (pages > 1) {
      if (state.page > 1) parts.push(goLink(changed({ page: state.page - 1 }), '', { rel: 'prev' }, words.prev));
      parts.push(make('span', {}, say('page', { page: state.page, pages })));
      if (state.page < pages) parts.push(goLink(changed({ page: state.page + 1 }), '', { rel: 'next' }, words.next));
    }
    fill(slot('search-pager'), parts);
  };

  /** A live region has to stay in the page, even empty, for what comes into it to be read out. @param {string} text @param {string} [kind] */
  const tell = (text, kind) => {
    status.textContent = text;
    status.dataset.state = kind || '';
  };

  const clear = () => {
    for (const id of ['search-results', 'search-pager', 'search-sort', 'search-chips', 'search-notice']) fill(slot(id));
    facetBox.hidden = true;
    slot('search-help').hidden = true;
    slot('search-title').hidden = true;
  };

  /** Which sentence tells of an answer. @param {Answer} answer */
  const sentenceOf = ({ total, mode }) => {
    if (/^[\u3400-\u9fff]$/.test(state.q)) return total ? 'one' : 'none-one';
    if (total) return words['mode-' + mode] ? 'mode-' + mode : 'mode-exact';
    if (/^(\s*-\S+)+$/.test(state.q)) return 'none-only';
    return Object.keys(state.filters).length ? 'none-filtered' : 'none';
  };

  /** @param {Answer} answer */
  const showAnswer = (answer) => {
    clear();
    slot('search-title').hidden = false;
    showFacets(answer.facets);
    showChips();
    tell(say(sentenceOf(answer), { q: state.q, used: answer.used, total: answer.total }));
    const lines = [];
    const others = answer.suggestions.filter((text) => text !== answer.used);
    if (others.length) {
      lines.push(make('p', {}, words.suggest, ...others.map((text) => goLink(changed({ q: text }), '', {}, text))));
    }
    if (answer.links.length) lines.push(make('p', {}, words.direct, ...answer.links.map(({ title, url }) => pageLink(url, title))));
    fill(notice, lines);
    fill(slot('search-results'), answer.hits.map((hit) => hitItem(/** @type {Hit} */ (hit))));
    slot('search-results').start = (state.page - 1) * LIMIT + 1;
    if (answer.total > 1) showSort();
    showPager(answer.total);
    slot('search-help').hidden = answer.total > 0;
    restoreFocus();
  };

  /** @param {any} failure */
  const showFailure = (failure) => {
    clear();
    const what = say(words['fault-' + failure.code] ? 'fault-' + failure.code : 'fault-program', failure);
    slot('search-title').hidden = false;
    tell(say('fault', { what }), 'fault');
    const retry = make('button', { type: 'button' }, words.retry);
    retry.addEventListener('click', () => {
      focusKey = '';
      if (engine.search) run();
      else location.reload();
    });
    fill(notice, [make('p', {}, retry, make('a', { href: '#browse' }, words.browse))]);
    restoreFocus();
  };

  /** The focus goes back to what was used, or to the heading if that is gone. */
  const restoreFocus = () => {
    if (focusKey === 'keep') return;
    const key = focusKey;
    focusKey = 'keep';
    const found = key && [...document.querySelectorAll('#main [data-key]')].find((element) => element.getAttribute('data-key') === key);
    const target = /** @type {HTMLElement} */ (found || slot('search-title'));
    target.focus({ preventScroll: Boolean(found) });
  };

  /** How many there are in the whole column, if only departments were searched. @param {number} mine @param {number} here */
  const showElsewhere = async (mine, here) => {
    const filters = Object.assign({}, state.filters);
    delete filters.department;
    const { total } = await engine.search(state.q, Object.assign({ limit: 1, facets: false }, filters));
    if (mine !== latest || total <= here) return;
    notice.append(make('p', {}, goLink(changed({ filters }), '', {}, say('elsewhere', { more: total - here }))));
    notice.hidden = false;
  };

  /** Asks for the present state; only the newest question's answer is shown. */
  const run = async () => {
    latest += 1;
    const mine = latest;
    if (input.value.trim() !== state.q) input.value = state.q;
    slot('search-hint').open = !state.q;
    document.title = (state.q ? state.q + ' - ' : '') + plainTitle;
    if (!state.q) {
      clear();
      tell('');
      showChips();
      return;
    }
    const waiting = setTimeout(() => mine === latest && tell(words.waiting), SLOW_MS);
    try {
      if (!engine.search) throw { code: 'missing', file: 'client' };
      const options = Object.assign({ limit: LIMIT, offset: (state.page - 1) * LIMIT, sort: state.sort || 'relevance', facets: true }, state.filters);
      const answer = await engine.search(state.q, options);
      if (mine !== latest) return;
      const last = Math.max(1, Math.ceil(answer.total / LIMIT));
      if (state.page > last) {
        state = changed({ page: last });
        setAddress('replaceState', addressOf(state));
        run();
        return;
      }
      showAnswer(answer);
      if (state.filters.department) showElsewhere(mine, answer.total).catch(() => {});
    } catch (failure) {
      if (mine === latest) showFailure(failure);
    } finally {
      clearTimeout(waiting);
    }
  };

  /** Goes to another state that a reader chose. @param {State} target */
  const go = (target) => {
    clearTimeout(typing);
    state = target;
    commit();
    run();
  };

  const readTyped = () => {
    const q = input.value.trim();
    if (q === state.q || (q && Array.from(q).length < 2)) return;
    state = changed({ q });
    setAddress('replaceState', addressOf(state));
    run();
  };

  const typed = () => {
    clearTimeout(typing);
    if (!composing) typing = setTimeout(readTyped, TYPING_MS);
  };

  input.addEventListener('compositionstart', () => {
    composing = true;
    clearTimeout(typing);
  });
  input.addEventListener('compositionend', () => {
    composing = false;
    typed();
  });
  input.addEventListener('input', typed);
  form.addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!composing) go(changed({ q: input.value.trim() }));
  });
  window.addEventListener('popstate', () => {
    const next = readState();
    if (addressOf(next) === addressOf(state)) return;
    state = next;
    committed = addressOf(state);
    run();
  });

  /** What this copy of the data is, where nobody can see a newer one. */
  const showCopy = async () => {
    const box = slot('search-offline');
    if (location.protocol !== 'file:' && navigator.onLine) return fill(box);
    const { built } = await engine.manifest();
    const isOld = Date.now() - Date.parse(built) > OLD_DAYS * 864e5;
    fill(box, [say(isOld ? 'copy-old' : 'copy', { built })]);
    if (form.dataset.online) box.append(make('a', { href: form.dataset.online + location.search }, words.online));
    box.classList.toggle('old', isOld);
  };

  /** Offers to keep the data in this browser, where that is possible. */
  const offerSaving = async () => {
    const workers = navigator.serviceWorker;
    if (!workers || !isSecureContext || !/^http/.test(location.protocol)) return;
    const manifest = await engine.manifest();
    if (workers.controller) workers.controller.postMessage({ manifest }); // an older copy is brought up to date
    if (!manifest.segments.some((/** @type {SegmentRef} */ { packs }) => packs)) return;
    const box = slot('search-copy');
    const button = box.querySelector('button');
    const progress = box.querySelector('[role=status]');
    const prefix = 'zwgk ' + new URL('.', location.href).href + ' '; // as the worker names its caches
    if ((await caches.keys()).some((name) => name.startsWith(prefix))) progress.textContent = words['save-kept'];
    box.hidden = false;
    button.addEventListener('click', async () => {
      button.disabled = true;
      progress.textContent = words.waiting;
      try {
        await workers.register('sw.js');
        const { active } = await workers.ready;
        const channel = new MessageChannel();
        channel.port1.onmessage = ({ data }) => {
          progress.textContent = say('save-' + data.state, data);
          button.disabled = data.state === 'part';
        };
        if (active) active.postMessage({ manifest, begin: true }, [channel.port2]);
      } catch (failure) {
        progress.textContent = words['save-failed'];
        button.disabled = false;
      }
    });
  };

  const plainTitle = document.title;
  facetBox.open = matchMedia('(min-width: 60em)').matches && !document.documentElement.classList.contains('elder'); // beside the results
  focusKey = 'keep';
  tell('');
  run();
  if (engine.manifest) {
    const ignore = () => {};
    for (const name of ['online', 'offline']) window.addEventListener(name, () => showCopy().catch(ignore));
    showCopy().catch(ignore);
    offerSaving().catch(ignore);
  }
})();
