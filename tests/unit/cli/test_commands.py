"""What all commands have in common: help with an example, exit codes, languages; and `explain`, `schema`, `rollback`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.sites import build, write_site
from tests.unit.cli.runner import REPOSITORY, zwgk, zwgk_json
from zwgk_site.cli.main import COMMANDS, EXIT_BUG, EXIT_MACHINE, _tell_fault, main
from zwgk_site.cli.schemas import FILES, WRITTEN, make_schema
from zwgk_site.diagnostics import Span
from zwgk_site.model.fields import RECORDS
from zwgk_site.stages.publish.machine import DISK_FULL, MachineError


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example_and_both_languages(command: str) -> None:
    said = zwgk(command, "--help")
    assert said.returncode == 0
    assert "例 (example):" in said.stdout
    assert f"zwgk {command}" in said.stdout
    assert any("\u4e00" <= char <= "\u9fff" for char in said.stdout)


def test_usage_faults_are_2() -> None:
    assert zwgk("nothing").returncode == 2
    assert zwgk("build", "--jobs", "many").returncode == 2
    assert zwgk("explain", "ZW118", "--lang", "fr").returncode == 2


def test_a_fault_of_ours_is_3_and_told_plainly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["zwgk", "check"])
    assert _tell_fault(KeyError("title")) == EXIT_BUG == 3
    said = capsys.readouterr().err
    assert "ZW999" in said
    assert "没有改动您的文件" in said
    assert "Traceback" not in said
    monkeypatch.setattr(sys, "argv", ["zwgk", "check", "--lang", "en"])
    _tell_fault(KeyError("title"))
    assert "internal error" in capsys.readouterr().err


def test_a_fault_of_the_machine_is_4(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    fault = MachineError(DISK_FULL.at(Span("public"), path="public", reason="full"))
    assert _tell_fault(fault) == EXIT_MACHINE == 4
    assert "ZW702" in capsys.readouterr().err
    root = write_site(tmp_path / "site", {"wjj": {}})
    (tmp_path / "taken").write_text("not a folder")
    said = zwgk("build", root, "--output", tmp_path / "taken", "--lang", "en")
    assert said.returncode == 4
    assert "error ZW706" in said.stderr


def test_explain_tells_all_of_a_rule() -> None:
    chinese, english = zwgk("explain", "ZW202").stdout, zwgk("explain", "zw202", "--lang", "en").stdout
    for words in ("错误", "保留上一版", "重复", "依据：国办秘函〔2009〕6号", "例子：", "怎么改："):
        assert words in chinese
    for words in ("error", "keeps its last release", "used twice", "basis: ", "example: ", "how to mend: "):
        assert words in english
    assert zwgk("explain", "２０２").stdout == chinese


def test_explain_knows_the_codes_that_the_machine_and_we_ourselves_use() -> None:
    for code in ("ZW703", "ZW730", "ZW999"):
        assert zwgk("explain", code).returncode == 0


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    said = zwgk("explain", "ZW1181")
    assert said.returncode == 2
    assert "ZW118" in said.stderr
    assert zwgk("explain", "ZW11", "--lang", "en").returncode == 2
    assert zwgk("explain", "什么").returncode == 2


def test_explain_without_a_code_lists_all() -> None:
    text, data = zwgk("explain").stdout, zwgk_json("explain")
    codes = [rule["code"] for rule in data["rules"]]
    assert codes == sorted(set(codes))
    assert len(codes) > 70
    assert all(f"  {code} " in text for code in codes)
    one = zwgk_json("explain", "ZW118")
    assert (one["severity"], one["blocks"]) == ("error", True)
    assert "{" not in one["example"]["zh"] + one["example"]["en"]


def test_schemas_in_the_repository_are_current(tmp_path: Path) -> None:
    """`zwgk schema --write schema` renews them."""
    assert zwgk("schema", "--write", tmp_path / "schema").returncode == 0
    fresh = {file.name: file.read_bytes() for file in (tmp_path / "schema").iterdir()}
    assert fresh == {file.name: file.read_bytes() for file in (REPOSITORY / "schema").iterdir()}
    assert set(fresh) == {f"{name}.schema.json" for name in (*FILES, *WRITTEN)}


def test_schema_to_stdout_is_json() -> None:
    assert json.loads(zwgk("schema", "catalog").stdout) == make_schema("catalog")
    assert set(json.loads(zwgk("schema").stdout)) == {*FILES, *WRITTEN}
    assert "公开时限" in zwgk("schema", "catalog", "--format", "text").stdout
    assert "* errors" in zwgk("schema", "check", "--format", "text").stdout


@pytest.mark.parametrize("name", FILES)
def test_schema_takes_every_name_and_suggests_the_chinese_ones(name: str) -> None:
    import re

    schema = make_schema(name)
    if "items" in schema:  # a list of records
        schema = schema["items"]["anyOf"][0]
    record = RECORDS[FILES[name][0]]
    assert list(schema["properties"]) == [field.key for field in record.fields]
    for field in record.fields:
        for form in (field.name, *field.aliases):
            assert sum(bool(re.search(pattern, form)) for pattern in schema["patternProperties"]) == 1
        assert schema["properties"][field.key]["title"] == field.key
        assert field.title in schema["properties"][field.key]["description"]
    assert schema["additionalProperties"] is True


def test_schema_names_in_the_sample_lead_to_the_schemas() -> None:
    for file in (REPOSITORY / "site.yaml", *(REPOSITORY / "catalogs").glob("*.yaml")):
        first = file.read_text("utf-8").partition("\n")[0]
        assert (file.parent / first.partition("$schema=")[2]).is_file(), file


def test_rollback_there_and_back(tmp_path: Path) -> None:
    root, out = write_site(tmp_path / "site", {"wjj": {}}, {"wjj/a.md": {}}), tmp_path / "site/public"
    build(root, out)
    page = next((out / "wjj/2026").glob("*.html"))
    old = page.read_bytes()
    write_site(root, {}, {"wjj/a.md": {"标题": "改过的标题"}})
    build(root, out)
    new = page.read_bytes()
    assert old != new

    listed = zwgk_json("rollback", out, "--list")
    assert (listed["standing"], listed["reachable"]) == (2, [1])
    assert [item["number"] for item in listed["releases"]] == [1, 2]
    assert "现为第 2 版" in zwgk("rollback", "--site", root, "--list").stdout

    said = zwgk("rollback", out)
    assert said.returncode == 0
    assert "已退回到第 1 版（原为第 2 版）" in said.stdout
    assert page.read_bytes() == old
    build(root, out)
    assert page.read_bytes() == new
    assert zwgk_json("rollback", "--site", root, "--to", "1")["to"] == 1
    assert page.read_bytes() == old


def test_rollback_that_cannot_be(tmp_path: Path) -> None:
    root, out = write_site(tmp_path / "site", {"wjj": {}}), tmp_path / "site/public"
    assert zwgk("rollback", out).returncode == 4
    build(root, out)
    said = zwgk("rollback", out, "--to", "7", "--lang", "en")
    assert said.returncode == 4
    assert "ZW712" in said.stderr
    assert zwgk("rollback", out, "--site", root).returncode == 2
    assert not (tmp_path / "none").exists()


def test_no_threads_are_started_for_algebra(monkeypatch):
    """They would cost every edit a tenth of a second of the other core."""
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    with pytest.raises(SystemExit):
        main(["--version"])
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    with pytest.raises(SystemExit):
        main(["--version"])
    assert os.environ["OPENBLAS_NUM_THREADS"] == "3"
