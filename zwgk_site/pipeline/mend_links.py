"""Relations that texts state, written into front matters (`zwgk fix --links`)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from zwgk_site.exchange.links import POLICIES, Link, find_changes, find_subject, is_in_force
from zwgk_site.exchange.mentions import Named, Names
from zwgk_site.exchange.relations import KEY, insert_relation, relation_words, set_validity
from zwgk_site.exchange.rules import NOT_CLEAR, NOT_LINKED
from zwgk_site.stages.load.department import load_department
from zwgk_site.stages.load.document_file import SUFFIX, read_body
from zwgk_site.statute.numbers import normalize_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.pipeline.mends import Mends
    from zwgk_site.stages.load.scan import DepartmentScan

_SUBJECTS = {"解读": ("解读对象",), "意见采纳结果": ("征求意见稿", "采纳结果")}
"""Kinds of documents that need a relation, and the relations that say it."""
_ENDING = ("废止", "替代")


def mend_links(mends: Mends, scans: Iterable[DepartmentScan], today: str) -> None:
    """Adds the relations that a text states and 有效性 of what is repealed; what is not clear becomes a finding."""
    site = _Site(mends, scans, today)
    for named in site.public:
        document = named.document
        if document.kind in _SUBJECTS:
            if not any(item.kind in _SUBJECTS[document.kind] for item in document.relations):
                link = find_subject(named, site.text_of(named), site.names)
                site.relate(named, [link] if link else [])
        elif document.kind in POLICIES:
            text = site.text_of(named)
            links = list(find_changes(named, text, site.names))
            site.relate(named, links)
            if is_in_force(document, text, today):
                site.end(named, links)


class _Site:
    """The public documents by names and references, and what is written into them."""

    def __init__(self, mends: Mends, scans: Iterable[DepartmentScan], today: str) -> None:
        self.mends = mends
        self.public: list[Named] = []
        self.file_names: Counter[tuple[str, str]] = Counter()
        for scan in scans:
            for document in load_department(mends.root, scan, None).value.documents:
                self.file_names[scan.code, document.name] += 1
                if document.is_public() and document.embargo()[:10] <= today:
                    self.public.append(Named(scan.code, document))
        self.names = Names(self.public)
        self._references: dict[str, Named] = {}
        for named in self.public:
            for name in (named.document.path, named.document.name):
                self._references.setdefault(f"{named.code}:{name}", named)
            if named.document.index_number:
                self._references[normalize_number(named.document.index_number)] = named
        self._ended: set[str] = set()

    def text_of(self, named: Named) -> str:
        """A document's text without its redacted passages."""
        file = named.document.marks.file
        source = self.mends.read(file)
        body = read_body(source.text, file) if source is not None else None
        return body.text if body is not None else ""

    def relate(self, source: Named, links: list[Link]) -> None:
        """Writes the clear ones, one line a kind; those that the front matter states already are left out."""
        wanted: dict[str, list[str]] = defaultdict(list)
        stated = {
            (item.kind, named.label) for item in source.document.relations if (named := self.find(source, item.target))
        }
        for link in links:
            if any((link.kind, target.label) in stated for target in link.targets):
                continue
            names = [self._reference(source, target) for target in link.targets]
            if len(names) > 1:
                shown = "、".join(target.label for target in link.targets[:5])
                self.mends.findings.append(
                    NOT_CLEAR.at(
                        source.document.marks.span("title"),
                        kind=link.kind,
                        names=shown,
                        count=len(names),
                        example=names[0],
                    )
                )
            elif names[0] not in wanted[link.kind]:
                wanted[link.kind].append(names[0])
        for kind, targets in wanted.items():
            self._write(source, kind, tuple(targets))

    def _write(self, source: Named, kind: str, targets: tuple[str, ...]) -> None:
        words = relation_words(kind, targets)
        file = source.document.marks.file
        if not self.mends.edit(
            file, lambda data, encoding: insert_relation(data, encoding, kind, targets), ("relation", words)
        ):
            self.mends.findings.append(
                NOT_LINKED.at(source.document.marks.span("title"), example=f"{KEY}: {{{words}}}")
            )

    def end(self, source: Named, links: list[Link]) -> None:
        """有效性 of what is repealed or replaced, by the text or by what the front matter states."""
        ended = [link.targets[0] for link in links if link.kind in _ENDING and len(link.targets) == 1]
        stated = (self.find(source, item.target) for item in source.document.relations if item.kind in _ENDING)
        for target in (*ended, *stated):
            if target is None or target.label in self._ended or target.document.validity in ("废止", "失效"):
                continue
            self._ended.add(target.label)
            file = target.document.marks.file
            if not self.mends.edit(file, lambda data, coding: set_validity(data, coding, "废止"), ("validity", "废止")):
                self.mends.findings.append(NOT_LINKED.at(target.document.marks.span("title"), example="有效性: 废止"))

    def find(self, source: Named, written: str) -> Named | None:
        """What a reference in `source` means."""
        text = written.strip().removesuffix(SUFFIX)
        return (
            self._references.get(f"{source.code}:{text}")
            or self._references.get(text)
            or self._references.get(normalize_number(text))
        )

    def _reference(self, source: Named, target: Named) -> str:
        """The shortest that is clear: the file's name, its path if others are called so, the department before it."""
        document = target.document
        name = document.name if self.file_names[target.code, document.name] == 1 else document.path
        return name if source.code == target.code else f"{target.code}:{name}"
