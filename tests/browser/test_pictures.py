"""The pictures of docs/pages.zh-CN.md: one of every kind of page, each shown there, none large. They need no browser."""

from __future__ import annotations

import re

from tests.browser.pictures import FOLDER, LARGEST, LARGEST_IN_ALL, wanted_pictures
from tests.sample_column import KINDS, REPOSITORY

SHOWN = re.compile(r"!\[([^\]]+)\]\(pictures/([\w.-]+)\)")


def test_every_kind_of_page_has_its_picture() -> None:
    assert {picture.kind for picture in wanted_pictures()} == {*KINDS, "search", "redirect"}
    assert {file.name for file in FOLDER.iterdir()} == {picture.file.name for picture in wanted_pictures()}


def test_every_picture_is_shown_once_with_words() -> None:
    shown = SHOWN.findall((REPOSITORY / "docs/pages.zh-CN.md").read_text("utf-8"))
    assert sorted(name for _, name in shown) == sorted(file.name for file in FOLDER.iterdir())
    assert len({words for words, _ in shown}) == len(shown)


def test_pictures_are_small() -> None:
    sizes = [file.stat().st_size for file in FOLDER.iterdir()]
    assert max(sizes) <= LARGEST
    assert sum(sizes) <= LARGEST_IN_ALL
    assert all(file.read_bytes()[8:12] == b"WEBP" for file in FOLDER.iterdir())
