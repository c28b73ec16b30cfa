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
        """A second definition of the same note is added to the first, not put in its place.

        One found while the notes are being written is a note of its own.
        """
        if self.is_writing and id in self.footnotes:
            id = f"{id}\n{len(self.footnotes)}"  # noqa: A001 -- the package's name
        earlier = self.footnotes.get(id)
        self.footnotes[id] = f"{earlier}\n\n{text}" if earlier else text

    def reset(self) -> None:
        super().reset()
        self.is_writing = False
        self.numbers: dict[str, int] = {}


class _NoteMark(InlineProcessor):
    def __init__(self, pattern: str, notes: NoteExtension) -> None:
        super().__init__(pattern)
        self.notes = notes

    def handleMatch(  # type: ignore[override]  # noqa: N802 -- the package's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[str | None, int | None, int | None]:
        number = self.notes.numbers.get(m.group(1))
        if number is None:
            return None, None, None
        return make_slot(NOTE_MARK, number), m.start(0), m.end(0)


class _NoteArea(Treeprocessor):
    """Adds the list of notes at the end of the text, before inline markup is read."""

    def __init__(self, notes: NoteExtension) -> None:
        self.notes = notes

    def run(self, root: ET.Element) -> None:
        notes = self.notes.footnotes
        if not notes:
            return
        self.notes.is_writing = True
        area = ET.SubElement(root, "div")
        area.text = make_slot(NOTE_AREA, 0)
        items = ET.SubElement(area, "ol")
        while len(items) < len(notes):  # a note may hold another
            for label in list(notes)[len(items) :]:
                item = ET.SubElement(items, "li")
                self.notes.numbers[label] = len(items)
                self._fill_item(item, notes[label], len(items))

    def _fill_item(self, item: ET.Element, text: str, number: int) -> None:
        parent = ET.Element("div")
        self.notes.parser.parseChunk(parent, text)
        item.text = make_slot(NOTE_ITEM, number)
        item.extend(list(parent))
        last = item[-1] if len(item) else None
        if last is None or last.tag != "p":
            last = ET.SubElement(item, "p")
        last.text = f"{last.text or ''}{make_slot(NOTE_BACK, number)}"
