"""The two front doors of the whole: its home, and the list of all departments (首页、部门一览)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.exports import Header, ListRow
from zwgk_site.model.plan import PagePlan
from zwgk_site.model.views import (
    CountedLink,
    DepartmentGroup,
    DepartmentLine,
    DepartmentList,
    Glance,
    Link,
    LinkGroup,
    RowGroup,
    SiteHome,
)
from zwgk_site.stages.plan.coverage import TITLE as COVERAGE
from zwgk_site.stages.plan.coverage import site_figures
from zwgk_site.stages.plan.desk import COLUMN
from zwgk_site.stages.plan.facets import FACETS, TITLES, facet_links
from zwgk_site.stages.plan.glance import bars_of
from zwgk_site.stages.plan.heads import Column
from zwgk_site.stages.plan.linked_data import site_json_ld
from zwgk_site.statute.columns import FIXED_COLUMNS
from zwgk_site.text.pinyin import initial_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zwgk_site.model.corpus import Site
    from zwgk_site.stages.plan.facets import Totals
    from zwgk_site.stages.plan.heads import HeadMaker

HOME_FACETS = ("fields", "items", "stages", "areas", "years")
CATEGORIES = ("本级政府", "政府部门", "直属单位", "派出机关", "乡镇街道", "垂直管理部门", "公共企事业单位")
OTHERS = "其他"
HOME_NEWEST, HOME_YEARS = 10, 5
MOST_NAMED = 60
"""Above so many departments the home names their categories only."""
TOPICS = (
    CountedLink("规范性文件", "normative/index.html", note="现在有效、已经废止或者失效的政策文件"),
    CountedLink("政策解读", "interpretation/index.html", note="用好懂的话说明政策"),
    CountedLink("公众参与", "participation/index.html", note="正在征求的意见和采纳结果"),
    CountedLink(COVERAGE, "coverage.html", note="各部门公开了哪些事项、多少信息"),
)


class SharedContext(msgspec.Struct, frozen=True):
    """What shared pages are made of: the site, all headers, each department's pinyin key."""

    site: Site
    headers: Mapping[str, Header]
    pinyin: Mapping[str, str]


def without_place(context: SharedContext) -> SharedContext:
    """The context with pinyin keys that pass over the name of the place, which nearly all names begin with.

    示范县财政局 is looked for under C where 示范县人民政府 keeps the site.
    """
    briefs = [header.brief for header in context.headers.values()]
    own = next((brief.name for brief in briefs if brief.category == CATEGORIES[0]), "")
    place = own.removesuffix("人民政府")
    if not place or place == own or not all("\u4e00" <= char <= "\u9fff" for char in place):
        return context
    keys = dict(context.pinyin)
    for brief in briefs:
        if brief.name.startswith(place) and len(brief.name) > len(place):
            keys[brief.code] = " ".join(keys[brief.code].split(" ")[len(place) :])
    return msgspec.structs.replace(context, pinyin=keys)


def plan_site_home(
    context: SharedContext, heads: HeadMaker, order: Sequence[str], totals: Totals, newest: tuple[ListRow, ...]
) -> PagePlan:
    """The home: the government's own columns, what is new, how much there is, and the ways to the rest."""
    site, years = context.site, facet_links("years", totals["years"])
    more = Link("更多", years[0].url) if len(newest) > HOME_NEWEST and years else None
    bars = bars_of([(link.title.removesuffix("年"), link.count) for link in years[:HOME_YEARS]])
    view = SiteHome(
        title=site.name,
        departments=_named(context, order),
        newest=RowGroup("最新公开", tuple(item.row for item in newest[:HOME_NEWEST]), more),
        facets=tuple(
            LinkGroup(FACETS[folder][0], facet_links(folder, totals[folder]))
            for folder in HOME_FACETS
            if totals[folder]
        ),
        intro=f"{site.organizer or site.name}和各部门主动公开的政府信息。",
        columns=_own_columns(context, order),
        topics=(*TOPICS, CountedLink(FACETS[TITLES][0], f"{TITLES}/index.html", note="知道标题第一个字就能找到")),
        glance=Glance("公开情况", site_figures(context.headers), "各年公开的信息", bars) if order else None,
    )
    alternates: tuple[tuple[str, str, str], ...] = ()
    if heads.base:
        alternates = (("application/feed+json", f"{site.name}最新公开", "feed.json"),)
    return PagePlan(
        "index.html", heads.of_site(site.name, view.intro, alternates, site_json_ld(heads)), view, is_list=True
    )


def _own_columns(context: SharedContext, order: Sequence[str]) -> tuple[CountedLink, ...]:
    """The fixed columns of the government that the site belongs to."""
    own = next((code for code in order if context.headers[code].brief.category == CATEGORIES[0]), "")
    if not own:
        return ()
    return tuple(CountedLink(item.name, f"{own}/{item.file}", note=item.description) for item in FIXED_COLUMNS)


def _by_category(context: SharedContext, order: Sequence[str]) -> list[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for code in order:
        groups[context.headers[code].brief.category or OTHERS].append(code)
    return sorted(groups.items(), key=lambda item: (_rank(item[0]), item[0]))


def _rank(category: str) -> int:
    return CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES)


def _named(context: SharedContext, order: Sequence[str]) -> tuple[LinkGroup, ...]:
    """Departments by category, or their categories alone where they are very many."""
    groups = _by_category(context, order)
    if len(order) <= MOST_NAMED:
        return tuple(LinkGroup(name, tuple(_link(context, code) for code in codes)) for name, codes in groups)
    links = (
        CountedLink(name, f"departments.html#{_anchor(place)}", note=f"{len(codes)} 个部门")
        for place, (name, codes) in enumerate(groups, 1)
    )
    return (LinkGroup("全部部门", tuple(links)),)


def _anchor(place: int) -> str:
    return f"c-{place}"


def _link(context: SharedContext, code: str) -> CountedLink:
    brief = context.headers[code].brief
    return CountedLink(brief.name, f"{code}/index.html", brief.documents, note=_note(brief.dissolved_on))


def _note(dissolved_on: str) -> str:
    return "已撤销" if dissolved_on else ""


def plan_department_list(context: SharedContext, heads: HeadMaker, order: Sequence[str]) -> PagePlan:
    """All departments twice: by category as a table with telephone numbers, by pinyin as names."""
    letters: dict[str, list[CountedLink]] = defaultdict(list)
    for code in order:
        letters[initial_of(context.pinyin[code])].append(_link(context, code))
    categories = tuple(
        DepartmentGroup(name, _anchor(place), tuple(_line(context, code) for code in codes))
        for place, (name, codes) in enumerate(_by_category(context, order), 1)
    )
    title = "部门一览"
    view = DepartmentList(
        title,
        (Link("首页", "index.html"), Link(title)),
        tuple(LinkGroup(name, tuple(links)) for name, links in sorted(letters.items())),
        categories,
    )
    column = Column(title, "公开政府信息的全部部门，按类别和名称拼音排列", f"{COLUMN},部门", "信息公开目录")
    return PagePlan("departments.html", heads.of_column(title, "departments.html", column), view, is_list=True)


def _line(context: SharedContext, code: str) -> DepartmentLine:
    brief = context.headers[code].brief
    note = _note(brief.dissolved_on)
    return DepartmentLine(brief.name, f"{code}/index.html", brief.phone, brief.entries, brief.documents, note)
