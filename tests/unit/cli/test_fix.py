"""`zwgk fix`: shows first, writes only with --yes, changes nothing but what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sites import build, credit_code, write_site
from tests.unit.cli.runner import zwgk, zwgk_json
from zwgk_site.exchange.changes import FileChange, write_change

FRONT = """\
---
# 办公室 2026-03-05 录入
标题: "关于甲的通知"   # 不要改引号
条目: WJJ-001

成文日期: 2026-03-02
发布日期: 2026-03-05
公开方式: 主动公开
---

索引号: 正文里的这一行不算
"""


def _site(tmp_path: Path, *texts: str | bytes, code: bool = True) -> Path:
    values = {} if code else {"统一社会信用代码": None}
    documents = {f"wjj/2026/{number}.md": text for number, text in enumerate(texts, 1)}
    return write_site(tmp_path / "site", {"wjj": values}, documents)


def _read(root: Path, number: int = 1) -> bytes:
    return (root / f"content/wjj/2026/{number}.md").read_bytes()


def test_numbers_are_shown_and_only_then_written(tmp_path: Path) -> None:
    root = _site(tmp_path, FRONT)
    shown = zwgk("fix", root, "--assign-index-numbers")
    line = f"索引号: {credit_code('wjj')}/2026-00001"
    assert shown.returncode == 0
    assert f"+{line}" in shown.stdout.splitlines()
    assert "--- a/content/wjj/2026/1.md" in shown.stdout
    assert "还没有写入" in shown.stdout
    assert _read(root) == FRONT.encode()

    assert zwgk("fix", root, "--assign-index-numbers", "--yes").returncode == 0
    rows = _read(root).decode().splitlines(keepends=True)
    assert rows.pop(3) == f"{line}\n"
    assert "".join(rows) == FRONT
    assert "没有需要改的" in zwgk("fix", root, "--assign-index-numbers", "--yes").stdout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_numbers_keep_encoding_and_line_ends(encoding: str, end: str, tmp_path: Path) -> None:
    text = FRONT.replace("\n", end)
    root = _site(tmp_path, text.encode(encoding))
    zwgk("fix", root, "--assign-index-numbers", "--yes")
    number = f"索引号: {credit_code('wjj')}/2026-00001{end}"
    place = text.index("条目")
    assert _read(root) == (text[:place] + number + text[place:]).encode(encoding)


def test_serials_go_on_from_the_highest_in_order_of_date_and_path(tmp_path: Path) -> None:
    prefix = credit_code("wjj")
    root = _site(
        tmp_path,
        FRONT.replace("2026-03-05\n公开", "2026-04-01\n公开"),
        FRONT,
        FRONT.replace("发布日期: 2026-03-05\n", ""),
        FRONT.replace("条目:", f"索引号: {prefix}/2026-00041\n公开程度: 不予公开\n条目:"),
        FRONT.replace("2026-", "2025-"),
        f"---\n索引号: {prefix}/2026-00050\n没有写完: [\n---\n",
    )
    changes = {
        item["file"]: item["fixes"] for item in zwgk_json("fix", root, "--assign-index-numbers")["result"]["changes"]
    }
    given = {file[-4]: fixes[0]["value"].rpartition("/")[2] for file, fixes in changes.items()}
    assert given == {"3": "2026-00051", "2": "2026-00052", "1": "2026-00053", "5": "2025-00001"}


def test_a_serial_that_was_ever_published_is_not_given_again(tmp_path: Path) -> None:
    root = _site(tmp_path, FRONT, FRONT)
    zwgk("fix", root, "--assign-index-numbers", "--yes")
    build(root, root / "public")
    (root / "content/wjj/2026/2.md").write_text(FRONT, "utf-8")
    said = zwgk("fix", root, "--assign-index-numbers").stdout
    assert "2026-00003" in said
    (root / "public/data/urls/wjj.json").write_bytes(b"{")
    refused = zwgk("fix", root, "--assign-index-numbers")
    assert refused.returncode == 1
    assert "ZW293" in refused.stderr
    assert "2026-0000" not in refused.stdout


def test_departments_that_share_a_code_share_the_serials(tmp_path: Path) -> None:
    shared = {"统一社会信用代码": credit_code("wjj")}
    root = write_site(tmp_path / "site", {"wjj": {}, "jyj": shared}, {"wjj/a.md": FRONT, "jyj/a.md": FRONT})
    changes = zwgk_json("fix", root, "--assign-index-numbers")["result"]["changes"]
    assert len({fix["value"] for change in changes for fix in change["fixes"]}) == 2


def test_closed_and_withdrawn_documents_get_none(tmp_path: Path) -> None:
    root = _site(
        tmp_path,
        FRONT.replace("主动公开", "依申请公开"),
        FRONT.replace("条目:", "撤回: {日期: 2026-05-01}\n条目:"),
        FRONT.replace("公开方式: 主动公开\n", ""),
    )
    assert "没有需要改的" in zwgk("fix", root, "--assign-index-numbers").stdout


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    root = _site(tmp_path, FRONT, code=False)
    said = zwgk("fix", root, "--assign-index-numbers", "--yes")
    assert "ZW291" in said.stderr
    assert "统一社会信用代码" in said.stderr
    assert _read(root) == FRONT.encode()
    dateless = FRONT.replace("成文日期: 2026-03-02\n发布日期: 2026-03-05\n", "")
    said = zwgk("fix", _site(tmp_path / "b", dateless), "--assign-index-numbers", "--lang", "en")
    assert "ZW290" in said.stderr
    assert "neither" in said.stderr


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_encodings_become_plain_utf8(encoding: str, tmp_path: Path) -> None:
    text = FRONT.replace("\n", "\r\n")
    root = _site(tmp_path, text.encode(encoding))
    (root / "content/wjj/2026/表.csv").write_bytes("姓名".encode("gb18030"))
    shown = zwgk("fix", root, "--lang", "en")
    assert "1 files would change" in shown.stdout
    assert _read(root) == text.encode(encoding)
    assert zwgk("fix", root, "--yes").returncode == 0
    assert _read(root) == text.encode()
    assert (root / "content/wjj/2026/表.csv").read_bytes() == "姓名".encode("gb18030")
    assert "没有需要改的" in zwgk("fix", root).stdout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_normal_forms_change_the_values_only(encoding: str, end: str, tmp_path: Path) -> None:
    text = FRONT.replace(
        "成文日期: 2026-03-02", "成文日期: 2026年3月2日  # 签发\n发文字号: '示卫发[2026]第012号'"
    ).replace("\n", end)
    root = _site(tmp_path, text.encode(encoding))
    shown = zwgk("fix", root, "--normal-forms")
    assert "示卫发〔2026〕12号" in shown.stdout
    assert _read(root) == text.encode(encoding)
    assert zwgk("fix", root, "--normal-forms", "--yes").returncode == 0
    wanted = text.replace("2026年3月2日", "2026-03-02").replace("示卫发[2026]第012号", "示卫发〔2026〕12号")
    assert _read(root) == wanted.encode(encoding)
    assert "没有需要改的" in zwgk("fix", root, "--normal-forms", "--yes").stdout


def test_both_at_once_make_one_change(tmp_path: Path) -> None:
    root = _site(tmp_path, FRONT.encode("gb18030"))
    done = zwgk_json("fix", root, "--encodings", "--assign-index-numbers", "--yes")
    (change,) = done["result"]["changes"]
    assert [fix["kind"] for fix in change["fixes"]] == ["encoding", "index_number"]
    assert change["written"]
    assert change["encoding"] == {"from": "GBK", "to": "utf-8"}
    assert "索引号: 1" in _read(root).decode()


def test_a_file_that_changed_since_the_diff_is_left_alone(tmp_path: Path) -> None:
    root = _site(tmp_path, FRONT)
    change = FileChange("content/wjj/2026/1.md", b"older", b"new", "utf-8", "utf-8", ())
    assert not write_change(root, change)
    assert _read(root) == FRONT.encode()


def test_rights_stay_and_nothing_is_left_beside(tmp_path: Path) -> None:
    root = _site(tmp_path, FRONT)
    target = root / "content/wjj/2026/1.md"
    target.chmod(0o640)
    zwgk("fix", root, "--assign-index-numbers", "--yes")
    assert target.stat().st_mode & 0o777 == 0o640
    assert [file.name for file in target.parent.iterdir()] == ["1.md"]


def test_json_holds_the_diff(tmp_path: Path) -> None:
    said = zwgk("fix", _site(tmp_path, FRONT), "--assign-index-numbers", "--json")
    (change,) = json.loads(said.stdout)["result"]["changes"]
    assert any(row.startswith("+索引号: ") for row in change["diff"])
    assert not change["written"]
