"""What a department goes on showing when nobody could read its files, and redirects that redirect."""

import re

from tests.sites import build, served, write_site
from zwgk_site.pipeline.last_good import last_good
from zwgk_site.stages.publish import read_only_output

MOMENT = "2026-11-21 12:00"
DOCUMENTS = {
    "wjj/2026/zhinan.md": {"标题": "指南", "正文": "依申请公开的信息，不公开的说明理由。"},
    "wjj/2026/a.md": {"标题": "甲"},
    "wjj/2026/b.md": {"标题": "乙"},
    "wjj/2026/c.md": {"标题": "丙", "正文": "张某某的住址"},
}


def shown_blind(tmp_path, changed):
    root, out = write_site(tmp_path / "site", {"wjj": {}}, DOCUMENTS), tmp_path / "public"
    build(root, out)
    write_site(root, {}, changed)
    good = last_good(read_only_output(out), root, "wjj", (), (), MOMENT, blind=True)
    assert good is not None
    return {document.title for document in good.corpus.documents}


def test_unread_files_without_a_sign_of_closing_stay(tmp_path):
    assert shown_blind(tmp_path, {}) == {"指南", "甲", "乙", "丙"}


def test_unread_files_that_say_they_are_closed_go(tmp_path):
    changed = {
        "wjj/2026/a.md": {"标题": "甲", "撤回": {"日期": "2026-11-20"}},
        "wjj/2026/b.md": {"标题": "乙", "公开方式": "依申请公开"},
        "wjj/2026/c.md": {"标题": "丙", "正文": "{不公开:个人隐私|张某某的住址}", "公开程度": "删减后公开"},
    }
    assert shown_blind(tmp_path, changed) == {"指南"}


def test_a_moved_page_sends_its_reader_on(tmp_path):
    root = write_site(tmp_path / "site", {"wjj": {}}, {"wjj/2026/a.md": {"标题": "甲", "曾用网址": ["d/old.html"]}})
    build(root, tmp_path / "public")
    page = served(tmp_path / "public")["wjj/d/old.html"].decode()
    target = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
    assert target is not None
    assert (tmp_path / "public/wjj/d" / target[1]).is_file()
    assert f'href="{target[1]}"' in page


def test_a_clock_that_went_back_shuts_what_had_come_later_though_its_file_is_gone(tmp_path):
    from tests.sites import build, served, write_site

    root, out = tmp_path / "site", tmp_path / "public"
    write_site(
        root, {"wjj": {}, "jyj": {}}, {"wjj/a.md": {"标题": "到时才公开", "定时发布": "2026-12-15"}, "wjj/b.md": {}}
    )
    assert build(root, out, "2027-06-30").value is not None
    assert any("到时才公开".encode() in data for data in served(out).values())
    (root / "content/wjj/a.md").unlink()  # unexplained: the department is held back
    built = build(root, out, "2026-11-21")
    assert built.value is not None
    assert built.value.held == ("wjj",)
    assert not [url for url, data in served(out).items() if "到时才公开".encode() in data]
