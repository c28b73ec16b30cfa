/* 阅读辅助：字号、高对比、长者模式、大鼠标、打印，窄屏上的栏目导航。没有脚本时页面照样能用；选择只存在本机。 */
(function () {
  'use strict';
  var KEY = 'zwgk-view', LARGEST = 3, MODES = ['contrast', 'elder', 'cursor'];
  var root = document.documentElement, view = { size: 0, contrast: false, elder: root.classList.contains('elder'), cursor: false };

  function read() {
    try {
      var kept = JSON.parse(localStorage.getItem(KEY)) || {};
      view.size = Math.min(LARGEST, Math.max(0, Math.floor(kept.size) || 0));
      MODES.forEach(function (name) { if (name in kept) view[name] = kept[name] === true; });
    } catch (e) { /* 存储不可用：用默认值 */ }
  }

  function show() {
    for (var size = 1; size <= LARGEST; size++) root.classList.toggle('size-' + size, view.size === size);
    MODES.forEach(function (name) {
      root.classList.toggle(name, view[name]);
      var button = document.querySelector('.tools [data-tool="' + name + '"]');
      if (button) button.setAttribute('aria-pressed', String(view[name]));
    });
    /* 字大到一行放不下几个字时，排成一列 */
    root.classList.toggle('large', view.elder || view.size > 1);
  }

  function keep() {
    show();
    try { localStorage.setItem(KEY, JSON.stringify(view)); } catch (e) { /* 只在本页有效 */ }
  }

  var actions = {
    smaller: function () { view.size = Math.max(0, view.size - 1); keep(); },
    larger: function () { view.size = Math.min(LARGEST, view.size + 1); keep(); },
    print: function () { window.print(); },
    menu: function (button) {
      var open = document.querySelector('.site-nav').classList.toggle('open');
      button.setAttribute('aria-expanded', String(open));
    }
  };
  MODES.forEach(function (name) {
    actions[name] = function () { view[name] = !view[name]; keep(); };
  });

  function leave(event) {
    /* 退出按钮随即消失，焦点回到工具条里的同名按钮 */
    if (event.target.closest('.elder-exit')) document.querySelector('.tools [data-tool="elder"]').focus();
  }

  function start() {
    var bar = document.querySelector('.tools');
    if (bar) bar.hidden = false;
    document.addEventListener('click', function (event) {
      var button = event.target.closest && event.target.closest('[data-tool]');
      var action = button && actions[button.getAttribute('data-tool')];
      if (!action) return;
      action(button);
      leave(event);
    });
    show();
  }

  root.classList.add('scripted');
  read();
  show();
  document.addEventListener('DOMContentLoaded', start);
}());
