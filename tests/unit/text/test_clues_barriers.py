"""Barriers where they stand, quick on any text, and silent where something only looks like one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwgk_site.model.clues import NO_ALT, NO_TABLE_HEADER, VAGUE_LINK
from zwgk_site.text.clues import find_clues
from zwgk_site.text.clues.barriers import find_barriers


def found(text):
    return [(hit.kind, text[hit.start : hit.end]) for hit in find_barriers(text)]


@pytest.mark.parametrize(
    ("text", "kind", "marked"),
    [
        ("![](a.png)", NO_ALT, "![](a.png)"),
        ('见图![ ](<流程 图.png> "图")。', NO_ALT, "![ ](<流程"),
        ("![微信图片_20260305.jpg](a.jpg)", NO_ALT, "![微信图片_20260305.jpg](a.jpg"),
        ("![图 2][tu]", NO_ALT, "![图 2]["),
        ("<IMG src=a.png>", NO_ALT, "<IMG src=a.png>"),
        ("<img alt='image3.png' src='a.png'/>", NO_ALT, "<img alt='image3.png' src='a.png'/>"),
        ("[ 点击 这里 ](a.md)", VAGUE_LINK, " 点击 这里 "),
        ("[Read more](a.md)", VAGUE_LINK, "Read more"),
        ("[**查看详情>>**](a.md)", VAGUE_LINK, "**查看详情>>**"),
        ("|||\n|-|-|\n|1|2|", NO_TABLE_HEADER, "|||"),
        ("正文\n\n| |\t|\n|:--|--:|\n|1|2|", NO_TABLE_HEADER, "| |\t|"),
    ],
)
def test_a_barrier_is_found_where_it_stands(text, kind, marked):
    assert [(hit.kind, text[hit.start : hit.end].startswith(marked[:8])) for hit in find_barriers(text)] == [
        (kind, True)
    ]
    clue = next(clue for clue in find_clues(text) if clue.kind == kind)
    row = text.split("\n")[clue.line - 1]
    assert row[clue.column - 1 : clue.end - 1] == found(text)[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "![大厅](a.png)",
        "![2026年预算收支图](a.png)",
        '<img src="a.png" alt="大厅">',
        '<img src=a.png alt="">',
        "[下载须知](a.md)和[查看办法](b.md)",
        "[这里](#)的写法：`[这里](a.md)`".replace("[这里](#)", "链接"),
        "| [查看](a.md) | 甲 |\n|---|---|\n| 乙 | [下载](b.md) |",
        "<table><tr><th>甲</th><th>乙</th></tr><tr><td>1</td><td>2</td></tr></table>",
        "<table><tr><td>只有一行</td><td>是个框</td></tr></table>",
        "<table><tr><td>只有一列</td></tr><tr><td>也是框</td></tr></table>",
        "<table><tr><td>a</td><td><table><tr><td>框</td></tr></table></td></tr><tr><td>b</td><td>c</td></tr></table>",
        "~~~\n![](a.png)\n~~~\n",
        "\\![](a.png)",
        "这里（见下），|||，#，《预算|决算》",
    ],
)
def test_what_only_looks_like_a_barrier_is_none(text):
    assert found(text) == []


def test_after_a_fence_the_text_counts_again():
    assert found("```\n![](a.png)\n```\n\n![](b.png)\n") == [(NO_ALT, "![](b.png)")]


@given(st.text(alphabet="![]()<>img alt=\"'src|-:\n#*`~ 点击这里一、二第章", max_size=300))
def test_any_text_gives_places_inside_it(text):
    for clue in find_clues(text):
        row = text.split("\n")[clue.line - 1]
        assert 1 <= clue.column <= clue.end <= len(row) + 1 + len(text)


@pytest.mark.parametrize(
    "piece",
    ["![", "![]", "![](", "[这里](", "<img ", "<img alt", "<a ", "<a>这里", "<table", "<table><tr><td>", "\n|", "|\n", "| ", "\n| |", "\n#", "\n ", "*", "\n一、", "```\n", "`"],
)  # fmt: skip
def test_time_grows_with_the_length_and_no_faster(piece):
    def cost(text):
        best = 1e9
        for _ in range(3):
            start = time.process_time()
            list(find_barriers(text))
            best = min(best, time.process_time() - start)
        return best

    short, long = piece * (20_000 // len(piece)), piece * (160_000 // len(piece))
    assert cost(long) < 24 * cost(short) + 0.02  # eight times the text; the square would be 64 times
