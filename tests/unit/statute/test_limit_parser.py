"""Time limits as they stand in catalogues and laws, each with what it means; and laws for any text."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.statute.limit_text import number_from_numeral, plain_limit
from zwgk_site.statute.time_limit import TimeLimit

# phrase (\n is a line break in the cell), source, kind, amount, unit, anchor, more; of several parts each, joined by " + ".
# A law as source is also the basis of the phrase. 写法: ways of writing thought of here, not seen.
TABLE = list(
    csv.DictReader(
        (Path(__file__).parent / "time_limits.tsv").read_text("utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
MORE = ("month", "day", "year", "from_month", "from_day", "year_offset", "grace", "grace_unit")
WORDS = st.lists(
    st.sampled_from(
        [
            "自",
            "信息",
            "形成",
            "或者",
            "变更",
            "之日起",
            "20",
            "二十",
            "个",
            "工作日",
            "日",
            "内",
            "前",
            "后",
            "公示",
            "公开",
            "每年",
            "每季度",
            "每月",
            "1月31日",
            "底",
            "次年",
            "末",
            "批准",
            "听证",
            "不少于",
            "不超过",
            "，",
            "；",
            "。",
            "长期",
            "及时",
            "同上",
            "从其规定",
            "另有规定",
            "《预算法》",
            "一",
            "半",
            "年",
            "月",
            "周",
            "季度",
            "至",
            "（",
            "）",
            "①",
            "●",
            "10",
            "31",
            "2026年",
            "年度终了",
        ]
    ),
    max_size=14,
).map("".join)


def _row_of(limit: TimeLimit) -> dict[str, str]:
    parts = limit.parts or (limit,)

    def joined(name: str) -> str:
        return " + ".join(str(getattr(part, name) or "-") for part in parts)

    more = [",".join(f"{name}={getattr(part, name)}" for name in MORE if getattr(part, name)) for part in parts]
    yields = ["yields_to_law=1"] if limit.yields_to_law else []
    return {
        **{name: joined(name) for name in ("kind", "amount", "unit", "anchor")},
        "more": ",".join([*(["; ".join(more).strip("; ")] if any(more) else []), *yields]),
    }


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["phrase"][:30])
def test_a_phrase_means_what_the_table_says(row: dict[str, str]) -> None:
    basis = (row["source"],) if row["source"].startswith("《") else ()
    phrase = row["phrase"].replace("\\n", "\n")
    limit = parse_limit(phrase, basis)
    assert {"phrase": row["phrase"], "source": row["source"], **_row_of(limit)} == {
        name: value or "" for name, value in row.items()
    }
    assert limit.text == phrase
    assert limit.is_default == (limit.kind == "empty")


def test_the_table_is_large_enough_and_has_the_whole_catalogue_of_haitan() -> None:
    sources = [row["source"] for row in TABLE]
    assert sources.count("海坛片区目录（2020）") == 16
    assert sum(source != "写法" for source in sources) >= 110


def test_what_cannot_be_read_is_never_given_a_default() -> None:
    limit = parse_limit("找7地点的人")
    assert (limit.kind, limit.amount, limit.confidence) == ("unknown", 0, 20)
    assert limit.understood == "7地点的"
    assert parse_limit("看着办").confidence == 0


def test_the_words_of_the_event_are_kept() -> None:
    assert parse_limit("收到征地批准文件之日起10个工作日内").event == "收到征地批准文件"
    assert parse_limit("应当自该规划批准之日起，由主管部门在20日内公布").event == "该规划批准"
    assert parse_limit("20个工作日内（自信息形成之日起）").anchor == "形成"


@pytest.mark.parametrize(
    ("text", "basis", "unit", "lawful"),
    [
        ("三日内", (), "day", False),
        ("三日内", ("《行政处罚法》第四十八条",), "working_day", True),
        ("七日内", ("《中华人民共和国行政处罚法》",), "working_day", True),
        ("十日内", ("《行政处罚法》",), "day", False),
        ("十日内", ("《行政许可法》",), "working_day", True),
        ("十日内", ("《行政复议法》",), "working_day", True),
        ("批准后二十日内", ("《预算法》第十四条",), "day", False),
        ("三个自然日内", ("《预算法》",), "day", False),
        ("按照《行政处罚法》在三日内撤回", (), "working_day", True),
    ],
)
def test_the_law_says_what_a_day_is(text: str, basis: tuple[str, ...], unit: str, lawful: bool) -> None:
    limit = parse_limit(text, basis)
    assert (limit.unit, limit.lawful_unit) == (unit, lawful)


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("二十", 20), ("十五", 15), ("一百二十", 120), ("一百零五", 105), ("百二十", 120), ("廿五", 25), ("卅", 30),
     ("二〇二六", 2026), ("两", 2), ("十", 10), ("壹拾", 10)],
)  # fmt: skip
def test_numerals(numeral: str, number: int) -> None:
    assert number_from_numeral(numeral) == number


@pytest.mark.parametrize("number", ["20", "２０", "二十", "2 0", "廿", "贰拾"])
@pytest.mark.parametrize("unit", ["个工作日", " 个 工作日", "工作日", "个工作曰", "个工作\n日"])
@pytest.mark.parametrize("end", ["内", "以内", "之内", "内公开", "内予以公开", "内及时公开", "内主动向社会公开"])
@pytest.mark.parametrize(
    "start", ["信息形成或变更之日起", "自信息形成、变更之日起，", "信息形成（变更）后", "自信息形成\n或者变更之日起在"]
)
def test_all_ways_of_writing_the_statutory_limit(start: str, number: str, unit: str, end: str) -> None:
    limit = parse_limit(start + number + unit + end)
    assert (limit.kind, limit.amount, limit.unit, limit.anchor) == ("within", 20, "working_day", "形成或变更")
    assert limit.confidence >= 80


@settings(max_examples=300)
@given(st.text(max_size=80) | WORDS)
def test_any_text_gives_a_limit_and_keeps_its_text(text: str) -> None:
    limit = parse_limit(text)
    assert limit.text == text
    assert 0 <= limit.confidence <= 100
    assert (limit.kind == "combined") == (len(limit.parts) > 1)
    for part in limit.parts or (limit,):
        assert 0 <= part.amount <= 9999
        assert 0 <= part.month <= 24
        assert 0 <= part.day <= 31
        assert part.kind != "within" or part.unit


@given(WORDS)
def test_blanks_and_widths_change_nothing(text: str) -> None:
    spaced = " ".join(text)
    wide = "".join(chr(ord(char) + 0xFEE0) if char in "0123456789" else char for char in text)
    kinds = [parse_limit(written) for written in (text, spaced, wide)]
    assert len({(limit.kind, limit.amount, limit.unit, len(limit.parts)) for limit in kinds}) == 1


@pytest.mark.parametrize(
    "piece",
    ["自", "每年", "前", "同", "法律", "另有规定", "公示期满", "1月1日至", "1", "一", "收到", "按照", "；", "①"],
)
def test_long_cells_are_read_quickly(piece: str) -> None:
    begun = time.process_time()
    parse_limit(piece * 3000)
    assert time.process_time() - begun < 1


def test_plain_text_has_one_word_for_each_thing() -> None:
    assert plain_limit("自信息形\n成或者变更之日起 ２０ 个工作日以内。") == "自信息形成或变更之日起20个工作日内"
