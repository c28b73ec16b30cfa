"""The words of the page that a check is written as, in both languages."""

from __future__ import annotations

from zwgk_site.diagnostics import SEVERITY_WORDS, Severity

WORDS = {
    "title": ("体检报告", "Report of a check"),
    "contents": ("目录", "contents"),
    "figures": ("总数", "figures"),
    "departments": ("各部门", "Departments"),
    "ranking": ("得分低的排在前面，同分的按名称", "the lowest score first, then by name"),
    "score": ("评分", "Score"),
    "points": ("得分", "score"),
    "whole_score": ("全站得分", "score of the site"),
    "not_scored": ("未评分", "not scored"),
    "fails": ("不合格：", "fails: "),
    "deductions": ("各部门在每个项目上扣的分", "points taken off each department by each indicator"),
    "indicators": ("评分的项目", "what is scored"),
    "indicator": ("项目", "indicator"),
    "each": ("每个扣分", "off each"),
    "cap": ("最多扣分", "at most"),
    "faults": ("问题", "faults"),
    "looks_at": ("看什么", "what is looked at"),
    "concerned": ("涉及部门", "departments"),
    "how_scored": (
        "从 100 分起扣，每个项目扣到上限为止；同一件事只扣一次，提示和不再提示的不扣分；全站得分是各部门的平均数。",
        (
            "A hundred points less what each indicator takes off, up to its cap; nothing counts twice, notices and what is "
            "waived not at all; the site has the mean of its departments."
        ),
    ),
    "how_failed": (
        "单项否决另列，有一项就不合格，不看得分。目录有影响公开的错误的部门，改正以后才评分。",
        "Vetoes stand apart: one is enough to fail. A department whose catalogue can't be used is scored when it is mended.",
    ),
    "how_weighed": (
        "扣多少分是本程序定的，不是国办检查指标的扣分数，只用来互相比较；可以在 site.yaml 的“检查评分”里改。",
        (
            "How much is taken off is this program's choice, not that of a state inspection, and serves to compare; a site "
            "sets its own under 检查评分 in site.yaml."
        ),
    ),
    "budgets": ("预决算", "Budgets"),
    "budget_matrix": (
        "各部门公开了哪些年度的预算、决算；空着的不要求，或者还没有到时候",
        "budgets and final accounts by year; nothing stands where nothing is asked for yet",
    ),
    "score_curve": ("全站得分的变化", "score of the site over the checks"),
    "latest": ("最近的检查", "the latest checks"),
    "families": ("问题的类别", "Families of findings"),
    "by_family": ("每一类有几个，多的排在前面", "how many of each family, the most first"),
    "by_code": ("每个代码有几个，程度重的、多的排在前面", "how many of each code, the worst and then the most first"),
    "codes": ("问题的代码", "Codes of findings"),
    "trend": ("变化", "Trend"),
    "returned": ("退文清单", "Returned files"),
    "gate": ("补齐以后再报的文件，和各自缺的内容", "files to be completed, and what each of them lacks"),
    "file": ("文件", "file"),
    "lacks": ("缺什么", "what is missing"),
    "mend": ("怎么改", "how to mend"),
    "waived": ("不再提示", "Waived"),
    "list": ("全部问题", "All findings"),
    "entries": ("条目", "entries"),
    "documents": ("文件", "documents"),
    "held": ("暂缓更新", "held back"),
    "department": ("部门", "department"),
    "rate": ("按时公开率", "rate on time"),
    "late": ("逾期", "late"),
    "empty": ("空白", "empty"),
    "both": ("错误和警告", "errors and warnings"),
    "share": ("多少", "share"),
    "family": ("类别", "family"),
    "code": ("代码", "code"),
    "severity": ("程度", "severity"),
    "meaning": ("意思", "meaning"),
    "count": ("数量", "count"),
    "moment": ("时间", "moment"),
    "hint": ("怎么改：", "how to mend: "),
    "basis": ("依据：", "basis: "),
    "due": ("应于：", "due: "),
    "reason": ("理由：", "reason: "),
    "also": ("另见：", "see also: "),
    "yes": ("是", "yes"),
    "none": ("没有发现问题。", "No findings."),
    "none_returned": ("没有要退的文件。", "No file is returned."),
    "unfinished": ("没有检查完：请先改正错误。", "Not checked to the end: mend the errors first."),
    "curves": ("错误（实线）和警告（虚线）的变化", "errors (solid) and warnings (dashed) over the checks"),
}


class Words:
    """Words in one language."""

    def __init__(self, language: str) -> None:
        self.language, self.is_chinese = language, language == "zh"

    def __call__(self, name: str) -> str:
        """A word, or a sentence, by its name here."""
        return WORDS[name][not self.is_chinese]

    def all(self, *names: str) -> tuple[str, ...]:
        """Several words, as the heads of a table."""
        return tuple(map(self, names))

    def severity(self, severity: Severity) -> str:
        """How bad a finding is."""
        return SEVERITY_WORDS[self.language][severity]

    def severities(self) -> tuple[str, ...]:
        """The heads of columns that count them, the worst first."""
        return tuple(map(self.severity, reversed(Severity)))
