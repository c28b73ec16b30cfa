"""Two looks at a site differ in the folders whose files have changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.sites import write_site
from zwgk_site.preview.snapshot import Snapshot, differences, take_snapshot


def look(root: Path) -> Snapshot:
    found = take_snapshot(root)
    assert found is not None
    return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(
        tmp_path / "site",
        {"wjj": {}, "jyj": {}},
        {"wjj/2026/a.md": {}, "jyj/b.md": {}},
        files={"overrides/x.css": "a{}"},
    )


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("site.yaml", ""), ("catalogs/wjj.yaml", "catalogs"), ("content/wjj/2026/a.md", "content/wjj/2026"),
        ("overrides/x.css", "overrides"), ("content/wjj/20261121/c.md", "content/wjj/20261121"),
    ],
)  # fmt: skip
def test_an_edit_shows_in_its_folder(site: Path, path: str, where: str) -> None:
    (site / path).parent.mkdir(exist_ok=True)
    (site / path).touch()
    before = look(site)
    with (site / path).open("a") as file:
        file.write("\n")
    assert differences(before, look(site)) == (where,)


def test_new_deleted_renamed_and_touched_files_show(site: Path) -> None:
    seen = look(site)
    for act in (
        lambda: (site / "content/wjj/c.md").write_text("c"),
        lambda: (site / "content/wjj/c.md").rename(site / "content/wjj/d.md"),
        lambda: os.utime(site / "content/wjj/d.md", (1, 1)),
        (site / "content/wjj/d.md").unlink,
    ):
        act()
        now = look(site)
        assert differences(seen, now) == ("content/wjj",)
        seen = now


def test_output_and_left_overs_do_not_show(site: Path) -> None:
    before = look(site)
    for path in ("public/index.html", ".public.zwgk/lock", "content/wjj/.a.md.swp", "content/wjj/a.md~", "notes.txt"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text("x")
    assert differences(before, look(site)) == ()


def test_links_are_followed_inside_the_site_only_and_never_in_circles(site: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.md").write_text("x")
    (site / "store").mkdir()
    (site / "store/c.md").write_text("c")
    (site / "content/wjj/out").symlink_to(tmp_path / "outside")
    (site / "content/wjj/in").symlink_to(site / "store")
    (site / "content/wjj/circle").symlink_to(site / "content")
    before = look(site)
    assert not any("out" in name for name in before)
    assert not any("circle" in name for name in before)
    (site / "store/c.md").write_text("changed")
    assert differences(before, look(site)) == ("content/wjj/in",)


def test_a_look_can_be_broken_off(site: Path) -> None:
    assert take_snapshot(site, lambda: True) is None


def test_a_site_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert look(tmp_path / "nothing").keys() == {""}
