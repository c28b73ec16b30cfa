"""Files that a document refers to: found beside its source, judged as attachments are, given names that no other file has.

A reference is a key into the source's own folder; what leads out of it is never opened.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

import msgspec

from zwgk_site.diagnostics import Diagnostic, Span
from zwgk_site.exchange.documents import rules
from zwgk_site.exchange.documents.plain import targets_of
from zwgk_site.pipeline.import_sources import PAGES
from zwgk_site.stages.load.attachments import ALLOWED, PICTURES, digest_file, suffix_of
from zwgk_site.stages.load.document_file import find_links
from zwgk_site.stages.load.scan import FileStat
from zwgk_site.text.paths import locate_reference
from zwgk_site.text.visible import visible_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.exchange.documents.value import SourceDocument

_UNSAFE = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff_-]+")
_DATA = re.compile(r"data:image/(?P<kind>png|jpe?g|gif|bmp|webp)(?:;[\w=-]+)*?(?P<base64>;base64)?,(?P<data>.*)", re.DOTALL | re.IGNORECASE)  # fmt: skip
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
LONGEST_STEM = 40
LONGEST_EMBEDDED = 20 * 1024 * 1024
_BESIDE = ("_files", ".files")


class FileCopy(msgspec.Struct, frozen=True):
    """A file to be put beside a document (附件复制): `name` there, and either its bytes or where they are."""

    name: str
    sha256: str
    source: Path | None = None
    data: bytes | None = None


class Gathered(msgspec.Struct):
    """What a document's references come to: new targets by old ones, files to copy, attachments to list."""

    targets: dict[str, str] = {}
    copies: dict[str, FileCopy] = {}
    listed: dict[str, str] = {}
    findings: list[Diagnostic] = []


class FileFinder(msgspec.Struct, frozen=True):
    """Where the files of one source may be (附件查找): its folder, its own path, the address it was published under."""

    path: Path
    name: str
    address: str

    def gather(self, document: SourceDocument) -> Gathered:
        """All references of a document, each settled once."""
        gathered = Gathered()
        embedded = dict(document.embedded)
        for target, label, is_picture in _references(document):
            if target in gathered.targets:
                continue
            if target in embedded:
                self._embed(target, embedded[target], suffix_of(target), gathered)
            elif found := _DATA.fullmatch(target):
                self._decode(target, found, gathered)
            else:
                self._refer(target, label, gathered, is_picture=is_picture)
        for target, name in document.files:
            if target not in gathered.listed.values():
                self._refer(target, name, gathered, is_picture=False)
        return gathered

    def _embed(self, target: str, data: bytes, kind: str, gathered: Gathered) -> None:
        """A picture that comes with the source, as a file beside the document."""
        digest = hashlib.sha256(data).hexdigest()
        name = f"{_stem(Path(self.name).stem)}-{digest[:8]}.{kind}"
        gathered.targets[target] = name
        gathered.copies[name] = FileCopy(name, digest, None, data)

    def _decode(self, target: str, found: re.Match[str], gathered: Gathered) -> None:
        """A picture written into the page itself."""
        gathered.targets[target] = ""
        if len(found["data"]) > LONGEST_EMBEDDED:
            return
        try:
            data = unquote_to_bytes(found["data"])
            data = base64.b64decode(data, validate=False) if found["base64"] else data
        except (ValueError, binascii.Error):
            return
        self._embed(target, data, found["kind"].lower(), gathered)

    def _refer(self, target: str, label: str, gathered: Gathered, *, is_picture: bool) -> None:
        suffix = suffix_of(_path_of(target))
        wanted = suffix in PICTURES if is_picture else suffix in ALLOWED
        is_outer = bool(_SCHEME.match(target)) or target.startswith("/")
        file, is_outside = self._find(target, is_outer=is_outer)
        if file is not None and wanted:
            self._copy(target, label, file, gathered, is_picture=is_picture)
            return
        outer = self._outer(target)
        gathered.targets[target] = outer
        if file is not None and suffix and suffix not in PAGES:
            self._tell(
                rules.FILE_REFUSED.at(self._span, file=target, reason=f".{suffix}", reason_en=f".{suffix}"), gathered
            )
        elif is_outside:
            self._tell(rules.FILE_OUTSIDE.at(self._span, file=target), gathered)
        elif wanted or is_picture or not outer:
            self._tell(self._missing(target, outer), gathered)

    @property
    def _span(self) -> Span:
        return Span(self.name)

    def _tell(self, finding: Diagnostic, gathered: Gathered) -> None:
        gathered.findings.append(finding)

    def _missing(self, target: str, outer: str) -> Diagnostic:
        example = posixpath.basename(_path_of(target)) or "申请表.pdf"
        what = "链接仍然指向原来的网址" if outer else "链接已经去掉"
        what_en = "the link leads to its old address" if outer else "the link was taken off"
        return rules.FILE_MISSING.at(self._span, file=target[:200], name=self.name, what=what, what_en=what_en, example=example[:80])  # fmt: skip

    def _find(self, target: str, *, is_outer: bool) -> tuple[Path | None, bool]:
        """The file beside the source that a target means, and whether it leads out of the folder."""
        folder = self.path.parent
        if is_outer:
            base = posixpath.basename(_path_of(target))
            stem = self.path.stem
            names = [base, *(f"{stem}{ending}/{base}" for ending in _BESIDE)] if base else []
        else:
            path = locate_reference(target, "")
            if path is None:
                return None, True
            names = [path]
        for name in names:
            file = folder / name
            try:
                if file.is_file():
                    real, top = os.path.realpath(file), os.path.realpath(folder)
                    return (file, False) if real.startswith(top + os.sep) else (None, True)
            except (OSError, ValueError):
                continue
        return None, False

    def _outer(self, target: str) -> str:
        """The full address of a target, or nothing where that is not known."""
        try:
            full = (
                urljoin(self.address, target)
                if self.address
                else f"https:{target}"
                if target.startswith("//")
                else target
            )
        except ValueError:
            return ""
        return full if full.lower().startswith(("http://", "https://", "mailto:", "tel:")) else ""

    def _copy(self, target: str, label: str, file: Path, gathered: Gathered, *, is_picture: bool) -> None:
        try:
            stat = file.stat()
        except OSError:
            stat = None
        digest = digest_file(file, FileStat(file.name, stat.st_size if stat else 0, 0))
        if digest.refused or stat is None:
            gathered.targets[target] = ""
            self._tell(
                rules.FILE_REFUSED.at(self._span, file=target, reason=digest.refused, reason_en=digest.refused),
                gathered,
            )
            return
        name = f"{_stem(file.stem)}-{digest.sha256[:8]}.{suffix_of(file.name)}"
        gathered.targets[target] = name
        gathered.copies[name] = FileCopy(name, digest.sha256, file)
        if not is_picture:
            gathered.listed.setdefault(name, _label(label, file.name))


def _references(document: SourceDocument) -> Iterator[tuple[str, str, bool]]:
    yield from targets_of(document.blocks)
    for target in find_links(document.markdown or ""):
        yield target, "", suffix_of(_path_of(target)) in PICTURES


def _path_of(target: str) -> str:
    try:
        return unquote(urlsplit(target).path)
    except ValueError:
        return ""


def _stem(text: str) -> str:
    """A name that every file system takes; Chinese characters stay, so that people know the file again."""
    return _UNSAFE.sub("-", text).strip("-_")[:LONGEST_STEM].strip("-_") or "fujian"


def _label(label: str, name: str) -> str:
    """What the attachment is called: the words of its link, or its own name."""
    plain = " ".join(visible_text(label).split())
    return plain if plain and plain not in ("下载", "点击下载", "附件下载", "附件") else visible_text(name)
