"""Rules as a whole: codes, words in two languages, the page in docs/."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zwgk_site.cli.rule_list import FAMILIES, all_rules, sample_finding, sample_hint
from zwgk_site.cli.rules_doc import write_rules_doc
from zwgk_site.diagnostics import PLACEHOLDER, Rule

REPOSITORY = Path(__file__).parents[2]
RULES = all_rules()
# docs: 1xx reading, 2xx entries, 3xx references, 4xx plan, 5xx templates, 6xx search, 7xx publishing; 999 is ourselves.
RANGES = {
    "0": "exchange|pipeline",
    "1": "stages/load",
    "2": "stages/check|exchange",
    "3": "stages/plan|stages/check/families/outer_links",
    "4": "stages/plan",
    "5": "stages/load|stages/render",
    "6": "stages/index|search",
    "7": "stages/publish|preview|pipeline",
    "8": "stages/check|stages/load|stages/plan|exchange",  # the ledger, which proves days of publication, is at hand in plan only
    "9": "cli",
}


def _names(words: str) -> set[str]:
    return set(PLACEHOLDER.findall(words))


def test_the_page_is_current() -> None:
    """`python -m zwgk_site.cli.rules_doc > docs/rules.md` renews it."""
    assert (REPOSITORY / "docs/rules.md").read_text("utf-8") == write_rules_doc()


def test_each_family_has_its_title_and_each_title_a_family() -> None:
    assert {rule.family for rule in RULES.values()} == set(FAMILIES)


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_both_languages_say_the_same(rule: Rule) -> None:
    """Equal placeholders; a pair such as `{reason}`, `{reason_en}` is one fact in two languages."""
    zh, en = _names(rule.zh), {name.removesuffix("_en") for name in _names(rule.en)}
    assert rule.zh
    assert rule.en
    assert zh == en
    assert bool(rule.hint_zh) == bool(rule.hint_en)
    assert {name.removesuffix("_en") for name in _names(rule.hint_en)} <= _names(rule.hint_zh) | zh


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_the_example_has_no_gaps(rule: Rule) -> None:
    for language in ("zh", "en"):
        assert not PLACEHOLDER.search(sample_finding(rule, language) + sample_hint(rule, language))


def test_codes_are_unique_and_in_the_range_of_their_folder() -> None:
    found: dict[str, str] = {}
    for file in sorted((REPOSITORY / "zwgk_site").rglob("*.py")):
        for code in re.findall(r"= Rule\(\s*\"(ZW\d{3})\"", file.read_text("utf-8")):
            assert code not in found, f"{code} in {found.get(code)} and {file}"
            found[code] = file.relative_to(REPOSITORY / "zwgk_site").as_posix()
    assert found.keys() == RULES.keys()
    for code, file in found.items():
        assert file.startswith(tuple(RANGES[code[2]].split("|"))), f"{code} in {file}"
