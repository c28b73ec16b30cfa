"""What must be at hand before anything is read: settings, theme, keys, folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Checked
from zwgk_site.model.plan import PlanContext
from zwgk_site.pipeline.cache import CacheFolder
from zwgk_site.pipeline.env import BuildEnv
from zwgk_site.pipeline.keys import program_key, shared_key
from zwgk_site.stages.load.site_file import load_site
from zwgk_site.stages.load.theme import load_theme, package_themes
from zwgk_site.stages.publish import OutputFolder, read_only_output

if TYPE_CHECKING:
    from zwgk_site.pipeline.request import BuildRequest


def prepare_build(request: BuildRequest, output: OutputFolder) -> Checked[BuildEnv | None]:
    """The environment of a build into `output`; `None` where settings or theme cannot be used."""
    program = program_key()
    loaded = load_site(request.root)
    site = loaded.value
    if site is None:
        return loaded.replace(None)
    theme = load_theme(site.theme, request.root, package_themes())
    findings = loaded.findings + theme.findings
    if theme.value is None:
        return Checked(None, findings)
    return Checked(
        BuildEnv(
            request.root,
            output,
            read_only_output(request.previous) if request.previous else output,
            Path(),
            CacheFolder(output.cache, program),
            site,
            theme.value,
            PlanContext(request.today, request.moment, request.draft),
            program,
            shared_key(program, site, theme.value, draft=request.draft),
        ),
        findings,
    )
