"""Small sites as plain dicts of URL to bytes, and the shortest way to publish one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from zwgk_site.model.release import RELEASE_URL, ChangeSet
from zwgk_site.stages.publish import OutputFolder, apply_changes, open_output, stage_file

Site = dict[str, bytes]


def site(release: int, **changes: bytes | None) -> Site:
    """A site of two departments; a keyword names a URL with `__` for `/` and `_` for `.`, None takes it out."""
    files = {
        "index.html": b"home",
        "wjj/index.html": b"wjj list",
        "wjj/2026/1.html": b"wjj one",
        "wjj/2026/2.html": b"wjj two",
        "jyj/index.html": b"jyj list",
        "jyj/2026/1.html": b"jyj one",
        RELEASE_URL: b'{"generator":"zwgk_site 0.1","release":%d}' % release,
    }
    for name, text in changes.items():
        url = name.replace("__", "/").replace("_", ".")
        files.pop(url, None)
        if text is not None:
            files[url] = text
    return files


OLD = site(1)
NEW = site(
    2,
    index_html=b"home, longer than before",
    wjj__index_html=b"new wjj list",
    wjj__2026__1_html=b"wjj one, corrected",
    wjj__2026__2_html=None,
    jyj__index_html=None,
    jyj__2026__1_html=None,
    wjj__2027__3_html=b"wjj three",
    mzj__index_html=b"mzj list",
    mzj__2026__1_html=b"mzj one",
    search__manifest_js=b"search",
)
"""Replaces, removes a page and a whole department, adds a page in a new folder, a whole department and the search."""

LAST = (RELEASE_URL, "search/manifest.js")


def stage_site(folder: OutputFolder, files: Site, *, takedown: bool = False) -> tuple[Path, ChangeSet]:
    stage = folder.new_stage()
    staged = [url for url, text in files.items() if stage_file(folder.path, stage, url, text)]
    lists = tuple(url for url in staged if url.endswith("index.html"))
    last = tuple(url for url in reversed(LAST) if url in staged)
    pages = tuple(url for url in staged if url not in {*lists, *last})
    removals = tuple(url for url in sorted(served(folder.path)) if url not in files)
    return stage, ChangeSet(removals=removals, pages=pages, lists=lists, last=last, takedown=takedown)


def publish(folder: OutputFolder, files: Site, *, takedown: bool = False, keep: int = 5) -> int:
    stage, changes = stage_site(folder, files, takedown=takedown)
    return apply_changes(folder, stage, changes, keep)


def build(output: Path, files: Site, *, takedown: bool = False, keep: int = 5) -> int:
    with open_output(output) as folder:
        return publish(folder, files, takedown=takedown, keep=keep)


def served(output: Path) -> Site:
    return {file.relative_to(output).as_posix(): file.read_bytes() for file in output.rglob("*") if file.is_file()}


def all_bytes(state: Path) -> bytes:
    """Everything a state folder holds, names included."""
    return b"\n".join(
        str(file.relative_to(state)).encode() + b"\n" + (file.read_bytes() if file.is_file() else b"")
        for file in sorted(state.rglob("*"))
    )


@contextlib.contextmanager
def opened(output: Path, *releases: Site) -> Iterator[OutputFolder]:
    """An open output in which `releases` were published one after the other."""
    with open_output(output) as folder:
        for files in releases:
            publish(folder, files)
        yield folder
