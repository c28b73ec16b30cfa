"""Attachments that take long never hold a department back: what is not read says so, and waits for the next build."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.sites import age, build, page_url, served, write_site
from tests.unit.stages.load.attachment_files import docx, paragraph, pdf
from tests.unit.stages.load.hostile_files import HOSTILE, pdf_of, stream
from zwgk_site.pipeline import attachment_texts
from zwgk_site.pipeline.workers import Failure, Limits, run_limited
from zwgk_site.stages.load import reading_client
from zwgk_site.stages.load.attachment_text import read_attachment
from zwgk_site.text import office_parts

ID = "441302198001011237"


def _unread(built) -> list[str]:
    return [finding.message() for finding in built.findings if finding.code == "ZW830"]


def test_a_document_with_attachments_made_to_do_harm_is_published_and_the_clerk_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_parts, "SECONDS_LIMIT", 2.0)
    names = ("a tag without end", "a bomb of paragraphs", "entities", "100,000 paragraphs", "many long pages")
    files = {f"fj{number}.{HOSTILE[name][0]}": HOSTILE[name][1]() for number, name in enumerate(names)}
    files["slow.pdf"] = pdf_of(stream(b"BT /F1 12 Tf " + b"(a) Tj " * 5_000_000))
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {}}, {"wjj/a.md": {"附件": list(files)}})
    write_site(root, files={f"content/wjj/{name}": data for name, data in files.items()})
    built = build(root, out)
    assert built.value is not None
    assert built.value.held == ()
    assert page_url("wjj/a.md") in served(out)
    assert set(files.values()) <= set(served(out).values())
    (said,) = _unread(built)
    assert "没有查完的 pdf 2 个" in said
    assert "没有查完的 docx" in said
    assert "ZW831" in {finding.code for finding in built.findings}


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_department_out_of_time_leaves_no_reading_process(tmp_path: Path) -> None:
    file = tmp_path / "slow.pdf"
    file.write_bytes(HOSTILE["many long pages"][1]())
    assert run_limited(read_attachment, file, Limits(2, 4096)) == Failure("time")
    assert reading_client._running == {}
    assert run_limited(read_attachment, file.with_name("absent.pdf"), Limits(2, 4096)).status == "damaged"


def test_attachments_for_which_there_was_no_time_are_read_by_the_next_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachment_texts, "SHARE", 10**9)
    files = {"a.docx": docx(paragraph("说明")), "b.docx": docx(paragraph(f"证{ID}")), "c.pdf": pdf("one", f"ID {ID}")}
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {}}, {"wjj/a.md": {"附件": list(files)}})
    write_site(root, files={f"content/wjj/{name}": data for name, data in files.items()})
    age(root)
    first = build(root, out)
    assert _unread(first) == [first_words("还没有查的 docx 1 个、还没有查的 pdf 1 个", 2)]
    assert not [finding for finding in first.findings if finding.code == "ZW260"]
    assert _unread(build(root, out)) == [first_words("还没有查的 pdf 1 个", 1)]
    last = build(root, out)
    assert _unread(last) == []
    assert len([finding for finding in last.findings if finding.code == "ZW260"]) == 2
    assert build(root, out).findings == last.findings


def first_words(names: str, count: int) -> str:
    return f"有 {count} 个附件的内容未检查或没有查完（{names}），请人工核对有没有个人信息"
