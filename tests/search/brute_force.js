/** What a search must find, told from the texts alone: every part stands in some field, unit after unit. */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { zwgk } = require('./load_client.js');

const MAIN = ['title', 'document_number', 'keywords', 'body', 'attachments'];
const isWord = (unit) => zwgk.isWord(unit);

/** Whether units stand among others at the same distances. */
const contains = (units, phrase) =>
  units.some(({ unit, position }, at) => {
    if (unit !== phrase[0].unit) return false;
    let to = at;
    return phrase.every((wanted) => {
      while (to < units.length && units[to].position < position + wanted.position) to += 1;
      return to < units.length && units[to].position === position + wanted.position && units[to].unit === wanted.unit;
    });
  });

exports.contains = contains;

exports.readDocuments = (folder) => {
  const documents = JSON.parse(fs.readFileSync(path.join(folder, 'documents.json'), 'utf8'));
  for (const document of documents) {
    document.units = {};
    for (const name of MAIN.concat('facts')) document.units[name] = zwgk.splitUnits(document[name]);
    const words = (text) => zwgk.splitUnits(text).map(({ unit }) => unit).join('');
    document.codes = document.identifiers.flatMap((text) => [words(text), words(text.slice(text.lastIndexOf('/') + 1))]);
  }
  return documents;
};

/** Whether a document has a part. A single character is looked for in titles only. */
const holds = (document, phrase, facts) => {
  if (phrase.length === 1 && !isWord(phrase[0].unit)) return contains(document.units.title, phrase);
  if (phrase.every(({ unit }) => isWord(unit)) && document.codes.includes(phrase.map(({ unit }) => unit).join(''))) return true;
  return MAIN.concat(facts ? 'facts' : []).some((name) => contains(document.units[name], phrase));
};

/** Keys of the documents that have all phrases and none of the excluded ones. */
exports.find = (documents, phrases, excluded = [], facts = false) =>
  documents
    .filter((document) => !document.dead && phrases.every((phrase) => holds(document, phrase, facts)) && !excluded.some((phrase) => holds(document, phrase)))
    .map(({ segment, id }) => segment + ':' + id)
    .sort();
