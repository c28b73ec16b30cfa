"""What stands below the findings: how many, what first, what next, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sites import TODAY
from zwgk_site.cli.closing import closing_lines
from zwgk_site.cli.reports.subject import Report, sum_departments
from zwgk_site.cli.rule_list import all_rules
from zwgk_site.diagnostics import Diagnostic, Span

RULES = all_rules()
NAMES = {"jyj": "示范县教育局", "wjj": "示范县卫生健康局"}


def finding(code: str, file: str = "content/wjj/a.md", line: int = 3, **facts: object) -> Diagnostic:
    return RULES[code].at(Span(file, line, 2, 5), **facts)  # type: ignore[arg-type]  # no fact is "related"


def said(*findings: Diagnostic, language: str = "zh", file: Path | None = None, **given: Any) -> list[str]:
    rows = sum_departments(findings, given.pop("held", ()), given.pop("names", NAMES), {})
    report = Report(f"{TODAY} 09:00", findings, rows, department_count=2, entries=86, documents=412, **given)
    return list(closing_lines(report, language, file))


def test_nothing_found() -> None:
    assert said() == [
        "体检 2026-11-21：2 个部门、86 个条目、412 份文件。",
        "检查评分：全站 100 分。",
        "没有发现问题，可以生成：zwgk build",
    ]
    assert said(language="en") == [
        "checked as of 2026-11-21: 2 departments, 86 entries, 412 documents.",
        "score: 100 points.",
        "no findings: zwgk build can publish.",
    ]


MIXED = (
    finding("ZW121", "content/jyj/b.md", 9),
    finding("ZW253", "content/wjj/a.md", 7, value="不能公开"),
    finding("ZW121"),
    finding("ZW804", "catalogs/wjj.yaml", 1, count=5, number=5, names="甲"),
    finding("ZW214"),
    finding("ZW214", line=4),
    finding("ZW820"),
)


def test_errors_come_first_beginning_with_one_that_holds_back_then_vetoes_then_the_most_warnings() -> None:
    assert said(*MIXED, held=("wjj",), file=Path("体检.xlsx")) == [
        "体检 2026-11-21：2 个部门、86 个条目、412 份文件。",
        "检查评分：全站 96 分（不合格：空白栏目）；最低的是示范县卫生健康局，93 分（不合格：空白栏目）。",
        "生成时会暂缓更新的部门（保留上一版）：示范县卫生健康局",
        "先改错误：示范县卫生健康局 2 个、示范县教育局 1 个，从 content/wjj/a.md:7 开始。",
        "再改单项否决：示范县卫生健康局（空白栏目）。",
        "再改警告：公开时限 ZW214（2 个）；用语 ZW820（1 个）。",
        "改好后再运行一次 zwgk check；不明白的代码可以查，例如 zwgk explain ZW121",
        "报告已写入 体检.xlsx",
    ]


def test_the_same_in_english() -> None:
    assert said(*MIXED, held=("wjj",), language="en")[1:] == [
        "score: 96 points (fails: blank columns); lowest: 示范县卫生健康局, 93 points (fails: blank columns).",
        "a build would hold back: 示范县卫生健康局",
        "first, errors: 示范县卫生健康局 2, 示范县教育局 1; begin with content/wjj/a.md:7.",
        "then, vetoes: 示范县卫生健康局 (blank columns).",
        "then, warnings: time limits ZW214 (2); wording ZW820 (1).",
        "Mend, then run zwgk check again; zwgk explain ZW121 tells more of a code.",
    ]


def test_warnings_alone_do_not_stop_a_build_and_many_are_better_handed_out() -> None:
    lines = said(*(finding("ZW820", line=line) for line in range(1, 22)))
    assert lines[2:] == [
        "先改警告：用语 ZW820（21 个）。",
        "没有错误，可以生成：zwgk build",
        "要分给各部门去改，可以写成表格：zwgk check --report 体检.xlsx",
    ]
    assert len(said(finding("ZW820"))) == 4


def test_a_check_that_came_to_no_end_says_so_and_gives_no_score() -> None:
    lines = said(finding("ZW100", "site.yaml", 0), names={}, complete=False)
    assert lines == [
        "先改错误：全站 1 个，从 site.yaml 开始。",
        "没有检查完：请先改正上面的错误，再运行一次 zwgk check。",
    ]


def test_of_many_departments_only_some_are_named() -> None:
    names = {f"d{number}": f"示范县{number}局" for number in range(8)}
    found = [finding("ZW121", f"content/{code}/a.md") for code in names]
    line = next(line for line in said(*found, names=names) if line.startswith("先改错误"))
    assert line.startswith("先改错误：示范县0局 1 个、")
    assert "示范县4局 1 个等（另有 3 个），从 content/d0/a.md:3 开始" in line


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_can_steer_a_terminal(language: str) -> None:
    lines = said(finding("ZW121", "content/wjj/\x1b[31m.md"), language=language)
    assert not any("\x1b" in line for line in lines)
