/**
 * Text as search sees it: folding and units. The same as `zwgk_site/text/units.py`, in the browser; one case file tests both.
 * Knows no index.
 */
if (!globalThis.zwgk) Object.assign(globalThis, { zwgk: Object.create(null) });

(() => {
  'use strict';

  const DROPPED = String.raw`\t \u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff()\[\]{}<>\u00ab\u00bb\u2039\u203a\u2045\u2046\u207d\u207e\u2308-\u230b\u2329\u232a\u27e6-\u27ef\u2983-\u2998\u3008-\u3011\u3014-\u301b"'\x60\u00b4\u2018-\u201f\u2032-\u2037\u301d-\u301f\-_~\/\\|\^*#.\u00b7\u2010-\u2015\u2022\u2027\u2043\u2212\u2219\u22c5\u30fb\u3030\u00af\u203e`;
  const GAPS = String.raw`\n\r\x0b\x0c\x85,;:!?\u3001\u3002\u00a1\u00bf\u2025\u2026\u061b\u061f\u060c\u037e`;
  const PIECE = new RegExp('([' + GAPS + ']+)|[' + DROPPED + ']+|([a-z0-9]{1,40}|[^])', 'gu');
  const PLAIN = /^[\u4e00-\u9fff]$/;
  const CLUSTER = /[^]\p{M}*/gu;

  /** Traditional characters and other forms to what they fold to; filled when the table is loaded. @type {Map<string, string>} */
  const forms = new Map([['○', '〇'], ['零', '〇'], ['◯', '〇']]);

  /** @type {Zwgk['fold']} */
  const foldText = (text) => {
    let folded = '';
    for (const char of text.normalize('NFKC').toLowerCase()) folded += forms.get(char) || char;
    return folded;
  };

  /** The units of folded text, and where they begin in it. @type {(folded: string) => (Unit & {at: number})[]} */
  const findUnits = (folded) => {
    /** @type {(Unit & {at: number})[]} */
    const found = [];
    let position = 0;
    let gap = false;
    folded.replace(PIECE, (_, isGap, unit, at) => {
      if (unit) {
        if (gap && found.length) position += 1;
        found.push({ unit, position, at });
        position += 1;
      }
      if (unit || isGap) gap = !unit;
      return '';
    });
    return found;
  };

  /** @type {Zwgk['splitUnits']} */
  const splitUnits = (text) => findUnits(foldText(text)).map(({ unit, position }) => ({ unit, position }));

  /** Folds cluster by cluster, since folding the whole text would lose the places. @type {Zwgk['locateUnits']} */
  const locateUnits = (text) => {
    let folded = '';
    /** @type {number[]} */
    const from = [];
    /** @type {number[]} */
    const to = [];
    text.replace(CLUSTER, (cluster, index) => {
      folded += PLAIN.test(cluster) ? forms.get(cluster) || cluster : foldText(cluster);
      while (from.length < folded.length) {
        from.push(index);
        to.push(index + cluster.length);
      }
      return '';
    });
    return findUnits(folded).map(({ unit, position, at }) => ({ unit, position, start: from[at], end: to[at + unit.length - 1] }));
  };

  /** @type {Zwgk['isWord']} */
  const isWord = (unit) => /^[a-z0-9]/.test(unit);

  /** @type {Zwgk['addForms']} */
  const addForms = (table) => {
    for (const [, from, to] of table.matchAll(/(.)(.)/gsu)) forms.set(from, to);
  };

  Object.assign(zwgk, { fold: foldText, splitUnits, locateUnits, isWord, addForms });
})();
