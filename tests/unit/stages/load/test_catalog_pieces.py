"""A catalogue read entry by entry says what it says when read whole."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zwgk_site.stages.load import catalog_file
from zwgk_site.stages.load.catalog_file import read_catalog, read_department

WORDS = st.text(st.characters(categories=("L", "N", "P", "Zs", "So")), max_size=12)
SPOIL = {"ZW110", "ZW111", "ZW112", "ZW113", "ZW114"}
HEAD = "格式版本: 1\n部门:\n  代码: wjj\n  名称: 示范县卫生健康局\n"


@st.composite
def catalogs(draw):
    """Catalogue files in block style with odd values, comments and blank lines between the entries."""
    indent = draw(st.sampled_from(["", "  ", "    "]))
    lines = [HEAD + "目录:" + draw(st.sampled_from(["", "  # 条目"]))]
    for number in range(draw(st.integers(0, 5))):
        lines.append(f"{indent}- 编号: W-{number}")
        for key in ("公开事项", "公开内容", "公开时限", "公开主体", "公开方式", "备注", "自定"):
            if draw(st.booleans()):
                value = draw(WORDS).replace("\\", "").replace('"', "")
                shape = draw(st.integers(0, 3))
                written = [f'"{value}"', f"[甲, '{value.replace(chr(39), '')}']", f"|\n{indent}      - {value}", value][
                    shape
                ]
                lines.append(f"{indent}  {key}: {written}")
        lines.append(draw(st.sampled_from(["", "# 说明", f"{indent}# 说明", "   "])))
    if draw(st.booleans()):
        lines.append("撤销: [{编号: W-9, 日期: 2026-01-01}]")
    return "\n".join(lines) + "\n"


def facts(checked):
    """What a reading gives, without how it was cut."""
    entries = [piece.entry for piece in checked.value.pieces if piece.entry is not None]
    plain = [msgspec.structs.replace(e, marks=msgspec.structs.replace(e.marks, digest=b"")) for e in entries]
    found = [f for piece in checked.value.pieces for f in piece.findings] + list(checked.findings)
    return (
        plain,
        sorted(set(found), key=lambda f: (f.span, f.code, repr(f.facts))),
        checked.value.department,
        checked.value.removals,
    )


@settings(max_examples=300, deadline=None)
@given(catalogs())
def test_pieces_give_the_same_entries_and_findings_as_the_whole(text):
    pieces = read_catalog(text, "catalogs/wjj.yaml", {})
    cut, catalog_file._cut_list = catalog_file._cut_list, lambda _text: None
    try:
        whole = read_catalog(text, "catalogs/wjj.yaml", {})
    finally:
        catalog_file._cut_list = cut
    if any(f.code in SPOIL for f in facts(whole)[1]):  # a fault in one entry spoils a whole file, but not its pieces
        assert any(f.code in SPOIL for f in facts(pieces)[1])
    else:
        assert facts(pieces) == facts(whole)


@settings(max_examples=100, deadline=None)
@given(catalogs(), st.integers(0, 3))
def test_known_pieces_give_the_same_at_any_line(text, lines):
    before = read_catalog(text, "catalogs/wjj.yaml", {})
    moved = "# 说明\n" * lines + text
    known = {piece.digest: piece for piece in before.value.pieces if piece.digest}
    assert facts(read_catalog(moved, "catalogs/wjj.yaml", known)) == facts(read_catalog(moved, "catalogs/wjj.yaml", {}))


_BLOCK = "部门:\n  代码: wjj\n  # 规范全称\n  名称: 示范县卫生健康局\n"


@pytest.mark.parametrize(
    "text",
    [
        f"格式版本: 1\n{_BLOCK}目录:\n  - 编号: A-1\n",
        f"目录:\n  - 编号: A-1\n    部门: 乙\n{_BLOCK}撤销:\n  - A-2\n",
        f"目录:\n- 公开事项: [坏的\n{_BLOCK}",
        f"{_BLOCK}撤销: [坏的\n",
        "目录: []\ndepartment: {代码: wjj, 名称: 示范县卫生健康局}\n",
        "{部门: {代码: wjj, 名称: 示范县卫生健康局}}\n",
    ],
)
def test_the_department_is_read_without_the_rest_wherever_it_stands(text):
    department = read_department(text, "wjj.yaml")
    assert department is not None
    assert (department.code, department.name) == ("wjj", "示范县卫生健康局")


@pytest.mark.parametrize("text", ["", "目录: []\n", "部门: [\n", "部门:\n目录: []\n"])
def test_no_department_is_made_up(text):
    assert read_department(text, "wjj.yaml") is None
