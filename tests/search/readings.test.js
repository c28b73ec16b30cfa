'use strict';

const assert = require('node:assert');
const path = require('node:path');
const test = require('node:test');
const { serve, takeRequests, zwgk } = require('./load_client.js');

const folder = process.env.ZWGK_INDEXES;
const skip = folder ? false : 'run by test_client.py, which writes the indexes';
const base = folder && serve(path.join(folder, 'named'));

/** Mode, words searched and titles found, as one line. */
const ask = async (query, options) => {
  const { mode, used, hits } = await zwgk.search(query, Object.assign({ base }, options));
  return mode + ' ' + used + ': ' + hits.map(({ title }) => title).join(' | ');
};

/** Asserts that a query is read so and that its first hit has this title. */
const first = async (query, mode, title, used) => {
  const answer = await zwgk.search(query, { base });
  assert.strictEqual(answer.mode, mode, query);
  assert.strictEqual(answer.hits[0].title, title, query);
  if (used) assert.strictEqual(answer.used, used, query);
  return answer;
};

test('a query is read into parts, quotes, exclusions and filters', () => {
  const { parts, excluded, filters } = zwgk.parse('预算 “公开 条例” -决算 部门:卫生 年：2024 a-b');
  assert.deepStrictEqual(parts.map(({ text, exact }) => [text, exact]), [['预算', false], ['公开 条例', true], ['a-b', false]]);
  assert.deepStrictEqual(excluded.map(({ text }) => text), ['决算']);
  assert.deepStrictEqual(filters, { department: { keys: ['卫生'], label: true }, year: { keys: ['2024'], label: false } });
  assert.strictEqual(zwgk.parse('a-b').parts[0].joined, 'ab');
  assert.deepStrictEqual(zwgk.parse('-"不要 这个" 要').excluded.map(({ text }) => text), ['不要 这个']);
  assert.deepStrictEqual(zwgk.parse(' ，。 - ').parts, []);
});

test('documents that are the number come first, in every writing of it', { skip }, async () => {
  for (const query of ['示政发〔2024〕12号', '示政发[2024]12号', '示政发（2024）12号', '示政发〔２０２４〕１２号']) await first(query, 'exact', '示范县行政许可事项清单');
  for (const query of ['示政发2024 12', '示政发 2024 12号', '示政发（2024）12 号', '示政发〔2024〕第12号', '示政发2024年 第12号'.replace('年', '')]) await first(query, 'number', '示范县行政许可事项清单');
  for (const query of ['国办发 2016 80', '国办发2016 第80号']) await first(query, 'number', '营商环境条例');
  await first('主席令第18号', 'exact', '主席令第18号');
  await first('主席令18号', 'number', '主席令第18号');
  await first('国令 2024年第12号', 'number', '教育经费统计公告');
});

test('an index number finds its document, whole or by its tail, in every writing', { skip }, async () => {
  for (const query of ['119999000000000198/2026-00002', '119999000000000198 2026-00002', '2026-00002', '202600002']) {
    const { hits } = await zwgk.search(query, { base });
    assert.strictEqual(hits[0].title, '关于促进老旧小区改造的通知', query);
    assert.strictEqual(hits[0].matched, 'number', query);
  }
});

test('classes come in order: whole title, beginning of a title, title, text', { skip }, async () => {
  assert.strictEqual(await ask('营商环境条例'), 'exact 营商环境条例: 营商环境条例 | 营商环境条例 第七条 | 优化营商环境条例实施细则');
  assert.strictEqual((await ask('营商环境条例 第七条')), 'exact 营商环境条例 第七条: 营商环境条例 第七条');
  await first('行政许可', 'exact', '示范县行政许可事项清单');
});

test('letters are read as pinyin, with every way to part them', { skip }, async () => {
  await first('xingzhengxuke', 'pinyin', '示范县行政许可事项清单', '行政许可');
  await first("xing zheng xu'ke", 'pinyin', '示范县行政许可事项清单', '行政许可');
  await first('bumenanzhao', 'pinyin', '部门按照职责分工', '部门按照');
  await first('yinhangye', 'pinyin', '银行业监督管理办法', '银行业');
  await first('lvsechuxing', 'pinyin', '绿色出行行动方案', '绿色出行');
  await first('xianshi', 'pinyin', '西安市规划', '西安市');
  await first('lüse', 'pinyin', '绿色出行行动方案', '绿色');
  await first('qinlvezhanzheng', 'pinyin', '侵略战争史料目录', '侵略战争');
  await first('qinluezhanzheng', 'pinyin', '侵略战争史料目录', '侵略战争');
  const index = await zwgk.openIndex(base);
  const ways = (await zwgk.readPinyin(index, 'bumenanzhao')).map((way) => way.join('-'));
  assert.ok(ways.includes('bu-men-an-zhao'));
  assert.deepStrictEqual((await zwgk.readPinyin(index, "xi'an")).map((way) => way.join('-')), ['xi-an']);
  assert.deepStrictEqual(await zwgk.readPinyin(index, 'xzxk'), []);
});

test('letters are read as initials, short and chained', { skip }, async () => {
  await first('xzxk', 'initials', '示范县行政许可事项清单', '行政许可');
  await first('ljxqgz', 'initials', '关于促进老旧小区改造的通知', '老旧小区改造');
  await first('zdshbz', 'initials', '示范县最低生活保障办法', '最低生活保障');
  await first('cxxd', 'initials', '绿色出行行动方案', '出行行动'); // two words, no phrase of the index
});

test('numbers of standards are found, letters and digits together or apart', { skip }, async () => {
  await first('gb50180', 'number', '引用', 'gb 50180');
  await first('GB 50180', 'exact', '引用');
  await first('规划 gb 50016', 'number', '引用', '规划 gb50016');
  await first('执行GB50180', 'number', '引用', '执行gb 50180');
});

test('a wrong character of the right sound is mended', { skip }, async () => {
  const answer = await first('行正许可', 'homophone', '示范县行政许可事项清单', '行政许可');
  assert.deepStrictEqual(answer.suggestions, ['行政许可']);
  await first('行政徐可', 'homophone', '示范县行政许可事项清单', '行政许可');
  await first('行证许可', 'homophone', '示范县行政许可事项清单', '行政许可'); // both pairs stand in one text, but apart
  await first('文件直行', 'homophone', '引用', '文件执行'); // closer than the frequent phrase 文建执行
  await first('迎商环境 条例', 'homophone', '营商环境条例', '营商环境 条例');
});

test('synonyms, beginnings of words, fewer parts', { skip }, async () => {
  await first('公租房管理', 'synonym', '公共租赁住房管理办法');
  await first('低保办法', 'synonym', '示范县最低生活保障办法');
  assert.strictEqual((await zwgk.search('1199990000000001982026', { base })).mode, 'prefix');
  await first('老旧小区 飞船发射场', 'relaxed', '关于促进老旧小区改造的通知', '老旧小区');
  assert.strictEqual(await ask('"老旧小区 飞船"'), 'none 老旧小区 飞船: ');
});

test('facts count only if nothing else is found, or for organs beside other words', { skip }, async () => {
  assert.strictEqual((await zwgk.search('全社会', { base })).mode, 'facts');
  await first('公告 示范县卫生健康局', 'exact', '教育经费统计公告');
  assert.match(await ask('西安 部门:卫生'), /^exact 西安: 西安市规划$/);
  assert.match(await ask('西安 部门:教育'), /^exact 西安: $/);
});

test('a date that no text has finds what the facts of a document say of that day', { skip }, async () => {
  for (const date of ['2016-05-07', '2016年5月7日', '2016/5/7', '２０１６．０５．０７']) await first(date, 'facts', '引用');
});

test('a question finds what it is about', { skip }, async () => {
  await first('怎么申领养老保险金？需要什么材料', 'any', '引用');
});

test('traditional characters, in the query and in documents', { skip }, async () => {
  await first('行政許可', 'exact', '示范县行政许可事项清单');
  const answer = await first('台湾同胞', 'exact', '臺灣同胞投資保護辦法');
  assert.deepStrictEqual(answer.hits[0].titleMarks, [[0, 4]]);
  await first('为了保护台湾同胞的投资权益', 'exact', '臺灣同胞投資保護辦法');
});

test('single characters and characters between gaps', { skip }, async () => {
  assert.strictEqual(await ask('先'), 'exact 先: 先进单位名单');
  await first('一、加强', 'exact', '一、加强管理');
  await first('监督，一', 'exact', '加强监督，一');
});

test('a long document shows the passage that was found', { skip }, async () => {
  const { hits } = await first('珍稀词语', 'exact', '很长的文件');
  const [[start, end]] = hits[0].snippetMarks;
  assert.strictEqual(hits[0].snippet.slice(start, end), '珍稀词语');
  const far = await first('唯有末尾才说到的珍稀词语在此', 'exact', '很长的文件');
  assert.strictEqual(far.total, 1);
});

test('hits by date, pages of hits, handles and their texts', { skip }, async () => {
  const { hits, total } = await zwgk.search('办法', { base, sort: 'date' });
  assert.ok(hits.every(({ date }, at) => !at || date <= hits[at - 1].date));
  const second = await zwgk.search('办法', { base, sort: 'date', offset: 1, limit: 1 });
  assert.deepStrictEqual(second.hits, hits.slice(1, 2));
  const handles = await zwgk.all('办法', { base });
  assert.strictEqual(handles.length, total);
  const shown = await zwgk.fetchHits(handles.slice(0, 2), '办法', { base });
  assert.ok(shown.every(({ title }) => zwgk.fold(title).includes('办法')));
  const filtered = await zwgk.search('部门:卫生健康局', { base });
  assert.strictEqual(filtered.total, 19);
});

test('a first query asks for few files', { skip }, async () => {
  const cold = serve(path.join(folder, 'large'));
  takeRequests();
  await zwgk.search('行政', { base: cold });
  const asked = takeRequests();
  assert.ok(asked.length <= 20, asked.join(' '));
  assert.strictEqual(new Set(asked).size, asked.length);
  assert.ok(!asked.some((name) => /\/[pq]\//.test(name)), 'one pair needs no positions');
});
