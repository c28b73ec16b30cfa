"""Reports of a check: every form says the same, holds together by itself, and runs nothing."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from tests.sites import TODAY, Raw, write_site
from tests.unit.cli.runner import zwgk
from zwgk_site.cli import reports
from zwgk_site.cli.findings import department_of, due_of, fingerprints
from zwgk_site.cli.report import text_report
from zwgk_site.cli.reports.check_schema import check_schema
from zwgk_site.cli.reports.html_parts import table
from zwgk_site.cli.reports.html_report import html_page
from zwgk_site.cli.reports.json_report import report_data
from zwgk_site.cli.reports.sarif_report import sarif_data
from zwgk_site.cli.reports.subject import (
    Report,
    ReturnedFile,
    TrendPoint,
    rank_departments,
    sum_departments,
    trend_point,
)
from zwgk_site.cli.reports.trend import append_trend, read_trend
from zwgk_site.cli.reports.xlsx_report import xlsx_bytes
from zwgk_site.cli.rule_list import all_rules
from zwgk_site.diagnostics import Diagnostic, Span
from zwgk_site.model.budgets import BudgetRow
from zwgk_site.model.performance import Performance
from zwgk_site.statute.score import BY_NAME

RULES = all_rules()
NASTY = "<script>alert(1)</script>&\"'\x00\x1b\u202e\ufffe\ud800[a](b){x}"


def finding(code: str, file: str = "content/wjj/a.md", line: int = 3, **facts: object) -> Diagnostic:
    return RULES[code].at(Span(file, line, 2, 5), **facts)  # type: ignore[arg-type]  # no fact is "related"


def report_of(*findings: Diagnostic, **given: Any) -> Report:
    held, performances = given.pop("held", ()), given.pop("performances", {})
    departments = sum_departments(findings, held, {"wjj": "示范县卫生健康局"}, performances)
    return Report(f"{TODAY} 09:00", findings, departments, **{"department_count": 1, **given})


FULL = report_of(
    finding("ZW121", key="成文日期", value=NASTY),
    finding("ZW132", "content/wjj/b.md"),
    finding("ZW110", "catalogs/jyj.yaml", problem="=cmd|' /C calc'!A0", problem_en="x"),
    RULES["ZW202"].at(
        Span("content/jyj/2026/甲 乙.md", 4, 6, 9),
        number="=1+1",
        other="x.md",
        related=(Span("content/wjj/c.md", 2, 1, 4),),
    ),
    RULES["ZW100"].at(Span("site.yaml")),
    held=("jyj",),
    performances={"wjj": Performance(8, 1, 2, 0, 1, 3, published_on_time=8, published_late=2)},
    waived=((finding("ZW205", "content/wjj/d.md"), "转来的文件"),),
    returned=(ReturnedFile("content/wjj/b.md", "+标题", (finding("ZW132", "content/wjj/b.md"),)),),
    trend=(TrendPoint("2026-11-20 09:00", 9, 4, 0), TrendPoint(f"{TODAY} 09:00", 3, 1, 0)),
    budget=(
        BudgetRow("wjj", "示范县卫生健康局", (2025, 2026), (2025,), ()),
        BudgetRow("jyj", "示范县教育局", (2026,), (), ((2025, "预算"), (2025, "决算"))),
    ),
)
EMPTY = report_of()
BOTH = pytest.mark.parametrize("report", [FULL, EMPTY], ids=["full", "empty"])


def errors_by(schema: dict[str, Any], value: Any, at: str = "$", top: dict[str, Any] | None = None) -> list[str]:
    """What a JSON Schema of the kind that we write has against a value; unknown keys count, so that none goes untold."""
    top = top or schema
    if "$ref" in schema:
        return errors_by(top["$defs"][schema["$ref"].rpartition("/")[2]], value, at, top)
    if "const" in schema or "enum" in schema:
        return [] if value in schema.get("enum", [schema.get("const")]) else [f"{at}: {value!r}"]
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}
    wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    right = any(value is None if kind == "null" else isinstance(value, kinds[kind]) for kind in wanted)
    if not right or (isinstance(value, bool) and "boolean" not in wanted):
        return [f"{at}: {value!r} is not {wanted}"]
    found = []
    if isinstance(value, dict):
        known = schema.get("properties", {})
        found += [f"{at}.{name} is missing" for name in schema.get("required", ()) if name not in value]
        for name, item in value.items():
            inner = known.get(name, schema.get("additionalProperties"))
            found += errors_by(inner, item, f"{at}.{name}", top) if inner else [f"{at}.{name} is not told"]
    elif isinstance(value, list):
        for number, item in enumerate(value):
            found += errors_by(schema["items"], item, f"{at}[{number}]", top)
    elif isinstance(value, str) and "pattern" in schema:
        found += [] if re.search(schema["pattern"], value) else [f"{at}: {value!r}"]
    elif isinstance(value, (int, float)):
        found += [] if schema.get("minimum", 0) <= value <= schema.get("maximum", value) else [f"{at}: {value!r}"]
    return found


@BOTH
def test_json_is_as_its_schema_says(report: Report) -> None:
    assert errors_by(check_schema(), json.loads(json.dumps(report_data(report), ensure_ascii=True))) == []


def test_the_check_of_the_schema_itself_refuses_what_is_wrong() -> None:
    data = report_data(FULL)
    assert errors_by(check_schema(), {**data, "errors": "3"})
    assert errors_by(check_schema(), {**data, "extra": 1})
    assert errors_by(check_schema(), {name: value for name, value in data.items() if name != "departments"})
    data["findings"][0]["severity"] = "fatal"
    assert errors_by(check_schema(), data)


def test_json_sums_by_department() -> None:
    data = json.loads(json.dumps(report_data(FULL)))
    rows = {row["code"]: row for row in data["departments"]}
    assert set(rows) == {"wjj", "jyj"}
    assert (rows["wjj"]["errors"], rows["wjj"]["warnings"], rows["wjj"]["held"]) == (1, 1, False)
    assert rows["wjj"]["name"] == "示范县卫生健康局"
    assert rows["wjj"]["performance"]["rate"] == 0.8
    assert (rows["jyj"]["errors"], rows["jyj"]["held"]) == (2, True)
    assert data["waived"][0]["reason"] == "转来的文件"
    assert rows["wjj"]["score"] == {
        "points": 96,
        "deductions": [
            {"name": "公开属性", "count": 1, "points": 3},
            {"name": "其他", "count": 1, "points": 1},
        ],
        "vetoes": [],
    }
    assert "score" not in rows["jyj"], "its catalogue can't be read"
    assert data["score"] == {"points": 96.0, "vetoes": []}
    assert data["indicators"][0] == {"name": "更新", "points": 3, "cap": 20}
    assert data["budgets"][1]["missing"] == [{"year": 2025, "kind": "预算"}, {"year": 2025, "kind": "决算"}]
    assert data["returned"][0]["title"] == "+标题"
    assert "returned" not in report_data(EMPTY)
    assert data["findings"][2]["department"] == "jyj"
    assert data["findings"][0]["family"] == "load"


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("content/wjj/2026/a.md", "wjj"),
        ("content/wjj", "wjj"),
        ("catalogs/wjj.yaml", "wjj"),
        ("catalogs", ""),
        ("site.yaml", ""),
        ("", ""),
    ],
)
def test_the_department_follows_from_the_path(file: str, code: str) -> None:
    assert department_of(finding("ZW205", file)) == code


def test_the_due_date_is_the_fact_that_is_counted_from() -> None:
    assert due_of(finding("ZW205")) == ""
    assert due_of(finding("ZW205", due="2026-11-10")) == "2026-11-10"


def test_fingerprints_stay_when_lines_move_and_differ_for_equal_findings() -> None:
    before = [
        finding("ZW125", line=3, key="a", value="b"),
        finding("ZW125", line=9, key="a", value="b"),
        finding("ZW205"),
    ]
    after = [
        finding("ZW125", line=5, key="a", value="b"),
        finding("ZW125", line=11, key="a", value="b"),
        finding("ZW205"),
    ]
    assert fingerprints(before) == fingerprints(after)
    assert len(set(fingerprints(before))) == 3


def assert_sarif(log: dict[str, Any]) -> None:
    """The parts of the standard that the log uses: what is required, of which type, and what refers to what."""
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert isinstance(run["tool"]["driver"]["name"], str)
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["defaultConfiguration"]["level"] in {"none", "note", "warning", "error"}
        assert all(rule[name]["text"] for name in ("shortDescription", "fullDescription", "help"))
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["message"]["text"]
        assert all(isinstance(value, str) and value for value in result["partialFingerprints"].values())
        for place in [*result["locations"], *result.get("relatedLocations", [])]:
            assert_sarif_place(place["physicalLocation"], run)
        for silent in result.get("suppressions", []):
            assert silent["kind"] in {"inSource", "external"}
            assert silent["justification"]


def assert_sarif_place(place: dict[str, Any], run: dict[str, Any]) -> None:
    file = place["artifactLocation"]
    assert re.fullmatch(r"[A-Za-z0-9._~!$&'()*+,;=:@/%-]+", file["uri"])
    assert not file["uri"].startswith("/")
    assert file["uriBaseId"] in run["originalUriBaseIds"]
    region = place.get("region", {"startLine": 1})
    assert region["startLine"] >= 1
    assert region.get("endColumn", 1) >= region.get("startColumn", 1) >= 1


@BOTH
def test_sarif_holds_together(report: Report) -> None:
    log = json.loads(json.dumps(sarif_data(report)))
    assert_sarif(log)
    assert len(log["runs"][0]["results"]) == len(report.findings) + len(report.waived)


def test_sarif_says_where_in_code_points_and_escapes_what_its_messages_would_read() -> None:
    run = sarif_data(FULL)["runs"][0]
    place = run["results"][3]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "content/jyj/2026/%E7%94%B2%20%E4%B9%99.md", "uriBaseId": "SITE"}
    assert place["region"] == {"startLine": 4, "startColumn": 6, "endColumn": 9}
    related = run["results"][3]["relatedLocations"][0]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "content/wjj/c.md"
    assert "region" not in run["results"][4]["locations"][0]["physicalLocation"]
    assert r"\[a](b){{x}}" in run["results"][0]["message"]["text"]
    assert run["results"][-1]["suppressions"] == [{"kind": "external", "justification": "转来的文件"}]
    assert "properties" in run["results"][0]
    assert run["results"][0]["properties"]["en"]["message"].startswith("“<script>")


def sheets(report: Report, language: str = "zh") -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(report, language)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_list_has_a_row_for_each_finding_and_a_column_to_fill_in() -> None:
    found = sheets(FULL)
    assert list(found) == ["问题清单", "按部门", "按代码", "评分", "预决算", "退文", "不再提示"]
    head, *rows = found["问题清单"]
    assert head == ("部门", "程度", "代码", "在哪里", "行", "列", "问题", "怎么改", "依据", "应于", "处理情况")
    assert len(rows) == len(FULL.findings)
    assert rows[1][:6] == ("示范县卫生健康局", "警告", "ZW132", "content/wjj/b.md", 3, 2)
    assert rows[4][:6] == ("全站", "错误", "ZW100", "site.yaml", None, None)
    assert {row[-1] for row in rows} == {None}
    assert found["按部门"][2] == ("wjj", "示范县卫生健康局", 96, None, 1, 1, 0, None, 8, 2, 1, 0, 1, 3, 0.8)
    assert found["退文"][1][:3] == ("示范县卫生健康局", "content/wjj/b.md", "+标题")
    assert found["不再提示"][1][-1] == "转来的文件"
    assert list(sheets(EMPTY)) == ["问题清单", "按部门", "按代码", "评分"]
    assert list(sheets(EMPTY, "en")) == ["findings", "by department", "by code", "score"]


def test_the_list_has_the_score_and_the_budgets_of_each_department() -> None:
    found = sheets(FULL)
    head, most, *rows = found["评分"]
    assert head == ("代码", "部门", "得分", "单项否决", *BY_NAME)
    assert sum(most[4:]) == 100
    assert [dict(zip(head, row, strict=True))["公开属性"] for row in rows] == [3]
    assert found["预决算"] == [
        ("代码", "部门", "2025 预算", "2025 决算", "2026 预算", "2026 决算"),
        ("wjj", "示范县卫生健康局", "有", "有", "有", None),
        ("jyj", "示范县教育局", "缺", "缺", "有", None),
    ]
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(FULL)))
    assert book["预决算"]["C3"].font.bold
    assert not book["预决算"]["C2"].font.bold
    vetoed = sheets(report_of(finding("ZW857"), finding("ZW856"), finding("ZW804", count=6, number=5, names="甲")))
    assert vetoed["按部门"][1][2:4] == (100, "空白栏目、发稿日期不符")


def test_no_cell_of_the_list_is_ever_a_formula() -> None:
    lead = [f"{first}1+1" for first in "=+-@\t\r"]
    bad = report_of(
        *(finding("ZW125", f"{text}.md", key=text, value=text, choices=text, suggestion=text) for text in lead),
        returned=tuple(ReturnedFile(text, text, (finding("ZW132"),)) for text in lead),
    )
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(bad)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    risky = [cell for cell in cells if isinstance(cell.value, str) and cell.value[0] in "=+-@"]
    assert len(risky) >= 8
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert all(cell.quotePrefix for cell in risky)


def test_the_list_prints_and_filters() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(FULL)))
    for sheet in book:
        assert sheet.freeze_panes == ("C2" if sheet.title in {"按部门", "评分", "预决算"} else "A2")
        assert sheet.auto_filter.ref.startswith("A1:")
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    sheet = book["问题清单"]
    assert sheet["G2"].alignment.wrap_text
    assert sheet.column_dimensions["A"].width >= 2 * len("示范县卫生健康局")
    assert max(column.width for column in sheet.column_dimensions.values()) <= 44
    widest = [Diagnostic("ZW116", Span("x" * 99, 1, 2, 3), (("key", "字" * 99), ("suggestion", "字" * 99)))]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(report_of(*widest))))["问题清单"]
    assert sum(column.width for column in sheet.column_dimensions.values()) <= 210, "an A4 page across"
    assert sheet.column_dimensions["K"].width == 20, "room to write in"
    long = sum_departments((), (), {"zjj": "示范县住房和城乡建设局（示范县人民防空办公室）"}, {})
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(Report(f"{TODAY} 09:00", (), long))))
    assert book["按部门"].column_dimensions["B"].width == book["评分"].column_dimensions["B"].width == 28
    assert sheet.oddHeader.left.text == f"体检报告 {TODAY}　问题清单"


def test_the_same_report_is_the_same_bytes() -> None:
    assert xlsx_bytes(FULL) == xlsx_bytes(FULL)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(FULL)))
    assert f"{book.properties.modified:%Y-%m-%d}" == f"{book.properties.created:%Y-%m-%d}" == TODAY
    assert html_page(FULL) == html_page(FULL)


class Page(HTMLParser):
    """Tags, attributes and text of a page; a tag closed out of order is a fault."""

    VOID = ("meta", "link", "br")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", ["zh", "en"])
@BOTH
def test_the_page_is_whole_and_asks_for_nothing(report: Report, language: str) -> None:
    text = html_page(report, language)
    page = Page(text)
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "img", "iframe", "object", "form", "link", "base"}
    assert not [
        key for _, attributes in page.tags for key in attributes if key.startswith("on") or key in {"src", "style"}
    ]
    links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert all(link and link.startswith("#") for link in links)
    assert {str(link)[1:] for link in links} <= set(ids)
    assert len(set(ids)) == len(ids)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    policy = next(at["content"] for tag, at in page.tags if at.get("http-equiv") == "Content-Security-Policy")
    assert style
    key = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{key}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_the_page_says_what_was_found_and_escapes_it() -> None:
    text = html_page(FULL)
    page = Page(text)
    assert "<script>" not in text
    assert "alert(1)" in page.text
    for words in (
        "80.0%",
        "示范县卫生健康局",
        "转来的文件",
        "+标题",
        "退文清单",
        "2026-11-20 09:00",
        "文件和信息栏的写法",
    ):
        assert words in page.text, words
    drawings = [at for tag, at in page.tags if tag == "svg"]
    assert drawings
    assert all(at.get("aria-label") for at in drawings)
    assert text.count("<svg") == len(re.findall(r"<svg[^>]*>\s*<title>[^<]+</title>", text))
    assert all(not character.isspace() or character in " \n\u3000" for character in page.text)


def test_the_page_lists_what_is_sent_back_as_a_table() -> None:
    made = html_page(FULL).partition('id="returned"')[2].partition("</section>")[0]
    page = Page(made.partition(">")[2])
    assert [at.get("class") for tag, at in page.tags if tag == "table"] == ["list"]
    for words in ("+标题", "content/wjj/b.md", "示范县卫生健康局", "ZW132 没有写明", "要公开请加上"):
        assert words in page.text, words


def test_the_page_has_the_score_the_budgets_and_a_drawing_of_both_trends() -> None:
    scored = tuple(TrendPoint(f"2026-11-{day} 09:00", 9, 4, 0, score=90.0 + day / 4) for day in (18, 19, 20))
    page = Page(html_page(msgspec.structs.replace(FULL, trend=(TrendPoint("2026-11-17 09:00", 9, 4, 0), *scored))))
    for words in (
        "全站得分",
        "未评分",
        "扣多少分是本程序定的",
        "公开属性",
        "预决算",
        "缺",
        "全站得分的变化（0—100）",
        "94.5",
    ):
        assert words in page.text, words
    assert sum(at.get("class") == "chart" for tag, at in page.tags if tag == "svg") == 2
    groups = [(at["scope"], at["colspan"]) for tag, at in page.tags if tag == "th" and "colspan" in at]
    assert groups == [("colgroup", "2"), ("colgroup", "2")]
    assert sum(tag == "table" for tag, _ in page.tags) == sum(tag == "caption" for tag, _ in page.tags)


def test_the_page_tells_what_vetoes_the_site_and_its_departments() -> None:
    text = html_page(report_of(finding("ZW804", "catalogs/wjj.yaml", count=6, number=5, names="甲")))
    assert text.count("不合格：空白栏目") == 2, "above all figures, and with the department"
    assert "不合格" not in html_page(EMPTY).replace("有一项就不合格", "")


def test_figures_stand_below_each_other_and_so_does_what_stands_in_place_of_one() -> None:
    made = table("表", ("部门", "得分", "说明"), [("甲", "未评分", "x"), ("乙", 90, "y")])
    assert made.count('<td class="number">') == 2
    assert '<th scope="col" class="number">得分</th>' in made


def test_a_department_whose_folder_has_an_odd_name_can_still_be_reached() -> None:
    page = Page(html_page(report_of(finding("ZW205", "content/卫 健/a.md"))))
    target = next(at["href"] for tag, at in page.tags if tag == "a" and "d-" in str(at["href"]))
    assert re.fullmatch(r"#d-[0-9a-f]{12}", str(target))


def test_the_lowest_score_comes_first_then_the_name_and_what_could_not_be_scored_before_all() -> None:
    found = [
        finding("ZW205", "content/b/x.md"),
        finding("ZW260", "content/c/x.md"),
        finding("ZW110", "catalogs/d.yaml", problem="x", problem_en="x"),
        finding("ZW100", "site.yaml"),
    ]
    rows = sum_departments(found, ("d",), {"a": "丙局", "b": "乙局", "c": "丁局", "d": "丁局", "e": "甲局"}, {})
    ranked = rank_departments(rows)
    assert [(row.code, row.score and row.score.points) for row in ranked] == [
        ("d", None), ("c", 95), ("b", 99), ("a", 100), ("e", 100), ("", None),
    ]  # fmt: skip


def test_a_folder_without_a_catalogue_has_no_score() -> None:
    rows = sum_departments([finding("ZW108", "content/stray", name="stray")], (), {"wjj": "局"}, {})
    assert {row.code: row.score is None for row in rows} == {"stray": True, "wjj": False}


def test_the_trend_file_is_only_added_to(tmp_path: Path) -> None:
    file = tmp_path / "checks.jsonl"
    append_trend(file, trend_point(EMPTY))
    file.write_bytes(file.read_bytes() + b'not ours\n{"moment": "cut')
    append_trend(file, trend_point(FULL))
    assert file.read_bytes().splitlines()[1] == b"not ours"
    points = read_trend(file)
    assert [(point.errors, point.warnings) for point in points] == [(0, 0), (4, 1)]
    assert points[1].by_code == {"ZW100": 1, "ZW110": 1, "ZW121": 1, "ZW132": 1, "ZW202": 1}
    assert points[1].by_department["wjj"] == (1, 1, 0)
    assert read_trend(tmp_path / "none") == ()


def test_text_in_a_file_has_every_finding() -> None:
    many = report_of(*(finding("ZW205", line=line) for line in range(1, 31)))
    said = text_report(many, "zh", None).decode()
    assert said.count("警告 ZW205") == 30
    assert "\n共 0 个错误，30 个警告，0 个提示。\n体检 2026-11-21：" in said
    assert said.endswith("先改警告：编号、索引号和日期 ZW205（30 个）。\n"), "and nothing to run: it is read elsewhere"


def test_words_and_bars_of_the_page_stand_out_on_screen_in_the_dark_and_on_paper() -> None:
    css = Path(str(reports.__file__)).with_name("report.css").read_text("utf-8")
    palettes = [dict(re.findall(r"--(\w+): (#\w+)", part)) for part in css.split(":root {")[1:]]
    assert len(palettes) == 3
    for colors in palettes:
        for name in ("ink", "quiet", "error", "warning", "notice", "good"):
            for ground in ("paper", "panel"):
                assert contrast(colors[name], colors[ground]) >= 4.5, (name, ground)
        for name in ("error", "warning", "notice", "good"):
            ground = "#ddd" if colors is palettes[2] else colors["rule"]
            assert contrast(colors[name], ground) >= 3, name
    assert ".ground { fill: #ddd; }" in css


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colors, as WCAG 2 has it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(2 * digit for digit in color[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return write_site(
        tmp_path / "site",
        {"wjj": {}, "jyj": "部门:\n  代码: jyj\n目录: [\n"},
        {
            "wjj/a.md": {"关联": Raw("{依据: 没有的文件}"), "施行日期": "2026-02-30"},
            "wjj/b.md": {"公开方式": None, "标题": "关于一件事的通知"},
        },
    )


def test_reports_are_written_where_asked_and_nowhere_else(faulty: Path, tmp_path: Path) -> None:
    before = sorted(faulty.rglob("*"))
    for name in ("r.json", "r.sarif", "r.xlsx", "r.html", "r.txt"):
        done = zwgk(
            "check", faulty, "--report", tmp_path / name, "--today", TODAY, "--gate", "--trend", tmp_path / "t.jsonl"
        )
        assert done.returncode == 1, done.stderr
        assert "ZW121" in done.stderr
        assert name in done.stdout
    assert sorted(faulty.rglob("*")) == before
    assert errors_by(check_schema(), json.loads((tmp_path / "r.json").read_text("utf-8"))) == []
    assert_sarif(json.loads((tmp_path / "r.sarif").read_text("utf-8")))
    assert "退文" in openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames
    assert "变化" in Page((tmp_path / "r.html").read_text("utf-8")).text
    assert "错误 ZW121" in (tmp_path / "r.txt").read_text("utf-8")
    assert len(read_trend(tmp_path / "t.jsonl")) == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "r.html",
        "r.json",
        "r.sarif",
        "r.txt",
        "r.xlsx",
        "site",
        "t.jsonl",
    ]


def test_reports_go_to_stdout_without_a_file(faulty: Path) -> None:
    assert_sarif(json.loads(zwgk("check", faulty, "--format", "sarif").stdout))
    assert Page(zwgk("check", faulty, "--format", "html").stdout).text
    assert zwgk("check", faulty, "--format", "xlsx").returncode == 2
    assert zwgk("check", faulty, "--format", "json", "--report", "a.xlsx").returncode == 2


def test_a_report_in_a_folder_that_is_not_there_is_refused_before_the_work(faulty: Path, tmp_path: Path) -> None:
    assert zwgk("check", faulty, "--report", tmp_path / "none" / "r.html").returncode == 2
    assert zwgk("check", faulty, "--trend", tmp_path / "none" / "t.jsonl").returncode == 2


def test_the_gate_returns_files_with_their_titles(faulty: Path, tmp_path: Path) -> None:
    said = zwgk("check", faulty, "--gate").stdout
    assert "退文清单：1 份文件" in said
    assert "content/wjj/b.md　《关于一件事的通知》" in said
    assert "ZW132" in said
    assert "退文清单" not in zwgk("check", faulty).stdout
    fine = write_site(tmp_path / "fine", {"wjj": {}}, {"wjj/a.md": {"索引号": None}})
    done = zwgk("check", fine, "--gate")
    assert done.returncode == 0
    assert "没有要退的文件" in done.stdout
    write_site(fine, {}, {"wjj/b.md": {"公开方式": None}})
    assert zwgk("check", fine).returncode == 0
    assert zwgk("check", fine, "--gate").returncode == 1


def test_a_file_whose_front_matter_can_not_be_read_states_nothing_and_is_returned(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"wjj": {}}, {"wjj/a.md": "标题: 通知\n", "wjj/b.md": "---\n标题: 通知\n"})
    data = json.loads(zwgk("check", site, "--gate", "--json").stdout)
    returned = {item["file"]: [found["code"] for found in item["findings"]] for item in data["returned"]}
    assert returned == {"content/wjj/a.md": ["ZW130"], "content/wjj/b.md": ["ZW131"]}


def test_a_check_that_was_not_done_to_its_end_is_no_point_of_the_trend(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    done = zwgk("check", tmp_path / "site", "--trend", tmp_path / "t.jsonl", "--report", tmp_path / "r.html")
    assert done.returncode == 1
    assert not (tmp_path / "t.jsonl").exists()
    assert "没有检查完" in Page((tmp_path / "r.html").read_text("utf-8")).text
