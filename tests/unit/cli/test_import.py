"""`zwgk import` and `zwgk export`: shown first, written only when asked; ids, comments and keys of one's own stay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.real_column import IS_THERE, SHARED
from tests.sites import build, entry, write_site
from tests.unit.cli.runner import zwgk, zwgk_json
from tests.unit.exchange.tables import HEADER, row, text_table, write, xlsx
from zwgk_site.pipeline.import_catalog import ImportRequest, plan_import

CATALOG = """\
# 教育局的目录，张三维护
格式版本: 1
部门:
  代码: jyj   # 不要改
  名称: 示范县教育局

目录:
  # ── 机构 ──
  - 编号: JYJ-007          # 老编号
    公开事项: [机构信息, 事项1]
    公开内容: [机构职能]
    公开依据:
      - 《政府信息公开条例》   # 第二十条
      - 《教育法》
    公开时限: "自信息形成或者变更之日起20个工作日内"
    公开主体: 示范县教育局
    公开渠道和载体: [政府网站]
    公开对象: 全社会
    公开方式: 主动公开
    领域: 义务教育
    经办人: 李四

  # 招生的一行
  - 编号: JYJ-009
    公开事项: [机构信息, 事项2]
    公开内容: [机构职能]
    公开时限: 自信息形成或者变更之日起20个工作日内
    公开主体: 示范县教育局
    公开方式: 主动公开
"""


def site(tmp_path: Path, catalog: str = CATALOG) -> Path:
    return write_site(tmp_path / "site", {"jyj": catalog})


def table(tmp_path: Path, *rows: list[object], name: str = "目录.xlsx") -> Path:
    return write(tmp_path / name, xlsx([HEADER, *rows]))


def catalog_of(root: Path) -> str:
    return (root / "catalogs/jyj.yaml").read_text("utf-8")


def test_an_import_is_shown_and_only_then_written(tmp_path: Path) -> None:
    root = site(tmp_path)
    file = table(tmp_path, row(1), row(2, 公开时限="7个工作日内"), row(3))
    shown = zwgk("import", file, root)
    assert shown.returncode == 0
    assert "D（公开内容（要素））→公开内容" in shown.stdout
    assert "新增 1，修改 2，不变 0，撤销 0" in shown.stdout
    assert "只是预览，还没有写入" in shown.stdout
    assert catalog_of(root) == CATALOG
    assert zwgk("import", file, root, "--yes").returncode == 0
    after = catalog_of(root)
    assert after != CATALOG
    again = zwgk("import", file, root, "--yes")
    assert "没有差别" in again.stdout
    assert catalog_of(root) == after


def test_what_a_table_does_not_say_stays_byte_for_byte(tmp_path: Path) -> None:
    root = site(tmp_path)
    file = table(tmp_path, row(1, 公开依据="《政府信息公开条例》、《教育法》"), row(2, 公开时限="7个工作日内"), row(3))
    assert zwgk("import", file, root, "--yes").returncode == 0
    old, new = CATALOG.splitlines(), catalog_of(root).splitlines()
    assert new[: old.index("  # 招生的一行")] == old[: old.index("  # 招生的一行")]
    second = new[new.index("  - 编号: JYJ-009") :]
    assert second[:4] == [
        "  - 编号: JYJ-009", "    公开事项: [机构信息, 事项2]", "    公开内容: [机构职能]", "    公开依据: [《政府信息公开条例》]",
    ]  # fmt: skip
    assert "    公开时限: 7个工作日内" in second
    assert "  - 编号: JYJ-010" in second


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encoding_and_line_ends_stay(encoding: str, end: str, tmp_path: Path) -> None:
    root = site(tmp_path)
    data = CATALOG.replace("\n", end).encode(encoding)
    (root / "catalogs/jyj.yaml").write_bytes(data)
    file = table(
        tmp_path,
        row(1, 公开依据="《政府信息公开条例》；《教育法》"),
        row(2, 公开依据=None, 公开渠道和载体=None, 公开对象=None),
        row(9),
    )
    assert zwgk("import", file, root, "--yes").returncode == 0
    after = (root / "catalogs/jyj.yaml").read_bytes()
    assert after.startswith(data.rstrip(b"\r\n"))
    assert f"    公开主体: 示范县教育局{end}".encode(encoding).removeprefix(b"\xef\xbb\xbf") in after[len(data) :]


def test_rows_that_went_are_taken_off_and_their_ids_never_given_again(tmp_path: Path) -> None:
    root = site(tmp_path)
    assert build(root, root / "public").value is not None
    said = zwgk("import", table(tmp_path, row(2)), root, "--yes", "--today", "2026-11-21")
    assert "ZW039" in said.stderr
    text = catalog_of(root)
    assert "JYJ-009" in text
    assert "  - 编号: JYJ-007\n    日期: 2026-11-21\n    理由: 新的目录表中不再列出\n" in text
    assert "机构职能" in text
    other = row(1, 一级事项="财政", 二级事项="预算", 公开内容="部门预算")
    assert zwgk("import", table(tmp_path, row(2), other), root, "--yes").returncode == 0
    assert "  - 编号: JYJ-010\n    公开事项: [财政, 预算]" in catalog_of(root)
    assert build(root, root / "public").value is not None


def test_rows_that_nobody_has_seen_go_without_a_trace(tmp_path: Path) -> None:
    """As the examples do that `zwgk init` has written."""
    root = site(tmp_path)
    said = zwgk("import", table(tmp_path, row(2)), root, "--yes")
    assert "ZW083" in said.stderr
    assert "ZW039" not in said.stderr
    assert "JYJ-007" not in catalog_of(root)
    assert "撤销" not in catalog_of(root)
    assert "# ── 机构 ──" in catalog_of(root)


def test_a_ledger_that_cannot_be_read_takes_everything_for_published(tmp_path: Path) -> None:
    root = site(tmp_path)
    ledger = root / "public/data/urls/jyj.json"
    ledger.parent.mkdir(parents=True)
    ledger.write_text("{", "utf-8")
    assert "ZW039" in zwgk("import", table(tmp_path, row(2)), root).stderr
    assert "ZW083" in zwgk("import", table(tmp_path, row(2)), root, "--output", tmp_path / "none").stderr


def test_errors_are_all_told_and_nothing_is_written(tmp_path: Path) -> None:
    root = site(tmp_path)
    empty = [row(number, 二级事项=f"新的第{number}件事", 公开内容=None) for number in (3, 4)]
    file = table(
        tmp_path, row(1), row(2, 公开时限=None), *empty, row(5, 公开主体=None), row(6, 公开主体=None, 公开时限=None)
    )
    said = zwgk("import", file, root, "--yes")
    assert said.returncode == 1
    for told in ("ZW031 目录!D4", "ZW031 目录!D5", "ZW033 目录!F3", "ZW033 目录!G6", "ZW033 目录!F7", "ZW033 目录!G7"):
        assert told in said.stderr
    assert "有错误，没有写入" in said.stdout
    assert catalog_of(root) == CATALOG


def test_a_new_catalogue_is_made_with_ids_in_the_usual_form(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", {})
    file = write(tmp_path / "目录.csv", text_table([HEADER, row(1), row(2)], encoding="gb18030"))
    assert zwgk("import", file, root, "--yes").returncode == 1  # whose is it?
    said = zwgk("import", file, root, "--department", "jyj", "--yes")
    assert said.returncode == 0
    assert "ZW037" in said.stderr
    text = catalog_of(root)
    assert "  名称: 示范县教育局" in text
    assert "  - 编号: JYJ-002" in text
    assert zwgk_json("check", root)["errors"] == 0


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("示范县教育局主动公开基本目录", "示范县教育局"),
        ("示范县教育局（2026年）政务公开标准目录", "示范县教育局"),
        ("城关镇基层政务公开标准目录", "城关镇"),
        ("主动公开基本目录", "县某局"),
    ],
)
def test_a_new_catalogue_is_named_by_its_title(title: str, name: str, tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", {})
    file = write(tmp_path / "目录.xlsx", xlsx([[title], HEADER, row(1, 公开主体="县某局")]))
    assert zwgk("import", file, root, "--department", "jyj", "--yes").returncode == 0
    assert f"  名称: {name}\n" in catalog_of(root)


def test_the_department_is_seen_from_the_table_where_there_are_several(tmp_path: Path) -> None:
    other = entry("wjj")
    root = write_site(tmp_path / "site", {"jyj": CATALOG, "wjj": {"目录": [other]}})
    said = zwgk("import", table(tmp_path, row(1), row(2)), root)
    assert "示范县教育局（jyj）" in said.stdout
    unclear = table(tmp_path, row(1, 公开主体="县某局"), row(2, 公开主体="县某局"))
    said = zwgk("import", unclear, root)
    assert said.returncode == 1
    assert "ZW036" in said.stderr


def test_a_department_is_seen_whose_block_stands_below_its_list(tmp_path: Path) -> None:
    head, entries = CATALOG.split("\n目录:")
    turned = f"# 先写目录\n目录:{entries}\n{head}\n"
    root = write_site(tmp_path / "site", {"jyj": turned, "wjj": {"目录": [entry("wjj")]}})
    planned = plan_import(ImportRequest((table(tmp_path, row(1), row(2)),), root)).value
    assert planned is not None
    assert planned.code == "jyj"


def test_ids_in_the_table_are_kept_and_an_id_of_another_matter_is_not_believed(tmp_path: Path) -> None:
    root = site(tmp_path)
    header = (*HEADER, "编号")
    moved = [
        [*row(1, 二级事项="事项2"), "JYJ-007"],
        [*row(2, 一级事项="财政", 二级事项="预算", 公开内容="部门预算"), "JYJ-777"],
        [*row(3, 二级事项="事项1"), "JYJ-009"],
    ]
    file = write(tmp_path / "目录.xlsx", xlsx([header, *moved]))
    result = zwgk_json("import", file, root)["result"]
    ids = {item["id"]: item["subject"] for item in result["diff"]["departments"][0]["added"]}
    assert ids == {"JYJ-777": ["财政", "预算"]}
    assert result["removed"] == 0


@pytest.mark.parametrize("seed", ["1", "2", "3", "4"])
def test_the_form_of_new_ids_is_never_left_to_chance(seed: str, tmp_path: Path) -> None:
    root = site(tmp_path, CATALOG.replace("JYJ-007", "A-01").replace("JYJ-009", "B-001"))
    assert "B-002" in zwgk("import", table(tmp_path, row(1), row(2), row(3)), root, PYTHONHASHSEED=seed).stdout
    made = zwgk("new", "entry", root, "--subject", "甲", "--content", "乙", PYTHONHASHSEED=seed)
    assert "B-002" in made.stdout, "the same rule as of an import"


@pytest.mark.parametrize("suffix", [".html", ".txt", ".json"])
def test_the_report_has_all_of_it(suffix: str, tmp_path: Path) -> None:
    root = site(tmp_path)
    report = tmp_path / f"对比{suffix}"
    assert zwgk("import", table(tmp_path, row(1), row(3, 二级事项="预算")), root, "--report", report).returncode == 0
    text = report.read_text("utf-8")
    assert "JYJ-009" in text
    assert "ZW083" in text
    assert "公开渠道和载体" in text
    if suffix == ".json":
        assert json.loads(text)["removed"] == 1
    assert zwgk("import", table(tmp_path, row(1)), root, "--report", tmp_path / "a.doc").returncode == 2


def test_a_catalogue_that_is_laid_out_oddly_is_left_alone(tmp_path: Path) -> None:
    flow = CATALOG[: CATALOG.index("目录:")] + (
        "目录: [{编号: JYJ-001, 公开事项: 甲, 公开内容: 乙, 公开时限: 1年, 公开主体: 局, 公开方式: 主动公开}]\n"
    )
    root = site(tmp_path, flow)
    said = zwgk("import", table(tmp_path, row(1)), root, "--yes")
    assert said.returncode == 1
    assert "ZW041" in said.stderr
    assert catalog_of(root) == flow


def test_a_catalogue_that_cannot_be_read_stops_the_import(tmp_path: Path) -> None:
    broken = CATALOG.replace("    公开主体: 示范县教育局\n    公开方式: 主动公开\n", "    公开方式: 主动公开\n")
    root = site(tmp_path, broken)
    said = zwgk("import", table(tmp_path, row(1)), root, "--yes")
    assert said.returncode == 1
    assert "ZW118" in said.stderr
    assert catalog_of(root) == broken


def test_no_path_but_that_of_a_catalogue_is_ever_written(tmp_path: Path) -> None:
    root = site(tmp_path)
    for code in ("../../x", "/etc/x", "JYJ", "con"):
        said = zwgk("import", table(tmp_path, row(1)), root, "--department", code, "--yes")
        assert said.returncode == 1
        assert "ZW036" in said.stderr
    assert not (tmp_path / "x.yaml").exists()


def test_defaults_are_told_once_for_a_missing_column(tmp_path: Path) -> None:
    root = site(tmp_path, "部门:\n  代码: jyj\n  名称: 示范县教育局\n目录:\n")
    rows = [
        ["主动公开事项目录"],
        ["一级事项", "二级事项", "公开内容", "公开依据", "公开范围"],
        ["甲", "乙", "丙", "《丁》", "全社会"],
        ["甲", "戊", "己", "《丁》", "全社会"],
    ]
    said = zwgk("import", write(tmp_path / "目录.xlsx", xlsx(rows)), root, "--yes")
    assert said.returncode == 0
    assert said.stderr.count("ZW032") == 3
    text = catalog_of(root)
    assert text.count("公开方式: 主动公开") == 2
    assert "条例" in said.stderr


def test_exported_files_have_the_same_bytes_and_change_nothing(tmp_path: Path) -> None:
    root = site(tmp_path)
    for form in ("xlsx", "csv", "docx", "html"):
        files = [tmp_path / f"{name}.{form}" for name in "ab"]
        for file in files:
            assert zwgk("export", root, "-o", file).returncode == 0
        assert files[0].read_bytes() == files[1].read_bytes()
        said = zwgk("import", files[0], root, "--yes")
        assert "没有差别" in said.stdout, said.stdout + said.stderr
    assert catalog_of(root) == CATALOG


def test_export_of_several_departments_goes_into_a_folder(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", {"jyj": CATALOG, "wjj": {}})
    said = zwgk("export", root, "-o", tmp_path / "a.xlsx")
    assert said.returncode == 1
    assert "ZW048" in said.stderr
    (tmp_path / "out").mkdir()
    assert zwgk("export", root, "-o", tmp_path / "out").returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["jyj.xlsx", "wjj.xlsx"]
    assert zwgk("export", root, "-o", tmp_path / "a.pdf").returncode == 2


def test_formulas_are_made_harmless_in_every_form(tmp_path: Path) -> None:
    text = CATALOG.replace("公开内容: [机构职能]", "公开内容: ['=HYPERLINK(\"http://x\")']", 1)
    root = site(tmp_path, text)
    for form in ("xlsx", "csv"):
        file = tmp_path / f"a.{form}"
        assert zwgk("export", root, "-o", file).returncode == 0
        assert "没有差别" in zwgk("import", file, root).stdout
    assert "'=HYPERLINK" in (tmp_path / "a.csv").read_text("utf-8-sig")
    from openpyxl import load_workbook

    cells = [cell for cells in load_workbook(tmp_path / "a.xlsx").active.iter_rows() for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_what_looks_wrong_about_a_whole_table_is_told(tmp_path: Path) -> None:
    many = CATALOG + "".join(
        f"  - 编号: JYJ-{number:03}\n    公开事项: [业务{number}号]\n    公开内容: [第{number}项内容]\n    公开时限: 1年\n"
        "    公开主体: 示范县教育局\n    公开方式: 主动公开\n"
        for number in range(20, 30)
    )
    root = site(tmp_path, many)
    header = (*HEADER, "编号")
    rows = [
        [*row(1), "JYJ-007"],
        [*row(2), "JYJ-009"],
        [*row(3, 二级事项="资助", 公开内容="资助名单", 公开主体="示范县民政局"), "X-1"],
        [*row(4, 二级事项="招生", 公开内容="招生名单"), "X-1"],
        [*row(5, 一级事项="公安", 二级事项="流浪犬", 公开内容="收容点"), "JYJ-020"],
    ]
    result = zwgk_json("import", write(tmp_path / "目录.xlsx", xlsx([header, *rows])), root)
    codes = [finding["code"] for finding in result["findings"]]
    assert {"ZW035", "ZW038", "ZW040", "ZW045"} <= set(codes)
    assert codes.count("ZW038") == 2
    fresh = [item["id"] for item in result["result"]["diff"]["departments"][0]["added"]]
    assert sorted(fresh) == ["JYJ-030", "JYJ-031", "JYJ-032"]


def test_a_row_without_any_subject_is_an_error(tmp_path: Path) -> None:
    root = site(tmp_path)
    said = zwgk("import", table(tmp_path, row(1, 一级事项=None, 二级事项=None, 公开内容="新的内容")), root, "--yes")
    assert said.returncode == 1
    assert "ZW046 目录!B2" in said.stderr


def test_a_header_without_rows_is_told_and_takes_nothing_off(tmp_path: Path) -> None:
    root = site(tmp_path)
    said = zwgk("import", table(tmp_path), root, "--yes")
    assert said.returncode == 1
    assert "ZW008" in said.stderr
    assert catalog_of(root) == CATALOG


def test_what_is_named_has_to_be_there(tmp_path: Path) -> None:
    root = site(tmp_path)
    assert zwgk("import", tmp_path / "没有.xlsx", root).returncode == 2
    assert zwgk("import", root).returncode == 2


def test_a_folder_that_is_no_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    said = zwgk("import", table(tmp_path, row(1)), tmp_path / "空", "--department", "jyj", "--yes")
    assert said.returncode == 1
    assert "ZW100" in said.stderr
    assert not list((tmp_path / "空").iterdir())


if IS_THERE:

    def test_a_real_catalogue_is_the_same_in_all_its_forms(tmp_path: Path) -> None:
        folder = SHARED / "corpus/catalogues"
        root = write_site(tmp_path / "site", {})
        first = zwgk("import", folder / "haitan.xlsx", root, "--department", "htpq", "--yes")
        assert "新增 52，" in first.stdout
        for file in sorted(folder.iterdir()):
            said = zwgk("import", file, root)
            assert "新增 0，修改 0，不变 52，撤销 0" in said.stdout, file.name
