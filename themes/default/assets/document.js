/* 文件页的工具：复制引用、下载文本、朗读、二维码。没有脚本，或者浏览器做不到时，按钮不出现，页面照样能用。 */
(function () {
  'use strict';

  /* ── 二维码（QR，字节模式，第 1—10 版，纠错 M）：返回每行 0、1 的数组，太长时返回 null ── */
  var EC = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26], BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5];
  var TOTAL = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346];
  var ALIGN = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

  function multiply(a, b) {
    var product = 0;
    for (var bit = 7; bit >= 0; bit--) {
      product = (product << 1) ^ ((product >> 7) * 0x11d);
      if ((b >> bit) & 1) product ^= a;
    }
    return product;
  }

  function correction(data, degree) {
    var divisor = new Array(degree).fill(0), root = 1, rest = new Array(degree).fill(0), i, j;
    divisor[degree - 1] = 1;
    for (i = 0; i < degree; i++) {
      for (j = 0; j < degree; j++) {
        divisor[j] = multiply(divisor[j], root);
        if (j + 1 < degree) divisor[j] ^= divisor[j + 1];
      }
      root = multiply(root, 2);
    }
    data.forEach(function (value) {
      var factor = value ^ rest.shift();
      rest.push(0);
      for (j = 0; j < degree; j++) rest[j] ^= multiply(divisor[j], factor);
    });
    return rest;
  }

  function codewords(bytes, version, capacity) {
    var bits = [], data = [], parts = [], result = [], blocks = BLOCKS[version], size = Math.floor(capacity / blocks), at = 0, i, j;
    function put(value, length) { for (var bit = length - 1; bit >= 0; bit--) bits.push((value >> bit) & 1); }
    put(4, 4);
    put(bytes.length, version > 8 ? 16 : 8);
    bytes.forEach(function (value) { put(value, 8); });
    put(0, Math.min(4, capacity * 8 - bits.length));
    while (bits.length % 8) bits.push(0);
    for (i = 0; i < bits.length; i += 8) data.push(parseInt(bits.slice(i, i + 8).join(''), 2));
    for (i = 0; data.length < capacity; i++) data.push(i % 2 ? 0x11 : 0xec);
    for (i = 0; i < blocks; i++) {
      var length = size + (i >= blocks - capacity % blocks ? 1 : 0), part = data.slice(at, at + length);
      at += length;
      parts.push([part, correction(part, EC[version])]);
    }
    for (j = 0; j < 2; j++) {
      for (i = 0; i <= size || i < EC[version]; i++) {
        parts.forEach(function (part) { if (i < part[j].length) result.push(part[j][i]); });
      }
    }
    return result;
  }

  function remainder(value, length, divisor) {
    var rest = value;
    for (var i = 0; i < length; i++) rest = (rest << 1) ^ ((rest >> (length - 1)) * divisor);
    return (value << length) | rest;
  }

  function blank(version) {
    var size = 21 + version * 4, dark = [], fixed = [], i, j;
    for (i = 0; i < size; i++) { dark.push(new Array(size).fill(0)); fixed.push(new Array(size).fill(0)); }
    function set(x, y, value) {
      if (x >= 0 && y >= 0 && x < size && y < size) { dark[y][x] = value ? 1 : 0; fixed[y][x] = 1; }
    }
    for (i = 0; i < size; i++) { set(6, i, i % 2 === 0); set(i, 6, i % 2 === 0); }
    [[3, 3], [size - 4, 3], [3, size - 4]].forEach(function (centre) {
      for (i = -4; i <= 4; i++) for (j = -4; j <= 4; j++) {
        var ring = Math.max(Math.abs(i), Math.abs(j));
        set(centre[0] + i, centre[1] + j, ring !== 2 && ring !== 4);
      }
    });
    ALIGN[version].forEach(function (x, column, places) {
      places.forEach(function (y, row) {
        var last = places.length - 1;
        if ((!column && !row) || (!column && row === last) || (column === last && !row)) return;
        for (i = -2; i <= 2; i++) for (j = -2; j <= 2; j++) set(x + i, y + j, Math.max(Math.abs(i), Math.abs(j)) !== 1);
      });
    });
    if (version > 5) {
      var number = remainder(version + 1, 12, 0x1f25);
      for (i = 0; i < 18; i++) {
        var a = size - 11 + i % 3, b = Math.floor(i / 3);
        set(a, b, (number >> i) & 1);
        set(b, a, (number >> i) & 1);
      }
    }
    return { size: size, dark: dark, fixed: fixed, set: set };
  }

  function writeFormat(grid, mask) {
    var bits = remainder(mask, 10, 0x537) ^ 0x5412, size = grid.size, i;
    function bit(n) { return (bits >> n) & 1; }
    for (i = 0; i < 6; i++) grid.set(8, i, bit(i));
    grid.set(8, 7, bit(6)); grid.set(8, 8, bit(7)); grid.set(7, 8, bit(8));
    for (i = 9; i < 15; i++) grid.set(14 - i, 8, bit(i));
    for (i = 0; i < 8; i++) grid.set(size - 1 - i, 8, bit(i));
    for (i = 8; i < 15; i++) grid.set(8, size - 15 + i, bit(i));
    grid.set(8, size - 8, 1);
  }

  function place(grid, data) {
    var at = 0, size = grid.size;
    for (var right = size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (var step = 0; step < size; step++) for (var side = 0; side < 2; side++) {
        var x = right - side, y = (right + 1) & 2 ? step : size - 1 - step;
        if (!grid.fixed[y][x] && at < data.length * 8) {
          grid.dark[y][x] = (data[at >> 3] >> (7 - (at & 7))) & 1;
          at++;
        }
      }
    }
  }

  var MASKS = [
    function (x, y) { return (x + y) % 2; }, function (x, y) { return y % 2; }, function (x) { return x % 3; },
    function (x, y) { return (x + y) % 3; }, function (x, y) { return (Math.floor(x / 3) + Math.floor(y / 2)) % 2; },
    function (x, y) { return x * y % 2 + x * y % 3; }, function (x, y) { return (x * y % 2 + x * y % 3) % 2; },
    function (x, y) { return ((x + y) % 2 + x * y % 3) % 2; }
  ];

  function penalty(rows) {
    var size = rows.length, score = 0, dark = 0, x, y;
    function line(text) {
      (text.match(/0{5,}|1{5,}/g) || []).forEach(function (run) { score += run.length - 2; });
      for (var i = 0; i + 11 <= size; i++) {
        var part = text.substr(i, 11);
        if (part === '10111010000' || part === '00001011101') score += 40;
      }
    }
    for (y = 0; y < size; y++) {
      line(rows[y].join(''));
      line(rows.map(function (row) { return row[y]; }).join(''));
      for (x = 0; x < size; x++) {
        dark += rows[y][x];
        if (x && y) {
          var sum = rows[y][x] + rows[y - 1][x] + rows[y][x - 1] + rows[y - 1][x - 1];
          if (sum === 0 || sum === 4) score += 3;
        }
      }
    }
    return score + 10 * Math.floor(Math.abs(dark * 20 - size * size * 10) / (size * size));
  }

  function makeCode(text) {
    var bytes = Array.from(unescape(encodeURIComponent(text)), function (char) { return char.charCodeAt(0); });
    var version = 0, best = null;
    function capacity() { return TOTAL[version] - EC[version] * BLOCKS[version]; }
    while (version < 10 && 12 + (version > 8 ? 8 : 0) + bytes.length * 8 > capacity() * 8) version++;
    if (version === 10) return null;
    var data = codewords(bytes, version, capacity());
    MASKS.forEach(function (mask, number) {
      var grid = blank(version);
      writeFormat(grid, number);
      place(grid, data);
      grid.dark.forEach(function (row, y) {
        row.forEach(function (_, x) { if (!grid.fixed[y][x] && !mask(x, y)) row[x] ^= 1; });
      });
      var score = penalty(grid.dark);
      if (!best || score < best.score) best = { score: score, rows: grid.dark };
    });
    return best.rows;
  }

  function drawCode(text, label) {
    var rows = makeCode(text), NS = 'http://www.w3.org/2000/svg', path = '';
    if (!rows) return null;
    rows.forEach(function (row, y) {
      row.forEach(function (dark, x) { if (dark) path += 'M' + (x + 4) + ' ' + (y + 4) + 'h1v1h-1z'; });
    });
    var svg = document.createElementNS(NS, 'svg'), shape = document.createElementNS(NS, 'path'), size = rows.length + 8;
    svg.setAttribute('viewBox', '0 0 ' + size + ' ' + size);
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
    svg.setAttribute('class', 'qr');
    shape.setAttribute('d', path);
    svg.appendChild(shape);
    return svg;
  }

  /* ── 页面上的文字 ── */
  function words(node) { return node ? node.textContent.replace(/\s+/g, ' ').trim() : ''; }

  function factLines(mark) {
    return Array.from(document.querySelectorAll('.facts tr'), function (row) {
      var values = Array.from(row.querySelectorAll('.v'), words).join('；') || words(row.querySelector('td'));
      return mark(words(row.querySelector('th')), values);
    });
  }

  function markdownOf(node) {
    var text = '', children = node.childNodes;
    for (var i = 0; i < children.length; i++) {
      var child = children[i], name = child.nodeName.toLowerCase(), inner;
      if (child.nodeType === 3) { text += child.textContent.replace(/\s+/g, ' '); continue; }
      if (child.nodeType !== 1) continue;
      inner = name === 'table' || name === 'ul' || name === 'ol' || name === 'pre' ? '' : markdownOf(child);
      if (/^h[2-6]$/.test(name)) text += '\n\n' + '######'.slice(0, Number(name[1])) + ' ' + inner.trim() + '\n\n';
      else if (name === 'p') text += '\n\n' + inner.trim() + '\n\n';
      else if (name === 'br') text += '  \n';
      else if (name === 'strong' || name === 'b') text += '**' + inner.trim() + '**';
      else if (name === 'em' || name === 'i') text += '*' + inner.trim() + '*';
      else if (name === 'a') text += child.getAttribute('href') ? '[' + inner.trim() + '](' + child.href + ')' : inner;
      else if (name === 'img') text += '![' + (child.alt || '') + '](' + child.src + ')';
      else if (name === 'pre') text += '\n\n```\n' + child.textContent.replace(/\n$/, '') + '\n```\n\n';
      else if (name === 'blockquote') text += '\n\n' + inner.trim().replace(/^/gm, '> ') + '\n\n';
      else if (name === 'ul' || name === 'ol') text += '\n\n' + listOf(child, name === 'ol') + '\n\n';
      else if (name === 'table') text += '\n\n' + tableOf(child) + '\n\n';
      else text += inner;
    }
    return text;
  }

  function listOf(list, ordered) {
    var items = Array.from(list.children).filter(function (item) { return item.nodeName === 'LI'; });
    return items.map(function (item, place) {
      return (ordered ? place + (Number(list.getAttribute('start')) || 1) + '. ' : '- ') + markdownOf(item).trim().replace(/\n\n+/g, '\n').replace(/\n/g, '\n   ');
    }).join('\n');
  }

  function tableOf(table) {
    var rows = Array.from(table.rows, function (row) {
      return '| ' + Array.from(row.cells, function (cell) { return words(cell).replace(/\|/g, '\\|'); }).join(' | ') + ' |';
    });
    if (rows.length) rows.splice(1, 0, rows[0].replace(/[^|]+/g, ' - '));
    var caption = table.caption ? '**' + words(table.caption) + '**\n\n' : '';
    return caption + rows.join('\n');
  }

  function textOf(form) {
    var title = words(document.querySelector('h1')), body = document.querySelector('.doc-body'), parts = [];
    var plain = form === 'txt';
    parts.push(plain ? title : '# ' + title);
    parts.push(factLines(function (label, value) { return (plain ? '' : '- ') + label + '：' + value; }).join('\n'));
    if (body) parts.push(plain ? body.innerText : markdownOf(body));
    var files = Array.from(document.querySelectorAll('.attachments li > a'), function (link) {
      return plain ? words(link) + '　' + link.href : '- [' + words(link) + '](' + link.href + ')';
    });
    if (files.length) parts.push((plain ? '附件' : '## 附件') + '\n\n' + files.join('\n'));
    var cite = words(document.querySelector('.cite p'));
    if (cite) parts.push(cite);
    return parts.join('\n\n').replace(/[ \t]+\n/g, '\n').replace(/\n{3,}/g, '\n\n') + '\n';
  }

  function save(form) {
    var name = words(document.querySelector('h1')).replace(/[\\/:*?"<>|\s]+/g, '_').slice(0, 60) + '.' + form;
    var content = (form === 'txt' ? '\ufeff' + textOf(form).replace(/\n/g, '\r\n') : textOf(form));
    var link = document.createElement('a'), url = URL.createObjectURL(new Blob([content], { type: 'text/plain;charset=utf-8' }));
    link.href = url;
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(url); }, 10000);
  }

  function copyText(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    var area = document.createElement('textarea');
    area.value = text;
    area.setAttribute('readonly', '');
    area.className = 'hidden';
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand('copy');
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error('copy'));
  }

  /* ── 朗读：只在有中文语音时出现；一句一句读，读到哪里标到哪里 ── */
  var reader = { voice: null, queue: [], node: null };

  function findVoice() {
    if (!window.speechSynthesis || !window.SpeechSynthesisUtterance) return null;
    return window.speechSynthesis.getVoices().filter(function (voice) { return /^(zh|cmn)/i.test(voice.lang); })[0] || null;
  }

  function stopReading(button) {
    reader.queue = [];
    window.speechSynthesis.cancel();
    if (reader.node) reader.node.classList.remove('speaking');
    reader.node = null;
    button.textContent = '朗读';
    button.setAttribute('aria-pressed', 'false');
  }

  function readNext(button) {
    if (reader.node) reader.node.classList.remove('speaking');
    reader.node = null;
    var next = reader.queue.shift();
    if (!next) { stopReading(button); return; }
    var speech = new SpeechSynthesisUtterance(next.text);
    speech.lang = 'zh-CN';
    speech.voice = reader.voice;
    speech.onend = function () { if (button.getAttribute('aria-pressed') === 'true') readNext(button); };
    speech.onerror = speech.onend;
    reader.node = next.node;
    next.node.classList.add('speaking');
    window.speechSynthesis.speak(speech);
  }

  function startReading(button) {
    var nodes = document.querySelectorAll('main h1, .doc-body h2, .doc-body h3, .doc-body h4, .doc-body p, .doc-body li, .doc-body td, .doc-body th');
    reader.queue = [];
    nodes.forEach(function (node) {
      (words(node).match(/[^。！？；]+[。！？；]?/g) || []).forEach(function (text) { reader.queue.push({ node: node, text: text }); });
    });
    button.textContent = '停止朗读';
    button.setAttribute('aria-pressed', 'true');
    readNext(button);
  }

  /* ── 按钮 ── */
  function start() {
    var bar = document.querySelector('.doc-tools');
    if (!bar) return;
    var status = bar.querySelector('[role="status"]'), address = bar.getAttribute('data-address'), shown = null;
    function button(name) { return bar.querySelector('[data-do="' + name + '"]'); }
    function tell(text) { status.textContent = text; }
    function showCode() {
      if (shown || !address) return;
      var code = drawCode(address, '本页网址的二维码');
      if (!code) return;
      shown = document.createElement('figure');
      shown.className = 'qr-card';
      var caption = document.createElement('figcaption');
      caption.textContent = '用手机扫一扫，打开本页';
      shown.appendChild(code);
      shown.appendChild(caption);
      bar.parentNode.insertBefore(shown, bar.nextSibling);
    }
    var actions = {
      copy: function () {
        copyText(words(document.querySelector('.cite p'))).then(
          function () { tell('已复制引用。'); }, function () { document.querySelector('.cite').open = true; tell('浏览器不让复制，请手动选择文字。'); });
      },
      txt: function () { save('txt'); },
      md: function () { save('md'); },
      read: function () { if (button('read').getAttribute('aria-pressed') === 'true') stopReading(button('read')); else startReading(button('read')); },
      qr: function () {
        var open = button('qr').getAttribute('aria-expanded') === 'true';
        showCode();
        if (shown) shown.hidden = open;
        button('qr').setAttribute('aria-expanded', String(!open));
      }
    };
    function offerVoice() { reader.voice = findVoice(); button('read').hidden = !reader.voice; }
    if (!address || !makeCode(address)) button('qr').hidden = true;
    offerVoice();
    if (window.speechSynthesis && window.speechSynthesis.addEventListener) window.speechSynthesis.addEventListener('voiceschanged', offerVoice);
    bar.addEventListener('click', function (event) {
      var action = actions[event.target.getAttribute('data-do')];
      if (action) action();
    });
    window.addEventListener('pagehide', function () { if (reader.queue.length) stopReading(button('read')); });
    var opened = [];
    window.addEventListener('beforeprint', function () {
      showCode();
      opened = Array.from(document.querySelectorAll('main details:not([open])'));
      opened.forEach(function (item) { item.open = true; });
    });
    window.addEventListener('afterprint', function () { opened.forEach(function (item) { item.open = false; }); });
    bar.hidden = false;
  }

  document.addEventListener('DOMContentLoaded', start);
}());
