"""What a column's header means: the field it fills, or the value that a tick in it stands for."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from zwgk_site.model.fields import CHANNELS, OTHER_CHANNELS, RECORDS, SHEET_COLUMNS

_NOISE = re.compile(r"[\s\u3000*★☆:：;；。、,，]+$|[\s\u3000*★☆]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_ADVICE = re.compile(r"\((?:请|需|应|须|如有|注)[^()]*\)|\([^()]*(?:写明|注明|填写|列明|说明)\)")
"""What a header tells whoever fills the column in: 特定群体(请写明)."""
_COMPOSITE = re.compile(r"(?P<group>.+?)(?:[-—–_/:|·>]+|\()(?P<part>[^()]*(?:\([^()]*\)[^()]*)*?)\)?")
GROUPS = frozenset(("audience", "channels", "disclosure", "levels"))
"""Fields that tables split into columns to be ticked."""
IGNORED = frozenset(("忽略", "-", "不导入", "ignore"))


class Meaning(msgspec.Struct, frozen=True):
    """What a column is for (列的含义): `field` of the entry, `serial` or empty; `value` that a tick stands for.

    `rank` tells how sure the label is: 0 the official key, 1 an alias, 2 a word of tables, 3 a guess.
    """

    field: str
    value: str = ""
    level: int = 0
    rank: int = 0


NOTHING = Meaning("", rank=9)


def plain_label(text: str) -> str:
    """A header without blanks and notes of importance, in narrow brackets."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).rstrip(":;,、。")


def _known() -> dict[str, Meaning]:
    table: dict[str, Meaning] = {}
    for field in RECORDS["entry"].fields:
        if field.name == "waivers":
            continue
        table[plain_label(field.key)] = Meaning(field.name)
        for alias in (field.name, *field.aliases):
            table.setdefault(plain_label(alias), Meaning(field.name, rank=1))
    for column in SHEET_COLUMNS:
        for label in column.labels:
            table.setdefault(plain_label(label), Meaning(column.field, column.value, column.level, 2))
    return table


_KNOWN = _known()
_CHANNELS = (*CHANNELS, *OTHER_CHANNELS)


def label_meaning(label: str) -> Meaning:
    """What a plain label means by itself: as it stands, without its brackets, or as `group-part`."""
    found = _KNOWN.get(label)
    if found is None:
        composite = _COMPOSITE.fullmatch(label)
        if composite is not None:
            group = _KNOWN.get(composite["group"], NOTHING)
            part = _part_of(group, composite["part"])
            if part is not None:
                return part
        found = _KNOWN.get(_BRACKETS.sub("", label))
    return found if found is not None else NOTHING


def _part_of(group: Meaning, label: str) -> Meaning | None:
    """A column under the header of a group; what stands under 公开对象 or 公开层级 is a value, known or not."""
    if not label or group.value:
        return None
    part = _KNOWN.get(label) or _KNOWN.get(_ADVICE.sub("", label), NOTHING)
    if group.field == "subject":
        return part if part.field == "subject" else Meaning("subject", rank=3)
    if part.field == group.field and part.value:
        return part
    if group.field == "channels":
        return Meaning("channels", label, rank=3) if label.startswith(_CHANNELS) else None
    label = _ADVICE.sub("", label) or label
    longest = {"levels": 10, "audience": 12}.get(group.field, 0)
    return Meaning(group.field, label, rank=3) if len(label) <= longest else None


def column_meaning(parts: tuple[str, ...]) -> Meaning:
    """What a column means whose header has these plain labels, from the top down."""
    if not parts:
        return NOTHING
    if len(parts) == 1:
        return label_meaning(parts[0])
    above, last = column_meaning(parts[:-1]), parts[-1]
    under = _part_of(above, last)
    if under is not None:
        return under
    own = label_meaning(last)
    if own.field and not (own.value and above.field):
        return own
    joined = label_meaning("".join(parts))
    return joined if joined.field else msgspec.structs.replace(above, rank=3) if above.field else NOTHING


def wished_meaning(word: str) -> Meaning | None:
    """The meaning that somebody asks for with `--map`; `None` if there is no such field."""
    plain = plain_label(word)
    if plain in IGNORED or word.strip() in IGNORED:
        return Meaning("ignored")
    found = label_meaning(plain)
    return msgspec.structs.replace(found, rank=0) if found.field else None


def meaning_label(meaning: Meaning) -> str:
    """How a meaning is called when a clerk is shown what was understood."""
    if meaning.field == "serial":
        return "序号"
    if meaning.field == "ignored":
        return "忽略"
    field = RECORDS["entry"].field_for(meaning.field)
    key = field.key if field is not None else meaning.field
    if meaning.level:
        return f"{key}（{'一二三四五六'[meaning.level - 1]}级）"
    return f"{key}（{meaning.value}）" if meaning.value else key
