"""The queries of the shared corpus over its whole documents: figures a kind, and a reason for every miss."""

from __future__ import annotations

import collections
import gzip
import json
import re
import statistics
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from search_queries import Collection, unit_fold

from zwgk_site.model.search import FACETS, IndexRecord

Row = dict[str, Any]
TITLE_KINDS = frozenset({"title_exact", "pinyin_full", "pinyin_initials", "typo_homophone", "title_partial"})
"""Kinds whose truth looks at titles only, while a full-text search finds more."""


def read_documents(shared: Path) -> list[Row]:
    """The documents in the order of their file."""
    with gzip.open(shared / "corpus" / "documents.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def plain_text(markdown: str) -> str:
    """A document's text without the marks of headings and bold type."""
    return re.sub(r"(?m)^#+\s*|\*\*", "", markdown)


def document_record(number: int, document: Row) -> IndexRecord:
    """The document as the index takes it."""
    return IndexRecord(
        url=f"documents/{number}/",
        title=document["title"],
        document_number=document["doc_no"] or "",
        identifiers=(document["index_no"],) if document["index_no"] else (),
        facts=document["issuer"] or "",
        body=plain_text(document["text"]),
        date=document["date"] or "",
        facets=((),) * len(FACETS),
        kind="政策文件",
    )


def intended(query: Row) -> str:
    """The text that a query of this kind means."""
    keys = ("simplified", "word", "correct", "canonical")
    return str(next((query[key] for key in keys if key in query), query["query"]))


class Judge:
    """Figures and reasons over one set of documents."""

    def __init__(self, documents: Sequence[Row]) -> None:
        self.documents = documents
        self.numbers = {document["id"]: number for number, document in enumerate(documents)}
        texts = (f"{d['title']}\n{d['doc_no'] or ''}\n{d['issuer'] or ''}\n{plain_text(d['text'])}" for d in documents)
        self.units = Collection.of(map(unit_fold, texts))

    def row(self, query: Row, answer: Row) -> Row:
        """What one query reached: recall, precision, rank of the first relevant one, and what is amiss with the reason."""
        relevant = self._known(query["relevant"])
        accepted = relevant | self._known((*query.get("acceptable", ()), *query.get("mentioned_in", ())))
        holding = set(self.units.all_of([unit_fold(part) for part in intended(query).split()]))
        got: list[int] = answer["ids"]
        lacking = sorted(relevant - set(got))
        extra = [one for one in got if one not in accepted]
        first = next((place for place, one in enumerate(got, 1) if one in relevant), None)
        return {
            "query": query["query"],
            "recall": len(relevant & set(got)) / len(relevant) if relevant else 1.0,
            "precision": 1 - len(extra) / len(got) if got else None,
            "P@10": sum(one in accepted for one in got[:10]) / len(got[:10]) if got else None,
            "RR": 1 / first if first else 0.0,
            "zero": not got,
            "mode": answer.get("mode", ""),
            "lacking": self._reasons(lacking, lambda one: self._why_lacking(query, one, holding, answer)),
            "extra": self._reasons(extra, lambda one: self._why_extra(query, one, holding, answer)),
        }

    def _known(self, keys: Iterable[str]) -> set[int]:
        """The numbers of documents; a query may name some of another part of the collection."""
        return {self.numbers[key] for key in keys if key in self.numbers}

    def _reasons(self, numbers: Sequence[int], reason: Callable[[int], str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = collections.defaultdict(list)
        for one in numbers:
            found[reason(one)].append(self.documents[one]["title"])
        return {key: [str(len(titles)), *titles[:2]] for key, titles in found.items()}

    def _why_lacking(self, query: Row, one: int, holding: set[int], answer: Row) -> str:
        if answer.get("error"):
            return f"error: {answer['error']}"
        if query["kind"] == "nl_question":
            return "question: not among the words that the engine kept"
        if query["kind"] == "date_field":
            return "date: no query for a day"
        return "engine: units stand there" if one in holding else "folding: part of a longer run of letters and digits"

    def _why_extra(self, query: Row, one: int, holding: set[int], answer: Row) -> str:
        if query["kind"] == "nl_question":
            return "question: beyond its rule"
        if one in holding:
            return "full text: stands in the text" if query["kind"] in TITLE_KINDS else "folding: differs in marks only"
        return f"fallback: {answer.get('mode', '?')}"


def print_documents(queries: Sequence[Row], rows: Sequence[Row], listed: int) -> None:
    """Figures by kind, reasons by kind with examples."""
    kinds: dict[str, list[Row]] = collections.defaultdict(list)
    for query, row in zip(queries, rows, strict=True):
        kinds[query["kind"]].append(row)
    for kind, group in sorted(kinds.items()):
        mean = lambda key: statistics.fmean([row[key] for row in group if row[key] is not None] or [0])  # noqa: E731, B023
        figures = "  ".join(f"{key} {mean(key):.3f}" for key in ("recall", "precision", "P@10", "RR"))
        print(f"  {kind:<16} n {len(group):<4}{figures}  zero {sum(row['zero'] for row in group)}")
        for side in ("lacking", "extra"):
            reasons: dict[str, list[tuple[str, list[str]]]] = collections.defaultdict(list)
            for row in group:
                for reason, titles in row[side].items():
                    reasons[reason].append((row["query"], titles))
            for reason, cases in reasons.items():
                print(f"      {side}, {reason}: {len(cases)} queries, {sum(int(t[0]) for _, t in cases)} documents")
                for query, titles in cases[:listed]:
                    print(f"          {query} ({titles[0]}): {'; '.join(titles[1:])}")
