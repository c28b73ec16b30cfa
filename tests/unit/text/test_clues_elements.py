"""What a text covers, whether it is more than a place to click, and wrong wording."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwgk_site.text.clues import find_clues, read_facts
from zwgk_site.text.elements import (
    INTERPRETATION,
    adoption_reasons,
    covered_elements,
    covered_guide,
    covered_service,
    is_stub,
)
from zwgk_site.text.wording import PAIRS, Wording

READING = """## 一、政策背景

近年来……

## 二、目标任务

**三、主要内容是什么？**

（四）适用范围

五、补贴标准

6. 注意事项

问：什么是独生子女父母奖励？

八、惠民举措

九、新旧政策有哪些变化
"""


def test_an_interpretation_that_has_all_nine_elements_covers_nine():
    assert covered_elements(READING) == frozenset(INTERPRETATION)


def test_words_in_running_text_are_no_headings():
    assert (
        covered_elements("本办法的目标是方便群众，根据依据和背景制定，注意事项另行通知，适用范围以通知为准。")
        == frozenset()
    )


def test_a_guide_covers_what_its_labels_fill():
    text = "一、信息分类和编排体系\n\n二、获取方式\n\n机构名称：示范县办\n办公地址：人民路1号\n办公时间：9:00\n联系电话：0752-1234567\n传真：无\n电子邮箱：a@example.gov.cn"
    assert covered_guide(text) == {
        "分类",
        "编排体系",
        "获取方式",
        "工作机构名称",
        "办公地址",
        "办公时间",
        "联系电话",
        "传真号码",
        "互联网联系方式",
    }


def test_a_label_without_a_value_covers_nothing():
    assert "传真号码" not in covered_guide("传真：\n\n")
    assert "传真号码" not in covered_guide("传真： ——")


def test_a_service_guide_is_read_by_its_eight_elements():
    text = "## 事项名称\n## 设定依据\n## 申请条件\n## 申请材料\n## 办理地点\n## 办公时间\n## 咨询电话\n## 办理流程\n"
    assert len(covered_service(text)) == 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共收到意见10条，全部采纳。", "none"),
        ("征集3条，采纳3条，未采纳0条。", "none"),
        ("第2条意见未采纳，理由是上位法已有规定。", "given"),
        ("第2条意见未采纳。\n\n原因：与上位法不一致。", "given"),
        ("第2条意见未予采纳。", "missing"),
        ("| 意见 | 是否采纳 | 理由 |\n|---|---|---|\n| 甲 | 采纳 | |\n| 乙 | 未采纳 | 超出本办法范围 |", "given"),
        ("| 意见 | 是否采纳 | 理由 |\n|---|---|---|\n| 乙 | 不予采纳 | — |", "missing"),
    ],
)
def test_refused_opinions_need_a_reason(text, expected):
    assert adoption_reasons(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[点击查看](a.pdf)",
        "![](1.jpg)\n\n![](2.jpg)",
        "详见附件。",
        "请下载附件：[办法](b.docx)",
        '<a href="a.pdf">全文</a>',
    ],
)
def test_a_text_that_only_says_where_to_click_is_a_stub(text):
    assert is_stub(text)


@pytest.mark.parametrize(
    "text", ["同意。", "各乡镇人民政府，县直各单位：" + "为了方便群众办事，" * 10 + "详见[附件](a.pdf)。"]
)
def test_a_text_of_its_own_is_no_stub(text):
    assert not is_stub(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("请做好安全部门的布署", "布署→部署"),
        ("截止目前，共办理", "截止目前→截至目前"),
        ("按装路灯", "按装→安装"),
        ("《政府信息公开条列》", "条列→条例"),
        ("政务信息公开条例", "政务信息公开条例→政府信息公开条例"),
        ("把群众满意做为标准", "做为→作为"),
        ("汛期防讯工作", "防讯→防汛"),
        ("中华人共和国", "华人共和国→华人民共和国"),
    ],
)
def test_a_wrong_form_is_found_with_the_right_one(text, value):
    assert [clue.value.partition("\n")[0] for clue in find_clues(text, 1, Wording())] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "采购项目既使用财政资金",
        "保守自己经纪业务的秘密",
        "逐条列出",
        "化学反应情况",
        "预防犯罪",
        "只要按装机容量",
        "自己经营",
        "甲方消防讯问",
        "校园满意度",
    ],
)
def test_two_words_that_meet_are_no_wrong_form(text):
    assert find_clues(text, 1, Wording()) == ()


def test_every_packaged_pair_is_found_and_its_right_form_is_not():
    wording = Wording()
    for wrong, right, reason in PAIRS:
        assert reason
        assert not list(wording.find(f"“{right}”")), right
        front = {"条列": "管理"}.get(wrong, "“")
        assert [hit.value.partition("→")[0] for hit in wording.find(f"{front}{wrong}”")] == [wrong]


def test_a_site_adds_its_own_forms_and_plain_text_is_no_pattern():
    wording = Wording((*PAIRS, ("发改局", "县发改局", "全称"), ("a.c", "abc", ""), ("", "x", ""), ("同", "同", "")))
    assert [hit.value for hit in wording.find("县发改局和发改局 axc a.c")] == ["发改局→县发改局\n全称", "a.c→abc\n"]


def test_facts_hold_clues_elements_and_length():
    facts = read_facts(READING, 5, Wording(), kind="解读")
    assert len(facts.elements) == 9
    assert facts.elements[0].startswith("解读:")
    assert not facts.is_stub
    assert facts.length == len("".join(READING.split()))


@pytest.mark.parametrize(
    ("kind", "count"), [("政策文件", 0), ("解读", 1), ("指南", 1), ("办事指南", 1), ("", 3), ("自拟", 3)]
)
def test_a_known_kind_is_asked_only_for_its_own_elements(kind, count):
    text = "一、政策背景\n办公地址：人民路1号\n事项名称：奖励"
    assert len({name.partition(":")[0] for name in read_facts(text, kind=kind).elements}) == count


@given(st.text(max_size=300))
def test_any_text_has_facts(text):
    facts = read_facts(text, 1, Wording())
    assert 0 <= facts.length <= len(text)
    assert facts.elements == tuple(sorted(facts.elements))
