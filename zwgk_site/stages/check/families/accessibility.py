"""Texts that everybody can read, by ear and by keyboard too (无障碍): pictures, links, tables, long texts.

What the pages themselves need (one h1, headings in order, labels, contrast) the program and its themes see to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.model.clues import NO_ALT, NO_TABLE_HEADER, UNMARKED_TITLES, VAGUE_LINK, Clue
from zwgk_site.text.visible import visible_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Holdings
    from zwgk_site.stages.check.context import CheckContext

W, N = Severity.WARNING, Severity.NOTICE
_LAW = "《无障碍环境建设法》第三十二条第一款"

PICTURE_WITHOUT_WORDS = Rule(
    "ZW845", W,
    zh="图片没有文字说明，看不见图的人不知道图里是什么，共 {count} 处",
    en="a picture without words: who can't see it learns nothing of it; {count} in all",
    hint_zh="在方括号里写明图里是什么，例如　![办事大厅位置图]({value})；图里的文字请写进正文。",
    hint_en="Say in the brackets what it shows, such as ![办事大厅位置图]({value}).",
    basis=_LAW,
)  # fmt: skip
VAGUE_WORDS = Rule(
    "ZW846", N,
    zh="链接文字“{value}”没有说明通向哪里，共 {count} 处",
    en="the link's words “{value}” don't say where it leads; {count} in all",
    hint_zh="请把对方的名称写成链接文字，例如　[住院补贴申请表](shenqingbiao.docx)",
    hint_en="Make the name of what it leads to the link's words, such as [住院补贴申请表](shenqingbiao.docx).",
    basis=_LAW,
)  # fmt: skip
UNMARKED = Rule(
    "ZW847", N,
    zh="正文很长，各部分的标题没有标明，读者不能按标题跳读",
    en="a long text whose titles are not marked: readers can't go from part to part",
    hint_zh="请在每个标题前写“## ”（后面空一格），例如　## {value}",
    hint_en="Write “## ” before each title, such as ## {value}.",
    basis=_LAW,
)  # fmt: skip
TABLE_WITHOUT_HEADER = Rule(
    "ZW848", W,
    zh="表格没有表头，听读的人不知道每一格说的是什么，共 {count} 处",
    en="a table without a header: who listens to it can't tell what a cell is about; {count} in all",
    hint_zh="请在第一行写明各列的名称，例如　| 序号 | 项目 | 标准 |；HTML 表格的第一行用 <th>。",
    hint_en="Name the columns in the first row, such as | 序号 | 项目 | 标准 |; in HTML use <th> there.",
    basis=_LAW,
)  # fmt: skip
_RULES = {
    NO_ALT: PICTURE_WITHOUT_WORDS,
    VAGUE_LINK: VAGUE_WORDS,
    UNMARKED_TITLES: UNMARKED,
    NO_TABLE_HEADER: TABLE_WITHOUT_HEADER,
}


def check(holdings: Holdings, _context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family: one for each kind in a document, at the first place."""
    for document in holdings.documents:
        if not document.facts.clues or not document.is_public():
            continue
        found: dict[str, list[Clue]] = {}
        for clue in document.facts.clues:
            if clue.kind in _RULES:
                found.setdefault(clue.kind, []).append(clue)
        for kind, clues in found.items():
            first = clues[0]
            span = Span(document.marks.file, first.line, first.column, first.end)
            yield _RULES[kind].at(span, value=visible_text(first.value)[:60], count=len(clues))
