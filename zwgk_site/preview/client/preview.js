/**
 * What the preview adds to each page while it is sent: loads it again when it has changed, and shows what is wrong in the input.
 *
 * A page asks which files of the column have changed since it was loaded, and looks whether it uses one of them: itself, its
 * scripts, pictures, the search index. If nothing but style sheets has changed, they are swapped. All texts become text nodes.
 */
(() => {
  'use strict';

  /** @typedef {{severity: string, word: string, code: string, file: string, line: number, column: number, message: string, hint: string}} Told */
  /** @typedef {{errors: number, warnings: number, notices: number, failed: boolean, told: Told[]}} Findings */
  /** @typedef {{build: string, urls: string[] | null, language: string, findings: Findings}} News */

  const OWN = '/_zwgk/';
  const KEPT = 'zwgk-preview-kept';
  const SHUT = 'zwgk-preview-shut';
  const KEPT_MS = 30000;
  const SCROLL_MS = 4000;
  const LOST_MS = 3000;

  const WORDS = {
    zh: {
      name: '预览提示',
      errors: (/** @type {number} */ n) => n + ' 个错误',
      others: (/** @type {number} */ n) => n + ' 个警告和提示',
      persist: '改正并保存后自动消失。',
      failed: '没有重新生成，显示的是上一版。',
      hint: '建议：',
      shut: '收起（Esc）',
      open: '展开',
      more: (/** @type {number} */ n) => '还有 ' + n + ' 个没有列出，完整清单请运行 zwgk check。',
      elsewhere: '内容只在运行预览的电脑上显示。',
      lost: '预览已停止。重新运行 zwgk serve 后，这里自动更新。',
    },
    en: {
      name: 'preview findings',
      errors: (/** @type {number} */ n) => n + (n === 1 ? ' error' : ' errors'),
      others: (/** @type {number} */ n) => n + ' warnings and notices',
      persist: 'Gone as soon as they are mended and saved.',
      failed: 'Not built: the last release is shown.',
      hint: 'Hint: ',
      shut: 'Close (Esc)',
      open: 'Open',
      more: (/** @type {number} */ n) => n + ' more are not listed; see zwgk check.',
      elsewhere: 'Details are shown on the machine of the preview only.',
      lost: 'The preview has ended. Run zwgk serve again and this page follows.',
    },
  };

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  let build = script.dataset.build || '';
  let words = WORDS.zh;

  // --- what has changed -----------------------------------------------------------------------------------------

  /** The file of the column behind an address of this server, or nothing. @param {string} address */
  const fileOf = (address) => {
    const url = new URL(address, location.href);
    if (url.origin !== location.origin || url.pathname.startsWith(OWN)) return '';
    let path = url.pathname.slice(1);
    try {
      path = decodeURIComponent(path);
    } catch (odd) {
      return '';
    }
    return path === '' || path.endsWith('/') ? path + 'index.html' : path;
  };

  /** @returns {HTMLLinkElement[]} */
  const sheets = () => Array.from(document.querySelectorAll('link[rel~="stylesheet"]'));

  /** Every file that this page has been made of so far. */
  const usedFiles = () => {
    const used = new Set([fileOf(location.href)]);
    for (const entry of performance.getEntriesByType('resource')) used.add(fileOf(entry.name));
    for (const link of sheets()) used.add(fileOf(link.href));
    for (const element of document.scripts) if (element.src) used.add(fileOf(element.src));
    for (const image of document.images) if (image.currentSrc) used.add(fileOf(image.currentSrc));
    used.delete('');
    return used;
  };

  /** A new sheet takes the old one's place when it has come, so that the page is never without. @param {string[]} files */
  const swapSheets = (files) => {
    for (const old of sheets()) {
      if (!files.includes(fileOf(old.href))) continue;
      const fresh = /** @type {HTMLLinkElement} */ (old.cloneNode());
      const url = new URL(old.href);
      url.searchParams.set('build', build);
      fresh.href = url.href;
      fresh.addEventListener('load', () => old.remove());
      fresh.addEventListener('error', () => fresh.remove());
      old.after(fresh);
    }
  };

  let composing = false;
  let waits = false;

  const reload = () => {
    waits = composing; // whoever is writing a character with an input method would lose it
    if (waits) return;
    disconnect(); // it may hold the last connection that the browser allows
    keepPlace();
    location.reload();
  };

  document.addEventListener('compositionstart', () => {
    composing = true;
  });
  document.addEventListener('compositionend', () => {
    composing = false;
    if (waits) setTimeout(reload, 300);
  });

  /** @param {string[] | null} urls */
  const follow = (urls) => {
    if (urls === null) {
      reload();
      return;
    }
    const used = usedFiles();
    const changed = urls.filter((url) => used.has(url));
    if (!changed.length) return;
    const linked = new Set(sheets().map((link) => fileOf(link.href)));
    if (changed.every((url) => linked.has(url))) swapSheets(changed);
    else reload();
  };

  // --- the reader's place -----------------------------------------------------------------------------------------

  /** @returns {HTMLInputElement[]} */
  const fields = () => Array.from(document.querySelectorAll('input[type="search"][id], input[type="text"][id]'));

  const keepPlace = () => {
    const active = document.activeElement;
    const kept = {
      address: location.href,
      at: Date.now(),
      x: window.scrollX,
      y: window.scrollY,
      values: fields().map(({ id, value }) => [id, value]),
      focus: active ? active.id : '',
    };
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    } catch (refused) {
      // without storage the browser's own way must do
    }
  };

  const findPlace = () => {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT) || 'null');
      sessionStorage.removeItem(KEPT);
    } catch (refused) {
      return;
    }
    if (!kept || kept.address !== location.href || Date.now() - kept.at > KEPT_MS) return;
    for (const [id, value] of kept.values) {
      const field = /** @type {HTMLInputElement | null} */ (document.getElementById(id));
      if (field && field.value !== value) field.value = value;
    }
    const focused = kept.focus && document.getElementById(kept.focus);
    if (focused) focused.focus({ preventScroll: true });
    let moved = false;
    for (const name of ['wheel', 'touchstart', 'keydown', 'pointerdown']) {
      window.addEventListener(name, () => (moved = true), { once: true, passive: true });
    }
    const end = Date.now() + SCROLL_MS;
    const scroll = () => { // what was found is drawn after the page: until then it is not long enough
      if (moved) return;
      window.scrollTo(kept.x, kept.y);
      if (Math.abs(window.scrollY - kept.y) > 1 && Date.now() < end) setTimeout(scroll, 50);
    };
    scroll();
  };

  // --- what is wrong ------------------------------------------------------------------------------------------------

  /** @param {string} tag @param {{[name: string]: string}} attributes @param {...(string | Node)} children @returns {HTMLElement} */
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
    element.append(...children);
    return element;
  };

  const host = make('div', { id: 'zwgk-preview' });
  const root = host.attachShadow({ mode: 'open' });
  const spoken = make('div', { class: 'spoken', role: 'status' });
  const box = make('section', { class: 'box', hidden: '' });
  let isOpen = false;
  /** @type {Findings | null} */
  let shown = null;
  let lost = false;

  /** What an error is known by once it was put aside. @param {Findings} findings */
  const nameOf = (findings) => JSON.stringify(findings.told.filter((item) => item.severity === 'error').map(({ code, file, message }) => [code, file, message]));

  /** @param {string} value */
  const rememberShut = (value) => {
    try {
      sessionStorage.setItem(SHUT, value);
    } catch (refused) {
      // it opens again on the next page
    }
  };

  const shutBefore = () => {
    try {
      return sessionStorage.getItem(SHUT) || '';
    } catch (refused) {
      return '';
    }
  };

  /** @param {Told} item */
  const listItem = (item) => {
    const place = item.file + (item.line ? ':' + item.line + (item.column ? ':' + item.column : '') : '');
    const row = make('li', { class: item.severity });
    if (place) row.append(make('code', { class: 'place' }, place), ' ');
    row.append(make('strong', {}, item.word + ' ' + item.code), ' ', item.message);
    if (item.hint) row.append(make('p', { class: 'hint' }, words.hint + item.hint));
    return row;
  };

  /** @param {Told[]} told @param {number} count */
  const list = (told, count) => {
    const rows = make('ol', {}, ...told.map(listItem));
    return count > told.length && told.length ? [rows, make('p', {}, words.more(count - told.length))] : [rows];
  };

  /** @param {Findings} findings */
  const titleOf = (findings) => (findings.errors ? words.errors(findings.errors) : words.others(findings.warnings + findings.notices));

  /** @param {Findings} findings */
  const panel = (findings) => {
    const errors = findings.told.filter((item) => item.severity === 'error');
    const others = findings.told.filter((item) => item.severity !== 'error');
    const shut = make('button', { type: 'button', class: 'shut' }, words.shut);
    shut.addEventListener('click', () => open(false));
    const text = (findings.failed ? words.failed : '') + (findings.errors ? words.persist : '');
    const head = make('div', { class: 'head' }, make('p', { class: 'title' }, titleOf(findings)), shut);
    const body = make('div', { class: 'body', tabindex: '0', role: 'group', 'aria-label': words.name });
    if (text) body.append(make('p', {}, text));
    if (!findings.told.length) body.append(make('p', {}, words.elsewhere));
    if (errors.length) body.append(...list(errors, findings.errors));
    const count = findings.warnings + findings.notices;
    if (others.length) {
      const folded = make('details', {}, make('summary', {}, words.others(count)), ...list(others, count));
      if (!findings.errors) folded.setAttribute('open', '');
      body.append(folded);
    }
    return make('div', { class: 'panel' }, head, body);
  };

  /** @param {Findings} findings */
  const badge = (findings) => {
    const button = make('button', { type: 'button', class: findings.errors ? 'badge error' : 'badge', 'aria-label': words.name + '：' + titleOf(findings) + '，' + words.open }, titleOf(findings));
    button.addEventListener('click', () => open(true));
    return button;
  };

  const draw = () => {
    box.textContent = '';
    if (lost) box.append(make('p', { class: 'badge' }, words.lost));
    else if (shown && (shown.errors || shown.warnings || shown.notices)) box.append(isOpen ? panel(shown) : badge(shown));
    box.setAttribute('aria-label', words.name);
    box.hidden = !box.hasChildNodes();
  };

  /** Opened or put aside by its reader, who stays where the button was. @param {boolean} wanted */
  const open = (wanted) => {
    if (!shown || isOpen === wanted) return;
    isOpen = wanted;
    if (!wanted) rememberShut(nameOf(shown));
    draw();
    const next = /** @type {HTMLElement | null} */ (box.querySelector(wanted ? '.body' : '.badge'));
    if (next) next.focus({ preventScroll: true });
  };

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isOpen && !event.isComposing) open(false);
  });

  /** @param {Findings} findings */
  const show = (findings) => {
    const before = shown;
    const same = before && JSON.stringify(before) === JSON.stringify(findings);
    shown = findings;
    if (same && !lost) return;
    lost = false;
    const isNew = findings.errors > 0 && nameOf(findings) !== shutBefore();
    if (!findings.errors) rememberShut('');
    isOpen = isNew || (isOpen && findings.errors > 0);
    draw();
    spoken.textContent = isNew ? titleOf(findings) + '。' + (findings.told[0] ? findings.told[0].message : '') : '';
  };

  const tellLost = () => {
    lost = true;
    draw();
    spoken.textContent = words.lost;
  };

  // --- the connection -----------------------------------------------------------------------------------------------

  /** @type {EventSource | null} */
  let source = null;
  /** @type {any} */
  let patience = 0;

  const connect = () => {
    if (source || document.visibilityState === 'hidden') return; // the browser allows few connections; a tab that nobody sees can ask later
    source = new EventSource(OWN + 'events?since=' + encodeURIComponent(build));
    source.onmessage = (event) => {
      clearTimeout(patience);
      patience = 0;
      /** @type {News} */
      const news = JSON.parse(event.data);
      build = news.build;
      words = news.language === 'en' ? WORDS.en : WORDS.zh;
      host.lang = news.language === 'en' ? 'en' : 'zh-CN';
      show(news.findings);
      follow(news.urls);
    };
    source.onerror = () => {
      if (!patience) patience = setTimeout(tellLost, LOST_MS);
      if (source && source.readyState === EventSource.CLOSED) {
        disconnect();
        setTimeout(connect, 1000);
      }
    };
  };

  const disconnect = () => {
    if (source) source.close();
    source = null;
  };

  const begin = () => {
    const style = make('link', { rel: 'stylesheet', href: OWN + 'preview.css' });
    root.append(style, spoken, box);
    document.body.append(host);
    performance.setResourceTimingBufferSize(2000);
    findPlace();
    connect();
    document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? disconnect() : connect()));
    window.addEventListener('pagehide', disconnect);
    window.addEventListener('pageshow', connect);
  };

  begin();
})();
