"""Which HTML a body may hold: one table for the scan of the source (`tags`) and for nh3, the second wall."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nh3


def _name(tags: str) -> frozenset[str]:
    return frozenset(tags.split())


KEPT = _name(
    "a abbr b blockquote br caption code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li"
    " mark ol p q rp rt ruby s small span strong sub sup table tbody td tfoot th thead tr u ul wbr"
)
VOID_TAGS = _name("br hr img wbr")
UNWRAPPED = _name(
    "acronym address article aside basefont bdi bdo big body center cite col colgroup details dfn dir fieldset font"
    " footer form header hgroup html label legend main marquee nav nobr pre samp section summary tt"
)
"""Known tags of word processors and web editors: the tag goes, what it holds stays."""

REMOVED = _name(
    "applet audio button canvas datalist dialog embed frameset head iframe map math noembed noframes noscript object"
    " plaintext script select style svg template textarea title video xmp"
)
"""Tags that go with all that they hold."""

REMOVED_ALONE = _name("base bgsound frame input link meta param source track")
ALIASES = {"strike": "s"}

ATTRIBUTES = {
    "a": ("href", "title"),
    "img": ("src", "alt", "width", "height"),
    "ol": ("start",),
    "td": ("align", "colspan", "rowspan"),
    "th": ("align", "colspan", "rowspan", "scope"),
}
VALUES = {
    "align": re.compile("left|center|right"),
    "scope": re.compile("col|row|colgroup|rowgroup"),
    "width": re.compile("[0-9]{1,4}%?"),
    "height": re.compile("[0-9]{1,4}%?"),
    "colspan": re.compile("[1-9][0-9]{0,2}"),
    "rowspan": re.compile("[1-9][0-9]{0,3}"),
    "start": re.compile("[0-9]{1,9}"),
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_IGNORED_IN_URLS = re.compile(r"[\x00-\x20\x7f-\xa0\u3000]+")


def is_safe_url(url: str) -> bool:
    """Whether a browser would read the URL as relative or with a scheme of ours; asked after nh3, on the final text."""
    match = _SCHEME.match(_IGNORED_IN_URLS.sub("", url))
    return match is None or match.group(1).lower() in SCHEMES


def sanitize_html(html: str) -> str:
    """HTML as nh3 leaves it: allowed tags and attributes only, balanced, escaped in one canonical way."""
    return _make_cleaner().clean(html)


@cache
def _make_cleaner() -> "nh3.Cleaner":
    import nh3

    return nh3.Cleaner(
        tags=set(KEPT),
        clean_content_tags=set(REMOVED),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_filter_attribute,
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


def _filter_attribute(_tag: str, name: str, value: str) -> str | None:
    pattern = VALUES.get(name)
    return value if pattern is None or pattern.fullmatch(value) else None
