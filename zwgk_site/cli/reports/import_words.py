"""What an import has to say, in both languages: what was understood, the difference, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.cli.reports.diff_words import diff_lines
from zwgk_site.cli.show import plain_text, show_finding, summary_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.diagnostics import Diagnostic
    from zwgk_site.exchange.incoming.tables import Understood
    from zwgk_site.pipeline.import_catalog import CatalogImport


def import_lines(planned: CatalogImport, language: str) -> Iterator[str]:
    """The tables, the counts, every row that differs."""
    yield from map(plain_text, understood_lines(planned.understood, language))
    if not planned.code:
        return
    yield plain_text(counts_line(planned, language))
    if planned.diff:
        yield from diff_lines(planned.diff, language)


def understood_lines(tables: Iterable[Understood], language: str) -> Iterator[str]:
    """What was read of each table, and which column is what."""
    for table in tables:
        yield table_line(table, language)
        yield columns_line(table, language)


def table_line(table: Understood, language: str) -> str:
    """One table in one sentence."""
    if language == "en":
        sheet = f", “{table.sheet}”" if table.sheet else ""
        line = f"read {table.file}{sheet}: header in {_rows(table, language)}, {table.rows} entries"
        line += f", {table.merged} merged ranges filled" if table.merged else ""
        line += f", {table.sames} 同上 replaced" if table.sames else ""
        return line + (f", {table.skipped} rows left out" if table.skipped else "")
    sheet = f" “{table.sheet}”" if table.sheet else ""
    line = f"读取 {table.file}{sheet}：表头{_rows(table, language)}，条目 {table.rows} 行"
    line += f"，合并单元格 {table.merged} 处已展开" if table.merged else ""
    line += f"，“同上” {table.sames} 处已替换" if table.sames else ""
    return line + (f"，{table.skipped} 行不是条目" if table.skipped else "")


def _rows(table: Understood, language: str) -> str:
    first, last = table.header_first, table.header_last
    if last < first or first < 1:
        return "none (goes on)" if language == "en" else "沿用上一张表"
    if language == "en":
        return f"row {first}" if first == last else f"rows {first} to {last}"
    return f"在第 {first} 行" if first == last else f"在第 {first}—{last} 行"


def columns_line(table: Understood, language: str) -> str:
    """Each column with what it was taken for."""
    unknown = "kept as it is" if language == "en" else "未识别，原样保留"
    told = [f"{letter}（{label}）→{meaning or unknown}" for letter, label, meaning in table.columns]
    return ("columns: " if language == "en" else "列对应：") + "  ".join(told)


def counts_line(planned: CatalogImport, language: str) -> str:
    """How many rows are new, changed, as before, gone."""
    counts = planned.added, planned.changed, planned.unchanged, planned.removed
    if language == "en":
        told = "{} new, {} changed, {} unchanged, {} removed".format(*counts)
        return f"{planned.name} ({planned.code}): {told}"
    return f"{planned.name}（{planned.code}）：" + "新增 {}，修改 {}，不变 {}，撤销 {}".format(*counts)


def closing_line(planned: CatalogImport | None, language: str, *, failed: bool, written: bool) -> str:
    """What became of it, and what to do next."""
    zh = language == "zh"
    if written and planned is not None and planned.change is not None:
        file = planned.change.file
        return f"已写入 {file}。下一步：zwgk check" if zh else f"wrote {file}. Next: zwgk check"
    if failed:
        return "有错误，没有写入。改正表格后再导入一次。" if zh else "nothing was written because of errors."
    if planned is None or planned.change is None:
        return "与现有目录没有差别，不用写入。" if zh else "no difference; nothing to write."
    return "只是预览，还没有写入；确认请加 --yes。" if zh else "a preview; nothing written. Add --yes to write."


def report_lines(planned: CatalogImport | None, findings: tuple[Diagnostic, ...], language: str) -> Iterator[str]:
    """All of it as a text file, every finding in full."""
    if planned is not None:
        yield from import_lines(planned, language)
    for finding in findings:
        yield from show_finding(finding, None, language)
    yield summary_line(findings, language)
