"""What an import of documents would write, or has written: on the terminal, or as JSON. Decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from zwgk_site.cli.report import exit_code, show_all
from zwgk_site.cli.show import plain_text

if TYPE_CHECKING:
    from pathlib import Path

    from zwgk_site.diagnostics import Checked
    from zwgk_site.pipeline.import_documents import ImportedDocument, ImportedDocuments

FORMAT = 1
SHOWN_LINES = 60
"""Lines of one document's diff that are shown; a new text is its beginning."""
_STATES = {
    "zh": {"new": "新增", "changed": "修改", "unchanged": "不变"},
    "en": {"new": "new", "changed": "changed", "unchanged": "unchanged"},
}
_COLORS = {"+": "green", "-": "red", "@": "cyan"}


def show_imported(
    found: Checked[ImportedDocuments], site: Path, language: str, *, write: bool, as_json: bool = False
) -> int:
    """Tells all of it and gives the exit code. `site` is where the files of findings lie."""
    if as_json:
        show_all(found.findings, site, language, as_json=True, result=import_data(found.value, write=write))
        return exit_code(found.findings, strict=False)
    for document in found.value.documents:
        _show_document(document, language, write=write)
    show_all(found.findings, site, language)
    for line in summary(found.value, language, write=write):
        click.echo(line)
    return exit_code(found.findings, strict=False)


def import_data(found: ImportedDocuments, *, write: bool) -> dict[str, object]:
    """For programs: keys are only ever added."""
    from zwgk_site.exchange.changes import diff_lines

    return {
        "format": FORMAT,
        "written": sum(item.written for item in found.documents),
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


def _show_document(item: ImportedDocument, language: str, *, write: bool) -> None:
    from zwgk_site.exchange.changes import diff_lines

    word = _STATES[language][item.state]
    click.echo(plain_text(f"{word}  {item.source} → {item.file}"))
    if item.state != "unchanged" and not write:
        lines = list(diff_lines(item.change))
        for line in lines[:SHOWN_LINES]:
            plain = plain_text(line)
            click.echo(click.style(plain, fg=_COLORS.get(plain[:1])))
        if len(lines) > SHOWN_LINES:
            more = len(lines) - SHOWN_LINES
            click.echo(f"… 还有 {more} 行" if language == "zh" else f"… {more} more lines")
    for copy in item.copies:
        words = "附件" if language == "zh" else "attachment"
        click.echo(plain_text(f"    {words}  {copy.name}"))


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
