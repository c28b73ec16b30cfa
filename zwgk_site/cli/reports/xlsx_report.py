"""A check as a webmaster's list (`--format xlsx`): one row a finding, with a column to note what was done."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zwgk_site.cli.findings import department_of, due_of
from zwgk_site.cli.reports.budget_matrix import BudgetMatrix
from zwgk_site.cli.reports.subject import WHOLE_SITE
from zwgk_site.cli.reports.words import BUDGET_WORDS, indicator_name, veto_words
from zwgk_site.cli.reports.xlsx_sheets import Flag, Row, Sheet, workbook_bytes
from zwgk_site.cli.rule_list import general_words
from zwgk_site.diagnostics import RULES, SEVERITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.cli.day_counts import DayCounts
    from zwgk_site.cli.reports.subject import DepartmentSummary, Report
    from zwgk_site.diagnostics import Diagnostic

_FINDING_HEADS = {
    "zh": ("部门", "程度", "代码", "在哪里", "行", "列", "问题", "怎么改", "依据", "应于", "处理情况"),
    "en": (
        "department",
        "severity",
        "code",
        "file",
        "line",
        "column",
        "finding",
        "how to mend",
        "basis",
        "due",
        "done",
    ),
}
_LIMITS = (24, 8, 8, 28, 6, 6, 44, 38, 18, 12, 20)
"""The widest that each column of the list may be: all of them fit across a landscape A4 in letters one can read."""
_WIDE = {"意思": 100, "meaning": 100}
_NAMES = {"部门": 28, "department": 28}
_SHEETS = {
    "zh": ("问题清单", "按部门", "按代码", "评分", "预决算", "退文", "不再提示"),
    "en": ("findings", "by department", "by code", "score", "budgets", "returned", "waived"),
}
_DEPARTMENT_HEADS = {
    "zh": (
        "代码", "部门", "得分", "单项否决", "错误", "警告", "提示", "暂缓更新", "按时", "逾期", "未到期", "空白", "已说明空白",
        "不计时限", "按时公开率",
    ),
    "en": (
        "code", "department", "score", "vetoes", "errors", "warnings", "notices", "held back", "on time", "late", "due",
        "empty", "excused", "uncountable", "on-time rate",
    ),
}  # fmt: skip
_CODE_HEADS = {"zh": ("代码", "程度", "数量", "意思"), "en": ("code", "severity", "count", "meaning")}
_RETURNED_HEADS = {
    "zh": ("部门", "文件", "标题", "缺什么", "怎么改", "依据"),
    "en": ("department", "file", "title", "what is missing", "how to mend", "basis"),
}


def xlsx_bytes(report: Report, language: str = "zh", days: DayCounts | None = None) -> bytes:
    """The whole workbook; sheets of the score, budgets, returned and waived findings where there are any."""
    titles = dict(zip(_SHEETS["en"], _SHEETS[language], strict=True))
    names = {row.code: row.name for row in report.departments} | {"": WHOLE_SITE[language == "en"]}
    heads = _FINDING_HEADS[language]
    rows: list[Row] = [(*_cells(item, names, language, days), None) for item in report.findings]
    limits = dict(zip(heads, _LIMITS, strict=True))
    sheets = [
        Sheet(titles["findings"], heads, rows, limits=limits),
        Sheet(
            titles["by department"],
            _DEPARTMENT_HEADS[language],
            list(_department_rows(report, names, language)),
            2,
            _NAMES,
        ),
        Sheet(titles["by code"], _CODE_HEADS[language], list(_code_rows(report, language)), limits=_WIDE),
    ]
    if report.score is not None:
        sheets.append(_score_sheet(report, titles["score"], language))
    if report.budget:
        sheets.append(_budget_sheet(report, titles["budgets"], language))
    if report.returned is not None:
        sheets.append(
            Sheet(
                titles["returned"],
                _RETURNED_HEADS[language],
                list(_returned_rows(report, names, language)),
                limits=_NAMES,
            )
        )
    if report.waived:
        waived: list[Row] = [(*_cells(item, names, language, days), reason) for item, reason in report.waived]
        why = (*heads[:-1], "理由" if language == "zh" else "reason")
        sheets.append(Sheet(titles["waived"], why, waived, limits=limits))
    title = f"体检报告 {report.today}" if language == "zh" else f"Report of a check {report.today}"
    return workbook_bytes(sheets, title, report.today)


def _cells(finding: Diagnostic, names: dict[str, str], language: str, days: DayCounts | None) -> Row:
    code, span = department_of(finding), finding.span
    return (
        names.get(code, code),
        SEVERITY_WORDS[language][finding.severity],
        finding.code,
        span.file,
        span.line or None,
        span.column or None,
        finding.message(language) + (days.words(finding, language) if days else ""),
        finding.hint(language),
        finding.rule.basis,
        due_of(finding),
    )


def _department_rows(report: Report, names: dict[str, str], language: str) -> Iterator[Row]:
    held = "是" if language == "zh" else "yes"
    for row in report.departments:
        counts = (row.errors, row.warnings, row.notices, held if row.held else "")
        one = row.performance
        figures: Row = (None,) * 7
        if one is not None:
            figures = (one.on_time, one.late, one.due, one.empty, one.excused, one.uncountable, one.rate)
        yield (row.code, names[row.code], *_score_cells(row, language), *counts, *figures)


def _score_cells(row: DepartmentSummary, language: str) -> Row:
    if row.score is None:
        return None, None
    failed = veto_words(row.score.vetoes, language)
    return row.score.points, Flag(failed) if failed else None


def _score_sheet(report: Report, title: str, language: str) -> Sheet:
    """What each indicator takes off each department; the first row says what it takes at most."""
    zh = language == "zh"
    heads = ("代码", "部门", "得分", "单项否决") if zh else ("code", "department", "score", "vetoes")
    most: Row = (None, "最多扣分" if zh else "at most", None, None, *(item.cap for item in report.indicators))
    rows: list[Row] = [most]
    for row in report.departments:
        if row.score is not None:
            taken = {item.name: item.points for item in row.score.deductions}
            off = (taken.get(item.name) for item in report.indicators)
            rows.append((row.code, row.name, *_score_cells(row, language), *off))
    names = (indicator_name(item.name, language) for item in report.indicators)
    return Sheet(title, (*heads, *names), rows, 2, _NAMES)


def _budget_sheet(report: Report, title: str, language: str) -> Sheet:
    """Department by year: what is there, what is missing, nothing where nothing is asked for."""
    matrix, words = BudgetMatrix(report.budget), BUDGET_WORDS[language]
    heads = ("代码", "部门") if language == "zh" else ("code", "department")
    shown = {"there": words["there"], "missing": Flag(words["missing"]), "": None}
    rows: list[Row] = [
        (row.code, row.name, *(shown[matrix.state(row, year, kind)] for year, kind in matrix.columns))
        for row in report.budget
    ]
    return Sheet(title, (*heads, *(f"{year} {words[kind]}" for year, kind in matrix.columns)), rows, 2, _NAMES)


def _code_rows(report: Report, language: str) -> Iterator[Row]:
    for code, count in sorted(Counter(finding.code for finding in report.findings).items()):
        rule = RULES[code]
        yield code, SEVERITY_WORDS[language][rule.severity], count, general_words(rule, language)


def _returned_rows(report: Report, names: dict[str, str], language: str) -> Iterator[Row]:
    for item in report.returned or ():
        for finding in item.findings:
            code = department_of(finding)
            words = (finding.message(language), finding.hint(language), finding.rule.basis)
            yield (names.get(code, code), item.file, item.title, *words)
