"""The page on checks tells of every form and every number that can be set."""

from tests.architecture.markdown import ROOT, read
from zwgk_site.cli.report import FORMATS
from zwgk_site.statute.thresholds import NUMBERS

PAGE = read(ROOT / "docs" / "check.zh-CN.md")


def test_every_number_is_told_as_it_is():
    rows = [line for line in PAGE.partition("## 检查参数")[2].splitlines() if line.startswith("| ")][1:]
    assert rows == [f"| {item.name} | {item.value} | {item.title} | {item.source} |" for item in NUMBERS]


def test_every_form_is_told():
    assert [line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `")] == [
        "text",
        "xlsx",
        "html",
        "json",
        "sarif",
    ]
    assert set(FORMATS) == {"text", "xlsx", "html", "json", "sarif"}
