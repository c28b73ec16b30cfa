/* 终端模式：公开查阅点的触摸屏。底部总有首页、返回、检索、打印；检索页有字母键盘；站外链接和下载只显示网址；
   一分钟没人用，提示后回到首页，清除前一个人留下的一切。 */
(function () {
  'use strict';
  var IDLE = 60, WARNING = 15, TRAIL = 'zwgk-trail', root = document.documentElement;
  var bar, notice, card, rest, timer, before;

  function make(tag, attributes, content) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    (content || []).forEach(function (part) { element.append(part); });
    return element;
  }

  function button(label, action, name) {
    var element = make('button', name ? { type: 'button', class: name } : { type: 'button' }, [label]);
    element.addEventListener('click', action);
    return element;
  }

  /* --- 走过的路：“返回”只退到这一位读者打开过的页 --- */

  function readTrail() {
    try { return JSON.parse(sessionStorage.getItem(TRAIL)) || []; } catch (e) { return []; }
  }

  function keepTrail(trail) {
    try { sessionStorage.setItem(TRAIL, JSON.stringify(trail)); } catch (e) { /* 存储不可用：没有“返回” */ }
  }

  function here() { return location.href.split('#')[0]; }

  function enter() {
    var trail = readTrail(), last = trail.length - 1;
    if (document.querySelector('meta[http-equiv="refresh"]')) return trail.length > 1;
    if (last > 0 && trail[last - 1] === here()) trail.pop();
    else if (trail[last] !== here()) trail.push(here());
    keepTrail(trail);
    return trail.length > 1;
  }

  function goBack() {
    var trail = readTrail();
    trail.pop();
    keepTrail(trail);
    location.replace(trail[trail.length - 1] || bar.dataset.home);
  }

  /* --- 没人用了 --- */

  function clear() {
    try { localStorage.clear(); sessionStorage.clear(); } catch (e) { /* 没有存下什么 */ }
  }

  function leave() {
    clear();
    location.replace(bar.dataset.home);
  }

  function isTouched() {
    try { return localStorage.length > 0; } catch (e) { return false; }
  }

  /* 首页没有人动过：不必提示 */
  function isFresh() {
    return !isTouched() && readTrail().length < 2 && here() === new URL(bar.dataset.home, location.href).href && !window.scrollY && !card;
  }

  function tick() {
    rest -= 1;
    if (rest > WARNING) return;
    if (isFresh() && !notice) { wait(); return; }
    if (rest <= 0) { clearInterval(timer); leave(); return; }
    if (!notice) warn();
    notice.querySelector('.left').textContent = rest;
    if (rest === WARNING || rest % 5 === 0) notice.querySelector('[aria-live]').textContent = '还有 ' + rest + ' 秒回到首页';
  }

  function wait() { rest = IDLE + WARNING; }

  function warn() {
    before = document.activeElement;
    notice = make('div', { class: 'kiosk-notice', role: 'alertdialog', 'aria-modal': 'true', 'aria-labelledby': 'kiosk-title', 'aria-describedby': 'kiosk-text' }, [
      make('h2', { id: 'kiosk-title' }, ['还在看吗？']),
      make('p', { id: 'kiosk-text' }, ['很久没有动作，', make('strong', { class: 'left' }, [String(rest)]), ' 秒后回到首页，并清除刚才看过的记录。点屏幕任何地方，就接着看。']),
      make('p', { class: 'hidden', 'aria-live': 'assertive' }),
      make('p', {}, [button('接着看', stay)])
    ]);
    document.body.append(notice);
    notice.querySelector('button').focus();
  }

  function stay() {
    wait();
    if (!notice) return;
    notice.remove();
    notice = null;
    if (before && before.focus) before.focus();
  }

  /* --- 站外的链接和要下载的文件：这里打不开，写出网址 --- */

  function addressOf(link) {
    var canonical = document.querySelector('link[rel="canonical"]'), written = link.getAttribute('href');
    if (/^[a-z][a-z0-9+.-]*:/i.test(written)) return written.replace(/^(mailto|tel):/i, '').split('?subject=')[0];
    return canonical ? new URL(written, canonical.href).href : '';
  }

  function isOuter(link) {
    var written = link.getAttribute('href');
    return /^[a-z][a-z0-9+.-]*:/i.test(written) && link.protocol !== 'javascript:' && link.href.split('#')[0] !== here();
  }

  function isFile(link) { return link.hasAttribute('download') || !/(\/|\.html)$/.test(link.pathname); }

  function showCard(title, address, kind) {
    before = document.activeElement;
    card = make('div', { class: 'kiosk-notice', role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'kiosk-title' }, [
      make('h2', { id: 'kiosk-title' }, [title]),
      make('p', {}, [kind === 'file' ? '这台机器不能下载文件。可以打印本页，或者记下、拍下网址，用自己的设备打开。' : '这台机器不打开别的网站。可以记下、拍下网址，用自己的设备打开。']),
      make('p', { class: 'address' }, [address || '这份副本没有写明网上的地址，请问工作人员。']),
      make('p', {}, [button('知道了', closeCard), button('打印本页', function () { closeCard(); window.print(); })])
    ]);
    document.body.append(card);
    card.querySelector('button').focus();
  }

  function closeCard() {
    card.remove();
    card = null;
    if (before && before.focus) before.focus();
  }

  function keepInCard(event) {
    if (!card) return;
    if (event.key === 'Escape') { closeCard(); return; }
    if (event.key !== 'Tab') return;
    var buttons = card.querySelectorAll('button');
    event.preventDefault();
    buttons[document.activeElement === buttons[0] ? 1 : 0].focus();
  }

  function replaceLinks(part) {
    var links = Array.prototype.slice.call(part.querySelectorAll('a[href]'));
    if (part.matches && part.matches('a[href]')) links.push(part);
    links.forEach(function (link) {
      var kind = isOuter(link) ? 'outer' : isFile(link) ? 'file' : '', title = link.textContent.trim(), address;
      if (!kind || link.closest('.kiosk-bar')) return;
      address = addressOf(link);
      link.replaceWith(button(title, function () { showCard(title, address, kind); }, 'kiosk-' + kind));
    });
  }

  /* --- 字母键盘：按声母查，如 jsb 查“建设部” --- */

  function pad(input) {
    var keys = make('div', { class: 'kiosk-pad', role: 'group', 'aria-label': '拼音键盘' });
    function type(change) {
      return function () {
        input.value = change(input.value);
        input.dispatchEvent(new Event('input', { bubbles: true }));
      };
    }
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.split('').forEach(function (letter) {
      keys.append(button(letter, type(function (text) { return text + letter.toLowerCase(); })));
    });
    keys.append(button('退一格', type(function (text) { return text.slice(0, -1); }), 'long'), button('清空', type(function () { return ''; }), 'long'));
    input.closest('form').append(make('p', { class: 'note' }, ['点字母查：每个字只点拼音的第一个字母，如“老旧小区”点 LJXQ。']), keys);
  }

  /* --- 工作人员看的一页：副本的版本和日子 --- */

  function tellAge(place) {
    if (!window.zwgk || !window.zwgk.manifest) return;
    window.zwgk.manifest().then(function (manifest) {
      var days = Math.floor((Date.now() - Date.parse(manifest.built)) / 864e5);
      place.querySelector('[data-staff="built"]').textContent = manifest.built;
      place.querySelector('[data-staff="age"]').textContent = days + ' 天' + (days > 90 ? '，已超过三个月，请更换副本' : '');
    });
  }

  function start() {
    bar = document.querySelector('.kiosk-bar');
    if (!bar) return;
    var back = bar.querySelector('[data-kiosk="back"]'), input = document.getElementById('q'), staff = document.getElementById('staff');
    back.disabled = !enter();
    back.addEventListener('click', goBack);
    replaceLinks(document);
    if (window.MutationObserver) {
      new MutationObserver(function (changes) {
        changes.forEach(function (change) {
          Array.prototype.forEach.call(change.addedNodes, function (node) { if (node.querySelectorAll) replaceLinks(node); });
        });
      }).observe(document.querySelector('main'), { childList: true, subtree: true });
    }
    if (input) pad(input);
    if (staff) tellAge(staff);
    ['pointerdown', 'touchmove', 'keydown', 'wheel'].forEach(function (name) {
      document.addEventListener(name, stay, { passive: true, capture: true });
    });
    document.addEventListener('keydown', keepInCard);
    wait();
    timer = setInterval(tick, 1000);
  }

  root.classList.add('kiosk');
  document.addEventListener('DOMContentLoaded', start);
}());
