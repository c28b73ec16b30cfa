"""What must be at hand before anything is read: settings, theme, keys, folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked
from zwgk_site.model.corpus import Site
from zwgk_site.model.plan import PlanContext
from zwgk_site.model.release import RELEASE_URL, release_day
from zwgk_site.model.theme import Theme
from zwgk_site.model.wording import NO_WORDS, WordList
from zwgk_site.pipeline.cache import CacheFolder
from zwgk_site.pipeline.env import BuildEnv
from zwgk_site.pipeline.keys import checks_key, program_key, shared_key
from zwgk_site.stages.check import judge_waivers
from zwgk_site.stages.load.holidays import load_holidays
from zwgk_site.stages.load.shell import load_shell
from zwgk_site.stages.load.site_file import load_site
from zwgk_site.stages.load.synonyms import load_synonyms
from zwgk_site.stages.load.theme import load_theme, package_themes, settle_emblem
from zwgk_site.stages.load.wording_file import load_wording
from zwgk_site.stages.publish import OutputFolder, read_only_output
from zwgk_site.statute.working_days import HolidayNotice

if TYPE_CHECKING:
    from zwgk_site.pipeline.request import BuildRequest


class Settings(msgspec.Struct, frozen=True):
    """What `site.yaml` says, and the theme that it chooses."""

    site: Site
    theme: Theme
    synonyms: tuple[tuple[str, ...], ...] = ()
    holidays: tuple[HolidayNotice, ...] = ()
    words: WordList = NO_WORDS


def read_settings(root: Path) -> Checked[Settings | None]:
    """The settings of the site in `root`; `None` where they or the theme cannot be used."""
    loaded = load_site(root)
    if loaded.value is None:
        return loaded.replace(None)
    theme = load_theme(loaded.value.theme, root, package_themes())
    site = settle_emblem(loaded.value, theme.value)
    shell, synonyms, holidays, words = load_shell(root), load_synonyms(root), load_holidays(root), load_wording(root)
    judged = tuple(judge_waivers(site.value))
    findings = (
        loaded.findings
        + site.findings
        + judged
        + theme.findings
        + shell.findings
        + synonyms.findings
        + holidays.findings
        + words.findings
    )
    if theme.value is None:
        return Checked(None, findings)
    chosen = theme.value.inside(shell.value)
    return Checked(Settings(site.value, chosen, synonyms.value, holidays.value, words.value), findings)


def plan_context(request: BuildRequest, previous: OutputFolder) -> PlanContext:
    """The moment of a build, and the day of the release that it continues."""
    released_on = release_day(previous.read(RELEASE_URL))
    return PlanContext(request.today, request.moment, request.draft, released_on)


def prepare_build(request: BuildRequest, output: OutputFolder) -> Checked[BuildEnv | None]:
    """The environment of a build into `output`; `None` where settings or theme cannot be used."""
    program = program_key()
    read = read_settings(request.root)
    if read.value is None:
        return read.replace(None)
    site, theme = read.value.site, read.value.theme
    if request.kiosk:
        site = msgspec.structs.replace(site, kiosk=True)
    previous = read_only_output(request.previous) if request.previous else output
    return read.replace(
        BuildEnv(
            request.root,
            output,
            previous,
            Path(),
            CacheFolder(output.cache, program),
            site,
            theme,
            plan_context(request, previous),
            program,
            shared_key(program, site, theme, draft=request.draft),
            read.value.synonyms,
            holidays=read.value.holidays,
            words=read.value.words,
            checks=checks_key(site, read.value.holidays, read.value.words),
        )
    )
