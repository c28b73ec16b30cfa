"""What readers see of a document's Markdown, and what never reaches them."""

import re
import time
from html.parser import HTMLParser

import pytest

from zwgk_site.stages.render.body import Heading, convert_body, join_body, show_redactions
from zwgk_site.stages.render.body.convert import convert_by_reference
from zwgk_site.stages.render.body.guard import MOST_CHARACTERS
from zwgk_site.stages.render.body.policy import KEPT
from zwgk_site.text.redaction import make_token, split_redactions


def html(source):
    return join_body(convert_body(source), lambda url: url)


def paragraph(source):
    result = html(source)
    assert result.startswith("<p>")
    assert result.endswith("</p>")
    return result[3:-4]


# --- emphasis and plain words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("**“重点”**内容", "<strong>“重点”</strong>内容"),
        ("**注意：**请", "<strong>注意：</strong>请"),
        ("文字**《办法》**文字", "文字<strong>《办法》</strong>文字"),
        ("*第一*，", "<em>第一</em>，"),
        ("*甲**乙*丙", "*甲**乙*丙"),
        ('[]("(甲乙', '[]("(甲乙'),
        ('![]("(甲乙', '![]("(甲乙'),
        ("***甲***乙", "<strong><em>甲</em></strong>乙"),
        ("snake_case_字", "snake_case_字"),
        ("中_文_字", "中_文_字"),
        ("填空：________", "填空：________"),
        ("a**b", "a**b"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("{{ secret }}{% if x %}", "{{ secret }}{% if x %}"),
        ("AT&T &amp; &lt;b&gt;", "AT&amp;T &amp; &lt;b&gt;"),
        ("\\*不斜\\*", "*不斜*"),
        ("`a|b` 与 ``c`d``", "<code>a|b</code> 与 <code>c`d</code>"),
        ("`<br>` 与 `**x**`", "<code>&lt;br&gt;</code> 与 <code>**x**</code>"),
        ("单`个", "单`个"),
        ("甲\u200b乙\u202e丙\ufeff丁\x00\x07", "甲乙丙丁"),
        ("甲&#8203;乙&#x202e;丙&zwj;丁&#1;", "甲乙丙丁"),
        ("\ud800半", "\ufffd半"),
    ],
)
def test_words_and_emphasis(source, shown):
    assert paragraph(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<中华人民共和国水法>", "&lt;中华人民共和国水法&gt;"),
        ("《<中华人民共和国水法>办法》", "《&lt;中华人民共和国水法&gt;办法》"),
        ("<<中华人民共和国水法>办法>", "&lt;&lt;中华人民共和国水法&gt;办法&gt;"),
        ("见<附件1>。", "见&lt;附件1&gt;。"),
        ("a<b", "a&lt;b"),
        ("1<2>0", "1&lt;2&gt;0"),
        ("<foo>x</foo>", "&lt;foo&gt;x&lt;/foo&gt;"),
        ("方案<B>", "方案&lt;B&gt;"),
        ("\\<b>x</b>", "&lt;b&gt;x"),
        ("甲<!-- 注 -->乙", "甲乙"),
        ("甲<!-- 注", "甲&lt;!-- 注"),
        ("甲<script>alert(1)</script>乙", "甲乙"),
        ("甲<script>乙", "甲乙"),
        ("甲<font color=red>乙</font>", "甲乙"),
        ("甲<o:p></o:p>", "甲"),
        ("H<sub>2</sub>O、m<sup>2</sup>、<u>下划线</u>", "H<sub>2</sub>O、m<sup>2</sup>、<u>下划线</u>"),
        ("甲<br>乙<br/>丙", "甲<br>乙<br>丙"),
        ("<span class=x id=y style='a' onclick=b>甲</span>", "<span>甲</span>"),
    ],
)
def test_angle_brackets_are_text_unless_they_are_allowed_tags(source, shown):
    assert paragraph(source) == shown


# --- paragraphs ---------------------------------------------------------------------------------------------------


def test_full_width_and_four_space_indents_are_not_code():
    assert (
        html("　　第一条 甲\n\n    第二条 乙\n\n\t第三条 丙") == "<p>第一条 甲</p>\n<p>第二条 乙</p>\n<p>第三条 丙</p>"
    )


def test_line_ends_between_chinese_characters_vanish():
    assert paragraph("为了规范\n政府**信息**\n公开，\n制定 A\nB") == "为了规范政府<strong>信息</strong>公开，制定 A\nB"


def test_two_spaces_at_a_line_end_break_the_line():
    assert paragraph("甲  \n乙") == "甲<br>\n乙"


def test_numbered_articles_are_paragraphs():
    assert html("第一条 甲\n\n（一）乙\n\n1、丙\n\n2）丁\n\n2026年5月").count("<p>") == 5


def test_fences_keep_their_text():
    assert html("```python\n<b>  \n\n- a\n```\n后") == "<pre><code>&lt;b&gt;  \n\n- a\n</code></pre>\n<p>后</p>"


def test_unclosed_fence_is_text():
    assert html("```\n# 标题") == '<p>```</p>\n<h2 id="s-1">标题</h2>'


# --- headings -----------------------------------------------------------------------------------------------------


def test_headings_begin_at_two_and_skip_no_level():
    body = convert_body("# 一\n\n## 二\n\n#### 四\n\n## 又二\n\n# 又一")
    assert [(heading.level, heading.id) for heading in body.headings] == [
        (2, "s-1"),
        (3, "s-1-1"),
        (4, "s-1-1-1"),
        (3, "s-1-2"),
        (2, "s-2"),
    ]
    assert re.findall(r'<h(\d) id="([^"]*)">', body.parts[0]) == [(str(h.level), h.id) for h in body.headings]


def test_heading_text_is_without_markup():
    body = convert_body("## **第一章** [总则](a.html) & <b>x</b> ##")
    assert body.headings == (Heading(2, "s-1", "第一章 总则 & x"),)


def test_underlined_headings_are_read():
    assert html("标题\n====\n\n小题\n----") == '<h2 id="s-1">标题</h2>\n<h3 id="s-1-1">小题</h3>'


def test_hash_without_space_is_a_topic_and_two_are_a_heading():
    assert html("#话题#") == "<p>#话题#</p>"
    assert html("##总则") == '<h2 id="s-1">总则</h2>'


def test_seven_levels_stay_within_six():
    levels = [heading.level for heading in convert_body("\n".join("#" * n + f" {n}" for n in range(1, 7))).headings]
    assert levels == [2, 3, 4, 5, 6, 6]


# --- lists --------------------------------------------------------------------------------------------------------


def test_list_needs_no_blank_line_before_it():
    assert html("包括：\n- 甲\n- 乙") == "<p>包括：</p>\n<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"


def test_number_inside_a_paragraph_begins_no_list_unless_it_is_one():
    assert html("见第\n2. 款") == "<p>见第\n2. 款</p>"
    assert "<ol>" in html("如下：\n1. 甲\n2. 乙")


def test_list_keeps_its_first_number():
    assert html("3. 丙\n4. 丁") == '<ol start="3">\n<li>丙</li>\n<li>丁</li>\n</ol>'


@pytest.mark.parametrize("indent", ["  ", "   ", "    ", "\t"])
def test_lists_nest_by_any_indent(indent):
    assert html(f"- 甲\n{indent}- 乙\n- 丙") == "<ul>\n<li>甲<ul>\n<li>乙</li>\n</ul>\n</li>\n<li>丙</li>\n</ul>"


def test_two_kinds_of_list_are_two_lists():
    assert html("- 甲\n1. 乙") == "<ul>\n<li>甲</li>\n</ul>\n<ol>\n<li>乙</li>\n</ol>"


# --- tables -------------------------------------------------------------------------------------------------------


def rows(source):
    return [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", html(source), re.DOTALL)
    ]


@pytest.mark.parametrize(
    ("source", "cells"),
    [
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", [["甲", "乙"], ["1", "2"]]),
        ("| 甲 | 乙 |\n|---|\n| 1 | 2 | 3 |", [["甲", "乙", ""], ["1", "2", "3"]]),
        ("| 甲 | 乙 |\n|---|---|---|\n| 1 |", [["甲", "乙"], ["1", ""]]),
        ("|甲|乙|\n|1|2|", [["甲", "乙"], ["1", "2"]]),
        ("甲|乙\n-|-\n1|2", [["甲", "乙"], ["1", "2"]]),
        ("|---|---|\n| 甲 | 乙 |\n| 1 | 2 |", [["甲", "乙"], ["1", "2"]]),
        ("| 甲 | 乙 |\n|---|---|\n| `a|b` | c\\|d |", [["甲", "乙"], ["<code>a|b</code>", "c|d"]]),
        ("| 甲 |\n|---|\n| - |\n| --- |", [["甲"], ["-"], ["---"]]),
        ("文字\n| 甲 | 乙 |\n| - | - |\n| 1 | 2 |\n文字", [["甲", "乙"], ["1", "2"]]),
    ],
)
def test_no_cell_of_a_ragged_table_is_lost(source, cells):
    assert rows(source) == cells
    assert convert_body(source).has_table


def test_single_line_with_pipes_is_text():
    assert paragraph("|甲|乙|") == "|甲|乙|"


def test_table_is_a_named_region_that_scrolls():
    source = "## 名单\n\n|甲|乙|\n|1|2|\n\n|丙|丁|\n|3|4|"
    regions = re.findall(
        r'<div class="table-wrap" tabindex="0" role="region" aria-label="([^"]*)"><table>', html(source)
    )
    assert regions == ["名单", "名单（2）"]
    assert 'aria-label="表格1"' in html("|甲|乙|\n|1|2|")


def test_first_row_names_the_columns():
    assert html("|甲|乙|\n|1|2|").count('<th scope="col">') == 2


def test_alignment_is_an_attribute_not_a_style():
    assert '<td align="right">' in html("|甲|\n|--:|\n|1|")


def test_redacted_cells_are_not_split():
    text = split_redactions("| 姓名 | 电话 |\n|---|---|\n| {不公开:个人隐私|张|三} | 1 |").text
    assert rows(text)[1] == [make_token(0), "1"]


def test_merged_cells_of_html_tables_are_kept():
    source = '<table border="1" style="x"><tr><td rowspan="2" colspan=3 onclick="a">甲</td></tr></table>'
    assert '<td colspan="3" rowspan="2">甲</td>' in html(source)


# --- links, images, footnotes -------------------------------------------------------------------------------------


def test_body_is_cut_at_every_link_target():
    body = convert_body("[甲](a.html) ![图](b.png)")
    assert body.parts == ('<p><a href="', "a.html", '">甲</a> <img src="', "b.png", '" alt="图" loading="lazy"></p>')


def test_targets_come_out_as_they_were_written_and_go_in_escaped():
    body = convert_body("[甲](a.html?x=1&y=<2>) [乙](<附 件(1).pdf>) <https://a.cn/x_y_z?a=1&b=2>")
    assert body.parts[1::2] == ("a.html?x=1&y=<2>", "附 件(1).pdf", "https://a.cn/x_y_z?a=1&b=2")
    assert join_body(body, lambda _url: '"><b>').count('href="&quot;&gt;&lt;b&gt;"') == 3


def test_target_resolved_to_nothing_leaves_the_text():
    assert join_body(convert_body("[甲](a.html)乙![图](b.png)"), lambda _url: "") == (
        '<p><a>甲</a>乙<img alt="图" loading="lazy"></p>'
    )


def test_only_links_that_lead_outside_have_a_rel():
    source = "[a](https://a.cn/) [b](//b.cn/) [c](c.html) [d](mailto:a@b.cn)"
    assert re.findall(r'href="([^"]*)"( rel="noopener noreferrer")?', html(source)) == [
        ("https://a.cn/", ' rel="noopener noreferrer"'),
        ("//b.cn/", ' rel="noopener noreferrer"'),
        ("c.html", ""),
        ("mailto:a@b.cn", ""),
    ]


def test_image_has_an_alternative_text_always():
    assert paragraph("![](a.png)") == '<img src="a.png" alt="" loading="lazy">'
    assert (
        paragraph("<img src=a.png width=30 height=x srcset=b>") == '<img src="a.png" alt="" width="30" loading="lazy">'
    )


def test_footnotes_have_stable_ids_and_chinese_labels():
    shown = html("甲[^1]，乙[^注]，丙[^1]。\n\n[^1]: 说明\n[^注]: 另一")
    assert '<sup id="fnref-1"><a class="footnote-ref" href="#fn-1" aria-label="脚注1">[1]</a></sup>' in shown
    assert '<sup id="fnref-1-2">' in shown
    assert '<div class="footnotes" role="group" aria-label="脚注">' in shown
    assert '<li id="fn-2"><p>另一 <a class="footnote-back" href="#fnref-2">返回正文</a></p>' in shown
    assert convert_body("甲[^1]\n\n[^1]: 说明").parts[1:] == ()


def test_words_in_brackets_before_a_colon_are_not_taken_for_a_link_definition():
    assert paragraph("[注]: 本表数据截至2025年") == "[注]: 本表数据截至2025年"


# --- redactions ---------------------------------------------------------------------------------------------------

BAR = '<span class="redacted"><span class="redacted-bar" aria-hidden="true">████</span>'


def redact(source):
    split = split_redactions(source)
    return show_redactions(html(split.text), tuple(item.reason for item in split.redactions))


def test_redaction_is_a_bar_of_fixed_width_with_its_reason():
    reason = '<span class="redacted-reason">（因个人隐私不公开）</span></span>'
    assert redact("申请人{不公开:个人隐私|张三}。") == f"<p>申请人{BAR}{reason}。</p>"


def test_redaction_alone_is_a_block():
    assert redact("前\n:::不公开 商业秘密\n密\n:::\n后").count(f'<p class="redacted-block">{BAR}') == 1


def test_reasons_are_escaped():
    assert "（因&lt;b&gt;&quot;不公开）" in redact('{不公开:<b>"|密}')


def test_redaction_in_a_target_leaves_no_link_and_in_an_attribute_a_bar():
    assert redact("[甲]({不公开:x|密})") == "<p><a>甲</a></p>"
    assert redact("![{不公开:x|密}](a.png)") == '<p><img src="a.png" alt="████" loading="lazy"></p>'


@pytest.mark.parametrize(
    "source",
    [
        "`{不公开:x|密}`",
        "```\n{不公开:x|密}\n```",
        "## {不公开:x|密}",
        "- {不公开:x|密}",
        "|{不公开:x|密}|\n|a|",
        "**{不公开:x|密}**",
        "[{不公开:x|密}](a.html)",
        "> {不公开:x|密}",
        "甲[^1]\n\n[^1]: {不公开:x|密}",
    ],
)
def test_redactions_show_everywhere(source):
    assert redact(source).count(BAR) == 1


# --- what never gets through --------------------------------------------------------------------------------------

SCRIPTS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "javascript&#58;alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "java\u200bscript:alert(1)",
    "java&#8203;script:alert(1)",
    "java`x`script:alert(1)",
    "java[^1]script:alert(1)",
    "java<!-- -->script:alert(1)",
    "java\x00script:alert(1)",
    "feed:javascript:alert(1)",
    "file:///etc/passwd",
    "blob:x",
    "\x01javascript:alert(1)",
    "java\\script:alert(1)",
]
HOLDERS = ["[x](%s)", "![x](%s)", "[x](<%s>)", "[x][r]\n\n[r]: %s", '<a href="%s">x</a>', "<img src='%s'>", "<%s>"]
RAW = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.cn/a.js></SCRIPT>",
    "<script\n>alert(1)</script\n>",
    "<scr<script></script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror='alert(1)'",
    "<img/src=x/onerror=alert(1)>",
    '<img """><script>alert(1)</script>">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<base href=javascript:alert(1)//>",
    "<link rel=stylesheet href=x>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<style>*{x:expression(alert(1))}</style>",
    "<p style='x:expression(1)'>a</p>",
    "<div onmouseover=alert(1)>a</div>",
    "<a href=x onclick=alert(1)>a</a>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<table background=javascript:alert(1)>",
    "<td onclick=alert(1)>",
    "<a href='x' style='position:fixed' class='table-wrap' id='s-1' target=_blank>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title><script>alert(1)</script></title>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)",
    "<!--<img src='--><img src=x onerror=alert(1)>'>",
    "<!--> <script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo '<script>alert(1)</script>' ?>",
    "<!DOCTYPE html [<!ENTITY x '<script>'>]>",
    "`<script>alert(1)</script>`",
    "```\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    '![x" onerror="alert(1)](a.png)',
    '[x](a "b\\" onclick=\\"alert(1)")',
    "[x](a 'b\" onmouseover=\"alert(1)')",
    '![x](a.png "x" onerror=alert(1) "")',
    '[x](x"onclick="alert(1))',
    "[<img src=x onerror=alert(1)>](a)",
    "![<script>alert(1)</script>](a.png)",
    "**<script>alert(1)</script>**",
    "|<script>alert(1)</script>|<img src=x onerror=alert(1)>|\n|-|-|\n|a|b|",
    "- <script>alert(1)</script>\n- <img src=x onerror=alert(1)>",
    "> <script>\n> alert(1)</script>",
    "# <img src=x onerror=alert(1)>",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "[^<script>]\n\n[^<script>]: x",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script>alert(1)\\</script>",
    "<a href='&#x6A;&#x61;vascript:alert(1)'>x</a>",
    "<img src=x:alert(1) onerror=eval(src)>",
    "<b/onclick=alert(1)>x</b>",
    "<b\nonclick=alert(1)\n>x</b>",
    "<b onclick = 'alert(1)'>x</b>",
    "<u title='<script>alert(1)</script>'>x</u>",
    "<td title=`x`onclick=alert(1)>",
    "<ruby onclick=alert(1)><rt>x</ruby>",
    "<p>`</p><script>alert(1)</script>`",
    "<a title='`<script>`'>x</a>",
    "<custom-element onclick=alert(1)>x</custom-element>",
    "<x:y onclick=alert(1)>",
    "<o:p onclick=alert(1)>x</o:p>",
    "<font face=x onclick=alert(1)>x</font>",
    "\U0010ff3cscript\U0010ff3ealert(1)",
    "&#x10FF3C;script&#x10FF3E;alert(1)",
    "<img alt='\U0010fe21\U0010fe10\U0010fe2f' src=x>",
    "`code` &#x10FE21;&#x10FE10;&#x10FE2F;",
]
PAYLOADS = [holder.replace("%s", script) for holder in HOLDERS for script in SCRIPTS] + RAW
ALLOWED_CLASSES = {"table-wrap", "footnotes", "footnote-ref", "footnote-back", "plain"}
ALLOWED_ATTRIBUTES = {
    "href",
    "src",
    "alt",
    "title",
    "width",
    "height",
    "loading",
    "rel",
    "id",
    "class",
    "scope",
    "align",
    "rowspan",
    "colspan",
    "start",
    "tabindex",
    "role",
    "aria-label",
}


class Watch(HTMLParser):
    """Fails on anything that could run, restyle or impersonate."""

    def handle_starttag(self, tag, attrs):
        assert tag in KEPT | {"pre"}
        for name, value in attrs:
            assert name in ALLOWED_ATTRIBUTES
            if name == "class":
                assert value in ALLOWED_CLASSES
            if name == "id":
                assert re.fullmatch(r"s(-\d+)+|fn(ref)?-\d+(-\d+)?", value)
            if name in ("href", "src"):
                scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20\u200b]", "", value).lower())
                assert scheme is None or scheme.group(1) in {"http", "https", "mailto", "tel"}

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def test_there_are_a_hundred_payloads_at_least():
    assert len(set(PAYLOADS)) > 200


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("around", ["%s", "甲%s乙", "<div>%s</div>", "- a\n\n  %s"])
def test_no_payload_survives(payload, around):
    for convert in (convert_body, convert_by_reference):
        watch = Watch(convert_charrefs=True)
        watch.feed(join_body(convert(around.replace("%s", payload)), lambda url: url))
        watch.close()


# --- limits -------------------------------------------------------------------------------------------------------

STORMS = {
    "one long line": "字" * 2_000_000,
    "stars": "*" * 100_000,
    "spaced stars": "* " * 50_000,
    "open emphasis": "*a " * 30_000,
    "alternating emphasis": "*a **b " * 200 + "**c* " * 200,
    "brackets": "[" * 50_000,
    "link starts": "[a](" * 30_000,
    "footnote marks": "[^1]" * 50_000,
    "quotes": ">" * 5_000,
    "quotes by line": "\n".join(">" * depth for depth in range(1, 500)),
    "backticks": "`" * 100_000,
    "backtick lengths": " ".join("`" * length for length in range(1, 600)),
    "fence lengths": "\n".join("`" * length for length in range(3, 600)),
    "nested list": "\n".join("  " * depth + "- a" for depth in range(500)),
    "markers on a line": "- " * 50_000 + "a",
    "hashes": "#" * 100_000,
    "tags": "<b>" * 50_000 + "</b>" * 50_000,
    "line breaks": "<br>" * 50_000,
    "comments": "<!--" * 50_000,
    "half tags": '<a "' * 50_000,
    "references": "&amp;" * 100_000,
    "wide table": "|" + "a|" * 20_000 + "\n|---|\n" + "|a|\n" * 5_000,
    "long table": "|a|b|\n|-|-|\n" + "|数据|数据|\n" * 20_000,
    "marks": "{不公开:a|" * 20_000,
    "blocks": ":::不公开 a\n:::\n" * 10_000,
}


@pytest.mark.parametrize("storm", STORMS)
def test_storms_take_seconds_at_most(storm):
    start = time.perf_counter()
    convert_body(split_redactions(STORMS[storm]).text)
    assert time.perf_counter() - start < 15  # about one second on a quiet machine


def test_text_beyond_the_limit_is_shown_as_typed():
    body = convert_body("**甲** <b>\n\n" + "乙" * MOST_CHARACTERS)
    assert body.parts[0].startswith('<pre class="plain">**甲** &lt;b&gt;</pre>\n<pre class="plain">乙')


def test_length_counts_visible_characters_only():
    assert convert_body(f"## 一 &amp; 二\n\n**三** {make_token(0)} <br>四").text_length == 5
