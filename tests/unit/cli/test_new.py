"""`zwgk new`: the next number, sensible defaults, never over what is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.sites import build, credit_code, write_file, write_site
from tests.unit.cli.runner import zwgk, zwgk_json
from tests.word_files import notice, word_file


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", {"wjj": {}})


def only(site: Path, pattern: str = "content/**/*.md") -> str:
    (file,) = site.glob(pattern)
    return file.read_text("utf-8")


def test_a_document_has_the_next_index_number_and_stays_closed(site: Path) -> None:
    write_site(site, None, {"wjj/2026/a.md": {"索引号": f"{credit_code('wjj')}/2026-00041"}})
    done = zwgk(
        "new", "document", site, "--title", "关于做好防汛工作的通知", "--entry", "WJJ-001", "--today", "2026-06-01"
    )
    assert done.returncode == 0, done.stderr
    text = (site / "content/wjj/2026/zuo-hao-fang-xun-gong-zuo-de-tong-zhi.md").read_text("utf-8")
    assert f"索引号: {credit_code('wjj')}/2026-00042\n" in text
    assert "条目: WJJ-001\n" in text
    assert "\n公开方式" not in text
    assert "公开方式: 主动公开" in done.stdout
    assert "zwgk check" in done.stdout


def test_numbers_of_the_release_are_not_given_again(site: Path) -> None:
    number = f"{credit_code('wjj')}/2026-00007"
    write_site(site, None, {"wjj/a.md": {"索引号": number}})
    build(site, site / "public")
    (site / "content/wjj/a.md").unlink()
    zwgk("new", "document", site, "--title", "关于甲的通知", "--today", "2026-06-01")
    assert "2026-00008\n" in only(site)


def test_a_ledger_that_cannot_be_read_is_told_and_no_number_is_given(site: Path) -> None:
    write_file(site / "public/data/urls/wjj.json", "{")
    done = zwgk("new", "document", site, "--title", "关于甲的通知", "--today", "2026-06-01")
    assert done.returncode == 1
    assert "ZW293" in done.stderr
    assert "索引号" not in only(site)


def test_the_ledger_of_another_department_is_not_told(site: Path) -> None:
    write_site(site, {"jyj": {}}, {"jyj/a.md": {}})
    write_file(site / "public/data/urls/jyj.json", "{")
    done = zwgk("new", "document", site, "--title", "关于甲的通知", "--today", "2026-06-01", "--department", "wjj")
    assert done.returncode == 0, done.stderr
    assert "索引号" in only(site, "content/wjj/**/*.md")


def test_a_year_without_a_number_left_is_told(site: Path) -> None:
    write_site(site, None, {"wjj/a.md": {"索引号": f"{credit_code('wjj')}/2026-99999"}})
    done = zwgk("new", "document", site, "--title", "关于甲的通知", "--today", "2026-06-01")
    assert "ZW290" in done.stderr
    assert "索引号" not in only(site, "content/wjj/2026/*.md")


def test_a_second_document_of_the_same_title_has_a_name_of_its_own(site: Path) -> None:
    for _ in range(2):
        assert zwgk("new", "文件", site, "--标题", "关于甲的通知", "--today", "2026-06-01").returncode == 0
    assert len(list(site.glob("content/wjj/2026/*.md"))) == 2


def test_nothing_is_overwritten(site: Path) -> None:
    write_file(site / "content/wjj/2026/jia.md", "---\n标题: 甲\n---\n\n旧的\n")
    done = zwgk("new", "document", site, "--title", "甲", "--name", "jia", "--today", "2026-06-01")
    assert done.returncode == 1
    assert "ZW085" in done.stderr
    assert "旧的" in (site / "content/wjj/2026/jia.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["../a", "a/b", "con", "甲", ".a", "a b"])
def test_a_name_is_letters_digits_and_hyphens(site: Path, name: str) -> None:
    done = zwgk("new", "document", site, "--title", "甲", "--name", name)
    assert "ZW086" in done.stderr
    assert not list(site.glob("**/*.md"))


def test_an_entry_that_the_catalogue_lacks_is_told(site: Path) -> None:
    done = zwgk("new", "document", site, "--title", "甲", "--entry", "WJJ-010")
    assert "ZW087" in done.stderr
    assert "WJJ-001" in done.stderr


def test_a_document_from_a_word_file(site: Path, tmp_path: Path) -> None:
    write_file(tmp_path / "通知.docx", word_file(notice))
    done = zwgk("new", "document", site, "--from", tmp_path / "通知.docx", "--条目", "WJJ-001")
    assert done.returncode == 0, done.stderr
    text = only(site)
    assert "发文字号: 示卫发〔2026〕12号\n" in text
    assert "条目: WJJ-001\n" in text
    assert re.search(r"索引号: \w+/2026-00001\n", text)
    again = zwgk("new", "document", site, "--from", tmp_path / "通知.docx")
    assert again.returncode == 1
    assert "ZW085" in again.stderr
    assert only(site) == text


def test_a_source_whose_day_has_no_year_is_numbered_by_today(site: Path, tmp_path: Path) -> None:
    write_file(tmp_path / "甲.md", "---\n标题: 关于甲的通知\n成文日期: 三月五日\n---\n\n正文。\n")
    done = zwgk("new", "document", site, "--from", tmp_path / "甲.md", "--today", "2026-06-01")
    assert done.returncode == 0, done.stderr
    assert re.search(r"索引号: \w+/2026-00001\n", only(site))


def test_an_entry_goes_below_the_others_and_every_other_byte_stays(site: Path) -> None:
    file = site / "catalogs/wjj.yaml"
    before = "# 说明\r\n" + file.read_text("utf-8").replace("\n", "\r\n") + "\r\n# 完\r\n撤销:\r\n  - 编号: WJJ-007\r\n"
    file.write_bytes(before.encode())
    done = zwgk("new", "条目", site, "--公开事项", "卫生健康/预防接种", "--公开内容", "接种单位、接种时间")
    assert done.returncode == 0, done.stderr
    after = file.read_bytes().decode()
    assert "WJJ-008" in done.stdout, "a number that was taken off is not given again"
    added = after.replace("\r\n# 完", "|").partition("  - 编号: WJJ-008")[2].partition("|")[0]
    assert "公开事项: [卫生健康, 预防接种]" in added
    assert "公开内容: [接种单位, 接种时间]" in added
    assert after.replace("  - 编号: WJJ-008" + added, "") == before
    assert zwgk("check", site).returncode == 0


def test_a_number_of_an_entry_that_cannot_be_read_is_not_given_again(site: Path) -> None:
    file = site / "catalogs/wjj.yaml"
    text = file.read_text("utf-8") + "  - 编号: WJJ-002\n    公开事项: [甲]\n"
    file.write_text(text, "utf-8")
    done = zwgk("new", "entry", site, "--subject", "乙", "--content", "丙")
    assert done.returncode == 1
    assert "ZW089" in done.stderr
    assert "公开方式" in done.stderr, "what is wrong with the entry is told as well"
    assert file.read_text("utf-8") == text


@pytest.mark.parametrize("tail", ["", "目录:\n", "目录: []\n", "目录:   # 还没有\n"])
def test_an_entry_goes_into_a_catalogue_without_any(tmp_path: Path, tail: str) -> None:
    text = f"格式版本: 1\n部门:\n  代码: wjj\n  名称: 示范县卫生健康局\n{tail}"
    site = write_site(tmp_path / "site", {"wjj": text})
    done = zwgk("new", "entry", site, "--subject", "甲", "--content", "乙")
    if "#" in tail:
        assert "ZW088" in done.stderr
        assert (site / "catalogs/wjj.yaml").read_text("utf-8") == text
        return
    assert done.returncode == 0, done.stderr
    assert zwgk_json("check", site)["errors"] == 0
    assert "WJJ-001" in (site / "catalogs/wjj.yaml").read_text("utf-8")


def test_a_list_in_braces_is_left_alone(tmp_path: Path) -> None:
    entry = "{编号: A-1, 公开事项: [甲], 公开内容: [乙], 公开时限: 及时, 公开主体: 丙局, 公开方式: 主动公开}"
    text = f"格式版本: 1\n部门: {{代码: wjj, 名称: 示范县卫生健康局}}\n目录: [{entry}]\n"
    site = write_site(tmp_path / "site", {"wjj": text})
    assert "ZW088" in zwgk("new", "entry", site, "--subject", "甲", "--content", "乙").stderr
    assert (site / "catalogs/wjj.yaml").read_text("utf-8") == text


def test_a_department_builds_straight_away(site: Path) -> None:
    done = zwgk("new", "部门", site, "--code", "jyj", "--name", "示范县教育局", "--credit-code", credit_code("jyj"))
    assert done.returncode == 0, done.stderr
    assert (site / "content/jyj").is_dir()
    assert zwgk("check", site).returncode == 0
    assert build(site, site / "public").value is not None
    again = zwgk("new", "department", site, "--code", "jyj", "--name", "别的局")
    assert "ZW085" in again.stderr
    assert "示范县教育局" in (site / "catalogs/jyj.yaml").read_text("utf-8")


@pytest.mark.parametrize(("code", "credit"), [("../a", ""), ("WJJ", ""), ("data", ""), ("jyj", "123")])
def test_a_department_with_a_wrong_code_is_refused(site: Path, code: str, credit: str) -> None:
    done = zwgk("new", "department", site, "--code", code, "--name", "甲局", "--credit-code", credit)
    assert "ZW086" in done.stderr
    assert len(list(site.glob("catalogs/*"))) == 1


def test_a_department_is_asked_for_where_there_are_several(site: Path) -> None:
    write_site(site, {"jyj": {}})
    assert "ZW075" in zwgk("new", "document", site, "--title", "甲").stderr
    assert zwgk("new", "document", site, "--title", "甲", "--department", "jyj").returncode == 0
    assert list(site.glob("content/jyj/**/*.md"))


def test_a_catalogue_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"wjj": "部门: [\n"})
    assert "ZW089" in zwgk("new", "document", site, "--title", "甲").stderr


def test_what_is_missing_is_asked_for_on_a_terminal_only(site: Path) -> None:
    done = zwgk("new", "document", site)
    assert done.returncode == 2
    assert "--title" in done.stderr


def test_for_programs(site: Path) -> None:
    found = json.loads(zwgk("new", "document", site, "--title", "关于甲的通知", "--json").stdout)
    assert found["result"]["made"]["file"].startswith("content/wjj/")
    refused = json.loads(zwgk("new", "document", site, "--title", "甲", "--entry", "X", "--json").stdout)
    assert refused["result"]["made"] is None
    assert refused["findings"][0]["code"] == "ZW087"
    assert "made " in zwgk("new", "document", site, "--title", "关于乙的通知", "--lang", "en").stdout
