/* 阅读辅助：字号、高对比、长者模式、打印。没有脚本时页面照样能用；选择只存在本机。 */
(function () {
  'use strict';
  var KEY = 'zwgk-view', LARGEST = 3, root = document.documentElement, view = { size: 0, contrast: false, elder: false };

  function read() {
    try {
      var kept = JSON.parse(localStorage.getItem(KEY)) || {};
      view.size = Math.min(LARGEST, Math.max(0, Math.floor(kept.size) || 0));
      view.contrast = kept.contrast === true;
      view.elder = kept.elder === true;
    } catch (e) { /* 存储不可用：用默认值 */ }
  }

  function show() {
    for (var size = 1; size <= LARGEST; size++) root.classList.toggle('size-' + size, view.size === size);
    root.classList.toggle('contrast', view.contrast);
    root.classList.toggle('elder', view.elder);
    ['contrast', 'elder'].forEach(function (name) {
      var button = document.querySelector('[data-tool="' + name + '"]');
      if (button) button.setAttribute('aria-pressed', String(view[name]));
    });
  }

  var actions = {
    smaller: function () { view.size = Math.max(0, view.size - 1); },
    larger: function () { view.size = Math.min(LARGEST, view.size + 1); },
    contrast: function () { view.contrast = !view.contrast; },
    elder: function () { view.elder = !view.elder; },
    print: function () { window.print(); }
  };

  function start() {
    var bar = document.querySelector('.tools');
    if (!bar) return;
    bar.hidden = false;
    bar.addEventListener('click', function (event) {
      var action = actions[event.target.getAttribute('data-tool')];
      if (!action) return;
      action();
      show();
      try { localStorage.setItem(KEY, JSON.stringify(view)); } catch (e) { /* 只在本页有效 */ }
    });
    show();
  }

  read();
  show();
  document.addEventListener('DOMContentLoaded', start);
}());
