"""Law: what the plain road accepts has there the very bytes of the reference road; and no text breaks either."""

import gzip
import importlib.util
import json
import random
import re
import sys
from html import unescape
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zwgk_site.stages.render.body.clean import clean_text
from zwgk_site.stages.render.body.convert import convert_body, convert_by_reference
from zwgk_site.stages.render.body.plain import render_plain
from zwgk_site.stages.render.body.reference import render_reference
from zwgk_site.stages.render.body.value import join_body
from zwgk_site.text.redaction import make_token, split_redactions

SHARED = Path(__file__).resolve().parents[3] / "shared"
BOUNDED = settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

TAME = [
    "第一条",
    "为了规范",
    "，",
    "。",
    "《办法》",
    "“重点”",
    "（一）",
    " ",
    "2026年",
    "5",
    "A",
    "〔2016〕80号",
    "——",
    make_token(0),
]
WILD = [
    *("abc", ">", "a > b", "-", "+", "=", ".", "1.", "1. ", "#", "(x)", "]", "!", "|", '"', "'", ":", "/", "~", "^"),
    *("\u2003", "\u3000", "*", "**", "[", "_", "<b>", "&amp;", "`", "\\", "\t", "\xa0", "  ", "***", "![", "]("),
    *("{{ x }}", "\u200b", "\n", "[^1]", "[a]: b"),
]
TARGETS = [
    *("a.html", "../b/1.pdf", "https://example.gov.cn/laws/1.html", "http://a-b.cn", "附件1.doc", "/x", "a?b=1"),
    *(
        "//x",
        "#a",
        "javascript:alert",
        "http://1.2.3.999/x",
        "http://xn--a.cn/",
        "mailto:a",
        "https://a..cn/",
        "=",
        "?a",
    ),
]
MARKERS = ["- ", "* ", "+ ", "1. ", "2. ", "10. ", "2026. ", "-", "1.", "1) ", "  - ", "\u3000\u30001. "]


SOUP = '#>|-*+=[]()!_`<&\\ 0123.\n\n\n甲，a:^\u3000\t"{}'
SIGNS = [
    *(
        "#",
        "## ",
        "> ",
        "- ",
        "* ",
        "1. ",
        "|",
        "\n",
        "\n\n",
        "\n    ",
        "\n- ",
        "\n|---|---|\n",
        "*",
        "**",
        "_",
        "`",
        "```\n",
    ),
    *(
        "[",
        "]",
        "(",
        ")",
        "](",
        "![",
        "[^1]",
        "[^1]: ",
        "<",
        ">",
        "<b>",
        "</b>",
        "<td>",
        "<table>",
        "</table>",
        "<div>",
    ),
    *(
        "</div>",
        "<p>",
        "<br>",
        "\\",
        "&",
        "  \n",
        "---",
        "\n---\n",
        "\n===\n",
        ": ",
        "~~~\n",
        "　　",
        '"',
        "<li>",
        "{",
        "\t",
    ),
]
FAULTY_MARKS = ["{不公开:理由|%s}", "{不公开|%s}", "{不公开:理由|%s", ":::不公开 理由\n%s\n:::", ":::不公开\n%s"]
rubbish = st.text(alphabet=st.sampled_from("甲乙 \n|`*[](){}:>-#"), max_size=30)


def joined(pieces, most=6):
    return st.lists(pieces, min_size=1, max_size=most).map("".join)


tame_text = st.builds("{}{}".format, joined(st.sampled_from(TAME)), st.sampled_from("条，。）》”"))
target = st.one_of(st.sampled_from(TARGETS[:7]), st.sampled_from(TARGETS[:7]), st.sampled_from(TARGETS))
bold = st.builds("**{}**，".format, tame_text)
link = st.builds("[{}]({})".format, tame_text, st.one_of(st.sampled_from(TARGETS[:7]), target))
tame = st.one_of(tame_text, tame_text, joined(st.one_of(tame_text, bold, link), 4))
wild = joined(st.one_of(tame, st.sampled_from(WILD)), 4)
line = st.one_of(*[tame] * 12, wild)
tame_list = st.builds(
    lambda mark, items: "\n".join(mark + item for item in items),
    st.sampled_from(MARKERS[:5]),
    st.lists(tame, min_size=1, max_size=4),
)
mixed_list = st.lists(st.builds(str.__add__, st.sampled_from(MARKERS), line), min_size=1, max_size=4).map("\n".join)
hashes = st.sampled_from(["# ", "## ", "## ", "### ", "###### ", "##", *["## "] * 6, "#", "####### "])
heading = st.builds("{}{}{}".format, hashes, line, st.sampled_from(["", "", " #", "#"]))
cell = st.one_of(*[tame] * 12, st.just(""), wild)


@st.composite
def tables(draw):
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=4))
    separator = draw(st.sampled_from(["---", "---", "---", "---", "---", "-", ":-:", ""]))
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if separator:
        lines.insert(1, "|" + f" {separator} |" * width)
    return "\n".join(lines)


ordinary = st.one_of(tame, tame, heading, tame_list, tables())
odd = st.one_of(line, mixed_list, st.sampled_from(["", "---", "===", "> 引", "```", "    x", "- ", "|", "　　缩进"]))
block = st.one_of(*[ordinary] * 12, odd)
gap = st.sampled_from(["\n\n", "\n\n", "\n\n", "\n\n", "\n", "\n\n\n", " \n", "\n　　"])
documents = st.lists(st.tuples(block, gap), max_size=5).map(lambda parts: "".join(a + b for a, b in parts))


def assert_paths_agree(source: str) -> bool:
    cleaned = clean_text(source)
    plain = render_plain(cleaned)
    if plain is not None:
        assert plain == render_reference(cleaned)
        assert convert_body(source) == convert_by_reference(source)
    return plain is not None


def mutate(source: str, seed: int) -> str:
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 3)):
        place = chance.randint(0, len(source))
        piece = chance.choice([*WILD, *TAME, "\n\n", "\n- ", "\n1. ", "\n# ", "\n|a|b|\n", "**x**", "[t](u)"])
        source = source[:place] + piece + source[place + chance.choice([0, 0, 1, 3]) :]
    return source


CORPUS = SHARED / "corpus" / "documents.jsonl.gz"
GENERATOR = SHARED / "peers" / "gen.py"


def where_there_is(path):
    """Collects a test only where its data stands beside the repository: the project's tests need nothing outside it."""
    return (lambda test: test) if path.exists() else (lambda _test: None)


def read_corpus() -> list[str]:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def read_generator():
    spec = importlib.util.spec_from_file_location("peer_generator", GENERATOR)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@given(documents)
@BOUNDED
def test_plain_path_gives_the_bytes_of_the_reference_path(source):
    assert_paths_agree(source)


@given(st.lists(ordinary, max_size=5))
@BOUNDED
def test_paths_agree_on_ordinary_blocks(blocks):
    assert_paths_agree("\n\n".join(blocks))


@given(st.text(alphabet=st.sampled_from(SOUP), max_size=60))
@BOUNDED
def test_paths_agree_on_soups_of_markers(source):
    assert_paths_agree(source)


@given(st.text(max_size=200))
@BOUNDED
def test_any_text_in_gives_html_out(source):
    assert_paths_agree(source)
    html = join_body(convert_body(split_redactions(source).text), lambda url: url)
    assert not re.search("<(?!/?[a-z])", html)


@given(st.text(alphabet=st.sampled_from("{}｛｝:：|｜不公开秘a \n>"), max_size=60))
@BOUNDED
def test_redaction_keeps_the_number_of_lines_and_loses_no_public_word(source):
    split = split_redactions(source)
    assert split.text.count("\n") == source.count("\n")
    if not split.redactions:
        assert len(split.text) >= len(source) - sum(fault.length for fault in split.faults)


@given(rubbish, st.text(alphabet="密钥", min_size=2, max_size=8), st.sampled_from(FAULTY_MARKS), rubbish)
@BOUNDED
def test_no_secret_ever_reaches_the_text(before, secret, mark, after):
    split = split_redactions(f"{before}\n{mark % secret}{after}")
    assert not set(secret) & set(split.text)
    assert not set(secret) & set("".join(convert_body(split.text).parts))


@where_there_is(CORPUS)
def test_paths_agree_on_every_real_document():
    on_plain_path = sum(map(assert_paths_agree, read_corpus()))
    assert on_plain_path > 1600


@where_there_is(CORPUS)
def test_paths_agree_on_mutated_real_documents():
    for seed, source in enumerate(read_corpus()[::12]):
        assert_paths_agree(mutate(source[:1500], seed))


@where_there_is(GENERATOR)
def test_generated_bodies_all_take_the_plain_path():
    generator = read_generator()
    for seed in range(200):
        assert assert_paths_agree(generator.body(random.Random(seed)))


@where_there_is(GENERATOR)
def test_paths_agree_on_mutated_generated_bodies():
    generator = read_generator()
    for seed in range(300):
        assert_paths_agree(mutate(generator.body(random.Random(seed)), seed))


def test_plain_path_needs_neither_markdown_nor_nh3():
    code = (
        "import sys; from zwgk_site.stages.render.body.convert import convert_body;"
        "convert_body('## 一\\n\\n**重点**，[文](a.html)\\n\\n- 甲\\n\\n| a | b |\\n| - | - |\\n| 1 | 2 |');"
        "assert not {'markdown', 'nh3'} & set(sys.modules)"
    )
    import subprocess

    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).resolve().parents[2])


@given(st.lists(st.one_of(st.none(), st.sampled_from(SIGNS)), max_size=30))
@BOUNDED
def test_every_word_written_is_a_word_shown(pieces):
    words = [chr(0x4E00 + number) for number in range(len(pieces))]
    source = "".join(sign or word for sign, word in zip(pieces, words, strict=True))
    shown = unescape(join_body(convert_body(source), lambda url: url))
    assert [word for word, sign in zip(words, pieces, strict=True) if sign is None and word not in shown] == []
