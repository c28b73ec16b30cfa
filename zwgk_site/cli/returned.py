"""The files that the gate sends back (退文), with their titles: `zwgk check --gate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.cli.reports.subject import ReturnedFile, group_returned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from zwgk_site.diagnostics import Diagnostic


def returned_files(findings: Iterable[Diagnostic], root: Path) -> tuple[ReturnedFile, ...]:
    """Every file with a finding of a rule that returns it, in the order of the findings."""
    groups = group_returned(findings)
    return tuple(ReturnedFile(file, _title_of(root, file), found) for file, found in groups.items())


def returned_lines(returned: tuple[ReturnedFile, ...], language: str) -> Iterator[str]:
    """The list as text: file, title, what is missing, how to mend it."""
    zh = language == "zh"
    if not returned:
        yield "退文清单：没有要退的文件。" if zh else "returned files: none."
        return
    count = len(returned)
    yield f"退文清单：{count} 份文件（国办发〔2016〕80号）" if zh else f"returned files: {count} (国办发〔2016〕80号)"
    for item in returned:
        yield f"  {item.file}" + (f"　《{item.title}》" if item.title else "")
        for finding in item.findings:
            yield f"    {finding.code} {finding.message(language)}"
            if finding.hint(language):
                yield f"      → {finding.hint(language)}"


def _title_of(root: Path, file: str) -> str:
    """The title of a document as its front matter states it; empty where it can't be read.

    Empty as well if the document says that it is not open: the list goes to all departments, the path is enough.
    """
    from zwgk_site.stages.load.document_file import read_document
    from zwgk_site.stages.load.text_file import read_text
    from zwgk_site.text.clues.hiding import hide_numbers

    if not file.endswith(".md"):
        return ""
    source = read_text(root / file, file).value
    document = None if source is None else read_document(source.text, file.removesuffix(".md"), file).document
    if document is None or (document.disclosure and not document.is_open()):
        return ""
    return hide_numbers(document.title)
