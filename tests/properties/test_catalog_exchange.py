"""Laws of tables out and in: what went out comes back, ids stay with their entries, and a catalogue's text loses nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from zwgk_site.exchange.catalog_text import CatalogEdit, NewEntry, edit_text, new_catalog
from zwgk_site.exchange.incoming.entries import Standing, entries_of_rows
from zwgk_site.exchange.incoming.tables import read_tables
from zwgk_site.exchange.outgoing.csv_file import csv_bytes
from zwgk_site.exchange.outgoing.docx_file import docx_bytes
from zwgk_site.exchange.outgoing.html_file import html_bytes
from zwgk_site.exchange.outgoing.layout import lay_out
from zwgk_site.exchange.outgoing.xlsx_file import xlsx_bytes
from zwgk_site.exchange.sheets.kinds import kind_of_bytes
from zwgk_site.exchange.sheets.reading import Source, read_file
from zwgk_site.model.corpus import CatalogEntry, Department
from zwgk_site.model.fields import RECORDS
from zwgk_site.stages.load.catalog_file import read_catalog
from zwgk_site.stages.load.text_file import decode_text
from zwgk_site.stages.plan.catalog_diff import compare_catalogs

WRITERS = {"xlsx": xlsx_bytes, "csv": csv_bytes, "docx": docx_bytes, "html": html_bytes}
DEPARTMENT = Department(code="wjj", name="示范县卫生健康局")
SIGNS = "机构职能预算公开内容一二三1234０５（）()、；;。，,.：:《》〈〉“”\"'’#-=+@&<>*%!?[]{}|√■□●〇口t同上AaBb/\\ 〔〕①②年月日"
WORDS = (
    "同上", "合计", "公开内容", "编号", "序号", "√", "口", "1.甲；2.乙", "（一）甲", "注：说明", "=1+1", "'=1", "''", "-3", "+8", "@a", "null", "~", "012", "1.0",
    "2026-03-05", "是", "no", "a: b", "- x", "# x", "t政府网站", "■政府网站□其他", "政府网站", "其他", "公开查阅点", "全社会", "特定群体（村民）", "面向企业、个人",
    "《甲法》第一条、《乙法》", "《甲法》", "机构信息", "1", "2", "3个工作日内", "实时公开", "１０日内", "   x", "《甲",
)  # fmt: skip


def _kept(text: str) -> str:
    """As the reader of catalogues keeps a text: without blanks at its ends, never empty."""
    return text.strip() or "甲"


TEXT = st.one_of(st.sampled_from(WORDS), st.text(SIGNS, min_size=1, max_size=24)).map(_kept)
MAYBE = st.one_of(st.just(""), TEXT)


def _list(least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(TEXT, min_size=least, max_size=4).map(tuple)


@st.composite
def entries(draw: st.DrawFn) -> CatalogEntry:
    """One entry with whatever texts a file may hold."""
    dates = st.sampled_from(("", "2026-03-05", "2025-12-31"))
    extra = st.lists(
        st.tuples(
            st.sampled_from(("经办人", "电话", "说明", "全社会", "公开对象-全社会", "甲 乙", "密级（参考）", "A")), TEXT
        ),
        max_size=3,
        unique_by=lambda pair: pair[0],
    )
    return CatalogEntry(
        id="",
        subject=draw(_list(1)),
        content=draw(_list(1)),
        time_limit=draw(TEXT),
        responsible_body=draw(_list(1)),
        disclosure=draw(st.one_of(st.sampled_from(("主动公开", "依申请公开", "主动公开、依申请公开")), TEXT)),
        basis=draw(_list()),
        office=draw(MAYBE),
        channels=draw(_list()),
        audience=draw(_list()),
        levels=draw(st.lists(st.one_of(st.sampled_from(("县级", "乡级", "村级", "区级")), TEXT), max_size=3).map(tuple)),
        field=draw(MAYBE),
        stage=draw(st.sampled_from(("", "服务", "决策"))),
        duration=draw(MAYBE),
        key_areas=draw(_list()),
        note=draw(MAYBE),
        published_on=draw(dates),
        extra=tuple(draw(extra)),
    )  # fmt: skip


def _numbered(found: list[CatalogEntry]) -> tuple[CatalogEntry, ...]:
    return tuple(replace(entry, id=f"WJJ-{number:03}") for number, entry in enumerate(found, 1))


CATALOGS = st.lists(entries(), min_size=1, max_size=6).map(_numbered)


def imported(data: bytes, kind: str, standing: tuple[CatalogEntry, ...] = ()) -> tuple[CatalogEntry, ...]:
    """The entries that an import of a file makes."""
    name = f"目录.{kind}"
    text = decode_text(data, name).value
    tables = read_file(Source(name, data, kind_of_bytes(data), text.text if text else None), lambda _: ()).value
    assert tables is not None
    rows = read_tables(tables, name, wishes={}).value
    return entries_of_rows(rows, Standing(DEPARTMENT, standing), name).value.entries


def _comes_back(catalog: tuple[CatalogEntry, ...], kind: str) -> None:
    data = WRITERS[kind](lay_out(DEPARTMENT.name, catalog))
    assert data == WRITERS[kind](lay_out(DEPARTMENT.name, catalog))
    fresh = imported(data, kind)
    assert [_plain(entry) for entry in fresh] == [_plain(entry) for entry in catalog]
    again = imported(data, kind, catalog)
    assert not compare_catalogs(catalog, again)


def _plain(entry: CatalogEntry) -> CatalogEntry:
    return replace(entry, extra=tuple(sorted(entry.extra)))


@pytest.mark.parametrize("kind", WRITERS)
@given(CATALOGS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_exported_comes_back(kind: str, catalog: tuple[CatalogEntry, ...]) -> None:
    _comes_back(catalog, kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx"])
@given(CATALOGS)
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_exported_to_a_workbook_comes_back_always(kind: str, catalog: tuple[CatalogEntry, ...]) -> None:
    _comes_back(catalog, kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(set(WRITERS) - {"xlsx"}))
@given(CATALOGS)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_exported_comes_back_always(kind: str, catalog: tuple[CatalogEntry, ...]) -> None:
    _comes_back(catalog, kind)


# --- the catalogue's text --------------------------------------------------------------------------

VALUES = [field.name for field in RECORDS["entry"].fields if field.name not in ("id", "waivers")]


def _new(entry: CatalogEntry, after: str = "") -> NewEntry:
    values = {name: getattr(entry, name) for name in VALUES if getattr(entry, name)}
    return NewEntry(entry.id, values, dict(entry.extra), after)


def _read(text: str) -> tuple[CatalogEntry, ...]:
    read = read_catalog(text, "catalogs/wjj.yaml", {}).value
    return tuple(piece.entry for piece in read.pieces if piece.entry is not None)


EXTRAS_OF_FILES = ("说明", "A", "全社会")


@given(CATALOGS)
@settings(max_examples=150, deadline=None)
def test_a_new_file_says_what_it_was_made_of(catalog: tuple[CatalogEntry, ...]) -> None:
    made = new_catalog((("代码", "wjj"), ("名称", "示范县卫生健康局")), [_new(entry) for entry in catalog])
    assert not compare_catalogs(catalog, _read(made))


@given(CATALOGS, CATALOGS, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_an_edit_leads_to_the_new_catalogue_and_touches_nothing_else(
    old: tuple[CatalogEntry, ...], new: tuple[CatalogEntry, ...], chance: random.Random
) -> None:
    text = new_catalog((("代码", "wjj"), ("名称", "局")), [_new(entry) for entry in old])
    text = text.replace("    公开时限", "    # 办公室的注释\n    公开时限").replace(
        "  - 编号", "  # 上面的注释\n  - 编号"
    )
    kept = [entry.id for entry in old if chance.random() < 0.7]
    changed, wanted = {}, []
    fresh = dict(zip(kept, new, strict=False))
    for entry in old:
        if entry.id not in kept:
            continue
        other = replace(fresh[entry.id], id=entry.id) if entry.id in fresh and chance.random() < 0.5 else entry
        wanted.append(other)
        values = {name: getattr(other, name) for name in VALUES if getattr(other, name) != getattr(entry, name)}
        before, after = dict(entry.extra), dict(other.extra)
        values |= {key: after.get(key, "") for key in {**before, **after} if before.get(key) != after.get(key)}
        if values:
            changed[entry.id] = values
    added = [replace(entry, id=f"WJJ-9{number}") for number, entry in enumerate(new, 1)]
    anchors = [chance.choice(["", *kept]) for _ in added]
    gone = {entry.id: (("日期", "2026-11-21"),) for entry in old if entry.id not in kept}
    edit = CatalogEdit(changed, tuple(_new(entry, after) for entry, after in zip(added, anchors, strict=True)), gone)
    made = edit_text(text, edit)
    assert not compare_catalogs((*wanted, *added), _read(made))
    assert made.count("# 办公室的注释") == len(kept)
    read = read_catalog(made, "catalogs/wjj.yaml", {}).value
    assert {removal.target for removal in read.removals} == set(gone)
    for entry in wanted:
        if entry.id not in changed:
            block = next(part for part in text.split("  # 上面的注释\n") if part.startswith(f"  - 编号: {entry.id}\n"))
            assert block.rstrip("\n") in made


# --- ids -------------------------------------------------------------------------------------------

MATTERS = (
    "机构职能", "领导信息", "内设机构", "政策文件", "预算公开", "决算公开", "招生计划", "学区划分", "教师招聘", "学生资助", "校园安全", "民办学校审批",
    "体育设施开放", "营养餐采购", "督导评估", "语言文字考试", "职称评审", "行政处罚结果", "政府采购合同", "应急预案",
)  # fmt: skip


def _row(place: int, matter: str, content: str) -> CatalogEntry:
    return CatalogEntry(
        id=f"WJJ-{place:03}",
        subject=("机关信息" if place % 2 else "业务信息", matter),
        content=(f"{matter}的{content}", "联系方式"),
        time_limit="20个工作日内",
        responsible_body=("示范县教育局",),
        disclosure="主动公开",
        channels=("政府网站",),
    )


STANDING = tuple(_row(place, matter, "具体情况") for place, matter in enumerate(MATTERS, 1))


def reimported(rows: list[CatalogEntry]) -> dict[str, str]:
    """The ids that rows get, by their matters, when a sheet without ids comes in."""
    table = lay_out(DEPARTMENT.name, rows)
    places = [place for place, column in enumerate(table.columns) if column.field != "id"]
    bare = replace(
        table,
        columns=tuple(table.columns[place] for place in places),
        rows=tuple(tuple(row[place] for place in places) for row in table.rows),
        merges=(),
    )
    return {entry.subject[-1]: entry.id for entry in imported(csv_bytes(bare), "csv", STANDING)}


@given(st.permutations(STANDING))
@settings(max_examples=30, deadline=None)
def test_ids_stay_when_rows_are_moved(rows: list[CatalogEntry]) -> None:
    assert reimported(rows) == {entry.subject[-1]: entry.id for entry in STANDING}


@given(st.permutations(STANDING), st.sets(st.integers(0, len(STANDING) - 1), max_size=8), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_ids_stay_when_rows_are_reworded_and_no_id_of_a_row_that_went_comes_back(
    rows: list[CatalogEntry], gone: set[int], inserted: int
) -> None:
    assume(len(gone) < len(rows))
    left = [entry for place, entry in enumerate(rows) if place not in gone]
    reworded = [
        replace(entry, subject=(entry.subject[0], f"{entry.subject[1]}及有关信息"), time_limit="10个工作日内")
        for entry in left
    ]
    fresh = ["殡葬服务收费标准", "流浪犬只收容", "农机购置补贴名单"][:inserted]
    new = [_row(90 + place, matter, "公示名单") for place, matter in enumerate(fresh)]
    ids = reimported([*new, *reworded])
    for entry in left:
        assert ids[f"{entry.subject[1]}及有关信息"] == entry.id
    known = {entry.id for entry in STANDING}
    for matter in fresh:
        assert ids[matter] not in known
