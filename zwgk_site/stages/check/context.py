"""What the rules judge by, beside the department itself: the day, the calendar, the site's numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.model.wording import NO_WORDS
from zwgk_site.statute.day_watch import DayWatch
from zwgk_site.statute.privacy import read_policy
from zwgk_site.statute.thresholds import Thresholds
from zwgk_site.text.wording import wording_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zwgk_site.model.clues import AttachmentText
    from zwgk_site.model.corpus import Site
    from zwgk_site.statute.working_days import WorkCalendar
    from zwgk_site.text.wording import Wording


class CheckContext:
    """The ground on which one department is checked (检查依据).

    The day is asked of `watch`, never compared elsewhere, so that the check knows when it must be made again. What was
    read in attachments stands under the SHA-256 of the file; a file that is missing there has not been looked at.
    `wording` is for entries: texts, titles and summaries were looked through when they were read.
    """

    def __init__(
        self,
        moment: str,
        site: Site,
        calendar: WorkCalendar,
        attachments: Mapping[str, AttachmentText] | None = None,
        wording: Wording | None = None,
    ) -> None:
        self.watch = DayWatch(moment)
        self.site, self.calendar = site, calendar
        self.numbers = Thresholds(site.thresholds)
        self.masks = read_policy(site.masks)[0]
        self.attachments: Mapping[str, AttachmentText] = attachments or {}
        self.wording = wording or wording_of(NO_WORDS)
