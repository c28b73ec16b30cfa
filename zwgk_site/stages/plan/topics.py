"""Public participation and interpretations of all departments (公众参与、政策解读), with what belongs together side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.plan import PagePlan
from zwgk_site.model.views import Fact, Link, ListPage, Row, TopicPage, TopicRow, TopicSection
from zwgk_site.stages.plan.desk import COLUMN
from zwgk_site.stages.plan.heads import Column
from zwgk_site.stages.plan.lists import newest_first, pager_of, slice_list
from zwgk_site.stages.plan.policies import DRAFT, INTERPRETATION, MEETING, RESULT
from zwgk_site.stages.plan.states import ASK_LATER, ASKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from zwgk_site.model.exports import PolicyRow
    from zwgk_site.stages.plan.heads import HeadMaker
    from zwgk_site.stages.plan.policy_chain import Chain

PARTICIPATION, EXPLAINING = ("participation", "公众参与"), ("interpretation", "政策解读")
FEW, MANY = 10, 20
_ROOT = "../"
_ASK_INTRO = "政府作重大决定以前，把草案拿出来听取意见。在这里看正在征求什么意见、怎样提，提了以后采纳没有。"
_EXPLAIN_INTRO = "用好懂的话说明政策：为什么出台、有什么变化、对谁有什么好处、怎么办。"
_NOTHING, _NOTHING_OPEN = "暂无信息。", "现在没有正在征求意见的事项。"


def plan_topics(heads: HeadMaker, chain: Chain) -> Iterator[PagePlan]:
    """The two pages, and the lists of all that they show the newest of."""
    spoken, asked = chain.of_kind(INTERPRETATION), chain.of_kind(DRAFT, RESULT, MEETING)
    chiefs = [row for row in spoken if row.by_chief]
    yield _topic(heads, EXPLAINING, _explaining(chain, spoken, chiefs), _EXPLAIN_INTRO, "政策解读")
    yield from _all(heads, EXPLAINING, "all", "全部政策解读", spoken)
    yield from _all(heads, EXPLAINING, "chief", "一把手解读政策", chiefs)
    yield _topic(heads, PARTICIPATION, tuple(_asking(chain, asked)), _ASK_INTRO, "征集调查")
    yield from _all(heads, PARTICIPATION, "all", "全部公众参与信息", asked)


def _topic(
    heads: HeadMaker, topic: tuple[str, str], sections: tuple[TopicSection, ...], intro: str, column_type: str
) -> PagePlan:
    folder, title = topic
    url = f"{folder}/index.html"
    view = TopicPage(title, (Link("首页", "../index.html"), Link(title)), sections, intro)
    column = Column(title, intro, f"{COLUMN},{title}", column_type)
    return PagePlan(url, heads.of_column(title, url, column), view, is_list=True)


def _all(
    heads: HeadMaker, topic: tuple[str, str], slug: str, title: str, rows: Sequence[PolicyRow]
) -> Iterator[PagePlan]:
    """A list of all rows by the day of their publication; none is made of nothing."""
    if not rows:
        return
    folder, name = topic
    root = "../../"
    trail = (Link("首页", root + "index.html"), Link(name, "../index.html"), Link(title))
    column = Column(title, title, f"{COLUMN},{name}", "政策解读" if topic == EXPLAINING else "征集调查")
    ordered = sorted(rows, key=lambda row: (row.date, row.code, row.id))
    for part in slice_list(len(ordered)):
        url = f"{folder}/{slug}/{part.name}"
        view = ListPage(title, trail, tuple(_row(item, root) for item in newest_first(ordered, part)), pager_of(part))
        yield PagePlan(url, heads.of_column(title, url, column), view, is_list=True)


def _row(row: PolicyRow, root: str) -> Row:
    state = row.state if row.kind != DRAFT or row.state in (ASKING, ASK_LATER) else ""
    note = row.number or (row.kind if row.kind in (RESULT, MEETING) else "")
    return Row(row.title, root + row.url, row.date, note, row.department, state)


def _newest(rows: Sequence[PolicyRow], most: int) -> list[PolicyRow]:
    return sorted(rows, key=lambda row: (row.date, row.code, row.id), reverse=True)[:most]


def _links(label: str, rows: Sequence[PolicyRow]) -> Fact | None:
    return Fact(label, tuple(Link(row.title, _ROOT + row.url) for row in rows)) if rows else None


def _facts(*items: Fact | None) -> tuple[Fact, ...]:
    return tuple(item for item in items if item is not None)


def _section(
    title: str,
    anchor: str,
    rows: Sequence[PolicyRow],
    chain_of: Callable[[PolicyRow], tuple[Fact, ...]],
    more: Link | None,
) -> TopicSection:
    shown = tuple(TopicRow(_row(row, _ROOT), chain_of(row)) for row in rows)
    return TopicSection(title, anchor, shown, "" if shown else _NOTHING, more)


# --- 政策解读 --------------------------------------------------------------------------------------


def _explaining(chain: Chain, spoken: Sequence[PolicyRow], chiefs: Sequence[PolicyRow]) -> tuple[TopicSection, ...]:
    def chain_of(row: PolicyRow) -> tuple[Fact, ...]:
        policies = chain.explained(row)
        drafts = [draft for policy in policies for draft in chain.drafts(policy)]
        return _facts(_links("解读的文件", policies), _links("征求意见", drafts))

    more_chiefs = Link("全部一把手解读", "chief/index.html") if chiefs else None
    more = Link("全部政策解读", "all/index.html") if spoken else None
    return (
        _section("一把手解读政策", "chief", _newest(chiefs, FEW), chain_of, more_chiefs),
        _section("最新解读", "newest", _newest(spoken, MANY), chain_of, more),
    )


# --- 公众参与 --------------------------------------------------------------------------------------


def _asking(chain: Chain, asked: Sequence[PolicyRow]) -> Iterator[TopicSection]:
    drafts = [row for row in asked if row.kind == DRAFT]
    answered = [row for row in drafts if chain.results(row)]
    done = {row.url for row in answered}
    waiting = [row for row in drafts if row.url not in done and row.state not in (ASKING, ASK_LATER)]
    alone = [row for row in asked if row.kind == RESULT and not chain.is_answer(row)]

    def chain_of(row: PolicyRow) -> tuple[Fact, ...]:
        days = Fact("征求时间", (Link(f"{row.asked[0]} 至 {row.asked[1]}"),)) if all(row.asked) else None
        return _facts(days, _links("采纳结果", chain.results(row)), _links("出台的文件", chain.outcomes(row)))

    open_now = sorted((row for row in drafts if row.state == ASKING), key=lambda row: (row.asked[1] or "9", row.url))
    now = _section("正在征求意见", "open", open_now, chain_of, None)
    yield now if now.rows else msgspec.structs.replace(now, note=_NOTHING_OPEN)
    coming = [row for row in drafts if row.state == ASK_LATER]
    if coming:
        yield _section("即将征求意见", "coming", _newest(coming, MANY), chain_of, None)
    if waiting:
        yield _section("已经截止，结果还没有公布", "waiting", _newest(waiting, MANY), chain_of, None)
    yield _section("结果已经公布", "answered", _newest([*answered, *alone], MANY), chain_of, None)
    meetings = [row for row in asked if row.kind == MEETING]
    if meetings:
        yield _section("会议", "meetings", _newest(meetings, FEW), chain_of, None)
    if asked:
        yield TopicSection("更多", "more", (), "", Link("全部公众参与信息", "all/index.html"))
