"""Whatever stands in the input: no script in a page, no file outside the output, no traceback, no endless work."""

from __future__ import annotations

import contextlib
import hashlib
import html
import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.page_check import PageCheck, faults_of
from tests.acceptance.payloads import PAYLOADS
from tests.sites import BODY, Raw, build, codes, entry, page, page_url, served, state_folder, write_site
from zwgk_site.model.fields import RECORDS, Kind, Record
from zwgk_site.text.visible import visible_text

REPOSITORY = Path(__file__).resolve().parents[2]
CPU_SECONDS = 60
MEMORY_BYTES = 6 << 30
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs links, FIFOs and limits of POSIX")

FIXED = {
    "site": {
        "format": 1,
        "theme": "default",
        "releases_kept": 5,
        "department_seconds": 600,
        "department_megabytes": 4096,
    },
    "catalog": {},
    "department": {"code": "wjj"},
    "entry": {"disclosure": "主动公开"},
    "document": {
        "disclosure": "主动公开",
        "extent": "全文公开",
        "published_on": "2026-03-05",
        "publish_at": None,
        "withdrawal": None,
    },
    "attachment": {"file": "a.csv", "disclosure": "主动公开", "extent": "全文公开"},
}
"""Values that must be what they are for a thing to be published at all; all other fields take the payload."""


def filled(record: Record, payload: str) -> dict[str, Any]:
    """A mapping with the payload in every field that takes text, in unknown keys, and as an unknown key."""
    values: dict[str, Any] = {payload[:200] or "空": payload, "另一项": [payload, {payload[:100] or "空": payload}]}
    for field in record.fields:
        values[field.key] = FIXED.get(record.name, {}).get(field.name, value_for(field, payload))
    return {key: value for key, value in values.items() if value is not None}


def value_for(field: Any, payload: str) -> Any:
    if field.kind is Kind.TEXT or (field.kind is Kind.CHOICE and not field.closed):
        return payload
    if field.kind is Kind.TEXTS:
        return [payload, f"甲{payload}"]
    if field.kind is Kind.RECORD:
        return filled(RECORDS[field.record], payload)
    if field.kind is Kind.RECORDS and field.record == "attachment":
        return [filled(RECORDS["attachment"], payload)]
    if field.kind is Kind.RELATIONS:
        return {"相关": [payload, "b"], payload[:80] or "空": "b"}
    return {Kind.DATE: "2026-03-02", Kind.MOMENT: "2026-03-02 10:00", Kind.FLAG: "是"}.get(field.kind)


def markdown_with(payload: str) -> str:
    """The payload wherever Markdown takes text."""
    line = " ".join(payload.split("\n"))
    return (
        f'{payload}\n\n# {line}\n\n[{line}]({line})\n\n[{line}](<{line}> "{line}")\n\n![{line}]({line})\n\n- {line}\n\n> {line}\n\n'
        f'| {line} | b |\n| - | - |\n| {line} | [x]({line}) |\n\n`{line}`\n\n```\n{payload}\n```\n\n**{line}** *{line}* <b title="{line}">x</b>\n\n'
        f"脚注[^1]\n\n[^1]: {line}\n\n[{line}]: {line}\n\n<{line}>\n\n<p>{payload}</p>\n\n1. {line}\n\n{{不公开:理由{line.translate(MARKS)}|{line}}}\n"
    )


MARKS = {ord(sign): None for sign in "{}｛｝|｜:："}


@contextlib.contextmanager
def only_output_changes(folder: Path, out: Path) -> Iterator[None]:
    """Nothing below `folder` is made, changed or removed but in the output and its state folder."""
    before = fingerprints(folder, out)
    yield
    assert fingerprints(folder, out) == before


def fingerprints(folder: Path, out: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_relative_to(out) or path.is_relative_to(state_folder(out)):
            continue
        plain = path.is_file() and not path.is_symlink()
        found[os.fsencode(path).hex()] = hashlib.sha256(path.read_bytes()).hexdigest() if plain else "-"
    return found


@pytest.fixture
def places(tmp_path):
    return tmp_path / "site", tmp_path / "public"


# --- scripts --------------------------------------------------------------------------------------


def test_there_are_more_than_a_hundred_payloads():
    assert len(set(PAYLOADS)) == len(PAYLOADS) > 100


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_a_payload_in_every_field_of_every_file_makes_no_script(places, number):
    root, out = places
    payload = PAYLOADS[number]
    document = {
        **filled(RECORDS["document"], payload),
        "公开程度": "删减后公开",
        BODY: markdown_with(payload.replace("\0", "")),
    }
    write_site(
        root,
        {
            "wjj": {
                **filled(RECORDS["department"], payload),
                "目录": [filled(RECORDS["entry"], payload), entry("wjj", 2)],
            },
            "jyj": {},
        },
        {
            "wjj/a.md": document,
            "wjj/b.md": {
                "标题": payload or "空",
                "关联": {"解读对象": "a", payload[:80]: "a"},
                BODY: "[x](a.md) " + payload.replace("\0", ""),
            },
            "wjj/c.md": {"标题": payload or "空", "撤回": {"日期": "2026-05-01", "理由": payload}},
            "jyj/d.md": {
                "关联": {"废止": "wjj:a", "相关": payload},
                "联合发文机关": [payload, payload.strip()],
                "条目": f"wjj:{payload}",
            },
        },
        files={"content/wjj/a.csv": payload.encode("utf-8", "replace")},
        settings=filled(RECORDS["site"], payload),
    )
    for _ in range(2):  # the second time with what the first has left: moved pages, a former release
        built = build(root, out)
        assert built.value is not None, [finding.message() for finding in built.findings]
        assert built.value.held == ()
        assert faults_of(out) == []
    headings = [
        heading for url in served(out) if url.endswith(".html") for heading in PageCheck(page(out, url)).headings
    ]
    shown = " ".join(visible_text(payload).split())
    assert shown in {" ".join(heading.split()) for heading in headings}


ADDRESS_FIELDS = {
    "域名": lambda address: address,
    "找错地址": lambda address: address,
    "党政机关标识": lambda address: {"网址": address, "图片": address},
    "页脚": lambda address: [{"名称": "声明", "网址": address}],
}


@pytest.mark.parametrize("field", ADDRESS_FIELDS)
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)//https://",
        "data:text/html,x",
        'https://a.example/"><script>',
        "//evil.example",
        "ftp://a",
    ],
)
def test_a_site_address_that_is_no_web_address_leads_nowhere(places, field, address):
    root, out = places
    write_site(root, {"wjj": {}}, {"wjj/a.md": {}}, settings={field: ADDRESS_FIELDS[field](address)})
    assert build(root, out).value
    assert faults_of(out) == []


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "\u200bjavascript:x",
    ],
)
def test_a_repost_whose_source_is_a_script_leads_nowhere(places, address):
    root, out = places
    write_site(
        root,
        {"wjj": {}},
        {
            "wjj/a.md": {"转载": {"来源": "某网", "地址": address}},
            "wjj/b.md": {"转载": {"来源": "某网", "地址": "https://www.gov.cn/a"}},
        },
    )
    assert build(root, out).value
    assert faults_of(out) == []
    assert "某网" in page(out, page_url("wjj/a.md"))
    assert 'href="https://www.gov.cn/a"' in page(out, page_url("wjj/b.md"))


def test_template_syntax_is_shown_as_it_was_typed(places):
    root, out = places
    source = "{{ 7*7 }}{% raw %}{# x #}"
    write_site(
        root, {"wjj": {"简介": source}}, {"wjj/a.md": {"标题": source, BODY: source}}, settings={"全站提示": source}
    )
    assert build(root, out).value
    assert page(out, page_url("wjj/a.md")).count(html.escape(source)) > 4


def test_invisible_and_reordering_characters_are_taken_out_and_the_words_stay(places):
    root, out = places
    title = "关于\u202e某\u200b事\u2066项\u2069的\ufeff通\u00ad知\u0007"
    write_site(
        root,
        {"wjj": {"名称": f"示范县\u202d卫健局{title}", "目录": [entry("wjj", 备注=title)]}},
        {
            "wjj/a.md": {
                "标题": title,
                "关键词": [title],
                "概述": title,
                "x\u202ey": title,
                "附件": [{"文件": "\u202egpj.csv", "名称": title}, "b\u202egpj.csv"],
            }
        },
        files={"content/wjj/\u202egpj.csv": "1", "content/wjj/b\u202egpj.csv": "2"},
        settings={"网站名称": title, "全站提示": title},
    )
    assert build(root, out).value
    assert faults_of(out) == []
    assert "关于某事项的通" in page(out, page_url("wjj/a.md"))
    assert all(
        "\u202e".encode() not in data
        for url, data in served(out).items()
        if url.endswith((".json", ".xml")) and "documents" not in url
    )


# --- attachments ----------------------------------------------------------------------------------

REFUSED: dict[str, bytes] = {
    "a.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a.html": b"<script>alert(1)</script>",
    "a.htm": b"x",
    "a.xhtml": b"x",
    "a.xml": b"<x/>",
    "a.mht": b"x",
    "a.js": b"alert(1)",
    "a.php": b"<?php",
    "a.exe": b"MZ",
    "a.bat": b"x",
    "a.sh": b"#!/bin/sh",
    "a.hta": b"x",
    "a.swf": b"FWS",
    "a.lnk": b"x",
    "a.csv.html": b"x",
    "a": b"x",
    ".htaccess": b"x",
    "html.pdf": b"<!DOCTYPE html><script>alert(1)</script>",
    "svg.png": b"\n\t <SVG onload=alert(1)>",
    "script.txt": b"\xef\xbb\xbf<script>alert(1)</script>",
    "xml.doc": b"<?xml version='1.0'?><?xml-stylesheet href='javascript:alert(1)'?>",
    "page.txt": b"<hTmL><body onload=alert(1)>",
    "script.csv": b"#!/bin/sh\nrm -rf /",
    "program.pdf": b"MZ\x90\x00",
    "not.pdf": b"GIF89a/*<script>*/",
    "not.png": b"%PDF-1.7 <script>",
    "comment.csv": b"<!-- x --><script>alert(1)</script>",
    "utf16.txt": b"\xff\xfe" + "<script>alert(1)</script>".encode("utf-16-le"),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_an_attachment_that_could_run_is_not_published(places, name):
    root, out = places
    write_site(
        root,
        {"wjj": {}},
        {"wjj/a.md": {"附件": [name, "good.csv"], BODY: f"[x]({name}) ![y]({name})"}},
        files={f"content/wjj/{name}": REFUSED[name], "content/wjj/good.csv": "1"},
    )
    built = build(root, out)
    assert built.value is not None
    files = {url: data for url, data in served(out).items() if ".files/" in url}
    assert list(files.values()) == [b"1"]
    assert faults_of(out) == []


ODD_NAMES = (
    '"><img src=x onerror=alert(1)>.csv',
    "'onclick='alert(1).csv",
    "a b&c=d?e#f%2e.csv",
    "名称（1）.csv",
    "con.csv",
    "a" * 240 + ".csv",
    "..csv",
    "javascript:alert(1).csv",
    "{{ 7*7 }}.csv",
    "a\nb.csv",
    "a\\..\\b.csv",
    "%2e%2e%2f.csv",
)


@posix
@pytest.mark.parametrize("name", ODD_NAMES)
def test_an_attachment_of_any_name_gets_a_plain_url(places, name):
    root, out = places
    write_site(
        root,
        {"wjj": {}},
        {"wjj/a.md": {"附件": [{"文件": name}], BODY: f"[x](<{name}>)"}},
        files={f"content/wjj/{name}": "1"},
    )
    built = build(root, out)
    assert built.value is not None
    assert built.value.held == ()
    assert faults_of(out) == []


# --- ways out -------------------------------------------------------------------------------------

WAYS_OUT = (
    "../secret.csv",
    "../../secret.csv",
    "../../../secret.csv",
    "/etc/passwd",
    "..\\..\\..\\secret.csv",
    "%2e%2e/%2e%2e/%2e%2e/secret.csv",
    "%252e%252e/secret.csv",
    "....//....//secret.csv",
    "a/../../../../secret.csv",
    "./../../../secret.csv",
    "file:///etc/passwd",
    "C:\\secret.csv",
    "\\\\host\\share\\secret.csv",
    "link.csv",
    "folder/secret.csv",
    "secret.csv\x00.csv",
    "../jyj/secret.csv",
)
OUTSIDE = "不属于本部门的内容"


@posix
@pytest.mark.parametrize("path", WAYS_OUT)
def test_no_reference_reaches_a_file_outside_the_department(tmp_path, path):
    root, out = tmp_path / "a" / "site", tmp_path / "public"
    for place in (
        "a/secret.csv",
        "secret.csv",
        "a/site/secret.csv",
        "a/site/content/secret.csv",
        "a/site/content/jyj/secret.csv",
        "outside/secret.csv",
    ):
        write_site(tmp_path / "x", files={f"../{place}": OUTSIDE})
    (tmp_path / "x" / "site.yaml").unlink()
    write_site(
        root,
        {"wjj": {}, "jyj": {}},
        {
            "wjj/a.md": {
                "附件": [path, {"文件": path}],
                BODY: f'[x]({path}) [y](<{path}>) ![z]({path})\n\n<img src="{path}">',
            }
        },
    )
    (root / "content/wjj/link.csv").symlink_to(tmp_path / "secret.csv")
    (root / "content/wjj/folder").symlink_to(tmp_path / "outside")
    with only_output_changes(tmp_path, out):
        assert build(root, out).value
    assert all(OUTSIDE.encode() not in data for data in served(out).values())
    assert "passwd" not in "".join(url for url in served(out))


@posix
def test_links_that_lead_out_of_the_site_are_not_followed(tmp_path):
    root, out, outside = tmp_path / "site", tmp_path / "public", tmp_path / "outside"
    write_site(outside, {"xzf": {}}, {"xzf/a.md": {"标题": OUTSIDE}}, files={"secret.csv": OUTSIDE})
    write_site(
        root, {"wjj": {}}, {"wjj/a.md": {"附件": ["b.csv", "c/secret.csv"]}}, files={"content/wjj/real.csv": "1"}
    )
    links = {
        "content/wjj/b.csv": outside / "secret.csv",
        "content/wjj/c": outside,
        "content/wjj/d.md": outside / "content/xzf/a.md",
        "content/xzf": outside / "content/xzf",
        "catalogs/xzf.yaml": outside / "catalogs/xzf.yaml",
        "content/wjj/gone": outside / "nowhere",
        "content/wjj/proc": Path("/proc/self"),
        "themes": outside,
    }
    for name, target in links.items():
        (root / name).symlink_to(target)
    with only_output_changes(tmp_path, out):
        built = build(root, out)
    assert "ZW107" in codes(built)
    assert all(OUTSIDE.encode() not in data for data in served(out).values())


@posix
def test_links_that_lead_in_circles_end(tmp_path):
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {}}, {"wjj/a.md": {}, "wjj/x/b.md": {}})
    for number in range(3):
        (root / f"content/wjj/kreis{number}").symlink_to(root / "content/wjj")
        (root / f"content/wjj/x/zurueck{number}").symlink_to("..")
        (root / f"content/wjj/alles{number}").symlink_to(root)
    (root / "content/wjj/selbst").symlink_to("selbst")
    for level in range(40):
        for side in "ab":
            link = root / f"shared/{level}/{side}"
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(f"../{level + 1}")
    (root / "shared/40").mkdir()
    (root / "content/wjj/faecher").symlink_to(root / "shared/0")
    built = build(root, out)
    assert built.value is not None
    assert "ZW137" in codes(built)


@posix
def test_things_that_are_no_files_are_passed_over(places):
    root, out = places
    write_site(root, {"wjj": {}}, {"wjj/a.md": {"附件": ["pipe.csv"], BODY: "[x](pipe.csv)"}})
    for name in ("content/wjj/pipe.csv", "content/wjj/pipe.md", "content/pipe", "catalogs/pipe.yaml"):
        os.mkfifo(root / name)
    (root / "content/wjj/folder.md").mkdir()
    (root / "catalogs/folder.yaml").mkdir()
    assert build(root, out).value
    assert page_url("wjj/a.md") in served(out)


@posix
def test_names_that_are_no_utf8_are_told_and_passed_over(places):
    root, out = places
    write_site(root, {"wjj": {}}, {"wjj/a.md": {}})
    odd = os.fsdecode("关于通知.md".encode("gbk"))
    for name in (
        f"content/wjj/{odd}",
        f"content/{odd}/a.md",
        f"content/wjj/{odd}x/a.md",
        f"catalogs/{odd}.yaml",
        f"content/wjj/{odd}.csv",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    with only_output_changes(root.parent, out):
        built = build(root, out)
    assert built.value is not None
    assert "ZW136" in codes(built)
    assert page_url("wjj/a.md") in served(out)
    assert all(finding.message().encode() and finding.span.file.encode() for finding in built.findings)
    assert (
        sum(
            os.fsencode(odd).decode("utf-8", "backslashreplace")[:8] in finding.message() + finding.span.file
            for finding in built.findings
        )
        >= 3
    )


BAD_CODES = (
    "../evil",
    "..",
    "/abs",
    "a/b",
    "a\\b",
    "CON",
    "con",
    "nul",
    "com1",
    "data",
    "assets",
    "search",
    "卫健局",
    "wjj ",
    "a",
    "x" * 40,
    "-a",
    "1a",
    "a.b",
    "a\u202eb",
    "<b>",
    "*",
)


@pytest.mark.parametrize("code", BAD_CODES)
def test_a_department_code_that_is_no_plain_name_publishes_nothing_of_it(tmp_path, code):
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {}, "jyj": {"代码": code}}, {"jyj/a.md": {"标题": OUTSIDE}, "wjj/a.md": {}})
    with only_output_changes(tmp_path, out):
        built = build(root, out)
    assert built.value is not None
    assert codes(built) & {"ZW162", "ZW163"}
    assert page_url("wjj/a.md") in served(out)
    assert all(OUTSIDE.encode() not in data for data in served(out).values())


@posix
@pytest.mark.parametrize("name", ["卫健局", "con", "data", "a b", "A", "x" * 200, "wjj.bak", "a\nb", "<b>", "..."])
def test_a_catalogue_file_of_any_name_stops_nobody_else(tmp_path, name):
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {}, name: {"代码": "abc"}}, {"wjj/a.md": {}, f"{name}/a.md": {"标题": OUTSIDE}})
    for _ in range(2):
        with only_output_changes(tmp_path, out):
            built = build(root, out)
        assert built.value is not None
    assert page_url("wjj/a.md") in served(out)
    assert faults_of(out) == []
    assert all(OUTSIDE.encode() not in data for data in served(out).values())


ODD_IDS = (
    "../../x",
    "..",
    ".",
    "/",
    "\\",
    "con",
    "NUL.html",
    "a/b/c",
    "a" * 5000,
    "编号一",
    "a b",
    "%2e%2e",
    "index",
    "x\ny",
    "?",
    "-",
    "~",
    "A.B",
    "😀",
)


@pytest.mark.parametrize("odd", ODD_IDS)
def test_ids_numbers_and_file_names_of_any_form_get_plain_urls(tmp_path, odd):
    root, out = tmp_path / "site", tmp_path / "public"
    name = odd.replace("/", "_")[:80].strip() or "x"
    write_site(
        root,
        {"wjj": {"目录": [entry("wjj"), entry("wjj", 编号=odd, 领域=odd, 法定事项=odd, 五公开=odd)]}},
        {
            "wjj/a.md": {"索引号": odd, "条目": odd, "曾用网址": [odd, f"{odd}.html", f"wjj/{odd}.html"]},
            f"wjj/{name}.md": {"索引号": None},
            "wjj/b.md": {"索引号": f"{odd}/2026-00001"},
        },
    )
    with only_output_changes(tmp_path, out):
        built = build(root, out)
    assert built.value is not None
    assert built.value.held == ()
    assert faults_of(out) == []


FORMER = (
    "index.html", "catalog.html", "catalog-2.html", "list/index.html", "list/page-1.html", "e/WJJ-001.html", "../jyj/index.html", "con.html", "aux/x.html",
    "a/nul.html", "x" * 300 + ".html", "INDEX.html", "feed.xml", "../../x.html", "/x.html", "a/../x.html", "https://evil.example/x.html", "wjj/wjj/x.html", "2026/00000.html",
)  # fmt: skip


@pytest.mark.parametrize("url", FORMER)
def test_a_former_url_takes_no_other_page_s_place(tmp_path, url):
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {}, "jyj": {}}, {"wjj/a.md": {"曾用网址": url}})
    plain, plain_out = tmp_path / "plain", tmp_path / "plain-public"
    write_site(plain, {"wjj": {}, "jyj": {}}, {"wjj/a.md": {}})
    with only_output_changes(tmp_path, out):
        assert build(root, out).value
    assert build(plain, plain_out).value
    for name, data in served(plain_out).items():
        if name.endswith((".html", ".xml")):
            assert served(out)[name] == data
    assert faults_of(out) == []


@pytest.mark.parametrize(
    "name", ["../outside", "..", "/etc", "default/../../x", "no such theme", "", "a" * 500, "<b>", "con"]
)
def test_a_theme_of_any_name_is_looked_for_among_the_themes_only(tmp_path, name):
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(
        tmp_path / "outside", files={"theme.yaml": "name: outside\ncontract: 1\n", "templates/frame.html": OUTSIDE}
    )
    write_site(root, {"wjj": {}}, settings={"主题": name})
    with only_output_changes(tmp_path, out):
        built = build(root, out)
    assert (built.value is None) == bool(name)
    assert all(OUTSIDE.encode() not in data for data in served(out).values())


# --- too much -------------------------------------------------------------------------------------

DEEP = 100_000
LONG = 10_000_000


def laughs() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    return "\n".join(lines) + "\n"


def brackets(sign: str, count: int = DEEP) -> str:
    return "x: " + sign * count + "\n"


YAML_TEXTS = {
    "billion laughs": laughs(),
    "100 brackets": brackets("["),
    "brackets": brackets("["),
    "closed brackets": "x: " + "[" * DEEP + "]" * DEEP + "\n",
    "braces": brackets("{a: "),
    "dashes": "x:\n  " + "- " * DEEP + "x\n",
    "questions": "? " * DEEP + "x\n",
    "double quotes": brackets('"'),
    "single quotes": brackets("'"),
    "quoted quotes": 'x: "' + '\\"' * DEEP + '"\n',
    "stairs": "".join(f"{' ' * n}a:\n" for n in range(2000)),
    "colons": "a: " * DEEP + "\n",
    "tags": "x: " + "!a " * DEEP + "y\n",
    "anchors": "x: " + "&a " * DEEP + "y\n",
    "comments": "#" * DEEP + "\n" + "# x\n" * DEEP,
    "tabs": "x:\n" + "\t" * DEEP + "y: z\n",
    "one long line": "x: " + "甲" * (LONG // 3) + "\n",
    "one long quoted line": 'x: "' + "a" * LONG + '"\n',
    "one long key": "a" * (LONG // 10) + ": x\n",
    "5,000 keys": "".join(f"k{n}: v\n" for n in range(5000)),
    "5,000 near keys": "".join(f"关键{n}: v\n" for n in range(5000)),
    "5,000 equal keys": "甲: x\n" * 5000,
    "100,000 list items": "x:\n" + "  - a\n" * DEEP,
    "documents": "--- \n" * DEEP,
    "nothing but newlines": "\n" * DEEP,
    "nul bytes": "x: a\0b\n",
    "control characters": "x: " + "".join(map(chr, range(1, 32))) + "\x85\u2028\u2029\n",
    "percent": "%" * DEEP + "\n",
    "block scalar": "x: |\n" + "  a\n" * DEEP,
    "redaction signs": "x: " + "{不公开" * 2000 + "\n",
    "colons and the word": "x: '不公开" + ":" * DEEP + "'\n",
}


def bounded_build(root: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """A build as a clerk starts it, under limits of time and memory; it may find fault, never fail."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))

    command = [
        sys.executable,
        "-m",
        "zwgk_site",
        "build",
        str(root),
        "--output",
        str(out),
        "--today",
        "2026-11-21",
        "--jobs",
        "1",
        *options,
    ]
    environment = {**os.environ, "ZWGK_TRACEBACK": "1"}
    done = subprocess.run(
        command,
        cwd=REPOSITORY,
        env=environment,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr[-3000:]
    assert "Traceback" not in done.stderr
    return done


def place_text(root: Path, where: str, text: str) -> Mapping[str, str]:
    """The text as a part of one kind of file; what else the site holds."""
    write_site(root, {"wjj": {}, "jyj": {}}, {"wjj/a.md": {}})
    good = {name: (root / name).read_text("utf-8") for name in ("site.yaml", "catalogs/jyj.yaml")}
    body = good["catalogs/jyj.yaml"]
    entries = body.replace(
        "    公开事项: ", "    备注:\n" + "".join(f"      {line}\n" for line in text.split("\n")) + "    公开事项: "
    )
    return {
        "site": {"site.yaml": good["site.yaml"] + text},
        "catalogue": {"catalogs/jyj.yaml": body + text},
        "entry": {"catalogs/jyj.yaml": entries},
        "department": {
            "catalogs/jyj.yaml": body.replace(
                "目录:", "  简介:\n" + "".join(f"    {line}\n" for line in text.split("\n")) + "目录:"
            )
        },
        "front matter": {"content/jyj/a.md": f"---\n标题: 甲\n公开方式: 主动公开\n{text}---\n正文\n"},
        "theme": {
            "themes/own/theme.yaml": f"name: own\ncontract: 1\nextends: default\n{text}",
            "site.yaml": good["site.yaml"] + "主题: own\n",
        },
    }[where]


@posix
@pytest.mark.parametrize("where", ["site", "catalogue", "entry", "department", "front matter", "theme"])
def test_no_yaml_is_too_much(tmp_path, where):
    """Every text of `YAML_TEXTS`, in one process; the CPU limit is for all of them together."""
    script = (
        "import sys; from pathlib import Path\n"
        "from tests.acceptance.test_hostile import YAML_TEXTS, build_with\n"
        "for number, name in enumerate(YAML_TEXTS):\n"
        f"    build_with(Path(sys.argv[1]) / str(number), {where!r}, YAML_TEXTS[name], name)\n"
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS * 2, CPU_SECONDS * 2))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))

    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=REPOSITORY,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def build_with(folder: Path, where: str, text: str, name: str) -> None:
    """One build with `text` in one kind of file: other departments go on, and it is quick."""
    root, out = folder / "site", folder / "public"
    write_site(root, files=place_text(root, where, text))
    before = os.times()
    built = build(root, out)
    after = os.times()
    assert after.user + after.system - before.user - before.system < 20, f"{name} took long"
    assert where in ("site", "theme") or page_url("wjj/a.md") in served(out), name
    assert faults_of(out) == [], name
    assert all(finding.message("en") for finding in built.findings)


MARKDOWN_TEXTS = {
    "quotes": "> " * DEEP + "x",
    "lists": "".join(f"{'  ' * n}- x\n" for n in range(1000)),
    "dashes": "- " * DEEP + "x",
    "numbers": "1. " * DEEP + "x",
    "brackets": "[" * DEEP,
    "closed brackets": "[" * DEEP + "]" * DEEP,
    "brackets with targets": "[" * 5000 + "x" + "](y)" * 5000,
    "images": "![" * DEEP,
    "stars": "*" * DEEP,
    "stars and words": "*a " * DEEP,
    "strong": "**a" * DEEP,
    "underscores": "_a" * DEEP,
    "backticks": "`" * DEEP,
    "growing backticks": " ".join("`" * n for n in range(1, 1500)),
    "fences": "```\n" * DEEP,
    "angles": "<" * DEEP,
    "tags": "<b>" * DEEP,
    "divs": "<div>" * DEEP,
    "closed divs": "<div>" * DEEP + "</div>" * DEEP,
    "comments": "<!--" * DEEP,
    "entities": "&amp" * DEEP,
    "pipes": "|" * DEEP,
    "wide table": "|a" * 5000 + "|\n" + "|-" * 5000 + "|\n" + "|b\n" * 5000,
    "long table": "|a|b|\n|-|-|\n" + "|1|2|\n" * 20_000,
    "footnotes": "".join(f"[^{n}]" for n in range(3000)) + "\n\n" + "".join(f"[^{n}]: x\n" for n in range(3000)),
    "headings": "# x\n" * 20_000,
    "definitions": "".join(f"[a{n}]: b\n" for n in range(20_000)),
    "50,000 links": "".join(f"[x{n}](y{n}.md)\n" for n in range(50_000)),
    "50,000 outer links": "".join(f"<https://a.example/{n}> " for n in range(50_000)),
    "one long line": "a" * LONG,
    "one long line of words": "甲乙 " * (LONG // 7),
    "one long line of links": "[a](b) " * 100_000,
    "blanks": " " * LONG,
    "open link and blanks": "](" * 1000 + " " * 1_000_000,
    "newlines": "\n" * 1_000_000,
    "redaction marks": "{不公开:理由|x}" * 20_000,
    "open redaction marks": "{不公开:理由|x\n\n" * 20_000,
    "braces": "{不公开:理由|" + "{" * DEEP,
    "stray braces": "{不公开:理由|x}" + "}" * DEEP,
    "redaction blocks": ":::不公开 理由\nx\n:::\n" * 20_000,
    "colons": "不公开" + ":" * 1_000_000,
    "colons and blanks": "不公开" + ": " * 300_000,
    "many colons": "不公开" + (":" * 1000 + "\n") * 500,
    "href": "href" * DEEP + "href=" + " " * DEEP,
    "backslashes": "\\" * DEEP,
    "direction marks": "\u202e" * DEEP,
    "nul": "a\0b",
}


@posix
@pytest.mark.parametrize("name", list(MARKDOWN_TEXTS))
def test_no_text_is_too_much(tmp_path, name):
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {}, "jyj": {}}, {"wjj/a.md": {BODY: MARKDOWN_TEXTS[name]}, "jyj/a.md": {}})
    before = os.times()
    built = build(root, out)
    after = os.times()
    assert after.user + after.system - before.user - before.system < CPU_SECONDS
    assert built.value is not None
    assert page_url("jyj/a.md") in served(out)
    assert faults_of(out) == []


@posix
def test_a_catalogue_of_twenty_thousand_tiny_entries_is_published(tmp_path):
    root, out = tmp_path / "site", tmp_path / "public"
    rows = "".join(
        f"  - {{编号: A-{n}, 公开事项: 甲{n % 50}, 公开内容: 乙, 公开时限: 丙, 公开主体: 丁, 公开方式: 主动公开}}\n"
        for n in range(20_000)
    )
    write_site(root, {"wjj": f"部门: {{代码: wjj, 名称: 甲}}\n目录:\n{rows}"})
    bounded_build(root, out, "--quiet")
    assert len(served(out)) > 20_000
    (root / "catalogs/wjj.yaml").write_text(
        (root / "catalogs/wjj.yaml").read_text("utf-8").replace("\n  - ", " \n  - "), "utf-8"
    )
    bounded_build(root, out, "--quiet")


@posix
def test_a_flow_style_catalogue_and_thousands_of_findings_are_shown(tmp_path):
    root, out = tmp_path / "site", tmp_path / "public"
    rows = ", ".join(f"{{编号: A-{n}, 公开亊项: 甲}}" for n in range(5000))
    write_site(root, {"wjj": f"部门: {{代码: wjj, 名称: 甲}}\n目录: [{rows}]\n", "jyj": {}})
    done = bounded_build(root, out)
    assert "ZW118" in done.stderr
    assert "jyj/index.html" in served(out)


@posix
def test_findings_with_odd_characters_are_shown_on_any_terminal(tmp_path):
    root, out = tmp_path / "site", tmp_path / "public"
    odd = "\u202e\x1b]0;title\x07\x1b[31m\ud7ff😀" + "甲" * 500
    write_site(
        root,
        {"wjj": {odd: odd, "目录": [entry("wjj", **{"公开方式": odd, odd: Raw(f"'{odd}'")})]}},
        {"wjj/a.md": {"公开方式": odd, "x": odd}},
    )
    done = bounded_build(root, out)
    assert "\x1b]0;" not in done.stderr
    assert "\x07" not in done.stderr
    assert "\u202e" not in done.stderr
