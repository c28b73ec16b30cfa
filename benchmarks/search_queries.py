"""Queries with what they must find: the kinds of `search-bench/build_queries.py`, many of each, and two truths.

*Ours* compares units (`zwgk_site.text.units`) on both sides: brackets, quotes, blanks, hyphens vanish, sentence marks are a gap. The *strict*
one is the harness's own: NFKC, lower case, one pair of brackets, and every other mark must match. Both are containment, no search is asked.
"""

from __future__ import annotations

import bisect
import collections
import itertools
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from search_corpus import Article

from zwgk_site.text.units import is_word, split_units

KINDS = ("title", "docno", "word2", "phrase4", "cross", "and2", "trad", "pinyin", "initials", "homophone")
_OPEN = dict.fromkeys(map(ord, "〔[【（［〈《「『{"), "(")
_CLOSED = dict.fromkeys(map(ord, "〕]】）］〉》」』}"), ")")
_BRACKETS = _OPEN | _CLOSED
_HAN_RUN = re.compile("[\u4e00-\u9fff]{8,60}")
_DOCUMENT_NUMBER = re.compile(r"(.*?)〔(\d+)〕(\d+)号")
COMMON = 1500
FREQUENT = 300
"""Phrases that are typed by their letters are among so many most frequent ones."""


def strict_fold(text: str) -> str:
    """The harness's own folding, as in its norm.py."""
    return unicodedata.normalize("NFKC", text).lower().translate(_BRACKETS)


def unit_fold(text: str) -> str:
    """The units of a text as a string in which containment is containment of units: words are fenced, a gap is a line end."""
    found: list[str] = []
    expected = 0
    for unit, position in split_units(text):
        if position != expected:
            found.append("\n")
        found.append(f"\x02{unit}\x03" if is_word(unit) else unit)
        expected = position + 1
    return "".join(found)


@dataclass(frozen=True)
class Collection:
    """Folded texts of all documents as one, to look for what holds a string."""

    joined: str
    starts: tuple[int, ...]

    @staticmethod
    def of(texts: Iterable[str]) -> Collection:
        parts = list(texts)
        starts = tuple(itertools.accumulate((len(part) + 1 for part in parts), initial=0))[:-1]
        return Collection("\x00".join(parts), starts)

    def holders(self, part: str) -> set[int]:
        """The places of the documents that hold `part`."""
        found: set[int] = set()
        at = self.joined.find(part)
        while at >= 0:
            number = bisect.bisect_right(self.starts, at) - 1
            found.add(number)
            if number + 1 == len(self.starts):
                break
            at = self.joined.find(part, self.starts[number + 1])
        return found

    def all_of(self, parts: Sequence[str]) -> list[int]:
        """The documents that hold all of them."""
        sets = [self.holders(part) for part in parts if part]
        return sorted(set.intersection(*sets)) if sets else []


@dataclass(frozen=True)
class Truths:
    """Both truths over one corpus."""

    units: Collection
    strict: Collection

    @staticmethod
    def over(articles: Sequence[Article]) -> Truths:
        ours = (unit_fold(f"{a.title}\n{a.docno}\n{a.body}") for a in articles)
        return Truths(Collection.of(ours), Collection.of(strict_fold(f"{a.title}\n{a.text}") for a in articles))

    def of(self, query: str) -> tuple[list[int], list[int]]:
        """Ours and the strict one: documents that hold each part of the query that stands between blanks."""
        ours = self.units.all_of([unit_fold(part) for part in query.split()])
        return ours, self.strict.all_of(strict_fold(query).split())


class Sampler:
    """Draws queries of every kind from real text, the same ones for the same seed."""

    def __init__(self, articles: Sequence[Article], laws: Sequence[str], truths: Truths, seed: int, count: int) -> None:
        self.articles, self.truths, self.count = articles, truths, count
        self.random = random.Random(seed)
        self.queries: list[dict[str, object]] = []
        self.sentences = [
            sentence for text in self.random.sample(laws, len(laws)) for sentence in _HAN_RUN.findall(text)[2:]
        ]
        self.random.shuffle(self.sentences)

    def draw(self) -> list[dict[str, object]]:
        """All kinds."""
        self._draw_titles()
        self._draw_numbers()
        words, phrases, crossing, pairs = self._cut_sentences()
        self._add_some("word2", _unique(words))
        self._add_some("phrase4", _unique(phrases)[:6000])
        self._add_some("cross", _unique(crossing)[:6000])
        self._add_some("and2", _unique(pairs)[:4000])
        self._draw_readings(phrases)
        return self.queries

    def _add(self, kind: str, query: str, intended: str = "", target: int | None = None, truth_of: str = "") -> bool:
        ours, strict = self.truths.of(truth_of or intended or query)
        if not strict:
            return False
        found = {"kind": kind, "q": query, "intended": intended or query, "truth": strict, "truth_units": ours}
        self.queries.append(found | ({} if target is None else {"target": [target]}))
        return True

    def _add_some(self, kind: str, queries: Sequence[str], spell: Callable[[str], str] | None = None) -> None:
        added = 0
        for query in self.random.sample(queries, len(queries)):
            if added >= self.count:
                return
            added += self._add(kind, spell(query) if spell else query, intended=query)

    def _draw_titles(self) -> None:
        counted = collections.Counter(strict_fold(a.title) for a in self.articles)
        unique = [a for a in self.articles if counted[strict_fold(a.title)] == 1 and len(a.title) >= 6]
        for article in self.random.sample(unique, self.count):
            self._add("title", article.title, target=article.id)

    def _draw_numbers(self) -> None:
        """Document numbers in ten ways of writing them."""
        parts = ((a, match) for a in self.articles if (match := _DOCUMENT_NUMBER.fullmatch(a.docno)))
        usable = [(a, match.groups()) for a, match in parts if int(match[3]) > 9]
        chosen: dict[str, tuple[Article, tuple[str, ...]]] = {}
        for article, groups in self.random.sample(usable, min(len(usable), 40 * self.count)):
            if len(chosen) < self.count:
                chosen.setdefault(article.docno, (article, groups))
        for place, (article, (issuer, year, number)) in enumerate(chosen.values()):
            whole, part = f"{issuer}〔{year}〕{number}号", f"〔{year}〕{number}号"
            variants = (
                (whole, whole),
                (part, part),
                (f"[{year}]{number}号", part),
                (f"{issuer}（{year}）{number}号", whole),
                (f"{_full_width(f'[{year}]{number}')}号", part),
                (f"{issuer} {year} {number}", whole),
                (f"{issuer}【{year}】{number}号", whole),
                (f"{issuer}({year}) {number} 号", whole),
                (f"{issuer}〔{year}〕{number}", whole),
                (f"{issuer}{_full_width(f'〔{year}〕{number}')}号", whole),
            )
            query, meant = variants[place % len(variants)]
            self._add("docno", query, target=article.id, truth_of=meant)

    def _cut_sentences(self) -> tuple[list[str], list[str], list[str], list[str]]:
        """Words of two characters, pairs of such words, strings that begin and end inside words, two words of a sentence."""
        import jieba

        jieba.setLogLevel(60)
        draw = self.random
        words: list[str] = []
        phrases: list[str] = []
        crossing: list[str] = []
        pairs: list[str] = []
        for sentence in self.sentences:
            cut = jieba.lcut(sentence)
            bounds = list(itertools.accumulate(map(len, cut), initial=0))
            word = draw.choice(cut)
            if len(words) < 12 * self.count and len(word) == 2:
                words.append(word)
            for one, other in itertools.pairwise(cut):
                if len(one) == 2 == len(other) and draw.random() < 0.1:
                    phrases.append(one + other)
            for start in range(1, len(sentence) - 5):
                end = start + draw.choice([2, 3, 4])
                inside = start not in bounds and end not in bounds and any(start < at < end for at in bounds)
                if inside and draw.random() < 0.03:
                    crossing.append(sentence[start:end])
            two = [word for word in cut if len(word) == 2]
            if len(two) >= 3 and draw.random() < 0.1:
                pairs.append(f"{two[0]} {two[-1]}")
        return words, phrases, crossing, pairs

    def _draw_readings(self, phrases: Sequence[str]) -> None:
        """What is typed in traditional characters, as pinyin, as initials, or with a wrong character of the same sound."""
        from opencc import OpenCC
        from pypinyin import Style, lazy_pinyin

        convert = OpenCC("s2t").convert
        unique = _unique(phrases)[:6000]
        self._add_some("trad", [phrase for phrase in unique if convert(phrase) != phrase], convert)
        frequent = [phrase for phrase, _ in collections.Counter(phrases).most_common(FREQUENT)]
        self._add_some("pinyin", frequent, lambda phrase: "".join(lazy_pinyin(phrase)))
        self._add_some("initials", frequent, lambda phrase: "".join(lazy_pinyin(phrase, style=Style.FIRST_LETTER)))
        common = [char for char, _ in collections.Counter("".join(self.sentences)).most_common(COMMON)]
        alike: dict[str, list[str]] = collections.defaultdict(list)
        for char in common:
            alike[lazy_pinyin(char)[0]].append(char)
        added = 0
        for phrase in self.random.sample(unique, len(unique)):
            at = self.random.randrange(4)
            others = [char for char in alike[lazy_pinyin(phrase)[at]] if char != phrase[at]]
            if added >= self.count:
                return
            if others:
                wrong = phrase[:at] + self.random.choice(others[:4]) + phrase[at + 1 :]
                if wrong not in self.truths.strict.joined:
                    added += self._add("homophone", wrong, intended=phrase)


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))


def _full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def draw_queries(articles: Sequence[Article], laws: Sequence[str], seeds: Sequence[int], count: int) -> list[dict]:
    """Queries of every kind and seed."""
    truths = Truths.over(articles)
    found: list[dict] = []
    for seed in seeds:
        queries = Sampler(articles, laws, truths, seed, count).draw()
        found += [{**query, "seed": seed} for query in queries]
    return found


def question_queries(path: Path, articles: Sequence[Article]) -> list[dict]:
    """Natural questions, each with the documents that its rule calls relevant."""
    import yaml

    units = Collection.of(unit_fold(f"{a.title}\n{a.docno}\n{a.body}") for a in articles)
    found = []
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        groups = [set().union(*(units.holders(unit_fold(term)) for term in group)) for group in row["all"]]
        relevant = sorted(set.intersection(*groups))
        found.append({"kind": "question", "q": row["question"], "truth": relevant, "truth_units": relevant, "seed": 0})
    return found


def write_queries(path: Path, queries: Sequence[dict]) -> None:
    """The queries as the harness reads them."""
    path.write_text(json.dumps(queries, ensure_ascii=False) + "\n", encoding="utf-8")
