"""A check: the first walk of a build without an output. Finds what a build would find, publishes and locks nothing.

Faults of templates that only made pages show are left to the build: one that fails on a page's data (ZW510), and meta
tags that a theme hides or writes once more (ZW871 to ZW873).
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, sort_findings
from zwgk_site.model.release import RELEASE_URL, is_own_release
from zwgk_site.pipeline.cache import CacheFolder
from zwgk_site.pipeline.env import BuildEnv, compile_checked
from zwgk_site.pipeline.keys import checks_key, program_key
from zwgk_site.pipeline.prepare import plan_context, read_settings
from zwgk_site.pipeline.record import MARKER, NOTHING_BEFORE, SiteRecord
from zwgk_site.pipeline.standing import CheckedSite, describe_site
from zwgk_site.pipeline.stats import Stats
from zwgk_site.pipeline.survey import Survey
from zwgk_site.pipeline.tasks import KEPT_HERE, make_runner
from zwgk_site.pipeline.workers import Here
from zwgk_site.stages.publish import OutputFolder, machine_faults, read_only_output
from zwgk_site.stages.publish.folder import read_if_there, state_of

if TYPE_CHECKING:
    from zwgk_site.pipeline.request import BuildRequest


class BorrowedCache(CacheFolder, frozen=True):
    """A cache of its own that also reads from the last build's, and never writes into that.

    `whole`: the last build came to its end, so that all it kept belongs together; else only what depends on nothing
    but a file is borrowed.
    """

    lender: Path
    whole: bool = False

    def get_bytes(self, name: str) -> bytes | None:
        """Our own value, else the lender's."""
        found = super().get_bytes(name)
        if found is None and (
            self.whole or name.endswith(".load") or ".load-" in name or name.startswith("templates/")
        ):
            found = CacheFolder(self.lender, self.version).get_bytes(name)
        return found


def check_site(request: BuildRequest) -> Checked[CheckedSite | None]:
    """Everything a build of `request` would find; `None` where the settings or the theme can't be used.

    The last release is read from `request.previous`, or from the output if it holds one of ours.
    """
    with tempfile.TemporaryDirectory(prefix="zwgk-check-") as folder:
        prepared = _prepare(request, Path(folder))
        if prepared.value is None:
            return Checked(None, sort_findings(prepared.findings))
        return _look(prepared.value, request, prepared.findings)


def _prepare(request: BuildRequest, folder: Path) -> Checked[BuildEnv | None]:
    """Settings and theme as a build reads them, around folders of our own."""
    read = read_settings(request.root)
    if read.value is None:
        return read.replace(None)
    site, theme, findings = read.value.site, read.value.theme, read.findings
    program = program_key()
    published = request.output.expanduser().resolve()
    own = OutputFolder(folder / "public", folder / "state")
    lender = OutputFolder(published, state_of(published)).cache
    whole = request.previous is None and CacheFolder(lender, program).get_bytes(MARKER) is None
    cache = BorrowedCache(folder / "cache", program, lender, whole)
    faults = compile_checked(theme, cache)
    if isinstance(faults, tuple):
        findings += tuple(fault.finding(theme) for fault in faults)
    previous = read_only_output(request.previous) if request.previous else _last_release(published, own)
    context = plan_context(request, previous)
    env = BuildEnv(
        request.root, own, previous, folder, cache, site, theme, context, program, b"",
        holidays=read.value.holidays, words=read.value.words,
        checks=checks_key(site, read.value.holidays, read.value.words),
    )  # fmt: skip
    return Checked(env, findings)


def _last_release(published: Path, otherwise: OutputFolder) -> OutputFolder:
    """The output if it holds a release of ours."""
    with machine_faults(published):
        data = read_if_there(published / RELEASE_URL)
    return OutputFolder(published, state_of(published)) if data is not None and is_own_release(data) else otherwise


def _look(env: BuildEnv, request: BuildRequest, findings: tuple[Diagnostic, ...]) -> Checked[CheckedSite | None]:
    """The first walk over every department that has changed since the last build, and the look across."""
    survey = Survey(env, request, _last_record(env), Stats())
    survey.findings.extend(findings)
    survey.scan()
    env = survey.env = msgspec.structs.replace(env, beside=survey.may_fork)
    survey.walk(Here(make_runner(env, KEPT_HERE), env.limits()), survey.changed())
    found = survey.all_findings()
    return Checked(describe_site(survey), found)


def _last_record(env: BuildEnv) -> SiteRecord:
    """What the last build found, if it was this program's and came to its end."""
    cache = env.cache
    record = cache.get("site", SiteRecord) if isinstance(cache, BorrowedCache) and cache.whole else None
    return record if record is not None and record.program == env.program else NOTHING_BEFORE
