/* 目录表：筛选和排序。没有脚本时，表格照样完整。 */
(function () {
  'use strict';

  var CHOICES = [['limit', '时限'], ['state', '状态'], ['audience', '对象'], ['level', '层级']];

  function words(node) { return node ? node.textContent.replace(/\s+/g, ' ').trim() : ''; }

  function valuesOf(row, name) { return (row.getAttribute('data-' + name) || '').split('、').filter(Boolean); }

  function build(tag, attributes, text) {
    var node = document.createElement(tag);
    Object.keys(attributes).forEach(function (name) { node.setAttribute(name, attributes[name]); });
    if (text) node.textContent = text;
    return node;
  }

  /* ── 筛选 ── */
  function chooser(name, label, rows, number) {
    var seen = [];
    rows.forEach(function (row) {
      valuesOf(row, name).forEach(function (value) { if (seen.indexOf(value) < 0) seen.push(value); });
    });
    if (seen.length < 2) return null;
    var box = build('p', {}), select = build('select', { id: 'f-' + name + number, 'data-filter': name });
    box.appendChild(build('label', { 'for': 'f-' + name + number }, label));
    select.appendChild(build('option', { value: '' }, '全部'));
    seen.sort(function (a, b) { return a.localeCompare(b, 'zh-CN'); });
    seen.forEach(function (value) { select.appendChild(build('option', { value: value }, value)); });
    box.appendChild(select);
    return box;
  }

  function addFilter(table, rows, number) {
    var form = build('form', { 'class': 'catalog-filter', 'aria-label': '筛选' + words(table.caption), role: 'search' });
    var box = build('p', {}), input = build('input', { id: 'f-text' + number, type: 'search', autocomplete: 'off', maxlength: '100' });
    var clear = build('button', { type: 'reset' }, '清除'), status = build('p', { role: 'status' });
    box.appendChild(build('label', { 'for': 'f-text' + number }, '在本页目录中找'));
    box.appendChild(input);
    form.appendChild(box);
    CHOICES.forEach(function (choice) {
      var made = chooser(choice[0], choice[1], rows, number);
      if (made) form.appendChild(made);
    });
    form.appendChild(clear);
    form.appendChild(status);
    var texts = rows.map(function (row) { return words(row).toLowerCase(); });
    function apply() {
      var wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
      var picked = Array.from(form.querySelectorAll('select')).filter(function (select) { return select.value; });
      rows.forEach(function (row, place) {
        var fits = wanted.every(function (word) { return texts[place].indexOf(word) >= 0; }) &&
          picked.every(function (select) { return valuesOf(row, select.getAttribute('data-filter')).indexOf(select.value) >= 0; });
        row.hidden = !fits;
        if (fits) shown++;
      });
      status.textContent = wanted.length || picked.length ? '显示 ' + shown + ' 条，本页共 ' + rows.length + ' 条。' : '';
    }
    var timer = 0;
    form.addEventListener('input', function (event) {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(apply, 60);
    });
    input.addEventListener('compositionend', apply);
    form.addEventListener('change', apply);
    form.addEventListener('reset', function () { setTimeout(apply, 0); });
    form.addEventListener('submit', function (event) { event.preventDefault(); apply(); });
    table.parentNode.insertBefore(form, table);
  }

  /* ── 排序：点一次升序，再点一次降序，第三次回到目录的次序 ── */
  function addSorting(table, rows) {
    var body = table.tBodies[0], status = build('p', { role: 'status', 'class': 'hidden' });
    table.parentNode.insertBefore(status, table);
    var heads = Array.from(table.tHead.rows[0].cells);
    function keyOf(row, column) {
      var cell = row.cells[column], time = cell.querySelector('time');
      return time ? time.getAttribute('datetime') : column === heads.length - 1 ? '' : words(cell);
    }
    heads.forEach(function (head, column) {
      var label = words(head), button = build('button', { type: 'button', 'class': 'sort' }, label);
      head.textContent = '';
      head.appendChild(button);
      button.addEventListener('click', function () {
        var before = head.getAttribute('aria-sort'), next = !before ? 'ascending' : before === 'ascending' ? 'descending' : '';
        heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
        var order = rows.slice();
        if (next) {
          head.setAttribute('aria-sort', next);
          var sign = next === 'ascending' ? 1 : -1;
          var keyed = order.map(function (row, place) { return { row: row, place: place, key: keyOf(row, column) }; });
          keyed.sort(function (a, b) { return sign * a.key.localeCompare(b.key, 'zh-CN', { numeric: true }) || a.place - b.place; });
          order = keyed.map(function (item) { return item.row; });
        }
        order.forEach(function (row) { body.appendChild(row); });
        status.textContent = next ? '已按' + label + (next === 'ascending' ? '从小到大' : '从大到小') + '排列。' : '已恢复目录的次序。';
      });
    });
  }

  document.addEventListener('DOMContentLoaded', function () {
    Array.from(document.querySelectorAll('table.catalog')).forEach(function (table, number) {
      var rows = Array.from(table.querySelectorAll('tbody tr')).filter(function (row) { return row.querySelector('th'); });
      if (rows.length < 5) return;
      addFilter(table, rows, number);
      addSorting(table, rows);
    });
  });
}());
