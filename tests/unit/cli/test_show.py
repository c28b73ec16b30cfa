"""Carets stand under what is meant, on any terminal that counts a Chinese character as two cells."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwgk_site.cli.show import WIDTH, SourceLines, display_width, excerpt, show_finding
from zwgk_site.diagnostics import Span
from zwgk_site.stages.load.rules import BAD_DATE, NOT_UTF8


def _marked(source: str, column: int, end: int) -> str:
    """What stands above the carets, found by cells alone."""
    shown, carets = excerpt(source, 6, column, end)
    left, right = carets.index("^"), len(carets)
    at, found = 0, ""
    for char in shown:
        if left <= at < right:
            found += char
        at += 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return found


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("published_on: 2026-04-20", "2026-04-20"),
        ("发布日期: 2026-04-20", "2026-04-20"),
        ("公开事项：ＡＢＣ，（全角）标点", "（全角）"),
        ("e\u0301tude é 成文日期: 错", "错"),
        ("  - 편成ｱ半角: 值", "值"),
        ("𠮷野家: 𠮷", "𠮷"),
    ],
)
def test_carets_stand_under_the_words(source: str, words: str) -> None:
    start = source.rindex(words) + 1
    assert _marked(source, start, start + len(words)) == words


def test_a_tab_counts_as_one_blank() -> None:
    assert list(excerpt("\t电话:\t值", 3, 6, 7)) == ["    3 |  电话: 值", "      |        ^^"]


def test_a_place_past_the_end_of_the_line_gets_one_caret() -> None:
    assert list(excerpt("标题", 1, 3, 4)) == ["    1 | 标题", "      |     ^"]


def test_an_empty_place_gets_one_caret() -> None:
    assert list(excerpt("标题", 1, 1, 1))[1].endswith("| ^^")
    assert list(excerpt("ab", 1, 1, 1))[1].endswith("| ^")


@pytest.mark.parametrize("place", [1, 30, 49, 50, 51, 99, 150, 198])
def test_a_long_line_is_cut_around_the_place(place: int) -> None:
    source = "".join(chr(0x4E00 + number) for number in range(200))
    shown, carets = excerpt(source, 7, place, place + 3)
    assert display_width(shown) <= WIDTH + len("    7 | ......")
    assert len(carets) <= display_width(shown) + 1
    assert _marked(source, place, place + 3) == source[place - 1 : place + 2]


def test_control_characters_cannot_steer_the_terminal() -> None:
    finding = BAD_DATE.at(Span("a.md"), key="成文日期", value="\x1b[2J\u202e昨天")
    said = "\n".join(show_finding(finding, SourceLines(Path()), "zh"))
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "昨天" in said
    assert "\x1b" not in "".join(excerpt("a\x1b[31mb\x9b", 1, 1, 2))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_excerpt_is_readable_in_every_encoding_that_the_reader_knows(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("第一行\r\n第二行\r\n".encode(encoding))
    assert SourceLines(tmp_path).line("a.md", 2) == "第二行"


def test_a_source_that_is_gone_costs_only_the_excerpt(tmp_path: Path) -> None:
    finding = NOT_UTF8.at(Span("gone.md", 3, 1, 2), encoding="GBK")
    assert len(list(show_finding(finding, SourceLines(tmp_path), "en"))) == 2


@given(st.text(max_size=300), st.integers(1, 320), st.integers(0, 40))
def test_no_text_breaks_the_excerpt(source: str, column: int, length: int) -> None:
    rows = list(excerpt(source, 1, column, column + length))
    assert len(rows) == 2
    assert "^" in rows[1]
    assert "\n" not in rows[0]
