"""What an import of documents would write, or has written: on the terminal, or as JSON. Decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from zwgk_site.cli.show import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.pipeline.import_documents import ImportedDocument, ImportedDocuments

SHOWN_LINES = 60
"""Lines of one document's diff that are shown; a new text is its beginning."""
_STATES = {
    "zh": {"new": "新增", "changed": "修改", "unchanged": "不变"},
    "en": {"new": "new", "changed": "changed", "unchanged": "unchanged"},
}
_COLORS = {"+": "green", "-": "red", "@": "cyan"}


def show_documents(found: ImportedDocuments, language: str, *, write: bool) -> None:
    """What becomes of each document, with its diff while nothing is written."""
    for line in document_lines(found, language, write=write):
        click.echo(click.style(line, fg=_COLORS.get(line[:1])))


def document_lines(found: ImportedDocuments, language: str, *, write: bool) -> list[str]:
    """The same as plain lines."""
    return [plain_text(line) for item in found.documents for line in _lines_of(item, language, write=write)]


def documents_data(found: ImportedDocuments, *, write: bool) -> dict[str, object]:
    """For programs: keys are only ever added."""
    from zwgk_site.exchange.changes import diff_lines

    return {
        "preview": not write,
        "documents": [
            {
                "source": item.source,
                "file": item.file,
                "state": item.state,
                "written": item.written,
                "values": dict(item.values),
                "attachments": [copy.name for copy in item.copies],
                "old_url": item.old_url,
                "new_url": item.new_url,
                "diff": list(diff_lines(item.change)) if item.state != "unchanged" else [],
            }
            for item in found.documents
        ],
        "redirects": [name for name, _ in found.redirects],
    }


def _lines_of(item: ImportedDocument, language: str, *, write: bool) -> Iterator[str]:
    from zwgk_site.exchange.changes import diff_lines

    zh = language == "zh"
    yield f"{_STATES[language][item.state]}  {item.source} → {item.file}"
    if item.state != "unchanged" and not write:
        lines = list(diff_lines(item.change))
        yield from lines[:SHOWN_LINES]
        if len(lines) > SHOWN_LINES:
            more = len(lines) - SHOWN_LINES
            yield f"… 还有 {more} 行" if zh else f"… {more} more lines"
    for copy in item.copies:
        yield f"    {'附件' if zh else 'attachment'}  {copy.name}"


def summary(found: ImportedDocuments, language: str, *, write: bool) -> list[str]:
    """One sentence over all, and what to do next."""
    new, changed, same = (found.count(state) for state in ("new", "changed", "unchanged"))
    lines = [f"新增 {new}  修改 {changed}  不变 {same}" if language == "zh" else f"new {new}  changed {changed}  unchanged {same}"]  # fmt: skip
    if found.redirects:
        names = "、".join(name for name, _ in found.redirects)
        lines.append(f"新旧网址对照表：{names}" if language == "zh" else f"old and new addresses: {names}")
    if not write and new + changed:
        lines.append(
            "只是预览，还没有写入；确认请加 --yes。"
            if language == "zh"
            else "A preview; nothing was written. Add --yes to write."
        )
    elif write and any(item.written for item in found.documents):
        lines.append(
            "下一步：核对上面的提示，然后运行  zwgk check"
            if language == "zh"
            else "Next: look at the findings, then run  zwgk check"
        )
    return lines
