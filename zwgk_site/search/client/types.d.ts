/** The values of the search in the browser. Read by `tsc` only; nothing of this file is served. */

/** A character or a run of letters and digits (检索单元), with its position. */
interface Unit {
  unit: string;
  position: number;
}

/** A unit with its place in the original text, UTF-16 offsets. */
interface PlacedUnit extends Unit {
  start: number;
  end: number;
}

/** Units that must stand at these distances; the first position is 0. */
interface Phrase {
  text: string;
  units: Unit[];
}

/** A part of a query: one phrase, or several of which one must match. `joined`: all letters and digits of it in one word. */
interface Part {
  text: string;
  exact: boolean;
  joined: string;
  phrases: Phrase[];
}

/** Values wanted of each facet: keys, or what a label contains. */
type Filters = { [facet: string]: { keys: string[]; label?: boolean } };

interface Query {
  text: string;
  parts: Part[];
  excluded: Part[];
  filters: Filters;
}

type FacetName = 'department' | 'item' | 'field' | 'stage' | 'year' | 'genre' | 'validity' | 'disclosure';

interface Options {
  limit?: number;
  offset?: number;
  sort?: 'relevance' | 'date';
  facets?: boolean;
  texts?: boolean;
  base?: string;
  department?: string | string[];
  item?: string | string[];
  field?: string | string[];
  stage?: string | string[];
  year?: string | string[];
  genre?: string | string[];
  validity?: string | string[];
  disclosure?: string | string[];
}

type Mode = 'exact' | 'number' | 'pinyin' | 'initials' | 'homophone' | 'synonym' | 'facts' | 'prefix' | 'relaxed' | 'any' | 'none';

interface FacetCount {
  value: string;
  label: string;
  count: number;
}

/** A document that was found, before its text is loaded. */
interface Handle {
  segment: string;
  id: number;
  score: number;
}

interface Hit extends Handle {
  url: string;
  title: string;
  department: string;
  document_number: string;
  date: string;
  kind: string;
  state: string;
  snippet: string;
  titleMarks: [number, number][];
  snippetMarks: [number, number][];
  matched: 'title' | 'number' | 'keywords' | 'attachments' | 'facts' | 'body';
}

interface Answer {
  total: number;
  mode: Mode;
  used: string;
  facets: { [facet: string]: FacetCount[] };
  hits: (Hit | Handle)[];
  suggestions: string[];
  links: { title: string; url: string }[];
}

interface SegmentRef {
  id: string;
  documents: number;
  dead?: number[];
  single?: boolean;
  packs?: number;
}

interface Manifest {
  format: number;
  built: string;
  documents: number;
  segments: SegmentRef[];
  tables?: { [kind: string]: string };
}

/** Reads numbers and strings off bytes, from the front. */
interface Cursor {
  at: number;
  byte(): number;
  number(): number;
  bytes(length: number): Uint8Array;
  text(): string;
}

interface Head {
  documents: number;
  syllables: string[];
  /** Each syllable's characters, most frequent first. */
  groups: string[][];
  ranks: Map<string, number>;
  /** By rank: the character, and its syllable's number. */
  characters: string[];
  syllableOf: number[];
  /** Lower bound of each shard, a character for a byte. */
  bounds: string[];
  /** First document of each chunk, and how many chunks continue it (long documents). */
  chunkStarts: Uint32Array;
  continuations: Map<number, number>;
}

/** A document list of a term and field in its shard. `slot`: its number among the position lists. */
interface ListRef {
  field: number;
  frequency: number;
  start: number;
  length: number;
  long: boolean;
  slot: number;
}

interface Shard {
  number: number;
  bytes: Uint8Array;
  keys: string[];
  lists: ListRef[][];
}

/** A term where it stands in its segment. */
interface Entry {
  shard: Shard;
  key: string;
  lists: ListRef[];
}

/** Postings of one field: ids ascending; of titles, where each term stands. `lengths`: of titles that begin with the term, by index. */
interface Postings {
  ids: number[];
  counts: number[];
  places?: number[][];
  lengths?: Map<number, number>;
}

interface FacetColumn {
  values: { key: string; label: string }[];
  combinations: number[][];
  rows: Uint32Array;
}

interface Columns {
  days: Uint32Array;
  facets: FacetColumn[];
}

interface Segment {
  ref: SegmentRef;
  dead: Set<number>;
  index: SearchIndex;
  head: Head;
  load(name: string): Promise<Uint8Array>;
}

interface SearchIndex {
  base: string;
  manifest: Manifest;
  segments: Segment[];
  load(name: string, file?: string): Promise<Uint8Array>;
}

/** Where a phrase was found in a field of a segment's documents; `places` of titles only. */
interface Found {
  ids: number[];
  counts: number[];
  places?: Map<number, number[]>;
  lengths?: Map<number, number>;
}

/** Where a part was found in a segment, by field; `sure`: no text has to be looked at any more. */
interface PartMatch {
  part: Part;
  fields: Map<number, Found>;
  sure: boolean;
}

/** What a query found: everything that ranking and facets need. */
interface Result {
  total: number;
  handles: Handle[];
  /** Ids by segment before the filters. */
  matches: number[][];
}

interface TextRecord {
  url: string;
  title: string;
  number: string;
  identifiers: string;
  facts: string;
  keywords: string;
  attachments: string;
  date: string;
  department: string;
  kind: string;
  state: string;
  continuations: number[];
  body: string;
}

interface SearchError extends Error {
  code: 'missing' | 'damaged' | 'version' | 'offline';
  file: string;
}

interface Zwgk {
  [name: string]: any;
}

declare var zwgk: Zwgk;
declare var S: (name: string, payload: string) => void;
