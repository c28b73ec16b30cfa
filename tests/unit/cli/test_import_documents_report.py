"""What `zwgk import` tells of documents: on the terminal, in reports and to programs; catalogues and documents in one run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.old_pages import PARAGRAPHS, TITLE, table_metadata
from tests.sites import write_file, write_site
from tests.unit.cli.runner import zwgk, zwgk_json
from tests.unit.exchange.tables import HEADER, row, write, xlsx
from tests.word_files import notice, word_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_site(tmp_path / "site", {"wjj": {}})
    write_file(tmp_path / "old" / "a.html", table_metadata(PARAGRAPHS))
    return tmp_path


def test_a_preview_shows_the_file_and_how_to_write_it(folder: Path) -> None:
    ran = zwgk("import", folder / "old" / "a.html", folder / "site")
    assert ran.returncode == 0
    assert "新增  a.html → content/wjj/2026/" in ran.stdout
    assert f"+标题: {TITLE}" in ran.stdout
    assert "确认请加 --yes" in ran.stdout
    assert "ZW059" in ran.stderr
    assert not list((folder / "site" / "content").rglob("*.md"))


def test_for_programs_everything_is_there(folder: Path) -> None:
    data = zwgk_json(
        "import", folder / "old", folder / "site", "--base-url", "https://a.example/", "--redirects", folder / "r"
    )
    result = data["result"]
    (document,) = result["documents"]
    assert result["preview"]
    assert not result["written"]
    assert document["state"] == "new"
    assert document["values"]["title"] == TITLE
    assert document["old_url"] == "https://a.example/a.html"
    assert document["new_url"].startswith("wjj/")
    assert any(line.startswith("+标题") for line in document["diff"])


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "新增 1  修改 0  不变 0"), ("en", "new 1  changed 0  unchanged 0")]
)
def test_what_was_written_is_counted(folder: Path, language: str, words: str) -> None:
    ran = zwgk("import", folder / "old", folder / "site", "--yes", "--lang", language)
    assert words in ran.stdout
    assert "zwgk check" in ran.stdout
    (made,) = (folder / "site" / "content" / "wjj").rglob("*.md")
    assert TITLE in made.read_text("utf-8")


def test_errors_set_the_exit_code(folder: Path) -> None:
    write_file(folder / "a.pdf", b"%PDF-1.4")
    assert zwgk("import", folder / "a.pdf", folder / "site").returncode == 1


def test_a_catalogue_and_its_documents_come_in_one_run(folder: Path) -> None:
    sheet = write(folder / "目录.xlsx", xlsx([HEADER, row(1)]))
    report = folder / "报告.html"
    ran = zwgk(
        "import", sheet, folder / "old", folder / "site", "--entry", "WJJ-001", "--disclosure", "主动公开",
        "--report", report, "--yes",
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "已写入 catalogs/wjj.yaml" in ran.stdout
    (made,) = (folder / "site" / "content" / "wjj").rglob("*.md")
    assert "条目: WJJ-001" in made.read_text("utf-8")
    assert made.name in report.read_text("utf-8")
    again = zwgk("import", sheet, folder / "old", folder / "site", "--entry", "WJJ-001", "--disclosure", "主动公开")
    assert "没有差别" in again.stdout
    assert "新增 0  修改 0  不变 1" in again.stdout


def test_a_folder_alone_is_of_documents_unless_it_is_a_site(folder: Path) -> None:
    assert "新增 1" in zwgk("import", folder / "old", folder=folder / "site").stdout
    assert zwgk("import", folder / "site").returncode == 2


def test_a_report_names_each_document(folder: Path) -> None:
    for name in ("r.txt", "r.json"):
        assert zwgk("import", folder / "old", folder / "site", "--report", folder / name).returncode == 0
    assert "a.html → content/wjj/2026/" in (folder / "r.txt").read_text("utf-8")
    assert json.loads((folder / "r.json").read_text("utf-8"))["documents"][0]["source"] == "a.html"


def test_a_day_of_publication_is_for_files_that_have_none(folder: Path) -> None:
    write_file(folder / "通知.docx", word_file(notice))
    both = (folder / "通知.docx", folder / "old")
    assert zwgk("import", *both, folder / "site", "--published-on", "2026-03-05", "--yes").returncode == 0
    found = {file.read_text("utf-8") for file in (folder / "site/content").rglob("*.md")}
    assert sorted("发布日期: 2026-03-05" in text for text in found) == [False, True]
    assert zwgk("import", *both, folder / "site", "--published-on", "2026-13-05").returncode == 2
