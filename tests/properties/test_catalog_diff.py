"""Laws of comparing catalogues: nothing between equals, the diff leads from the old to the new, and back it is its mirror."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from zwgk_site.model.catalog_diff import CatalogDiff, EntryChange, FieldChange
from zwgk_site.model.corpus import CatalogEntry
from zwgk_site.stages.plan.catalog_diff import NAMES, compare_catalogs, row_values
from zwgk_site.statute.limit_trend import OPPOSITE

WORDS = st.sampled_from(("预算", "决算", "县级", "乡级", "办公室", "《条例》", "政府网站", "公示栏", "１", "¹", "007"))
TEXTS = st.lists(WORDS, max_size=3).map(tuple)
LIMITS = st.sampled_from(("实时公开", "每年1月31日前", "20个工作日内", "7个工作日内", "每季度", "胡写"))
EXTRA = st.lists(
    st.tuples(st.sampled_from(("联系人", "栏目编码", "备注")), WORDS), max_size=2, unique_by=lambda p: p[0]
)


@st.composite
def entries(draw):
    """One row, with the values that clerks fill in and leave out."""
    return CatalogEntry(
        id=draw(st.sampled_from(("A-1", "A-2", "A-10", "B", "甲²", "0007"))),
        subject=draw(st.sampled_from((("财政", "预算"), ("财政", "决算"), ("教育",)))),
        content=draw(TEXTS.filter(bool)),
        time_limit=draw(LIMITS),
        responsible_body=("县局",),
        disclosure=draw(st.sampled_from(("主动公开", "依申请公开"))),
        basis=draw(TEXTS),
        channels=draw(TEXTS),
        office=draw(st.sampled_from(("", "办公室"))),
        extra=tuple(draw(EXTRA)),
    )


CATALOGS = st.lists(entries(), max_size=5, unique_by=lambda entry: entry.id).map(tuple)


def rows_of(catalog):
    return {entry.id: row_values(entry) for entry in catalog}


def apply_diff(catalog, diff):
    """The rows to which the diff leads."""
    rows = rows_of(catalog)
    for entry in diff.removed:
        del rows[entry.id]
    found = {change.id: rows.pop(change.before_id or change.id) for change in diff.changed}
    for change in diff.changed:
        for field in change.fields:
            assert found[change.id].get(field.name, ()) == field.before
            found[change.id].pop(field.name, None)
            if field.after:
                found[change.id][field.name] = field.after
    return rows | found | rows_of(diff.added)


def mirror(change: EntryChange, subject) -> EntryChange:
    fields = tuple(
        FieldChange(field.name, field.label, field.after, field.before, OPPOSITE[field.trend])
        for field in change.fields
    )
    return EntryChange(change.before_id or change.id, subject, fields, change.id if change.before_id else "")


@given(CATALOGS, st.randoms())
def test_a_catalogue_equals_itself_in_any_order(catalog, random):
    shuffled = list(catalog)
    random.shuffle(shuffled)
    assert compare_catalogs(catalog, shuffled) == CatalogDiff()


@given(CATALOGS, CATALOGS)
def test_the_diff_leads_from_the_old_to_the_new(old, new):
    diff = compare_catalogs(old, new)
    assert apply_diff(old, diff) == rows_of(new)
    assert bool(diff) == (rows_of(old) != rows_of(new))


@given(CATALOGS, CATALOGS)
def test_backwards_it_is_its_mirror(old, new):
    diff, back = compare_catalogs(old, new), compare_catalogs(new, old)
    subjects = {entry.id: entry.subject for entry in old}
    assert (back.added, back.removed) == (diff.removed, diff.added)
    mirrored = {mirror(change, subjects[change.before_id or change.id]) for change in diff.changed}
    assert set(back.changed) == mirrored


@given(CATALOGS, CATALOGS, st.randoms())
@example((), (), None)
def test_the_order_of_rows_counts_for_nothing(old, new, random):
    shuffled = list(new)
    if random is not None:
        random.shuffle(shuffled)
    assert compare_catalogs(old, shuffled) == compare_catalogs(old, new)


@given(entries())
def test_a_row_with_another_id_alone_is_renumbered(entry):
    diff = compare_catalogs([entry], [replace(entry, id="新-1")])
    assert diff == CatalogDiff(changed=(EntryChange("新-1", entry.subject, before_id=entry.id),))


@given(entries())
def test_two_rows_of_one_subject_are_not_confused(entry):
    twins = [entry, replace(entry, id="新-1")]
    diff = compare_catalogs(twins, [replace(entry, id="新-2")])
    assert (len(diff.added), len(diff.removed), diff.changed) == (1, 2, ())


def test_every_value_of_a_row_but_the_silent_ones_is_compared():
    """A field that is added to the model is compared, or somebody must say here why not."""
    silent = {"id", "waivers", "extra", "marks"}
    assert set(NAMES) == set(CatalogEntry.__struct_fields__) - silent


def test_ids_stand_in_the_order_of_counting():
    plain = CatalogEntry("", ("事项",), ("内容",), "实时公开", ("县局",), "主动公开")
    rows = [replace(plain, id=name, subject=(name,)) for name in ("A-10", "A-9", "A-2", "AB")]
    assert [entry.id for entry in compare_catalogs((), rows).added] == ["A-2", "A-9", "A-10", "AB"]
