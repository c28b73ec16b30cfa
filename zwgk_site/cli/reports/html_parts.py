"""HTML as nested calls: whatever is not made here is text, and text is always escaped."""

from __future__ import annotations

from html import escape

from zwgk_site.cli.show import plain_text

VOID = frozenset(("meta", "link", "br", "rect", "line", "polyline", "circle"))
"""Elements that never have content here."""


class Html(str):
    """Finished HTML; only `tag`, `join` and the page's own frame make it."""

    __slots__ = ()


def tag(name: str, /, *content: Html | str | float, **attributes: str | float) -> Html:
    """One element. `class_` is `class`, `data_x` is `data-x`; an attribute that is an empty string is left out."""
    words = "".join(f' {_name(key)}="{_text(value)}"' for key, value in attributes.items() if value != "")
    if name in VOID:
        return Html(f"<{name}{words}/>" if name not in {"meta", "link", "br"} else f"<{name}{words}>")
    return Html(f"<{name}{words}>{''.join(map(_part, content))}</{name}>")


def join(*parts: Html) -> Html:
    """Elements one after the other, each on its own line."""
    return Html("\n".join(parts))


Cell = Html | str | float
"""What may stand in a cell of a table; figures stand at the right, below each other."""


def table(
    caption: str,
    heads: tuple[str, ...],
    rows: list[tuple[Cell, ...]],
    *,
    kind: str = "",
    groups: tuple[tuple[str, int], ...] = (),
) -> Html:
    """A table with a caption, in a frame that scrolls by itself where the screen is narrow; the first cell heads its row.

    kind: its class. groups: a row above the heads, each with the number of columns that it spans.
    """
    kinds = [_kind_of([row[place] for row in rows]) for place in range(len(heads))]
    head = tag("tr", *(tag("th", word, scope="col", class_=kind) for word, kind in zip(heads, kinds, strict=True)))
    above = [tag("tr", *(_group(word, width) for word, width in groups))] if groups else []
    body = (tag("tr", tag("th", row[0], scope="row"), *map(_cell, row[1:], kinds[1:])) for row in rows)
    made = tag("table", tag("caption", caption), tag("thead", *above, head), tag("tbody", *body), class_=kind)
    return tag("div", made, class_="wide", tabindex="0", role="region", aria_label=caption)


def _group(word: str, width: int) -> Html:
    return tag("th", word, scope="colgroup", colspan=width) if word else tag("td")


def _cell(value: Cell, kind: str) -> Html:
    return tag("td", value, class_=kind)


def _kind_of(column: list[Cell]) -> str:
    """The class of a column: figures stand at the right, and so does what stands in place of one."""
    return "number" if any(isinstance(value, (int, float)) for value in column) else ""


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _part(value: Html | str | float) -> str:
    return value if isinstance(value, Html) else _text(value)


def _text(value: str | float) -> str:
    return escape(plain_text(str(value)).replace("\ufffe", " ").replace("\uffff", " "))
