"""Pages of documents: the national metadata table, what it replaces and what replaced it, attachments."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.corpus import record_digest
from zwgk_site.model.exports import Target
from zwgk_site.model.plan import FilePlan, LazyPage, PagePlan
from zwgk_site.model.views import AttachmentLink, Banner, DocumentPage, Fact, Link, RowGroup
from zwgk_site.stages.plan import keys
from zwgk_site.stages.plan.desk import COLUMN, ENTRY, Desk, extra_facts, fact, facts_of, texts
from zwgk_site.stages.plan.document_foot import changes_of, citation_of, report_link, series_of
from zwgk_site.stages.plan.exports import JOINT, LINK, attachment_of_link
from zwgk_site.stages.plan.heads import Column, source_of
from zwgk_site.stages.plan.states import state_of
from zwgk_site.text.paths import web_address
from zwgk_site.text.slug import slug_name
from zwgk_site.text.visible import visible_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Attachment, Document
    from zwgk_site.model.views import Row

OUTWARD = {
    "解读对象": "解读的文件",
    "依据": "依据的文件",
    "修改": "本文件修改的文件",
    "废止": "本文件废止的文件",
    "替代": "本文件替代的文件",
    "征求意见稿": "征求意见稿",
    "采纳结果": "意见采纳结果",
    "相关": "相关文件",
}
INWARD = {
    "解读对象": "政策解读",
    "依据": "以本文件为依据的文件",
    "修改": "修改本文件的文件",
    "废止": "废止本文件的文件",
    "替代": "替代本文件的文件",
    "征求意见稿": "意见采纳结果",
    "采纳结果": "征求意见稿",
    "相关": "相关文件",
}
EXPLAINED = (OUTWARD["解读对象"], INWARD["解读对象"])
"""What belongs together for a reader: a policy and what explains it stand right below the table, not aside."""
ORDER = tuple(dict.fromkeys((*INWARD.values(), *OUTWARD.values())))
_ENDING = {"废止": "本文件已被下列文件废止。", "替代": "本文件已被下列文件替代。"}
_STATES = {
    "已废止": "本文件已经废止，仅供查阅。",
    "已失效": "本文件已经失效，仅供查阅。",
    "尚未施行": "本文件自 {day} 起施行，目前尚未生效。",
}
_KINDS = {
    "pdf": "PDF", "ofd": "OFD", "doc": "Word", "docx": "Word", "wps": "WPS 文字", "xls": "Excel", "xlsx": "Excel", "et": "WPS 表格",
    "ppt": "PowerPoint", "pptx": "PowerPoint", "dps": "WPS 演示", "csv": "CSV 表格", "txt": "文本", "zip": "压缩包", "rar": "压缩包",
    "7z": "压缩包", "jpg": "图片", "jpeg": "图片", "png": "图片", "gif": "图片", "webp": "图片", "bmp": "图片", "tif": "图片",
    "tiff": "图片", "mp3": "音频", "wav": "音频", "mp4": "视频",
}  # fmt: skip


def plan_documents(desk: Desk) -> Iterator[LazyPage | FilePlan]:
    """A page for every document and a copy of each attachment."""
    backlinks = _local_backlinks(desk)
    documents = desk.documents
    for place, document in enumerate(documents):
        before = documents[place - 1] if place else None
        after = documents[place + 1] if place + 1 < len(documents) else None
        yield _plan_document(desk, document, before, after, backlinks)
        yield from _plan_files(desk, document)


def _local_backlinks(desk: Desk) -> dict[str, list[tuple[str, Target]]]:
    """What documents of this department say of each other: key of the target → (kind, source)."""
    found: dict[str, list[tuple[str, Target]]] = defaultdict(list)
    for document in desk.documents:
        if document.relations:
            source = desk.targets[keys.file_key(desk.code, document.path)]
            for relation in document.relations:
                for key in keys.reference_keys(relation.target, desk.code):
                    target = desk.targets.get(key)
                    if target is not None:
                        found[target.key].append((relation.kind, source))
                        break
    return found


def _plan_document(
    desk: Desk,
    document: Document,
    before: Document | None,
    after: Document | None,
    backlinks: dict[str, list[tuple[str, Target]]],
) -> LazyPage:
    root = "../../"
    url = desk.document_url(document)
    key = keys.file_key(desk.code, document.path)
    inward = [*backlinks.get(key, ()), *((item.kind, item.source) for item in desk.incoming.get(key, ()))]
    previous = Link(before.title, root + desk.document_url(before)) if before else None
    following = Link(after.title, root + desk.document_url(after)) if after else None
    entries = _entry_links(desk, document, key, root)
    series = series_of(desk, document, root)
    seed = (
        desk.seed_digest,
        record_digest(document),
        document.source,
        document.attachments,
        state_of(document, desk.today),
        entries,
        _resolved(desk, document, key),
        inward,
        previous,
        following,
        series,
    )
    around = _Around(inward, entries, previous, following, series)
    return LazyPage(url, seed, lambda: _document_page(desk, document, url, around))


class _Around(msgspec.Struct, frozen=True):
    """What a document's page shows of others."""

    inward: list[tuple[str, Target]]
    entries: tuple[Link, ...]
    previous: Link | None
    following: Link | None
    series: tuple[Link, ...] = ()


def _resolved(desk: Desk, document: Document, key: str) -> list[Target | None]:
    """Everything that the document's relations, joint issuers and links lead to."""
    found = [
        desk.find(key, item.kind, item.target, keys.reference_keys(item.target, desk.code))
        for item in document.relations
    ]
    found.extend(desk.find(key, JOINT, name, (keys.name_key(name),)) for name in document.joint_issuers)
    found.extend(desk.find(key, LINK, link, keys.link_keys(link, desk.code, document.path)) for link in document.links)
    return found


def _document_page(desk: Desk, document: Document, url: str, around: _Around) -> PagePlan:
    root = "../../"
    key = keys.file_key(desk.code, document.path)
    inward, entries = around.inward, around.entries
    explained, others = _split_explained(tuple(_relations(desk, document, key, inward, root)))
    address = desk.heads.canonical(url)
    view = DocumentPage(
        title=document.title,
        breadcrumb=desk.trail(root, *entries[:1], Link(document.title)),
        facts=document_facts(desk, document, entries, root, key),
        banners=tuple(_banners(desk, document, inward, root)),
        summary=document.summary,
        attachments=tuple(_attachment_link(desk, document, item) for item in document.attachments if item.listed),
        relations=others,
        previous=around.previous,
        next=around.following,
        permalink=address,
        source=document.source,
        links=tuple(_body_links(desk, document, key, root)),
        redactions=document.redactions,
        summary_derived=document.summary_derived,
        explained=explained,
        series=around.series,
        changes=changes_of(document),
        citation=citation_of(document, desk.department.name, address),
        report=report_link(desk, document, address),
        foot=_foot(desk, document),
    )
    name = entries[0].title if entries else document.kind or COLUMN
    column = Column(name, f"{desk.department.name}{name}", f"{COLUMN},{name}", _column_type(document))
    return PagePlan(url, desk.heads.of_document(document, desk.department, url, column), view, body=document.path)


def _split_explained(groups: tuple[RowGroup, ...]) -> tuple[tuple[RowGroup, ...], tuple[RowGroup, ...]]:
    """Policy and interpretation apart from the rest, in which they don't stand a second time."""
    explained = tuple(group for group in groups if group.title in EXPLAINED)
    shown = {row.url for group in explained for row in group.rows}
    others = []
    for group in groups:
        rows = tuple(row for row in group.rows if row.url not in shown)
        if rows:
            others.append(RowGroup(group.title, rows, group.more, group.note))
    return explained, tuple(others)


def _foot(desk: Desk, document: Document) -> tuple[Fact, ...]:
    """Where the information comes from and how old it is, below the text."""
    updated = max((document.changed_on, *(change.date for change in document.changes)))
    return facts_of(
        fact("信息来源", source_of(document, desk.department)),
        fact("发布日期", document.published_on[:10], "date"),
        fact("更新日期", updated, "date"),
    )


_COLUMN_TYPES = {"政策文件": "政策文件", "解读": "政策解读", "指南": "信息公开指南", "年报": "信息公开年报", "舆情回应": "回应关切",
                 "办事指南": "办事服务", "征求意见": "征集调查", "意见采纳结果": "征集调查"}  # fmt: skip


def _column_type(document: Document) -> str:
    return _COLUMN_TYPES.get(document.kind, "信息公开目录")


def _entry_links(desk: Desk, document: Document, key: str, root: str) -> tuple[Link, ...]:
    links = []
    for written in document.entries:
        local = desk.local_entry(written)
        if local:
            links.append(Link(desk.entries[local].title, root + desk.entry_url(local)))
            continue
        target = desk.find(key, ENTRY, written, ())
        if target is not None:
            links.append(Link(f"{target.title}（{target.department}）", root + target.url))
    return tuple(links)


def document_facts(desk: Desk, document: Document, entries: tuple[Link, ...], root: str, key: str) -> tuple[Fact, ...]:
    """The metadata table in the national order, then what else is known."""
    joint = []
    for name in document.joint_issuers:
        target = desk.find(key, JOINT, name, (keys.name_key(name),))
        joint.append(Link(name, root + target.url if target else ""))
    repost = document.repost
    consultation = document.consultation
    return (
        *facts_of(
            fact("索引号", document.index_number, "number"),
            fact("主题分类", document.topic),
            Fact("发文机关", texts(document.issuer)),
            Fact("联合发文机关", tuple(joint), "inline"),
            fact("成文日期", document.formed_on, "date"),
            fact("标题", document.title, "title"),
            fact("发文字号", document.document_number, "number"),
            fact("发布日期", document.published_on, "date"),
            fact("有效性", document.validity, "state"),
            fact("施行日期", document.effective_on, "date"),
            fact("失效日期", document.expires_on, "date"),
            Fact("所属条目", entries, "list"),
            fact("公开方式", document.disclosure),
            fact("公开程度", document.extent),
            fact("类型", document.kind),
            fact("体裁", document.genre),
            Fact("关键词", texts(document.keywords), "inline"),
            fact("系列", document.series),
            fact(
                "解读人",
                " ".join(filter(None, (document.interpreter.name, document.interpreter.role)))
                if document.interpreter
                else "",
            ),
            fact("征求意见时间", f"{consultation.start} 至 {consultation.end}" if consultation else ""),
            fact("事件时间", document.event_time, "date"),
            fact("回应时间", document.response_time, "date"),
            Fact(
                "转载来源",
                (Link(repost.source or repost.url, web_address(repost.url)),)
                if repost and (repost.source or repost.url)
                else (),
                "source",
            ),
            fact("原文发布时间", repost.time if repost else "", "date"),
        ),
        *extra_facts(document.extra),
    )


def _banners(desk: Desk, document: Document, inward: list[tuple[str, Target]], root: str) -> Iterator[Banner]:
    for kind, sentence in _ENDING.items():
        links = tuple(Link(source.title, root + source.url) for other, source in inward if other == kind)
        if links:
            yield Banner(sentence, links, "ended")
    state = state_of(document, desk.today)
    if state in _STATES:
        yield Banner(
            _STATES[state].replace("{day}", document.effective_on), (), "ended" if state != "尚未施行" else "notice"
        )
    if document.redactions:
        yield Banner("本文件部分内容依法不予公开，已作遮盖处理。", (), "redacted")


def _relations(
    desk: Desk, document: Document, key: str, inward: list[tuple[str, Target]], root: str
) -> Iterator[RowGroup]:
    groups: dict[str, dict[str, Row]] = defaultdict(dict)
    for relation in document.relations:
        target = desk.find(key, relation.kind, relation.target, keys.reference_keys(relation.target, desk.code))
        if target is not None:
            groups[OUTWARD.get(relation.kind, relation.kind)][target.url] = desk.target_row(target, root)
    for kind, source in inward:
        if kind not in (ENTRY, JOINT, LINK):
            groups[INWARD.get(kind, "相关文件")][source.url] = desk.target_row(source, root)
    for title in sorted(groups, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name)):
        rows = sorted(groups[title].values(), key=lambda row: (row.date, row.url), reverse=True)
        yield RowGroup(title, tuple(rows))


def _body_links(desk: Desk, document: Document, key: str, root: str) -> Iterator[tuple[str, str]]:
    """Links of the text with where they lead from the page; one that leads nowhere has an empty URL."""
    for link in document.links:
        path = attachment_of_link(document, link)
        if path:
            attachment = next(item for item in document.attachments if item.path == path)
            yield link, file_name(desk.document_url(document), attachment, below=False)
            continue
        target = desk.find(key, LINK, link, keys.link_keys(link, desk.code, document.path))
        anchor = link.partition("#")[2]
        yield link, (root + target.url + (f"#{anchor}" if anchor else "")) if target is not None else ""


def file_name(page_url: str, attachment: Attachment, *, below: bool = True) -> str:
    """The URL of an attachment beside its page: ASCII, with eight digits of its SHA-256."""
    stem, _, suffix = attachment.path.rpartition("/")[2].rpartition(".")
    folder = page_url.rpartition("/")[2].removesuffix(".html") + ".files"
    safe = slug_name(stem) if stem.isascii() else ""
    name = f"{safe + '-' if safe else ''}{attachment.sha256[:8]}.{suffix.lower()}"
    parent = page_url.rpartition("/")[0]
    return f"{parent}/{folder}/{name}" if below else f"{folder}/{name}"


def _attachment_link(desk: Desk, document: Document, attachment: Attachment) -> AttachmentLink:
    name = attachment.path.rpartition("/")[2]
    suffix = name.rpartition(".")[2].lower()
    return AttachmentLink(
        attachment.title or visible_text(name.rpartition(".")[0]),
        file_name(desk.document_url(document), attachment, below=False),
        visible_text(name),
        _KINDS.get(suffix, suffix.upper()),
        size_text(attachment.size),
        attachment.sha256,
    )


def size_text(size: int) -> str:
    """A size as people read it: `23 KB`, `1.4 MB`."""
    if size < 1024:
        return f"{size} 字节"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def _plan_files(desk: Desk, document: Document) -> Iterator[FilePlan]:
    page_url = desk.document_url(document)
    seen: set[str] = set()
    for attachment in document.attachments:
        url = file_name(page_url, attachment)
        if url not in seen:
            seen.add(url)
            yield FilePlan(url, attachment.path, attachment.sha256, attachment.size)
