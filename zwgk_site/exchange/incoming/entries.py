"""Rows to entries: ids kept or given, what the table does not say taken from the catalogue, from the law, or asked for."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Rule, Span
from zwgk_site.exchange.id_forms import first_form, usual_form
from zwgk_site.exchange.incoming import rules
from zwgk_site.exchange.incoming.matching import Key, match_rows
from zwgk_site.exchange.incoming.rows import shorten
from zwgk_site.model.corpus import CatalogEntry, Department, Removal
from zwgk_site.model.fields import RECORDS
from zwgk_site.statute.time_limit import STATUTORY_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zwgk_site.exchange.incoming.tables import TableRows
    from zwgk_site.exchange.incoming.values import ImportedRow, Value

UNSTATED = "未注明"
"""A 公开方式 that nobody stated: no gate takes it for open."""
_OPEN_TITLE = re.compile(r"主动公开(?!和|与|、|及)")
_ID = re.compile(r"[^\s:：/\\?*\"<>|，,；;、]{1,40}")
_BETWEEN = re.compile(r"[\s\u3000、，；;。]+")
_SETS = frozenset(("channels", "audience", "levels", "key_areas"))


class Standing(msgspec.Struct, frozen=True):
    """A catalogue as it stands (原有目录), before a table comes in; `unpublished` are ids that no release has shown."""

    department: Department
    entries: tuple[CatalogEntry, ...] = ()
    removals: tuple[Removal, ...] = ()
    unpublished: frozenset[str] = frozenset()


class Incoming(msgspec.Struct, frozen=True):
    """What a catalogue becomes (导入结果): all entries in the order of the table; which of them are new; ids that go."""

    entries: tuple[CatalogEntry, ...]
    added: frozenset[str]
    gone: tuple[str, ...]


def entries_of_rows(table: TableRows, standing: Standing, file: str) -> Checked[Incoming]:
    """The entries that the rows make of the catalogue as it stands."""
    rows = [_with_exact_values(row) for row in table.rows]
    builder = _Builder(table, standing, file)
    known = standing.entries
    keys = [_row_key(row) for row in rows]
    matched = match_rows(keys, [_entry_key(entry, table.fields) for entry in known])
    distrusted = frozenset(matched.distrusted)
    ids = _Ids(standing, rows, has_serials=table.has_serials)
    entries = []
    added = set()
    for place, row in enumerate(rows):
        at = matched.entries[place]
        before = known[at] if at is not None else None
        is_distrusted = place in distrusted
        unnamed = msgspec.structs.replace(row, id="") if is_distrusted else row
        name = before.id if before is not None else ids.fresh(unnamed, builder.findings)
        if is_distrusted:
            other = next((entry for entry in known if entry.id == row.id), None)
            facts = {"written": row.id, "known": shorten("/".join(other.subject)) if other else "", "text": name}
            builder.find(rules.ID_NOT_TRUSTED, row, "id", **facts)
        if before is None:
            added.add(name)
        entries.append(builder.entry(row, name, before))
    kept = {entry.id for entry in entries}
    gone = tuple(entry.id for entry in known if entry.id not in kept)
    findings = [*builder.column_findings(), *builder.findings, *_gone_findings(standing, gone, file)]
    return Checked(Incoming(tuple(entries), frozenset(added), gone), tuple(findings))


def _gone_findings(standing: Standing, gone: Sequence[str], file: str) -> Iterable[Diagnostic]:
    known = standing.entries
    subjects = {entry.id: entry.subject for entry in known}
    for name in gone:
        rule = rules.ROW_DROPPED if name in standing.unpublished else rules.ROW_GONE
        yield rule.at(Span(file), id=name, text=shorten(" › ".join(subjects[name])))
    if len(known) >= 4 and len(gone) * 2 > len(known):
        yield rules.MANY_GONE.at(Span(file), count=len(known), number=len(gone))


# --- exact values ----------------------------------------------------------------------------------


def _with_exact_values(row: ImportedRow) -> ImportedRow:
    """Values that an export wrote down beside the cells hold as long as the cells still say what they said then."""
    if not row.exact:
        return row
    try:
        written: Any = json.loads(row.exact)
    except ValueError:
        return row
    if not isinstance(written, dict):
        return row
    fields, extra = dict(row.fields), dict(row.extra)
    for name, pair in written.items():
        if not isinstance(pair, list) or len(pair) != 2:
            continue
        shown, exact = (_as_value(item) for item in pair)
        if shown is None or exact is None:
            continue
        if name.startswith("+") and isinstance(exact, str):
            if extra.get(name[1:], "") == shown:
                extra[name[1:]] = exact
        elif (
            RECORDS["entry"].field_for(name) is not None
            and fields.get(name, () if isinstance(shown, tuple) else "") == shown
        ):
            fields[name] = exact
    return msgspec.structs.replace(row, fields=fields, extra=extra)


def _as_value(item: Any) -> Value | None:
    if isinstance(item, str):
        return item
    if isinstance(item, list) and all(isinstance(part, str) for part in item):
        return tuple(item)
    return None


# --- keys ------------------------------------------------------------------------------------------


def _row_key(row: ImportedRow) -> Key:
    rest = tuple(_plain(row.fields.get(name, "")) for name in _REST)
    return Key(tuple(map(_plain, row.fields.get("subject", ()))), _plain(row.fields.get("content", ())), rest, row.id)


def _entry_key(entry: CatalogEntry, fields: frozenset[str]) -> Key:
    """What the table can say of an entry; a content that the table has no column for tells nothing."""
    rest = tuple(_plain(getattr(entry, name)) if name in fields else "" for name in _REST)
    content = _plain(entry.content) if "content" in fields else ""
    return Key(tuple(map(_plain, entry.subject)), content, rest, entry.id)


_REST = ("time_limit", "basis", "responsible_body", "office", "disclosure", "audience", "channels")


def _plain(value: Value) -> str:
    """A value without blanks and the marks that part a list."""
    return _BETWEEN.sub("", value if isinstance(value, str) else "".join(value))


# --- ids -------------------------------------------------------------------------------------------


class _Ids:
    """Gives ids (编号): the table's own where they can be used, else the next free number in the department's form."""

    def __init__(self, standing: Standing, rows: Sequence[ImportedRow], *, has_serials: bool) -> None:
        self._used = {entry.id for entry in standing.entries} | {removal.target for removal in standing.removals}
        self._counts = Counter(row.id for row in rows if row.id)
        wanted = (name for name in self._counts.elements() if not name.isdecimal())
        self._form = usual_form(self._used) or usual_form(wanted) or first_form(standing.department.code)
        self._last = self._form.last
        are_numbers = [row.id.isdecimal() and len(row.id) <= 4 for row in rows if row.id]
        self._are_serials = (
            not has_serials and bool(are_numbers) and all(are_numbers) and not any(map(str.isdecimal, self._used))
        )

    def fresh(self, row: ImportedRow, findings: list[Diagnostic]) -> str:
        """An id for a new entry; one of the table that can't be used is told."""
        written = row.id
        if not written or self._are_serials:
            return self._next()
        reason = None
        if self._counts[written] > 1:
            reason = ("在表里重复", "stands in the table more than once")
        elif written in self._used:
            reason = ("已经是别的条目的编号", "is that of another entry")
        elif not _ID.fullmatch(written):
            reason = ("含有不能用的字符或太长", "has signs that can't be used, or is too long")
        if reason is None:
            self._used.add(written)
            return written
        text = self._next()
        cell = row.places.get("id", row.places[""])
        facts: dict[str, Any] = {"written": written, "reason": reason[0], "reason_en": reason[1], "text": text}
        findings.append(rules.BAD_ID.at(Span(row.file), cell=cell, **facts))
        return text

    def _next(self) -> str:
        while True:
            self._last += 1
            name = self._form.id_of(self._last)
            if name not in self._used and name not in self._counts:
                self._used.add(name)
                return name


# --- values ----------------------------------------------------------------------------------------


class _Builder:
    """Makes entries; `findings` grow, defaults for a missing column are told once."""

    def __init__(self, table: TableRows, standing: Standing, file: str) -> None:
        self._table, self._standing, self._file = table, standing, file
        self.findings: list[Diagnostic] = []
        self._missing: dict[str, tuple[str, str, str]] = {}

    def find(self, rule: Rule, row: ImportedRow, field: str, **facts: Any) -> None:
        """A finding at the cell of a field."""
        self.findings.append(rule.at(Span(row.file), cell=row.places.get(field, row.places[""]), **facts))

    def column_findings(self) -> Iterable[Diagnostic]:
        """What was put in for columns that the table has not."""
        for field, (text, reason, reason_en) in self._missing.items():
            facts: dict[str, Any] = {"key": _key(field), "text": text, "reason": reason, "reason_en": reason_en}
            yield rules.NO_COLUMN.at(Span(self._file), **facts)

    def entry(self, row: ImportedRow, name: str, before: CatalogEntry | None) -> CatalogEntry:
        """The entry that a row makes, with all that the table does not say as it was."""
        values: dict[str, Any] = {}
        for field, value in row.fields.items():
            old = getattr(before, field) if before is not None else None
            values[field] = old if old is not None and _says_the_same(field, old, value) else value
        self._require(row, before, values)
        extra = _extra(row, before)
        if before is not None:
            return msgspec.structs.replace(before, **values, extra=extra)
        return CatalogEntry(id=name, extra=extra, **values)

    def _require(self, row: ImportedRow, before: CatalogEntry | None, values: dict[str, Any]) -> None:
        """Sees that the five values that every entry needs are there."""
        for field in ("subject", "content", "time_limit", "responsible_body", "disclosure"):
            if values.get(field):
                continue
            old = getattr(before, field) if before is not None else None
            has_column = field in self._table.fields
            if old:
                values[field] = old
                if has_column:
                    self._tell_kept(row, field, old)
                continue
            values[field] = self._default(field, row, values, has_column=has_column)

    def _tell_kept(self, row: ImportedRow, field: str, old: Value) -> None:
        text = old if isinstance(old, str) else "、".join(old)
        facts = {
            "key": _key(field),
            "text": shorten(text),
            "reason": "保留目录里原有的内容",
            "reason_en": "as the catalogue has it",
        }
        self.find(rules.EMPTY_CELL, row, field, **facts)

    def _default(self, field: str, row: ImportedRow, values: dict[str, Any], *, has_column: bool) -> Value:
        if field == "subject" and (has_column or not row.fields.get("content")):
            self.find(rules.NO_SUBJECT, row, field)
            return ("（未填写）",)
        if field == "content" and has_column:
            self.find(rules.NO_CONTENT, row, field)
            return ("（未填写）",)
        value, shown, reason, reason_en = self._filled(field, row, values)
        if has_column:
            self.find(rules.EMPTY_CELL, row, field, key=_key(field), text=shown, reason=reason, reason_en=reason_en)
        else:
            self._missing.setdefault(field, (shown, reason, reason_en))
        return value

    def _filled(self, field: str, row: ImportedRow, values: dict[str, Any]) -> tuple[Value, str, str, str]:
        """A value for an empty field, how it is shown, and why it is that."""
        name = self._standing.department.name
        if field == "time_limit":
            return STATUTORY_LIMIT, STATUTORY_LIMIT, "《条例》第26条的期限", "the limit of 条例 art. 26"
        if field == "responsible_body":
            return (name,), name, "目录是这个部门的", "whose catalogue this is"
        if field == "subject":
            first = tuple(row.fields.get("content", ()))[:1]
            return first, "公开内容的第一项", "没有事项可用", "there is no subject"
        if field == "content":
            last = tuple(values["subject"])[-1:]
            return last, "各行最末一级事项", "没有内容可用", "there is no content"
        if _OPEN_TITLE.search(f"{self._table.title}\n{self._file}"):
            return "主动公开", "主动公开", "标题或文件名写着“主动公开”", "the title says 主动公开"
        return UNSTATED, UNSTATED, "写明以前其下的文件不会公开", "until it is stated, its documents stay unpublished"


def _key(field: str) -> str:
    known = RECORDS["entry"].field_for(field)
    return known.key if known is not None else field


def _extra(row: ImportedRow, before: CatalogEntry | None) -> tuple[tuple[str, str], ...]:
    """Unknown keys: those of the table as it says, all others as they were."""
    old = dict(before.extra) if before is not None else {}
    for key, text in row.extra.items():
        if text and (key not in old or _plain(text) != _plain(old[key])):
            old[key] = text
        elif not text:
            old.pop(key, None)
    return tuple(old.items())


def _says_the_same(field: str, old: Value, new: Value) -> bool:
    """Whether a value only looks different: blanks, marks between the parts of a list, the order of boxes."""
    if field in _SETS and isinstance(old, tuple) and isinstance(new, tuple):
        return set(old) == set(new)
    if field == "subject":
        return tuple(map(_plain, old)) == tuple(map(_plain, new))
    return bool(old) and _plain(old) == _plain(new)
