"""Characters that no body may hold: controls, invisible and direction marks, half surrogates, our private ones."""

import re
from html import unescape

from zwgk_site.text.redaction import TOKEN

_INVISIBLE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
_FORBIDDEN = re.compile(f"[{_INVISIBLE}\U0010fe00-\U0010ffff]")
_HALF_SURROGATE = re.compile("[\ud800-\udfff]")
_KEEP_TOKENS = re.compile(f"({TOKEN.pattern})|[{_INVISIBLE}\U0010fe00-\U0010ffff]")
_REFERENCE = re.compile(
    r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+);?|(?:zwn?j|lrm|rlm|ZeroWidthSpace|NegativeThinSpace"
    r"|NegativeMediumSpace|NegativeThickSpace|NegativeVeryThinSpace|NoBreak|InvisibleTimes|InvisibleComma|ApplyFunction"
    r"|af|it|ic);?)"
)


def clean_text(text: str) -> str:
    """Text without forbidden characters, written out or as references; line ends are LF; redaction tokens stay."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.replace("\n", "").replace("\u3000", "").isprintable():
        text = _KEEP_TOKENS.sub(lambda match: match.group(1) or "", text)
        text = _HALF_SURROGATE.sub("\ufffd", text)
    if "&" in text:
        text = _REFERENCE.sub(_drop_forbidden_reference, text)
    return text


def _drop_forbidden_reference(match: re.Match[str]) -> str:
    character = unescape(match.group().rstrip(";") + ";")
    is_harmless = character.isprintable() or character in "\n\t\u00a0\u3000\u00ad\u2002\u2003\u2009"
    return match.group() if character and is_harmless and not _FORBIDDEN.search(character) else ""
