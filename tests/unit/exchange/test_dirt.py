"""Every kind of dirt that real sheets have: mended, and told with the cell it stood in."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.exchange.tables import HEADER, LIMIT, Read, row, text_table, xlsx


def read(*rows: list[object], merges: tuple[str, ...] = (), header: tuple[str, ...] = HEADER) -> Read:
    return Read(xlsx([header, *rows], merges))


@pytest.mark.parametrize(
    ("written", "channels"),
    [
        ("■政府网站 □政府公报\n□两微一端 ■发布会/听证会", ("政府网站", "发布会/听证会")),
        ("☑政府网站 ☐政府公报", ("政府网站",)),
        ("√政府网站 □政府公报", ("政府网站",)),
        ("●政府网站 ○政府公报", ("政府网站",)),
        ("政府网站■　政府公报□　两微一端■", ("政府网站", "两微一端")),
        ("■政府网站■公开查阅点□其他", ("政府网站", "公开查阅点")),
        ("■社区/企事业单位/村公示栏（电子屏）□其他____", ("社区/企事业单位/村公示栏（电子屏）",)),
        ("政府网站、公开查阅点；政务服务中心", ("政府网站", "公开查阅点", "政务服务中心")),
        ("政府网站\n村（居）公示栏", ("政府网站", "村（居）公示栏")),
        ("政务服务中心入口", ("政务服务中心入口",)),
    ],
)  # fmt: skip
def test_boxes_and_words_for_channels(written: str, channels: tuple[str, ...]) -> None:
    found = read(row(1, 公开渠道和载体=written))
    assert found.values("channels") == [channels]
    assert not found.cells("ZW024")


@pytest.mark.parametrize(
    ("written", "channels"),
    [
        ("t政府网站□政府公报", ("政府网站",)),
        ("■政府网站口政府公报口两微一端", ("政府网站",)),
        ("口政府网站 √政府公报", ("政府公报",)),
        ("t政府网站口政府公报 t公开查阅点", ("政府网站", "公开查阅点")),
        ("R政府网站 £政府公报", ("政府网站",)),
    ],
)
def test_boxes_that_became_letters_are_told_with_their_cell(written: str, channels: tuple[str, ...]) -> None:
    found = read(row(1), row(2, 公开渠道和载体=written))
    assert found.values("channels")[1] == channels
    assert found.cells("ZW024") == ["目录!H3"]


def test_no_box_ticked_is_told() -> None:
    found = read(row(1, 公开渠道和载体="□政府网站 □政府公报"))
    assert found.values("channels") == [()]
    assert found.cells("ZW047") == ["目录!H2"]


@pytest.mark.parametrize("written", ["同上", "同上。", "〃", " 同上 ", "同\n上"])
def test_the_same_as_above(written: str) -> None:
    found = read(row(1, 公开依据="《甲法》"), row(2, 公开依据=written), row(3, 公开依据=written))
    assert found.values("basis") == [("《甲法》",)] * 3
    assert found.cells("ZW022") == ["目录!E3", "目录!E4"]


def test_the_same_as_nothing_is_told() -> None:
    found = read(row(1, 公开依据="同上"))
    assert found.values("basis") == [()]
    assert found.cells("ZW023") == ["目录!E2"]


def test_words_that_a_narrow_column_cut_are_joined() -> None:
    cut = "自信息形\n成或者变\n更之日起\n20个工作\n日内"
    found = read(row(1, 公开时限=cut, 一级事项="公共法律\n服务"))
    assert found.values("time_limit") == ["自信息形成或者变更之日起20个工作日内"]
    assert found.values("subject") == [("公共法律服务", "事项1")]
    assert found.cells("ZW025") == ["目录!B2", "目录!F2"]


def test_a_cut_content_is_joined_and_a_list_of_lines_is_kept() -> None:
    wide = "这一格很宽，写满了整整一行也没有换行的内容，用来说明列宽"
    found = read(
        row(1, 公开内容="机构职能、领导信\n息、内设机构的职\n能"),
        row(2, 公开内容="机构职能\n领导信息\n内设机构"),
        row(3, 公开内容=wide),
    )
    assert found.values("content")[:2] == [
        ("机构职能、领导信息、内设机构的职能",),
        ("机构职能", "领导信息", "内设机构"),
    ]
    assert found.cells("ZW025") == ["目录!D2"]
    assert found.cells("ZW026") == ["目录!D3"]


@pytest.mark.parametrize(
    ("written", "elements"),
    [
        ("1.甲；2.乙；3.丙。", ("甲", "乙", "丙")),
        ("1、甲\n2、乙", ("甲", "乙")),
        ("1．甲2．乙", ("甲", "乙")),
        ("（1）甲（2）乙", ("甲", "乙")),
        ("1)甲 2)乙", ("甲", "乙")),
        ("①甲；②乙（1）丙（2）丁", ("甲", "乙（1）丙（2）丁")),
        ("（一）甲\n（二）乙", ("甲", "乙")),
        ("一、甲\n二、乙", ("甲", "乙")),
        ("●甲●乙", ("甲", "乙")),
        ("●甲 〇乙", ("甲", "乙（可选）")),
        ("甲；乙；", ("甲", "乙")),
        ("甲（含乙；丙）；丁", ("甲（含乙；丙）", "丁")),
        ("办理时间；\n7地点", ("办理时间", "7地点")),
        ("1.甲；\n2乙；\n3.丙", ("甲", "乙", "丙")),
        ("按规定公开下列内容：\n1.甲；\n2.乙", ("按规定公开下列内容", "甲", "乙")),
        ("2020年1.5倍补贴", ("2020年1.5倍补贴",)),
        ("1、2026年度预算；2、2027年度预算", ("2026年度预算", "2027年度预算")),
        ("二〇二六年计划", ("二〇二六年计划",)),
        ("第1.2条所列事项", ("第1.2条所列事项",)),
        ("1.10个工作日内的事项；2.其他", ("10个工作日内的事项", "其他")),
        ("1.5倍补贴标准", ("1.5倍补贴标准",)),
        ("1.甲；2.乙；4.丁", ("甲", "乙", "丁")),
        ("1.甲；\n2.乙；\n2.丙", ("甲", "乙", "丙")),
        ("1.甲：2021年至2022年的情况；2.乙", ("甲：2021年至2022年的情况", "乙")),
    ],
)  # fmt: skip
def test_numbered_elements_are_split(written: str, elements: tuple[str, ...]) -> None:
    assert read(row(1, 公开内容=written)).values("content")[0] == elements


def test_bases_are_parted_law_by_law() -> None:
    written = "《土地管理法》、《国务院<关于某事>的通知》（国发〔2016〕8号）《城乡规划法》第五条和《政府信息公开条例》"
    assert read(row(1, 公开依据=written)).values("basis") == [
        (
            "《土地管理法》",
            "《国务院<关于某事>的通知》（国发〔2016〕8号）",
            "《城乡规划法》第五条",
            "《政府信息公开条例》",
        )
    ]


TICKS = (*HEADER[:8], "公开对象-全社会", "公开对象-特定群体", "公开方式-主动", "公开方式-依申请")


def ticked(*ticks: object) -> list[object]:
    return [*row(1)[:8], *ticks]


@pytest.mark.parametrize("tick", ["√", "✓", "☑", "■", "●", "V", "是", 1, "t"])
def test_ticks_of_every_kind(tick: object) -> None:
    found = read(ticked(tick, "", tick, "□"), header=TICKS)
    assert found.values("audience") == [("全社会",)]
    assert found.values("disclosure") == ["主动公开"]


def test_words_in_place_of_a_tick_are_kept_and_told() -> None:
    found = read(ticked("", "√项目单位", "√", ""), ticked("", "村集体成员", "√", ""), header=TICKS)
    assert found.values("audience") == [("特定群体（项目单位）",), ("特定群体（村集体成员）",)]
    assert found.cells("ZW027") == ["目录!J2", "目录!J3"]


def test_both_methods_ticked_is_open_to_nobody_and_told() -> None:
    found = read(ticked("√", "", "√", "√"), header=TICKS)
    assert found.values("disclosure") == ["主动公开、依申请公开"]
    assert found.cells("ZW034") == ["目录!K2"]


def test_numbers_days_and_wide_digits() -> None:
    header = (*HEADER, "发布日期", "修订日期", "编号", "门牌")
    found = read(
        [*row(1, 公开时限="自信息形成之日起２０个工作日内"), date(2026, 3, 5), 46086, 1.0, 7.0],
        [*row(2), "2026年3月5日", "二〇二六年三月五日", "2.0", "３号"],
        [*row(3), "三月里", None, "A3", None],
        header=header,
    )
    assert found.values("time_limit")[0] == "自信息形成之日起20个工作日内"
    assert found.values("published_on") == ["2026-03-05", "2026-03-05", ""]
    assert found.values("revised_on") == ["2026-03-05", "2026-03-05", ""]
    assert [item.id for item in found.table.rows] == ["1", "2", "A3"]
    assert [item.extra.get("门牌", "") for item in found.table.rows] == ["7", "３号", ""]
    assert found.cells("ZW028") == ["目录!F2", "目录!L2", "目录!K3", "目录!L3", "目录!M3"]
    assert found.cells("ZW044") == ["目录!K4"]


def test_a_day_without_a_year_stays_one() -> None:
    import io

    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "目录"
    for cells in (HEADER, row(1, 公开时限=date(2026, 1, 31))):
        book.active.append(list(cells))
    book.active["F2"].number_format = 'm"月"d"日"'
    found = io.BytesIO()
    book.save(found)
    assert Read(found.getvalue()).values("time_limit") == ["1月31日"]


def test_rows_that_are_no_entries_are_left_out_and_told() -> None:
    blank: list[object] = [None] * len(HEADER)
    found = read(
        row(1),
        [2, *blank[1:]],
        ["合计", None, None, "2项", *blank[4:]],
        ["注：1.本目录由办公室解释。", *blank[1:]],
        ["填表人：张三", None, None, None, "联系电话：0000", *blank[5:]],
    )
    assert len(found.fields) == 1
    assert found.cells("ZW029") == ["目录!第3行", "目录!第4行", "目录!第5行", "目录!第6行"]


def test_a_row_of_a_subject_alone_heads_those_below() -> None:
    header = ("一级事项", "二级事项", "公开内容", "公开时限")
    found = read(["机构信息"], [None, "领导", "姓名", "1年"], ["财政", None, "预算", "1年"], header=header)
    assert found.values("subject") == [("机构信息", "领导"), ("财政",)]
    assert found.cells("ZW029") == ["目录!第2行"]


def test_the_heading_of_a_group_across_the_table_is_told() -> None:
    found = read(["一、机构信息"], row(1), merges=("A2:J2",))
    assert len(found.fields) == 1
    assert found.cells("ZW049") == ["目录!A2"]


def test_joined_cells_fill_contents_and_limits_and_blank_ones_do_not() -> None:
    rows = [row(1), row(2, 公开内容=None, 公开时限=None), row(3, 公开时限=None)]
    joined = read(*rows, merges=("D2:D3", "F2:F3"))
    assert joined.values("content") == [("机构职能",)] * 3
    assert joined.values("time_limit") == [LIMIT, LIMIT, ""]
    assert joined.cells("ZW020") == ["目录!D2:D3", "目录!F2:F3"]
    assert read(*rows).values("content") == [("机构职能",), (), ("机构职能",)]


def test_a_row_that_lost_its_joined_cells_goes_on_from_the_one_above() -> None:
    going_on: list[object] = [None, None, None, None, None, "收到批准文件之日起10个工作日内", None, None, None, None]
    rows = [HEADER, row(1), going_on, row(2)]
    found = Read(text_table(rows), "目录.csv")
    assert found.values("content") == [("机构职能",)] * 3
    assert found.values("time_limit")[1] == "收到批准文件之日起10个工作日内"
    assert found.values("disclosure") == ["主动公开"] * 3
    assert found.cells("ZW042") == ["第3行"]


def test_further_contents_of_a_row_share_the_rest_with_it() -> None:
    more: list[object] = [None, None, None, "内设机构", *[None] * 6]
    found = Read(text_table([HEADER, row(1), more, row(2)]), "目录.csv")
    assert found.values("content") == [("机构职能",), ("内设机构",), ("机构职能",)]
    assert found.values("time_limit") == [LIMIT] * 3
    assert found.values("subject")[1] == ("机构信息", "事项1")
    assert found.cells("ZW042") == ["第3行"]


def test_limits_that_cannot_be_counted_are_told() -> None:
    found = read(row(1, 公开时限="另行研究"), row(2))
    assert found.values("time_limit")[0] == "另行研究"
    assert found.cells("ZW043") == ["目录!F2"]


def test_a_cell_made_harmless_is_given_back() -> None:
    found = read(row(1, 公开内容="'=1+1", 公开依据="'-3"), row(2, 公开内容="'单引号"))
    assert found.values("content") == [("=1+1",), ("'单引号",)]
    assert found.values("basis")[0] == ("-3",)


@pytest.mark.parametrize(
    ("written", "channels"),
    [
        ("政府网\n站、公示栏", ("政府网站", "公示栏")),
        ("村（居）公示栏\n政府网站", ("村（居）公示栏", "政府网站")),
        ("政府网站\n平潭发布", ("政府网站", "平潭发布")),
    ],
)
def test_channels_that_a_narrow_column_cut(written: str, channels: tuple[str, ...]) -> None:
    assert read(row(1, 公开渠道和载体=written)).values("channels") == [channels]


def test_a_column_that_cuts_all_its_lines_is_known_as_one_and_a_short_list_is_not() -> None:
    cut = [
        row(1, 公开内容="自信息形\n成或者变\n更的情况"),
        row(2, 公开内容="办理的流\n程"),
        row(3, 公开内容="受理的条\n件说明"),
    ]
    assert read(*cut).values("content") == [("自信息形成或者变更的情况",), ("办理的流程",), ("受理的条件说明",)]
    assert read(row(1, 公开内容="申请材料清单\n办理流程")).values("content") == [("申请材料清单", "办理流程")]


def test_documents_named_by_their_numbers_are_parted() -> None:
    written = "《预算法》（2018年修正）第十四条、第二十二条、财预〔2016〕143号，国办发〔2017〕97号"
    assert read(row(1, 公开依据=written)).values("basis") == [
        ("《预算法》（2018年修正）第十四条、第二十二条", "财预〔2016〕143号", "国办发〔2017〕97号")
    ]


def test_bases_one_a_line() -> None:
    assert read(row(1, 公开依据="国办发〔2016〕8号\n县政发〔2020〕3号")).values("basis") == [
        ("国办发〔2016〕8号", "县政发〔2020〕3号")
    ]
    assert read(row(1, 公开依据="《中华人民共和国\n土地管理法》")).values("basis") == [
        ("《中华人民共和国土地管理法》",)
    ]
