"""Key areas, audiences and channels as catalogues write them."""

import pytest

from zwgk_site.statute.areas import AREAS, classify_area
from zwgk_site.statute.reach import AUDIENCES, CHANNELS, EVERYONE, SOME, classify_audience, classify_channel


@pytest.mark.parametrize("terms", [AREAS, AUDIENCES, CHANNELS])
def test_no_name_stands_for_two_terms(terms):
    names = [name for term in terms for name in (term.name, *term.aliases)]
    assert len(names) == len(set(names))
    assert len({term.slug for term in terms}) == len(terms)


def test_the_national_layout_has_thirteen_channels():
    assert len(CHANNELS) == 13


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("■政府网站", "政府网站"),
        ("√ 公开查阅点", "公开查阅点"),
        ("社区/企事业单位/村公示栏（电子屏）", "社区/企事业单位/村公示栏"),
        ("社区、企事业单位、村公示栏(电子屏)", "社区/企事业单位/村公示栏"),
        ("纸质载体", "纸质媒体"),
        ("政务服务中心（行政服务中心）", "政务服务中心"),
        ("发布会、听证会", "发布会/听证会"),
    ],
)
def test_a_channel_is_known_by_its_variants(written, name):
    assert classify_channel(written).name == name


def test_what_is_in_no_list_is_a_term_of_its_own_and_keeps_its_name():
    found = classify_channel("公共资源交易平台")
    assert (found.name, found.slug[0]) == ("公共资源交易平台", "x")
    assert found != classify_channel("信用中国网站")
    assert classify_area("社会保险基金").name == "社会保险基金"
    assert classify_area("财政资金").name == "财政预决算"
    assert classify_channel(" ■ ") is classify_area(" ") is classify_audience("") is None


def test_an_audience_keeps_who_exactly_it_is():
    found = classify_audience("特定群体（被征收人）")
    assert (found.term, found.detail) == (SOME, "被征收人")
    assert classify_audience("特定群众").term is SOME
    assert classify_audience("社会公众").term is EVERYONE
    assert classify_audience("利害关系人（本人）").term.name == "利害关系人（本人）"
