"""Words that several forms of a report use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.statute.score import BY_NAME, VETOES

if TYPE_CHECKING:
    from collections.abc import Iterable


def score_words(points: float, vetoes: Iterable[str], language: str) -> str:
    """A score as one says it: points, and what vetoes them."""
    failed = veto_words(vetoes, language)
    if language == "zh":
        return f"{points:g} 分" + (f"（不合格：{failed}）" if failed else "")
    return f"{points:g} points" + (f" (fails: {failed})" if failed else "")


def veto_words(codes: Iterable[str], language: str) -> str:
    """The names of vetoes (单项否决), or an empty string."""
    names = dict.fromkeys(VETOES[code][language == "en"] for code in codes)
    return ("、" if language == "zh" else ", ").join(names)


def indicator_name(name: str, language: str) -> str:
    """An indicator by the name that `site.yaml` knows it by, or in English."""
    return name if language == "zh" else BY_NAME[name].english


BUDGET_WORDS = {
    "zh": {"there": "有", "missing": "缺", "预算": "预算", "决算": "决算"},
    "en": {"there": "yes", "missing": "no", "预算": "budget", "决算": "final"},
}
"""What the table of budgets says."""
