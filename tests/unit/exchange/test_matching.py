"""Rows and entries: the assignment is the best as a whole, and what is not alike stays apart."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zwgk_site.exchange.incoming.matching import ENOUGH, Key, _best_of, _cut_down, _Likeness, match_rows


def key(title: str, content: str = "", above: str = "机关", name: str = "") -> Key:
    return Key((above, title), content or f"{title}的具体内容", ("20个工作日内",), name)


def test_equal_rows_are_assigned_in_order() -> None:
    rows = [key("预算"), key("决算"), key("预算")]
    entries = [key("预算", name="A-1"), key("预算", name="A-2"), key("决算", name="A-3")]
    assert match_rows(rows, entries).entries == (0, 2, 1)


def test_the_first_likely_entry_is_left_to_the_row_that_needs_it() -> None:
    """Taken one after another, the first row would take the entry that alone fits the second."""
    entries = [key("学生资助政策和名单", "资助政策；资助名单"), key("学生资助政策", "资助政策")]
    rows = [key("学生资助政策和名单公示", "资助政策；资助名单；公示"), key("学生资助政策和名单", "资助政策；名单")]
    alike = _Likeness(rows, entries)
    found = match_rows(rows, entries).entries
    chosen = sum(alike(row, entry) for row, entry in enumerate(found) if entry is not None)
    for order in permutations(range(2)):
        assert chosen + 1e-9 >= sum(alike(row, entry) for row, entry in enumerate(order) if alike(row, entry) >= ENOUGH)


def test_another_matter_of_the_same_kind_gets_no_id_of_a_row_that_went() -> None:
    common = "1.政策文件；2.办事指南；3.审批结果"
    entries = [key(title, common, "民政") for title in ("最低生活保障", "特困人员供养", "临时救助", "医疗救助")]
    rows = [key(title, common, "民政") for title in ("最低生活保障", "特困人员供养", "临时救助", "殡葬服务")]
    assert match_rows(rows, entries).entries == (0, 1, 2, None)


def test_years_that_differ_in_a_sign_are_not_the_same() -> None:
    common = "收支总表；支出总表"
    entries = [key(f"{year}年部门预算", common) for year in (2023, 2024, 2025)]
    rows = [key(f"{year}年部门预算", common) for year in (2025, 2024, 2023)]
    assert match_rows(rows, entries).entries == (2, 1, 0)


def test_what_comes_in_place_of_last_year_is_another_matter() -> None:
    common = "收支总表；支出总表"
    entries = [key(f"{year}年部门预算", common) for year in (2023, 2024, 2025)]
    rows = [key(f"{year}年部门预算", common) for year in (2024, 2025, 2026)]
    assert match_rows(rows, entries).entries == (1, 2, None)


def test_an_id_holds_for_a_row_that_was_rewritten_and_not_for_another_matter() -> None:
    entries = [key("机构职能", name="A-1"), key("部门预算", name="A-2")]
    rewritten = [key("本单位的机构职能和编制", "职能；编制；领导", name="A-1"), key("部门预算", name="A-2")]
    assert match_rows(rewritten, entries).entries == (0, 1)
    swapped = [key("部门预算", name="A-1"), key("流浪犬收容", "收容点名单", "公安", name="A-2")]
    found = match_rows(swapped, entries)
    assert found.entries == (1, None)
    assert found.distrusted == (0, 1)


def test_a_moved_row_with_a_common_name_goes_by_its_path() -> None:
    entries = [key("办事指南", "指南全文", above) for above in ("社会救助", "养老服务", "婚姻登记")]
    rows = [key("办事指南", "指南全文", above) for above in ("婚姻登记", "社会救助服务", "养老服务")]
    assert match_rows(rows, entries).entries == (2, 0, 1)


def test_the_surest_of_a_huge_knot_go_first_and_rows_without_a_candidate_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The limit is lowered here."""
    monkeypatch.setattr("zwgk_site.exchange.incoming.matching._COMPONENT", 1)
    knot = {0: [(0.9, 0), (0.8, 1)], 1: [(0.95, 0), (0.7, 1)], 2: [(0.65, 0)]}
    assert _cut_down(knot) == ([(1, 0)], {0: [(0.8, 1)]})


SCORES = st.one_of(st.none(), st.integers(60, 100).map(lambda number: number / 100))


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(SCORES, min_size=width, max_size=width), min_size=1, max_size=5)
    )
)
@settings(max_examples=200, deadline=None)
def test_the_assignment_has_the_greatest_sum(scores: list[list[float | None]]) -> None:
    knot = {
        row: [(score, entry) for entry, score in enumerate(line) if score is not None]
        for row, line in enumerate(scores)
    }
    knot = {row: sorted(near, reverse=True) for row, near in knot.items() if near}
    found = _best_of(knot) if knot else []
    assert len({row for row, _ in found}) == len({entry for _, entry in found}) == len(found)
    width = len(scores[0])
    places: list[int | None] = [*range(width), *[None] * len(scores)]
    best = max(
        sum((scores[row][entry] or 0.0) for row, entry in enumerate(order) if entry is not None)
        for order in set(permutations(places, len(scores)))
    )
    assert abs(sum(scores[row][entry] or 0.0 for row, entry in found) - best) < 1e-9
