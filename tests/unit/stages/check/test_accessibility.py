"""Long texts, which are asked for headings; and what the program mends by itself, which nobody is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import BODY, build, codes, page, page_url, write_site
from zwgk_site.diagnostics import Diagnostic
from zwgk_site.text.clues.barriers import LONG_TEXT

PARAGRAPH = "各单位要把群众办事方便放在首位，逐项核对材料、时限和流程，发现问题当天改正，并把结果告诉来办事的人。\n\n"
LONG = PARAGRAPH * (LONG_TEXT // (3 * len(PARAGRAPH)) + 1)
PATH = "wjj/2026/a.md"


def found(tmp_path: Path, body: str) -> list[Diagnostic]:
    root = write_site(tmp_path / "site", {"wjj": {}}, {PATH: {BODY: body}})
    return [item for item in build(root, tmp_path / "public").findings if item.code == "ZW847"]


def text_of(*titles: str, between: str = LONG) -> str:
    return "现将有关事项通知如下。\n\n" + "".join(f"{title}\n\n{between}" for title in titles)


@pytest.mark.parametrize(
    "titles",
    [
        ("一、总体要求", "二、主要任务", "三、组织实施"),
        ("**一、总体要求**", "**二、主要任务**", "**三、组织实施**"),
        ("\u3000\u3000第一章　总则", "\u3000\u3000第二章　职责", "\u3000\u3000第三章　附则"),
    ],
)
def test_a_long_text_with_titles_that_are_no_headings_is_found_at_the_first(
    tmp_path: Path, titles: tuple[str, ...]
) -> None:
    item = found(tmp_path, text_of(*titles))[0]
    row = (tmp_path / "site/content" / PATH).read_text("utf-8").splitlines()[item.span.line - 1]
    assert row[item.span.column - 1 : item.span.end_column - 1] == titles[0].strip()
    assert f"## {titles[0].strip().strip('*')}" in item.hint()
    assert titles[0].strip().strip("*") in item.hint("en")


@pytest.mark.parametrize(
    "body",
    [
        text_of("## 一、总体要求", "二、主要任务", "三、组织实施"),
        text_of("一、总体要求\n======", "二、主要任务", "三、组织实施"),
        text_of("<h2>一、总体要求</h2>", "二、主要任务", "三、组织实施"),
        text_of("一、总体要求", "二、主要任务", "三、组织实施", between=PARAGRAPH),
        text_of(
            "一、要加强领导，明确责任，细化措施，确保各项任务落到实处，取得实效；", "二、要按时完成。", "三、要注意。"
        ),
        LONG * 3,
    ],
    ids=["marked", "underlined", "html", "short", "sentences", "without parts"],
)
def test_texts_that_need_no_headings_or_have_one_are_left_alone(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == []


def test_a_heading_that_skips_a_level_is_mended_by_the_page_and_no_finding(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", {"wjj": {}}, {PATH: {BODY: "## 甲\n\n正文。\n\n##### 乙\n\n正文。\n"}})
    built = build(root, tmp_path / "public")
    assert not {code for code in codes(built) if code.startswith("ZW84")}
    html = page(tmp_path / "public", page_url(PATH))
    assert '<h2 id="s-1">甲</h2>' in html
    assert '<h3 id="s-1-1">乙</h3>' in html
