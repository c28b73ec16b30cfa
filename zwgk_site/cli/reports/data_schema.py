"""The JSON Schemas of the files below `data/` in the output, made from the types that are written and read there.

What a department keeps to itself is never written, so no schema names it. Keys are added, never renamed or taken away.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.cli.reports.schema_parts import Schema, object_of, said
from zwgk_site.model import ledger, published, release
from zwgk_site.model.fields import RECORDS
from zwgk_site.stages.plan import exchange_records, promises
from zwgk_site.stages.publish import manifest

if TYPE_CHECKING:
    from collections.abc import Callable

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DATA_FILES: dict[str, tuple[type, str, str]] = {
    "data-site": (published.PublishedSite, "data/catalog.json", "全站的部门和它们的数据文件"),
    "data-catalog": (published.PublishedCatalog, "data/部门代码/catalog.json", "一个部门的目录"),
    "data-documents": (published.PublishedDocuments, "data/部门代码/documents.json", "一个部门公开的文件"),
    "data-status": (promises.PublishedStatus, "data/部门代码/status.json", "一个部门各条目的履约情况"),
    "data-gkmlpt": (
        exchange_records.ExchangePage,
        "data/部门代码/gkmlpt.json",
        "一个部门公开的文件，交换格式；要写“数据接口: 是”",
    ),
    "data-urls": (ledger.Ledger, "data/urls/部门代码.json", "一个部门公开过的全部网址"),
    "data-release": (release.PublishedRelease, "data/release.json", "现在的这一版"),
    "data-manifest": (manifest.Manifest, "data/manifest.json、data/部门代码/manifest.json", "全部文件的校验值"),
}
"""Schema name → the type of the whole file, where it stands, what it is."""

_RECORD_OF = {
    "PublishedCatalog": "catalog", "Department": "department", "Contact": "contact", "CatalogEntry": "entry",
    "Removal": "removal", "Document": "document", "Attachment": "attachment", "Consultation": "consultation",
    "Repost": "repost", "Change": "change", "Withdrawal": "withdrawal", "Interpreter": "interpreter",
}  # fmt: skip
"""Types whose fields people write: what those mean is told once, in the table of keys."""
_NEVER_WRITTEN = {
    "CatalogEntry": ("marks", "waivers"), "Removal": ("marks",),
    "Document": ("marks", "waivers", "facts", "review", "disclosure_review", "closed_reason"),
}  # fmt: skip
_WORDS: dict[str, str] = {
    "PublishedSite": "全站", "PublishedSite.site": "网站名称", "PublishedSite.domain": "网址，没有写“域名”时为空",
    "PublishedSite.departments": "按名称的拼音排列", "SiteDepartment": "一个部门", "SiteDepartment.code": "部门代码",
    "SiteDepartment.name": "部门名称", "SiteDepartment.entries": "条目个数", "SiteDepartment.documents": "文件份数",
    "SiteDepartment.newest_on": "最近一次公开的日期", "SiteDepartment.catalog": "目录", "SiteDepartment.documents_file": "文件",
    "SiteDepartment.status": "履约情况", "SiteDepartment.changes": "目录调整记录", "SiteDepartment.csv": "目录表格，CSV",
    "SiteDepartment.xlsx": "目录表格，Excel", "PublishedCatalog": "目录：部门和它的条目",
    "PublishedCatalog.more": "其余条目所在的文件，一个文件最多 1000 条", "PublishedEntry": "一个条目和它的网页",
    "PublishedEntry.entry": "条目", "PublishedDocuments": "文件", "PublishedDocuments.documents": "一个文件最多 1000 份",
    "PublishedDocuments.more": "其余文件所在的文件", "PublishedDocument": "一份文件和它的网页", "PublishedDocument.document": "文件",
    "Document.path": "原稿的位置，在本部门内不重复", "Document.source": "正文的摘要值：不变就是没有改过",
    "Document.summary_derived": "概述是从正文摘出来的", "Document.links": "正文里提到的其他文件",
    "Document.redactions": "删减的各处和理由", "Attachment.path": "附件的位置", "Attachment.size": "字节数",
    "Attachment.sha256": "校验值", "Attachment.listed": "信息栏里列了这个附件", "Relation": "与另一份文件的关系",
    "Relation.kind": "关系，如 解读、解读对象、废止", "Relation.target": "索引号、文件名或 部门代码:文件名", "Relation.index": "先后",
    "PublishedStatus": "履约情况", "PublishedStatus.department": "部门代码", "PublishedStatus.entries": "各条目",
    "PublishedStatus.performance": "合计；不公开履约状态的网站没有这一项", "PublishedState": "一个条目的履约情况",
    "PublishedState.id": "条目编号", "PublishedState.state": "on_time 按时，due 将到期，late 逾期，empty 空缺，excused 有说明，uncountable 不能计算",
    "PublishedState.due_on": "应公开的日期", "PublishedState.since": "从这一天起是这样", "PublishedState.newest_on": "最近公开的日期",
    "PublishedState.provisional": "节假日安排未公布，日期会变", "Ledger": "网址台账：公开过的网址永远不从这里消失",
    "Ledger.urls": "网址（从部门文件夹起）和它的情况", "Ledger.serials": "各年用过的最大流水号", "Ledger.held_since": "暂缓更新的开始日期",
    "LedgerItem": "一个网址的情况", "LedgerItem.kind": "entry 条目，document 文件，column 等其他网页", "LedgerItem.id": "代号，看不出内容",
    "LedgerItem.first": "第一次公开的日期", "LedgerItem.state": "live 有效，gone 已撤下，moved 已迁移", "LedgerItem.to": "迁移到的网址",
    "LedgerItem.since": "撤下、迁移或现在这份内容的开始日期", "LedgerItem.source": "正文的摘要值", "LedgerItem.words": "标题、正文、附件的摘要值",
    "LedgerItem.absent_on": "这一天的版本里还没有它", "PublishedRelease": "现在的这一版；总是最后写", "PublishedRelease.generator": "程序和版本",
    "PublishedRelease.built_on": "生成的日期", "PublishedRelease.departments": "部门个数", "PublishedRelease.entries": "条目个数",
    "PublishedRelease.documents": "文件份数",
    "PublishedRelease.draft": "是草稿，不得发布；正式的没有这一项", "Manifest": "校验清单", "Manifest.files": "网址 → [SHA-256, 字节数]",
    "Manifest.departments": "部门代码 → 它的校验清单的 SHA-256；只在全站的清单里",
 "ExchangePage": "交换数据：一百份文件，旧的在前", "ExchangePage.department": "部门代码", "ExchangePage.articles": "文件",
    "ExchangePage.next": "下一个数据文件，最后一个为空", "ExchangeRecord": "一份文件；没有的项目写空", "ExchangeRecord.id": "编号，不会变",
    "ExchangeRecord.title": "标题", "ExchangeRecord.document_number": "发文字号", "ExchangeRecord.identifier": "索引号",
    "ExchangeRecord.publisher": "发布机构", "ExchangeRecord.keywords": "关键词，用逗号隔开", "ExchangeRecord.date": "成文日期",
    "ExchangeRecord.display_publish_time": "发布日期和时间", "ExchangeRecord.abstract": "内容概述",
    "ExchangeRecord.classify_main_name": "所属目录条目的事项", "ExchangeRecord.classify_genre_name": "体裁",
    "ExchangeRecord.classify_theme_name": "主题分类", "ExchangeRecord.url": "网页的网址，写了“域名”时是完整网址",
    "ExchangeRecord.attachment": "附件", "ExchangeRecord.relation": "关联的文件", "ExchangeRecord.is_expired": "已失效",
    "ExchangeRecord.is_abolished": "已废止", "ExchangeFile": "附件", "ExchangeFile.id": "编号：内容不变就不变", "ExchangeFile.name": "名称",
    "ExchangeFile.type": "扩展名", "ExchangeFile.mime": "媒体类型", "ExchangeFile.size": "字节数", "ExchangeFile.url": "网址",
    "ExchangeRelation": "关联的文件", "ExchangeRelation.kind": "关系", "ExchangeRelation.title": "标题", "ExchangeRelation.url": "网址",
    "format": "格式版本，现在是 1", "url": "网页的网址，从网站最上一级起", "extra": "本程序不认识的项目，照原样：[项目, 内容]",
}  # fmt: skip
"""What the other types and their fields mean: `Type`, `Type.field`, or `field` wherever it stands."""


def data_schemas() -> dict[str, Callable[[], Schema]]:
    """What makes the schema of each file, by name."""
    return {name: partial(data_schema, name) for name in DATA_FILES}


@cache
def data_schema(name: str) -> Schema:
    """The schema of one of `DATA_FILES`; programs should pass over keys that they do not know."""
    root, where, title = DATA_FILES[name]
    (top,), found = msgspec.json.schema_components((root,), ref_template="#/$defs/{name}")
    used: dict[str, Schema] = {}
    _take(top["$ref"].rpartition("/")[2], found, used)
    return {"$schema": DIALECT, "title": f"{where}：{title}", "$ref": top["$ref"], "$defs": used}


def _take(name: str, found: dict[str, Schema], used: dict[str, Schema]) -> None:
    """The definition `name`, and those that it needs, rewritten for readers."""
    if name in used:
        return
    used[name] = {}
    hidden = _NEVER_WRITTEN.get(name, ())
    properties = {key: item for key, item in found[name]["properties"].items() if key not in hidden}
    required = found[name].get("required", ())
    told = {key: said(words_of(name, key), _plain(item)) for key, item in properties.items()}
    used[name] = object_of(words_of(name), told, optional=tuple(key for key in properties if key not in required))
    for item in told.values():
        for other in _references(item):
            _take(other, found, used)


def words_of(name: str, key: str = "") -> str:
    """What a type, or its field `key`, means; empty where nobody has said it."""
    record = RECORDS.get(_RECORD_OF.get(name, ""))
    if record is not None and not key:
        return _WORDS.get(name, record.title)
    if record is not None:
        title = next((field.title for field in record.fields if field.name == key), "")
        if title and f"{name}.{key}" not in _WORDS:
            return title
    return _WORDS.get(f"{name}.{key}", _WORDS.get(key, "")) if key else _WORDS.get(name, "")


def _plain(item: Any) -> Any:
    """Without defaults and nulls (an optional key is left out, never null), pairs as lists."""
    if isinstance(item, list):
        return [_plain(part) for part in item]
    if not isinstance(item, dict):
        return item
    if "anyOf" in item:
        kinds = [part for part in item["anyOf"] if part != {"type": "null"}]
        simple = all(set(part) == {"type"} for part in item["anyOf"])
        return {"type": [part["type"] for part in item["anyOf"]]} if simple else _plain(kinds[0])
    if "prefixItems" in item:
        kinds = sorted({part["type"] for part in item["prefixItems"]})
        kind = {"type": kinds[0] if len(kinds) == 1 else kinds}
        return {"type": "array", "items": kind, "minItems": item["minItems"], "maxItems": item["maxItems"]}
    return {key: _plain(value) for key, value in item.items() if key not in ("default", "title", "description")}


def _references(item: Any) -> list[str]:
    if isinstance(item, dict):
        own = [item["$ref"].rpartition("/")[2]] if isinstance(item.get("$ref"), str) else []
        return own + [name for value in item.values() for name in _references(value)]
    return [name for part in item for name in _references(part)] if isinstance(item, list) else []
