"""Which files of a site a build reads, by name alone: what programs leave beside them while they save is none of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDERS = ("catalogs", "content", "themes", "overrides", "shell")
"""The folders that a build reads. The output is never among them, so that writing it wakes nobody."""

SETTINGS = (".yaml", ".yml")
"""Files at the top of the site: `site.yaml`, `wording.yaml` and their like."""

_LEFT_OVER = re.compile(
    r"""
    \..*                                    # hidden: .git, .a.md.swp of Vim, .~lock.a.xlsx# of LibreOffice, .DS_Store
    | ~\$.* | .*~ | \#.*\#                  # Word, Excel and WPS; backups of Vim and Emacs; what Emacs saves by itself
    | .*\.(tmp|temp|bak|swp|swo|swx|part|partial|crdownload|download)
    | .*___jb_(tmp|old)___                  # JetBrains
    | 4913 | [0-9A-F]{8}                    # the file by which Vim tries a folder; Excel's while it saves
    | thumbs\.db | desktop\.ini | __macosx | __pycache__
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def is_input(parts: Sequence[str]) -> bool:
    """Whether the path below the site, in its parts, is something that a build reads."""
    if not parts or any(_LEFT_OVER.fullmatch(part) for part in parts):
        return False
    return parts[0] in FOLDERS or (len(parts) == 1 and parts[0].lower().endswith(SETTINGS))


__all__ = ["FOLDERS", "SETTINGS", "is_input"]
