"""What is packed beside the release: `manifest.sha256`, and the means to compare it, for people without this program.

校验.html does so in the browser once a person has chosen the folder, 校验.bat and 校验.sh with what the system brings.
All that is written here comes from the release alone, so the same release gives the same bytes.
"""

from __future__ import annotations

import hashlib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.stages.publish.pack.listing import Packing

MANIFEST = "manifest.sha256"
PAGE, SCRIPT, BATCH, SHELL = "校验.html", "verify.js", "校验.bat", "校验.sh"
COMPANIONS = (PAGE, SCRIPT, BATCH, SHELL)
_HERE = Path(__file__).parent / "beside"


def companion_files(packing: Packing) -> dict[str, bytes]:
    """The files beside the release by their names; `manifest.sha256` comes last, for it names the others."""
    made = {
        PAGE: _page(packing).encode(),
        SCRIPT: _text("verify.js").encode(),
        BATCH: _text("verify.bat").replace("\n", "\r\n").encode(),
        SHELL: _text("verify.sh").encode(),
    }
    rows = [(record.url, record.sha256) for record in packing.files]
    rows += [(name, hashlib.sha256(data).hexdigest()) for name, data in made.items()]
    made[MANIFEST] = checksum_lines(sorted(rows)).encode()
    return made


def checksum_lines(rows: Iterable[tuple[str, str]]) -> str:
    """Names and their digests as `sha256sum` writes them."""
    return "".join(f"{digest}  {name}\n" for name, digest in rows)


def parse_checksums(data: bytes) -> dict[str, str]:
    """The digests of a `manifest.sha256` by name; lines that are none are passed over."""
    found = {}
    for line in data.decode("utf-8", "replace").splitlines():
        digest, _, name = line.partition("  ")
        if len(digest) == 64 and name:
            found[name] = digest
    return found


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _page(packing: Packing) -> str:
    facts = {
        "BUILT_ON": packing.built_on,
        "GENERATOR": packing.generator,
        "COUNT": f"{len(packing.files)}",
        "SIZE": size_words(packing.size),
        "DIGEST": packing.digest,
    }
    page = _text("verify.html")
    for key, value in facts.items():
        page = page.replace(f"@{key}@", escape(value))
    return page


def size_words(size: int) -> str:
    """A number of bytes for people who read any language: `212 MB`; what is less than a kilobyte counts as one."""
    amount = max(size / 1024, min(size, 1))
    for unit in ("KB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GB"
