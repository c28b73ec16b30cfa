"""Every page is light on the line: style sheets, scripts and documents keep to their budgets."""

from __future__ import annotations

from tests.page_weight import CSS, PAGE, SCRIPT, weigh_page
from tests.sample_column import built_sample, page_kinds


def test_every_page_keeps_to_its_budget() -> None:
    output = built_sample()
    weights = {url: (kind, weigh_page(output, url)) for kind, urls in page_kinds(output).items() for url in urls}
    assert min(weight.css for _, weight in weights.values()) > 1000
    assert min(weight.script for _, weight in weights.values()) > 500
    assert {url: weight.css for url, (_, weight) in weights.items() if weight.css > CSS} == {}
    assert {url: weight.script for url, (_, weight) in weights.items() if weight.script > SCRIPT} == {}
    assert {
        url: weight.total for url, (kind, weight) in weights.items() if kind == "document" and weight.total > PAGE
    } == {}
