"""What a careful web server says with each file: the headers of the preview, and of the samples in `docs/examples/hosting`.

A test compares the three, so that what was tried in the preview is what the server does.
"""

from __future__ import annotations

import http
import mimetypes
import re
from pathlib import PurePosixPath

from zwgk_site.text.media_types import MEDIA_TYPES

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
"""What a page may load: only what is served beside it. The strictest policy under which the themes work."""
SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""Sent with every answer."""
FRESH = "no-cache"
"""Everything may be kept, and is asked for again before it is shown: an unchanged file costs a few bytes (304)."""
FOR_EVER = "public, max-age=31536000, immutable"
HASHED = r"/search/[0-9a-f]{12}/"
"""Folders whose name changes with their content."""

TYPES = MEDIA_TYPES
OUR_TEXT = (".html", ".css", ".js", ".json", ".jsonld", ".xml", ".txt", ".ics", ".webmanifest")
"""Text that we write: it says that it is UTF-8. Of others' text nothing is said."""


def content_type(name: str) -> str:
    """The media type by file name."""
    kind = PurePosixPath(name).suffix.lower()
    found = TYPES.get(kind) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if kind in OUR_TEXT else found


def cache_control(path: str, status: int = 200) -> str:
    """How long an answer for a URL path may be kept without asking: what is not there may come."""
    return FOR_EVER if status == http.HTTPStatus.OK and re.match(HASHED, path) else FRESH
