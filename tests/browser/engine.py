"""The system's Chromium for tests, the tools from npm, and the ways in which people look at a page."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.sample_column import REPOSITORY

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
ARGUMENTS = (
    "--no-sandbox", "--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
NODE_FOLDERS = (*os.environ.get("NODE_PATH", "").split(os.pathsep), str(REPOSITORY / "tests/browser/node_modules"))


def npm_file(name: str) -> Path | None:
    """A file of the npm set of `package.json`, wherever it has been installed."""
    return next((file for folder in NODE_FOLDERS if folder and (file := Path(folder) / name).is_file()), None)


AXE = npm_file("axe-core/axe.min.js")
HTML_VALIDATE = npm_file(".bin/html-validate")
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="needs a browser: chromium, chromium-browser or google-chrome"
)
needs_axe = pytest.mark.skipif(AXE is None, reason="needs axe-core: npm ci in tests/browser, or NODE_PATH")
needs_html_validate = pytest.mark.skipif(
    HTML_VALIDATE is None, reason="needs html-validate: npm ci in tests/browser, or NODE_PATH"
)


@contextlib.contextmanager
def launched_browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS), headless=True)
        yield found
        found.close()


class Mode(NamedTuple):
    """How somebody looks at a page: on what width, with which reading tools pressed, on which medium."""

    name: str
    width: int
    tools: tuple[str, ...] = ()
    media: str = "screen"
    forced: str = "none"


MODES = (
    Mode("phone", 320),
    Mode("tablet", 768),
    Mode("desk", 1440),
    Mode("elder on a phone", 320, ("elder",)),
    Mode("elder at a desk", 1440, ("elder",)),
    Mode("largest letters on a phone", 320, ("elder", "larger", "larger", "larger", "contrast")),
    Mode("high contrast", 1440, ("contrast",)),
    Mode("colours of the system", 768, forced="active"),
    Mode("paper", 643, media="print"),
)
"""643 px are what the margins of our paper leave of A4."""


def set_mode(page: Any, mode: Mode) -> None:
    """Looks at an opened page in a mode; the tools are pressed as a reader presses them, after letting all go."""
    page.set_viewport_size({"width": mode.width, "height": 900})
    page.emulate_media(media=mode.media, forced_colors=mode.forced)
    page.evaluate(
        """tools => {
          const bar = document.querySelector('.tools');
          if (!bar) return;
          const press = name => bar.querySelector('[data-tool="' + name + '"]').click();
          ['smaller', 'smaller', 'smaller'].forEach(press);
          bar.querySelectorAll('[aria-pressed="true"]').forEach(button => button.click());
          tools.forEach(press);
        }""",
        list(mode.tools),
    )


__all__ = [
    "AXE", "CHROMIUM", "HTML_VALIDATE", "MODES", "Mode", "launched_browser", "needs_axe", "needs_browser",
    "needs_html_validate", "npm_file", "set_mode",
]  # fmt: skip
