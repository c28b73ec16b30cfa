"""Redaction tokens shown to readers: a bar of fixed width, and the reason in words that are read aloud."""

import re
from html import escape

from zwgk_site.text.redaction import BAR, CLOSE_SIGN, DIGITS, OPEN_SIGN, read_token

_TOKEN = re.compile(f"{OPEN_SIGN}([{DIGITS}]+){CLOSE_SIGN}")
_PARAGRAPH = re.compile(f"<p>(?={OPEN_SIGN}[{DIGITS}]+{CLOSE_SIGN}</p>)")


def show_redactions(html: str, reasons: tuple[str, ...]) -> str:
    """HTML with each token as a bar and its reason; a paragraph that is nothing else gets the class `redacted-block`.

    html: a joined body or an escaped `Heading.text`; tokens stand in text only, never in a tag.
    The bar itself is hidden from screen readers, which would spell it; the reason is ordinary text, so it also survives
    copying, printing and a page without styles.
    """
    if OPEN_SIGN not in html:
        return html
    html = _PARAGRAPH.sub('<p class="redacted-block">', html)
    return _TOKEN.sub(lambda match: _render_bar(read_token(match), reasons), html)


def _render_bar(index: int, reasons: tuple[str, ...]) -> str:
    reason = reasons[index] if index < len(reasons) else ""
    words = f"（因{escape(reason)}不公开）" if reason else "（不公开）"
    return (
        f'<span class="redacted"><span class="redacted-bar" aria-hidden="true">{BAR}</span>'
        f'<span class="redacted-reason">{words}</span></span>'
    )
