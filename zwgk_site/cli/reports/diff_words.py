"""Words of a comparison of catalogues, in both languages. What a field is called stays as clerks write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.cli.show import plain_text
from zwgk_site.stages.plan.changes_page import dropped_and_gained
from zwgk_site.statute.limit_trend import TREND_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.catalog_diff import EntryChange, FieldChange
    from zwgk_site.model.change_history import AddedRow, RemovedRow
    from zwgk_site.pipeline.compared import DepartmentDiff

WORDS = {
    "added": ("新增", "added"),
    "removed": ("撤销", "removed"),
    "changed": ("修改", "changed"),
    "equal": ("两边的目录没有差别。", "The catalogues do not differ."),
    "new_department": ("新有的目录", "a new catalogue"),
    "lost_department": ("不再有的目录", "no longer a catalogue"),
    "reason": ("理由：", "reason: "),
    "date": ("日期：", "date: "),
    "successor": ("接替：", "successor: "),
    "renumbered": ("编号由 {old} 改为 {new}", "was {old}, now {new}"),
    "reordered": ("只调整了顺序", "in another order"),
    "dropped": ("去掉 ", "without "),
    "gained": ("增加 ", "with "),
    "kept": ("其余 {count} 项不变", "{count} others as before"),
    "nothing": ("（没有填写）", "(nothing)"),
    "title": ("目录对比", "Catalogues compared"),
    "item": ("项目", "item"),
    "before": ("调整前", "before"),
    "after": ("调整后", "after"),
    "departments": ("个部门的目录有差别", "departments differ"),
}
_MARKS = {"zh": ("、", "；", "（{note}）", "：", "，"), "en": (", ", "; ", " ({note})", ": ", ", ")}


class DiffWords:
    """The words in one language."""

    def __init__(self, language: str) -> None:
        self.language, self._place = language, int(language == "en")
        self.comma, self.semicolon, self._note, self.colon, self.pause = _MARKS[language]

    def __call__(self, name: str, **facts: object) -> str:
        """One word or phrase."""
        return WORDS[name][self._place].format(**facts)

    def heading(self, diff: DepartmentDiff) -> str:
        """The department with its counts."""
        rows = diff.rows
        counts = (("added", len(rows.added)), ("removed", len(rows.removed)), ("changed", len(rows.changed)))
        told = self.pause.join(self._count(name, count) for name, count in counts if count)
        state = {"": "", "added": self("new_department"), "removed": self("lost_department")}[diff.state]
        words = self.pause.join(word for word in (state, told) if word)
        return f"{diff.name}{self.brackets(diff.code)}{self.colon}{words}"

    def _count(self, name: str, count: int) -> str:
        return f"{count} {self(name)}" if self._place else f"{self(name)} {count} 项"

    def brackets(self, note: str) -> str:
        """A note behind a word; nothing for an empty one."""
        return self._note.format(note=note) if note else ""

    def row(self, row: AddedRow | RemovedRow | EntryChange) -> str:
        """A row by its id and whole subject."""
        return f"{row.id} {' › '.join(row.subject)}"

    def why(self, row: RemovedRow) -> str:
        """What 撤销 says of a row."""
        parts = (("reason", row.reason), ("date", row.date), ("successor", row.successor))
        return self.semicolon.join(self(name) + value for name, value in parts if value)

    def renumbered(self, change: EntryChange) -> str:
        """That a row has another id, or nothing."""
        return self("renumbered", old=change.before_id, new=change.id) if change.before_id else ""

    def note(self, field: FieldChange) -> str:
        """What a change means: of a limit, of a list."""
        parts = dropped_and_gained(field)
        if parts is not None:
            return self("kept", count=len(field.before) - len(parts[0]))
        if set(field.before) == set(field.after):
            return self("reordered")
        return TREND_WORDS[field.trend][self._place] if field.trend else ""  # type: ignore[index]  # the model knows no law

    def sides(self, field: FieldChange) -> tuple[str, str]:
        """The values before and after; of a list that kept some what was dropped and added, which may be nothing."""
        parts = dropped_and_gained(field)
        if parts is None:
            before, after = (self.comma.join(values) or self("nothing") for values in (field.before, field.after))
            return before, after
        dropped, gained = (self.comma.join(values) for values in parts)
        return self("dropped") + dropped if dropped else "", self("gained") + gained if gained else ""

    def field(self, field: FieldChange) -> str:
        """A change in one line."""
        before, after = self.sides(field)
        told = (
            f"{before} → {after}"
            if dropped_and_gained(field) is None
            else self.semicolon.join(side for side in (before, after) if side)
        )
        return f"{field.label}{self.colon}{told}{self.brackets(self.note(field))}"


def diff_lines(found: tuple[DepartmentDiff, ...], language: str) -> Iterator[str]:
    """A comparison as text: a department, its rows, their values."""
    words = DiffWords(language)
    if not found:
        yield words("equal")
    for diff in found:
        yield plain_text(words.heading(diff))
        yield from (plain_text(line) for line in _rows(diff, words))


def _rows(diff: DepartmentDiff, words: DiffWords) -> Iterator[str]:
    for added in diff.rows.added:
        yield f"  {words('added')} {words.row(added)}"
    for removed in diff.rows.removed:
        yield f"  {words('removed')} {words.row(removed)}{words.brackets(words.why(removed))}"
    for change in diff.rows.changed:
        yield f"  {words('changed')} {words.row(change)}{words.brackets(words.renumbered(change))}"
        for field in change.fields:
            yield f"    {words.field(field)}"
