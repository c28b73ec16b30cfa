"""The meta tags of built pages, read as an inspector's program reads them; and the findings where a theme loses them.

The parser here knows nothing of templates, views or plans: it reads HTML.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.sample_column import REPOSITORY, TODAY, page_kinds
from tests.sites import BODY, Raw, age, build, page_url, write_site
from zwgk_site.diagnostics import Diagnostic
from zwgk_site.pipeline.build import build_site
from zwgk_site.pipeline.check import check_site
from zwgk_site.pipeline.request import BuildRequest

SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE = ("ArticleTitle", "PubDate", "ContentSource")
EXEMPT = {"gone", "redirect", "not found"}
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")
TAG_RULES = ("ZW871", "ZW872", "ZW873")
HEAD = "{{ head }}"
PATHS = ("wjj/2026/a.md", "wjj/2026/b.md", "jyj/2026/c.md")


class HeadReader(HTMLParser):
    """The named meta tags of a page's head, each with its values in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: dict[str, list[str]] = defaultdict(list)
        self._hidden, self._over = 0, False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._over |= tag == "body"
        self._hidden += tag == "template"
        if tag == "meta" and "name" in values and not self._over and not self._hidden:
            self.tags[values["name"]].append(values.get("content", ""))

    def handle_endtag(self, tag: str) -> None:
        self._over |= tag == "head"
        self._hidden -= tag == "template"


def wanted_of(kind: str) -> tuple[str, ...]:
    return SITE if kind == "home" else SITE + COLUMN + ARTICLE if kind == "document" else SITE + COLUMN


def faults_of(output: Path) -> Iterator[tuple[str, str]]:
    """Tag and page, for each tag that is not there once, filled and in its form."""
    for kind, urls in page_kinds(output).items():
        for url in urls if kind not in EXEMPT else ():
            tags = HeadReader((output / url).read_text("utf-8")).tags
            for name in wanted_of(kind):
                values = tags.get(name, [])
                sound = len(values) == 1 and values[0].strip()
                if not sound or (name == "PubDate" and not MOMENT.fullmatch(values[0])):
                    yield name, url


def tag_findings(findings: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [item for item in findings if item.code in TAG_RULES]


@pytest.mark.parametrize("theme", ["default", "light"])
def test_every_page_of_the_sample_has_every_tag(theme: str, tmp_path: Path) -> None:
    for part in ("catalogs", "content"):
        shutil.copytree(REPOSITORY / part, tmp_path / "site" / part)
    text = (REPOSITORY / "site.yaml").read_text("utf-8")
    (tmp_path / "site/site.yaml").write_text(text.replace("主题: default", f"主题: {theme}"), "utf-8")
    built = build_site(BuildRequest(tmp_path / "site", tmp_path / "public", f"{TODAY} 23:59"))
    assert list(faults_of(tmp_path / "public")) == []
    assert tag_findings(built.findings) == []


def frame_with(head: str) -> str:
    """A frame of one's own, whole, with `head` where the default theme has the slot."""
    text = (REPOSITORY / "themes/default/templates/frame.html").read_text("utf-8")
    return text.replace(HEAD, head)


def small_site(tmp_path: Path, templates: dict[str, str], **settings: str) -> Path:
    """Two departments with three documents, and a theme that replaces some templates."""
    files = {f"themes/county/templates/{name}": text for name, text in templates.items()}
    files["themes/county/theme.yaml"] = "name: county\ntitle: 县里的主题\ncontract: 1\nextends: default\n"
    return write_site(
        tmp_path / "site",
        {"wjj": {}, "jyj": {}},
        {path: {"标题": f"关于{number}号事项的通知"} for number, path in enumerate(PATHS, 1)},
        files=files,
        settings={"主题": "county", **settings},
    )


LOSING = {
    "in a comment": {"frame.html": frame_with(f"<!-- {HEAD} -->")},
    "in the body": {"frame.html": frame_with("").replace("<body>", f"<body>{HEAD}")},
    "in a template": {"frame.html": frame_with(f"<template>{HEAD}</template>")},
    "in a script": {"frame.html": frame_with(f'<script type="text/plain">{HEAD}</script>')},
}


@pytest.mark.parametrize("templates", LOSING.values(), ids=list(LOSING))
def test_a_theme_that_loses_all_tags_hears_of_each_once_at_its_template(
    templates: dict[str, str], tmp_path: Path
) -> None:
    built = build(small_site(tmp_path, templates), tmp_path / "public")
    found = tag_findings(built.findings)
    assert {item.span.file for item in found} == {"themes/county/templates/frame.html"}
    assert {item.code for item in found} == {"ZW871"}
    lost = defaultdict(list)
    for name, url in faults_of(tmp_path / "public"):
        lost[name].append(url)
    told = {dict(item.facts)["tag"]: dict(item.facts) for item in found}
    assert set(told) == set(lost) == set(SITE + COLUMN + ARTICLE)
    assert {tag: facts["count"] for tag, facts in told.items()} == {tag: len(urls) for tag, urls in lost.items()}
    assert all(facts["url"] in lost[str(tag)] for tag, facts in told.items())
    assert told["SiteName"]["url"] == "index.html"


def test_behind_a_comment_that_never_ends_nothing_is_seen(tmp_path: Path) -> None:
    """As in a browser; Python's parser reads on after such a comment, so the pages are counted instead."""
    built = build(small_site(tmp_path, {"frame.html": frame_with(f"<!--\n{HEAD}")}), tmp_path / "public")
    pages = sum(len(urls) for kind, urls in page_kinds(tmp_path / "public").items() if kind not in EXEMPT)
    told = {dict(item.facts)["tag"]: dict(item.facts)["count"] for item in tag_findings(built.findings)}
    assert told["SiteName"] == pages
    assert told["PubDate"] == len(PATHS)


OWN_DATE = """\
{% extends "default/document.html" %}
{% block head_extra %}<META content='OWN' NAME="PubDate">{% endblock %}
"""
SPOILING = {
    "another name of the site": (
        {"frame.html": frame_with(f'<meta name="SiteName" content="县网">{HEAD}')},
        ("ZW873", "SiteName", "frame.html"),
    ),
    "in another writing": (
        {"frame.html": frame_with(f"{HEAD}<meta content=县网 name=SiteName>")},
        ("ZW873", "SiteName", "frame.html"),
    ),
    "a day without a time": (
        {"document.html": OWN_DATE.replace("OWN", "2026-03-05").replace("META", "meta")},
        ("ZW872", "PubDate", "document.html"),
    ),
    "another moment": (
        {"document.html": OWN_DATE.replace("OWN", "2026-03-05 08:00").replace("META", "meta")},
        ("ZW873", "PubDate", "document.html"),
    ),
}


@pytest.mark.parametrize(("templates", "wanted"), SPOILING.values(), ids=list(SPOILING))
def test_a_theme_that_writes_tags_itself_hears_where(
    templates: dict[str, str], wanted: tuple[str, str, str], tmp_path: Path
) -> None:
    built = build(small_site(tmp_path, templates), tmp_path / "public")
    told = [(item.code, dict(item.facts)["tag"], Path(item.span.file).name) for item in tag_findings(built.findings)]
    assert told == [wanted]
    faulty = list(faults_of(tmp_path / "public"))
    assert {name for name, _ in faulty} == {wanted[1]}
    assert [dict(item.facts)["count"] for item in tag_findings(built.findings)] == [len(faulty)]


HARMLESS = {
    "the same once more": {"frame.html": frame_with(f'<meta name="SiteName" content="示范县政府信息公开">{HEAD}')},
    "other tags": {"frame.html": frame_with(f'<meta name=theme-color content="#fff"><META NAME="renderer" content=webkit>{HEAD}')},
    "commented out": {"frame.html": frame_with(f'<!-- <meta name="SiteName" content="旧名"> -->{HEAD}')},
    "extra on one page": {
        "document.html": '{% extends "default/document.html" %}\n{% block head_extra %}<meta name="google" content="notranslate">{% endblock %}\n'
    },
}  # fmt: skip


@pytest.mark.parametrize("templates", HARMLESS.values(), ids=list(HARMLESS))
def test_what_harms_no_tag_is_no_finding(templates: dict[str, str], tmp_path: Path) -> None:
    assert tag_findings(build(small_site(tmp_path, templates), tmp_path / "public").findings) == []


def test_findings_stay_while_pages_are_left_alone_and_go_when_the_theme_is_mended(tmp_path: Path) -> None:
    root, out = small_site(tmp_path, LOSING["in a comment"]), tmp_path / "public"
    age(root)
    first = tag_findings(build(root, out).findings)
    assert len(first) == 10
    assert tag_findings(build(root, out).findings) == first, "nothing was made"
    write_site(root, documents={PATHS[0]: {"标题": "关于1号事项的通知", BODY: "改过的正文，请认真贯彻执行。\n"}})
    assert tag_findings(build(root, out).findings) == first, "one page was made"
    write_site(root, documents={"wjj/2026/d.md": {}})
    more = {dict(item.facts)["tag"]: dict(item.facts)["count"] for item in tag_findings(build(root, out).findings)}
    clean = tag_findings(build(root, tmp_path / "clean").findings)
    assert more == {dict(item.facts)["tag"]: dict(item.facts)["count"] for item in clean}
    assert more["PubDate"] == 4
    assert tag_findings(build(root, tmp_path / "two", jobs=2).findings) == clean
    (root / "themes/county/templates/frame.html").unlink()
    assert tag_findings(build(root, out).findings) == []


def test_a_finding_on_tags_can_be_waived_with_a_reason(tmp_path: Path) -> None:
    waiver = Raw("[{代码: ZW871, 理由: 内网试用，不接受检查}]")
    root = small_site(tmp_path, LOSING["in a comment"], 不再提示=waiver)
    assert tag_findings(build(root, tmp_path / "public").findings) == []


def test_a_value_that_is_not_given_is_no_fault_of_the_theme(tmp_path: Path) -> None:
    """`site.yaml` and the document hear of it (ZW870, ZW160, ZW207); the page can't say what nobody wrote."""
    root = write_site(
        tmp_path / "site", {"wjj": {}}, {PATHS[0]: {"发布日期": None}}, settings={"网站标识码": None, "域名": None}
    )
    findings = build(root, tmp_path / "public").findings
    assert tag_findings(findings) == []
    assert {"ZW870", "ZW160", "ZW207"} <= {item.code for item in findings}
    tags = HeadReader((tmp_path / "public" / page_url(PATHS[0])).read_text("utf-8")).tags
    assert not {"SiteIDCode", "SiteDomain", "PubDate"} & set(tags)


def test_a_check_makes_no_page_and_says_nothing_of_tags(tmp_path: Path) -> None:
    root = small_site(tmp_path, LOSING["in a comment"])
    build(root, tmp_path / "public")
    checked = check_site(BuildRequest(root, tmp_path / "public", f"{TODAY} 23:59"))
    assert tag_findings(checked.findings) == []
