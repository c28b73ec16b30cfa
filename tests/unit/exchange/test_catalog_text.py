"""Edits of a catalogue's text, by hand-written files: what is not meant to change keeps its bytes."""

from __future__ import annotations

import pytest

from zwgk_site.exchange.catalog_text import CatalogEdit, NewEntry, OddLayoutError, edit_text, scalar

TEXT = """\
# 开头的说明
部门: {代码: jyj, 名称: 教育局}
目录:   # 按科室排列
  # 第一条
  - 编号: A-1     # 不改
    公开事项: [甲, 乙]   # 两级
    公开内容:
    - 一   # 第一项
    - 二
    公开时限: >-
      一个
      很长的时限
    自己的项目: 留着

  # 第二条
  - 编号: A-2
    公开事项: 丙
    备注: '引号'

撤销:
  - 编号: A-0
    日期: 2025-01-01
"""


def edited(**changes: object) -> str:
    return edit_text(TEXT, CatalogEdit(**changes))  # type: ignore[arg-type]


def test_no_change_is_no_change() -> None:
    assert edited() == TEXT


@pytest.mark.parametrize(
    ("values", "old", "new"),
    [
        ({"subject": ("甲", "丁")}, "公开事项: [甲, 乙]   # 两级", "公开事项: [甲, 丁]   # 两级"),
        ({"content": ("一", "三", "二")}, "    - 一   # 第一项\n    - 二\n", "    - 一   # 第一项\n    - 三\n    - 二\n"),
        ({"content": ("二",)}, "    - 一   # 第一项\n    - 二\n", "    - 二\n"),
        ({"time_limit": "1年"}, "    公开时限: >-\n      一个\n      很长的时限\n", "    公开时限: 1年\n"),
        ({"自己的项目": "新的"}, "    自己的项目: 留着\n", "    自己的项目: 新的\n"),
        ({"自己的项目": ""}, "    自己的项目: 留着\n", ""),
        ({"office": "办公室"}, "很长的时限\n", "很长的时限\n    责任科室: 办公室\n"),
        ({"basis": ("《甲法》",)}, "    - 二\n", "    - 二\n    公开依据: [《甲法》]\n"),
    ],
)  # fmt: skip
def test_a_value_is_replaced_and_all_else_kept(values: dict[str, object], old: str, new: str) -> None:
    assert edited(changed={"A-1": values}) == TEXT.replace(old, new)


def test_a_single_word_may_become_a_list() -> None:
    assert "    公开事项: [丙, 丁]\n    备注: '引号'\n" in edited(changed={"A-2": {"subject": ("丙", "丁")}})


def test_an_entry_that_goes_takes_its_comment_along_and_stands_under_removals() -> None:
    made = edited(gone={"A-2": (("日期", "2026-11-21"),)})
    assert made == TEXT.replace("  # 第二条\n  - 编号: A-2\n    公开事项: 丙\n    备注: '引号'\n\n", "") + (
        "  - 编号: A-2\n    日期: 2026-11-21\n"
    )


def test_a_new_entry_stands_below_the_one_that_it_follows() -> None:
    new = NewEntry("A-3", {"subject": ("新",), "time_limit": "1年"}, {"自己的项目": "是"}, "A-1")
    made = edited(added=(new,))
    block = "  - 编号: A-3\n    公开事项: [新]\n    公开时限: 1年\n    自己的项目: 是\n"
    assert made == TEXT.replace("    自己的项目: 留着\n\n", f"    自己的项目: 留着\n\n{block}\n")
    first = edited(added=(NewEntry("A-3", {"subject": ("新",)}, {}, ""),))
    assert first.index("A-3") < first.index("# 第一条")


@pytest.mark.parametrize("empty", ["目录:\n", "目录: []\n", "目录: ~\n", ""])
def test_the_first_entries_of_an_empty_catalogue(empty: str) -> None:
    text = f"部门: {{代码: jyj, 名称: 局}}\n{empty}"
    made = edit_text(text, CatalogEdit(added=(NewEntry("A-1", {"subject": ("甲",)}, {}),)))
    assert "目录:\n  - 编号: A-1\n    公开事项: [甲]\n" in made


def test_line_ends_stay() -> None:
    made = edit_text(TEXT.replace("\n", "\r\n"), CatalogEdit({"A-1": {"time_limit": "1年"}}))
    assert made.count("\r\n") == made.count("\n")


@pytest.mark.parametrize("usual", ["\r\n", "\n"])
def test_mixed_line_ends_stay_where_they_are(usual: str) -> None:
    other = "\n" if usual == "\r\n" else "\r\n"
    lines = [row + (other if at % 3 == 0 else usual) for at, row in enumerate(TEXT.split("\n")[:-1])]
    text = "".join(lines)
    assert edit_text(text, CatalogEdit()) == text
    wanted = [line.replace("[甲, 乙]", "[甲, 丁]") for line in lines]
    wanted.insert(next(at for at, line in enumerate(lines) if "- 二" in line), f"    - 三{usual}")
    changed = {"A-1": {"subject": ("甲", "丁"), "content": ("一", "三", "二")}}
    assert edit_text(text, CatalogEdit(changed)) == "".join(wanted)
    added = edit_text(text, CatalogEdit(added=(NewEntry("A-3", {"subject": ("新",)}, {}, "A-1"),)))
    assert added.replace(f"{usual}  - 编号: A-3{usual}    公开事项: [新]{usual}", "") == text


@pytest.mark.parametrize(
    "text",
    [
        "目录: [{编号: A-1, 公开事项: 甲}]\n",
        "目录:\n  - {编号: A-1}\n",
        "- 1\n",
        "目录:\n\t- 编号: A-1\n",
        "目录: 一句话\n",
    ],
)
def test_what_is_laid_out_oddly_is_refused(text: str) -> None:
    with pytest.raises(OddLayoutError):
        edit_text(text, CatalogEdit({"A-1": {"time_limit": "1年"}}))


@pytest.mark.parametrize(
    "text",
    ["是", "甲", "20个工作日内", "《甲法》第一条", "2026-03-05", "县级", "a b", "政府网站", "12"],
)
def test_plain_words_stay_plain(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "~",
        "null",
        "yes",
        "No",
        "012",
        "1.0",
        "1e3",
        "a: b",
        "x #y",
        "- a",
        "[甲]",
        "&a",
        "*a",
        "!a",
        "'a",
        '"a',
        "%a",
        "@a",
        "`a",
        "{a",
        "a, b",
        " a",
        "a ",
        "甲\n乙",
        "12:30",
        "---",
        "\u2028x",
    ],
)
def test_words_that_a_program_might_misread_are_quoted(text: str) -> None:
    assert scalar(text).startswith('"')
