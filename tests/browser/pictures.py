"""Makes the pictures of docs/pages.zh-CN.md from the sample column: `python3 build.py pictures`."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any, NamedTuple

from tests.browser.chosen_pages import hard_pages, without_refresh
from tests.browser.engine import Mode, launched_browser, set_mode
from tests.sample_column import KINDS, REPOSITORY, built_sample

FOLDER = REPOSITORY / "docs/pictures"
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
    for file in set(FOLDER.iterdir()) - {picture.file for picture in wanted}:
        file.unlink()


if __name__ == "__main__":
    make_pictures()
