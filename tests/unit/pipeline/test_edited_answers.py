"""A column that was edited answers as one built from nothing: the same hits in the same order, read in the same way."""

from __future__ import annotations

from random import Random

import pytest

from tests.index_files import read_manifest, tree_below
from tests.model_sites import ModelSite, build_model
from zwgk_site.pipeline import searching
from zwgk_site.search.answer import search
from zwgk_site.text.readings import initials_of, usual_readings

COUNT = 70
WORDS = (
    "行政许可", "营商环境", "医疗救助", "公共服务", "劳动合同", "义务教育", "财政预算", "财政决算", "环境保护", "食品安全", "建设规划", "监督检查",
    "作出决定", "做出决定", "实施办法", "办事指南", "信息公开", "残疾人", "农民工", "养老保险", "备案", "申报", "施行", "实行", "报告", "公告",
)  # fmt: skip
"""Words of which some sound alike, share characters or stand within one another when they meet."""

JOINTS = ("的", "和", "，", "。", "、", "应当", "（一）", "有关", "2026年", "gb50180", "", "", "")
DAYS = ("2026-03-02", "2026-03-03", "2026-04-07", "2025-12-30")


CREDIT_CODES = {"wjj": "119999000000000273", "jyj": "119999000000000198", "czj": "119999000000000352"}


@pytest.fixture(autouse=True)
def small_segments(monkeypatch):
    monkeypatch.setattr(searching, "MERGE_LEAST", 14)
    monkeypatch.setattr(searching, "SMALL_CHARACTERS", 900)


def sentence(dice: Random, count: int) -> str:
    return "".join(dice.choice(WORDS) + dice.choice(JOINTS) for _ in range(count))


def add(site: ModelSite, code: str, number: int, dice: Random) -> None:
    """A document like many others: few words, few days."""
    day = dice.choice(DAYS)
    more = {"成文日期": day, "发布日期": day}
    if number % 3 == 0:
        more["发文字号"] = f"试{code[0]}发〔{day[:4]}〕{number}号"
    text = sentence(dice, dice.randrange(2, 30)) + "\n"
    site.departments[code].document(f"2026/d{number}", "关于" + sentence(dice, dice.randrange(1, 4)), text, **more)


def make_site(root, dice: Random) -> ModelSite:
    site = ModelSite(root)
    for code, name in (("wjj", "试验县卫生健康局"), ("jyj", "试验县教育局"), ("czj", "试验县财政局")):
        department = site.department(code, name, 统一社会信用代码=CREDIT_CODES[code])
        department.entry(f"{code.upper()}-001", dice.choice(WORDS))
        for number in range(COUNT):
            add(site, code, number, dice)
    return site


def edit(site: ModelSite, step: int, dice: Random) -> None:
    """One change of one kind: a text, a title, a day, a new document, one that moves or is withdrawn."""
    code = dice.choice(sorted(site.departments))
    documents = site.departments[code].documents
    path = dice.choice(sorted(path for path, one in documents.items() if "撤回" not in one.fields))
    kind = step % 5
    if kind == 0:
        documents[path].text = sentence(dice, dice.randrange(2, 30)) + "\n"
    elif kind == 1:
        documents[path].fields["标题"] = "关于" + sentence(dice, 2)
    elif kind == 2:
        documents[path].fields["成文日期"] = documents[path].fields["发布日期"] = dice.choice(DAYS)
    elif kind == 3:
        add(site, code, COUNT + step, dice)
    elif step == 9:
        documents[path].fields["撤回"] = {"日期": "2026-11-20", "理由": "发布有误"}
    else:
        documents[path].fields["索引号"] = f"{CREDIT_CODES[code]}/2026-{step:05d}"


def queries(site: ModelSite, dice: Random) -> list[str]:
    """Queries of every kind."""
    readings = usual_readings()
    texts = [
        one.fields["标题"] + "\n" + one.text for item in site.departments.values() for one in item.documents.values()
    ]
    found = [
        *WORDS,
        "公",
        "一",
        "类型:通知",
        "年:2025",
        "部门:教育局 公告",
        "试w发〔2026〕12号",
        "试j发2025 30",
        "gb 50180",
        "gb50",
        "不存在的词 公告",
    ]
    for _ in range(12):
        text = dice.choice(texts)
        for size in (2, 3, 4, 6, 11):
            start = dice.randrange(max(1, len(text) - size))
            piece = text[start : start + size].strip()
            if not piece.isascii():  # letters alone may be initials, which are kept of frequent phrases only
                found.append(piece)
    for word in WORDS:
        at = dice.randrange(len(word))
        alike = dice.choice(sorted(char for char, sound in readings.items() if sound == readings[word[at]]))
        other = dice.choice(WORDS)
        found += [
            "".join(readings[char] for char in word), initials_of(word), word[:at] + alike + word[at + 1 :],
            f"{word} {other}", f"{word} -{other}", f"{word}怎么{other}？",
        ]  # fmt: skip
    return sorted({query for query in found if query})


def compare(output, clean, asked: list[str]) -> set[str]:
    """The modes in which queries were read; each has the same answer in both."""
    modes = set()
    for number, query in enumerate(asked):
        sort = "date" if number % 7 == 0 else "relevance"
        one, other = (search(folder, query, limit=1000, sort=sort) for folder in (output, clean))
        assert (one.mode, one.total, one.used) == (other.mode, other.total, other.used), query
        assert [hit.url for hit in one.hits] == [hit.url for hit in other.hits], query
        assert [hit.score for hit in one.hits] == pytest.approx([hit.score for hit in other.hits], abs=0.002), query
        modes.add(one.mode)
    return modes


def build(site: ModelSite, output) -> None:
    site.write()
    built = build_model(site, output, jobs=1)
    assert built.value is not None, built.findings


@pytest.mark.parametrize("seed", [1])
def test_every_kind_of_query_is_answered_as_by_a_clean_index(tmp_path, seed):
    dice = Random(seed)
    site = make_site(tmp_path / "site", dice)
    output = tmp_path / "out/public"
    build(site, output)
    base = read_manifest(tree_below(output)).segments[0].id
    shapes = set()
    for step in range(24):
        edit(site, step, dice)
        build(site, output)
        found = read_manifest(tree_below(output)).segments
        shapes.add((found[0].id == base, len(found)))
        if step in (12, 23):
            build(site, clean := tmp_path / f"clean{step}/public")
            modes = compare(output, clean, queries(site, dice))
            assert modes >= {"exact", "number", "pinyin", "initials", "homophone", "relaxed"}, modes
    assert shapes >= {(True, 2), (True, 3)}
    assert any(not is_first for is_first, _ in shapes)
