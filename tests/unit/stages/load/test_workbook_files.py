"""Workbooks as programs write them: a BIFF8 .xls and an .ods with one list, and its draft on a hidden sheet.

`workbooks/list.*` were written by SheetJS; names and numbers are made up (the identity number is a textbook's).
"""

import io
import struct
from pathlib import Path

import pytest

from zwgk_site.model.clues import ID_CARD, MOBILE
from zwgk_site.stages.load.attachment_text import read_attachment, read_source

FOLDER = Path(__file__).parent / "workbooks"
OLD = (FOLDER / "list.xls").read_bytes()
EXPECTED = [
    (ID_CARD, "110105********002X", "公示!C4"),
    (MOBILE, "138****8000", "公示!D4"),
    (ID_CARD, "110105********002X", "底稿!B2"),
]
FIRST = OLD.index(bytes.fromhex("0908100000060500")) + 20
"""Where the second record of the workbook stands."""


@pytest.mark.parametrize("name", ["list.xls", "list.ods"])
def test_every_number_is_found_with_its_sheet_and_cell_and_the_hidden_sheet_is_seen(name):
    text = read_attachment(FOLDER / name)
    assert [(clue.kind, clue.value, clue.place) for clue in text.clues] == EXPECTED
    assert (text.status, text.traits, text.count) == ("read", ("hidden_sheet",), 6)


@pytest.mark.parametrize("name", ["list.xls", "list.ods"])
def test_no_number_stays_whole(name):
    shown = repr(read_attachment(FOLDER / name))
    assert "11010519491231002X" not in shown
    assert "13800138000" not in shown


def test_a_workbook_of_wps_is_read_as_what_it_is(tmp_path):
    path = tmp_path / "名单.et"
    path.write_bytes(OLD)
    assert [clue.place for clue in read_attachment(path).clues] == [place for _, _, place in EXPECTED]


@pytest.mark.parametrize("method", [0, 1])
def test_an_old_workbook_with_a_password_is_unread(method):
    """A FILEPASS record behind the first one, as a program writes it: XOR (0) or RC4 (1)."""
    data = bytearray(OLD)
    record = struct.pack("<HHHHH", 0x2F, 54, method, 1, 1) + bytes(range(48))
    data[FIRST : FIRST + len(record)] = record
    text = read_source(io.BytesIO(bytes(data)), "xls")
    assert (text.status, text.traits, text.clues) == ("unread", ("encrypted",), ())


@pytest.mark.parametrize(("name", "length"), [("list.xls", length) for length in (8, 100, 600, 2200, 3000)])
def test_a_workbook_cut_short_is_damaged(name, length):
    assert read_source(io.BytesIO((FOLDER / name).read_bytes()[:length]), "xls").status == "damaged"


@pytest.mark.parametrize("length", [30, 600, 2000])
def test_an_open_document_cut_short_is_damaged(length):
    assert read_source(io.BytesIO((FOLDER / "list.ods").read_bytes()[:length]), "ods").status == "damaged"


def test_old_workbooks_of_other_bytes_have_a_status():
    for seed in range(0, 2000, 90):
        data = bytearray(OLD)
        data[512 + seed : 512 + seed + 60] = bytes((value * 7 + seed) % 256 for value in range(60))
        assert read_source(io.BytesIO(bytes(data)), "xls").status in ("read", "damaged", "empty", "unread")
    noise = OLD[:8] + bytes((value * 31 + 7) % 256 for value in range(4000))
    assert read_source(io.BytesIO(noise), "xls").status == "damaged"
