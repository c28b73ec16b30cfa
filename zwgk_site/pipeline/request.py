"""What a build is asked to do: folders, the day, how many workers. The only place that reads a clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import msgspec

from zwgk_site.model.release import DRAFT_FOLDER

CHINA = timezone(timedelta(hours=8))
INPUT_FOLDERS = ("catalogs", "content", "themes", "overrides", "shell")
"""The folders of a site that a build reads; the output may not overlap them."""


class BuildRequest(msgspec.Struct, frozen=True):
    """One build (生成任务). `moment` is `YYYY-MM-DD HH:MM` in UTC+8; all that depends on time comes from it.

    `previous` is the release to continue, the output itself unless told otherwise; `changed` are paths known to have
    changed, so that nothing else need be looked at; `jobs` 0 means one worker for each core;
    `kiosk` makes the copy for a touch screen at a reading point, whatever the settings say; `compact` leaves nothing in the search index that was replaced.
    `beside_threads`: this process has threads, whose locks a forked worker would inherit; workers are started afresh.
    """

    root: Path
    output: Path
    moment: str
    previous: Path | None = None
    jobs: int = 0
    draft: bool = False
    changed: tuple[str, ...] = ()
    compact: bool = False
    kiosk: bool = False
    beside_threads: bool = False

    @property
    def today(self) -> str:
        """The day of the build."""
        return self.moment[:10]


def output_folder(root: Path, chosen: Path | None, *, draft: bool = False, kiosk: bool = False) -> Path:
    """Where the column of the site `root` is: as chosen, else in it; drafts and a kiosk's copy have folders of their own."""
    return chosen or root / (DRAFT_FOLDER if draft else "public-kiosk" if kiosk else "public")


def current_moment(today: str = "") -> str:
    """Now in UTC+8; a day given by hand counts to its last minute."""
    return f"{today} 23:59" if today else datetime.now(CHINA).strftime("%Y-%m-%d %H:%M")
