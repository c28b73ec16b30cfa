// Compares the files of the chosen folder with manifest.sha256, in this browser alone. A classic script: file:// takes no other.
(function () {
  "use strict";
  var input = document.getElementById("folder");
  var result = document.getElementById("result");
  var faults = document.getElementById("faults");
  var progress = document.getElementById("progress");
  var SHOWN = 200;
  var PIECE = 1 << 22; // bytes read at once, so that a large attachment does not fill the memory

  input.addEventListener("change", function () {
    var files = Object.create(null);
    var list = Array.prototype.slice.call(input.files);
    var at = list.filter(function (file) { return file.name === "manifest.sha256"; });
    at.sort(function (a, b) { return path(a).length - path(b).length; });
    if (!at.length) {
      say("bad", "选的文件夹里没有 manifest.sha256，请选本网页所在的文件夹。");
      return;
    }
    var base = path(at[0]).slice(0, -"manifest.sha256".length);
    list.forEach(function (file) {
      if (path(file).indexOf(base) === 0) files[path(file).slice(base.length).normalize("NFC")] = file;
    });
    at[0].text().then(function (text) { return compare(read(text), files); }).catch(function (error) {
      say("bad", "没有校验完：" + error);
    });
  });

  function path(file) { return file.webkitRelativePath || file.name; }

  function read(text) {
    return text.split("\n").map(function (line) { return line.replace(/\r$/, ""); }).filter(function (line) {
      return /^[0-9a-f]{64} [ *]./.test(line);
    }).map(function (line) { return { digest: line.slice(0, 64), name: line.slice(66) }; });
  }

  async function compare(rows, files) {
    faults.textContent = "";
    progress.hidden = false;
    progress.max = rows.length || 1;
    var missing = 0;
    var changed = 0;
    for (var place = 0; place < rows.length; place++) {
      var row = rows[place];
      var file = files[row.name.normalize("NFC")];
      if (!file) {
        missing++;
        tell("缺少 " + row.name, missing + changed);
      } else if ((await digestOf(file)) !== row.digest) {
        changed++;
        tell("变了 " + row.name, missing + changed);
      }
      if (place % 50 === 0) {
        progress.value = place;
        say("", "正在校验 " + place + " / " + rows.length + " ……");
        await new Promise(function (done) { setTimeout(done); });
      }
    }
    progress.hidden = true;
    if (!rows.length) say("bad", "manifest.sha256 是空的，或者看不懂，没有校验。");
    else if (missing + changed) say("bad", rows.length + " 个文件里，缺少 " + missing + " 个，变了 " + changed + " 个。请重新复制一次。");
    else say("good", "全部 " + rows.length + " 个文件完好。");
  }

  function say(kind, text) {
    result.className = kind;
    result.textContent = text;
  }

  function tell(text, count) {
    if (count > SHOWN) return;
    var item = document.createElement("li");
    item.textContent = text;
    faults.appendChild(item);
  }

  async function digestOf(file) {
    if (file.size <= PIECE && window.crypto && window.crypto.subtle) {
      return hex(new Uint8Array(await window.crypto.subtle.digest("SHA-256", await file.arrayBuffer())));
    }
    var hash = newHash();
    for (var start = 0; start < file.size; start += PIECE) {
      hash.take(new Uint8Array(await file.slice(start, start + PIECE).arrayBuffer()));
    }
    return hex(hash.end());
  }

  function hex(bytes) {
    return Array.prototype.map.call(bytes, function (byte) { return (byte + 256).toString(16).slice(1); }).join("");
  }

  // SHA-256 (FIPS 180-4) piece by piece: the browser's own takes a file only as a whole.
  function newHash() {
    var state = Uint32Array.of(0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19);
    var rest = new Uint8Array(0);
    var length = 0;
    var words = new Uint32Array(64);

    function block(bytes, at) {
      var i;
      for (i = 0; i < 16; i++, at += 4) words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
      for (i = 16; i < 64; i++) {
        var x = words[i - 15];
        var y = words[i - 2];
        words[i] = words[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + words[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
      }
      var a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
      for (i = 0; i < 64; i++) {
        var one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i]) | 0;
        var two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
    }

    function take(bytes) {
      length += bytes.length;
      var all = bytes;
      if (rest.length) {
        all = new Uint8Array(rest.length + bytes.length);
        all.set(rest);
        all.set(bytes, rest.length);
      }
      var end = all.length - (all.length % 64);
      for (var at = 0; at < end; at += 64) block(all, at);
      rest = all.slice(end);
    }

    function end() {
      var bits = length * 8;
      var tail = new Uint8Array((rest.length < 56 ? 64 : 128) - rest.length);
      tail[0] = 0x80;
      var view = new DataView(tail.buffer);
      view.setUint32(tail.length - 8, Math.floor(bits / 4294967296));
      view.setUint32(tail.length - 4, bits >>> 0);
      take(tail);
      var made = new Uint8Array(32);
      var out = new DataView(made.buffer);
      for (var i = 0; i < 8; i++) out.setUint32(i * 4, state[i]);
      return made;
    }

    return { take: take, end: end };
  }

  function turn(word, by) { return (word >>> by) | (word << (32 - by)); }

  // The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  var ROUNDS = (function () {
    var made = [];
    for (var number = 2; made.length < 64; number++) {
      var prime = true;
      for (var factor = 2; factor * factor <= number; factor++) if (number % factor === 0) { prime = false; break; }
      if (prime) made.push(fraction(number));
    }
    return Uint32Array.from(made);
  })();

  // floor(cbrt(n) * 2^32) mod 2^32 by whole numbers: doubles would round some of them.
  function fraction(number) {
    var wanted = BigInt(number) << 96n;
    var root = 0n;
    for (var bit = 1n << 36n; bit; bit >>= 1n) if ((root + bit) * (root + bit) * (root + bit) <= wanted) root += bit;
    return Number(root & 0xffffffffn);
  }

})();
