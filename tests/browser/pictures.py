"""Makes the pictures of docs/pages.zh-CN.md from the sample column, and those of docs/start.zh-CN.md: `python3 build.py pictures`."""

from __future__ import annotations

import base64
import html
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from tests import journey
from tests.browser.chosen_pages import hard_pages, without_refresh
from tests.browser.engine import Mode, launched_browser, set_mode
from tests.sample_column import KINDS, REPOSITORY, built_sample

FOLDER = REPOSITORY / "docs/pictures"
STEPS = REPOSITORY / "docs/steps"
LARGEST, LARGEST_IN_ALL = 60_000, 2_000_000
QUALITIES = (60, 45, 30, 20)
DESK = Mode("1280", 1280)
PHONE = Mode("360", 360)
OTHERS = (
    Mode("360-elder", 360, ("elder",)),
    Mode("1280-contrast", 1280, ("contrast",)),
    Mode("643-print", 643, media="print"),
)
BOTH_WIDTHS = ("home", "department", "catalog", "document", "search")
CHOSEN = {
    "department": "wjj/index.html", "catalog": "wjj/catalog.html", "document": "wjj/2026/00004.html",
    "entry": "wjj/e/WJJ-012.html", "search": "search.html?q=养老",
}  # fmt: skip
"""Pages that show more of their kind than the largest would."""


class Picture(NamedTuple):
    """One picture: of which kind of page, seen how."""

    kind: str
    mode: Mode

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.kind.replace(' ', '-')}-{self.mode.name}.webp"


def wanted_pictures() -> list[Picture]:
    kinds = [Picture(kind, DESK) for kind in sorted({*KINDS, "search", "redirect"})]
    return kinds + [Picture(kind, PHONE) for kind in BOTH_WIDTHS] + [Picture("document", mode) for mode in OTHERS]


def take_picture(page: Any, picture: Picture, output: Path, url: str) -> bytes:
    """The upper part of a page as WebP, in the best quality that is small enough."""
    file, mark, question = url.partition("?")
    address = (output / file).as_uri()
    text = without_refresh((output / file).read_text("utf-8"))
    page.route(address + "*", lambda route: route.fulfill(body=text, content_type="text/html"))
    page.goto(address + mark + question, wait_until="load")
    set_mode(page, picture.mode)
    page.wait_for_timeout(1500 if question else 100)
    session = page.context.new_cdp_session(page)
    shot = b""
    for quality in QUALITIES:
        shot = base64.b64decode(session.send("Page.captureScreenshot", {"format": "webp", "quality": quality})["data"])
        if len(shot) <= LARGEST:
            break
    page.unroute_all()
    return shot


TYPED = ("init", "import-preview", "import", "documents", "check", "build", "pack-zip", "pack-usb")
"""The commands of `tests/journey.py`, in order."""
LOOKED_AT = {"column": "wjj/index.html", "searched": "search.html?q=预防接种"}
LINES = 26


def wanted_steps() -> tuple[str, ...]:
    return (*TYPED, *LOOKED_AT)


def terminal(step: journey.Step) -> str:
    """A command and the first lines of what it said, as a terminal shows them."""
    said = [line for line in step.said.splitlines() if line.strip()]
    lines = said if len(said) <= LINES else [*said[: LINES - 5], "…", *said[-4:]]
    text = html.escape("\n".join(line[:110] for line in (f"> {step.command}", *lines)))
    style = "margin:0;padding:16px;background:#111;color:#eee;font:15px/1.5 'Noto Sans Mono CJK SC',monospace;white-space:pre-wrap"
    return f'<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><body style="margin:0"><pre style="{style}">{text}</pre></body></html>'


def make_steps(browser: Any) -> None:
    """The way of docs/start.zh-CN.md, step by step: what the terminal shows, then the column on the stick."""
    STEPS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        journey.write_clerks_folder(folder)
        page = browser.new_context(viewport={"width": 1000, "height": 400}, device_scale_factor=0.75).new_page()
        for name, step in zip(TYPED, journey.go(folder), strict=True):
            page.set_content(terminal(step))
            _save(page, STEPS / f"{name}.webp", full=True)
        page.set_viewport_size({"width": 1000, "height": 1100})
        for name, url in LOOKED_AT.items():
            file, mark, question = url.partition("?")
            page.goto((folder / journey.STICK / file).as_uri() + mark + question)
            page.wait_for_timeout(1500)
            _save(page, STEPS / f"{name}.webp", full=False)


def _save(page: Any, file: Path, *, full: bool) -> None:
    session = page.context.new_cdp_session(page)
    options = {"format": "webp", "quality": 50, "captureBeyondViewport": full}
    if full:
        box = page.evaluate("() => ({width: 1000, height: document.body.scrollHeight})")
        options["clip"] = {"x": 0, "y": 0, "scale": 1, **box}
    file.write_bytes(base64.b64decode(session.send("Page.captureScreenshot", options)["data"]))


def make_pictures() -> None:
    """All pictures anew; what is no longer wanted goes."""
    output, wanted = built_sample(), wanted_pictures()
    pages = hard_pages(output) | CHOSEN
    FOLDER.mkdir(exist_ok=True)
    with launched_browser() as browser:
        for picture in wanted:
            context = browser.new_context(device_scale_factor=0.75 if picture.mode.width == DESK.width else 1)
            picture.file.write_bytes(take_picture(context.new_page(), picture, output, pages[picture.kind]))
            context.close()
        make_steps(browser)
    for file in set(FOLDER.iterdir()) - {picture.file for picture in wanted}:
        file.unlink()


if __name__ == "__main__":
    make_pictures()
