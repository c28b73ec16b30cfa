"""The site's own words: a change of the list scans every text again, no change scans none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sites import TODAY, build, write_site
from zwgk_site.pipeline.check import check_site
from zwgk_site.pipeline.request import BuildRequest
from zwgk_site.stages.load import department
from zwgk_site.stages.load.scan import scan_department
from zwgk_site.stages.load.wording_file import load_wording

DOCUMENTS = {
    f"wjj/2026/{number}.md": {"标题": f"通知{number}", "正文": "县卫计委请各单位遵照执行。"} for number in (1, 2)
}


def _words(root: Path, out: Path) -> list[tuple[str, str]]:
    found = check_site(BuildRequest(root, out, f"{TODAY} 23:59")).findings
    return [(item.span.file[-4:], str(dict(item.facts)["wrong"])) for item in found if item.code == "ZW820"]


def test_new_words_are_looked_for_in_texts_that_were_read_before(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", {"wjj": {}}, DOCUMENTS)
    out = tmp_path / "public"
    build(root, out)
    build(root, out)
    assert _words(root, out) == []
    (root / "wording.yaml").write_text("- [县卫计委, 县卫生健康局]\n", "utf-8")
    wanted = [("1.md", "县卫计委"), ("2.md", "县卫计委")]
    assert _words(root, out) == wanted
    again = build(root, out)
    assert [item.code for item in again.findings].count("ZW820") == 2
    assert [item.code for item in build(root, out).findings].count("ZW820") == 2
    (root / "wording.yaml").unlink()
    assert _words(root, out) == []


def test_texts_are_read_again_only_when_the_words_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_site(tmp_path / "site", {"wjj": {}}, DOCUMENTS)
    read: list[str] = []
    whole = department.read_file

    def note(path: Path, file: str) -> object:
        if file.endswith(".md"):
            read.append(path.name)
        return whole(path, file)

    monkeypatch.setattr(department, "read_file", note)
    monkeypatch.setattr(department, "is_old", lambda *_: True)
    scan = scan_department(root, "wjj")
    first = department.load_department(root, scan, None).value.state
    department.load_department(root, scan, first)
    assert read == ["1.md", "2.md"]
    (root / "wording.yaml").write_text("- [县卫计委, 县卫生健康局]\n", "utf-8")
    words = load_wording(root).value
    second = department.load_department(root, scan, first, words)
    assert read == ["1.md", "2.md"] * 2
    assert all(document.facts.clues for document in second.value.documents)
    department.load_department(root, scan, second.value.state, words)
    assert read == ["1.md", "2.md"] * 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(text=st.text(alphabet=st.sampled_from("- {}[]:,错对不查禁用说明县卫计委\n\t\"'#&*!|\u200b"), max_size=80))
def test_whatever_the_list_holds_only_findings_come_of_it(text: str, tmp_path: Path) -> None:
    (tmp_path / "wording.yaml").write_bytes(text.encode())
    loaded = load_wording(tmp_path)
    assert all(item.span.file == "wording.yaml" for item in loaded.findings)
    assert all(2 <= len(wrong) <= 40 and right and wrong != right for wrong, right, _ in loaded.value.pairs)
    assert all(len(word) >= 2 for word, _ in loaded.value.banned)
