r"""Text so that Markdown shows it and does nothing else: `*`, `_`, `#`, `1.`, `<`, `{不公开` and all the rest.

A backslash where a reader of the file expects one, a character reference where there is no other way. `certain` writes
references only: for texts with so many signs that the site's reader takes none of them for markup.
"""

from __future__ import annotations

import re
from html import escape

from zwgk_site.model.patterns import late

_SIGNS = frozenset("\\*_`[]<>#&{}|~-+=:.!()")
_LINK_LIKE = late(r"\][ \t]*[(\[:]|\[\^|!\[")
_WORD_MARK = late(r"(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])|_{4,}")
_TAG_LIKE = late(r"<(?=[!-~])")
_REFERENCE_LIKE = late(r"&(?=[#A-Za-z])")
_LINE_START = late(
    r"(?P<backslash>[#>]|[-+](?=[ \t]|[-+ \t]*$)|\[(?=[^\[\]]*\]:))"
    r"|(?P<number>[0-9]+)\.(?=[ \t\u3000\xa0])"
    r"|(?P<reference>[~=|`:])"
)
_ONLY_PIPES = late(r"[|:\- \t]+")
_RULE = late(r"(?:[*_-][ \t]*){3,}")
_MARK_OPENING = late(r"[{｛](?=[\s\u200b-\u200f\u2060\ufeff]*不公开)")
_BLOCK_MARK = late(r"[:：]{3,}(?=(?:[^\S\n]|[\u200b-\u200f\u2060\ufeff])*不公开)|^[ \t\u3000>]*[:：]{3,}(?=[ \t\u3000\r]*$)", re.MULTILINE)  # fmt: skip


def escape_inside(text: str, *, has_links: bool = False) -> str:
    """Signs that mean something anywhere in a line; `has_links`: brackets of ours stand in the same line."""
    if _SIGNS.isdisjoint(text):
        return text
    text = text.replace("\\", "\\\\").replace("*", "\\*").replace("`", "\\`")
    if "_" in text:
        kept = [(found.start(), found.end()) for found in _WORD_MARK.finditer(text)]
        text = "".join(
            "\\_" if char == "_" and not any(start <= at < end for start, end in kept) else char
            for at, char in enumerate(text)
        )
    if "[" in text or "]" in text:
        if has_links or _LINK_LIKE.search(text):
            text = text.replace("](", "]\\(").replace("[", "\\[").replace("]", "\\]")
    elif has_links:
        text = text.replace("!", "\\!")
    text = _REFERENCE_LIKE.sub("&amp;", text)
    return _TAG_LIKE.sub(r"\\<", text)


def escape_start(line: str) -> str:
    """Signs that mean something at the beginning of a line, or as the whole of it."""
    bare = line.lstrip()
    if not bare or (bare[0] not in "#>-+[~=|`:*_" and not bare[0].isdigit()):
        return line
    if _ONLY_PIPES.fullmatch(bare) and "|" in bare:
        return bare.replace("|", "&#124;").replace("-", "\\-", 1)
    if bare[0] == "_" and _RULE.fullmatch(bare):
        return "&#95;" + bare[1:]  # a backslash would be shown before four of them
    return _LINE_START.sub(_escape_first, bare, count=1) if _LINE_START.match(bare) else line


def _escape_first(found: re.Match[str]) -> str:
    if found["number"]:
        return f"{found['number']}\\."
    return f"\\{found['backslash']}" if found["backslash"] else f"&#{ord(found['reference'])};"


def escape_certainly(text: str) -> str:
    """Every sign as a character reference."""
    return "".join(f"&#{ord(char)};" if char in _SIGNS or char in "｛：" else char for char in text)


def escape_html(text: str) -> str:
    """Text inside a block of HTML, where Markdown is not read but code and our own marks are."""
    text = escape(text, quote=False)
    text = text.replace("\\", "&#92;").replace("`", "&#96;").replace("~~~", "&#126;~~")
    return text.replace("](", "&#93;(")  # `](<` begins a target for the site's reader, even here


def escape_attribute(text: str) -> str:
    """Text of an attribute in a block of HTML."""
    return escape_html(text).replace('"', "&quot;").replace("\n", " ")


def escape_target(target: str) -> str:
    """The target of a link so that it stands between round brackets; blanks and brackets are percent-encoded."""
    kept = "".join(char if char not in "()<>[]\\ \t\n\r\"'`*_|{}^\u3000" else _percent(char) for char in target.strip())
    return "".join(char for char in kept if char > " ")


def _percent(char: str) -> str:
    if char == "_":
        return char
    return "".join(f"%{byte:02X}" for byte in char.encode())


def shut_marks(markdown: str) -> str:
    """The text without any mark of redaction: what a source happens to say is no order to hide something."""
    if "不公开" not in markdown and ":::" not in markdown and "：：：" not in markdown:
        return markdown
    markdown = _MARK_OPENING.sub(lambda found: f"&#{ord(found[0])};", markdown)
    return _BLOCK_MARK.sub(lambda found: "".join(_colon(char) for char in found[0]), markdown)


def _colon(char: str) -> str:
    return f"&#{ord(char)};" if char in ":：" else char
