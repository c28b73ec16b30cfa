"""Redaction marks (区分处理、不予公开) in raw text, taken out before anything else reads it.

Inline `{不公开:个人隐私|原文}`, with `：`, `｜`, `｛`, `｝` as well; blocks from a line `:::不公开 个人隐私` to `:::`.
Knows nothing of Markdown or HTML, on purpose: a mark counts wherever it stands (code, table, link, comment).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from zwgk_site.model.patterns import late

OPEN_SIGN = "\U0010fe00"
CLOSE_SIGN = "\U0010fe01"
DIGITS = "".join(chr(0x10FE10 + digit) for digit in range(10))
"""Digits of all tokens: private use, plane 16, where no font and no legacy encoding has put a character."""

TOKEN = late(f"{OPEN_SIGN}([{DIGITS}]+){CLOSE_SIGN}")
BAR = "████"
"""The width is fixed, so that it says nothing about the length of what is hidden."""

FaultKind = Literal["unclosed_inline", "unclosed_block", "nested", "stray_close", "missing_reason"]

_WORD = "不公开"
_TO_DIGITS = str.maketrans("0123456789", DIGITS)
_FROM_DIGITS = str.maketrans(DIGITS, "0123456789")
_RESERVED = late("[\U0010fe00-\U0010ffff]+")
_GAP = r"[\s\u200b-\u200f\u2060\ufeff]*"
_GAP_IN_LINE = r"(?:[^\S\n]|[\u200b-\u200f\u2060\ufeff])*"
_CLOSING_LINE = r"^[ \t\u3000>]*[:：]{3,}[ \t\u3000\r]*$"
_BLOCK_CLOSE = late(_CLOSING_LINE, re.MULTILINE)
_BLOCK_OPEN = late(rf"(?<![:：])[:：]{{3,}}{_GAP_IN_LINE}{_WORD}")
_INLINE_OPEN = late(rf"[{{｛]{_GAP}{_WORD}")
_OPENING = late(f"{_INLINE_OPEN.pattern}|{_BLOCK_OPEN.pattern}|{_CLOSING_LINE}", re.MULTILINE)
_BRACE = late(r"[{}｛｝]")
_BLANK_LINE = late(r"\n[ \t\r\u3000>]*(?=\n|\Z)")
_INDENT = late(r"[ \t>]*")
_REASON = late(r"[ \t]*(?:[:：]([^|｜{}｛｝\n]*))?([|｜])?")


class Redaction(msgspec.Struct, frozen=True):
    """One hidden passage. `line` and `column` count from 1, in code points; `length` is the whole mark's.

    reason: as written, stripped; empty when missing (a fault was reported then).
    """

    reason: str
    line: int
    column: int
    length: int


class RedactionFault(msgspec.Struct, frozen=True):
    """A mark that can't be trusted; places as in `Redaction`."""

    kind: FaultKind
    line: int
    column: int
    length: int


class RedactedText(msgspec.Struct, frozen=True):
    """Text without its secrets: token number i in `text` stands for `redactions[i]`.

    `text` has as many lines as the original. With a fault more may be missing than the clerk meant, never less.
    """

    text: str
    redactions: tuple[Redaction, ...] = ()
    faults: tuple[RedactionFault, ...] = ()


class _Cut(msgspec.Struct, frozen=True):
    """What one mark takes away: `[start, end)` of the text; a token is put there unless `reason` is None."""

    start: int
    end: int
    reason: str | None
    faults: tuple[FaultKind, ...] = ()
    is_block: bool = False


class _Source(msgspec.Struct, frozen=True):
    """The text with the places where its lines begin and its paragraphs end."""

    text: str
    line_starts: list[int]
    paragraph_ends: list[int]

    def locate(self, cut: _Cut) -> tuple[int, int, int]:
        line = bisect_right(self.line_starts, cut.start)
        return line, cut.start - self.line_starts[line - 1] + 1, cut.end - cut.start

    def end_paragraph(self, position: int) -> int:
        return self.paragraph_ends[bisect_left(self.paragraph_ends, position)]


def split_redactions(text: str) -> RedactedText:
    """Replace every redacted passage by a token that Markdown and HTML cleaners leave alone.

    Promise: nothing between a mark's beginning and its end is in the result, whatever is wrong with the mark. Where the
    end is in doubt, an inline mark hides to the end of its paragraph (or of the paragraph with the next closing brace)
    and a block to the end of the text. The token of a block stands on a line of its own between blank lines.
    """
    text = _RESERVED.sub("", text)
    if _WORD not in text:
        return RedactedText(text)
    source = _Source(
        text,
        line_starts=[0, *(match.end() for match in re.finditer("\n", text))],
        paragraph_ends=[*(match.start() for match in _BLANK_LINE.finditer(text)), len(text)],
    )
    pieces: list[str] = []
    redactions: list[Redaction] = []
    faults: list[RedactionFault] = []
    position = 0
    for cut in _find_cuts(source):
        place = source.locate(cut)
        faults += [RedactionFault(kind, *place) for kind in cut.faults]
        pieces.append(text[position : cut.start])
        position = cut.end
        if cut.reason is not None:
            pieces.append(_fill_gap(text, cut, make_token(len(redactions))))
            redactions.append(Redaction(cut.reason, *place))
    pieces.append(text[position:])
    return RedactedText("".join(pieces), tuple(redactions), tuple(faults))


def find_mark(text: str) -> int:
    """The offset at which the first mark begins, or -1."""
    if _WORD not in text:
        return -1
    found = [match.start() for pattern in (_INLINE_OPEN, _BLOCK_OPEN) if (match := pattern.search(text))]
    return min(found, default=-1)


def make_token(index: int) -> str:
    """The token that stands for redaction number `index`."""
    return OPEN_SIGN + str(index).translate(_TO_DIGITS) + CLOSE_SIGN


def read_token(match: re.Match[str]) -> int:
    """The number in a match of `TOKEN` (or of any pattern whose first group is a token's digits)."""
    return int(match.group(1).translate(_FROM_DIGITS))


def replace_tokens(text: str, replacement: Callable[[int], str]) -> str:
    """Text with each token replaced by what `replacement` gives for its number."""
    if OPEN_SIGN not in text:
        return text
    return TOKEN.sub(lambda match: replacement(read_token(match)), text)


def mask_tokens(text: str) -> str:
    """Text for places without markup (titles, attributes, summaries): each token is a bar."""
    return replace_tokens(text, lambda _index: BAR)


def _find_cuts(source: _Source) -> Iterator[_Cut]:
    text = source.text
    position = 0
    while match := _OPENING.search(text, position):
        if match.group().endswith(_WORD):
            cut = _cut_inline(source, match) if match.group()[0] in "{｛" else _cut_block(text, match)
        else:
            cut = _Cut(match.start(), match.end(), None, faults=("stray_close",))
        yield cut
        position = max(cut.end, cut.start + 1)


def _cut_inline(source: _Source, opening: re.Match[str]) -> _Cut:
    text = source.text
    reason, missing = _read_reason(text, opening.end())
    paragraph_end = source.end_paragraph(opening.end())
    close = _find_close(text, opening.end(), paragraph_end)
    nested = _INLINE_OPEN.search(text, opening.end(), close or paragraph_end)
    block = _BLOCK_OPEN.search(text, opening.end(), close or paragraph_end)
    if close and not nested and not block:
        rest = _Cut(opening.start(), close, reason, faults=missing)
        return _widen_over_stray_brace(text, rest, paragraph_end)
    if block:  # a block begins inside the mark: nothing after it can be trusted
        return _Cut(opening.start(), len(text), reason, faults=(*missing, "nested"))
    kind: FaultKind = "nested" if nested else "unclosed_inline"
    return _Cut(opening.start(), _end_of_doubt(source, paragraph_end), reason, faults=(*missing, kind))


def _widen_over_stray_brace(text: str, cut: _Cut, paragraph_end: int) -> _Cut:
    """A closing brace left over after a mark means that the secret held one: hide the rest of the paragraph."""
    depth = 0
    for match in _BRACE.finditer(text, cut.end, paragraph_end):
        depth += 1 if match.group() in "{｛" else -1
        if depth < 0:
            return _Cut(cut.start, paragraph_end, cut.reason, faults=(*cut.faults, "stray_close"))
        if _INLINE_OPEN.match(text, match.start()):
            break  # the next mark looks after itself
    return cut


def _cut_block(text: str, opening: re.Match[str]) -> _Cut:
    line_end = _end_of_line(text, opening.end())
    reason = text[opening.end() : line_end].strip(" \t\r\u3000:：|｜")
    missing: tuple[FaultKind, ...] = () if reason else ("missing_reason",)
    start = text.rfind("\n", 0, opening.start()) + 1
    if text[start : opening.start()].strip(" \t\u3000>"):
        start = opening.start()
    close = _BLOCK_CLOSE.search(text, line_end)
    if close is None:
        return _Cut(start, len(text), reason, (*missing, "unclosed_block"), is_block=True)
    if _BLOCK_OPEN.search(text, line_end, close.start()):
        return _Cut(start, len(text), reason, (*missing, "nested"), is_block=True)
    inner: tuple[FaultKind, ...] = ("nested",) if _INLINE_OPEN.search(text, line_end, close.start()) else ()
    return _Cut(start, close.end(), reason, (*missing, *inner), is_block=True)


def _read_reason(text: str, position: int) -> tuple[str, tuple[FaultKind, ...]]:
    match = _REASON.match(text, position)
    reason = (match.group(1) or "").strip() if match and match.group(2) else ""
    return reason, () if reason else ("missing_reason",)


def _find_close(text: str, position: int, end: int) -> int | None:
    """The place after the brace that closes a mark; pairs of braces inside belong to the secret."""
    depth = 1
    for match in _BRACE.finditer(text, position, end):
        depth += 1 if match.group() in "{｛" else -1
        if depth == 0:
            return match.end()
    return None


def _end_of_doubt(source: _Source, paragraph_end: int) -> int:
    """The end of the paragraph, or of a later one that holds the missing brace before any other mark begins."""
    text = source.text
    following = _OPENING.search(text, paragraph_end)
    limit = following.start() if following else len(text)
    close = max(text.rfind("}", paragraph_end, limit), text.rfind("｝", paragraph_end, limit))
    return paragraph_end if close < 0 else min(source.end_paragraph(close), limit)


def _end_of_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _fill_gap(text: str, cut: _Cut, token: str) -> str:
    """The token with as many line ends as were cut; a block's on its second line if no blank line goes before it."""
    line_ends = text.count("\n", cut.start, cut.end)
    if not cut.is_block:
        return token + "\n" * line_ends
    line_start = text.rfind("\n", 0, cut.start) + 1
    if cut.start > line_start:
        return "\n\n" + token + "\n" * max(0, line_ends - 2)
    indent = _INDENT.match(text, cut.start)
    line = (indent.group() if indent else "") + token
    above = text[text.rfind("\n", 0, max(0, line_start - 1)) + 1 : max(0, line_start - 1)]
    if above.strip(" \t\r\u3000>") and line_ends:
        return "\n" + line + "\n" * (line_ends - 1)
    return line + "\n" * line_ends
