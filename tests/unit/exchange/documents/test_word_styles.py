"""Styles that are built on one another, however many, and in a circle."""

from __future__ import annotations

from lxml import etree

from tests.word_files import p, with_body
from zwgk_site.exchange.documents.word import read_word
from zwgk_site.exchange.documents.word_numbers import W
from zwgk_site.exchange.documents.word_parts import _read_styles

SPACE = f'xmlns:w="{W[1:-1]}"'
MANY = 3000


def style(number: int, based: str, properties: str = "") -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="paragraph" w:styleId="s{number}"><w:name w:val="n{number}"/>{base}{properties}</w:style>'


def sheet(*styles: str) -> str:
    return f"<w:styles {SPACE}>{''.join(styles)}</w:styles>"


def test_thousands_in_a_row_hand_down_what_the_first_says() -> None:
    rows = [style(number, f"s{number + 1}") for number in range(MANY)]
    hidden = style(MANY, "", "<w:rPr><w:vanish/></w:rPr>")
    found = _read_styles(etree.fromstring(sheet(*rows, hidden)))
    assert len(found) == MANY + 1
    assert all(item.is_hidden for item in found.values())


def test_a_circle_has_an_end() -> None:
    found = _read_styles(etree.fromstring(sheet(style(1, "s2"), style(2, "s1", "<w:rPr><w:vanish/></w:rPr>"))))
    assert found["s1"].is_hidden
    assert found["s2"].is_hidden


def test_such_a_file_is_read() -> None:
    body = p("正文", '<w:pStyle w:val="s0"/>')
    rows = [style(number, f"s{number + 1}") for number in range(MANY)]
    read = read_word(with_body(body, styles=sheet(*rows)), "a.docx")
    assert "正文" in read.plain
