"""What wakes a preview, and what does not."""

from __future__ import annotations

import pytest

from zwgk_site.preview.names import is_input


@pytest.mark.parametrize(
    "path",
    [
        "site.yaml", "wording.yaml", "holidays.YML", "catalogs/wjj.yaml", "content/wjj/2026/通知.md",
        "content/wjj/附件/表.xlsx", "content/wjj/a~b.md", "themes/own/templates/entry.html", "overrides/assets/theme.css",
        "shell/header.html", "content", "content/wjj", "content/wjj/20261121/通知.md", "content/wjj/4913/a.md",
    ],
)  # fmt: skip
def test_what_a_build_reads(path: str) -> None:
    assert is_input(path.split("/"))


@pytest.mark.parametrize(
    "path",
    [
        "public/index.html", ".public.zwgk/cache/site", "public-draft/wjj/index.html", "体检.xlsx", "README.md",
        ".git/index", ".git/refs/heads/main", "catalogs/.wjj.yaml.swp", "catalogs/wjj.yaml~", "catalogs/4913",
        "catalogs/#wjj.yaml#", "catalogs/.#wjj.yaml", "content/wjj/~$通知.docx", "content/wjj/.~lock.表.xlsx#",
        "content/wjj/通知.md.tmp", "content/wjj/B2C3D4E0", "content/wjj/a.pdf.crdownload", "content/wjj/Thumbs.db",
        "content/wjj/a.md___jb_tmp___", "content/.git/x.md", "content/__MACOSX/a.md", "",
    ],
)  # fmt: skip
def test_what_is_none_of_it(path: str) -> None:
    assert not is_input(path.split("/") if path else ())


@pytest.mark.parametrize(("name", "counts"), [("20261121", True), ("4913", True), ("a.part", True), (".git", False)])
def test_a_folder_may_be_called_what_a_left_over_file_is(name: str, counts: bool) -> None:
    assert is_input(("content", "wjj", name), is_folder=True) is counts
    assert not is_input(("content", "wjj", name))
