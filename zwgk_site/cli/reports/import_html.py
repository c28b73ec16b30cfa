"""An import as one page (`zwgk import --report`): what was understood, the difference, what to look at. No script, no request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.cli.reports.diff_html import diff_sections, report_page
from zwgk_site.cli.reports.html_parts import Html, join, table, tag
from zwgk_site.cli.reports.import_words import counts_line, table_line
from zwgk_site.diagnostics import SEVERITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zwgk_site.diagnostics import Diagnostic
    from zwgk_site.exchange.incoming.tables import Understood
    from zwgk_site.pipeline.import_catalog import CatalogImport

_WORDS = {
    "zh": ("导入预览", "列对应", "列", "表头", "对应的项目", "未识别，原样保留", "提示", "程度", "代码", "问题", "怎么改", "文件"),
    "en": ("Import", "columns", "column", "header", "read as", "kept as it is", "findings", "severity", "code", "finding", "how to mend", "documents"),
}  # fmt: skip


def import_page(
    planned: CatalogImport | None, findings: tuple[Diagnostic, ...], language: str, documents: Sequence[str] = ()
) -> str:
    """The whole page; `documents` are the lines in which those are told."""
    words = _WORDS[language]
    parts: list[Html] = [tag("h1", words[0])]
    if planned is not None:
        if planned.code:
            parts.append(tag("p", counts_line(planned, language), class_="place"))
        parts += [_table(item, language) for item in planned.understood]
        parts += diff_sections(planned.diff, language) if planned.code else []
    if documents:
        parts += [tag("h2", words[11]), tag("pre", "\n".join(documents))]
    if findings:
        parts += [tag("h2", words[6]), _findings(findings, language)]
    return report_page(words[0], join(*parts), language)


def _table(item: Understood, language: str) -> Html:
    words = _WORDS[language]
    rows: list[tuple[Html | str | float, ...]] = [
        (letter, label, meaning or words[5]) for letter, label, meaning in item.columns
    ]
    return join(tag("h2", table_line(item, language)), table(words[1], words[2:5], rows, kind="columns"))


def _findings(findings: tuple[Diagnostic, ...], language: str) -> Html:
    words = _WORDS[language]
    rows: list[tuple[Html | str | float, ...]] = [
        (SEVERITY_WORDS[language][finding.severity], finding.code, finding.message(language), finding.hint(language))
        for finding in findings
    ]
    return table(words[6], words[7:11], rows, kind="findings")
