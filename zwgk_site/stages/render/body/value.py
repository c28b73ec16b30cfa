"""What a converted body is made of."""

from collections.abc import Callable
from html import escape

import msgspec


class Heading(msgspec.Struct, frozen=True):
    """A heading of the body. level: 2 to 6, never skipped; id: `s-1`, `s-1-2` by position; text: without markup.

    `text` may hold redaction tokens: escape it, then `show_redactions`, or `mask_tokens` where no markup may stand.
    """

    level: int
    id: str
    text: str


class Body(msgspec.Struct, frozen=True):
    """Safe HTML, cut at every link target, so that whoever knows the URLs can fill them in.

    parts: odd in number; even items are HTML, odd items the raw `href` or `src` as its author wrote it, unescaped.
    text_length: visible characters without white space and without redacted passages.
    """

    parts: tuple[str, ...]
    headings: tuple[Heading, ...] = ()
    has_table: bool = False
    text_length: int = 0


def join_body(body: Body, resolve: Callable[[str], str]) -> str:
    """The HTML with each link target replaced by what `resolve` gives for it; the result is escaped here.

    Where `resolve` gives an empty string the attribute is left out: the text stays, and leads nowhere.
    """
    if len(body.parts) == 1:
        return body.parts[0]
    pieces = [body.parts[0]]
    for raw, following in zip(body.parts[1::2], body.parts[2::2], strict=True):
        target = escape(resolve(raw))
        if target:
            pieces += (target, following)
        else:
            pieces[-1] = pieces[-1].removesuffix(' href="').removesuffix(' src="')
            pieces.append(following[1:])
    return "".join(pieces)
