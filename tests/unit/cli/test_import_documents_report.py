"""What an import of documents tells: on the terminal and to programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.old_pages import PARAGRAPHS, TITLE, table_metadata
from tests.sites import write_file, write_site
from zwgk_site.cli.import_documents_report import show_imported
from zwgk_site.pipeline.import_documents import ImportRequest, import_documents


@pytest.fixture
def request_of(tmp_path: Path) -> ImportRequest:
    write_site(tmp_path / "site", {"wjj": {}})
    write_file(tmp_path / "a.html", table_metadata(PARAGRAPHS))
    return ImportRequest(
        tmp_path / "site", (tmp_path / "a.html",), redirects=tmp_path / "r", base_url="https://a.example/"
    )


def test_a_preview_shows_the_file_and_how_to_write_it(
    request_of: ImportRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    code = show_imported(import_documents(request_of), request_of.site, "zh", write=False)
    told = capsys.readouterr()
    assert code == 0
    assert "新增  a.html → content/wjj/2026/" in told.out
    assert f"+标题: {TITLE}" in told.out
    assert "确认请加 --yes" in told.out
    assert "ZW059" in told.err


def test_for_programs_everything_is_there(request_of: ImportRequest, capsys: pytest.CaptureFixture[str]) -> None:
    show_imported(import_documents(request_of), request_of.site, "zh", write=False, as_json=True)
    result = json.loads(capsys.readouterr().out)["result"]
    (document,) = result["documents"]
    assert result["preview"]
    assert document["state"] == "new"
    assert document["values"]["title"] == TITLE
    assert document["old_url"] == "https://a.example/a.html"
    assert document["new_url"].startswith("wjj/")
    assert any(line.startswith("+标题") for line in document["diff"])


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "新增 1  修改 0  不变 0"), ("en", "new 1  changed 0  unchanged 0")]
)
def test_what_was_written_is_counted(
    request_of: ImportRequest, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    import msgspec

    found = import_documents(msgspec.structs.replace(request_of, write=True))
    show_imported(found, request_of.site, language, write=True)
    told = capsys.readouterr().out
    assert words in told
    assert "zwgk check" in told


def test_errors_set_the_exit_code(request_of: ImportRequest, tmp_path: Path) -> None:
    import msgspec

    write_file(tmp_path / "a.pdf", b"%PDF-1.4")
    found = import_documents(msgspec.structs.replace(request_of, files=(tmp_path / "a.pdf",)))
    assert show_imported(found, request_of.site, "zh", write=False) == 1
