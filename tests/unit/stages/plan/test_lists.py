"""Numbered lists: full pages never change."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from zwgk_site.stages.plan.lists import PAGE, newest_first, pager_of, slice_list


@given(st.integers(0, 500))
def test_every_row_stands_on_exactly_one_page(count):
    rows = list(range(count))
    shown = [row for part in slice_list(count) for row in reversed(newest_first(rows, part))]
    assert shown == rows


@given(st.integers(0, 500))
def test_a_page_once_full_never_changes_but_for_its_newest_neighbour(count):
    before = {part.name: (part.start, part.stop, part.older) for part in slice_list(count) if part.name != "index.html"}
    after = {part.name: (part.start, part.stop, part.older) for part in slice_list(count + 1)}
    assert all(after[name] == part for name, part in before.items())


@given(st.integers(0, 500))
def test_the_index_holds_the_newest_and_never_too_few(count):
    last = list(slice_list(count))[-1]
    assert last.name == "index.html"
    assert last.stop == count
    assert last.stop - last.start <= 2 * PAGE
    assert last.stop - last.start >= min(count, PAGE)


def test_pages_lead_to_their_neighbours():
    parts = list(slice_list(100))
    for part, after in pairwise(parts):
        assert pager_of(part).newer.url == after.name
        assert pager_of(after).older.url == part.name
    assert pager_of(parts[-1]).newer is None
    assert pager_of(parts[0]).older is None
