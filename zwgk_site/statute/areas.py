"""The areas that openness must put first (重点领域), with names met for them.

国办发〔2016〕80号 and 国办发〔2018〕23号 name them; provinces add some. What a catalogue calls otherwise is an area of its own.
"""

from __future__ import annotations

from functools import lru_cache

from zwgk_site.statute.taxonomy import Term, own_term, table_of

AREAS = (
    Term("k01", "财政预决算", ("财政资金", "预决算", "财政预决算信息")),
    Term("k02", "重大建设项目批准和实施", ("重大建设项目", "重大项目")),
    Term("k03", "公共资源配置", ("公共资源交易",)),
    Term("k04", "社会公益事业建设", ("社会公益事业",)),
    Term("k05", "乡村振兴", ("精准扶贫", "扶贫", "脱贫攻坚", "扶贫脱贫")),
    Term("k06", "社会救助", ("社会救助和社会福利",)),
    Term("k07", "食品药品安全", ("食品安全", "食品药品监管")),
    Term("k08", "生态环境", ("环境保护", "环保", "环境污染事件")),
    Term("k09", "突发事件和公共安全", ("突发事件", "公共安全", "应急管理", "重大疫情")),
    Term("k10", "减税降费"),
    Term("k11", "国有企业运营监管", ("国企运营监管", "国企监管")),
    Term("k12", "就业创业", ("就业",)),
    Term("k13", "保障性住房", ("保障房", "住房保障", "棚户区改造", "危房改造", "农村危房改造")),
    Term("k14", "教育", ("义务教育",)),
    Term("k15", "医疗卫生", ("卫生", "卫生健康", "公共卫生", "医疗")),
)
_NAMES = table_of(AREAS)


@lru_cache(maxsize=1 << 12)
def classify_area(text: str) -> Term | None:
    """The area that `text` names; one that is not among them gets a slug of its own; `None` for no text."""
    plain = text.strip()
    return (_NAMES.get(plain) or own_term(plain)) if plain else None
