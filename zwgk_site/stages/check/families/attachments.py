"""Attachments: what can be read in them, and what they carry along unseen (附件)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.model.clues import NOT_YET, SECRET_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.clues import AttachmentText
    from zwgk_site.model.corpus import Attachment, Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

UNCHECKED = Rule(
    "ZW830", N,
    zh="有 {count} 个附件的内容未检查或没有查完（{names}），请人工核对有没有个人信息",
    en="{count} attachments were not looked into, or not to their end ({names}); look for personal information yourself",
    hint_zh="可以检查的是 docx、odt、pptx、xlsx、xls、et、ods、csv、txt、pdf，例如把 doc 另存为 docx；太大的请拆成几个；还没有查的，再生成一次接着查。",
    hint_en="docx, odt, pptx, xlsx, xls, et, ods, csv, txt and pdf are read: convert what you can, split what is too large, and build again for the rest.",
    basis="条例第17条第二款",
)  # fmt: skip
DAMAGED = Rule(
    "ZW831", W,
    zh="附件“{file}”打不开，像是损坏了",
    en="attachment “{file}” can't be opened; it seems damaged",
    hint_zh="请用办公软件打开核对，重新保存后再放进来。",
    hint_en="Open it, save it again, and put it back.",
    basis="条例第24条",
)  # fmt: skip
SCANNED = Rule(
    "ZW832", W,
    zh="附件“{file}”是扫描件，没有可以检索和朗读的文字",
    en="attachment “{file}” is a scan without any text to search or read aloud",
    hint_zh="请上传可以复制文字的 PDF 或 Word 原件，或者把内容写进正文。",
    hint_en="Use a PDF with text, or put the content into the document's text.",
    basis="条例第24条",
)  # fmt: skip
ENCRYPTED = Rule(
    "ZW833", W,
    zh="附件“{file}”设有密码，群众打不开",
    en="attachment “{file}” is protected by a password",
    hint_zh="请取消密码后重新保存，例如在 Excel 里点“文件、信息、保护工作簿”，清空密码。",
    hint_en="Remove the password and save it again. In Excel: File, Info, Protect Workbook, clear the password.",
    basis="条例第24条",
)  # fmt: skip
TRACKED = Rule(
    "ZW834", W,
    zh="附件“{file}”里有修订痕迹或批注，别人能看到改动前的文字",
    en="attachment “{file}” holds tracked changes or comments; readers see what was there before",
    hint_zh="请在 Word 里“接受所有修订”并删除批注，再保存。",
    hint_en="Accept all changes, delete the comments and save.",
    basis="条例第17条第二款",
)  # fmt: skip
HIDDEN = Rule(
    "ZW835", W,
    zh="附件“{file}”里有隐藏的工作表或行",
    en="attachment “{file}” has hidden sheets or rows",
    hint_zh="请取消隐藏，看看里面有没有不该公开的内容；不需要的请删去，例如在 Excel 里右击工作表标签，点“取消隐藏”。",
    hint_en="Unhide them and look; delete what should not be published. In Excel: right-click a sheet's tab, Unhide.",
    basis="条例第17条第二款",
)  # fmt: skip
MACRO = Rule(
    "ZW836", W,
    zh="附件“{file}”里有宏",
    en="attachment “{file}” holds macros",
    hint_zh="请另存为不带宏的格式，例如 .xlsx、.docx。",
    hint_en="Save it in a format without macros, such as .xlsx or .docx.",
)  # fmt: skip
AUTHORS = Rule(
    "ZW837", N,
    zh="有 {count} 个附件带有作者姓名，例如“{file}”（{name}）",
    en="{count} attachments carry their authors' names, such as “{file}” ({name})",
    hint_zh="需要时删除后再保存，例如在 Word 里点“文件、信息、检查文档”，全部删除个人信息。",
    hint_en="If need be remove them with Office's document inspector.",
)  # fmt: skip
EMPTY = Rule(
    "ZW838", W,
    zh="附件“{file}”里没有任何内容",
    en="attachment “{file}” has no content",
    hint_zh="请核对是不是放错了文件。",
    hint_en="Check whether this is the right file.",
    basis="条例第6条第一款",
)  # fmt: skip
ONLY_ATTACHMENT = Rule(
    "ZW839", N,
    zh="正文只有一句“见附件”，内容全在附件里",
    en="the text only points to the attachment",
    hint_zh="请把主要内容写进正文，手机上才看得清，也才能检索和朗读，例如　## 主要内容",
    hint_en="Put the main content into the text: phones, search and screen readers need it. Such as a section ## 主要内容.",
    basis="条例第24条",
)  # fmt: skip
SECRET_ATTACHMENT = Rule(
    "ZW840", E, blocks=True,
    zh="附件“{file}”里有密级标志“{value}”（{place}），却要公开",
    en="attachment “{file}” bears a mark of secrecy “{value}” ({place}), yet it is to be published",
    hint_zh="涉密文件不得公开：请移走这个附件；已解密的请删去密级标志。",
    hint_en="Secret papers are not published: take it out; if declassified, remove the mark.",
    basis="条例第14条",
)  # fmt: skip
_BY_TRAIT = {
    "tracked_changes": TRACKED, "comments": TRACKED, "hidden_sheet": HIDDEN, "hidden_rows": HIDDEN, "macro": MACRO,
    "encrypted": ENCRYPTED, "scanned": SCANNED,
}  # fmt: skip
_BY_STATUS = {"damaged": DAMAGED, "no_text": SCANNED, "empty": EMPTY}
_PICTURES = frozenset(("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp"))


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    unread: Counter[str] = Counter()
    authors: list[tuple[str, str]] = []
    for document in holdings.documents:
        if not document.is_public():
            continue
        if document.facts.is_stub and document.attachments:
            yield ONLY_ATTACHMENT.at(document.marks.span("attachments"))
        for attachment in document.attachments:
            text = context.attachments.get(attachment.sha256)
            if text is None or not attachment.size:
                continue
            suffix = attachment.file.rpartition(".")[2].lower()
            if suffix not in _PICTURES and (how := _how_unread(text)) is not None:
                unread[how + suffix] += 1
            yield from _check_text(document, attachment, text)
            names = [trait.partition(":")[2] for trait in text.traits if trait.startswith(("author:", "last_modified"))]
            authors.extend((attachment.file, name) for name in names[:1] if name)
    span = Span(holdings.catalog_file, 1, 1, 2)
    if unread:
        kinds = "、".join(f"{kind} {count} 个" for kind, count in sorted(unread.items()))
        yield UNCHECKED.at(span, count=unread.total(), names=kinds)
    if authors:
        yield AUTHORS.at(span, count=len(authors), file=authors[0][0][:40], name=authors[0][1][:20])


def _how_unread(text: AttachmentText) -> str | None:
    """What to say before the type of an attachment that was not looked into to its end; `None` if it was."""
    if NOT_YET in text.traits:
        return "还没有查的 "
    if "partly_read" in text.traits or any(trait.startswith("unread:") for trait in text.traits):
        return "没有查完的 "
    return "" if text.status == "unread" else None


def _check_text(document: Document, attachment: Attachment, text: AttachmentText) -> Iterator[Diagnostic]:
    span = document.marks.span("attachments")
    rules = dict.fromkeys(_BY_TRAIT[trait] for trait in text.traits if trait in _BY_TRAIT)
    if text.status in _BY_STATUS and ENCRYPTED not in rules:
        rules[_BY_STATUS[text.status]] = None
    for rule in rules:
        yield rule.at(span, file=attachment.file[:60])
    secret = next((clue for clue in text.clues if clue.kind == SECRET_MARK), None)
    if secret is not None:
        facts = {"file": attachment.file[:60], "value": secret.value[:40], "place": secret.place or "开头"}
        yield SECRET_ATTACHMENT.at(span, **facts)  # type: ignore[arg-type]  # no fact is "related"
