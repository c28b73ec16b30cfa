"""Periods that a law fixes for a matter: how long a notice stays on view, how late it may come, when rules take effect.

Looked for in the rows of a catalogue and in the texts of notices. One rule a law, so that each names its article.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity
from zwgk_site.statute.day_watch import days_after
from zwgk_site.statute.display_minimums import Minimum, MinimumKey, is_too_short, minimum_for
from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.statute.matter_maximums import maximum_exceeded
from zwgk_site.statute.matters import Period, is_surely_shorter
from zwgk_site.statute.working_days import working_days_between
from zwgk_site.text.notice_period import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import CatalogEntry, Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

W, N = Severity.WARNING, Severity.NOTICE
_HINT_ZH = "请延长；在目录里写例如　公开时限: {example}"
_HINT_EN = "Prolong it; in a catalogue write such as 公开时限: {example}."

RECRUITS = Rule(
    "ZW890", W,
    zh="拟录用公务员的名单至少公示五个工作日，这里是“{text}”",
    en="persons to be taken on as civil servants are shown for five working days at least, here “{text}”",
    hint_zh=_HINT_ZH, hint_en=_HINT_EN, basis="《公务员法》第三十二条第一款",
)  # fmt: skip
BIDDERS = Rule(
    "ZW891", W,
    zh="依法必须招标的，中标候选人至少公示三日，这里是“{text}”",
    en="where tenders are a must, candidates are shown for three days at least, here “{text}”",
    hint_zh=_HINT_ZH, hint_en=_HINT_EN, basis="《招标投标法实施条例》第五十四条第一款",
)  # fmt: skip
SOLE_SOURCE = Rule(
    "ZW892", W,
    zh="单一来源采购至少公示五个工作日，这里是“{text}”",
    en="procurement from a sole source is shown for five working days at least, here “{text}”",
    hint_zh=_HINT_ZH, hint_en=_HINT_EN, basis="《政府采购法实施条例》第三十八条",
)  # fmt: skip
LAND = Rule(
    "ZW893", W,
    zh="征收土地预公告至少十个工作日，征地补偿安置公告和房屋征收补偿方案征求意见至少三十日，这里是“{text}”",
    en="notice before land is taken stays for ten working days at least, of compensation for land or houses for thirty days; here “{text}”",
    hint_zh=_HINT_ZH, hint_en=_HINT_EN,
    basis="《土地管理法实施条例》第二十六条第二款；《土地管理法实施条例》第二十八条第一款；《国有土地上房屋征收与补偿条例》第十条第二款",
)  # fmt: skip
PLANNING = Rule(
    "ZW894", W,
    zh="城乡规划草案报批前至少公告三十日，这里是“{text}”",
    en="drafts of plans are shown for thirty days at least before approval, here “{text}”",
    hint_zh=_HINT_ZH, hint_en=_HINT_EN, basis="《城乡规划法》第二十六条第一款",
)  # fmt: skip
TOO_LATE = Rule(
    "ZW895", W,
    zh="{duty}（{law}），这里写的是“{text}”",
    en="{duty_en} ({law}), here it says “{text}”",
    hint_zh="请照法定期限改，例如　公开时限: {example}",
    hint_en="Write the time of law, such as 公开时限: {example}.",
    basis="条例第26条",
)  # fmt: skip
IN_FORCE_TOO_SOON = Rule(
    "ZW278", N,
    zh="规章 {date} 公布，{other} 就施行，不到30日",
    en="the rules were made public on {date} and take effect on {other}, within thirty days",
    hint_zh="规章一般自公布之日起30日后施行。请照原件核对两个日期，例如　成文日期: 2026-03-02　施行日期: 2026-05-01",
    hint_en="Rules take effect thirty days after they are made public; compare both days with the original.",
    basis="《规章制定程序条例》第三十二条",
)  # fmt: skip

_RULES: dict[MinimumKey, Rule] = {
    "recruits": RECRUITS, "bidders": BIDDERS, "sole_source": SOLE_SOURCE, "land_notice": LAND,
    "land_compensation": LAND, "houses": LAND, "planning": PLANNING,
}  # fmt: skip
_SHOWN = ("recruits", "bidders", "sole_source")
_SHORT = 40


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    for entry in holdings.entries:
        yield from _check_entry(entry)
    for document in holdings.documents:
        if not document.is_public():
            continue
        if document.facts.elements or document.consultation is not None:
            yield from _check_notice(document, context)
        if document.effective_on and "令第" in document.document_number:
            yield from _check_force(document)


def _check_entry(entry: CatalogEntry) -> Iterator[Diagnostic]:
    text = " ".join((*entry.subject, *entry.content))
    minimum = minimum_for(text)
    if minimum is not None:
        for key, written in (("time_limit", entry.time_limit), ("duration", entry.duration)):
            if written and is_too_short(parse_limit(written, entry.basis), minimum):
                yield _too_short(minimum, written, entry, key)
    exceeded = maximum_exceeded(text, parse_limit(entry.time_limit, entry.basis))
    if exceeded is not None:
        facts = {"duty": exceeded.duty, "duty_en": exceeded.duty_en, "law": exceeded.article}
        span, written = entry.marks.span("time_limit"), _plain(entry.time_limit)
        yield TOO_LATE.at(span, text=written, example=exceeded.example, **facts)  # type: ignore[arg-type]  # no fact is "related"


def _check_notice(document: Document, context: CheckContext) -> Iterator[Diagnostic]:
    """What the text of a notice, or the days of a consultation, say of the time on view."""
    stated = next((item[len(PREFIX) :] for item in document.facts.elements if item.startswith(PREFIX)), "")
    consultation = document.consultation
    if not stated and consultation is not None and consultation.start and consultation.end:
        stated = f"{consultation.start}/{consultation.end}"
    minimum = minimum_for(document.title) if stated else None
    if minimum is not None and _is_short(stated, minimum, context):
        yield _too_short(minimum, stated.replace("/", " 至 "), document, "title")


def _is_short(stated: str, minimum: Minimum, context: CheckContext) -> bool:
    first, stroke, last = stated.partition("/")
    if not stroke:
        return is_too_short(parse_limit(f"公示{stated}"), minimum)
    start, end = date.fromisoformat(first[:10]), date.fromisoformat(last[:10])
    if minimum.period.unit == "working_day":
        worked = working_days_between(start, end, context.calendar) + context.calendar.is_workday(start)
        return 0 < worked < minimum.period.amount
    return is_surely_shorter(Period((end - start).days + 1, "day"), minimum.period) and start <= end


def _check_force(document: Document) -> Iterator[Diagnostic]:
    """Rules of ministries and local governments; those in force from the day itself may have the law's reason for it."""
    if any(word in document.document_number for word in ("国务院令", "主席令", "军委")):
        return
    made, starts = document.formed_on, document.effective_on
    if made and made < starts < days_after(made, 30):
        yield IN_FORCE_TOO_SOON.at(document.marks.span("effective_on"), date=made, other=starts)


def _too_short(minimum: Minimum, written: str, holder: CatalogEntry | Document, key: str) -> Diagnostic:
    size = f"{minimum.period.amount}{'个工作日' if minimum.period.unit == 'working_day' else '日'}"
    word = "征求意见" if minimum.key == "houses" else "公示期" if minimum.key in _SHOWN else "公告时间"
    return _RULES[minimum.key].at(holder.marks.span(key), text=_plain(written), example=f"{word}不少于{size}")


def _plain(text: str) -> str:
    """A cell's text in one line, not too long for a message."""
    return "".join(text.split())[:_SHORT]
