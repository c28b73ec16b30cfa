"""A line put into front matter: all other bytes stay, whatever they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwgk_site.exchange.front_matter import insert_key
from zwgk_site.model.fields import RECORDS
from zwgk_site.stages.load.document_file import read_document

LINE = ("索引号", "11999900000000043Q/2026-00001")
DOCUMENT = RECORDS["document"]


def _insert(text: str) -> str | None:
    made = insert_key(text.encode(), "utf-8", DOCUMENT, "title", LINE)
    return None if made is None else made.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("标题: 甲\n类型: 年报\n", "标题: 甲\n{}\n类型: 年报\n"),
        ("类型: 年报\n标题: 甲  # 说明\n", "类型: 年报\n标题: 甲  # 说明\n{}\n"),
        ("标题: 甲\n  乙\n  丙\n类型: 年报\n", "标题: 甲\n  乙\n  丙\n{}\n类型: 年报\n"),
        ('标题: "甲\n\n  乙"\n类型: 年报\n', '标题: "甲\n\n  乙"\n{}\n类型: 年报\n'),
        ("标题: >-\n  甲\n\n  乙\n\n# 说明\n类型: 年报\n", "标题: >-\n  甲\n\n  乙\n{}\n\n# 说明\n类型: 年报\n"),
        ("标题: |  # 说明\n  甲\n类型: 年报\n", "标题: |  # 说明\n  甲\n{}\n类型: 年报\n"),
        ("标题:\n  甲\n类型: 年报\n", "标题:\n  甲\n{}\n类型: 年报\n"),
        ("  标题: 甲\n  类型: 年报\n", "  标题: 甲\n  {}\n  类型: 年报\n"),
        ("title: 甲\n", "title: 甲\n{}\n"),
        ('"标题": 甲\n', '"标题": 甲\n{}\n'),
        ("标题: 甲\n索引号:\n", "标题: 甲\n{}\n"),
        ("标题: 甲\n索引号: ~   # 待编\n", "标题: 甲\n{}   # 待编\n"),
        ('索引号: ""\n标题: 甲\n', "{}\n标题: 甲\n"),
    ],
)
def test_the_line_stands_below_the_whole_title(before: str, after: str) -> None:
    body = "---\n\n标题: 正文\n---\n"
    assert _insert(f"---\n{before}{body}") == f"---\n{after.format(': '.join(LINE))}{body}"


def test_an_alias_without_a_value_is_filled() -> None:
    assert _insert("---\n标题: 甲\n统一编号:\n---\n") == f"---\n标题: 甲\n统一编号: {LINE[1]}\n---\n"


@pytest.mark.parametrize(
    "text",
    [
        "---\n{标题: 甲, 类型: 年报}\n---\n",
        "---\n? 标题\n: 甲\n---\n",
        "---\n标题: 甲\n索引号: 已有\n---\n",
        "---\n标题: [甲]\n---\n",
        "---\n类型: 年报\n---\n",
        "---\n标题: 甲\n",
        "标题: 甲\n",
        "---\n- 标题\n---\n",
        "",
    ],
)
def test_what_cannot_be_done_safely_is_not_done(text: str) -> None:
    assert _insert(text) is None


WORDS = st.text(st.sampled_from("甲乙丙 ab：:#-'\"[]{}&*!|>%@`\\,?\t\u3000é𠮷"), max_size=12)
ROWS = st.one_of(
    st.builds("# {}".format, WORDS),
    st.builds("类型: {}".format, WORDS),
    st.builds("备注: '{}'".format, WORDS.map(lambda text: text.replace("'", "''"))),
    st.builds("标题: {}".format, WORDS),
    st.builds("  {}".format, WORDS),
    st.just(""),
    st.just("索引号:"),
)


@given(st.lists(ROWS, max_size=8), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "GBK", "UTF-16"]), WORDS)
def test_all_else_stays_byte_for_byte(rows: list[str], end: str, encoding: str, body: str) -> None:
    codec = {"utf-8": "utf-8", "GBK": "gb18030", "UTF-16": "utf-16"}[encoding]
    text = end.join(["---", *rows, "标题: 关于甲的通知", "条目: WJJ-001", "---", body])
    data = text.encode(codec)
    made = insert_key(data, encoding, DOCUMENT, "title", LINE)
    if made is None:
        return
    again = made.decode(codec)
    if "索引号:" in rows:
        assert again.replace(f"索引号: {LINE[1]}", "索引号:", 1) == text
    else:
        assert again.replace(f"{LINE[0]}: {LINE[1]}{end}", "", 1) == text
    assert insert_key(made, encoding, DOCUMENT, "title", LINE) is None
    draft = read_document(again.replace("\r\n", "\n"), "a", "a.md")
    assert draft.document is None or draft.document.index_number == LINE[1]
