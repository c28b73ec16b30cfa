"""Laws of documents taken in: whatever stands in a source is shown on the page, and nothing is taken for markup."""

from __future__ import annotations

import io
from html import escape

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.old_pages import SHAPES
from tests.word_files import parts_of
from zwgk_site.exchange.documents.markdown import write_markdown
from zwgk_site.exchange.documents.page import read_page
from zwgk_site.exchange.documents.plain_files import read_plain_text
from zwgk_site.exchange.documents.value import (
    Block,
    Break,
    Cell,
    Heading,
    Link,
    Listing,
    Paragraph,
    Picture,
    Raised,
    Table,
    Words,
)
from zwgk_site.exchange.documents.word import read_word
from zwgk_site.pipeline.import_proof import prove_text, shown_text, squeeze
from zwgk_site.text.redaction import split_redactions

SIGNS = "*_#`~<>[](){}|\\!&+-=:.1299 \u3000，。：；（）《》〔〕“”abcXYZ0不公开个人隐私中华人民共和国\t"
PIECES = ["{不公开:个人隐私|", "｛不公开：", ":::不公开 个人隐私", ":::", "1. ", "12. ", "- ", "+ ", "* ", "# ", "## ", "> ", "---", "***", "===", "~~~", "```", "|a|b|", "|---|", "[^1]:", "[^1]", "[注]: http://a.cn/", "](", "![", "<b>", "<script>", "<!--", "-->", "<水法>", "</p>", "&amp;", "&lt;", "&#60;", "&nbsp", "\\", "\\*", "\\\\", "`a`", "__", "_", "http://a.cn/x_y*z", "<a@b.cn>", "<https://a.cn>", "$", "第一条", "2026年", "2026. "]  # fmt: skip
text = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(SIGNS, min_size=1, max_size=12)), min_size=1, max_size=8
).map("".join)
line = text.filter(lambda value: squeeze(value) != "")


def shown(blocks: tuple[Block, ...]) -> str:
    return shown_text(write_markdown(blocks))


@settings(max_examples=400)
@given(st.lists(line, min_size=1, max_size=5))
@example(["{", "不公开:a|b}"])
@example(["a<br>", "|", "|-|", "a|b"])
@example(["[a", "b](c)"])
@example(["\\", "<b>"])
@example(["_" * 5, "a_b_c __x__"])
@example(["`", "a`"])
@example(["*" * 700])
def test_any_paragraphs_are_shown_as_they_are(lines: list[str]) -> None:
    blocks = tuple(Paragraph((Words(item),)) for item in lines)
    wanted = "".join(map(squeeze, lines))
    markdown, place = prove_text(blocks, wanted, {})
    assert not place
    assert shown_text(markdown) == wanted
    assert not split_redactions(markdown).redactions
    assert not split_redactions(markdown).faults


@settings(max_examples=300)
@given(st.lists(line, min_size=1, max_size=4))
@example(["____"])
def test_the_kind_that_reads_well_is_nearly_always_enough(lines: list[str]) -> None:
    """Character references are for what no reader could tell: texts with hundreds of signs."""
    blocks = tuple(Paragraph((Words(item),)) for item in lines)
    assert shown(blocks) == "".join(map(squeeze, lines))


piece = st.one_of(
    line.map(Words), st.just(Break()), line.map(lambda value: Link("https://a.example/b?c=1", (Words(value),))),
    st.text("0123456789abn+-", min_size=1, max_size=3).map(lambda value: Raised("sup", value)),
    line.map(lambda value: Picture("tu.png", value)),
)  # fmt: skip
pieces = st.lists(piece, min_size=1, max_size=5).map(tuple)
paragraph = pieces.map(Paragraph)
table = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.lists(pieces, max_size=2).map(lambda rows: Cell(tuple(rows))), min_size=width, max_size=width).map(
            tuple
        ),
        min_size=1,
        max_size=3,
    ).map(lambda rows: Table(tuple(rows)))
)
listing = st.builds(
    Listing, st.lists(st.one_of(line.map(lambda value: (Paragraph((Words(value),)),))), min_size=1, max_size=3).map(tuple), st.sampled_from([0, 1, 7]),
)  # fmt: skip
heading = st.builds(Heading, st.integers(1, 6), line.map(lambda value: (Words(value),)))


def words_of(block: Block) -> str:
    """What a reader sees of a block; pictures have no words."""
    from zwgk_site.exchange.documents.plain import text_of_block

    return squeeze(text_of_block(block))


@settings(max_examples=300)
@given(st.lists(st.one_of(paragraph, table, listing, heading), min_size=1, max_size=4))
def test_any_blocks_are_shown_as_they_are(blocks: list[Block]) -> None:
    wanted = "".join(map(words_of, blocks))
    _, place = prove_text(tuple(blocks), wanted, {})
    assert not place


@settings(max_examples=150, deadline=None)
@given(st.lists(line, min_size=1, max_size=4))
def test_text_survives_a_word_file(lines: list[str]) -> None:
    made = docx.Document()
    for item in lines:
        made.add_paragraph(item)
    data = io.BytesIO()
    made.save(data)
    read = read_word(parts_of(data.getvalue()), "a.docx")
    _, place = prove_text(read.blocks, read.plain, {})
    assert not place
    assert read.plain == "".join(squeeze(item) for item in lines)


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=30, deadline=None)
@given(lines=st.lists(line, min_size=1, max_size=4))
def test_text_survives_a_page(shape: str, lines: list[str]) -> None:
    """Between two paragraphs that anybody would take for text; what a page has around it is another matter."""
    first = "为做好有关工作，现将有关事项通知如下，请认真贯彻执行。"
    last = "以上事项请认真抓好落实，执行中的情况请及时报告。"
    read = read_page(SHAPES[shape]([escape(item, quote=False) for item in (first, *lines, last)]), "a.html")
    assert read is not None
    markdown, place = prove_text(read.blocks, read.plain, {})
    assert not place
    assert squeeze(first + "".join(lines) + last) in shown_text(markdown)


@settings(max_examples=150, deadline=None)
@given(st.lists(line, min_size=1, max_size=4))
def test_text_survives_a_text_file(lines: list[str]) -> None:
    read = read_plain_text("\n\n".join(lines), "a.txt")
    _, place = prove_text(read.blocks, read.plain, {})
    assert not place


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_a_page_raise(data: bytes) -> None:
    read_page(data, "a.html")
    read_page(b"<html><body><table><tr><td>" + data, "a.html")
