"""`zwgk limit`: a 公开时限 explained, and the day it leads to."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zwgk_site.cli.options import Day, format_options, language_option

if TYPE_CHECKING:
    from zwgk_site.statute.due import Due
    from zwgk_site.statute.time_limit import TimeLimit

_SURE = 60
_WORDS = {
    "zh": {"due": "最后日期：{day}", "none": "这个时限算不出日期。", "how": "算法：{how}", "doubt": "没有十分把握，请核对。"},
    "en": {"due": "last day: {day}", "none": "No day follows from this limit.", "how": "counted so: {how}",
           "doubt": "Not quite sure; please check."},
}  # fmt: skip


@click.command(
    epilog="例 (example):  zwgk limit 信息形成之日起20个工作日内 --from 2026-10-23    "
    "zwgk limit 三日内 --basis 《行政处罚法》 --from 2026-04-28",
    short_help="解释一个公开时限，推算最后日期",
)
@click.argument("phrase")
@click.option("--from", "start", type=Day(), default=None, help="从哪一天起算；不写就只解释  (count from this day)")
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="栏目所在的文件夹；里面有 holidays.yaml 时按它计算，默认当前文件夹  (whose holidays.yaml counts)",
)
@click.option("--basis", multiple=True, metavar="LAW", help="公开依据，可以写几个  (the law it rests on; repeatable)")
@format_options
@language_option
def command(  # noqa: PLR0913 - one parameter an option, as click hands them over
    *, phrase: str, start: str | None, site: Path, basis: tuple[str, ...], output_format: str, as_json: bool, lang: str
) -> int:
    """说出一个公开时限是什么意思；写了 --from，就推算最后日期（工作日按国务院放假安排）。

    Says what a time limit means and, with --from, which day is the last one.
    """
    from zwgk_site.cli.day_counts import calendar_of
    from zwgk_site.statute.due import Due, due_on
    from zwgk_site.statute.limit_parser import parse_limit

    limit, calendar = parse_limit(phrase, basis), calendar_of(site)
    due = due_on(limit, date.fromisoformat(start[:10]), calendar) if start else Due()
    if as_json or output_format == "json":
        click.echo(json.dumps(_as_data(limit, due, lang, start, calendar), ensure_ascii=False, indent=1))
    else:
        _tell(limit, due, lang, is_counted=start is not None)
    return 0


def _tell(limit: TimeLimit, due: Due, lang: str, *, is_counted: bool) -> None:
    from zwgk_site.statute.limit_sentences import explain_due, explain_limit

    words = _WORDS[lang]
    click.echo(explain_limit(limit, lang))
    if 0 < limit.confidence < _SURE:
        click.echo(words["doubt"])
    if not is_counted:
        return
    if due.day is None:
        click.echo(words["none"])
        return
    click.echo(words["due"].format(day=due.day.isoformat()))
    how = explain_due(due, lang)
    if how:
        click.echo(words["how"].format(how=how))


def _as_data(limit: TimeLimit, due: Due, lang: str, start: str | None, calendar: Any) -> dict[str, Any]:
    """What programs get; `parts`, of a combined limit, each as a limit of its own."""
    from zwgk_site.statute.limit_sentences import explain_limit

    data = _core(limit, due) | {
        "explanation": explain_limit(limit, lang),
        "from": start[:10] if start else None,
        "confidence": limit.confidence,
        "default": limit.is_default,
        "understood": limit.understood,
    }
    if limit.parts:
        data["parts"] = [_core(part, _due_of(part, start, calendar)) for part in limit.parts]
    return data


def _core(limit: TimeLimit, due: Due) -> dict[str, Any]:
    core = {
        "kind": limit.kind,
        "amount": limit.amount or None,
        "unit": limit.unit or None,
        "anchor": limit.anchor or None,
        "due": due.day.isoformat() if due.day else None,
        "provisional": due.provisional,
        "text": limit.text,
    }
    more = ("event", "year", "month", "day", "from_month", "from_day", "year_offset", "grace", "grace_unit")
    return core | {name: value for name in more if (value := getattr(limit, name))}


def _due_of(part: TimeLimit, start: str | None, calendar: Any) -> Due:
    from zwgk_site.statute.due import Due, due_on

    return due_on(part, date.fromisoformat(start[:10]), calendar) if start else Due()
