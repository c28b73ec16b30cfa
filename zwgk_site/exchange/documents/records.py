"""Records of a provincial platform's interface (gkmlpt, and our own exchange data) as documents.

A file holds one record, a list of them, or an object with such a list in it. Times are text, or seconds since 1970.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.exchange.documents.blocks import read_blocks
from zwgk_site.exchange.documents.outline import set_headings
from zwgk_site.exchange.documents.tree import parse_page, strip_tree
from zwgk_site.exchange.documents.value import SourceDocument, Stated
from zwgk_site.model.fields import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_KEYS = {
    "title": ("title", "标题"),
    "index_number": ("identifier", "index_number", "indexnumber", "索引号"),
    "document_number": ("document_number", "refno", "发文字号", "文号"),
    "issuer": ("publisher", "发文机关", "发布机构"),
    "formed_on": ("date", "writedate", "成文日期"),
    "published_on": ("display_publish_time", "pubdate", "first_publish_time", "created_at", "发布日期"),
    "keywords": ("keywords", "关键词", "主题词"),
    "summary": ("abstract", "概述", "内容概述"),
    "topic": ("classify_theme_name", "主题分类"),
    "genre": ("classify_genre_name", "体裁"),
    "disclosure": ("公开方式",),
    "validity": ("有效性",),
    "effective_on": ("施行日期",),
    "expires_on": ("失效日期",),
}  # fmt: skip
_TEXTS = ("content", "html", "body", "text", "正文")
_LISTS = ("articles", "posts", "data", "list", "items", "results", "documents")
_FILES = ("attachment", "attachments", "附件")
_CHINA = timezone(timedelta(hours=8))
MOST_RECORDS = 20_000


class NotRecordsError(Exception):
    """A file that holds no records, with the reason in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.zh, self.en = zh, en


def read_records(data: bytes, name: str) -> tuple[SourceDocument, ...]:
    """The documents of all records in a file. Raises `NotRecordsError`."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NotRecordsError("不是 UTF-8 文本", "it is not UTF-8") from None
    except json.JSONDecodeError as fault:
        raise NotRecordsError(f"第 {fault.lineno} 行第 {fault.colno} 列写法不对", f"line {fault.lineno}, column {fault.colno} is malformed") from None  # fmt: skip
    except (RecursionError, ValueError):
        raise NotRecordsError("层次太深，或者数字太长", "it nests too deep, or holds a number too long") from None
    records = _records_in(value)
    if not records:
        raise NotRecordsError("没有找到带 title 的记录", "no record with a title was found")
    if len(records) > MOST_RECORDS:
        raise NotRecordsError(f"记录超过 {MOST_RECORDS} 条，请分成几个文件", f"more than {MOST_RECORDS} records; please split the file")  # fmt: skip
    many = len(records) > 1
    return tuple(_document(record, _name_of(record, name, many=many)) for record in records)


def _records_in(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [item for item in value if isinstance(item, dict) and _first(item, _KEYS["title"])]
    if not isinstance(value, dict):
        return []
    if _first(value, _KEYS["title"]):
        return [value]
    for key in _LISTS:
        found = _records_in(value.get(key))
        if found:
            return found
    return []


def _name_of(record: Mapping[str, Any], name: str, *, many: bool) -> str:
    number = record.get("id")
    return f"{name}#{number}" if many and isinstance(number, (int, str)) else name


def _first(record: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = record.get(key)
        if isinstance(value, list):
            value = ",".join(str(item) for item in value if isinstance(item, (str, int)))
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def _document(record: dict[str, Any], name: str) -> SourceDocument:
    stated = [
        Stated(
            field, value if field not in _DAYS else _moment(value, is_day=field != "published_on"), "record", keys[0]
        )
        for field, keys in _KEYS.items()
        if (value := _first(record, keys))
    ]
    if not any(item.field == "validity" for item in stated):
        if record.get("is_abolished") is True or record.get("is_abolished") == 1:
            stated.append(Stated("validity", "废止", "record", "is_abolished"))
        elif record.get("is_expired") is True or record.get("is_expired") == 1:
            stated.append(Stated("validity", "失效", "record", "is_expired"))
    root = parse_page(f"<html><body>{_first(record, _TEXTS)}</body></html>")
    address = _first(record, ("url", "post_url"))
    base = SourceDocument(
        name=name,
        stated=tuple(stated),
        files=tuple(_files(record)),
        address=address if address.startswith(("http://", "https://")) else "",
    )
    if root is None:
        return base
    left = strip_tree(root)
    body = next(root.iter("body"), root)
    return msgspec.structs.replace(
        base,
        blocks=set_headings(read_blocks([body])),
        plain="".join("".join(body.itertext()).split()),
        left_out=left,
    )


_DAYS = frozenset(field.name for field in RECORDS["document"].fields if field.kind.value in ("date", "moment"))


def _moment(value: str, *, is_day: bool) -> str:
    """A time as text in UTC+8: seconds since 1970 are written as day and minute."""
    if not value.isdecimal() or not 9 <= len(value) <= 13:
        return value
    seconds = int(value) / (1000 if len(value) > 11 else 1)
    moment = datetime.fromtimestamp(seconds, _CHINA)
    return moment.strftime("%Y-%m-%d" if is_day else "%Y-%m-%d %H:%M")


def _files(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Attachments that a record lists: address and name."""
    for key in _FILES:
        found = record.get(key)
        for item in found if isinstance(found, list) else ():
            if isinstance(item, dict):
                target = _first(item, ("url", "path", "地址", "文件"))
                if target:
                    yield target, _first(item, ("name", "title", "名称"))
