"""Pages on policies of all departments (规范性文件): by validity, by issuer, and what was in force at the end of a year."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zwgk_site.model.plan import PagePlan
from zwgk_site.model.views import CountedLink, Link, LinkGroup, Pager, PolicyLine, PolicyTablePage
from zwgk_site.stages.plan.desk import COLUMN
from zwgk_site.stages.plan.heads import Column, HeadMaker
from zwgk_site.stages.plan.lists import newest_first, pager_of, slice_list
from zwgk_site.stages.plan.policies import POLICY
from zwgk_site.stages.plan.policy_chain import (
    AMENDED,
    COMING,
    EXPIRED,
    IN_FORCE,
    REPEALED,
    UNMARKED,
    Chain,
    Standing,
    in_force_on,
)
from zwgk_site.stages.plan.topics import EXPLAINING, PARTICIPATION, plan_topics

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zwgk_site.model.corpus import Site
    from zwgk_site.model.exports import PolicyRow

FOLDER, TITLE = "normative", "规范性文件"
PAGE_ROWS = 50
MOST_YEARS = 5
CHOICES = (
    ("valid", "现行有效", "现在有效的文件，包括修改过、仍然有效的", IN_FORCE),
    ("amended", "已修改，继续有效", "被后来的文件修改过、仍然有效的文件", (AMENDED,)),
    ("coming", "尚未施行", "已经公布、还没有到施行日期的文件", (COMING,)),
    ("repealed", "已废止", "被后来的文件废止或者替代的文件", (REPEALED,)),
    ("expired", "已失效", "有效期已满或者宣布失效的文件", (EXPIRED,)),
    ("unmarked", "未注明有效性", "发布时没有写明有效性的文件", (UNMARKED,)),
)
"""Slug, title, sentence and states of each choice: the results of a clean-up are 继续有效, 修改, 废止, 失效."""
_KINDS = {COMING: "coming", EXPIRED: "ended", REPEALED: "ended", AMENDED: "changed"}
_CAPTION = "按成文日期排列，新的在前"
_INTRO = "各部门带文号的政策文件，按成文日期排列，新的在前。有效性按文件自己和后来文件写明的关系列出，以文件原文为准。"
POLICY_PAGES = tuple(f"{folder}/index.html" for folder in (FOLDER, EXPLAINING[0], PARTICIPATION[0]))
"""The pages that are always there."""
Found = list[tuple["PolicyRow", Standing]]


def plan_policies(site: Site, rows: Sequence[PolicyRow]) -> Iterator[PagePlan]:
    """Tables of policies with a 文号, and the topics of interpretation and participation; there even while empty."""
    chain = Chain(sorted(rows, key=lambda row: (row.formed_on, row.code, row.id)))
    heads = HeadMaker(site)
    found = [(row, chain.standing(row)) for row in chain.of_kind(POLICY) if row.number]
    lists = tuple(_lists(found))
    yield _overview(heads, found, lists)
    for slug, title, intro, chosen in lists:
        yield from _table(heads, slug, title, intro, chosen)
    yield from plan_topics(heads, chain)


def _lists(found: Found) -> Iterator[tuple[str, str, str, Found]]:
    """The choices that hold something: by state, by year, by department."""
    for slug, title, intro, states in CHOICES:
        chosen = [item for item in found if item[1].state in states]
        if chosen:
            yield slug, title, intro, chosen
    newest = max((row.formed_on[:4] for row, _ in found), default="")
    for year in range(int(newest) - 1, int(newest) - 1 - MOST_YEARS, -1) if newest else ():
        chosen = [item for item in found if in_force_on(*item, f"{year}-12-31")]
        if chosen:
            intro = f"{year}年12月31日这一天有效的文件。没有写明何时失效的已失效、已废止文件不在其中。"
            yield str(year), f"{year}年末有效的文件", intro, chosen
    by_code: dict[str, Found] = defaultdict(list)
    for item in found:
        by_code[item[0].code].append(item)
    for code in sorted(by_code):
        name = by_code[code][0][0].department
        yield f"of-{code}", name, f"{name}带文号的政策文件。", by_code[code]


def _overview(heads: HeadMaker, found: Found, lists: Sequence[tuple[str, str, str, Found]]) -> PagePlan:
    links = [(slug, CountedLink(title, f"{slug}/index.html", len(chosen))) for slug, title, _, chosen in lists]
    groups = (
        ("按有效性和清理结果", tuple(link for slug, link in links if slug in _STATE_SLUGS)),
        ("某一年年末有效的文件", tuple(link for slug, link in links if slug.isdigit())),
        ("按发文部门", tuple(link for slug, link in links if slug.startswith("of-"))),
    )
    newest = tuple(_line(row, standing, "../") for row, standing in reversed(found[-PAGE_ROWS:]))
    view = PolicyTablePage(
        TITLE,
        (Link("首页", "../index.html"), Link(TITLE)),
        tuple(LinkGroup(title, items) for title, items in groups if items),
        "最近的文件",
        newest,
        Pager(),
        _INTRO,
    )
    return _page(heads, f"{FOLDER}/index.html", view, _INTRO)


_STATE_SLUGS = frozenset(slug for slug, *_ in CHOICES)


def _table(heads: HeadMaker, slug: str, title: str, intro: str, found: Found) -> Iterator[PagePlan]:
    root = "../../"
    lines = [_line(row, standing, root) for row, standing in found]
    trail = (Link("首页", root + "index.html"), Link(TITLE, "../index.html"), Link(title))
    for part in slice_list(len(lines), PAGE_ROWS):
        view = PolicyTablePage(title, trail, (), _CAPTION, newest_first(lines, part), pager_of(part), intro)
        yield _page(heads, f"{FOLDER}/{slug}/{part.name}", view, intro)


def _line(row: PolicyRow, standing: Standing, root: str) -> PolicyLine:
    by = tuple(Link(item.title, root + item.url) for item in standing.by)
    kind = _KINDS.get(standing.state, "")
    return PolicyLine(row.title, root + row.url, row.number, row.issuer, row.formed_on, standing.state, kind, by)


def _page(heads: HeadMaker, url: str, view: PolicyTablePage, description: str) -> PagePlan:
    column = Column(view.title, description, f"{COLUMN},{TITLE}", "政策文件")
    return PagePlan(url, heads.of_column(view.title, url, column), view, is_list=True)
