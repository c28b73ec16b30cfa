"""Both themes render every view, whatever its strings hold; templates at fault become values; colours are readable."""

import gzip
import itertools
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import NoneType, UnionType
from typing import get_args, get_origin, get_type_hints

import jinja2
import msgspec
import pytest
from jinja2 import nodes
from markupsafe import Markup

from zwgk_site.model.theme import Theme, ThemeLayer, merge_layers
from zwgk_site.model.views import (
    VIEWS,
    CatalogPage,
    ColumnPage,
    DocumentPage,
    EntryPage,
    Frame,
    GonePage,
    Head,
    Link,
    ListPage,
    Pager,
    SearchPage,
    StaffPage,
)
from zwgk_site.stages.render.contract_doc import make_contract
from zwgk_site.stages.render.escaping import escape_json, escape_text
from zwgk_site.stages.render.head import render_head
from zwgk_site.stages.render.templates import TemplateFault
from zwgk_site.stages.render.theme import FrameParts, Renderer, compile_theme

ROOT = Path(__file__).parents[4]
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}{% x %}\"'><b onclick=x>&amp;公开"
PAGES = tuple(view for view in VIEWS if view is not Frame)
VOID = {"meta", "link", "input", "br", "hr", "img"}
BODY = Markup('<p id="t">正文</p>')
HEAD = Head(
    title=HOSTILE,
    meta=(("SiteName", HOSTILE), ("PubDate", "2026-11-20 09:30")),
    canonical="https://www.example.test/?a=1&b=2",
    json_ld='{"name": "</script><!-- & \u2028"}',
    alternates=(("application/atom+xml", HOSTILE, "../feed.xml"),),
    refresh="0; url=x.html",
    noindex=True,
)


def layer_of(name):
    """A theme's folder as a layer (what stages/load does, without its checks)."""
    folder = ROOT / "themes" / name
    templates = tuple((path.name, path.read_text("utf-8")) for path in sorted((folder / "templates").iterdir()))
    origins = tuple((file, f"themes/{name}/{file}") for file, _ in templates)
    return ThemeLayer(name, templates=templates, origins=origins)


DEFAULT = layer_of("default")
THEMES = {"default": merge_layers([DEFAULT]), "light": merge_layers([layer_of("light"), DEFAULT])}


def with_template(name, source):
    """The default theme with one template replaced by the site."""
    return merge_layers([ThemeLayer("", templates=((name, source),), origins=((name, f"overrides/{name}"),)), DEFAULT])


def compiled(theme, bytecode=None):
    renderer = compile_theme(theme, bytecode)
    assert isinstance(renderer, Renderer), renderer
    return renderer


RENDERERS = {name: compiled(theme) for name, theme in THEMES.items()}


NUMBERS = itertools.count()
"""Anchors of a page differ, whatever else is hostile in them; binary, so that none holds the 49 that a test looks for."""


def fill(kind, rich, text=HOSTILE, field=""):
    """A value of any annotation of a view: hostile and full, or as empty as the type allows."""
    if kind is str:
        special = {"url": "a.html?x=1&y=2", "kind": "wide", "anchor": f"{text}{next(NUMBERS):b}"}
        return special.get(field, text) if rich else ""
    if kind in (bool, int):
        return kind(7 if rich else 0)
    if get_origin(kind) is UnionType:
        inner = next(part for part in get_args(kind) if part is not NoneType)
        return fill(inner, rich, text, field) if rich else None
    if get_origin(kind) is tuple:
        parts = get_args(kind)
        if parts[-1] is Ellipsis:
            return tuple(fill(parts[0], rich, text) for _ in range(2 if rich else 0))
        return tuple(fill(part, rich, text) for part in parts)
    hints = get_type_hints(kind)
    return kind(**{item.name: fill(hints[item.name], rich, text, item.name) for item in msgspec.structs.fields(kind)})


def page_of(renderer, view, frame=None, head=HEAD, body=BODY):
    parts = renderer.render_frame(frame or fill(Frame, rich=True))
    assert isinstance(parts, FrameParts), parts
    page = renderer.render_page(parts, head, view, body)
    assert isinstance(page, str), page
    return page


class Reader(HTMLParser):
    """Refuses what does not nest, and remembers what it saw."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.text = [], [], []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        assert all(re.fullmatch(r"[a-z-]+", name) for name in names), (tag, names)
        self.tags.append((tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs, _ in self.tags if name == tag]


@pytest.fixture(params=sorted(THEMES))
def renderer(request):
    return RENDERERS[request.param]


@pytest.mark.parametrize("rich", [True, False], ids=["rich", "minimal"])
@pytest.mark.parametrize("view", PAGES, ids=lambda view: view.__name__)
def test_every_view_makes_a_well_formed_page_with_landmarks(renderer, view, rich):
    read = Reader(page_of(renderer, fill(view, rich), fill(Frame, rich)))
    assert len(read.all("h1")) == len(read.all("main")) == len(read.all("footer")) == len(read.all("title")) == 1
    assert [attrs["lang"] for attrs in read.all("html")] == ["zh-CN"]
    assert read.tags[[tag for tag, _, _ in read.tags].index("a")][1] == {
        "class": "skip",
        "href": "#main",
        "accesskey": "2",
    }
    assert read.all("main")[0]["id"] == "main"
    assert "header" in {tag for tag, _, _ in read.tags}
    assert all(attrs.get("aria-label") for attrs in [*read.all("nav"), *read.all("aside")])
    assert "政府信息公开" in "".join(read.text)
    identities = [attrs["id"] for _, attrs, _ in read.tags if "id" in attrs]
    assert len(identities) == len(set(identities))


@pytest.mark.parametrize("view", PAGES, ids=lambda view: view.__name__)
def test_no_text_of_a_view_becomes_markup_or_is_evaluated(renderer, view):
    page = page_of(renderer, fill(view, rich=True))
    read = Reader(page)
    assert "<script>" not in page
    assert "alert(1)</script>" not in page
    assert "49" not in page
    assert "{{ 7*7 }}" in unescape(page)
    assert read.all("b") == []
    assert not [attrs for _, attrs, _ in read.tags for name in attrs if name.startswith("on") or name == "style"]


@pytest.mark.parametrize("view", PAGES, ids=lambda view: view.__name__)
def test_pages_hold_no_inline_script_or_style_and_ask_no_other_host(renderer, view):
    read = Reader(page_of(renderer, fill(view, rich=True)))
    scripts = [attrs for attrs in read.all("script") if attrs.get("type") != "application/ld+json"]
    sheets = [attrs["href"] for attrs in read.all("link") if attrs["rel"] == "stylesheet"]
    assert all(set(attrs) <= {"src", "defer"} and attrs["src"] for attrs in scripts)
    assert [attrs["src"].rpartition("/")[2] for attrs in scripts if "defer" not in attrs] == ["theme.js"]
    own = [attrs for attrs in scripts if not str(attrs["src"]).endswith(("theme.js", "kiosk.js"))]
    assert bool(own) == (view in (SearchPage, DocumentPage, CatalogPage, StaffPage))
    assert read.all("style") == []
    assert all("://" not in url for url in [*sheets, *(attrs["src"] for attrs in scripts)])


@pytest.mark.parametrize("view", PAGES, ids=lambda view: view.__name__)
def test_tables_have_a_caption_and_headers_with_a_scope(renderer, view):
    read = Reader(page_of(renderer, fill(view, rich=True)))
    assert len(read.all("table")) == len(read.all("caption"))
    assert all(attrs.get("scope") in ("row", "col") for attrs in read.all("th"))
    assert all(attrs.get("datetime") for attrs in read.all("time"))


def test_every_row_of_a_list_shows_its_date_as_text(renderer):
    page = page_of(renderer, fill(ListPage, rich=True, text="2026-11-20"))
    assert page.count('<time datetime="2026-11-20">2026-11-20</time>') == 2


def test_an_empty_url_is_plain_text(renderer):
    view = GonePage("已撤回", (Link("首页"),), ("一句话。",), (Link("别处"),))
    page = page_of(renderer, view, Frame("示范县", "", navigation=(Link("指南"),)), Head("x", ()))
    assert 'href=""' not in page
    assert "<span>首页</span>" in page


@pytest.mark.parametrize("view", PAGES, ids=lambda view: view.__name__)
def test_an_empty_page_says_so_in_words(renderer, view):
    page = page_of(renderer, fill(view, rich=False), body="")
    words = {
        "RedirectPage": "已经迁移",
        "NotFoundPage": "没有找到",
        "GonePage": 'class="banner"',
        "SearchPage": "没有载入",
        "AccessibilityPage": "要人帮忙",
        "StaffPage": "没有读到",
    }
    assert re.search(words.get(view.__name__, "暂无|还没有|没有正文"), page)


def test_draft_and_notice_stand_on_every_page(renderer):
    frame = Frame("示范县", "../", notice="数据均为虚构", draft=True)
    for view in PAGES:
        page = page_of(renderer, fill(view, rich=False), frame)
        assert "草稿，不得发布" in page
        assert "数据均为虚构" in page


def test_body_is_wrapped_exactly_and_a_plain_string_is_escaped(renderer):
    view = fill(DocumentPage, rich=False)
    assert '<div class="doc-body"><p id="t">正文</p></div>' in page_of(renderer, view)
    assert '<div class="doc-body">&lt;p&gt;</div>' in page_of(renderer, view, body="<p>")


def test_frame_links_its_assets_from_the_root(renderer):
    parts = renderer.render_frame(Frame("示范县", "../../"))
    assert 'href="../../assets/theme.css"' in parts.between
    assert 'src="../../assets/theme.js"' in parts.between


def test_light_theme_adds_a_sheet_and_replaces_one_block():
    page = page_of(RENDERERS["light"], fill(ListPage, rich=True))
    assert 'href="' in page
    assert page.index("assets/theme.css") < page.index("assets/light.css")
    assert 'class="ledger"' in page
    assert 'class="turn"' in page  # the pager block is the parent's
    assert "ledger" not in page_of(RENDERERS["default"], fill(ListPage, rich=True))


def test_head_is_escaped_and_complete():
    text = render_head(HEAD)
    assert text.startswith("<title>&lt;script&gt;")
    assert '<meta name="PubDate" content="2026-11-20 09:30">' in text
    assert '<meta name="robots" content="noindex">' in text
    assert '<meta http-equiv="refresh" content="0; url=x.html">' in text
    assert '<link rel="canonical" href="https://www.example.test/?a=1&amp;b=2">' in text
    assert '<link rel="alternate" type="application/atom+xml" title="' in text
    assert text.count("</script>") == 1
    assert msgspec.json.decode(escape_json(HEAD.json_ld)) == msgspec.json.decode(HEAD.json_ld)
    assert not set("<>&\u2028\u2029") & set(escape_json("<>&\u2028\u2029"))
    assert render_head(Head("x", ())) == "<title>x</title>\n"


@pytest.mark.parametrize("value", [HOSTILE, "平常", "", 7, Markup("<b>"), None, True])
def test_our_escaping_equals_that_of_markupsafe(value):
    from markupsafe import escape

    assert escape_text(value) == str(escape(value))


# --- byte code


class Store(dict):
    def __init__(self):
        super().__init__()
        self.puts = 0

    def put(self, key, data):
        self.puts += 1
        self[key] = data


def test_second_compilation_takes_all_byte_code_from_the_store(monkeypatch):
    store = Store()
    compiled(THEMES["light"], store)
    stored = store.puts
    monkeypatch.setattr(jinja2.Environment, "_generate", lambda *_, **__: pytest.fail("compiled again"))
    again = compiled(THEMES["light"], store)
    assert store.puts == stored > 0
    assert page_of(again, fill(ListPage, rich=True)) == page_of(RENDERERS["light"], fill(ListPage, rich=True))


@pytest.mark.parametrize("spoil", [lambda data: data[:-1] + b"\0", lambda data: data[:20], lambda _: b""])
def test_spoilt_byte_code_is_compiled_anew(spoil):
    store = Store()
    compiled(THEMES["default"], store)
    for key in store:
        store[key] = spoil(store[key])
    again = compiled(THEMES["default"], store)
    assert page_of(again, fill(ListPage, rich=True)) == page_of(RENDERERS["default"], fill(ListPage, rich=True))


# --- faults


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("{% block main %}\n{% if %}\n{% endblock %}", 2, "Expected an expression"),
        ("{% block main %}{{ page.__class__ }}{% endblock %}", 1, "underscore"),
        ("没有块", 0, "block main"),
        ('{% extends "default/nothing.html" %}', 0, "default/nothing.html"),
        ('{% extends "list.html" %}', 0, "extends itself"),
        ("\n{% extends page.title %}", 2, "in quotes"),
        ("{% block main %}{{ 1 | nofilter }}{% endblock %}", 1, "nofilter"),
    ],
)
def test_what_can_be_seen_without_rendering_is_a_fault(source, line, words):
    faults = compile_theme(with_template("list.html", source))
    assert isinstance(faults, tuple)
    assert faults[0].line == line
    assert words in faults[0].message


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("{{ pgae.title }}", "'pgae' is undefined"),
        ("{{ page.titel }}", "'ListPage' object has no attribute 'titel'"),
        ("{{ page.pager.newer.url }}", "'NoneType' object has no attribute"),
        ("{{ page.title + 1 }}", "can only concatenate"),
        ("{{ range(3) }}", "'range' is undefined"),
        ('{% include "no.html" %}', "no.html"),
    ],
)
def test_a_wrong_expression_is_a_fault_with_its_line(expression, words):
    theme = with_template("list.html", "{# 一行 #}\n{% block main %}\n<main>\n" + expression + "</main>{% endblock %}")
    parts = FrameParts("", "", "")
    fault = compiled(theme).render_page(parts, Head("x", ()), ListPage("x", (), (), Pager()))
    assert isinstance(fault, TemplateFault)
    assert words in fault.message
    assert fault.line == (0 if "include" in expression else 4)
    finding = fault.finding(theme)
    assert (finding.code, finding.span.file, finding.span.line) == ("ZW510", "overrides/list.html", fault.line)


def test_a_fault_in_a_parent_block_names_the_parent():
    base = msgspec.structs.replace(
        DEFAULT, templates=(*DEFAULT.templates, ("list.html", "\n{% block main %}{{ page.no }}{% endblock %}"))
    )
    source = '{% extends "default/list.html" %}{% block main %}{{ super() }}{% endblock %}'
    theme = merge_layers([ThemeLayer("", templates=(("list.html", source),)), base])
    fault = compiled(theme).render_page(FrameParts("", "", ""), Head("x", ()), ListPage("x", (), (), Pager()))
    assert (fault.template, fault.line) == ("default/list.html", 2)


@pytest.mark.parametrize("source", ["{{ main }}{{ head }}", "{{ head }}", "{{ head }}{{ main }}{{ main }}", ""])
def test_a_frame_without_its_two_slots_in_order_is_a_fault(source):
    fault = compiled(with_template("frame.html", source)).render_frame(Frame("x", ""))
    assert isinstance(fault, TemplateFault)


def test_a_faulty_frame_expression_is_a_fault_with_its_line():
    theme = with_template("frame.html", "{{ head }}\n{{ main }}\n{{ frame.nmae }}")
    fault = compiled(theme).render_frame(Frame("x", ""))
    assert (fault.template, fault.line) == ("frame.html", 3)


def test_a_missing_template_is_a_fault():
    theme = merge_layers([msgspec.structs.replace(DEFAULT, templates=DEFAULT.templates[:-1])])
    assert [fault.message for fault in compile_theme(theme)] == [f"template not found: {DEFAULT.templates[-1][0]}"]


def test_head_extra_and_nested_blocks_can_be_added_by_an_override():
    extra = '{% block head_extra %}<meta name="x" content="{{ page.title }}">{% endblock %}'
    pager = "{% block pager %}[{{ super() }}]{% endblock %}"
    theme = with_template("list.html", '{% extends "default/list.html" %}' + extra + pager)
    page = page_of(compiled(theme), fill(ListPage, rich=True, text="<题>"))
    assert '<meta name="x" content="&lt;题&gt;">' in page.split("</head>")[0]
    assert "[<nav" in page


def test_an_override_of_a_part_changes_every_page_that_includes_it():
    theme = with_template("rows.html", "{% for row in rows %}<p>[{{ row.title }}]</p>{% endfor %}")
    for view in (ListPage, ColumnPage, EntryPage):
        page = page_of(compiled(theme), fill(view, rich=True, text="<题>"))
        assert "<p>[&lt;题&gt;]</p>" in page
        assert 'class="rows"' not in page


def test_a_fault_in_a_part_is_seen_without_rendering_and_names_it():
    (fault,) = compile_theme(with_template("rows.html", "\n{% for row in %}"))
    assert (fault.template, fault.line) == ("rows.html", 2)


def test_a_wrong_expression_in_a_part_names_the_part_and_its_line():
    theme = with_template("rows.html", "{% for row in rows %}\n{{ row.nothing }}\n{% endfor %}")
    fault = compiled(theme).render_page(FrameParts("", "", ""), Head("x", ()), fill(ListPage, rich=True))
    assert isinstance(fault, TemplateFault)
    assert (fault.template, fault.line) == ("rows.html", 2)
    assert "nothing" in fault.message


# --- layers


def test_nearer_layers_win_and_hidden_templates_keep_a_name():
    near = ThemeLayer("", templates=(("a", "site"),), assets=(("x.css", b"site"),))
    middle = ThemeLayer("light", templates=(("b", "light"),), assets=(("x.css", b"light"), ("y.css", b"light")))
    far = ThemeLayer("default", templates=(("a", "base"), ("b", "base"), ("c", "base")))
    theme = merge_layers([near, middle, far])
    assert theme.name == "light"
    assert dict(theme.templates) == {
        "a": "site", "b": "light", "c": "base", "default/a": "base", "light/a": "base", "default/b": "base",
    }  # fmt: skip
    assert dict(theme.assets) == {"x.css": b"site", "y.css": b"light"}


def test_digest_follows_templates_and_not_assets():
    plain = merge_layers([DEFAULT])
    assert merge_layers([msgspec.structs.replace(DEFAULT, assets=(("x.css", b"x"),))]).digest == plain.digest
    assert with_template("list.html", "x").digest != plain.digest
    assert isinstance(plain, Theme)


# --- the contract


def test_contract_document_is_up_to_date():
    assert (ROOT / "docs" / "theme-contract.md").read_text("utf-8") == make_contract()


def test_default_theme_shows_every_field_of_every_view():
    unseen = {("DocumentPage", "source"), ("DocumentPage", "links"), ("Frame", "department_short")}
    environment = jinja2.Environment(autoescape=True)
    for view in VIEWS:
        tree = environment.parse(dict(DEFAULT.templates)[view.template])
        name = "frame" if view is Frame else "page"
        shown = {
            node.attr
            for node in tree.find_all(nodes.Getattr)
            if isinstance(node.node, nodes.Name) and node.node.name == name
        }
        missing = {(view.__name__, field) for field in set(view.__struct_fields__) - shown}
        assert missing <= unseen


# --- the style sheets

CSS = (ROOT / "themes/default/assets/theme.css").read_text("utf-8")
SEARCH_CSS = (ROOT / "themes/default/assets/search.css").read_text("utf-8")
LIGHT_CSS = (ROOT / "themes/light/assets/light.css").read_text("utf-8")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", "link", "visited", "accent") for ground in ("paper", "tint")),
    *((ink, "notice") for ink in ("notice-ink", "link", "accent")),
    ("on-primary", "primary"),
    ("on-head", "head"),
    ("on-head-muted", "head"),
    ("ink", "mark"),
]
SHAPE_PAIRS = [("focus", "paper"), ("focus", "tint"), ("focus-dark", "head"), ("edge", "paper"), ("line", "paper")]


def tokens(css, selector):
    return {
        name: value
        for block in re.findall(rf"(?<![\w.-]){re.escape(selector)} \{{([^}}]*)\}}", css)
        for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)
    }


def luminance(color):
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, two):
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


SCREEN_CSS, PRINT_CSS = CSS.split("@media print")
SCREEN = tokens(SCREEN_CSS, ":root")
PALETTES = {
    "default": (SCREEN, 4.5),
    "high contrast": (SCREEN | tokens(SCREEN_CSS, "html.contrast"), 7),
    "more contrast": (SCREEN | tokens(SCREEN_CSS, "html:not(.contrast)"), 7),
    "light": (SCREEN | tokens(LIGHT_CSS, ":root"), 4.5),
    "print": (SCREEN | tokens(PRINT_CSS, ":root, html.contrast"), 4.5),
}


@pytest.mark.parametrize("palette", PALETTES)
def test_colours_are_readable(palette):
    colors, least = PALETTES[palette]
    text_pairs = [pair for pair in TEXT_PAIRS if palette != "print" or pair[1] in ("paper", "tint", "notice")]
    poor = [pair for pair in text_pairs if contrast(colors[pair[0]], colors[pair[1]]) < least]
    faint = [pair for pair in SHAPE_PAIRS if contrast(colors[pair[0]], colors[pair[1]]) < 3]
    assert (poor, faint) == ([], [])


def test_colours_stand_in_tokens_only():
    """Else the test above would miss some. What is left stands on the draft banner or on paper."""
    rules = re.sub(r"--[\w-]+: #[0-9a-f]{6}", "", SCREEN_CSS)
    loose = set(re.findall(r"#[0-9a-f]{3,8}\b", rules))
    assert loose == {"#ffffff", "#8c1712", "#7a1310"}
    assert re.findall(r"#[0-9a-f]{3,8}\b", SEARCH_CSS.split("@media print")[0]) == []
    assert min(contrast("#ffffff", "#8c1712"), contrast("#ffffff", "#7a1310")) >= 4.5


def test_sheet_is_small_and_keeps_to_chrome_86():
    assert sum(len(gzip.compress(css.encode(), 9)) for css in (CSS, LIGHT_CSS, SEARCH_CSS)) <= 25 * 1024
    for css in (CSS, LIGHT_CSS, SEARCH_CSS):
        assert not re.search(r":(is|where|has)\(|@layer|@container|aspect-ratio|\binset:|&|color-mix", css)
        assert set(re.findall(r"url\(([^)]*)\)", css)) <= {"cursor.png", "cursor-link.png"}
        assert not re.search(r"@import|@font-face", css)
        assert not re.search(r"@media[^{]*[<>]", css)
        used, made = set(re.findall(r"var\(--([\w-]+)\)", css)), set(re.findall(r"--([\w-]+):", CSS))
        assert used <= made


def test_every_token_is_used():
    made, used = set(re.findall(r"--([\w-]+):", CSS)), set(re.findall(r"var\(--([\w-]+)\)", CSS))
    assert made == used


def test_light_theme_is_a_small_example():
    files = [path for path in (ROOT / "themes/light").rglob("*") if path.is_file()]
    assert sum(len(path.read_text("utf-8").splitlines()) for path in files) <= 100


def test_script_is_classic_and_guards_its_storage():
    script = (ROOT / "themes/default/assets/theme.js").read_text("utf-8")
    assert script.count("localStorage") == 2 <= script.count("try {")
    assert not re.search(r"\bimport\b|\bexport\b|=>|fetch|innerHTML|\blet\b|\bconst\b|\?\.", script)
