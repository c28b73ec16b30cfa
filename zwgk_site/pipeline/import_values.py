"""What a source states, as values for the table of keys: days read, numbers normal, doubtful ones told and left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.exchange.documents import rules
from zwgk_site.exchange.documents.front import Value, name_of
from zwgk_site.exchange.documents.organs import ends_like_organ
from zwgk_site.exchange.documents.plain import text_of_block
from zwgk_site.model.fields import DISCLOSURES, EXTENTS, VALIDITIES, example_of
from zwgk_site.statute.document_numbers import normalize_document_number
from zwgk_site.statute.moments import parse_moment
from zwgk_site.text.clues.marks import find_open_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zwgk_site.exchange.documents.value import SourceDocument, Stated

_DEAD_TITLE = re.compile(r"^[【\[（(]\s*(?:已|全文)?\s*(?P<word>失效|废止)\s*[】\]）)]\s*")
_DAY = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?|\d{8}(?!\d)")
_SEPARATORS = re.compile(r"[,，;；、|\s\u3000]+")
_ORGANS = re.compile(r"[、,，;；\s\u3000]+")
_PLACE_END = re.compile(r"(?:[县市区室]|街道)$")
_MEDIUM_END = re.compile(r"[社台]$")
_WIDE_BLANK = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef“”《》〔〕])\s+(?=[\u2e80-\u9fff\uff00-\uffef“”《》〔〕])")
_SAID = {"公开": "此件公开发布", "主动公开": "此件主动公开", "不公开": "此件不公开", "依申请公开": "此件依申请公开", "删减后公开": "此件删减后公开"}  # fmt: skip
_PLACES = {"contentsource": ("网页标签 ContentSource", "meta tag ContentSource")}
_VALIDITY = (("废止", "废止"), ("失效", "失效"), ("无效", "失效"), ("否", "失效"), ("有效", "有效"), ("是", "有效"))
LONGEST_KEYWORD = 20
LONGEST_TITLE = 300


class Settled(msgspec.Struct):
    """Values by field names while they are settled, and where each was stated."""

    values: dict[str, Value] = {}
    origins: dict[str, Stated] = {}
    findings: list[Diagnostic] = []


def settle_values(source: SourceDocument, disclosure: str = "") -> Checked[dict[str, Value] | None]:
    """The values of a source; `None` where it must not be imported. `disclosure` was given by who imports it."""
    settled = Settled()
    for stated in source.stated:
        _settle(stated, source, settled)
    _settle_title(source, settled)
    told = _openness(source)
    if disclosure and "disclosure" not in settled.values:
        settled.values["disclosure"] = disclosure
    settled.findings.extend(_tell_openness(source, settled.values, told))
    if any(finding.code == rules.OPENNESS_CONTRADICTS.code for finding in settled.findings):
        return Checked(None, tuple(settled.findings))
    settled.findings.extend(_tell_readings(source, settled))
    if source.labels:
        names = "、".join(f"“{label}：{value[:30]}”" for label, value in source.labels[:8])
        settled.findings.append(rules.OTHER_LABELS.at(Span(source.name), names=names))
    return Checked(settled.values, tuple(settled.findings))


def _settle(stated: Stated, source: SourceDocument, settled: Settled) -> None:
    field = name_of(stated.field)
    if stated.origin == "front":
        _add_front(stated, settled)
        return
    if stated.origin == "tags" and _says_nothing(stated, source, settled):
        return
    value = _READERS.get(stated.field, _plain)(stated.value)
    if not value:
        settled.findings.append(
            rules.BAD_VALUE.at(Span(source.name), key=field.key, value=stated.value[:60], example=example_of(field))
        )
        return
    if stated.field == "disclosure" and value == "不予公开":
        settled.values.setdefault("extent", "不予公开")
        return
    known = settled.values.get(stated.field)
    if known is None:
        settled.values[stated.field] = value
        settled.origins[stated.field] = stated
    elif stated.field == "published_on" and isinstance(known, str) and isinstance(value, str):
        _settle_moment(known, value, source, settled)
    elif stated.field in ("formed_on", "index_number", "document_number") and known != value:
        settled.findings.append(
            rules.VALUES_DIFFER.at(Span(source.name), key=field.key, value=str(known), other=str(value))
        )


def _settle_moment(known: str, value: str, source: SourceDocument, settled: Settled) -> None:
    """Of two moments of one day the one with a time counts."""
    if known[:10] == value[:10]:
        settled.values["published_on"] = max(known, value, key=len)
    else:
        settled.findings.append(rules.VALUES_DIFFER.at(Span(source.name), key="发布日期", value=known, other=value))


def _add_front(stated: Stated, settled: Settled) -> None:
    """A value of a front matter is somebody's own words; several make a list."""
    known = settled.values.get(stated.field)
    if known is None:
        settled.values[stated.field] = stated.value
    elif isinstance(known, str):
        settled.values[stated.field] = (known, stated.value)
    else:
        settled.values[stated.field] = (*known, stated.value)


def _says_nothing(stated: Stated, source: SourceDocument, settled: Settled) -> bool:
    """Whether a meta tag only repeats what is known, or holds what systems put there by themselves."""
    value = _squeezed(stated.value)
    title = _squeezed(str(settled.values.get("title", "")) or source.value_of("title"))
    if stated.field == "summary":
        return len(value) < 10 or value == title or value.rstrip(".…") in source.plain or title in value
    if stated.field == "issuer":
        return "issuer" in settled.values or not _names_organ(stated.value) or bool(_MEDIUM_END.search(stated.value))
    if stated.field == "keywords":
        return value == title or "keywords" in settled.values or any(len(word) > LONGEST_KEYWORD for word in _SEPARATORS.split(stated.value))  # fmt: skip
    return False


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _plain(text: str) -> Value:
    return _WIDE_BLANK.sub("", " ".join(text.split()))


def _title(text: str) -> Value:
    return str(_plain(text))[:LONGEST_TITLE]


def _index_number(text: str) -> Value:
    return "".join(text.split())


def _issuer(text: str) -> Value:
    """One organ, or those of a joint document, where every part is the name of one."""
    plain = " ".join(text.split())
    parts = tuple(part for part in _ORGANS.split(plain) if part)
    return (
        parts if len(parts) > 1 and all(len(part) > 2 and _names_organ(part) for part in parts) else str(_plain(plain))
    )


def _names_organ(text: str) -> bool:
    """Whether what is labelled as an organ can be one; where it is labelled, a place stands for its government."""
    return ends_like_organ(text) or _PLACE_END.search(text) is not None


def _document_number(text: str) -> Value:
    return normalize_document_number(" ".join(text.split()))


def _moment(text: str) -> Value:
    found = parse_moment(text.strip().rstrip("。.")) or _first_moment(text)
    return found[0] if found else ""


def _first_moment(text: str) -> tuple[str, bool] | None:
    found = _DAY.search(text)
    return parse_moment(found[0].strip()) if found else None


def _day(text: str) -> Value:
    return str(_moment(text))[:10]


def _keywords(text: str) -> Value:
    return tuple(dict.fromkeys(word for word in _SEPARATORS.split(text) if word))


def _choice(choices: tuple[str, ...]) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        bare = _squeezed(text)
        return next((word for word in choices if bare == word), "")

    return read


def _disclosure(text: str) -> Value:
    bare = _squeezed(text).removesuffix("类")
    if bare in ("不公开", "不予公开"):
        return "不予公开"
    return next((word for word in DISCLOSURES if bare in (word, word.removesuffix("公开"))), "")


def _validity(text: str) -> Value:
    bare = _squeezed(text)
    return next((word for sign, word in _VALIDITY if sign in bare and len(bare) < 8), "") or _choice(VALIDITIES)(text)


_READERS: dict[str, Callable[[str], Value]] = {
    "title": _title,
    "index_number": _index_number,
    "issuer": _issuer,
    "joint_issuers": _issuer,
    "document_number": _document_number,
    "formed_on": _day,
    "effective_on": _day,
    "expires_on": _day,
    "published_on": _moment,
    "keywords": _keywords,
    "disclosure": _disclosure,
    "extent": _choice(EXTENTS),
    "validity": _validity,
}


def _settle_title(source: SourceDocument, settled: Settled) -> None:
    """The title without the note that it is dead, which becomes 有效性; without any, the file's name stands in."""
    title = settled.values.get("title")
    if isinstance(title, str) and title:
        dead = _DEAD_TITLE.match(title)
        if dead:
            settled.values["title"] = title[dead.end() :]
            settled.values.setdefault("validity", dead["word"])
        return
    stem = source.name.rpartition("/")[2].partition("#")[0].rpartition(".")[0] or source.name
    settled.values["title"] = stem
    settled.findings.append(rules.TITLE_FROM_NAME.at(Span(source.name), value=stem))


def _openness(source: SourceDocument) -> tuple[str, ...]:
    """What the text says of its own openness, in the words that `find_open_marks` gives."""
    text = source.markdown if source.markdown is not None else "\n".join(map(text_of_block, source.blocks))
    return tuple(hit.value for hit in find_open_marks(text))


def _tell_openness(source: SourceDocument, values: dict[str, Value], told: tuple[str, ...]) -> Iterable[Diagnostic]:
    disclosure = values.get("disclosure", "")
    against = next((word for word in told if word in ("不公开", "依申请公开")), "")
    if disclosure == "主动公开" and against:
        yield rules.OPENNESS_CONTRADICTS.at(Span(source.name), name=source.name, text=_SAID[against], value="主动公开")
    elif not disclosure:
        said = _SAID[told[0]] if told else ""
        reason = f"（正文写着“{said}”，仍要由您确认）" if said else ""
        reason_en = f" (its text says “{said}”, which you have to confirm)" if said else ""
        yield rules.NOT_STATED_OPEN.at(Span(source.name), name=source.name, reason=reason, reason_en=reason_en)


def _tell_readings(source: SourceDocument, settled: Settled) -> Iterable[Diagnostic]:
    """Values that nothing labels: a person has to look at each."""
    for name, stated in settled.origins.items():
        value = settled.values.get(name, "")
        shown = value if isinstance(value, str) else "、".join(map(str, value))
        if stated.origin == "text":
            place, place_en = f"正文第 {stated.place} 段", f"paragraph {stated.place}"
        elif stated.place in _PLACES:
            place, place_en = _PLACES[stated.place]
        else:
            continue
        yield rules.READ_FROM_TEXT.at(
            Span(source.name), key=name_of(name).key, place=place, place_en=place_en, value=shown[:120]
        )
