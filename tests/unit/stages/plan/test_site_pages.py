"""The pages for all readers, and the foot that leads to them: the map, the help, the sign of a government site."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from tests.sites import age, build, write_site
from zwgk_site.model.corpus import Emblem, Site, SiteLink
from zwgk_site.model.views import Link, Picture
from zwgk_site.stages.plan.frames import plan_frame, site_navigation
from zwgk_site.stages.plan.heads import HeadMaker
from zwgk_site.stages.plan.site_pages import MOST_WITH_COLUMNS, plan_help, plan_site_map

PNG = b"\x89PNG\r\n\x1a\n"


class _Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _tags(folder: Path, url: str, tag: str) -> list[dict[str, str | None]]:
    return [attrs for name, attrs in _Links((folder / url).read_text("utf-8")).found if name == tag]


def _departments(number: int) -> list[Link]:
    return [Link(f"部门{place}", f"d{place}/index.html") for place in range(number)]


def test_the_map_leads_to_each_column_of_each_department() -> None:
    view = plan_site_map(HeadMaker(Site("x")), site_navigation(""), _departments(2), ()).view
    of_departments = {section.title: section.trees for section in view.sections}["部门"]
    assert [tree.head.url for tree in of_departments] == ["d0/index.html", "d1/index.html"]
    assert [link.url for link in of_departments[1].links] == [
        f"d1/{name}"
        for name in (
            "guide.html", "system.html", "statutory.html", "annual.html", "request.html", "catalog.html",
            "list/index.html",
        )
    ]  # fmt: skip


def test_of_very_many_departments_the_map_shows_the_names_only() -> None:
    view = plan_site_map(HeadMaker(Site("x")), site_navigation(""), _departments(MOST_WITH_COLUMNS + 1), ()).view
    trees = next(section.trees for section in view.sections if section.title == "部门")
    assert len(trees) == MOST_WITH_COLUMNS + 1
    assert not any(tree.links for tree in trees)


def test_the_map_stays_as_it_is_when_a_document_is_added(tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {}}, {"wjj/a.md": {}})
    age(root)
    build(root, out)
    before = (out / "sitemap.html").read_bytes()
    write_site(root, {"wjj": {}}, {"wjj/a.md": {}, "wjj/b.md": {}})
    age(root)
    build(root, out)
    assert (out / "sitemap.html").read_bytes() == before


def test_every_page_leads_to_the_map_and_to_the_help(tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {}}, {"wjj/a.md": {}})
    build(root, out)
    pages = [path.relative_to(out).as_posix() for path in out.rglob("*.html")]
    assert len(pages) > 10
    for url in pages:
        keys = {attrs.get("accesskey"): attrs["href"] for attrs in _tags(out, url, "a") if "accesskey" in attrs}
        root_of = "../" * url.count("/")
        assert keys["4"] == f"{root_of}sitemap.html", url
        assert keys["0"] == f"{root_of}accessibility.html", url
        assert keys["1"] == f"{root_of}index.html", url


def test_the_sign_of_a_government_site_is_its_picture_with_a_link(tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "public"
    address = "https://bszs.shifan.example/1"
    write_site(root, {"wjj": {}}, settings={"党政机关标识": {"网址": address, "图片": "sign.png"}})
    (root / "overrides/assets").mkdir(parents=True)
    (root / "overrides/assets/sign.png").write_bytes(PNG)
    build(root, out)
    pictures = [attrs for attrs in _tags(out, "wjj/index.html", "img") if attrs["src"] == "../assets/sign.png"]
    assert [attrs["alt"] for attrs in pictures] == ["党政机关网站标识"]
    assert (out / "assets/sign.png").read_bytes() == PNG
    assert any(attrs.get("href") == address for attrs in _tags(out, "wjj/index.html", "a"))


def test_a_sign_without_its_picture_is_text_and_an_odd_address_leads_nowhere() -> None:
    site = Site("x", emblem=Emblem("javascript:1"), links=(SiteLink("声明", "javascript:1"),))
    frame = plan_frame(site, None, 1, draft=False)
    assert frame.emblem == Picture("党政机关网站标识", "", "")
    assert frame.links == (Link("声明", ""),)


def test_help_names_whom_to_ask_and_nothing_that_is_not_known() -> None:
    bare = plan_help(HeadMaker(Site("x")), None).view
    assert (bare.contact, bare.request, bare.report) == ((), None, None)
    full = plan_help(HeadMaker(Site("x", organizer="办公室", error_report="https://z.example/")), None).view
    assert [fact.label for fact in full.contact] == ["主办单位"]
    assert full.report == Link("我为政府网站找错", "https://z.example/")
