"""The search page and the lists by title as they are planned: what a reader without scripts can still do."""

import msgspec

from zwgk_site.model.corpus import Contact, Department, Site
from zwgk_site.model.exports import Brief, Header, ListHead, StoredRow
from zwgk_site.model.views import FacetPage, Link, Row, SearchPage, SiteHome
from zwgk_site.stages.plan.facets import TITLE_ORDER, plan_list
from zwgk_site.stages.plan.frames import plan_frame
from zwgk_site.stages.plan.front import SharedContext
from zwgk_site.stages.plan.shared import plan_shared

SITE = Site("示范县政府信息公开", "https://www.shifan.example", contact=Contact(phone="0000-0000103"))


def header(code, name, category, **lists):
    brief = Brief(code, name, "", category, "", "", (), "", 1, 1, "2026-03-05")
    heads = {key: ListHead(label, count, "2026-03-05", b"") for key, (label, count) in lists.items()}
    return Header(brief, b"", b"", (), heads, ())


def planned(site=SITE, *, own="本级政府", count=3):
    headers = {
        "jyj": header("jyj", "示范县教育局", "政府部门", **{"titles/s|S": ("S", count), "years/2026|2026年": ("2026年", 3)}),
        "xzf": header("xzf", "示范县人民政府", own, **{"titles/a|A": ("A", 1), "titles/other|其他": ("其他", 1)}),
    }  # fmt: skip
    context = SharedContext(site, headers, {"jyj": "jiao", "xzf": "ren"})
    return {plan.url: plan for plan in plan_shared(context)}


def test_search_page_lists_the_ways_that_need_no_script():
    view = planned()["search.html"].view
    assert isinstance(view, SearchPage)
    ways = {group.title: [(link.title, link.url) for link in group.links] for group in view.browse}
    assert ways["按标题拼音"] == [
        ("A", "titles/a/index.html"),
        ("S", "titles/s/index.html"),
        ("其他", "titles/other/index.html"),
    ]
    assert ways["按年份"] == [("2026年", "years/2026/index.html")]
    assert ("按部门", "departments.html") in ways["按部门和类别"]
    assert view.departments == (Link("示范县教育局", "jyj/index.html"), Link("示范县人民政府", "xzf/index.html"))
    assert view.online == "https://www.shifan.example/search.html"
    assert [fact.values[0].title for fact in view.contact] == ["0000-0000103"]


def test_search_page_stays_as_it_is_while_documents_come():
    assert planned(count=3)["search.html"] == planned(count=4)["search.html"]


def test_search_page_leads_to_how_to_ask_the_government_where_there_is_one():
    assert planned()["search.html"].view.apply.url == "xzf/request.html"
    assert planned(own="政府部门")["search.html"].view.apply is None
    assert planned(Site("示范县"))["search.html"].view.online == ""


def test_letters_have_a_page_of_their_own_and_leave_the_home_page_alone():
    pages = planned()
    letters = pages["titles/index.html"].view
    assert isinstance(letters, FacetPage)
    assert [(link.title, link.count) for link in letters.groups[0].links] == [("A", 1), ("S", 3), ("其他", 1)]
    home = pages["index.html"].view
    assert isinstance(home, SiteHome)
    assert [group.title for group in home.facets] == ["按年份"]


def test_a_letter_says_in_which_order_its_titles_stand():
    row = Row("示范县教育局预算", "jyj/2026/00001.html")
    rows = [StoredRow("2026-03-05", "jyj", "a.md", msgspec.Raw(msgspec.msgpack.encode(row)))]
    (page,) = (lazy.build() for lazy in plan_list(SITE, "titles/s|S", rows))
    assert page.url == "titles/s/index.html"
    assert (page.view.title, page.view.intro) == ("标题拼音：S", TITLE_ORDER)
    assert page.view.rows[0].url == "../../jyj/2026/00001.html"
    (year,) = (lazy.build() for lazy in plan_list(SITE, "years/2026|2026年", rows))
    assert (year.view.title, year.view.intro) == ("2026年", "")


def test_a_frame_knows_which_department_to_search_first():
    assert plan_frame(SITE, Department("jyj", "示范县教育局"), 1, draft=False).department_code == "jyj"
    assert plan_frame(SITE, None, 0, draft=False).department_code == ""
