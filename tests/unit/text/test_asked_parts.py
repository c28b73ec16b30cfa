"""Which documents are asked for which parts, and what of them a text has."""

from __future__ import annotations

import pytest

from zwgk_site.text.asked_parts import FAMILIES, covered_parts, family_of


@pytest.mark.parametrize(
    ("kind", "title", "family"),
    [
        ("年报", "示范县财政局2025年政府信息公开工作年度报告", "年报"),
        ("决算", "示范县财政局2025年度部门决算", "预算"),
        ("征求意见", "关于公开征求意见的公告", "草案"),
        ("", "示范县财政局机构职能", "机构"),
        ("其他", "县政府领导分工", "机构"),
        ("清单", "示范县市场监管局随机抽查事项清单（2026年版）", "抽查"),
        ("", "行政审批中介服务收费清单", "中介"),
        ("清单", "示范县证明事项清单", "证明"),
        ("清单", "行政事业性收费目录清单", "收费"),
        ("", "示范县城管局行政执法事前公开信息", "执法"),
    ],
)
def test_a_document_is_known_by_its_kind_or_its_title(kind, title, family):
    assert family_of(kind, title) == family


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("", "关于调整污染源普查领导小组组成人员的通知"),
        ("", "国务院行政机构设置和编制管理条例"),
        ("政策文件", "示范县领导干部分工调整"),
        ("", "2026年第三季度双随机抽查事项结果"),
        ("", "卫生健康随机抽查事项指引"),
        ("", "关于取消一批证明事项清单的公告"),
        ("", "示范县证明事项告知承诺制清单"),
        ("", "收费公路管理条例"),
        ("解读", "一图读懂行政事业性收费目录清单"),
        ("", "行政执法公示办法"),
        ("", "关于做好有关工作的通知"),
    ],
)
def test_what_only_sounds_like_it_is_asked_for_nothing(kind, title):
    assert family_of(kind, title) == ""
    assert covered_parts("依据 项目 标准", kind, title) == []


def test_parts_are_known_by_any_of_their_words():
    text = "| 收费项目 | 标准 |\n|---|---|\n| 身份证补领 | 每证40元 |\n"
    assert covered_parts(text, "清单", "收费目录清单") == ["收费:", "收费:收费项目", "收费:收费标准"]
    assert covered_parts("", "清单", "收费目录清单") == ["收费:"]


def test_every_part_has_words():
    assert all(words.split() for family in FAMILIES.values() for words in family.parts.values())
