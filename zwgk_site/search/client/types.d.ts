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
  /** With `texts: false` only segment, id and score. */
  hits: any[];
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
  /** Letters that name a file of initials. */
  letters: number;
  /** The names of these files. */
  initials: Set<string>;
}

/** A document list of a term and field in its shard. `slot`: its number among the position lists of the shard, -1 without. */
interface ListRef {
  field: number;
  frequency: number;
  start: number;
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

/** Postings of one field: ids ascending; of titles where each term stands, and the lengths of titles that begin with it. */
interface Postings {
  ids: number[];
  counts: number[];
  /** Of the posting with this number. */
  places?: (at: number) => number[];
  lengths?: Map<number, number>;
}

/** `rows`: the number of each document's combination. */
interface FacetColumn {
  values: { key: string; label: string }[];
  combinations: number[][];
  rows: Uint32Array;
}

/** `days`: of each document since 1899-12-31, 0 without a date; `places`: of each earlier segment, how many of its documents stand before. */
interface Columns {
  days: Uint32Array;
  facets: FacetColumn[];
  places: Uint32Array[];
}

/** Of a segment without hits nothing is loaded. */
interface ShownColumns {
  days: ArrayLike<number>;
  facets: FacetColumn[];
  places: ArrayLike<number>[];
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
  load(name: string): Promise<Uint8Array>;
}

/** A pair or unit to look up; `offset` within its phrase. */
interface Term {
  key: string;
  offset: number;
  rarity: number;
}

interface Row {
  entry: Entry;
  list: ListRef;
  offset: number;
}

/** Where something was found in a field. `spans`: from and to in titles; `open`: the ids of which only the texts can tell whether they are right. */
interface Found {
  ids: number[];
  counts: number[];
  spans?: (id: number) => [number, number][];
  lengths?: Map<number, number>;
  open?: number[];
}

/** Where a part was found in a segment, by field. */
interface PartMatch {
  part: Part;
  fields: Map<number, Found>;
}

/** What a query found in a segment: ids ascending. */
interface SegmentMatch {
  matches: PartMatch[];
  ids: number[];
}

/** What one reading of a query found; `scores` of questions only, by segment. */
interface Outcome {
  mode: Mode;
  query: Query;
  found: SegmentMatch[];
  total: number;
  used: string;
  suggestions: string[];
  isNumber?: boolean;
  scores?: Map<number, number>[];
}

type Attempt = (mode: Mode, query: Query, more?: Partial<Outcome>) => Promise<Outcome>;

interface StepContext {
  index: SearchIndex;
  query: Query;
  exact: Outcome;
  attempt: Attempt;
}

type Step = (context: StepContext) => Promise<Outcome | null>;

/** A pair or word of a question with its documents by segment: 1, more in the title. */
interface Clue {
  text: string;
  documents: Map<number, number>[];
  df: number;
}

/** Pairs of unusual reading, both ways. */
interface Readings {
  ofPair: Map<string, string[]>;
  pairs: Map<string, string[]>;
}

interface Mark {
  start: number;
  end: number;
  part: number;
}

/** A document's record in its text chunk; `facets` as it stands there. */
interface TextRecord {
  [name: string]: string;
}

interface SearchError extends Error {
  code: 'missing' | 'damaged' | 'version' | 'offline';
  file: string;
}

interface Zwgk {
  /** Searches. Rejects with a `SearchError` when a file that is needed cannot be had. */
  search(text: string, options?: Options): Promise<Answer>;
  /** Every hit in order, without texts. */
  all(text: string, options?: Options): Promise<Handle[]>;
  /** Texts of hits that `all` gave for the same query. */
  fetchHits(handles: Handle[], text: string, options?: Options): Promise<Hit[]>;
  /** What the index says of itself. */
  manifest(): Promise<Manifest>;

  /** The text with widths, case and traditional forms folded. */
  fold(text: string): string;
  /** The units of a text, with their positions from 0. */
  splitUnits(text: string): Unit[];
  /** The units of a text and where each stands in it. */
  locateUnits(text: string): PlacedUnit[];
  /** Whether a unit is a run of letters and digits. */
  isWord(unit: string): boolean;
  /** Pairs of characters, from and to. */
  addForms(table: string): void;

  parse(text: string): Query;
  makePart(text: string, exact?: boolean): Part;
  /** The same query with other parts. */
  withParts(query: Query, parts: Part[]): Query;
  /** The parts of a query as text. */
  wordsOf(query: Query): string;
  numberWritings(text: string): Part[];

  searchError(code: SearchError['code'], file: string): SearchError;
  bytesOfText(text: string): Uint8Array;
  gbText(bytes: Uint8Array): string;
  /** The payloads of a file in a folder on disk, by name. */
  readLocal(base: string, file: string): Promise<Map<string, Uint8Array>>;
  runScript(base: string, file: string, charset: string): Promise<unknown>;
  /** Loads a script of the search that not every query needs. */
  need(base: string, name: string): Promise<unknown>;
  openIndex(base: string): Promise<SearchIndex>;
  /** The index is opened anew by the next query. */
  forgetIndex(base: string): void;
  /** The number of the last item that is not above `key`, in ascending items. */
  lastNotAbove<Item>(items: ArrayLike<Item>, key: Item): number;
  numbered(folder: string, number: number): string;
  /** What `parse` makes of a file; kept while it is used. */
  loadParsed<Value>(segment: Segment, name: string, parse: (bytes: Uint8Array) => Value): Promise<Value>;
  loadShard(segment: Segment, number: number): Promise<Shard>;
  /** The terms with these keys, undefined for those that do not exist. */
  findEntries(segment: Segment, keys: string[]): Promise<(Entry | undefined)[]>;
  /** All terms with a key from `low` up to, but without, `high`. */
  scanEntries(segment: Segment, low: string, high: string): Promise<Entry[]>;
  /** How often the term has a field of a document that counts: summed over segments as in a clean index. */
  countLiving(segment: Segment, entry: Entry): Promise<number>;
  readPostings(segment: Segment, entry: Entry, list: ListRef): Promise<Postings>;
  /** The positions of a term in the wanted documents (ascending ids, all of them in the list). */
  loadPlaces(segment: Segment, entry: Entry, list: ListRef, postings: Postings, wanted: number[]): Promise<number[][]>;
  /** Loads the file of a term's positions ahead of need. */
  prefetchPlaces(segment: Segment, entry: Entry): void;
  loadColumns(segment: Segment): Promise<Columns>;
  inflate?(payload: Uint8Array): Uint8Array;

  /** What a query finds in every segment; with `facts`, short values of all documents count, too. */
  matchQuery(index: SearchIndex, query: Query, facts?: boolean): Promise<SegmentMatch[]>;
  /** What a single character finds, in titles only. */
  matchCharacter(segment: Segment, char: string): Promise<Map<number, Found>>;
  /** Where a phrase stands in a field, by the lists of its terms. */
  matchField(segment: Segment, rows: Row[], span: number): Promise<Found>;
  /** All of them together. */
  unite(all: Found[]): Found;
  /** Where a part stands, by field; `whole`: every unit of a long phrase must be held by a pair. */
  matchPart(segment: Segment, part: Part, fields: number[], whole?: boolean): Promise<PartMatch>;
  fieldsOf(part: Part, query: Query, facts?: boolean): number[];
  joinParts(segment: Segment, matches: PartMatch[]): number[];
  /** Ascending ids that both have. */
  intersect(few: number[], many: number[]): number[];
  /** Phrases of so many units are matched by positions alone. */
  SHORT: number;
  /** The key of a unit, '' for a character that the segment does not have. */
  unitKey(head: Head, unit: string): string;

  /** Documents with their scores, best first; `columns` of each segment, none if they are not needed. */
  rankHits(index: SearchIndex, outcome: Outcome, ids: number[][], columns: ShownColumns[], sort?: string): Handle[];
  /** The filters of the query's text and of the options together. */
  gatherFilters(asked: Filters, options: Options): Filters;
  /** What passes the filters, and counts: a facet's own filter does not lessen its own counts. */
  filterHits(index: SearchIndex, ids: number[][], filters: Filters, isCounted: boolean): Promise<{ kept: number[][]; facets: Answer['facets']; columns: ShownColumns[] }>;

  /** Few of many terms: the first, and the rarest of each third of the others. */
  thinOut(terms: Term[]): Term[];
  /** Takes away what only seemed to match. */
  settle(index: SearchIndex, query: Query, found: SegmentMatch[], facts?: boolean): Promise<SegmentMatch[]>;
  /** The documents found of which only the text can tell. */
  openIds(match: SegmentMatch): number[];
  loadRecord(segment: Segment, id: number): Promise<TextRecord>;
  /** The units of a text; loads the table of traditional characters if there seem to be some. */
  readUnits(segment: Segment, text: string): Promise<PlacedUnit[]>;
  /** The body of a document from its first piece on, joined piece by piece until it is enough. */
  readBody(segment: Segment, record: TextRecord, isEnough: (body: string) => Promise<boolean>, limit: number): Promise<string>;
  /** Where a phrase stands among units: numbers of the first and last unit. */
  findPhrase(units: PlacedUnit[], phrase: Unit[]): [number, number][];
  makeHit(segment: Segment, handle: Handle, parts: Part[]): Promise<Hit>;

  /** Loads the table of traditional characters, if there is one. */
  loadForms(index: SearchIndex): Promise<void>;

  /** What a query may mean that finds nothing as it stands. */
  tryOthers(context: StepContext): Promise<Outcome>;
  suggestWordings(index: SearchIndex, query: Query): Promise<string[]>;

  /** Whether so few shards have to be read that all spellings can be looked at, not only those of frequent phrases. */
  isSmall(index: SearchIndex): boolean;
  /** The ways to read letters as pinyin, in syllables, the shortest first. */
  readPinyin(index: SearchIndex, text: string): Promise<string[][]>;
  /** Spellings with their frequencies, frequent ones first. */
  spellPinyin(index: SearchIndex, syllables: string[]): Promise<[string, number][]>;
  spellInitials(index: SearchIndex, letters: string): Promise<[string, number][]>;
  /** Four letters as two words side by side. */
  spellHalves(index: SearchIndex, letters: string): Promise<[string, number][]>;
  /** Spellings that sound like the text and share at least half of its characters, the closest first. */
  spellAlike(index: SearchIndex, text: string): Promise<{ spelling: string; weight: number; same: number }[]>;
}

declare var zwgk: Zwgk;
declare var S: (name: string, payload: string) => void;
