"""A site or a department made from nothing: every profile builds and checks, nothing that stands is touched."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zwgk_site.diagnostics import Severity
from zwgk_site.pipeline.build import build_site
from zwgk_site.pipeline.request import BuildRequest
from zwgk_site.pipeline.start import StartRequest, plan_start, suggest_code, write_new
from zwgk_site.stages.load.site_file import load_site
from zwgk_site.statute.profiles import PROFILES

TODAY = "2026-11-21 09:00"


def make(folder, profile="县级部门", name="示范县卫生健康局", code="wjj", **more):
    request = StartRequest(folder, profile, name, 2025, code, **more)
    planned = plan_start(request, None)
    if planned.findings:
        return planned
    return write_new(folder, planned.value)


def build(folder):
    return build_site(BuildRequest(folder, folder / "public", TODAY))


def codes(checked):
    return {finding.code for finding in checked.findings}


@pytest.mark.parametrize("profile", [profile.name for profile in PROFILES])
def test_a_new_site_of_every_profile_builds_without_an_error(profile, tmp_path):
    made = make(tmp_path / "栏 目", profile)
    assert made.findings == ()
    built = build(tmp_path / "栏 目")
    assert built.value is not None
    assert built.value.held == ()
    assert [finding for finding in built.findings if finding.severity is Severity.ERROR] == []
    assert built.value.documents == 0  # the drafts are not public
    assert "ZW132" in codes(built)  # and that is told, with what to do
    assert built.value.entries >= 4


@pytest.mark.parametrize("profile", [profile.name for profile in PROFILES])
def test_every_row_kept_as_a_comment_is_a_row_once_its_marks_are_taken_away(profile, tmp_path):
    make(tmp_path, profile)
    catalog = tmp_path / "catalogs" / "wjj.yaml"
    head, mark, rest = catalog.read_text("utf-8").partition("  # ── 下面的条目看")
    assert mark
    note, _, rows = rest.partition("\n")
    catalog.write_text(head + mark + note + "\n" + re.sub(r"^  # (?=- |  )", "  ", rows, flags=re.MULTILINE), "utf-8")
    built = build(tmp_path)
    assert [finding for finding in built.findings if finding.severity is Severity.ERROR] == []
    assert built.value.entries == head.count("- 编号:") + rows.count("- 编号:")
    assert rows.count("- 编号:") >= 1


def test_a_draft_that_is_stated_to_be_open_is_published(tmp_path):
    make(tmp_path)
    guide = tmp_path / "content" / "wjj" / "政府信息公开指南.md"
    text = (
        guide.read_text("utf-8")
        .replace("公开方式:\n", "公开方式: 主动公开\n")
        .replace("成文日期:\n", "成文日期: 2026-11-02\n")
    )
    guide.write_text(text.replace("发布日期:\n", "发布日期: 2026-11-03\n"), "utf-8")
    built = build(tmp_path)
    assert built.value.documents == 1
    assert [finding for finding in built.findings if finding.severity is Severity.ERROR] == []


def test_every_setting_that_is_suggested_is_one_that_there_is(tmp_path):
    """Uncommented as the file says, site.yaml is read without an unknown or an unusable value."""
    make(tmp_path)
    file = tmp_path / "site.yaml"
    lines = file.read_text("utf-8").splitlines()
    shown = [line for line in lines if not line.startswith("#")]
    settings_only = [
        line.removeprefix("# ") for line in lines if re.match(r"# (?:  )?[\w“”]+:( |$)", line) and "$schema" not in line
    ]
    file.write_text("\n".join([*shown, *settings_only]) + "\n", "utf-8")
    read = load_site(tmp_path)
    assert read.value is not None, read.findings
    bad = [
        f.code for f in read.findings if f.code not in ("ZW160", "ZW870", "ZW164") and f.severity is not Severity.NOTICE
    ]
    assert bad == [], [f.message() for f in read.findings]


def test_a_department_is_added_to_a_site(tmp_path):
    make(tmp_path)
    made = make(tmp_path, "乡镇", "示范镇人民政府", "sfz", department=True)
    assert made.findings == ()
    assert "site.yaml" not in made.value
    assert {"catalogs/sfz.yaml", "content/sfz/政府信息公开指南.md", "目录模板-sfz.xlsx"} <= set(made.value)
    built = build(tmp_path)
    assert built.value.departments == 2
    assert [finding for finding in built.findings if finding.severity is Severity.ERROR] == []


def test_nothing_that_stands_is_overwritten(tmp_path):
    (tmp_path / "开始.bat").write_bytes(b"mine")
    (tmp_path / "content" / "wjj").mkdir(parents=True)
    (tmp_path / "content" / "wjj" / "政府信息公开指南.md").write_bytes("我写的".encode())
    made = make(tmp_path)
    assert codes(made) == {"ZW747"}
    assert {finding.span.file for finding in made.findings} == {"开始.bat", "content/wjj/政府信息公开指南.md"}
    assert (tmp_path / "开始.bat").read_bytes() == b"mine"
    assert (tmp_path / "content" / "wjj" / "政府信息公开指南.md").read_text("utf-8") == "我写的"
    assert not list(tmp_path.rglob("*.new"))


def test_nothing_is_made_through_a_link_that_leads_out(tmp_path):
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    make(site)
    elsewhere.mkdir()
    (site / "content" / "sfz").symlink_to(elsewhere, target_is_directory=True)
    before = sorted(site.rglob("*"))
    made = make(site, "乡镇", "示范镇人民政府", "sfz", department=True)
    assert codes(made) == {"ZW082"}
    assert list(elsewhere.iterdir()) == []
    assert sorted(site.rglob("*")) == before


def test_a_link_in_the_place_of_a_file_is_kept(tmp_path):
    site, mine = tmp_path / "site", tmp_path / "开始.bat"
    mine.write_bytes(b"mine")
    site.mkdir()
    (site / "开始.bat").symlink_to(mine)
    made = make(site)
    assert {finding.span.file for finding in made.findings} == {"开始.bat"}
    assert codes(made) == {"ZW747"}
    assert mine.read_bytes() == b"mine"
    assert (site / "site.yaml").is_file()


def test_a_second_site_in_the_same_place_is_refused(tmp_path):
    make(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert codes(make(tmp_path, code="jyj", name="示范县教育局")) == {"ZW740"}
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_department_without_a_site_is_refused(tmp_path):
    assert codes(make(tmp_path, department=True)) == {"ZW741"}
    assert list(tmp_path.iterdir()) == []


def test_a_department_that_stands_is_refused(tmp_path):
    make(tmp_path)
    assert codes(make(tmp_path, name="示范县文化和旅游局", department=True)) == {"ZW744"}


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    made = make(tmp_path / "新站", "县级单位", "", "卫健局", credit_code="12")
    assert codes(made) == {"ZW742", "ZW743", "ZW745", "ZW746"}
    assert not (tmp_path / "新站").exists()


@pytest.mark.parametrize(("credit_code", "found"), [("119999000000000198", set()), ("119999000000000199", {"ZW746"})])
def test_the_check_digit_of_a_credit_code_has_to_be_right(tmp_path, credit_code, found):
    assert codes(make(tmp_path, credit_code=credit_code)) == found
    assert (tmp_path / "site.yaml").exists() == (not found)


@pytest.mark.parametrize("name", ["con", "NUL.txt", "a:b", "栏目.", "栏目 ", "lpt1"])
def test_a_folder_that_windows_can_not_have_is_refused(tmp_path, name):
    assert codes(make(tmp_path / name)) == {"ZW748"}


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "栏目").write_bytes(b"")
    assert codes(make(tmp_path / "栏目")) == {"ZW748"}


@pytest.mark.parametrize("code", ["data", "search", "com3", "a", "../up", "a/b", "Wjj", "wjj\n"])
def test_a_code_that_can_not_be_a_folder_of_the_output_is_refused(tmp_path, code):
    assert codes(make(tmp_path, code=code)) == {"ZW743"}


@settings(max_examples=60, deadline=None)
@given(name=st.text(min_size=1, max_size=60).filter(lambda text: text.strip() and text.strip().isprintable()))
def test_any_name_is_written_as_it_is(tmp_path_factory, name):
    """Quotes, colons, numbers, words that YAML means otherwise: what is read back is the name."""
    folder = tmp_path_factory.mktemp("site")
    made = make(folder, name=name, site_name=name)
    assert made.findings == ()
    assert load_site(folder).value.name == name.strip()
    built = build(folder)
    assert [f.code for f in built.findings if f.severity is Severity.ERROR] == []
    assert built.value.entries == 8


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("示范县卫生健康局", "wsjkj"),
        ("示范省示范市示范县教育局", "jyj"),
        ("示范自治州示范县民政局", "mzj"),
        ("示范市市场监督管理局", "scjdglj"),
        ("教育局", "jyj"),
        ("示范镇人民政府", "sfz"),
        ("示范县人民政府", "sfx"),
        ("示范街道办事处", "sfjd"),
        ("Example Bureau", ""),
    ],
)
def test_a_code_is_suggested_by_the_initials_without_the_place(name, code):
    assert suggest_code(name) == code


def test_start_files_find_the_program_by_a_way_that_moves_along(tmp_path):
    program = tmp_path / "软件 甲"
    planned = plan_start(StartRequest(program / "我的栏目", "县级部门", "示范县教育局", 2025, "jyj"), program)
    batch = next(file for file in planned.value if file.path == "开始.bat").data
    assert b'set "PROGRAM=.."\r\n' in batch
    shell = next(file for file in planned.value if file.path == "开始.sh")
    assert b"program=..\n" in shell.data
    assert shell.runs


def test_a_batch_file_is_one_that_cmd_reads(tmp_path):
    """CRLF throughout, no byte order mark, commands in ASCII, and a percent sign in a path doubled."""
    program = tmp_path / "程序 100%"
    planned = plan_start(StartRequest(Path("d") / "e", "县级部门", "示范县教育局", 2025, "jyj"), program)
    batch = next(file for file in planned.value if file.path == "开始.bat").data
    assert batch.count(b"\n") == batch.count(b"\r\n")
    assert not batch.startswith(b"\xef\xbb\xbf")
    assert "程序 100%%".encode() in batch
    lines = batch.decode("utf-8").split("\r\n")
    first = next(place for place, line in enumerate(lines) if not line.isascii())
    shown = [line for line in lines if not line.isascii()]
    assert all(line.startswith(("echo ", "rem ", 'set "PROGRAM=')) for line in shown)
    assert not [line for line in shown if line.startswith("echo ") and set(line) & set("&|<>^%!")]
    assert any(line.startswith("chcp 65001") for line in lines[:first])
    labels = {line[1:] for line in lines if line.startswith(":")}
    used = set(re.findall(r"goto (\w+)|call :(\w+)", "\n".join(lines)))
    assert {first or second for first, second in used} <= labels
