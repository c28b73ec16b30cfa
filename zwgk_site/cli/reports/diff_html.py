"""A comparison of catalogues as one page (`zwgk diff --format html`): no script, no request, to be printed or sent on."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from zwgk_site.cli.reports.diff_words import DiffWords
from zwgk_site.cli.reports.html_parts import Html, join, table, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.catalog_diff import EntryChange
    from zwgk_site.model.change_history import RemovedRow
    from zwgk_site.pipeline.compared import DepartmentDiff


def diff_page(found: tuple[DepartmentDiff, ...], names: tuple[str, str], language: str) -> str:
    """The whole page; `names` are the two sides as they were asked for."""
    title = DiffWords(language)("title")
    summary = tag("p", f"{names[0]} → {names[1]}", class_="place")
    return report_page(title, join(tag("h1", title), summary, *diff_sections(found, language)), language)


def diff_sections(found: tuple[DepartmentDiff, ...], language: str) -> list[Html]:
    """A section for each department, or a sentence that nothing differs."""
    words = DiffWords(language)
    return [_section(diff, words) for diff in found] or [tag("p", words("equal"))]


def report_page(title: str, body: Html, language: str) -> str:
    """A page that stands by itself: its style inside, nothing else allowed."""
    style = Html(Path(__file__).with_name("report.css").read_text("utf-8"))
    key = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{key}'; base-uri 'none'; form-action 'none'"
    head = join(
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="robots", content="noindex"),
        tag("title", title),
        tag("style", style),
    )
    page = tag("html", tag("head", head), tag("body", tag("main", body)), lang="en" if language == "en" else "zh-CN")
    return f"<!DOCTYPE html>\n{page}\n"


def _section(diff: DepartmentDiff, words: DiffWords) -> Html:
    name = f"d-{diff.code}"
    heading = tag("h2", words.heading(diff), id=name)
    return tag("section", heading, *_parts(diff, words), aria_labelledby=name)


def _parts(diff: DepartmentDiff, words: DiffWords) -> Iterator[Html]:
    rows = diff.rows
    if rows.added:
        yield tag("h3", words("added"))
        yield tag("ul", *(tag("li", words.row(row)) for row in rows.added))
    if rows.removed:
        yield tag("h3", words("removed"))
        yield tag("ul", *(_removed(row, words) for row in rows.removed))
    if rows.changed:
        yield tag("h3", words("changed"))
        yield from (_changed(change, words) for change in rows.changed)


def _removed(row: RemovedRow, words: DiffWords) -> Html:
    why = words.why(row)
    return tag("li", words.row(row), *([tag("p", why, class_="more")] if why else []))


def _changed(change: EntryChange, words: DiffWords) -> Html:
    caption = words.row(change) + words.brackets(words.renumbered(change))
    if not change.fields:
        return tag("p", caption)
    heads = (words("item"), words("before"), words("after"))
    rows: list[tuple[Html | str | float, ...]] = [
        (field.label + words.brackets(words.note(field)), *(side or "—" for side in words.sides(field)))
        for field in change.fields
    ]
    return table(caption, heads, rows, kind="changed")
