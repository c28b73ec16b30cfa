"""One department's files to its holdings. What was read before and has not changed since is taken from `LoadState`."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Rule, Severity, Span
from zwgk_site.model.corpus import Document, Holdings
from zwgk_site.model.wording import NO_WORDS, WordList
from zwgk_site.stages.load.attachments import Digest, Folder, attach_files, digest_file
from zwgk_site.stages.load.catalog_file import Piece, read_catalog
from zwgk_site.stages.load.document_file import SUFFIX, Draft, read_document
from zwgk_site.stages.load.scan import is_old
from zwgk_site.stages.load.text_file import read_file, text_of
from zwgk_site.text.wording import wording_of

if TYPE_CHECKING:
    from pathlib import Path

    from zwgk_site.stages.load.scan import DepartmentScan, FileStat
    from zwgk_site.stages.load.text_file import Read
    from zwgk_site.text.wording import Wording

CODE = re.compile(r"[a-z][a-z0-9-]{1,30}")
RESERVED_CODES = frozenset(
    [
        "assets",
        "data",
        "fields",
        "items",
        "stages",
        "years",
        "titles",
        "areas",
        "audiences",
        "channels",
        "coverage",
        "normative",
        "participation",
        "interpretation",
        "search",
        "urls",
        "departments",
        "index",
        "site",
        "themes",
        "overrides",
        "shell",
        "content",
        "catalogs",
        "con",
        "prn",
        "aux",
        "nul",
        "com1",
        "com2",
        "com3",
        "com4",
        "com5",
        "com6",
        "com7",
        "com8",
        "com9",
        "lpt1",
        "lpt2",
        "lpt3",
        "lpt4",
        "lpt5",
        "lpt6",
        "lpt7",
        "lpt8",
        "lpt9",
    ]
)
BAD_CODE = Rule(
    "ZW162", Severity.ERROR, blocks=True,
    zh="部门代码“{code}”不能用",
    en="“{code}” cannot be a department's code",
    hint_zh="代码以小写字母开头，共2至31位，只用小写字母、数字和短横，不能是 data、search 等保留词，例如 wjj。",
    hint_en="2 to 31 of a-z, 0-9 and -, starting with a letter, and no reserved word.",
)  # fmt: skip
CODE_MISMATCH = Rule(
    "ZW163", Severity.ERROR, blocks=True,
    zh="部门代码“{code}”与文件名“{name}”不一致",
    en="the code “{code}” differs from the file's name “{name}”",
    hint_zh="请把文件改名为 {code}.yaml，或把代码改成 {name}；已公开的部门代码不能改。",
    hint_en="Rename the file to {code}.yaml or correct the code; a published code never changes.",
)  # fmt: skip


class LoadState(msgspec.Struct):
    """What reading a department left behind for the next build; may vanish at any time. `words` is what texts were scanned for.

    `torn`: a file was not, when it was read, what the scan had seen: it had gone, or another had taken its place.
    """

    read_at: int = 0
    words: WordList = NO_WORDS
    pieces: tuple[Piece, ...] = ()
    drafts: dict[str, tuple[int, int, Draft]] = {}
    digests: dict[str, Digest] = {}
    torn: bool = False


class LoadedDepartment(msgspec.Struct, frozen=True):
    """Holdings as read (`None` where the department's own block is unusable), all readable documents, the state to keep."""

    holdings: Holdings | None
    documents: tuple[Document, ...]
    state: LoadState


def load_department(
    root: Path, scan: DepartmentScan, before: LoadState | None, words: WordList = NO_WORDS
) -> Checked[LoadedDepartment]:
    """Reads the catalogue and every document of one department; `words` are the site's own, beside the packaged ones."""
    known = before or LoadState()
    if known.words != words:
        known = msgspec.structs.replace(known, drafts={})  # other words: every text is scanned again
    state = LoadState(read_at=time.time_ns(), words=words)
    findings: list[Diagnostic] = list(scan.findings)
    if not is_code(scan.code):
        return Checked(LoadedDepartment(None, (), state), (BAD_CODE.at(Span(scan.catalog.path), code=scan.code[:60]),))
    read = read_file(root / scan.catalog.path, scan.catalog.path)
    source = text_of(read, scan.catalog.path)
    state.torn = not read.value.is_of(scan.catalog.size, scan.catalog.mtime)
    findings.extend(source.findings)
    documents = _load_documents(root, scan, known, state, findings)
    if source.value is None:
        return Checked(LoadedDepartment(None, documents, state), tuple(findings))
    pieces = {piece.digest: piece for piece in known.pieces if piece.digest}
    catalog = read_catalog(source.value.text, scan.catalog.path, pieces)
    findings.extend(catalog.findings)
    state.pieces = catalog.value.pieces
    for piece in state.pieces:
        findings.extend(piece.findings)
    department = catalog.value.department
    if department is None:
        return Checked(LoadedDepartment(None, documents, state), tuple(findings))
    code_findings = tuple(_check_code(department.code, scan))
    if code_findings:
        return Checked(LoadedDepartment(None, documents, state), (*findings, *code_findings))
    entries = tuple(piece.entry for piece in state.pieces if piece.entry is not None)
    holdings = Holdings(department, entries, documents, catalog.value.removals, scan.catalog.path, catalog.value.extra)
    return Checked(LoadedDepartment(holdings, documents, state), tuple(findings))


def is_code(code: str) -> bool:
    """Whether a department may be called so: in its files, in its URLs, in the folders of the output."""
    return CODE.fullmatch(code) is not None and code not in RESERVED_CODES


def _check_code(code: str, scan: DepartmentScan) -> list[Diagnostic]:
    span = Span(scan.catalog.path, 1, 1, 2)
    if not is_code(code):
        return [BAD_CODE.at(span, code=code[:60])]
    if code != scan.code:
        return [CODE_MISMATCH.at(span, code=code, name=scan.code)]
    return []


def _load_documents(
    root: Path, scan: DepartmentScan, known: LoadState, state: LoadState, findings: list[Diagnostic]
) -> tuple[Document, ...]:
    base = root / "content" / scan.code
    files = {item.path: item for item in scan.files}

    def digest_of(item: FileStat) -> Digest:
        digest = known.digests.get(item.path)
        if (
            digest is None
            or (digest.size, digest.mtime) != (item.size, item.mtime)
            or not is_old(item.mtime, known.read_at)
        ):
            digest = digest_file(base / item.path, item)
            state.torn |= (digest.size, digest.mtime) != (item.size, item.mtime)
        state.digests[item.path] = digest
        return digest

    folder = Folder(scan.code, files, digest_of)
    documents: list[Document] = []
    for item in scan.files:
        if not item.path.endswith(SUFFIX):
            continue
        path = item.path[: -len(SUFFIX)]
        before = known.drafts.get(path)
        if (
            before is not None
            and before[0] == item.size
            and before[1] == item.mtime
            and is_old(item.mtime, known.read_at)
        ):
            draft = before[2]
        else:
            file = f"content/{scan.code}/{item.path}"
            read = read_file(base / item.path, file)
            state.torn |= not read.value.is_of(item.size, item.mtime)
            draft = _draft_of(read, path, file, wording_of(state.words))
            before = (read.value.size, read.value.mtime, draft)
        state.drafts[path] = before
        findings.extend(draft.findings)
        if draft.document is not None:
            attached = attach_files(draft.document, draft.listed, folder)
            findings.extend(attached.findings)
            documents.append(attached.value)
    return tuple(documents)


def _draft_of(read: Checked[Read], name: str, file: str, wording: Wording) -> Draft:
    source = text_of(read, file)
    if source.value is None:
        return Draft(None, (), source.findings)
    draft = read_document(source.value.text, name, file, wording)
    return msgspec.structs.replace(draft, findings=source.findings + draft.findings) if source.findings else draft
