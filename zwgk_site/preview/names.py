"""Which files of a site a build reads, by name alone: what programs leave beside them while they save is none of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zwgk_site.pipeline.request import INPUT_FOLDERS

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDERS = INPUT_FOLDERS
"""The folders that are watched. The output is never among them, so that writing it wakes nobody."""

SETTINGS = (".yaml", ".yml")
"""Files at the top of the site: `site.yaml`, `wording.yaml` and their like."""

_HIDDEN = re.compile(r"\..* | ~\$.* | thumbs\.db | desktop\.ini | __macosx", re.VERBOSE | re.IGNORECASE | re.DOTALL)
"""Folders and files that no build reads: .git, .a.md.swp of Vim, ~$表.xlsx of Excel and WPS, .~lock.表.xlsx# of LibreOffice."""

_LEFT_OVER = re.compile(
    r"""
    .*~ | \#.*\#                            # backups of Vim and Emacs; what Emacs saves by itself
    | .*\.(tmp|temp|bak|swp|swo|swx|part|partial|crdownload|download)
    | .*___jb_(tmp|old)___                  # JetBrains
    | 4913 | [0-9A-F]{8}                    # the file by which Vim tries a folder; Excel's while it saves
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""Files that come and go while another is saved. A folder may be called so: 4913, 20261121."""


def is_input(parts: Sequence[str], *, is_folder: bool = False) -> bool:
    """Whether the path below the site, in its parts, is something that a build reads."""
    if not parts or any(_HIDDEN.fullmatch(part) for part in parts):
        return False
    if not is_folder and _LEFT_OVER.fullmatch(parts[-1]):
        return False
    return parts[0] in FOLDERS or (len(parts) == 1 and parts[0].lower().endswith(SETTINGS))
