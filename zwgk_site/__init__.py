"""Publishes government disclosure catalogues (政府信息公开目录) as a static, checked column.

The names in `__all__` are the public API, described in `docs/api.md`. Each is imported when it is first asked for, so that
`import zwgk_site` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from zwgk_site.model.version import VERSION

if TYPE_CHECKING:
    from zwgk_site.diagnostics import Checked, Diagnostic, Rule, Severity, Span
    from zwgk_site.pipeline.build import Release, build_site
    from zwgk_site.pipeline.request import BuildRequest

__all__ = ["BuildRequest", "Checked", "Diagnostic", "Release", "Rule", "Severity", "Span", "build_site"]
__version__ = VERSION

_HOMES = {
    "BuildRequest": "zwgk_site.pipeline.request",
    "Checked": "zwgk_site.diagnostics",
    "Diagnostic": "zwgk_site.diagnostics",
    "Release": "zwgk_site.pipeline.build",
    "Rule": "zwgk_site.diagnostics",
    "Severity": "zwgk_site.diagnostics",
    "Span": "zwgk_site.diagnostics",
    "build_site": "zwgk_site.pipeline.build",
}


def __getattr__(name: str) -> object:
    """A public name from the module that defines it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    """All public names, imported or not."""
    return sorted({*globals(), *_HOMES})
