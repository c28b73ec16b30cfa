"""The numbers by which checks judge (检查参数): each with its source, each to be set otherwise by a site, with a reason.

What a law fixes is no threshold: it stands in the module of its rule and can't be changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.model.corpus import Threshold

INSPECTION = "国办秘函〔2019〕19号"


class Number(msgspec.Struct, frozen=True):
    """One number: its name in `site.yaml`, what we take without it, what it is for, where it comes from."""

    key: str
    name: str
    value: int
    title: str
    source: str = ""


NUMBERS = (
    Number("home_days", "首页更新天数", 14, "专栏多少天没有新信息算不更新", INSPECTION),
    Number("news_days", "要闻更新天数", 14, "动态、要闻类栏目多少天没有新信息算不更新", INSPECTION),
    Number("notice_days", "公告政策更新天数", 183, "通知公告、政策文件类栏目多少天（约六个月）没有新信息算不更新", INSPECTION),
    Number("stale_columns", "不更新栏目个数", 5, "要闻、公告、政策类栏目不更新到多少个，一票否决", INSPECTION),
    Number("overdue_columns", "应更新未更新个数", 10, "应更新未更新的栏目到多少个，一票否决", INSPECTION),
    Number("blank_columns", "空白栏目个数", 5, "空白栏目到多少个，一票否决", INSPECTION),
    Number("due_soon_days", "到期提醒天数", 7, "提前多少天提醒到期"),
    Number("expiring_days", "失效提醒天数", 60, "文件失效前多少天提醒"),
    Number("interpretation_days", "解读工作日", 3, "解读最迟在文件公开后多少个工作日内公开", "国办发〔2016〕19号"),
    Number("interpretation_elements", "解读要素个数", 1, "解读至少写到九项要素中的几项"),
    Number("consultation_days", "征求意见天数", 30, "征求意见一般不少于多少天", "《重大行政决策程序暂行条例》第十五条第一款"),
    Number("result_days", "采纳反馈天数", 30, "征求意见结束后多少天还没有公布采纳情况就提醒"),
    Number("repost_hours", "转载小时", 24, "上级政策发布后多少小时内转载"),
    Number("filing_days", "补登天数", 30, "新上网的文件，发布日期比上一版早多少天以上就提醒"),
    Number("catalog_review_days", "目录复核天数", 365, "目录和指南多少天没有核对就提醒", "条例第12条第一款"),
    Number("closed_review_days", "不公开复核天数", 365, "不予公开的文件多少天没有重新审查就提醒", "条例第18条"),
)  # fmt: skip
BY_NAME = {number.name: number for number in NUMBERS}


class Thresholds:
    """The numbers of one site (检查参数), by their names in code."""

    __slots__ = tuple(number.key for number in NUMBERS)

    home_days: int
    news_days: int
    notice_days: int
    stale_columns: int
    overdue_columns: int
    blank_columns: int
    due_soon_days: int
    expiring_days: int
    interpretation_days: int
    interpretation_elements: int
    consultation_days: int
    result_days: int
    repost_hours: int
    filing_days: int
    catalog_review_days: int
    closed_review_days: int

    def __init__(self, own: Iterable[Threshold] = ()) -> None:
        """The standard numbers, with `own` of the site in place of some; unknown names are not looked at."""
        for number in NUMBERS:
            setattr(self, number.key, number.value)
        for item in own:
            if item.name in BY_NAME and item.value >= 0:
                setattr(self, BY_NAME[item.name].key, item.value)
