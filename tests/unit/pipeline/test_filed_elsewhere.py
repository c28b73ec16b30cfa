"""An entry that another department fills is not empty, whether or not anything has changed since the last build."""

from __future__ import annotations

from pathlib import Path

from tests.sites import age, build, codes, entry, write_site
from zwgk_site.pipeline.check import check_site
from zwgk_site.pipeline.request import BuildRequest


def test_builds_with_and_without_changes_and_a_check_say_the_same(tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "public"
    entries = [entry("wjj", 1), entry("wjj", 2)]
    documents = {
        "wjj/2026/a.md": {"条目": "WJJ-001"},
        "jyj/2026/b.md": {"条目": ["JYJ-001", "wjj:WJJ-002"]},
    }
    write_site(root, {"wjj": {"目录": entries}, "jyj": {}}, documents)
    age(root)
    first = build(root, out)
    again = build(root, out)
    assert again.value is not None
    assert again.value.written == 0
    checked = check_site(BuildRequest(root, out, "2026-11-21 09:00"))
    assert "ZW215" not in codes(first) | codes(again) | codes(checked)
    write_site(root, documents={"jyj/2026/b.md": {"条目": "JYJ-001"}})
    assert "ZW215" in codes(build(root, out))
    assert "ZW215" in codes(build(root, out))
