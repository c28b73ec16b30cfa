"""What the build reads from its own last release may be damaged: nothing is lost by it, and it is said."""

from pathlib import Path

from tests.sites import build, catalog_text, write_site
from zwgk_site.diagnostics import Severity


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def two_departments(root: Path) -> Path:
    return write_site(
        root,
        {"wjj": {}, "jyj": {}},
        {"wjj/2026/a.md": {"标题": "卫生通知"}, "jyj/2026/b.md": {"标题": "教育通知"}},
    )


def test_a_damaged_ledger_freezes_its_department_and_no_other(tmp_path):
    root, out = two_departments(tmp_path / "site"), tmp_path / "public"
    build(root, out)
    (out / "data/urls/wjj.json").write_text("{")
    before = tree(out)
    (root / "catalogs/wjj.yaml").write_text(catalog_text("wjj", {"名称": "改过的名称"}), encoding="utf-8")
    (root / "catalogs/jyj.yaml").write_text(catalog_text("jyj", {"名称": "新的教育局"}), encoding="utf-8")
    built = build(root, out)
    assert [finding.code for finding in built.findings if finding.severity is Severity.ERROR] == ["ZW406"]
    assert built.value is not None
    assert built.value.held == ("wjj",)
    after = tree(out)
    assert {url: data for url, data in after.items() if url.startswith("wjj/")} == {
        url: data for url, data in before.items() if url.startswith("wjj/")
    }
    assert "新的教育局" in after["jyj/index.html"].decode()


def test_a_held_department_whose_data_cannot_be_read_keeps_its_pages(tmp_path):
    root, out = two_departments(tmp_path / "site"), tmp_path / "public"
    build(root, out)
    (out / "data/wjj/catalog.json").write_text("[]")
    before = tree(out)
    (root / "catalogs/wjj.yaml").write_text("部门: {", encoding="utf-8")
    built = build(root, out)
    assert built.value is not None
    assert built.value.held == ("wjj",)
    assert {url for url in tree(out) if url.startswith("wjj/")} == {url for url in before if url.startswith("wjj/")}


def test_a_lost_ledger_is_begun_again(tmp_path):
    root, out = two_departments(tmp_path / "site"), tmp_path / "public"
    build(root, out)
    (out / "data/urls/wjj.json").unlink()
    built = build(root, out)
    assert not [finding for finding in built.findings if finding.severity is Severity.ERROR]
    assert (out / "data/urls/wjj.json").is_file()


def test_a_lost_page_of_a_held_department_comes_back_from_its_file(tmp_path):
    root, out = two_departments(tmp_path / "site"), tmp_path / "public"
    build(root, out)
    before = tree(out)
    lost = next(
        url
        for url in before
        if url.startswith("wjj/") and "卫生通知" in before[url].decode() and "body:" in before[url].decode()
    )
    (out / lost).unlink()
    (root / "catalogs/wjj.yaml").write_text("部门: {", encoding="utf-8")
    assert build(root, out).value is not None
    assert tree(out)[lost] == before[lost]


def test_a_faulty_entry_is_told_once_and_not_as_a_lost_page(tmp_path):
    root, out = two_departments(tmp_path / "site"), tmp_path / "public"
    build(root, out)
    text = (root / "catalogs/wjj.yaml").read_text("utf-8")
    (root / "catalogs/wjj.yaml").write_text(text.replace("公开时限:", "公开时限制:"), encoding="utf-8")
    errors = [finding.code for finding in build(root, out).findings if finding.severity is Severity.ERROR]
    assert errors == ["ZW118"]
