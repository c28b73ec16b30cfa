"""What stands in attachments that are not public is nowhere; what reports say of the public ones shows no number whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.attachment_kinds import IDENTITY, KINDS, attachments_full_of
from tests.acceptance.leaks import Marker, Secrets, find_leaks, leaks_of
from tests.acceptance.test_non_public import SHUT
from tests.sites import BODY, build, page, page_url, served, state_folder, write_site
from tests.unit.cli.runner import zwgk

MOMENT = "2026-11-21 09:30"
MASKED = "441302********1237"
WAYS = ("closed", "on request", "no method", "later day", "withdrawn and hidden")
"""Of the ways to be shut that `SHUT` has, those of a kind of their own."""
NEVER_TOLD = (
    "title", "body", "docx body", "docx deleted", "docx comment", "xlsx cell", "xlsx hidden row", "xlsx formula",
)  # fmt: skip
"""Places of which no report in a file tells, even of a document whose day is still to come."""
REPORTS = ("report.txt", "report.json", "report.sarif", "report.xlsx", "report.html")


class Number(Marker):
    """A personal number looked for as markers are."""

    def __init__(self, number: str) -> None:
        self.what, self.han, self.ascii = f"number {number}", number, number


NUMBER = Number(IDENTITY)


def name_of(secret: Secrets, what: str, kind: str) -> str:
    return f"fj-{secret.ascii(f'{what}: {kind} name')}.{kind.rpartition('.')[2]}"


def with_files(secret: Secrets, what: str, **gate: Any) -> dict[str, Any]:
    """A document that lists one attachment of every kind, each with `gate`; everything else is told by markers, too."""
    return {
        "标题": secret(f"{what}: title"),
        "附件": [
            {"文件": name_of(secret, what, kind), "名称": secret(f"{what}: {kind} title"), **gate} for kind in KINDS
        ],
        BODY: f"{secret(f'{what}: body')}，经办人身份证号{IDENTITY}，现将有关事项通知如下，请认真贯彻执行。\n",
    }


def its_files(secret: Secrets, what: str, folder: str = "wjj/2026") -> dict[str, bytes | str]:
    found = attachments_full_of(secret, what)
    return {f"content/{folder}/{name_of(secret, what, kind)}": found[kind] for kind in KINDS}


@pytest.fixture(scope="module")
def column(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Secrets]:
    """A column with a document of every way to be shut, one with shut attachments, one that is open; built twice."""
    folder = tmp_path_factory.mktemp("attached")
    secret, root, out = Secrets(), folder / "site", folder / "public"
    write_site(root, {"wjj": {}, "jyj": {}})
    for number, what in enumerate(WAYS):
        write_site(
            root,
            documents={
                f"wjj/2026/wj{number}-{secret.ascii(f'{what}: file name')}.md": {
                    **with_files(secret, what),
                    **SHUT[what],
                }
            },
            files=its_files(secret, what),
        )
    inner: dict[str, dict[str, Any]] = {
        "inner closed": {"公开程度": "不予公开"},
        "inner on request": {"公开方式": "依申请公开"},
    }
    for what, gate in inner.items():
        document = with_files(secret, what, **gate)
        opened = {"标题": secret(f"public: {what}"), "概述": "概述", BODY: "为做好有关工作，现将有关事项通知如下。\n"}
        links = "".join(f"[下载]({item['文件']})\n\n" for item in document["附件"])
        write_site(
            root,
            documents={f"wjj/2026/{what.replace(' ', '-')}.md": {**document, **opened, BODY: opened[BODY] + links}},
            files=its_files(secret, what),
        )
    write_site(root, documents={"wjj/2026/open.md": with_files(secret, "public")}, files=its_files(secret, "public"))
    for moment in ("2026-11-20 08:00", MOMENT):
        write_site(root, documents={"jyj/2026/daily.md": {"标题": f"今日{moment}", "发布日期": "2026-11-01"}})
        built = build(root, out, moment=moment)
        assert built.value is not None
        assert built.value.held == ()
    return root, out, secret


def test_no_byte_of_a_shut_attachment_is_published_or_kept_to_go_back_to(column) -> None:
    _, out, secret = column
    assert leaks_of(out, secret.but("public")) == []
    assert secret("public: body") in page(out, page_url("wjj/2026/open.md"))
    files, opened = set(served(out).values()), attachments_full_of(secret, "public")
    assert all(opened[kind] in files for kind in ("utf8.csv", "gbk.csv", "pdf", "xls")), "the open ones are there"
    assert {"data/wjj/status.json", "data/wjj/due.ics"} <= served(out).keys()


@pytest.fixture(scope="module")
def reports(column, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Below `files` every form of a check with its trend, below `terminal` what was shown beside them."""
    root, out, _ = column
    folder = tmp_path_factory.mktemp("reports")
    (folder / "files").mkdir()
    (folder / "terminal").mkdir()
    for name in REPORTS:
        file, trend = folder / "files" / name, folder / "files/trend.jsonl"
        day = ("--output", out, "--today", "2026-11-21")
        done = zwgk("check", root, *day, "--gate", "--report", file, "--trend", trend)
        assert file.stat().st_size > 1000, done.stderr
        (folder / f"terminal/{name}.txt").write_text(done.stdout + done.stderr, "utf-8")
    return folder


def test_reports_show_numbers_masked_only(reports) -> None:
    assert find_leaks([reports], [NUMBER]) == []
    for name in ("report.txt", "report.json", "report.html", "report.sarif"):
        assert MASKED in (reports / "files" / name).read_text("utf-8"), name
    shown = (reports / "terminal/report.txt.txt").read_text("utf-8")
    assert f"经办人身份证号{MASKED}，" in shown, "the line in the text is shown, its number is not"


def test_reports_name_shut_documents_by_their_paths_and_tell_nothing_of_them(reports, column) -> None:
    """Title too only where nothing says that a document is shut; what is still to come is checked like the rest."""
    secret = column[2]
    shown = (": file name", " name", "no method: title")
    told = [marker for marker in secret.but("public", "later day") if not marker.what.endswith(shown)]
    assert find_leaks([reports], told) == []
    assert find_leaks([reports / "files"], [secret.markers[f"later day: {place}"] for place in NEVER_TOLD]) == []
    assert secret("no method: title") in (reports / "files/report.html").read_text("utf-8")


def test_the_cache_holds_no_number_of_a_text_or_an_attachment(column) -> None:
    assert find_leaks([state_folder(column[1]) / "cache"], [NUMBER]) == []


@pytest.mark.parametrize("closing", ["the document", "its attachments", "withdrawn"])
def test_attachments_closed_after_days_in_public_leave_the_store_too(tmp_path, closing) -> None:
    secret, root, out = Secrets(), tmp_path / "site", tmp_path / "public"
    path = "wjj/2026/target.md"
    given = {**with_files(secret, "target"), "标题": "关于某事的通知", BODY: f"{secret('public: body')}\n"}
    write_site(root, {"wjj": {}}, {path: given, "wjj/2026/other.md": {}}, files=its_files(secret, "target"))
    for day in ("2026-11-18", "2026-11-19", "2026-11-20"):
        write_site(root, documents={"wjj/2026/daily.md": {"标题": day}, path: {**given, "备注": day}})
        if day == "2026-11-19":  # the files of the first day are now in the store only
            write_site(root, documents={path: {**given, "附件": [], "备注": day}})
        assert build(root, out, day).value
    hidden = [marker for marker in secret.but("public") if not marker.what.endswith("title")]
    assert find_leaks([state_folder(out) / "releases"], hidden), "the store must have had copies"
    changes: dict[str, dict[str, Any]] = {
        "the document": {"公开程度": "不予公开", "不予公开理由": "国家秘密"},
        "its attachments": {"附件": [{**item, "公开方式": "依申请公开"} for item in given["附件"]]},
        "withdrawn": {"撤回": {"日期": "2026-11-21"}},
    }
    write_site(root, documents={path: {**given, **changes[closing]}})
    assert build(root, out, moment=MOMENT).value
    assert leaks_of(out, hidden) == []
    assert (secret("public: body") in page(out, page_url(path))) == (closing == "its attachments")
