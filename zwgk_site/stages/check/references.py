"""What a document says of others of its own department: references by 索引号, file name or path."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zwgk_site.statute.numbers import normalize_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.model.corpus import Document, Holdings


class References:
    """The documents of one department by what may be written to mean them. Of other departments nothing is known."""

    def __init__(self, holdings: Holdings) -> None:
        self._prefix = f"{holdings.department.code}:"
        self._known: dict[str, Document] = {}
        self.pointing: dict[str, list[tuple[str, Document]]] = defaultdict(list)
        for document in holdings.documents:
            for name in (document.path, document.name):
                self._known.setdefault(name, document)
            if document.index_number:
                self._known[normalize_number(document.index_number)] = document
        for document in holdings.documents:
            for relation in document.relations:
                target = self.find(relation.target)
                if target is not None:
                    self.pointing[target.path].append((relation.kind, document))

    def find(self, written: str) -> Document | None:
        """The document that a reference means, `None` if it is none of this department's."""
        text = written.strip().removeprefix(self._prefix).removesuffix(".md")
        return self._known.get(text) or self._known.get(normalize_number(text))

    def sources(self, document: Document, kinds: Iterable[str]) -> list[Document]:
        """The documents that name this one in one of these relations."""
        return [source for kind, source in self.pointing.get(document.path, ()) if kind in kinds]
