"""What every task of a build shares. It travels to workers whole; what can't travel is made on first use."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.corpus import Site
from zwgk_site.model.plan import PlanContext
from zwgk_site.model.theme import Theme
from zwgk_site.model.wording import NO_WORDS, WordList
from zwgk_site.pipeline.cache import CachedBytecode, CacheFolder
from zwgk_site.pipeline.workers import Limits
from zwgk_site.stages.check import CheckContext
from zwgk_site.stages.publish import OutputFolder
from zwgk_site.statute.working_days import HolidayNotice, WorkCalendar
from zwgk_site.text.wording import wording_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zwgk_site.model.clues import AttachmentText
    from zwgk_site.stages.render import Renderer, TemplateFault


class BuildEnv(msgspec.Struct, frozen=True):
    """Folders, settings and keys of one build. `previous` is where the last release is read from.

    `trusts_pages`: this very program made the pages of the output, so a text in them need not be converted again.
    `beside`: no other process works at this build, so that a task may have one of its own (`pipeline.beside`).
    """

    root: Path
    output: OutputFolder
    previous: OutputFolder
    stage: Path
    cache: CacheFolder
    site: Site
    theme: Theme
    context: PlanContext
    program: bytes
    shared: bytes
    synonyms: tuple[tuple[str, ...], ...] = ()
    trusts_pages: bool = False
    holidays: tuple[HolidayNotice, ...] = ()
    words: WordList = NO_WORDS
    checks: bytes = b""
    beside: bool = False

    def new_context(self, attachments: Mapping[str, AttachmentText] | None = None) -> CheckContext:
        """The ground on which one department is checked; `attachments` is what was read in them, by SHA-256."""
        return CheckContext(
            self.context.moment, self.site, _calendar_of(self.holidays), attachments, wording_of(self.words)
        )

    def limits(self) -> Limits:
        """What one department may take."""
        return Limits(self.site.department_seconds, self.site.department_megabytes)

    def renderer(self) -> Renderer:
        """The compiled theme, once per process. Its faults were found before any task ran."""
        made = compile_checked(self.theme, self.cache)
        if isinstance(made, tuple):
            raise TypeError(f"theme {self.theme.name} does not compile: {made}")
        return made


@lru_cache(maxsize=4)
def _calendar_of(holidays: tuple[HolidayNotice, ...]) -> WorkCalendar:
    """One calendar for all departments: it works each year out once."""
    return WorkCalendar(holidays)


KEPT_RENDERERS = 2
_RENDERERS: dict[str, Renderer] = {}
"""The themes compiled last in this process: one that is watched while its author edits it must not fill the memory."""


def compile_checked(theme: Theme, cache: CacheFolder) -> Renderer | tuple[TemplateFault, ...]:
    """The compiled theme, once a process, or what is wrong with it. Jinja2 is imported only here, when it is needed."""
    found = _RENDERERS.get(theme.digest)
    if found is not None:
        return found
    from zwgk_site.stages.render import compile_theme

    made = compile_theme(theme, CachedBytecode(cache))
    if not isinstance(made, tuple):
        while len(_RENDERERS) >= KEPT_RENDERERS:
            del _RENDERERS[next(iter(_RENDERERS))]
        _RENDERERS[theme.digest] = made
    return made
