"""Line ends inside a paragraph: between Chinese characters they vanish, as no space belongs there."""

from zwgk_site.model.patterns import late
from zwgk_site.text.redaction import CLOSE_SIGN, OPEN_SIGN

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U000323af“”‘’…—·"
_INLINE = "a|abbr|b|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u"
_ENDS_WIDE = late(rf"[{_WIDE}{CLOSE_SIGN}](?:</?(?:{_INLINE})(?:\s[^<>]*)?>)*\Z")
_BEGINS_WIDE = late(rf"(?:</?(?:{_INLINE})(?:\s[^<>]*)?>)*[{_WIDE}{OPEN_SIGN}]")
_TAIL = 400


def join_soft_breaks(html: str) -> str:
    """HTML whose line ends between two wide characters are gone; inline tags between them don't count."""
    lines = html.split("\n")
    result = [lines[0]]
    for line in lines[1:]:
        joined = result[-1] and line and _BEGINS_WIDE.match(line) and _ENDS_WIDE.search(result[-1][-_TAIL:])
        result += (line,) if joined else ("\n", line)
    return "".join(result)
