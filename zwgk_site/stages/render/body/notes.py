"""Footnotes: definitions read by the package, written in our way (ids `fn-1`, `fnref-1`; 脚注, 返回正文)."""

import re
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from zwgk_site.stages.render.body.marks import NOTE_AREA, NOTE_BACK, NOTE_ITEM, NOTE_MARK, make_slot


class NoteExtension(FootnoteExtension):
    """Definitions are numbered in the order they are written."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- the package's name
        md.registerExtension(self)
        self.parser = md.parser
        self.md = md
        md.parser.blockprocessors.register(FootnoteBlockProcessor(self), "footnote", 17)
        md.inlinePatterns.register(_NoteMark(r"\[\^([^\]]*)\]", self), "footnote", 175)
        md.treeprocessors.register(_NoteArea(self), "footnote", 50)

    def setFootnote(self, id: str, text: str) -> None:  # noqa: N802, A002 -- the package's names
        """A second definition of the same note is added to the first, not put in its place."""
        earlier = self.footnotes.get(id)
        self.footnotes[id] = f"{earlier}\n\n{text}" if earlier else text

    def number(self, label: str) -> int | None:
        return list(self.footnotes).index(label) + 1 if label in self.footnotes else None


class _NoteMark(InlineProcessor):
    def __init__(self, pattern: str, notes: NoteExtension) -> None:
        super().__init__(pattern)
        self.notes = notes

    def handleMatch(  # type: ignore[override]  # noqa: N802 -- the package's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[str | None, int | None, int | None]:
        number = self.notes.number(m.group(1))
        if number is None:
            return None, None, None
        return make_slot(NOTE_MARK, number), m.start(0), m.end(0)


class _NoteArea(Treeprocessor):
    """Adds the list of notes at the end of the text, before inline markup is read."""

    def __init__(self, notes: NoteExtension) -> None:
        self.notes = notes

    def run(self, root: ET.Element) -> None:
        labels = list(self.notes.footnotes)
        if not labels:
            return
        area = ET.SubElement(root, "div")
        area.text = make_slot(NOTE_AREA, 0)
        items = ET.SubElement(area, "ol")
        for number, label in enumerate(labels, start=1):
            item = ET.SubElement(items, "li")
            self._fill_item(item, self.notes.footnotes[label], number)

    def _fill_item(self, item: ET.Element, text: str, number: int) -> None:
        parent = ET.Element("div")
        self.notes.parser.parseChunk(parent, text)
        item.text = make_slot(NOTE_ITEM, number)
        item.extend(list(parent))
        last = item[-1] if len(item) else None
        if last is None or last.tag != "p":
            last = ET.SubElement(item, "p")
        last.text = f"{last.text or ''}{make_slot(NOTE_BACK, number)}"
