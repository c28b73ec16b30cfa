"""What a published page may hold and nothing else: the rules that make a script impossible, over parsed pages."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

from tests.sites import served

ASSET = re.compile(r"(?:\.\./)*assets/[A-Za-z0-9._-]+\.js|(?:\.\./)*search/[A-Za-z0-9._-]+\.js")
URL_ATTRIBUTES = frozenset(
    [
        "action",
        "background",
        "cite",
        "data",
        "formaction",
        "href",
        "longdesc",
        "manifest",
        "ping",
        "poster",
        "profile",
        "src",
        "srcset",
        "usemap",
        "xlink:href",
    ]
)
SCHEMES = frozenset(["http", "https", "mailto", "tel"])
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3000\ufeff]+")
FORBIDDEN_TAGS = frozenset(
    [
        "applet",
        "audio",
        "base",
        "embed",
        "frame",
        "frameset",
        "iframe",
        "marquee",
        "math",
        "noscript",
        "object",
        "param",
        "plaintext",
        "select",
        "source",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
        "xmp",
        "x",
        "x-y",
    ]
)
OWN_TAGS = {"search.html": frozenset({"noscript", "template"})}
"""What the theme itself uses on a page that shows no text of any department."""

BAR = {
    "class": "bar",
    "viewbox": "0 0 100 10",
    "preserveaspectratio": "none",
    "aria-hidden": "true",
    "focusable": "false",
}
"""The attributes of the one drawing that the theme makes itself: a bar of a chart, with no text in it."""

REORDERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


class PageCheck(HTMLParser):
    """One page: `faults` is what must not be there, `texts` the text of each element by tag."""

    def __init__(self, text: str, own: frozenset[str] = frozenset()) -> None:
        super().__init__(convert_charrefs=True)
        self._forbidden = FORBIDDEN_TAGS - own
        self.faults: list[str] = []
        self.headings: list[str] = []
        self._script = ""
        self._heading = False
        self.feed(text)
        self.close()
        found = REORDERING.search(text)
        if found:
            self.faults.append(f"character {found[0]!r} in …{text[max(0, found.start() - 30) : found.end() + 10]!r}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in self._forbidden and not (tag == "svg" and values == BAR):
            self.faults.append(f"<{tag}>")
        if tag == "script":
            self._check_script(values)
        if tag == "h1":
            self._heading = True
            self.headings.append("")
        for name, value in values.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.faults.append(f"<{tag} {name}={value!r}>")
            if name in URL_ATTRIBUTES:
                self._check_url(tag, name, value)
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self._check_url(tag, "content", values.get("content", "").lower().rpartition("url=")[2])

    def handle_endtag(self, tag: str) -> None:
        self._script = "" if tag == "script" else self._script
        self._heading = self._heading and tag != "h1"

    def handle_data(self, data: str) -> None:
        if self._script == "json":
            try:
                json.loads(data)
            except ValueError as fault:
                self.faults.append(f"JSON-LD: {fault}")
        elif self._script and data.strip():
            self.faults.append(f"script text {data[:60]!r}")
        if self._heading:
            self.headings[-1] += data

    def _check_script(self, values: dict[str, str]) -> None:
        if values == {"type": "application/ld+json"}:
            self._script = "json"
            return
        self._script = "asset"
        if not ASSET.fullmatch(values.get("src", "")) or set(values) - {"src", "defer"}:
            self.faults.append(f"<script {values}>")

    def _check_url(self, tag: str, name: str, value: str) -> None:
        scheme = SCHEME.match(IGNORED.sub("", value))
        if scheme and scheme[1].lower() not in SCHEMES:
            self.faults.append(f"<{tag} {name}={value!r}>")


def faults_of(out: Path) -> list[str]:
    """What is wrong with any file of the output: pages as `PageCheck`, JSON and XML that do not parse, odd names."""
    faults = []
    for url, data in served(out).items():
        if not re.fullmatch(r"[A-Za-z0-9_~./-]{1,199}", url):
            faults.append(f"{url}: the name")
        try:
            if url.endswith(".html"):
                faults += [
                    f"{url}: {fault}" for fault in PageCheck(data.decode(), OWN_TAGS.get(url, frozenset())).faults
                ]
            elif url.endswith(".json") and ".files/" not in url:
                json.loads(data)
            elif url.endswith(".xml"):
                ET.fromstring(data)  # noqa: S314 - our own output
        except (ValueError, ET.ParseError) as fault:
            faults.append(f"{url}: {fault}")
    return faults
