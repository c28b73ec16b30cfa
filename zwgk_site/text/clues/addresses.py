"""Addresses on the web that the public can't open: of inner networks, of one's own computer, bare numbers with a port.

Nothing is asked of any network: the address itself says it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from zwgk_site.model import clues
from zwgk_site.model.patterns import late
from zwgk_site.text.hit import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

AddressFault = Literal["", "inner", "file", "number"]

_ADDRESS = late(
    r"(?:https?|ftp)://(?:[^\s/@<>\[\]()]{1,60}@)?(?P<host>\[[0-9a-f:.]{2,45}\]|[a-z0-9_.-]{1,253})(?::(?P<port>\d{1,5}))?"
    r"|file://",
    re.IGNORECASE,
)
_SCHEMES = ("https", "http", "ftp", "file")
_REST = late(r"[A-Za-z0-9/._~%?#&=+@:;,!*-]*")
_IPV4 = late(r"\d{1,3}(?:\.\d{1,3}){3}")
_INNER_NUMBERS = ("10.", "127.", "192.168.", "169.254.", "0.", *(f"172.{number}." for number in range(16, 32)))
"""RFC 1918, RFC 6890: never routed on the internet."""
_INNER_SIX = ("[::1]", "[fc", "[fd", "[fe8")
_INNER_NAMES = (".local", ".lan", ".localhost", ".localdomain", ".internal", ".intranet", ".corp", ".home.arpa")
_USUAL_PORTS = ("", "80", "443")


def find_unreachable(text: str) -> Iterator[Hit]:
    """Every address in a text that the public can't open; the value is the address as written, up to 80 characters."""
    for found in _addresses(text):
        if _fault_of(found):
            rest = _REST.match(text, found.end(), found.end() + 80)
            end = rest.end() if rest and text[found.end() : found.end() + 1] in ("/", "?", "#") else found.end()
            yield Hit(clues.UNREACHABLE, text[found.start() : end][:80], found.start(), end)


def _addresses(text: str) -> Iterator[re.Match[str]]:
    """Every address of a text. A fixed string is found thirty times faster than a scheme in any case of letters."""
    place, end = text.find("://"), 0
    while place >= 0:
        head = text[max(end, place - 5) : place].lower()
        scheme = next((name for name in _SCHEMES if head.endswith(name)), "")
        found = _ADDRESS.match(text, place - len(scheme)) if scheme else None
        if found:
            yield found
        end = found.end() if found else place + 3
        place = text.find("://", end)


def address_fault(address: str) -> AddressFault:
    """Why the public can't open an address; empty if nothing speaks against it."""
    found = _ADDRESS.match(address)
    return _fault_of(found) if found else ""


def _fault_of(found: re.Match[str]) -> AddressFault:
    host = found["host"]
    if host is None:
        return "file"
    host = host.lower().rstrip(".")
    if host.startswith("["):
        return "inner" if host.startswith(_INNER_SIX) else "number"
    if _IPV4.fullmatch(host):
        if host.startswith(_INNER_NUMBERS):
            return "inner"
        return "" if (found["port"] or "") in _USUAL_PORTS else "number"
    return "inner" if "." not in host or host.endswith(_INNER_NAMES) else ""
