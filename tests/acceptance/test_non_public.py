"""What is not public is nowhere: in no byte of the output, nor of what the builder keeps beside it to go back to."""

from __future__ import annotations

import copy
import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.leaks import Marker, Secrets, find_leaks, leaks_of
from tests.sites import (
    BODY,
    Raw,
    build,
    catalog_text,
    codes,
    credit_code,
    entry,
    page,
    page_url,
    served,
    state_folder,
    write_site,
)

MOMENT = "2026-11-21 09:30"
DAYS = ("2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20")

SHUT: dict[str, dict[str, Any]] = {
    "closed": {"公开程度": "不予公开", "不予公开理由": "国家秘密"},
    "closed but misspelt": {"公开程度": "不公开"},
    "on request": {"公开方式": "依申请公开"},
    "no method": {"公开方式": None},
    "empty method": {"公开方式": ""},
    "misspelt method": {"公开方式": "主动公幵"},
    "method with a sign": {"公开方式": "主动公开？"},
    "misspelt key": {"公开方式": None, "公开方试": "主动公开"},
    "later day": {"定时发布": "2026-11-22"},
    "later today": {"定时发布": "2026-11-21 09:31"},
    "published later today": {"发布日期": "2026-11-21 18:00"},
    "published next year": {"发布日期": "2027年1月4日"},
    "later by its time zone": {"定时发布": "2026-11-21T02:00:00Z"},
    "later by its own offset": {"定时发布": "2026-11-21T09:00:00+07:00"},
    "withdrawn and hidden": {"撤回": {"日期": "2026-11-20", "隐去标题": "是"}},
    "withdrawn before its day": {"撤回": {"日期": "2026-11-20"}, "定时发布": "2026-12-01"},
}


def full_of(secret: Secrets, what: str, code: str = "wjj") -> dict[str, Any]:
    """A document with a marker in every place that holds text, its files included."""
    return {
        "标题": secret(f"{what}: title"),
        "概述": secret(f"{what}: summary"),
        "关键词": ["关键词", secret(f"{what}: keyword")],
        "发文字号": f"{secret(f'{what}: number')}〔2026〕1号",
        "发文机关": secret(f"{what}: issuer"),
        "系列": secret(f"{what}: series"),
        "体裁": secret(f"{what}: genre"),
        "主题分类": secret(f"{what}: topic"),
        "解读人": {"姓名": secret(f"{what}: interpreter")},
        "转载": {
            "来源": secret(f"{what}: source"),
            "地址": f"https://www.shifan.example/{secret.ascii(f'{what}: repost')}",
        },
        "保密审查": {"人": secret(f"{what}: reviewer"), "结果": secret(f"{what}: review")},
        secret(f"{what}: unknown key"): secret(f"{what}: unknown value"),
        "关联": {"相关": f"{code}:{secret(f'{what}: related')}"},
        "附件": [{"文件": attachment_name(secret, what), "名称": secret(f"{what}: attachment title")}],
        BODY: (
            f"# {secret(f'{what}: heading')}\n\n{secret(f'{what}: body')}，请认真贯彻执行，不得有误。\n\n"
            f"![{secret(f'{what}: alt text')}](tu-{secret.ascii(f'{what}: picture name')}.png)\n\n"
            f"[{secret(f'{what}: link text')}](linked-{secret.ascii(f'{what}: linked name')}.csv)[^1]\n\n"
            f"| 表 |\n| - |\n| {secret(f'{what}: cell')} |\n\n```\n{secret(f'{what}: code')}\n```\n\n[^1]: {secret(f'{what}: footnote')}\n"
        ),
    }


def files_of(secret: Secrets, what: str, folder: str) -> dict[str, str | bytes]:
    """The files that `full_of` names."""
    return {
        f"content/{folder}/{attachment_name(secret, what)}": packed(secret(f"{what}: attachment")),
        f"content/{folder}/tu-{secret.ascii(f'{what}: picture name')}.png": b"\x89PNG"
        + secret(f"{what}: picture").encode(),
        f"content/{folder}/linked-{secret.ascii(f'{what}: linked name')}.csv": secret(f"{what}: linked file").encode(
            "gbk"
        ),
    }


def attachment_name(secret: Secrets, what: str) -> str:
    return f"fujian-{secret.ascii(f'{what}: attachment name')}.docx"


def packed(text: str) -> bytes:
    """A small Word file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{text}</w:t>" * 3)
    return data.getvalue()


def open_secrets(secret: Secrets) -> list[Marker]:
    return secret.but("public")


def text_of_all(out: Path) -> str:
    return "\n".join(
        data.decode("utf-8", "replace") for url, data in served(out).items() if url.endswith((".html", ".json", ".xml"))
    )


# --- what was never public ------------------------------------------------------------------------


def test_documents_that_are_not_public_leave_no_trace(tmp_path):
    secret, root, out = Secrets(), tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {}, "jyj": {}})
    relations = []
    for number, (what, gate) in enumerate(SHUT.items()):
        name = f"wj{number}-{secret.ascii(f'{what}: file name')}"
        relations.append(name)
        write_site(
            root,
            documents={f"wjj/2026/{name}.md": {**full_of(secret, what), **gate}},
            files=files_of(secret, what, "wjj/2026"),
        )
    public = secret("public: title")
    write_site(
        root,
        documents={
            "wjj/2026/open.md": {
                "标题": public,
                "关联": {"依据": relations},
                BODY: "".join(f"[文件]({name}.md)、[数]({name})\n\n" for name in relations),
            },
            "jyj/2026/open.md": {"标题": public, "关联": {"相关": [f"wjj:{name}" for name in relations]}},
        },
    )
    for moment in ("2026-11-20 08:00", MOMENT):
        write_site(root, documents={"jyj/2026/daily.md": {"标题": f"今日{moment}", "发布日期": "2026-11-01"}})
        built = build(root, out, moment=moment)
        assert built.value is not None
        assert built.value.held == ()
        assert leaks_of(out, open_secrets(secret)) == []
    assert public in page(out, page_url("wjj/2026/open.md"))
    assert public in page(out, page_url("jyj/2026/open.md"))


@pytest.mark.parametrize("gate", ["定时发布", "发布日期"])
def test_an_embargo_ends_at_its_minute_and_not_before(tmp_path, gate):
    secret, root, out = Secrets(), tmp_path / "site", tmp_path / "public"
    write_site(
        root,
        {"wjj": {}},
        {"wjj/a.md": {**full_of(secret, "embargoed"), gate: "2026-11-21 09:30"}},
        files=files_of(secret, "embargoed", "wjj"),
    )
    build(root, out, moment="2026-11-21 09:29")
    assert leaks_of(out, secret.but()) == []
    build(root, out, moment="2026-11-21 09:30")
    text = text_of_all(out)
    assert secret("embargoed: title") in text
    assert secret("embargoed: body") in text


def test_a_draft_has_embargoed_documents_and_no_closed_or_redacted_text(tmp_path):
    secret, root, out = Secrets(), tmp_path / "site", tmp_path / "public-draft"
    write_site(
        root,
        {"wjj": {}},
        {
            "wjj/a.md": {"标题": secret("public: embargoed"), "定时发布": "2027-01-01"},
            "wjj/b.md": {**full_of(secret, "closed"), "公开程度": "不予公开"},
            "wjj/c.md": {
                BODY: f"公开{{不公开:个人隐私|{secret('redacted')}}}公开\n\n{{不公开:没有写完|{secret('unclosed')}\n"
            },
        },
        files=files_of(secret, "closed", "wjj"),
    )
    build(root, out, draft=True)
    assert leaks_of(out, open_secrets(secret)) == []
    assert secret("public: embargoed") in text_of_all(out)


def test_redacted_passages_are_nowhere_whatever_they_stand_in(tmp_path):
    secret, root, out = Secrets(), tmp_path / "site", tmp_path / "public"

    def mark(what: str) -> str:
        return f"{{不公开:个人隐私|{secret(what)}}}"

    body = (
        f"当事人{mark('derived summary')}于本月申请了有关补贴，经审核符合规定，现予公示。\n\n"
        f"## 关于{mark('heading')}的决定\n\n{secret('public: body')}，住址｛不公开：个人隐私｜{secret('full width')}｝。\n\n"
        f"| 姓名 | 证号 |\n| - | - |\n| {mark('cell')} | 1 |\n\n`{mark('code span')}`\n\n```\n{mark('fence')}\n```\n\n"
        f'[见{mark("link text")}](https://www.shifan.example/{mark("link target")})\n\n![{mark("alt text")}](tu.png "{mark("image title")}")\n\n'
        f'<!-- {mark("comment")} --><b title="{mark("attribute")}">粗</b>\n\n脚注[^1]。\n\n[^1]: 注{mark("footnote")}\n\n'
        f"[{mark('definition')}]: https://www.shifan.example/{mark('definition target')}\n\n- 列表{mark('list')}\n\n> 引{mark('quote')}\n\n"
        f"名单：{{不公开:个人隐私|{{{secret('inner braces')}}}}}\n\n"
        f":::不公开 国家秘密\n## {secret('block heading')}\n\n[{secret('block link')}](block-{secret.ascii('block file name')}.csv)\n\n"
        f"| {secret('block cell')} |\n:::\n\n    ：：：不公开 工作秘密\n    {secret('indented block')}\n    ：：：\n\n完。\n"
    )
    write_site(
        root,
        {"wjj": {}, "jyj": {}},
        {
            "wjj/a.md": {BODY: body, "公开程度": "删减后公开"},
            "jyj/a.md": {BODY: f"{secret('public: sibling')}\n", "关联": {"相关": "wjj:a"}},
        },
        files={f"content/wjj/block-{secret.ascii('block file name')}.csv": secret("block file")},
    )
    for today in ("2026-11-20", "2026-11-21"):
        built = build(root, out, today)
        assert built.value is not None
        assert built.value.held == ()
        assert leaks_of(out, open_secrets(secret)) == []
    assert secret("public: body") in page(out, page_url("wjj/a.md"))
    assert "因个人隐私不公开" in page(out, page_url("wjj/a.md"))


FAULTY_MARKS = {
    "inline without its brace": "{{不公开:个人隐私|{0}\n\n尾",
    "block without its end": ":::不公开 个人隐私\n{0}\n\n尾",
    "without a reason": "{{不公开|{0}}}",
    "nested": "{{不公开:甲|一{{不公开:乙|{0}}}{0}}}{0}",
    "a block inside a mark": "{{不公开:甲|一\n:::不公开 乙\n{0}\n:::\n}}",
    "in the title": None,
    "in the title, full width": None,
    "in the summary as a block": None,
}
FAULTY_META = {
    "in the title": {"标题": "关于{{不公开:个人隐私|{0}}}的决定"},
    "in the title, full width": {"标题": "关于｛不公开：个人隐私｜{0}｝的决定"},
    "in the summary as a block": {"概述": Raw("|\n  一\n  ：：：不公开 个人隐私\n  {0}\n  ：：：")},
}


@pytest.mark.parametrize("what", list(FAULTY_MARKS))
def test_a_faulty_redaction_mark_shows_nothing_and_holds_the_department_back(tmp_path, what):
    secret, root, out = Secrets(), tmp_path / "site", tmp_path / "public"
    hidden = secret("hidden")
    given: dict[str, Any] = {BODY: (FAULTY_MARKS[what] or "正文").format(hidden)}
    given |= {key: type(value)(value.format(hidden)) for key, value in FAULTY_META.get(what, {}).items()}
    write_site(root, {"wjj": {}, "jyj": {}}, {"wjj/a.md": {BODY: "原来的正文。"}, "wjj/b.md": {}, "jyj/a.md": {}})
    assert build(root, out, DAYS[0]).value
    write_site(root, documents={"wjj/a.md": given, "wjj/new.md": {"标题": "新写的文件"}})
    built = build(root, out)
    assert built.value is not None
    assert built.value.held == ("wjj",)
    assert leaks_of(out, secret.but()) == []
    assert page_url("wjj/b.md") in served(out)
    assert "新写的文件" not in text_of_all(out)


def test_redaction_marks_in_a_catalogue_or_in_the_settings_are_not_published_as_they_are(tmp_path):
    secret, root, out = Secrets(), tmp_path / "site", tmp_path / "public"
    hidden = secret("hidden")
    write_site(root, {"wjj": {}, "jyj": {}, "mzj": {}}, {"wjj/a.md": {}})
    assert build(root, out, DAYS[0]).value
    write_site(
        root,
        {
            "wjj": {"目录": [entry("wjj"), entry("wjj", 2, 备注=f"联系人{{不公开:个人隐私|{hidden}}}")]},
            "jyj": {"简介": f"｛不公开：个人隐私｜{hidden}｝"},
        },
    )
    built = build(root, out)
    assert built.value is not None
    assert built.value.held == ("jyj", "wjj")
    assert leaks_of(out, secret.but()) == []
    write_site(root, settings={"全站提示": f"{{不公开:个人隐私|{hidden}}}"})
    assert "ZW134" in codes(build(root, out))
    assert leaks_of(out, secret.but()) == []


ATTACHMENT_GATES: dict[str, Any] = {
    "on request": {"公开方式": "依申请公开"},
    "closed": {"公开程度": "不予公开"},
    "empty method": {"公开方式": ""},
    "misspelt method": {"公开方式": "主动公幵"},
    "misspelt extent": {"公开程度": "不予公幵"},
    "method of a wrong type": {"公开方式": ["依申请公开"]},
    "misspelt key": {"公开方试": "依申请公开"},
    "unknown key that closes": {"备注": "不予公开"},
}


@pytest.mark.parametrize("what", list(ATTACHMENT_GATES))
def test_an_attachment_closed_on_its_own_is_not_copied_nor_named(tmp_path, what):
    secret, root, out = Secrets(), tmp_path / "site", tmp_path / "public"
    name = attachment_name(secret, "closed")
    item = {"文件": name, "名称": secret("closed: title"), **ATTACHMENT_GATES[what]}
    write_site(
        root,
        {"wjj": {}, "jyj": {}},
        {
            "wjj/2026/a.md": {
                "附件": [{"文件": "open.csv", "名称": secret("public: attachment")}, item],
                BODY: f"[下载]({name})、[下载](./{name}#1)、![图]({name})、[下载][1]。\n\n[1]: ../2026/{name}\n",
            },
            "jyj/a.md": {"标题": secret("public: other")},
        },
        files={
            f"content/wjj/2026/{name}": packed(secret("closed: content")),
            "content/wjj/2026/open.csv": secret("public: content"),
            f"content/wjj/2026/weiyinyong-{secret.ascii('unreferenced: name')}.pdf": b"%PDF"
            + secret("unreferenced: content").encode(),
            f"content/wjj/weiyinyong/{secret('unreferenced: Chinese name')}.csv": secret("unreferenced: other content"),
        },
    )
    built = build(root, out)
    assert built.value is not None
    assert leaks_of(out, open_secrets(secret)) == []
    assert secret("public: other") in text_of_all(out)
    if not built.value.held:
        assert any(data.decode("utf-8", "ignore") == secret("public: content") for data in served(out).values())


def test_a_comment_in_the_text_is_not_in_the_derived_summary(tmp_path):
    secret, root, out = Secrets(), tmp_path / "site", tmp_path / "public"
    body = f"为做好有关工作，<!-- 内部：{secret('comment')} -->现将有关事项通知如下，请认真执行。\n<!--\n{secret('block comment')}写在这里的是内部说明，不应当公开。\n-->\n"
    write_site(root, {"wjj": {}}, {"wjj/a.md": {BODY: body}, "wjj/b.md": {BODY: body.partition("\n")[2] + "正文。\n"}})
    assert build(root, out).value
    assert leaks_of(out, secret.but()) == []


# --- what was public and is taken down ------------------------------------------------------------

CLOSINGS: dict[str, dict[str, Any]] = {
    "withdrawn, title hidden": {"撤回": {"日期": "2026-11-20", "理由": "内容有误", "隐去标题": "是"}},
    "closed": {"公开程度": "不予公开"},
    "on request": {"公开方式": "依申请公开"},
    "no method": {"公开方式": None},
    "misspelt method": {"公开方式": "主动公幵"},
    "embargoed again": {"定时发布": "2027-01-04 09:00"},
    "published in future": {"发布日期": "2027-01-04"},
    "later on the same day": {"定时发布": "2026-11-21 18:00"},
    "withdrawn in one word": {"撤回": "是"},
    "a second method": {"公开属性": "依申请公开"},
    "an unreadable embargo": {"定时发布": "2027年某月某日"},
    "a misspelt extent": {"公开程席": "不予公开"},
    "a misspelt embargo": {"定时发部": "2027-01-04"},
    "a method of a wrong type": {"公开方式": ["依申请公开"]},
}
"""What a clerk writes into a public document to take it down, mistakes included."""


def fault_none(_root: Path) -> None:
    """The department's files are in order."""


def fault_entry(root: Path) -> None:
    write_site(root, {"wjj": {"目录": [entry("wjj"), {"编号": "WJJ-002", "公开事项": Raw("[没有写完")}]}})


def fault_other_document(root: Path) -> None:
    write_site(root, documents={"wjj/2026/broken.md": "---\n标题: [没有写完\n公开方式: 主动公开\n---\n正文\n"})


def fault_catalog_bytes(root: Path) -> None:
    write_site(root, {"wjj": b"\x00\xff\xfe\x01" * 50})


def fault_catalog_gone(root: Path) -> None:
    (root / "catalogs/wjj.yaml").unlink()


def fault_department(root: Path) -> None:
    write_site(root, {"wjj": {"名称": None}})


FAULTS = {
    "none": fault_none,
    "a broken entry": fault_entry,
    "another broken document": fault_other_document,
    "an unreadable catalogue": fault_catalog_bytes,
    "a catalogue that is gone": fault_catalog_gone,
    "a department without a name": fault_department,
}


class Column:
    """A column that has been public for four days, with one document that is to be taken down."""

    def __init__(self, folder: Path) -> None:
        self.root, self.out = folder / "site", folder / "public"
        self.secret = Secrets()
        self.path = f"wjj/2026/wj-{self.secret.ascii('target: file name')}.md"
        self.given = full_of(self.secret, "target")
        self.sibling = {
            "标题": self.secret("public: sibling"),
            "关联": {"依据": Path(self.path).stem},
            BODY: f"[见]({Path(self.path).name})\n",
        }
        write_site(
            self.root,
            {"wjj": {"目录": [entry("wjj")]}, "jyj": {}},
            {
                self.path: self.given,
                "wjj/2026/sibling.md": self.sibling,
                "wjj/2026/later.md": {"发布日期": "2026-03-06"},
                "jyj/related.md": {
                    "标题": self.secret("public: other"),
                    "关联": {"相关": f"wjj:{Path(self.path).stem}"},
                },
            },
            files=files_of(self.secret, "target", "wjj/2026"),
        )
        for number, day in enumerate(DAYS):
            write_site(
                self.root,
                documents={
                    "wjj/2026/daily.md": {"标题": f"第{number}日的文件"},
                    self.path: {**self.given, "备注": f"第{number}次"},
                },
            )
            built = build(self.root, self.out, day)
            assert built.value is not None
            assert built.value.held == ()
        assert self.secret("target: body") in page(self.out, page_url(self.path))
        saved = state_folder(self.out) / "releases"
        assert find_leaks([saved], self.secret.but("public")), "the store must have had copies, else nothing is tested"

    def copied_to(self, folder: Path) -> Column:
        """The same column, with its past, in another folder."""
        shutil.copytree(self.root.parent, folder, dirs_exist_ok=True)
        twin = copy.copy(self)
        twin.root, twin.out, twin.secret = folder / "site", folder / "public", copy.deepcopy(self.secret)
        return twin

    def edit(self, changes: dict[str, Any]) -> None:
        write_site(self.root, documents={self.path: {**self.given, **changes}})

    def build(self, moment: str = MOMENT):
        return build(self.root, self.out, moment=moment)

    def assert_gone(self, *public: str) -> None:
        """Nothing of the document is left; its neighbours are."""
        assert leaks_of(self.out, self.secret.but("public", *public)) == []
        assert not list((state_folder(self.out) / "stage").glob("*"))
        text = text_of_all(self.out)
        assert self.secret("public: sibling") in text
        assert self.secret("public: other") in text
        assert page_url(self.path) in served(self.out), "the URL must say that it is gone"


@pytest.fixture(scope="module")
def first_column(tmp_path_factory):
    return Column(tmp_path_factory.mktemp("column"))


@pytest.fixture
def column(first_column, tmp_path):
    return first_column.copied_to(tmp_path)


@pytest.mark.parametrize("fault", list(FAULTS))
@pytest.mark.parametrize("closing", list(CLOSINGS))
def test_a_document_taken_down_is_gone_everywhere_even_while_its_department_is_held_back(column, closing, fault):
    column.edit(CLOSINGS[closing])
    FAULTS[fault](column.root)
    built = column.build()
    assert built.value is not None
    assert built.value.held == ("wjj",) or fault == "none"
    column.assert_gone()


@pytest.mark.parametrize("fault", list(FAULTS))
def test_a_withdrawal_keeps_the_title_and_nothing_else(column, fault):
    column.edit({"撤回": {"日期": "2026-11-20", "理由": "内容有误"}})
    FAULTS[fault](column.root)
    assert column.build().value is not None
    column.assert_gone("target: title", "target: number", "target: file name")
    assert column.secret("target: title") in page(column.out, page_url(column.path))
    for url in (
        page_url("wjj/2026/sibling.md"),
        page_url("jyj/related.md"),
        "wjj/list/index.html",
        "index.html",
        "wjj/feed.xml",
        "wjj/feed.json",
    ):
        assert column.secret("target: title") not in page(column.out, url)


@pytest.mark.parametrize("fault", list(FAULTS))
def test_a_title_hidden_after_the_withdrawal_is_gone_too(column, fault):
    column.edit({"撤回": {"日期": "2026-11-20"}})
    assert column.build("2026-11-20 20:00").value
    write_site(column.root, documents={"wjj/2026/daily.md": {"标题": "又一日的文件"}})
    assert column.build("2026-11-20 21:00").value
    column.edit({"撤回": {"日期": "2026-11-20", "隐去标题": "是"}})
    FAULTS[fault](column.root)
    assert column.build().value
    column.assert_gone()


@pytest.mark.parametrize("fault", list(FAULTS))
def test_a_withdrawn_document_that_is_closed_later_loses_its_title(column, fault):
    column.edit({"撤回": {"日期": "2026-11-20"}})
    assert column.build("2026-11-20 20:00").value
    column.edit({"撤回": {"日期": "2026-11-20"}, "公开程度": "不予公开"})
    FAULTS[fault](column.root)
    assert column.build().value
    column.assert_gone()


@pytest.mark.parametrize("closing", ["withdrawn, title hidden", "closed", "embargoed again"])
@pytest.mark.parametrize("fault", list(FAULTS))
def test_a_document_renamed_and_taken_down_at_once_is_gone(column, closing, fault):
    old = page_url(column.path)
    number = f"{credit_code('wjj')}/2026-{Path(old).stem}"
    (column.root / "content" / column.path).unlink()
    write_site(column.root, documents={"wjj/2026/renamed.md": {**column.given, "索引号": number, **CLOSINGS[closing]}})
    FAULTS[fault](column.root)
    assert column.build().value
    column.assert_gone()


BROKEN = {
    "withdrawn": "撤回: {日期: 2026-11-20",
    "closed": "公开程度: 不予公开\n关键词: [没有写完",
    "on request": "公开属性: 依申请公开\n关键词: [没有写完",
    "misspelt method": "关键词: [没有写完",
    "embargoed": "公开方式: 主动公开\n发布日期: 2027-01-04\n关键词: [没有写完",
    "redacted": "公开方式: 主动公开\n关键词: [没有写完",
}


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
@pytest.mark.parametrize("what", list(BROKEN))
def test_a_document_with_broken_front_matter_that_speaks_of_closing_is_gone(column, what, encoding):
    method = {
        "misspelt method": "公开方式: 主动公幵\n",
        "withdrawn": "公开方式: 主动公开\n",
        "closed": "公开方式: 主动公开\n",
    }.get(what, "")
    body = "正文{不公开:个人隐私|某某}。" if what == "redacted" else "正文。"
    text = f"---\n标题: 关于某事的通知\n{method}{BROKEN[what]}\n---\n{body}\n"
    write_site(column.root, documents={column.path: text.encode(encoding)})
    built = column.build()
    assert built.value is not None
    assert built.value.held == ("wjj",)
    column.assert_gone()


def test_a_broken_document_that_says_nothing_of_closing_keeps_its_last_good_page(column):
    write_site(
        column.root,
        documents={
            column.path: "---\n标题: 关于某事的通知\n公开方式: 主动公开\n发布日期: 2026-03-05\n关键词: [没有写完\n---\n正文\n"
        },
    )
    assert column.build().value
    assert column.secret("target: body") in page(column.out, page_url(column.path))
    assert page_url("wjj/2026/sibling.md") in served(column.out)


@pytest.mark.parametrize("fault", list(FAULTS))
def test_a_passage_redacted_later_is_gone_and_the_rest_stays(column, fault):
    secret = column.secret
    kept = secret("public: kept passage")
    passage = f"{secret('passage: name')}的身份证号是{secret('passage: number')}，住在{secret('passage: address')}。"
    column.given = {"公开程度": "删减后公开", BODY: f"## 一、{secret('passage: heading')}\n\n{passage}\n\n{kept}\n"}
    for day in DAYS[-2:]:
        column.edit({})
        assert column.build(f"{day} 23:59").value
    assert secret("passage: name") in page(column.out, "wjj/feed.xml"), "the derived summary must have had it"
    column.edit(
        {BODY: f"## 一、{{不公开:个人隐私|{secret('passage: heading')}}}\n\n{{不公开:个人隐私|{passage}}}\n\n{kept}\n"}
    )
    FAULTS[fault](column.root)
    assert column.build().value
    assert leaks_of(column.out, [m for what, m in secret.markers.items() if what.startswith("passage")]) == []
    assert kept in page(column.out, page_url(column.path))
    assert "因个人隐私不公开" in page(column.out, page_url(column.path))


def test_a_passage_redacted_while_the_document_gets_another_url_is_gone(column):
    secret = column.secret
    column.edit({BODY: f"{secret('passage: name')}\n\n{secret('public: rest')}\n"})
    assert column.build("2026-11-20 23:59").value
    old = page_url(column.path)
    number = f"{credit_code('wjj')}/2026-00001"
    column.edit(
        {
            "索引号": number,
            "曾用网址": old,
            BODY: f"{{不公开:个人隐私|{secret('passage: name')}}}\n\n{secret('public: rest')}\n",
        }
    )
    assert column.build().value
    assert leaks_of(column.out, [secret.markers["passage: name"]]) == []
    assert secret("public: rest") in page(column.out, "wjj/2026/00001.html")
    assert "00001.html" in page(column.out, old)


ATTACHMENT_CLOSINGS: dict[str, Any] = {**ATTACHMENT_GATES, "taken out": None}


@pytest.mark.parametrize("fault", list(FAULTS))
@pytest.mark.parametrize("closing", list(ATTACHMENT_CLOSINGS))
def test_an_attachment_closed_later_is_gone_and_its_document_stays(column, closing, fault):
    secret = column.secret
    name = attachment_name(secret, "attachment")
    write_site(
        column.root,
        files={f"content/wjj/2026/{name}": packed(secret("attachment: content")), "content/wjj/2026/open.csv": "1,2\n"},
    )
    item = {"文件": name, "名称": secret("attachment: title")}
    link = f"[下载]({name})。\n\n" if closing != "taken out" else ""
    column.given = {BODY: f"{secret('public: text')}\n\n{link}[数据](open.csv)\n"}
    column.edit({"附件": [item]})
    for day in DAYS[-2:]:
        write_site(column.root, documents={"wjj/2026/daily.md": {"标题": f"{day}的文件"}})
        assert column.build(f"{day} 23:59").value
    assert find_leaks([column.out], [secret.markers["attachment: content"]])
    gate = ATTACHMENT_CLOSINGS[closing]
    column.edit({"附件": [{**item, **gate}]} if gate is not None else {})
    FAULTS[fault](column.root)
    assert column.build().value
    assert leaks_of(column.out, [m for what, m in secret.markers.items() if what.startswith("attachment:")]) == []
    shown = page(column.out, page_url(column.path))
    doubtful = closing in ("method of a wrong type", "misspelt key", "unknown key that closes")
    assert doubtful or secret("public: text") in shown
    assert doubtful or ".csv" in shown
    FAULTS["none"](column.root)
    write_site(column.root, {"wjj": {"目录": [entry("wjj")]}})
    (column.root / "content/wjj/2026/broken.md").unlink(missing_ok=True)
    column.edit({"附件": [item]})
    assert column.build("2026-11-21 12:00").value
    assert link.count("[") == page(column.out, page_url(column.path)).count(">下载</a>"), (
        "open again, its links work again"
    )


@pytest.mark.parametrize("closing", ["withdrawn, title hidden", "closed", "embargoed again", "withdrawn in one word"])
@pytest.mark.parametrize("fault", ["none", "a broken entry", "an unreadable catalogue"])
@pytest.mark.parametrize("how", ["without a cache", "on two workers", "named as changed", "twice"])
def test_a_document_is_taken_down_however_the_builder_works(column, closing, fault, how):
    column.edit(CLOSINGS[closing])
    FAULTS[fault](column.root)
    if how == "without a cache":
        shutil.rmtree(state_folder(column.out) / "cache")
    changed = (str(column.root / "content" / column.path),) if how == "named as changed" else ()
    for _ in range(1 + (how == "twice")):
        built = build(column.root, column.out, moment=MOMENT, jobs=2 if how == "on two workers" else 1, changed=changed)
        assert built.value is not None
    column.assert_gone()


def test_the_document_comes_back_whole_when_it_is_opened_again(column):
    column.edit(CLOSINGS["closed"])
    fault_entry(column.root)
    assert column.build().value
    column.assert_gone()
    column.edit({})
    write_site(column.root, {"wjj": {"目录": [entry("wjj")]}})
    built = column.build("2026-11-21 10:00")
    assert built.value is not None
    assert built.value.held == ()
    text = text_of_all(column.out)
    hidden = (
        "target: reviewer",
        "target: review",
        "target: related",
        "target: attachment",
        "target: picture",
        "target: linked",
        "target: file name",
    )
    missing = [
        what for what, marker in column.secret.markers.items() if marker.han not in text and not what.startswith(hidden)
    ]
    assert [what for what in missing if what != "target: repost"] == []


def test_a_department_held_back_because_of_a_shared_number_shows_its_last_release(tmp_path):
    """Its files can be read, so a guide that only speaks of 依申请公开 stays."""
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(
        root,
        {"wjj": {}, "jyj": {}},
        {"wjj/guide.md": {"标题": "指南", BODY: "依申请公开的办法如下。\n"}, "jyj/a.md": {}},
    )
    assert build(root, out, DAYS[0]).value
    write_site(
        root,
        documents={
            "wjj/new.md": {
                "索引号": f"{credit_code('jyj')}/2026-{Path(page_url('jyj/a.md')).stem}",
                "发布日期": "2026-11-20",
            }
        },
    )
    built = build(root, out)
    assert "ZW305" in codes(built)
    assert built.value is not None
    assert built.value.held == ("wjj",)
    assert "依申请公开的办法如下" in page(out, page_url("wjj/guide.md"))


@pytest.mark.parametrize("cache", ["kept", "lost", "spoilt"])
def test_a_list_that_only_a_closed_document_stood_in_leaves_with_it(tmp_path, cache):
    secret, root, out = Secrets(), tmp_path / "site", tmp_path / "public"
    old = {"标题": secret("title"), "发布日期": "2019-03-05", "成文日期": "2019-03-05"}
    write_site(root, {"wjj": {}, "jyj": {}}, {"wjj/old.md": old, "wjj/b.md": {}}, files={"content/wjj/a.csv": "1"})
    for day in DAYS:
        write_site(root, documents={"wjj/b.md": {"标题": day}})
        assert build(root, out, day).value
    assert "years/2019/index.html" in served(out)
    write_site(root, documents={"wjj/old.md": {**old, "公开方式": "依申请公开"}})
    folder = state_folder(out) / "cache"
    if cache == "lost":
        shutil.rmtree(folder)
    for file in folder.rglob("*") if cache == "spoilt" else ():
        if file.is_file():
            file.write_bytes(b"spoilt")
    assert build(root, out).value
    assert leaks_of(out, secret.but()) == []
    assert "years/2019/index.html" not in served(out)


def test_a_file_that_only_a_closed_document_links_to_leaves_with_it(tmp_path):
    secret, root, out = Secrets(), tmp_path / "site", tmp_path / "public"
    write_site(
        root,
        {"wjj": {}},
        {"wjj/a.md": {BODY: "[数据](shuju.csv)\n"}, "wjj/b.md": {}},
        files={"content/wjj/shuju.csv": secret("content")},
    )
    for day in DAYS:
        write_site(root, documents={"wjj/b.md": {"标题": day}})
        assert build(root, out, day).value
    assert find_leaks([out], secret.but())
    write_site(root, documents={"wjj/a.md": {BODY: "[数据](shuju.csv)\n", "公开方式": "依申请公开"}})
    assert build(root, out).value
    assert leaks_of(out, secret.but()) == []


def test_the_catalogue_text_of_a_site_is_valid_by_default(tmp_path):
    """Guards the tests above: a default site has no finding at all."""
    write_site(tmp_path / "site", {"wjj": catalog_text("wjj")}, {"wjj/a.md": {}})
    assert build(tmp_path / "site", tmp_path / "public").findings == ()
