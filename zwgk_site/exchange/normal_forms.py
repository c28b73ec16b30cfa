"""Values written in a form that is understood but not the normal one: dates, 发文字号. Only the value's own text changes."""

from __future__ import annotations

from zwgk_site.diagnostics import Span
from zwgk_site.exchange.front_matter import mark_and_codec

_QUOTES = ("'", '"')


def replace_value(data: bytes, encoding: str, span: Span, old: str, new: str) -> bytes | None:
    """The file with `new` in place of the scalar `old` that stands at `span`; `None` where it does not stand there plainly.

    Line ends, a byte order mark, quotes, comments and every other byte stay as they are.
    """
    mark, codec = mark_and_codec(data, encoding)
    try:
        lines = data[len(mark) :].decode(codec).split("\n")
        line = lines[span.line - 1]
    except (UnicodeDecodeError, IndexError):
        return None
    written = line[span.column - 1 : span.end_column - 1]
    quote = written[:1] if written[:1] in _QUOTES and written[-1:] == written[:1] else ""
    if written != f"{quote}{old}{quote}":
        return None
    lines[span.line - 1] = line[: span.column - 1] + quote + new + quote + line[span.end_column - 1 :]
    try:
        return mark + "\n".join(lines).encode(codec)
    except UnicodeEncodeError:
        return None
