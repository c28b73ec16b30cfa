"""The page on checks tells of every form and every number that can be set."""

from tests.architecture.markdown import ROOT, read
from zwgk_site.cli.report import FORMATS
from zwgk_site.stages.load.site_file import load_site
from zwgk_site.statute.score import INDICATORS, VETOES
from zwgk_site.statute.thresholds import NUMBERS

PAGE = read(ROOT / "docs" / "check.zh-CN.md")


def test_every_number_is_told_as_it_is():
    assert rows_of("检查参数") == [f"| {item.name} | {item.value} | {item.title} | {item.source} |" for item in NUMBERS]


def test_every_indicator_of_the_score_is_told_as_it_is():
    wanted = [f"| {item.name} | {item.points} | {item.cap} | {item.title} |" for item in INDICATORS]
    assert rows_of("评分") == wanted
    assert all(name in PAGE for name, _ in VETOES.values())


def test_what_the_page_says_can_be_set_is_taken(tmp_path):
    example = PAGE.partition("## 评分")[2].partition("```yaml\n")[2].partition("```")[0]
    (tmp_path / "site.yaml").write_text(f"网站名称: 示范县\n{example}", encoding="utf-8")
    loaded = load_site(tmp_path)
    assert [(item.name, item.points, item.cap) for item in loaded.value.weights] == [("个人信息", 10, 30)]
    assert {finding.code for finding in loaded.findings} <= {"ZW160", "ZW870"}


def rows_of(title):
    """The rows of the table below a heading, without its head."""
    section = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("| ")][1:]


def test_every_form_is_told():
    assert [line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `")] == [
        "text",
        "xlsx",
        "html",
        "json",
        "sarif",
    ]
    assert set(FORMATS) == {"text", "xlsx", "html", "json", "sarif"}
