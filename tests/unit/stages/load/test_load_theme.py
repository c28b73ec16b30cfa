"""A theme's folder as the clerk or the author leaves it: found, layered, and every fault a finding at its place."""

import pytest

from zwgk_site.diagnostics import RULES, Span
from zwgk_site.model.views import VIEWS
from zwgk_site.stages.load.theme import SIZE_LIMIT, load_theme, package_themes

TEMPLATES = [view.template for view in VIEWS]


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture
def package(tmp_path):
    """A package's themes folder with a complete theme `base`."""
    write(tmp_path / "themes" / "base", "theme.yaml", "name: base\ncontract: 1\n")
    for template in TEMPLATES:
        write(tmp_path / "themes" / "base", f"templates/{template}", f"base {template}")
    write(tmp_path / "themes" / "base", "assets/theme.css", "base")
    return tmp_path / "themes"


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def codes(checked):
    return [finding.code for finding in checked.findings]


def places(checked):
    return [(finding.code, finding.span.file, finding.span.line) for finding in checked.findings]


def test_themes_of_the_package_are_complete(site):
    for name in ("default", "light"):
        loaded = load_theme(name, site, package_themes())
        assert loaded.findings == ()
        assert loaded.value.name == name
        assert dict(loaded.value.origins)["list.html"] == f"themes/{name}/templates/list.html"
        assert b":root" in dict(loaded.value.assets)["theme.css"]


def test_theme_of_the_site_comes_before_one_of_the_package(site, package):
    write(site, "themes/base/theme.yaml", "contract: 1")
    for template in TEMPLATES:
        write(site, f"themes/base/templates/{template}", "site")
    loaded = load_theme("base", site, package)
    assert codes(loaded) == []
    assert dict(loaded.value.templates)["list.html"] == "site"


def test_overrides_come_before_the_theme_and_the_theme_before_its_parents(site, package):
    write(site, "themes/mine/theme.yaml", "name: mine\ntitle: 我的\ncontract: 1\nextends: base\n")
    write(site, "themes/mine/templates/list.html", "mine")
    write(site, "themes/mine/templates/entry.html", "mine")
    write(site, "themes/mine/assets/img/a.png", b"png")
    write(site, "overrides/templates/list.html", "override")
    write(site, "overrides/assets/theme.css", "override")
    loaded = load_theme("mine", site, package)
    assert codes(loaded) == []
    templates, origins = dict(loaded.value.templates), dict(loaded.value.origins)
    hidden = [templates[name] for name in ("list.html", "mine/list.html", "base/list.html")]
    assert hidden == ["override", "mine", "base list.html"]
    assert templates["entry.html"] == "mine"
    assert templates["gone.html"] == "base gone.html"
    assert origins["list.html"] == "overrides/templates/list.html"
    assert origins["entry.html"] == "themes/mine/templates/entry.html"
    assert dict(loaded.value.assets) == {"theme.css": b"override", "img/a.png": b"png"}


@pytest.mark.parametrize("name", ["absent", "../site", "a/b", "", "."])
def test_a_theme_that_is_not_there_is_named_where_it_was_chosen(site, package, name):
    loaded = load_theme(name, site, package, span=Span("site.yaml", 3, 5, 9))
    assert loaded.value is None
    assert loaded.blocked
    assert places(loaded) == [("ZW501", "site.yaml", 3)]
    assert "base" in loaded.findings[0].message()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (None, "ZW502", 0),
        ("- 列表\n", "ZW502", 1),
        ("", "ZW502", 1),
        ("name: mine\n", "ZW502", 1),
        ("name: [a]\ncontract: 1\n", "ZW502", 1),
        ("contract: 1\ncontract: 1\n", "ZW502", 2),
        ("name: mine\ncontract: 7\n", "ZW505", 2),
        ("name: mine\ncontract: 1\nextends: nowhere\n", "ZW503", 3),
        ("name: mine\ncontract: 1\nextends: mine\n", "ZW504", 3),
        ("name: mine\ncontract: 1\nextends: ../base\n", "ZW503", 3),
    ],
)
def test_a_faulty_theme_file_blocks_with_its_line(site, package, text, code, line):
    (site / "themes/mine").mkdir(parents=True)
    if text is not None:
        write(site, "themes/mine/theme.yaml", text)
    loaded = load_theme("mine", site, package)
    assert loaded.value is None
    assert loaded.blocked
    assert places(loaded) == [(code, "themes/mine/theme.yaml", line)]


def test_a_syntax_fault_in_theme_yaml_has_its_line(site, package):
    write(site, "themes/mine/theme.yaml", "name: mine\ncontract: [1\n")
    loaded = load_theme("mine", site, package)
    assert loaded.value is None
    assert loaded.blocked
    assert loaded.findings[0].span.file == "themes/mine/theme.yaml"


def test_a_circle_of_two_themes_is_shown_as_a_chain(site, package):
    write(site, "themes/one/theme.yaml", "contract: 1\nextends: two")
    write(site, "themes/two/theme.yaml", "contract: 1\nextends: one")
    loaded = load_theme("one", site, package)
    assert codes(loaded) == ["ZW504"]
    assert "one → two → one" in loaded.findings[0].message()


def test_an_unknown_key_and_another_name_are_warnings(site, package):
    write(site, "themes/mine/theme.yaml", "name: other\ncontract: 1\nextends: base\nauthor: 张三\n")
    loaded = load_theme("mine", site, package)
    assert loaded.value.name == "mine"
    assert sorted(places(loaded)) == [
        ("ZW509", "themes/mine/theme.yaml", 4),
        ("ZW511", "themes/mine/theme.yaml", 1),
    ]
    assert not loaded.blocked


def test_every_missing_template_is_named(site, package):
    write(site, "themes/mine/theme.yaml", "contract: 1")
    loaded = load_theme("mine", site, package)
    assert loaded.value is None
    assert codes(loaded) == ["ZW506"] * len(TEMPLATES)


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.php", "图.png", "a b.png", "noend", "big.css"])
def test_assets_outside_the_list_are_refused_and_the_rest_is_taken(site, package, name):
    write(site, f"overrides/assets/{name}", b"x" * (SIZE_LIMIT + 1 if name == "big.css" else 1))
    loaded = load_theme("base", site, package)
    assert places(loaded) == [("ZW508", f"overrides/assets/{name}", 0)]
    assert dict(loaded.value.assets) == {"theme.css": b"base"}
    assert not loaded.blocked


def test_litter_of_systems_is_passed_over(site, package):
    for name in (".DS_Store", "Thumbs.db", "a.css~", ".git/x.css"):
        write(site, f"overrides/assets/{name}", "x")
    loaded = load_theme("base", site, package)
    assert loaded.findings == ()


def test_links_out_of_the_theme_are_refused_and_links_inside_are_taken(site, package):
    secret = write(site, "secret.txt", "秘密")
    (site / "overrides/assets").mkdir(parents=True)
    (site / "overrides/assets/out.txt").symlink_to(secret)
    (site / "overrides/assets/folder").symlink_to(site)
    (site / "overrides/assets/dead.css").symlink_to(site / "nothing")
    write(site, "overrides/assets/real.css", "real")
    (site / "overrides/assets/in.css").symlink_to(site / "overrides/assets/real.css")
    (site / "overrides/templates").mkdir()
    (site / "overrides/templates/list.html").symlink_to(secret)
    loaded = load_theme("base", site, package)
    assert sorted(places(loaded)) == [
        ("ZW507", "overrides/templates/list.html", 0),
        ("ZW508", "overrides/assets/dead.css", 0),
        ("ZW508", "overrides/assets/folder", 0),
        ("ZW508", "overrides/assets/out.txt", 0),
    ]
    assert dict(loaded.value.assets) == {"theme.css": b"base", "real.css": b"real", "in.css": b"real"}


def test_a_template_in_gbk_is_read_with_a_warning(site, package):
    write(site, "overrides/templates/list.html", "政府信息公开指南".encode("gbk"))
    loaded = load_theme("base", site, package)
    assert dict(loaded.value.templates)["list.html"] == "政府信息公开指南"
    assert codes(loaded) == ["ZW104"]


def test_equal_files_give_an_equal_theme(site, package):
    assert load_theme("base", site, package).value == load_theme("base", site, package).value


def test_rules_have_equal_placeholders_in_both_languages():
    from zwgk_site.diagnostics import PLACEHOLDER

    for code in (code for code in RULES if code.startswith("ZW50") or code == "ZW511"):
        rule = RULES[code]
        zh, en = ({name.removesuffix("_en") for name in PLACEHOLDER.findall(words)} for words in (rule.zh, rule.en))
        assert zh == en, code
