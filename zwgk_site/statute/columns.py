"""The fixed columns of a disclosure column, and what the regulation says about asking for the rest.

国办公开办函〔2019〕61号 names the columns; 《政府信息公开条例》 arts. 20, 21 what stands under 法定主动公开内容, arts. 27 to 51
what a request needs. Names are fixed: a theme may arrange them, nothing renames them.
"""

from __future__ import annotations

import msgspec

from zwgk_site.statute.taxonomy import ITEMS, Term


class FixedColumn(msgspec.Struct, frozen=True):
    """A column that every organ's disclosure has (固定栏目).

    `type` is the value of the meta tag ColumnType (国办发〔2017〕47号); `file` is the page in the department's folder.
    """

    file: str
    name: str
    description: str
    type: str


GUIDE = FixedColumn(
    "guide.html", "政府信息公开指南", "政府信息的分类、编排体系、获取方式和公开工作机构", "信息公开指南"
)
SYSTEM = FixedColumn("system.html", "政府信息公开制度", "政府信息公开的法规、制度和规定", "信息公开目录")
STATUTORY = FixedColumn("statutory.html", "法定主动公开内容", "依法应当主动公开的各类政府信息", "信息公开目录")
ANNUAL = FixedColumn("annual.html", "政府信息公开年报", "政府信息公开工作年度报告", "信息公开年报")
REQUEST = FixedColumn("request.html", "依申请公开", "怎样申请获取没有主动公开的政府信息", "依申请公开")
FIXED_COLUMNS = (GUIDE, SYSTEM, STATUTORY, ANNUAL, REQUEST)

CHIEFS = ("主要负责人", "局长", "主任", "县长", "市长", "镇长", "乡长", "区长", "厅长")
"""Words in 解读人's 身份 by which an interpretation is the chief's own (一把手解读)."""


def is_chief(role: str) -> bool:
    """Whether an interpreter's 身份 is that of the organ's chief; a deputy is not."""
    return "副" not in role and any(word in role for word in CHIEFS)


_PLACES = {"21-1": ("市级", "县级"), "21-2": ("乡级",)}
_ENTERPRISE, _TOWN = "公共企事业单位", "乡镇街道"
_LEVELLED = ("本级政府", "政府部门")


def is_enterprise(category: str) -> bool:
    """Whether an organ is a public enterprise or institution: art. 55, not arts. 20, 21, says what it publishes."""
    return category == _ENTERPRISE


def lacks_level(category: str, level: str) -> bool:
    """Whether what an organ must publish can't be told, because art. 21 asks of some levels only."""
    return category in _LEVELLED and not level


def has_odd_level(category: str, level: str) -> bool:
    """Whether an organ of a town or street is said to stand at another level."""
    return category == _TOWN and level not in ("", "乡级")


def items_of(category: str, level: str) -> tuple[Term, ...]:
    """The statutory items of an organ: art. 20 for all, of art. 21 those of its level; public enterprises have none."""
    if is_enterprise(category):
        return ()
    town = category == _TOWN
    return tuple(
        term
        for term in ITEMS
        if term.slug.startswith("20-") or (town and term.slug == "21-2") or (not town and level in _PLACES[term.slug])
    )


REQUEST_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "向谁申请、怎样申请",
        (
            "公民、法人和其他组织都可以申请。向本机关的政府信息公开工作机构提出，用信件、电子邮件等书面形式；书写有困难的，可以当面口头提出，由工作人员代填（条例第二十七条、第二十九条）。",
            "阅读有困难或者看不见、听不见的，本机关提供帮助（条例第四十三条）。",
        ),
    ),
    (
        "申请要写什么",
        (
            "写明三项：姓名或者名称、身份证明和联系方式；要什么信息，名称、文号或者能查到它的其他描述；希望以什么形式、从哪里得到（条例第二十九条）。",
        ),
    ),
    (
        "什么时候答复",
        (
            "能当场答复的当场答复；不能的，自收到申请之日起20个工作日内答复，需要延长的，会告知申请人，延长不超过20个工作日；征求第三方和其他机关意见的时间不算在内（条例第三十三条）。",
            "申请写得不清楚的，本机关自收到申请之日起7个工作日内一次告知怎样补正，补正以后重新计算（条例第三十条）。",
        ),
    ),
    (
        "收不收费",
        ("不收费。申请的数量、次数明显超过合理范围的，可以收取信息处理费（条例第四十二条）。",),
    ),
    (
        "不满意怎么办",
        (
            "认为本机关没有按要求公开或者答复的，可以向政府信息公开工作主管部门提出；认为侵犯合法权益的，可以投诉、举报，也可以申请行政复议或者提起行政诉讼（条例第四十七条、第五十一条）。",
        ),
    ),
)
"""What a person must know to ask for information, in plain words, with the articles."""

ENTERPRISE_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "怎样问、怎样要",
        (
            "本单位公开提供公共服务时制作、获取的信息，公开什么、怎样公开，按有关法律、法规和国务院有关主管部门的规定执行（条例第五十五条）。",
            "网上没有找到的，请向本单位咨询；阅读有困难或者看不见、听不见的，请说明需要怎样的帮助。",
        ),
    ),
    (
        "认为没有依法公开怎么办",
        ("可以向有关主管部门申诉。主管部门应当及时调查处理，并把处理结果告诉申诉人（条例第五十五条）。",),
    ),
)
"""The same of a public enterprise: it answers to its sector's rules, and complaints go to the authority in charge."""
