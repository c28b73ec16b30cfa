"""The classes by which entries are browsed: fields, statutory items, stages (五公开). Names are official, slugs are ours."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable


class Term(msgspec.Struct, frozen=True):
    """A value of a class: the URL part, the official name and other names met for it."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()


# 国办发〔2019〕54号: the 26 fields for which ministries issued 标准指引; names as commonly listed, wording varies.
FIELDS = (
    Term("f01", "国土空间规划", ("城乡规划", "国土空间规划（城乡规划）", "国土空间规划(城乡规划)")),
    Term("f02", "重大建设项目", ("重大项目建设", "重大建设项目批准和实施")),
    Term("f03", "公共资源交易", ("公共资源配置",)),
    Term("f04", "财政预决算"),
    Term("f05", "安全生产"),
    Term("f06", "税收管理"),
    Term("f07", "征地补偿", ("农村集体土地征收", "集体土地征收")),
    Term("f08", "国有土地上房屋征收与补偿", ("国有土地上房屋征收",)),
    Term("f09", "保障性住房", ("住房保障",)),
    Term("f10", "农村危房改造"),
    Term("f11", "生态环境", ("环境保护", "生态环境（环境保护）")),
    Term("f12", "公共文化服务", ("公共文化体育",)),
    Term("f13", "公共法律服务"),
    Term("f14", "扶贫", ("乡村振兴", "扶贫（乡村振兴）", "扶贫(乡村振兴)", "精准扶贫")),
    Term("f15", "救灾", ("灾害救助",)),
    Term("f16", "食品药品监管", ("食品药品安全",)),
    Term("f17", "城市综合执法", ("综合执法",)),
    Term("f18", "就业", ("就业创业",)),
    Term("f19", "社会保险"),
    Term("f20", "社会救助"),
    Term("f21", "养老服务"),
    Term("f22", "户籍管理"),
    Term("f23", "涉农补贴"),
    Term("f24", "义务教育"),
    Term("f25", "卫生健康", ("医疗卫生",)),
    Term("f26", "市政服务"),
)

# 《政府信息公开条例》(国令第711号) 第二十条 items 1 to 15, in short; 第二十一条 by kind of place.
ITEMS = (
    Term("20-1", "行政法规、规章和规范性文件"),
    Term("20-2", "机关职能、机构设置和联系方式"),
    Term("20-3", "国民经济和社会发展规划"),
    Term("20-4", "国民经济和社会发展统计信息"),
    Term("20-5", "行政许可和其他对外管理服务事项"),
    Term("20-6", "行政处罚、行政强制"),
    Term("20-7", "财政预算、决算"),
    Term("20-8", "行政事业性收费"),
    Term("20-9", "政府集中采购"),
    Term("20-10", "重大建设项目"),
    Term("20-11", "扶贫、教育、医疗、社会保障、促进就业"),
    Term("20-12", "突发公共事件"),
    Term("20-13", "环境保护、公共卫生、安全生产、食品药品、产品质量监督检查"),
    Term("20-14", "公务员招考"),
    Term("20-15", "法律、法规、规章和国家有关规定要求主动公开的其他信息"),
    Term("21-1", "设区的市、县级政府及其部门的公开事项"),
    Term("21-2", "乡镇政府的公开事项"),
)

ITEM_SHORTS = {
    "20-1": "规范性文件", "20-2": "机构职能", "20-3": "发展规划", "20-4": "统计信息", "20-5": "许可服务", "20-6": "处罚强制",
    "20-7": "预算决算", "20-8": "收费", "20-9": "政府采购", "20-10": "重大项目", "20-11": "民生保障", "20-12": "突发事件",
    "20-13": "监督检查", "20-14": "招考录用", "20-15": "其他法定", "21-1": "市县事项", "21-2": "乡镇事项",
}  # fmt: skip
"""The items in four or five characters, for the heads of narrow columns; practice uses such labels."""

STAGES = (
    Term("decision", "决策"),
    Term("execution", "执行"),
    Term("management", "管理"),
    Term("service", "服务"),
    Term("result", "结果"),
)

_HAN_NUMBERS = {char: value for value, char in enumerate("零一二三四五六七八九十")}
_ITEM = late(
    r"(?:第)?\s*(20|21|二十一|二十)\s*(?:条)?\s*[-第（(.、]*\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]?\s*(?:项)?"
)


def table_of(terms: tuple[Term, ...]) -> dict[str, Term]:
    """Terms by each of their names."""
    return {form: term for term in terms for form in (term.name, *term.aliases)}


_FIELD_NAMES, _STAGE_NAMES = table_of(FIELDS), table_of(STAGES)
_ITEM_SLUGS = {term.slug: term for term in ITEMS}


@lru_cache(maxsize=1 << 12)
def classify_field(text: str) -> Term | None:
    """The field that `text` names; one that is not among the 26 gets a slug of its own; `None` for no text."""
    plain = text.strip()
    return (_FIELD_NAMES.get(plain) or own_term(plain)) if plain else None


@lru_cache(maxsize=1 << 10)
def nearest_field(text: str) -> str:
    """The one of the 26 fields that `text`, which names none, is most likely meant for; empty for a field of one's own."""
    import difflib

    plain = text.strip()
    parts = [form for form in _FIELD_NAMES if len(plain) > 1 and (form.startswith(plain) or plain.startswith(form))]
    close = parts or difflib.get_close_matches(plain, _FIELD_NAMES, 1, 0.7)
    return _FIELD_NAMES[close[0]].name if close else ""


@lru_cache(maxsize=1 << 12)
def classify_stage(text: str) -> Term | None:
    """The 五公开 stage that `text` names, as `classify_field` does it."""
    plain = text.strip().removesuffix("公开")
    return (_STAGE_NAMES.get(plain) or own_term(text.strip())) if plain else None


@lru_cache(maxsize=1 << 12)
def classify_item(text: str) -> Term | None:
    """The statutory item: `20-11`, `20-11项`, `第二十条第（十一）项`."""
    plain = text.strip()
    if not plain:
        return None
    found = _ITEM.match(plain)
    if found:
        article = {"二十": "20", "二十一": "21"}.get(found[1], found[1])
        number = int(found[2]) if found[2].isdigit() else han_number(found[2])
        term = _ITEM_SLUGS.get(f"{article}-{number}")
        if term:
            return term
    return own_term(plain)


def item_slugs(texts: Iterable[str]) -> tuple[str, ...]:
    """The slugs of the statutory items that `texts` name, as under 无此职能; empty texts name none."""
    return tuple(term.slug for text in texts if (term := classify_item(text)) is not None)


def han_number(text: str) -> int:
    """A number of one to ninety-nine in Chinese numerals (十一 is 11)."""
    tens, mark, ones = text.rpartition("十")
    if not mark:
        return _HAN_NUMBERS.get(ones, 0)
    return (_HAN_NUMBERS.get(tens, 1) if tens else 1) * 10 + (_HAN_NUMBERS.get(ones, 0) if ones else 0)


def own_term(name: str) -> Term:
    """A term that is in no official list: its slug is a digest of its name."""
    return Term("x" + hashlib.blake2b(name.encode(), digest_size=4).hexdigest(), name)
