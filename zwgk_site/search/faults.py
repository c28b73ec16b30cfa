"""What can be wrong with an index that stands on disk. Never an empty answer instead: a fault is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Rule, Severity, Span

if TYPE_CHECKING:
    from zwgk_site.diagnostics import Diagnostic

INDEX_MISSING = Rule(
    "ZW620", Severity.ERROR,
    zh="{path} 里没有检索索引",
    en="there is no search index in {path}",
    hint_zh="先运行 zwgk build 生成栏目；栏目生成在别处时，用 --output 指明那个文件夹。",
    hint_en="Run zwgk build first; if the column stands elsewhere, name its folder with --output.",
)  # fmt: skip
INDEX_DAMAGED = Rule(
    "ZW621", Severity.ERROR,
    zh="检索索引的文件 {path} 已损坏：{reason}。没有检索，以免漏掉结果",
    en="the file {path} of the search index is damaged: {reason_en}; nothing was searched, so that no result is missed",
    hint_zh="删去这个文件，再运行 zwgk build；如果是复制来的，请重新复制整个 search 文件夹。",
    hint_en="Delete the file and run zwgk build; if it was copied here, copy the whole folder `search` again.",
)  # fmt: skip
INDEX_INCOMPLETE = Rule(
    "ZW622", Severity.ERROR,
    zh="检索索引缺少文件 {path}（{reason}）。没有检索，以免漏掉结果",
    en="the file {path} of the search index cannot be read ({reason}); nothing was searched, so that no result is missed",
    hint_zh="再运行 zwgk build；如果是复制来的，请重新复制整个 search 文件夹。",
    hint_en="Run zwgk build again; if it was copied here, copy the whole folder `search` again.",
)  # fmt: skip
INDEX_VERSION = Rule(
    "ZW623", Severity.ERROR,
    zh="检索索引的格式是第 {found} 版，本程序只认识第 {known} 版",
    en="the search index has format {found}; this program knows format {known} only",
    hint_zh="用现在的程序再运行一次 zwgk build。",
    hint_en="Run zwgk build once with this program.",
)  # fmt: skip


class SearchError(Exception):
    """An index that cannot be searched; `diagnostic` says why and what to do."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message())
        self.diagnostic = diagnostic


class SearchMissing(SearchError):  # noqa: N818 - the name says what is wrong
    """There is no index."""


class SearchDamaged(SearchError):  # noqa: N818 - the name says what is wrong
    """A file of the index is missing, cannot be read or is not what it should be."""


class SearchVersion(SearchError):  # noqa: N818 - the name says what is wrong
    """The index was written by a program of another format."""


def missing(path: str) -> SearchMissing:
    return SearchMissing(INDEX_MISSING.at(Span(path), path=path))


def incomplete(path: str, reason: str) -> SearchDamaged:
    return SearchDamaged(INDEX_INCOMPLETE.at(Span(path), path=path, reason=reason))


def damaged(path: str, reason: str, reason_en: str) -> SearchDamaged:
    return SearchDamaged(INDEX_DAMAGED.at(Span(path), path=path, reason=reason, reason_en=reason_en))


def other_version(path: str, found: int, known: int) -> SearchVersion:
    return SearchVersion(INDEX_VERSION.at(Span(path), found=found, known=known))
