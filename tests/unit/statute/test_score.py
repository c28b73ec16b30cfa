"""The score: what findings take off a hundred, each fault once, and what vetoes beside it."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwgk_site.cli.rule_list import FAMILIES, all_rules
from zwgk_site.diagnostics import Diagnostic, Severity, Span
from zwgk_site.model.corpus import Weight
from zwgk_site.statute.score import (
    BY_NAME,
    INDICATORS,
    VETOES,
    Deduction,
    Score,
    indicators_of,
    mean_points,
    score_findings,
)

RULES = all_rules()


def finding(code: str, file: str = "content/wjj/a.md", line: int = 3, **facts: object) -> Diagnostic:
    return RULES[code].at(Span(file, line, 2, 5), **facts)  # type: ignore[arg-type]  # no fact is "related"


def taken(*findings: Diagnostic, own: tuple[Weight, ...] = ()) -> dict[str, tuple[int, int]]:
    """Faults and points by indicator."""
    score = score_findings(findings, indicators_of(own))
    return {item.name: (item.count, item.points) for item in score.deductions}


def test_nothing_found_is_a_hundred() -> None:
    assert score_findings(()) == Score(100, (), ())
    assert score_findings([finding("ZW218")]).points == 100, "a mere notice takes nothing"


def test_caps_of_all_indicators_come_to_a_hundred() -> None:
    assert sum(indicator.cap for indicator in INDICATORS) == 100
    assert len(BY_NAME) == len(INDICATORS)
    assert all(0 < indicator.points <= indicator.cap for indicator in INDICATORS)


def test_every_code_and_family_named_exists_and_belongs_to_one_indicator() -> None:
    codes = [code for indicator in INDICATORS for code in indicator.codes]
    families = [family for indicator in INDICATORS for family in indicator.families]
    assert set(codes) | set(VETOES) <= set(RULES)
    assert set(families) <= set(FAMILIES)
    assert len(set(codes)) == len(codes)
    assert len(set(families)) == len(families)
    assert not set(codes) & set(VETOES)


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.severity is not Severity.NOTICE])
def test_a_fault_of_a_department_costs_points_or_is_a_veto_and_one_of_the_program_costs_nothing(code: str) -> None:
    score = score_findings([finding(code, count=1)])
    of_department = code[2] in "12348" and RULES[code].family not in {
        "waivers", "settings", "site_file", "synonyms", "holidays", "identity", "page_tags",
    }  # fmt: skip
    assert (score.points < 100 or score.vetoes == (code,)) == of_department


def test_points_add_up_to_the_cap_and_no_further() -> None:
    assert taken(finding("ZW260", line=3), finding("ZW261", line=4)) == {"个人信息": (2, 10)}
    many = [finding("ZW820", line=line) for line in range(1, 30)]
    assert taken(*many) == {"用语": (29, 4)}
    assert score_findings(many).points == 96


def test_an_entry_that_is_blank_and_late_costs_once_where_it_costs_most() -> None:
    catalog = "catalogs/wjj.yaml"
    both = (finding("ZW215", catalog, 8, id="WJJ-001"), finding("ZW217", catalog, 12, id="WJJ-001", due="2026-11-10"))
    assert taken(*both) == {"更新": (1, 3)}
    assert taken(*both[:1]) == {"空白": (1, 2)}
    assert taken(*both, finding("ZW215", catalog, 20, id="WJJ-002")) == {"更新": (1, 3), "空白": (1, 2)}
    assert taken(*both, own=(Weight("空白", points=4),)) == {"空白": (1, 4)}


def test_a_report_that_is_late_by_two_rules_costs_once() -> None:
    two = (finding("ZW214", line=6), finding("ZW241", line=6))
    assert taken(*two) == {"年报和预决算": (1, 3)}
    assert taken(*two, finding("ZW214", "content/wjj/b.md")) == {"时限": (1, 2), "年报和预决算": (1, 3)}


def test_a_catalogue_without_anything_counts_for_all_its_entries() -> None:
    assert taken(finding("ZW226", "catalogs/wjj.yaml", 1, count=12)) == {"空白": (12, 10)}


def test_a_veto_stands_beside_the_points() -> None:
    score = score_findings([finding("ZW804", count=6), finding("ZW856"), finding("ZW820")])
    assert score == Score(99, (Deduction("用语", 1, 1),), ("ZW804", "ZW856"))


def test_the_order_of_findings_makes_no_difference() -> None:
    some = [finding("ZW214", line=6), finding("ZW241", line=6), finding("ZW215", "c", 2, id="A"), finding("ZW806")]
    assert score_findings(some) == score_findings(some[::-1])


def test_where_the_cap_is_reached_a_fault_costs_elsewhere() -> None:
    catalog = "catalogs/wjj.yaml"
    late = [finding("ZW217", catalog, line, id=f"WJJ-{line:03}") for line in range(1, 11)]
    blank = [finding("ZW215", catalog, line, id=f"WJJ-{line:03}") for line in range(1, 11)]
    assert taken(*late) == {"更新": (10, 20)}
    assert taken(*late, *blank) == {"更新": (10, 20), "空白": (3, 6)}, "seven are paid for, three are not"
    assert taken(*late, *blank, own=(Weight("更新", points=0),)) == {"更新": (5, 0), "空白": (10, 10)}


FOUND = st.builds(
    lambda code, file, number: finding(code, file, number, id=f"WJJ-{number:03}", count=number),
    st.sampled_from(sorted(code for code in RULES if code[2] in "12348")),
    st.sampled_from(["catalogs/wjj.yaml", "content/wjj/a.md", "content/wjj/b.md"]),
    st.integers(1, 12),
)


@given(st.lists(FOUND, max_size=60), FOUND, st.randoms())
def test_one_fault_more_never_makes_the_score_better_and_the_order_never_matters(
    found: list[Diagnostic], more: Diagnostic, chance: Random
) -> None:
    score = score_findings(found)
    assert 0 <= score_findings([*found, more]).points <= score.points <= 100
    shuffled = chance.sample(found, len(found))
    assert score_findings(shuffled) == score
    assert all(item.points <= BY_NAME[item.name].cap for item in score.deductions)


def test_a_site_sets_points_and_caps_and_what_is_wrong_is_not_looked_at() -> None:
    own = (
        Weight("个人信息", points=20, cap=60),
        Weight("用语", cap=0),
        Weight("附件和链接", points=-1),
        Weight("解读", points=101),
        Weight("其他"),
        Weight("没有", points=9),
    )
    made = {item.name: (item.points, item.cap) for item in indicators_of(own)}
    usual = {item.name: (item.points, item.cap) for item in INDICATORS}
    assert made == usual | {"个人信息": (20, 60), "用语": (1, 0)}
    assert [item.name for item in indicators_of(own)] == list(BY_NAME)


def test_no_score_is_below_zero() -> None:
    own = tuple(Weight(name, points=90, cap=90) for name in ("个人信息", "用语"))
    assert score_findings([finding("ZW260"), finding("ZW820")], indicators_of(own)).points == 0


def test_the_mean_of_departments() -> None:
    assert mean_points([Score(90), Score(81), Score(100)]) == 90.3
    assert mean_points([]) is None
