"""What only shows when all departments are looked at together: one 文号 on two documents, one document published twice."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.stages.check.outline import digest_words
from zwgk_site.stages.check.site_wide import check_site_wide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from zwgk_site.model.exports import Header, Target
    from zwgk_site.stages.check.context import CheckContext
    from zwgk_site.stages.check.site_wide import FiledElsewhere

    TargetsOf = Callable[[str], Mapping[str, Target]]

SAME_NUMBER = Rule(
    "ZW861", Severity.WARNING,
    zh="发文字号“{number}”在部门 {other} 是另一个文件“{title}”",
    en="发文字号 “{number}” is that of another document in department {other}: “{title}”",
    hint_zh="请对照原件核对发文字号；联合发文用主办机关的字号，标题应当一致，例如　发文字号: 示卫发〔2026〕15号",
    hint_en="Compare it with the original; a joint document has one number and one title everywhere. Such as 发文字号: 示卫发〔2026〕15号.",
    basis="条例第11条第一款",
)  # fmt: skip
PUBLISHED_TWICE = Rule(
    "ZW862", Severity.NOTICE,
    zh="部门 {other} 也公开了同一个文件“{title}”",
    en="department {other} publishes the same document “{title}”",
    hint_zh="请由牵头单位公开，其他单位写　类型: 转载　或　联合发文机关: [牵头单位]，以免两处内容不一致。",
    hint_en="Let the leading organ publish it; others mark theirs 类型: 转载 or name 联合发文机关.",
    basis="条例第10条第三款",
)  # fmt: skip
_REPEATED_KINDS = frozenset(("转载", "年报", "预算", "决算", "指南", "制度", "公报"))
SHORT_TITLE = 12


def check_across(
    headers: Mapping[str, Header], targets_of: TargetsOf, filed_elsewhere: FiledElsewhere, context: CheckContext
) -> tuple[Diagnostic, ...]:
    """Conflicts between documents of different departments, each at the newer one; and the counts of the whole site."""
    numbers = _shared({code: header.outline.document_numbers for code, header in headers.items()})
    titles = _shared({code: header.outline.titles for code, header in headers.items()})
    twice = (*_same_numbers(numbers, targets_of), *_published_twice(titles, targets_of))
    return (*twice, *check_site_wide(headers, filed_elsewhere, context))


def _shared(digests: Mapping[str, bytes]) -> dict[bytes, list[str]]:
    """The eight-byte digests that more than one department has, with their codes."""
    seen: dict[bytes, str] = {}
    shared: dict[bytes, list[str]] = {}
    for code, packed in digests.items():
        for start in range(0, len(packed), 8):
            digest = packed[start : start + 8]
            first = seen.setdefault(digest, code)
            if first != code:
                shared.setdefault(digest, [first]).append(code)
    return shared


def _by_words(targets: Mapping[str, Target], text_of: Callable[[Target], str]) -> dict[bytes, list[Target]]:
    """A department's documents, each once, by the digest of what `text_of` gives."""
    found: dict[bytes, list[Target]] = defaultdict(list)
    for key, target in targets.items():
        if key == target.key and key.startswith("f:") and text_of(target):
            found[digest_words(text_of(target))].append(target)
    return found


def _find(
    shared: Mapping[bytes, list[str]], targets_of: TargetsOf, text_of: Callable[[Target], str]
) -> Iterator[list[tuple[str, Target]]]:
    """The documents behind each shared digest, oldest first."""
    tables: dict[str, dict[bytes, list[Target]]] = {}
    for digest, codes in shared.items():
        rows: list[tuple[str, Target]] = []
        for code in codes:
            if code not in tables:
                tables[code] = _by_words(targets_of(code), text_of)
            rows.extend((code, target) for target in tables[code].get(digest, ()))
        yield sorted(rows, key=lambda row: (row[1].date, row[0], row[1].key))


def _same_numbers(shared: Mapping[bytes, list[str]], targets_of: TargetsOf) -> Iterator[Diagnostic]:
    for rows in _find(shared, targets_of, lambda target: target.document_number):
        first_code, first = rows[0]
        for code, target in rows[1:]:
            differs = digest_words(target.title) != digest_words(first.title)
            if code != first_code and differs and "转载" not in (target.kind, first.kind):
                facts = {"number": target.document_number, "other": first_code, "title": first.title[:40]}
                yield SAME_NUMBER.at(_place(target), related=(_place(first),), **facts)


def _published_twice(shared: Mapping[bytes, list[str]], targets_of: TargetsOf) -> Iterator[Diagnostic]:
    for rows in _find(shared, targets_of, lambda target: target.title):
        first_code, first = rows[0]
        for code, target in rows[1:]:
            if code == first_code or not _is_same(first, target):
                continue
            yield PUBLISHED_TWICE.at(_place(target), related=(_place(first),), other=first_code, title=first.title[:40])


def _is_same(first: Target, second: Target) -> bool:
    """Whether two documents of one title are one document: equal 文号, or none and a title that is no common name."""
    if {first.kind, second.kind} & _REPEATED_KINDS:
        return False
    if first.document_number or second.document_number:
        return digest_words(first.document_number) == digest_words(second.document_number)
    return len(first.title) >= SHORT_TITLE and first.date == second.date


def _place(target: Target) -> Span:
    _, code, path = target.key.split(":", 2)
    return Span(f"content/{code}/{path}.md")
