"""A department at a glance: how its promises stand, how much it published each year, what is under each statutory item."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zwgk_site.model.views import Bar, CountedLink, Glance
from zwgk_site.stages.plan.desk import fact, facts_of
from zwgk_site.stages.plan.states import shown_date
from zwgk_site.statute.columns import STATUTORY, is_enterprise
from zwgk_site.statute.taxonomy import classify_item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zwgk_site.model.views import Fact
    from zwgk_site.stages.plan.desk import Desk

MOST_YEARS = 10


def glance_of(desk: Desk) -> Glance | None:
    """The panel, or `None` for a department that has nothing yet."""
    if not desk.corpus.entries and not desk.documents:
        return None
    return Glance("公开情况", facts_of(*_figures(desk)), "各年公开的信息", _years(desk))


def _figures(desk: Desk) -> Iterator[Fact | None]:
    newest = shown_date(desk.documents[-1]) if desk.documents else ""
    yield fact("目录条目", f"{len(desk.corpus.entries)} 项")
    yield fact("公开信息", f"{len(desk.documents)} 条")
    yield fact("最近更新", newest, "date")
    found = desk.corpus.performance
    if desk.site.show_performance and desk.states:
        kept = found.on_time + found.due
        yield fact("按时公开", f"{kept} 项" if kept else "", "state-on-time")
        yield fact("逾期", f"{found.late} 项" if found.late else "", "state-late")
        empty = found.empty + found.excused
        yield fact("暂无信息", f"{empty} 项" if empty else "")
        yield fact("按时公开率", f"{found.rate:.0%}" if found.rate is not None else "")


def _years(desk: Desk) -> tuple[Bar, ...]:
    """The newest years that have documents, newest first."""
    counts = Counter(day[:4] for document in desk.documents if (day := shown_date(document)))
    return bars_of(sorted(counts.items(), reverse=True)[:MOST_YEARS])


def bars_of(years: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    """Years with their counts, the longest bar the fullest year's."""
    fullest = max((count for _, count in years), default=1)
    return tuple(Bar(year, count, share_of(count, fullest)) for year, count in years)


def share_of(count: int, fullest: int) -> str:
    """The length of a bar in percent of the longest; what is there at all can be seen."""
    return str(max(1, round(100 * count / fullest)))


def items_of_home(desk: Desk, root: str) -> tuple[CountedLink, ...]:
    """The statutory items under which something stands, with the number of documents and the newest day.

    A public enterprise has none: its subjects are those of its catalogue.
    """
    if is_enterprise(desk.department.category):
        return ()
    counts: dict[str, int] = {}
    dates: dict[str, str] = {}
    names: dict[str, str] = {}
    for entry in desk.corpus.entries:
        term = classify_item(entry.statutory_item) if entry.disclosure != "依申请公开" else None
        if term is None:
            continue
        documents = desk.by_entry.get(entry.id, ())
        names[term.slug] = term.name
        counts[term.slug] = counts.get(term.slug, 0) + len(documents)
        if documents:
            dates[term.slug] = max(dates.get(term.slug, ""), shown_date(documents[0]))
    order = sorted(names, key=_rank)
    page = f"{root}{desk.code}/{STATUTORY.file}"
    return tuple(CountedLink(names[slug], f"{page}#i-{slug}", counts[slug], dates.get(slug, "")) for slug in order)


def _rank(slug: str) -> tuple[int, int, str]:
    article, _, number = slug.partition("-")
    return (int(article), int(number), "") if article.isdigit() and number.isdigit() else (99, 0, slug)
