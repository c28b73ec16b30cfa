"""What the catalogues cover (公开情况总览): items by stage, departments by item, and what each published year by year.

All of it comes from the departments' headers. Departments stand a hundred to a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.model.plan import LazyPage, PagePlan
from zwgk_site.model.views import CountedLink, CoveragePage, Glance, Link, Matrix, MatrixCell, MatrixRow
from zwgk_site.stages.plan.desk import COLUMN, fact, facts_of
from zwgk_site.stages.plan.glance import bars_of, share_of
from zwgk_site.stages.plan.heads import Column
from zwgk_site.statute.columns import STATUTORY, items_of
from zwgk_site.statute.taxonomy import ITEM_SHORTS, ITEMS, STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zwgk_site.model.exports import Brief, Header
    from zwgk_site.model.views import Fact
    from zwgk_site.stages.plan.facets import Totals
    from zwgk_site.stages.plan.heads import HeadMaker

Figures = tuple[dict[str, int], list[tuple[str, int]], dict[str, int], list[str]]
TITLE = "公开情况总览"
PAGE_DEPARTMENTS = 100
MOST_YEARS = 8
NONE, NO_FUNCTION = "无", "无此职能"
_INTRO = "各部门的目录有哪些法定事项，每年公开了多少信息。点数字可以看到内容。"


def plan_coverage(
    headers: Mapping[str, Header], heads: HeadMaker, order: Sequence[str], totals: Totals, sums: dict[str, int]
) -> Iterator[LazyPage]:
    """The pages; each is made only if a number on it differs."""
    parts = [order[start : start + PAGE_DEPARTMENTS] for start in range(0, len(order), PAGE_DEPARTMENTS)] or [()]
    figures = _figures(sums, totals)
    for number, part in enumerate(parts, 1):
        whole = figures if number == 1 else None
        seed = (number, len(parts), whole, [(headers[code].brief, _numbers(headers[code])) for code in part])
        yield LazyPage(
            _url(number),
            seed,
            lambda number=number, part=part: _page(headers, heads, part, number, len(parts), figures),  # type: ignore[misc]
        )


def _url(number: int) -> str:
    return "coverage.html" if number == 1 else f"coverage-{number}.html"


def _numbers(header: Header) -> list[tuple[str, int]]:
    """What of a header the page shows beside its brief."""
    counts = [(name, head.count) for name, head in header.lists.items() if name.startswith(("items/", "years/"))]
    return [*sorted(counts), *((name, number) for name, number in header.tallies.items() if not name.startswith("c"))]


def _figures(sums: dict[str, int], totals: Totals) -> Figures:
    """Entries by item and stage, documents by year, entries by item, stages with a list, over all departments."""
    crossings = {name: number for name, number in sums.items() if name.startswith("crossings/")}
    years = sorted(((slug, count) for slug, (_, count, _) in totals["years"].items() if slug.isdigit()), reverse=True)
    return crossings, years, {slug: count for slug, (_, count, _) in totals["items"].items()}, sorted(totals["stages"])


def _page(  # noqa: PLR0913 - what the page shows, and where it stands among the others
    headers: Mapping[str, Header], heads: HeadMaker, part: Sequence[str], number: int, pages: int, figures: Figures
) -> PagePlan:
    crossings, years, items, listed = figures
    matrices = [_stages(crossings, items, listed)] if number == 1 else []
    if part:
        matrices += [_departments(headers, part), _years(headers, part, [year for year, _ in years[:MOST_YEARS]])]
    title = TITLE if number == 1 else f"{TITLE}（第{number}页）"
    links = tuple(
        Link(f"第{place}页", "" if place == number else _url(place)) for place in range(1, pages + 1) if pages > 1
    )
    view = CoveragePage(
        title,
        (Link("首页", "index.html"), Link(title)),
        tuple(matrices),
        _glance(headers, years) if number == 1 else None,
        links,
        _INTRO,
    )
    column = Column(TITLE, "各部门目录覆盖的法定事项和各年公开的信息", f"{COLUMN},{TITLE}", "信息公开目录")
    return PagePlan(_url(number), heads.of_column(title, _url(number), column), view, is_list=True)


def _glance(headers: Mapping[str, Header], years: list[tuple[str, int]]) -> Glance:
    return Glance("全部部门", site_figures(headers), "各年公开的信息", bars_of(years[:MOST_YEARS]))


def site_figures(headers: Mapping[str, Header]) -> tuple[Fact, ...]:
    """How much there is in all, and since when the newest stands."""
    briefs = [header.brief for header in headers.values()]
    return facts_of(
        fact("部门", f"{sum(1 for brief in briefs if not brief.dissolved_on)} 个"),
        fact("目录条目", f"{sum(brief.entries for brief in briefs)} 项"),
        fact("公开信息", f"{sum(brief.documents for brief in briefs)} 条"),
        fact("最近更新", max((brief.newest_on for brief in briefs), default=""), "date"),
    )


def _stages(crossings: dict[str, int], items: dict[str, int], listed: Sequence[str]) -> Matrix:
    """Statutory items by 五公开, over all departments."""
    columns = tuple(
        CountedLink(stage.name, f"stages/{stage.slug}/index.html" if stage.slug in listed else "") for stage in STAGES
    )
    rows = []
    for item in ITEMS:
        cells = tuple(
            _cell(stage.name, crossings.get(f"crossings/{item.slug}/{stage.slug}", 0), _search(item.slug, stage.slug))
            for stage in STAGES
        )
        url = f"items/{item.slug}/index.html" if items.get(item.slug) else ""
        rows.append(MatrixRow(Link(item.name, url), cells, str(items.get(item.slug) or NONE)))
    return Matrix("法定事项和五公开", "stages", "各法定事项的目录条目，按五公开环节", "法定事项", columns, tuple(rows))


def _search(item: str, stage: str) -> str:
    return f"search.html?item={item}&stage={stage}"


def _cell(label: str, count: int, url: str) -> MatrixCell:
    return MatrixCell(label, str(count), url) if count else MatrixCell(label, NONE, kind="none")


def _departments(headers: Mapping[str, Header], part: Sequence[str]) -> Matrix:
    """Departments by statutory item; an item that a department has no function for says so."""
    columns = tuple(
        CountedLink(ITEM_SHORTS[item.slug], f"items/{item.slug}/index.html", note=item.name) for item in ITEMS
    )
    columns = tuple(
        CountedLink(link.title, link.url if _has(headers, item.slug) else "", note=link.note)
        for link, item in zip(columns, ITEMS, strict=True)
    )
    rows = tuple(_department_row(headers[code]) for code in part)
    note = "灰色的数字表示目录里有这类事项，还没有公开信息；“—”表示这一类部门不适用。"
    return Matrix("部门和法定事项", "items", "各部门目录里的法定事项", "部门", columns, rows, wide=True, note=note)


def _has(headers: Mapping[str, Header], slug: str) -> bool:
    return any(_entries(header).get(slug) for header in headers.values())


def _entries(header: Header) -> dict[str, int]:
    return {
        name.partition("|")[0].removeprefix("items/"): head.count
        for name, head in header.lists.items()
        if name.startswith("items/")
    }


def _department_row(header: Header) -> MatrixRow:
    brief, counts = header.brief, _entries(header)
    apt = {term.slug for term in items_of(brief.category, brief.level)}
    cells = tuple(_item_cell(brief, header, item.slug, counts.get(item.slug, 0), apt) for item in ITEMS)
    return MatrixRow(Link(brief.name, f"{brief.code}/{STATUTORY.file}"), cells, str(brief.entries))


def _item_cell(brief: Brief, header: Header, slug: str, count: int, apt: set[str]) -> MatrixCell:
    label = ITEM_SHORTS[slug]
    if count:
        kind = "" if header.tallies.get(f"filled/{slug}") else "promised"
        return MatrixCell(label, str(count), f"{brief.code}/{STATUTORY.file}#i-{slug}", kind)
    if slug in brief.absent:
        return MatrixCell(label, NO_FUNCTION, kind="none")
    return MatrixCell(label, NONE if slug in apt else "—", kind="none")


def _years(headers: Mapping[str, Header], part: Sequence[str], years: Sequence[str]) -> Matrix:
    """What each department published in the newest years."""
    counts = {code: {year: _year_count(headers[code], year) for year in years} for code in part}
    fullest = max((count for row in counts.values() for count in row.values()), default=1) or 1
    rows = tuple(
        MatrixRow(
            Link(headers[code].brief.name, f"{code}/list/index.html"),
            tuple(
                MatrixCell(f"{year}年", str(count), share=share_of(count, fullest))
                if (count := counts[code][year])
                else MatrixCell(f"{year}年", NONE, kind="none")
                for year in years
            ),
            str(headers[code].brief.documents),
        )
        for code in part
    )
    columns = tuple(CountedLink(f"{year}年", f"years/{year}/index.html") for year in years)
    return Matrix("部门和年份", "years", "各部门每年公开的信息，条数", "部门", columns, rows, wide=len(years) > 6)


def _year_count(header: Header, year: str) -> int:
    head = header.lists.get(f"years/{year}|{year}年")
    return head.count if head else 0
