"""`zwgk search`: text for people, JSON for programs, an exit code for scripts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.search.sample_indexes import named_records, random_records, write_index
from tests.unit.cli.runner import REPOSITORY, zwgk, zwgk_json
from zwgk_site.cli.search_command import MODES
from zwgk_site.search.answer import search


@pytest.fixture(scope="module")
def column(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("column")
    write_index(folder, [named_records(), random_records(4, 20, 20)], singles=(1,))
    return folder


def test_json_is_what_the_contract_says(column):
    found = zwgk_json("search", "营商环境条例", "--output", column)
    assert set(found) >= {"total", "mode", "used", "hits", "facets"}
    assert (found["total"], found["mode"]) == (3, "exact")
    wanted = {"url", "title", "department", "document_number", "date", "score", "snippet"}
    assert all(set(hit) >= wanted for hit in found["hits"])
    assert found["hits"][0]["title"] == "营商环境条例"
    assert found["hits"][0]["document_number"] == "国办发〔2016〕80号"
    assert found["facets"]["year"] == [{"value": "2020", "label": "2020", "count": 3}]


def test_options_narrow_order_and_turn_the_page(column):
    whole = zwgk_json("search", "条例", "办法", "--output", column, "--limit", "100", "--sort", "date")
    dates = [hit["date"] for hit in whole["hits"]]
    assert dates == sorted(dates, reverse=True)
    page = zwgk_json("search", "条例", "办法", "--output", column, "--limit", "2", "--offset", "1", "--sort", "date")
    assert page["hits"] == whole["hits"][1:3]
    assert zwgk_json("search", "办法", "--output", column, "--department", "nobody")["total"] == 0
    years = zwgk_json("search", "办法", "--output", column, "--year", "2020", "--format", "json")
    assert {hit["date"][:4] for hit in years["hits"]} == {"2020"}


def test_text_numbers_the_hits_and_says_how_the_query_was_read(column):
    done = zwgk("search", "xingzhengxuke", "--output", column)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "按拼音检索：行政许可"
    assert lines[1].startswith("  1. ")
    assert "n/" in lines[2]
    assert lines[-1].startswith("共 ") or lines[-1].startswith("试试：")
    assert "\x1b" not in done.stdout
    english = zwgk("search", "xingzhengxuke", "--output", column, "--lang", "en")
    assert english.stdout.startswith("read as pinyin: 行政许可")


def test_nothing_found_is_no_error(column):
    done = zwgk("search", "“没有这样的词”", "--output", column)
    assert (done.returncode, done.stdout) == (0, "没有找到：“没有这样的词”\n")
    assert zwgk("search", "--output", column).returncode == 2


def test_a_word_left_out_is_no_option(column):
    found = zwgk_json("search", "营商环境条例", "-第七条", "--output", column)
    assert "营商环境条例 第七条" not in [hit["title"] for hit in found["hits"]]
    assert found["total"] == 2


def test_whooshs_language(column):
    found = zwgk_json("search", "--whoosh", "title:条例 AND NOT title:细则", "--output", column)
    assert found["mode"] == "whoosh"
    assert {hit["title"] for hit in found["hits"]} >= {"营商环境条例", "营商环境条例 第七条"}
    assert all("条例" in hit["title"] for hit in found["hits"])


def test_missing_old_and_damaged_indexes_are_told_apart(column, tmp_path):
    done = zwgk("search", "条例", "--output", tmp_path)
    assert done.returncode == 1
    assert "ZW620" in done.stderr
    assert "zwgk build" in done.stderr
    assert not done.stdout
    shutil.copytree(column / "search", tmp_path / "search")
    (tmp_path / "search" / "manifest.js").write_bytes(b"S(")
    done = zwgk("search", "条例", "--output", tmp_path, "--lang", "en")
    assert done.returncode == 4
    assert "ZW621" in done.stderr
    assert "damaged" in done.stderr
    shutil.copy(column / "search" / "manifest.js", tmp_path / "search" / "manifest.js")
    for head in (tmp_path / "search").glob("*/head.js"):
        head.unlink()
    done = zwgk("search", "条例", "--output", tmp_path)
    assert (done.returncode, "ZW622" in done.stderr) == (4, True)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_marks_are_bold_on_a_terminal_only(column):
    def shown(**environment: str) -> str:
        import pty

        parent, child = pty.openpty()
        command = [sys.executable, "-m", "zwgk_site", "search", "营商环境", "--output", str(column), "--limit", "1"]
        settings = {**os.environ, "PYTHONPATH": str(REPOSITORY), "TERM": "xterm", **environment}
        with subprocess.Popen(command, stdout=child, stderr=child, env=settings, cwd=REPOSITORY) as process:
            os.close(child)
            pieces = []
            try:
                while piece := os.read(parent, 65536):
                    pieces.append(piece)
            except OSError:
                pass
            process.wait()
        os.close(parent)
        return b"".join(pieces).decode()

    assert "\x1b[1m营商环境\x1b[0m" in shown()
    assert "\x1b[1m" not in shown(NO_COLOR="1")


def test_every_reading_has_its_line(column):
    modes = {
        search(column, text).mode for text in ("条例", "示政发2024 12", "xzxk", "低保", "营伤环境", "怎么申请许可")
    }
    assert modes <= set(MODES)
    assert all((zh and en) or mode in {"exact", "none"} for mode, (zh, en) in MODES.items())


def test_json_can_be_read_whatever_the_query(column):
    for text in (
        "",
        "'",
        '"',
        "\\",
        "-",
        "部门:",
        "年:x",
        "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        "😀",
        "a" * 500,
    ):
        done = zwgk("search", text, "--output", column, "--json")
        assert done.returncode == 0, (text, done.stderr)
        json.loads(done.stdout)
