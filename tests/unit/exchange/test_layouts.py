"""The layouts that departments really use, with every row right: their columns differ, their meaning does not."""

from __future__ import annotations

import pytest

from tests.unit.exchange.tables import HEADER, KINDS, LIMIT, Read, page, row, text_table, word, xlsx

TICKED = (
    ["基层政务公开标准目录", *[None] * 13],
    ["序号", "公开事项", None, "公开内容\n（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", None, "公开方式", None, "公开层级", None],
    [None, "一级\n事项", "二级\n事项", None, None, None, None, None, "全社会", "特定\n群体", "主动", "依申请", "县级", "乡、村级"],
    [1, "社会救助", "监督检查", "信访通讯地址；投诉举报电话", "《条例》", LIMIT, "民政局、乡镇政府", "■政府网站 □政府公报 ■公开查阅点", "√", None, "√", None, "√", "√"],
    [2, None, "最低生活保障", "初审对象名单", "同上", "同上", "镇政府", "□政府网站 ■精准推送", None, "√", "√", None, None, "√"],
    [3, "卫生健康", "奖励", "法规政策", "《人口法》", "实时公开", "街道办事处", "■政府网站", "√", None, None, "√", "√", None],
)  # fmt: skip
TICKED_MERGES = (
    "A1:N1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3", "G2:G3", "H2:H3", "I2:J2", "K2:L2", "M2:N2", "B4:B5",
)  # fmt: skip


def test_national_layout_of_two_header_rows_and_ticks() -> None:
    read = Read(xlsx(TICKED, TICKED_MERGES))
    assert read.values("subject") == [
        ("社会救助", "监督检查"), ("社会救助", "最低生活保障"), ("卫生健康", "奖励"),
    ]  # fmt: skip
    assert read.values("content") == [("信访通讯地址", "投诉举报电话"), ("初审对象名单",), ("法规政策",)]
    assert read.values("time_limit") == [LIMIT, LIMIT, "实时公开"]
    assert read.values("basis")[1] == ("《条例》",)
    assert read.values("channels") == [("政府网站", "公开查阅点"), ("精准推送",), ("政府网站",)]
    assert read.values("audience") == [("全社会",), ("特定群体",), ("全社会",)]
    assert read.values("disclosure") == ["主动公开", "主动公开", "依申请公开"]
    assert read.values("levels") == [("县级", "乡级"), ("乡级",), ("县级",)] or read.values("levels") == [
        ("县级", "乡、村级"), ("乡、村级",), ("县级",),
    ]  # fmt: skip
    assert read.values("responsible_body")[0] == ("民政局", "乡镇政府")
    assert read.cells("ZW022") == ["目录!E5", "目录!F5"]
    assert read.cells("ZW020") == ["目录!B4:B5"]
    table = read.table.understood[0]
    assert (table.header_first, table.header_last, table.rows, table.merged, table.sames) == (2, 3, 3, 1, 2)


def test_the_same_without_its_joined_cells() -> None:
    """A text table forgets what was joined."""
    assert Read(text_table(TICKED), "目录.csv").fields == Read(xlsx(TICKED, TICKED_MERGES)).fields


def test_office_layout_with_three_levels_and_a_responsible_office() -> None:
    rows = (
        [
            "公开事项",
            None,
            None,
            "公开内容（要素）",
            "公开时限",
            "公开主体",
            "公开渠道和载体",
            "公开对象",
            None,
            "责任科室",
        ],
        ["一级事项", "二级事项", "三级事项", None, None, None, None, "全社会", "特定群众", None],
        ["政策文件", "行政法规", "上级文件", "全文", "7个工作日内", "政府办", "政府网站", "√", None, "秘书科"],
        [None, None, "本级文件", "全文", "7个工作日内", "政府办", "政府网站", None, "√", "秘书科"],
        [None, "规划", None, "规划文本", "7个工作日内", "政府办", "政府网站", "√", None, "综合科"],
    )
    read = Read(xlsx(rows, ("A1:C1", "D1:D2", "H1:I1")))
    assert read.values("subject") == [
        ("政策文件", "行政法规", "上级文件"), ("政策文件", "行政法规", "本级文件"), ("政策文件", "规划"),
    ]  # fmt: skip
    assert read.values("office") == ["秘书科", "秘书科", "综合科"]
    assert read.values("audience") == [("全社会",), ("特定群体",), ("全社会",)]
    assert read.cells("ZW021") == ["目录!A4", "目录!B4", "目录!A5"]


def test_layout_with_a_duration_and_a_method_in_words() -> None:
    rows = (
        ["一级事项", "二级事项", "公开要素", "公开依据", "公开时限", "公开时长", "公开范围", "公开渠道", "公开方式"],
        [
            "机构信息",
            "领导信息",
            "姓名\n职务\n分工",
            "《条例》",
            LIMIT,
            "长期，最新有效",
            "社会公众",
            "政府网站",
            "主动",
        ],
    )
    read = Read(xlsx(rows))
    assert read.fields == [
        {
            "subject": ("机构信息", "领导信息"), "content": ("姓名", "职务", "分工"), "basis": ("《条例》",),
            "time_limit": LIMIT, "duration": "长期，最新有效", "audience": ("社会公众",), "channels": ("政府网站",),
            "disclosure": "主动公开",
        }
    ]  # fmt: skip
    assert read.cells("ZW028") == ["目录!I2"]


def test_layout_of_one_column_of_matters_and_a_form() -> None:
    rows = (
        ["序号", "公开事项", "内容规范", "公开时限", "公开形式", "责任主体"],
        [1, "机构职能", "单位主要职责", "1年", "政府网站、公示栏", "县教育局"],
        [2, "招生", "招生政策；招生结果", "6个月", "政府网站", "县教育局"],
    )
    read = Read(xlsx(rows))
    assert read.values("subject") == [("机构职能",), ("招生",)]
    assert read.values("channels") == [("政府网站", "公示栏"), ("政府网站",)]
    assert read.values("content")[1] == ("招生政策", "招生结果")


def test_layout_of_six_levels_where_blank_means_as_above() -> None:
    levels = [f"{numeral}级目录" for numeral in "一二三四五六"]
    rows = (
        [*levels, "公开内容", "公开形式", "公开时限", "公开主体"],
        ["甲", "乙", "丙", "丁", "戊", "己", "内容一", "网站", "1年", "县局"],
        [None, None, None, None, None, "庚", "内容二", "网站", "1年", "县局"],
        [None, None, "辛", None, None, None, "内容三", "网站", "1年", "县局"],
        ["壬", None, None, None, None, None, "内容四", "网站", "1年", "县局"],
    )
    read = Read(xlsx(rows))
    assert read.values("subject") == [
        ("甲", "乙", "丙", "丁", "戊", "己"), ("甲", "乙", "丙", "丁", "戊", "庚"), ("甲", "乙", "辛"), ("壬",),
    ]  # fmt: skip
    assert read.cells("ZW021") == [f"目录!{letter}3" for letter in "ABCDE"] + ["目录!A4", "目录!B4"]


def test_layout_with_the_column_of_the_web_site() -> None:
    rows = (
        [
            "一级事项",
            "二级事项",
            "三级事项",
            "四级事项",
            "公开要素",
            "公开依据",
            "公开时限",
            "公开主体",
            "公开渠道",
            "公开对象",
            "网站所属栏目",
        ],
        ["甲", "乙", "丙", "丁", "要素", "《条例》", "1个月", "镇政府", "政府网站", "全社会", "镇街/公示"],
    )
    assert Read(xlsx(rows)).fields[0]["column"] == "镇街/公示"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_says_the_same(kind: str) -> None:
    rows = [HEADER, row(1), row(2, 公开内容="1.申请材料；\n2.办理流程。"), row(3, 公开方式="依申请公开")]
    read = Read(KINDS[kind](rows), f"目录.{kind}")
    assert read.fields == Read(xlsx(rows)).fields
    assert read.values("content")[1] == ("申请材料", "办理流程")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_tables_of_every_encoding_and_separator(encoding: str, separator: str) -> None:
    rows = [HEADER, row(1, 公开内容="甲,乙\n丙"), row(2)]
    read = Read(text_table(rows, separator, encoding), "目录.csv")
    assert len(read.fields) == 2
    assert ("ZW016" in read.codes()) == (encoding in ("gb18030", "utf-16"))


def test_header_stands_in_a_later_sheet_below_titles() -> None:
    import io

    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "填表说明"
    book.active.append(["请各单位于月底前填报"])
    page = book.create_sheet("基本目录")
    for cells in (["示范县教育局主动公开基本目录"], ["填报日期：2026年3月"], [], HEADER, row(1)):
        page.append(list(cells))
    found = io.BytesIO()
    book.save(found)
    read = Read(found.getvalue())
    assert read.values("subject") == [("机构信息", "事项1")]
    assert read.table.understood[0].sheet == "基本目录"
    assert "示范县教育局主动公开基本目录" in read.table.title


def test_repeated_headers_of_a_printed_list_are_skipped_and_told() -> None:
    rows = [HEADER, row(1), HEADER, row(2)]
    read = Read(xlsx(rows))
    assert len(read.fields) == 2
    assert read.cells("ZW030") == ["目录!第3行"]


def test_word_tables_go_on_over_pages_with_and_without_their_header() -> None:
    import io

    import docx

    document = docx.Document()
    for rows in ([HEADER, row(1)], [HEADER, row(2)], [row(3, 公开内容="同上")]):
        table = document.add_table(len(rows), len(HEADER))
        for number, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                table.cell(number, place).text = str(cell)
        document.add_paragraph("")
    found = io.BytesIO()
    document.save(found)
    read = Read(found.getvalue(), "目录.docx")
    assert read.values("subject") == [("机构信息", "事项1"), ("机构信息", "事项2"), ("机构信息", "事项3")]


def test_joined_cells_of_word_and_of_pages() -> None:
    import io

    import docx

    document = docx.Document()
    rows = [HEADER, row(1), row(2)]
    table = document.add_table(3, len(HEADER))
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            table.cell(number, place).text = "" if (number, place) == (2, 3) else str(cell)
    table.cell(1, 3).merge(table.cell(2, 3))
    found = io.BytesIO()
    document.save(found)
    assert Read(found.getvalue(), "目录.docx").values("content") == [("机构职能",), ("机构职能",)]
    html = page(rows).replace("<td>机构职能</td>".encode(), '<td rowspan="2">机构职能</td>'.encode(), 1)
    html = html.replace("<td>机构职能</td>".encode(), b"", 1)
    assert Read(html, "目录.html").fields == Read(xlsx(rows)).fields


def test_a_column_can_be_named_by_its_letter_or_its_header() -> None:
    rows = [[*HEADER, "承办处室", "甲列"], [*row(1), "办公室", "乙"]]
    plain = Read(xlsx(rows))
    assert plain.table.rows[0].extra == {"承办处室": "办公室", "甲列": "乙"}
    assert plain.cells("ZW018") == ["目录!K1", "目录!L1"]
    mapped = Read(xlsx(rows), maps=("承办处室=责任科室", "L=忽略"))
    assert mapped.values("office") == ["办公室"]
    assert mapped.table.rows[0].extra == {}


@pytest.mark.parametrize("wish", ["K", "K=", "=备注", "K=没有这个"])
def test_a_wish_that_makes_no_sense_is_told(wish: str) -> None:
    assert "ZW017" in Read(xlsx([HEADER, row(1)]), maps=(wish,)).codes()


def test_a_table_without_a_header_is_read_when_its_columns_are_named() -> None:
    rows = [["机构信息", "机构职能", "1年"], ["财政信息", "预算", "2年"]]
    assert "ZW001" in Read(xlsx(rows)).codes()
    read = Read(xlsx(rows), maps=("A=公开事项", "B=公开内容", "C=公开时限"))
    assert read.values("content") == [("机构职能",), ("预算",)]


def test_a_form_that_holds_methods_is_read_as_the_method() -> None:
    rows = (
        ["公开事项", "公开内容", "公开时限", "公开形式"],
        ["甲", "乙", "1年", "主动公开"],
        ["丙", "丁", "1年", "依申请公开"],
    )
    read = Read(xlsx(rows))
    assert read.values("disclosure") == ["主动公开", "依申请公开"]
    assert read.cells("ZW019") == ["目录!D1"]


def test_no_table_of_another_kind_is_taken_for_a_catalogue() -> None:
    meta = [["索引号", "001"], ["主题分类", "教育"], ["发文机关", "教育局"], ["成文日期", "2026-03-02"]]
    plan = [["姓名", "职务", "电话"], ["张三", "局长", "0000"]]
    for rows in (meta, plan):
        assert "ZW001" in Read(xlsx(rows)).codes()
        assert "ZW001" in Read(word(rows), "a.docx").codes()


def test_tables_one_below_another_with_columns_in_another_order() -> None:
    other = ("公开事项", "公开时限", "公开内容", "公开方式", "公开依据")
    rows = [
        HEADER,
        row(1),
        row(2),
        ["二、财政领域"],
        other,
        ["财政预算", "1年", "预算表；说明", "主动公开", "《预算法》"],
    ]
    read = Read(xlsx(rows))
    assert read.values("subject") == [("机构信息", "事项1"), ("机构信息", "事项2"), ("财政预算",)]
    assert read.values("content")[2] == ("预算表", "说明")
    assert read.values("time_limit")[2] == "1年"
    assert "ZW012" not in read.codes()


def test_channels_in_columns_of_their_own() -> None:
    rows = (
        ["公开事项", "公开内容", "公开时限", "公开主体", "公开渠道和载体", None, None],
        [None, None, None, None, "政府网站", "公开查阅点", "其他"],
        ["甲", "乙", "1年", "县局", "√", None, "微信公众号"],
    )
    read = Read(xlsx(rows, ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:G1")))
    assert read.values("channels") == [("政府网站", "其他（微信公众号）")]


def test_boxes_for_audiences_methods_and_levels() -> None:
    header = (*HEADER, "公开层级")
    cells = [*row(1, 公开对象="■全社会 □特定群体", 公开方式="□主动 ■依申请公开"), "■县级 ■乡级 □村级"]
    read = Read(xlsx([header, cells]))
    assert read.values("audience") == [("全社会",)]
    assert read.values("disclosure") == ["依申请公开"]
    assert read.values("levels") == [("县级", "乡级")]


def test_a_header_joined_over_subjects_without_labels_of_their_own() -> None:
    rows = (
        ["序号", "公开事项", None, "公开内容", "公开时限", "公开主体"],
        [1, "机构信息", "领导信息", "姓名", "1年", "县局"],
    )
    for data in (xlsx(rows, ("B1:C1",)), text_table(rows)):
        assert Read(data, "目录.csv").values("subject") == [("机构信息", "领导信息")]


def test_a_page_as_portals_make_them() -> None:
    """Headers in th, layout tables around, blanks of every kind, a hidden row, boxes that are inputs."""
    html = """<table><tr><td>导航<table class="x"><thead><tr><th rowspan=2>序号<th colspan="2">公开事项</th>
    <th rowspan=2>公开内容<br>（要素）<th rowspan="2">公 开 时 限<th rowspan="2">公开渠道和载体</th></tr>
    <tr><th>一级<br/>事项</th><th>二级&nbsp;事项</th></tr></thead><tbody><tr style="display:none"><td>模板</td></tr>
    <tr><td>1<td rowspan="2"><p>社会</p><p>救助</p><td>临时&#12288;救助<td><p>1.政策；</p><p>2.名单</p><td>1年
    <td><input type=checkbox checked>政府网站 <input type="checkbox">政府公报</td></tr>
    <tr><td>2<td>低保<td>名单<td>及时<td>■政府网站</td></tr></tbody></table></td></tr></table>"""
    read = Read(html.encode(), "目录.html")
    assert read.values("content") == [("政策", "名单"), ("名单",)]
    assert read.values("channels") == [("政府网站",), ("政府网站",)]
    assert [value[0] for value in read.values("subject")] == ["社会救助", "社会救助"]


def test_audiences_below_methods_tell_both() -> None:
    rows = (
        ["公开事项", "公开内容", "公开时限", "公开方式", None, None],
        [None, None, None, "主动", None, "依申请公开"],
        [None, None, None, "全社会", "特定群体", None],
        ["甲", "乙", "1年", "√", None, None],
        ["丙", "丁", "1年", None, "√", None],
        ["戊", "己", "1年", None, None, "√"],
    )
    read = Read(xlsx(rows, ("A1:A3", "B1:B3", "C1:C3", "D1:F1", "D2:E2", "F2:F3")))
    assert read.values("disclosure") == ["主动公开", "主动公开", "依申请公开"]
    assert read.values("audience") == [("全社会",), ("特定群体",), ()]


def test_two_columns_are_enough_where_somebody_has_named_one() -> None:
    rows = (["名目", "公开内容"], ["甲", "乙"])
    assert "ZW001" in Read(xlsx(rows)).codes()
    assert Read(xlsx(rows), maps=("名目=公开事项",)).values("subject") == [("甲",)]


def test_rows_that_have_neither_limit_nor_organ_shared_them_before_their_cells_were_parted() -> None:
    """As in a list of six levels whose joined cells a page or a text table has lost."""
    header = ("一级目录", "二级目录", "内容", "公开形式", "公开时限", "公开主体")
    read = Read(
        xlsx([
            header,
            ["重点领域", "部门预算", "部门预算及说明", "网站", "批复后20日内", "县财政局"],
            [None, "部门决算", "部门决算及说明", None, None, None],
            [None, "低保", "低保名单", "公示栏", None, "县民政局"],
        ])
    )  # fmt: skip
    assert read.values("time_limit") == ["批复后20日内", "批复后20日内", ""]
    assert read.values("responsible_body") == [("县财政局",), ("县财政局",), ("县民政局",)]
    assert {"目录!D3", "目录!E3", "目录!F3"} <= set(read.cells("ZW021"))


def test_what_a_header_asks_to_be_filled_in_is_no_part_of_the_value() -> None:
    header = ("公开事项", "公开内容", "公开时限", "公开主体", "公开对象", None, "公开方式", None)
    below = (None, None, None, None, "全社会", "特定群众（请写明）", "主动", "依申请")
    joined = ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:H1")
    rows = [header, below, ["老年补贴", "名单", "每月5日前", "县民政局", None, "老年人", "√", None]]
    assert Read(xlsx(rows, joined)).values("audience") == [("特定群体（老年人）",)]
