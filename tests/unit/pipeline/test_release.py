"""What a build tells of the release that it made."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tests.sites import build, page_url, write_site
from zwgk_site.pipeline import env
from zwgk_site.pipeline.cache import CacheFolder
from zwgk_site.stages.load.theme import load_theme, package_themes

DOCUMENT = {"标题": "关于印发办法的通知", "正文": "第一版。"}


def test_a_release_names_the_files_that_differ_from_the_one_before(tmp_path: Path) -> None:
    root, out = write_site(tmp_path / "site", {"wjj": {}}, {"wjj/a.md": DOCUMENT, "wjj/b.md": {}}), tmp_path / "out"
    first = build(root, out).value
    assert first is not None
    assert {"index.html", page_url("wjj/a.md"), "assets/theme.css"} <= set(first.urls)

    write_site(root, documents={"wjj/a.md": {**DOCUMENT, "正文": "第二版。"}})
    edited = build(root, out).value
    assert edited is not None
    assert page_url("wjj/a.md") in edited.urls
    assert "search/manifest.js" in edited.urls
    assert page_url("wjj/b.md") not in edited.urls
    assert not any(url.startswith("assets/") for url in edited.urls)

    unchanged = build(root, out).value
    assert unchanged is not None
    assert unchanged.urls == ()


def test_a_release_says_when_it_changes_by_itself(tmp_path: Path) -> None:
    later = {"定时发布": "2026-11-22 10:30", "发布日期": "2026-11-22 10:30"}
    root = write_site(tmp_path / "site", {"wjj": {}}, {"wjj/a.md": {}, "wjj/b.md": later})
    made = build(root, tmp_path / "out").value
    assert made is not None
    assert made.changes_on == "2026-11-22 10:30"


def test_only_the_last_themes_stay_compiled(tmp_path: Path) -> None:
    """Whoever edits a theme while it is watched compiles a new one with every save."""
    theme = load_theme("default", tmp_path, package_themes()).value
    assert theme is not None
    for number in range(4):
        env.compile_checked(msgspec.structs.replace(theme, digest=str(number)), CacheFolder(tmp_path, b""))
    assert len(env._RENDERERS) <= env.KEPT_RENDERERS
    assert "3" in env._RENDERERS
