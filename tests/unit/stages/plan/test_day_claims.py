"""Days of publication that the ledger contradicts: what is found, what is not, and for how long."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sites import age, build, write_site
from zwgk_site.diagnostics import Diagnostic
from zwgk_site.pipeline.check import check_site
from zwgk_site.pipeline.request import BuildRequest

MANY = {f"wjj/2026/old{number}.md": {} for number in range(6)}
Change = dict[str, dict[str, Any]]


class Column:
    """A site that is built again and again, on days of the test's choice; each build and check tells what it found."""

    def __init__(self, folder: Path) -> None:
        self.root, self.out = folder / "site", folder / "public"

    def write(self, documents: Change, department: dict[str, Any] | None = None, **settings: Any) -> None:
        write_site(self.root, {"wjj": department or {}}, documents, settings=settings or None)
        age(self.root)

    def build(self, day: str, documents: Change | None = None, **options: Any) -> list[tuple[str, str, str]]:
        """A build, and the check before it, which must find the same."""
        self.write(documents or {})
        before = _claims(check_site(BuildRequest(self.root, self.out, f"{day} 12:00")).findings)
        found = _claims(build(self.root, self.out, day, **options).findings)
        assert options or found == before
        return found

    @property
    def ledger(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads((self.out / "data/urls/wjj.json").read_bytes())
        return data


def _claims(findings: tuple[Diagnostic, ...]) -> list[tuple[str, str, str]]:
    wanted = [item for item in findings if item.code in ("ZW856", "ZW857")]
    return [(item.code, item.span.file.rpartition("/")[2], str(dict(item.facts)["date"])) for item in wanted]


@pytest.fixture
def column(tmp_path: Path) -> Column:
    made = Column(tmp_path)
    made.write(MANY)
    assert made.build("2026-04-01") == []
    return made


REFRESHED = {"wjj/2026/old0.md": {"发布日期": "2026-06-01"}}


def test_a_day_moved_later_while_nothing_changed_is_found_until_it_is_put_back(column: Column) -> None:
    found = [("ZW856", "old0.md", "2026-04-01")]
    assert column.build("2026-06-01", REFRESHED) == found
    assert column.build("2026-06-02") == found
    assert column.build("2026-06-03", {"wjj/2026/old1.md": {"正文": "另一个文件。"}}) == found
    assert column.build("2026-06-04", {"wjj/2026/old0.md": {}}) == []


@pytest.mark.parametrize(
    "change",
    [
        {"发布日期": "2026-06-01", "正文": "现将修改后的工作要求通知如下。"},
        {"发布日期": "2026-06-01", "标题": "另一个标题"},
        {"发布日期": "2026-03-20"},
        {"发布日期": "2026-03-01"},
        {"变更日期": "2026-06-01"},
    ],
)
def test_new_words_and_days_before_the_first_release_are_no_refreshing(column: Column, change: dict[str, Any]) -> None:
    assert column.build("2026-06-01", {"wjj/2026/old0.md": change}) == []
    assert column.build("2026-06-02") == []


def test_words_count_from_the_day_on_which_they_were_published(column: Column) -> None:
    text = {"正文": "现将修改后的工作要求通知如下。"}
    assert column.build("2026-06-01", {"wjj/2026/old0.md": {"发布日期": "2026-06-01", **text}}) == []
    found = column.build("2026-07-01", {"wjj/2026/old0.md": {"发布日期": "2026-07-01", **text}})
    assert found == [("ZW856", "old0.md", "2026-06-01")]


def test_a_renamed_document_keeps_its_history(column: Column) -> None:
    url = next(url for url, item in column.ledger["urls"].items() if item["kind"] == "document")
    old = next(path for path in MANY if url.partition("/")[2] in _url(path))
    (column.root / "content" / old).unlink()
    renamed = {"标题": f"关于{Path(old).stem}的通知", "曾用网址": [url], "发布日期": "2026-06-01"}
    assert column.build("2026-06-01", {"wjj/2026/new.md": renamed}) == [("ZW856", "new.md", "2026-04-01")]
    assert column.build("2026-06-02") == [("ZW856", "new.md", "2026-04-01")]


def _url(path: str) -> str:
    from tests.sites import page_url

    return page_url(path)


BACKDATED = {"wjj/2026/new.md": {"发布日期": "2026-05-01", "成文日期": "2026-04-20"}}


def test_a_new_document_that_claims_an_old_day_is_found_until_the_day_is_right(column: Column) -> None:
    column.build("2026-07-01")
    found = [("ZW857", "new.md", "2026-07-01")]
    assert column.build("2026-07-10", BACKDATED) == found
    assert column.build("2026-07-11") == found
    assert column.build("2026-08-10", {"wjj/2026/old1.md": {"正文": "另一个文件。"}}) == found
    right = {"wjj/2026/new.md": {"发布日期": "2026-07-10", "成文日期": "2026-04-20"}}
    assert column.build("2026-08-11", right) == []


def test_a_day_made_earlier_after_publication_is_found(column: Column) -> None:
    column.build("2026-07-01")
    late = {"wjj/2026/new.md": {"发布日期": "2026-07-10", "成文日期": "2026-04-20"}}
    assert column.build("2026-07-10", late) == []
    assert column.build("2026-07-12", BACKDATED) == [("ZW857", "new.md", "2026-07-01")]


@pytest.mark.parametrize("day", ["2026-06-01", "2026-06-20", "2026-07-10"])
def test_a_month_between_publication_and_filing_is_allowed(column: Column, day: str) -> None:
    column.build("2026-07-01")
    assert column.build("2026-07-10", {"wjj/2026/new.md": {"发布日期": day, "成文日期": "2026-05-20"}}) == []


def test_the_allowance_can_be_set(column: Column) -> None:
    column.build("2026-07-01")
    column.write({}, 检查参数=[{"名称": "补登天数", "值": 90, "理由": "每季度补登一次"}])
    assert column.build("2026-07-10", BACKDATED) == []


@pytest.mark.parametrize("more", [{"类型": "转载"}, {"类型": "公报"}])
def test_what_was_public_elsewhere_may_be_old(column: Column, more: dict[str, Any]) -> None:
    column.build("2026-07-01")
    assert column.build("2026-07-10", {"wjj/2026/new.md": {**BACKDATED["wjj/2026/new.md"], **more}}) == []


def test_a_waiver_with_a_reason_settles_it(column: Column) -> None:
    column.build("2026-07-01")
    waiver = {"不再提示": [{"代码": "ZW857", "理由": "曾在县政府公报公开"}]}
    assert column.build("2026-07-10", {"wjj/2026/new.md": {**BACKDATED["wjj/2026/new.md"], **waiver}}) == []


def test_documents_filed_en_bloc_are_an_import(column: Column) -> None:
    column.build("2026-07-01")
    many = {f"wjj/2025/import{number}.md": {"发布日期": "2025-03-05", "成文日期": "2025-03-02"} for number in range(7)}
    assert column.build("2026-07-10", many) == []
    assert column.build("2026-07-11") == []


def test_a_first_release_proves_nothing(tmp_path: Path) -> None:
    made = Column(tmp_path)
    made.write(MANY)
    assert made.build("2026-11-01") == []
    assert made.build("2026-11-02") == []
    assert not any("absent_on" in item for item in made.ledger["urls"].values())


def test_a_department_that_was_held_back_is_measured_by_its_own_last_release(column: Column) -> None:
    """Its clerk wrote the right day; that the page came late is no forgery."""
    column.write({"wjj/2026/old1.md": {"发布日期": "2026-13-40"}})
    assert build(column.root, column.out, "2026-05-02").value is not None
    assert column.ledger["held_since"] == "2026-05-02"
    build(column.root, column.out, "2026-07-01")
    assert column.ledger["held_since"] == "2026-05-02"
    assert column.build("2026-07-10", {**BACKDATED, "wjj/2026/old1.md": {}}) == []
    assert column.ledger["held_since"] == ""
    new = column.ledger["urls"][_url("wjj/2026/new.md").partition("/")[2]]
    assert new["absent_on"] == "2026-05-02"


def test_a_ledger_of_an_older_program_is_taken_on_and_accuses_nobody(column: Column) -> None:
    ledger = column.ledger
    for item in ledger["urls"].values():
        item.pop("words", None)
    (column.out / "data/urls/wjj.json").write_text(json.dumps(ledger))
    changed = {"wjj/2026/old0.md": {"发布日期": "2026-05-20"}}
    assert column.build("2026-06-01", changed) == []
    assert column.build("2026-06-10", {"wjj/2026/old0.md": {"发布日期": "2026-06-10"}}) == [
        ("ZW856", "old0.md", "2026-06-01")
    ]


def test_a_clean_build_after_the_same_release_finds_the_same(column: Column, tmp_path: Path) -> None:
    column.build("2026-07-01")
    column.write({**BACKDATED, **REFRESHED})
    clean = build(column.root, tmp_path / "elsewhere", "2026-07-10", previous=column.out)
    assert _claims(clean.findings) == column.build("2026-07-10")
    assert len(_claims(clean.findings)) == 2
    assert (tmp_path / "elsewhere/data/urls/wjj.json").read_bytes() == (column.out / "data/urls/wjj.json").read_bytes()


def test_nothing_is_remembered_of_words_that_are_gone(column: Column) -> None:
    before = column.ledger["urls"]
    changed = {"wjj/2026/old0.md": {"正文": "{不公开:个人隐私|张某某的住址}", "公开程度": "删减后公开"}}
    assert column.build("2026-05-01", {**changed, "wjj/2026/old1.md": {"撤回": {"日期": "2026-05-01"}}}) == []
    urls = {path: _url(f"wjj/2026/{path}.md").partition("/")[2] for path in ("old0", "old1")}
    data = (column.out / "data/urls/wjj.json").read_text()
    assert not any(before[url]["words"] in data for url in urls.values())
