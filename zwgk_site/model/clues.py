"""What a text gives away: clues found by scanning, kept between builds. Personal numbers are masked before they come here."""

from __future__ import annotations

from typing import Literal

import msgspec

ID_CARD = "id_card"
MOBILE = "mobile"
CONTACT_MOBILE = "contact_mobile"
BANK_CARD = "bank_card"
NAME_LIST = "name_list"
HOME_ADDRESS = "home_address"
HEALTH = "health"
EXAM_NUMBER = "exam_number"
SECRET_MARK = "secret_mark"  # noqa: S105 a kind of clue, no password
INNER_MARK = "inner_mark"
OPEN_MARK = "open_mark"
WORDING = "wording"
BANNED = "banned"
NO_ALT = "no_alt"
VAGUE_LINK = "vague_link"
NO_TABLE_HEADER = "no_table_header"
UNMARKED_TITLES = "unmarked_titles"
UNREACHABLE = "unreachable"

NOT_YET = "not_yet"
"""The trait of an attachment that is left for the next build."""

PERSONAL = (ID_CARD, MOBILE, BANK_CARD, NAME_LIST, HOME_ADDRESS, HEALTH, EXAM_NUMBER)
"""The kinds that concern a person (条例第15条); `CONTACT_MOBILE` is a duty telephone, for others to judge."""

TextStatus = Literal["read", "unread", "damaged", "empty", "no_text"]


class Clue(msgspec.Struct, frozen=True, array_like=True):
    """One place where a text says what may not be said, or is hard to read for some (线索).

    value: what a finding may show, masked if it concerns a person; of `WORDING` `wrong→right` and, after a line end, the
    reason; of `BANNED` word and reason likewise; of `OPEN_MARK` one of 公开, 主动公开, 依申请公开, 不公开, 删减后公开; of `NO_ALT` the picture's file, of
    `VAGUE_LINK` its words, of `UNMARKED_TITLES` the first title, of `UNREACHABLE` the address. Lines and columns count from 1 in code points, `end` is
    the first column after; 0 where unknown. `place` is for attachments: `第3页`, `名单!C12`.
    """

    kind: str
    value: str
    line: int = 0
    column: int = 0
    end: int = 0
    place: str = ""


class TextFacts(msgspec.Struct, frozen=True, array_like=True):
    """What checks know of a document's text without reading it again (文本要点).

    elements: names with a prefix: `解读:目标任务`, `指南:办公地址`, `办事:设定依据`, `采纳:理由`, and of what
    `text/asked_parts.py` knows the prefix alone (`年报:`) and its parts; of an annual report's tables `表三:上年结转=3` and
    `勾稽:…` for what does not add up; of a notice how long it is on view, `公示期:5个工作日` or `公示期:`
    and two days with a stroke between. `is_stub`: the text only says where to click. `length` counts code points that are no
    blanks.
    """

    clues: tuple[Clue, ...] = ()
    elements: tuple[str, ...] = ()
    is_stub: bool = False
    length: int = 0


class AttachmentText(msgspec.Struct, frozen=True, array_like=True):
    """What an attachment holds, as far as it could be read (附件文本).

    status: `unread` for types that are not looked into (未检查), `damaged` if it can't be opened, `empty` without any text,
    `no_text` for pictures of pages (扫描件). traits: `tracked_changes`, `comments`, `hidden_sheet`, `hidden_rows`, `macro`,
    `scanned`, `encrypted`, `partly_read` (too large, or too slow, to be read to its end), `not_yet` (left for the next
    build), `author:…`, `last_modified_by:…`, and of an archive `unread:…` with the ending of a member. `count`: its pages,
    rows, paragraphs or members.
    """

    status: TextStatus = "unread"
    clues: tuple[Clue, ...] = ()
    traits: tuple[str, ...] = ()
    length: int = 0
    count: int = 0


NO_FACTS = TextFacts()


def hide_middle(value: str, head: int, tail: int) -> str:
    """`value` with stars for all but its first `head` and last `tail` characters; as long as before.

    At least one character is hidden, whatever is asked, so that nothing short shows whole.
    """
    head = min(max(head, 0), max(len(value) - 1, 0))
    tail = min(max(tail, 0), max(len(value) - 1 - head, 0))
    return value[:head] + "*" * (len(value) - head - tail) + value[len(value) - tail :]
