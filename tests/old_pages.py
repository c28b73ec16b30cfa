"""Pages of old columns in the shapes that vendors give them, written by hand: one document in fourteen kinds of markup.

Each shape takes the paragraphs of a text and gives the bytes of a page; what stands around the text is never part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

TITLE = "示范县人民政府办公室关于做好冬季供暖工作的通知"
META = {
    "索引号": "119999000000000198/2026-00012",
    "主题分类": "城乡建设、环境保护/城乡建设",
    "发文机关": "示范县人民政府办公室",
    "成文日期": "2026年10月08日",
    "发文字号": "示政办发〔2026〕12号",
    "发布日期": "2026年10月12日",
}
PARAGRAPHS = (
    "各乡镇人民政府、街道办事处，县政府各部门：",
    "为做好今年冬季供暖工作，保障群众温暖过冬，经县政府同意，现将有关事项通知如下。",
    "一、提前做好准备",
    "各供热企业要在10月25日前完成设备检修，备足燃料，落实应急队伍；老旧管网改造要在供暖前全部完工。",
    "二、加强服务保障",
    "供热企业要公布24小时服务电话，接到报修后2小时内到场。室内温度不得低于18℃，达不到的要按规定退费。",
    "示范县人民政府办公室",
    "2026年10月8日",
)
NAVIGATION = '<div class="n1"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/zmhd/">政民互动</a><a href="/bsfw/">办事服务</a></div>'
PLACE = '<div>您当前的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 正文</div>'
FOOTER = (
    '<div class="f9"><a href="/map.html">网站地图</a><a href="/lxwm.html">联系我们</a><p>主办单位：示范县人民政府办公室　承办单位：示范县大数据中心</p>'
    "<p>网站标识码：9999000001　示ICP备00000000号　示公网安备 99999900000000号</p></div>"
)
RELATED = (
    "<div><h3>相关信息</h3><ul>"
    + "".join(f'<li><a href="/2026/{n}.html">示范县召开第{n}次常务会议研究部署重点工作</a><span>2026-09-0{n}</span></li>' for n in range(1, 9))
    + "</ul></div>"
)  # fmt: skip
TOOLS = '<div>【字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】【<a href="#">打印</a>】【<a href="#">关闭</a>】</div>'
SHARE = '<div>分享到：<a href="#">微信</a><a href="#">微博</a></div><div>扫一扫在手机打开当前页</div>'
NEIGHBOURS = '<div>上一篇：<a href="a.html">关于调整公交线路的通告</a></div><div>下一篇：<a href="b.html">关于停水的通告</a></div>'

Paragraphs = Sequence[str]


def _page(body: str, head: str = "", charset: str = "utf-8") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{TITLE}_示范县人民政府</title>{head}'
        f"<script>var a = '<p>不是正文</p>';</script><style>p {{ color: red }}</style></head><body>{body}</body></html>"
    )


def _ps(paragraphs: Paragraphs) -> str:
    return "".join(f"<p>　　{text}</p>\n" for text in paragraphs)


def table_metadata(paragraphs: Paragraphs) -> bytes:
    """A table of labels above the text, each label and its value in cells of their own."""
    items = [*META.items()]
    rows = "".join(
        f"<tr><td><b>{a[0]}：</b></td><td>{a[1]}</td><td><b>{b[0]}：</b></td><td>{b[1]}</td></tr>"
        for a, b in zip(items[::2], items[1::2], strict=True)
    )
    table = f'<table width="700"><tr><td><b>标　　题：</b></td><td colspan="3">{TITLE}</td></tr>{rows}</table>'
    return _page(f"{NAVIGATION}{PLACE}{table}<div><div>{_ps(paragraphs)}</div></div>{SHARE}{FOOTER}").encode()


def definition_list(paragraphs: Paragraphs) -> bytes:
    """A definition list beside the text."""
    pairs = "".join(f"<dt>{key}</dt><dd>{value}</dd>" for key, value in {"名称": TITLE, **META}.items())
    return _page(
        f"<div>{NAVIGATION}</div><div><dl>{pairs}</dl><h1>{TITLE}</h1>{TOOLS}<div>{_ps(paragraphs)}</div></div>{RELATED}{FOOTER}"
    ).encode()


def division_pairs(paragraphs: Paragraphs) -> bytes:
    """Pairs of divisions, a label in one and its value in the other, without colons."""
    pairs = "".join(
        f'<div class="r"><div class="k">{key}</div><div class="v">{value}</div></div>'
        for key, value in {"信息名称": TITLE, **META}.items()
    )
    return _page(
        f"{NAVIGATION}<div>{pairs}</div><div>{TITLE}</div><div>{_ps(paragraphs)}</div>{NEIGHBOURS}{FOOTER}"
    ).encode()


def tags_only(paragraphs: Paragraphs) -> bytes:
    """Meta tags alone, and a bar under the title."""
    head = (
        '<meta name="SiteName" content="示范县人民政府"><meta name="ColumnName" content="通知公告">'
        f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2026-10-12 09:30">'
        '<meta name="ContentSource" content="示范县人民政府办公室"><meta name="Keywords" content="供暖,冬季">'
    )
    bar = (
        "<div><span>发布时间：2026-10-12 09:30</span><span>来源：县政府办</span><span>浏览次数：<i>128</i></span></div>"
    )
    return _page(
        f"{NAVIGATION}{PLACE}<div><h1>{TITLE}</h1>{bar}<div>{_ps(paragraphs)}</div>{SHARE}</div>{FOOTER}", head
    ).encode()


def list_metadata(paragraphs: Paragraphs) -> bytes:
    """A list of labels and values, the text in an editor's own wrapping with a style sheet inside."""
    items = "".join(
        f"<li><strong>{key}:</strong><span>{value}</span></li>" for key, value in {"标题": TITLE, **META}.items()
    )
    text = "".join(
        f'<p style="text-indent:2em"><span style="font-family:仿宋"><span>{text[:cut]}</span>{text[cut:]}</span></p>'
        for text in paragraphs
        for cut in [0 if "&" in text else len(text) // 2]
    )
    return _page(
        f"{NAVIGATION}<div><ul>{items}</ul></div><div><div><div class=TRS_Editor><style>.TRS_Editor P{{}}</style>"
        f'<div class="Custom_UnionStyle">{text}</div></div></div></div>{RELATED}{FOOTER}'
    ).encode()


def vendor_table(paragraphs: Paragraphs) -> bytes:
    """A small table of labels with the values in the same cells, comments around the text, everything in one frame of tables."""
    cells = [f"<td>{key}：{value}</td>" for key, value in META.items()]
    rows = "".join(f"<tr>{a}{b}</tr>" for a, b in zip(cells[::2], cells[1::2], strict=True))
    return _page(
        f'<table id="c"><tr><td>{NAVIGATION}</td></tr><tr><td><table>{rows}</table></td></tr>'
        f"<tr><td align=center>{TITLE}</td></tr><tr><td><!--<$[信息内容]>begin--><div id=zoom>{_ps(paragraphs)}</div><!--end--></td></tr>"
        f"<tr><td>{TOOLS}</td></tr><tr><td>{FOOTER}</td></tr></table>"
    ).encode()


def platform_page(paragraphs: Paragraphs) -> bytes:
    """A provincial platform: eight rows of labels, the title, tools, text and an attachment below it."""
    keys = {"索引号": META["索引号"], "分类": META["主题分类"], "发布机构": META["发文机关"], "成文日期": "2026-10-08",
            "名称": TITLE, "文号": META["发文字号"], "发布日期": "2026-10-12", "主题词": "供暖"}  # fmt: skip
    rows = "".join(f'<tr><td class="t">{key}:</td><td><span>{value}</span></td></tr>' for key, value in keys.items())
    return _page(
        f'<div>无障碍 | 长者助手 | 收藏</div>{NAVIGATION}<div class="w"><table><tbody>{rows}</tbody></table><h1>{TITLE}</h1>'
        f"<div><span>发布日期：2026-10-12 09:30:00</span><span>浏览次数：-</span></div><div>{_ps(paragraphs)}"
        f'<p>附件：<a href="gongnuan.pdf">供暖企业名单.pdf</a></p></div>{SHARE}</div>{FOOTER}'
    ).encode()


def nested_tables_gbk(paragraphs: Paragraphs) -> bytes:
    """Old: tables in tables, fonts, lines cut by breaks and indented with hard blanks, in GBK."""
    text = "<br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{text}" for text in paragraphs)
    metadata = "".join(
        f'<tr><td width="80"><font color="#333333">{key[0]} {key[1:]}</font></td><td>{value}</td></tr>'
        for key, value in META.items()
    )
    inner = (
        f'<table width="100%"><tr><td><table>{metadata}</table></td></tr><tr><td align="center"><font size="5">{TITLE}</font></td></tr>'
        f'<tr><td><font size="3">{text}</font></td></tr></table>'
    )
    return _page(
        f'<table><tr><td>{NAVIGATION}</td></tr><tr><td><table><tr><td width="200">{RELATED}</td><td>{inner}</td></tr></table></td></tr>'
        f"<tr><td>{FOOTER}</td></tr></table>",
        charset="gb2312",
    ).encode("gb18030")


def form_page(paragraphs: Paragraphs) -> bytes:
    """Everything inside one form, with hidden fields and a list of departments beside the text."""
    meta = "".join(f"<p>{key}：{value}</p>" for key, value in META.items())
    return _page(
        f'<form action="x.aspx"><input type=hidden value="不是正文也不能出现的很长的一串状态值"><div>{NAVIGATION}</div>'
        f'<div><div><h2>{TITLE}</h2><div class="m">{meta}</div><div>{_ps(paragraphs)}</div></div>'
        f"<div><select><option>示范县教育局</option></select>{RELATED}</div></div>{FOOTER}</form>"
    ).encode()


def one_line_bar(paragraphs: Paragraphs) -> bytes:
    """All labels in one line."""
    bar = "　".join(f"{key}：<span>{value}</span>" for key, value in META.items())
    return _page(f"{NAVIGATION}{PLACE}<h1>{TITLE}</h1><p>{bar}</p>{TOOLS}<div>{_ps(paragraphs)}</div>{FOOTER}").encode()


def modern_page(paragraphs: Paragraphs) -> bytes:
    """Elements of HTML5."""
    pairs = "".join(f"<div><span>{key}</span><span>{value}</span></div>" for key, value in META.items())
    return _page(
        f"<header>{NAVIGATION}</header><nav>{RELATED}</nav><main><article><h1>{TITLE}</h1><section>{pairs}</section>"
        f"<section>{_ps(paragraphs)}</section></article><aside>{RELATED}</aside></main><footer>{FOOTER}</footer>"
    ).encode()


def signature_apart(paragraphs: Paragraphs) -> bytes:
    """The signature and the day in divisions of their own behind the text."""
    meta = "".join(f"<tr><th>{key}</th><td>{value}</td></tr>" for key, value in {"标题": TITLE, **META}.items())
    return _page(
        f"{NAVIGATION}<table>{meta}</table><div><div>{_ps(paragraphs[:-2])}</div>"
        f'<div style="text-align:right">{paragraphs[-2]}</div><div style="text-align:right">{paragraphs[-1]}</div></div>{SHARE}{FOOTER}'
    ).encode()


def divisions_as_lines(paragraphs: Paragraphs) -> bytes:
    """Every paragraph a division, every label an element of its own in one division."""
    pairs = "".join(f"<label>{key}</label><em>{value}</em>" for key, value in META.items())
    lines = "".join(f"<div><span>{text}</span></div>" for text in paragraphs)
    return _page(f"{NAVIGATION}<div>{pairs}</div><div>{TITLE}</div><div>{lines}</div>{NEIGHBOURS}{FOOTER}").encode()


def wide_breaks(paragraphs: Paragraphs) -> bytes:
    """The text straight in the body's only division, its paragraphs parted by two breaks."""
    meta = "<br>".join(f"{key}：{value}" for key, value in META.items())
    return _page(
        f"{NAVIGATION}<div>{meta}</div><center>{TITLE}</center><div>{'<br><br>'.join(paragraphs)}</div>{FOOTER}"
    ).encode()


SHAPES: dict[str, Callable[[Paragraphs], bytes]] = {
    shape.__name__: shape
    for shape in (
        table_metadata, definition_list, division_pairs, tags_only, list_metadata, vendor_table, platform_page,
        nested_tables_gbk, form_page, one_line_bar, modern_page, signature_apart, divisions_as_lines, wide_breaks,
    )
}  # fmt: skip
ATTACHED = "附件：供暖企业名单.pdf"
"""What `platform_page` has below its paragraphs."""
