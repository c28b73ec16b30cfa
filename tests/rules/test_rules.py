"""Every rule by a wrong and a right input; see `cases.py` for how they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.rules.cases import expected_in, found_in, inputs_of, read_cases, spans_in_text, write_case
from zwgk_site.cli.rule_list import all_rules

CASES = read_cases()
ELSEWHERE = {
    "ZW136": "needs file names that are no UTF-8: tests/acceptance/test_hostile.py",
    "ZW137": "needs links between folders: tests/acceptance/test_hostile.py",
    "ZW150": "needs a department that takes too long: tests/unit/pipeline/test_workers.py",
    "ZW151": "needs a worker that dies: tests/unit/pipeline/test_workers.py",
    "ZW152": "needs a file that changes while it is read",
    "ZW169": "needs a file of synonyms: tests/unit/pipeline/test_searching.py",
    **dict.fromkeys(
        ("ZW830", "ZW831", "ZW832", "ZW833", "ZW834", "ZW835", "ZW836", "ZW837", "ZW838", "ZW840"),
        "needs real attachments: tests/unit/stages/check/test_attachments.py",
    ),
    "ZW847": "needs a long text: tests/unit/stages/check/test_accessibility.py",
    **dict.fromkeys(("ZW801", "ZW805"), "need several departments: tests/unit/stages/check/test_site_wide.py"),
    **dict.fromkeys(("ZW856", "ZW857"), "needs a release before: tests/unit/stages/plan/test_day_claims.py"),
    **dict.fromkeys(("ZW871", "ZW872", "ZW873"), "needs built pages: tests/acceptance/test_page_tags.py"),
    "ZW292": "needs a file that changes between the diff and the writing: tests/unit/cli/test_fix.py",
    "ZW293": "needs a spoilt ledger: tests/unit/cli/test_fix.py",
    **dict.fromkeys(("ZW887", "ZW888"), "found by zwgk fix --links: tests/unit/cli/test_fix_links.py"),
}


def _inputs(kind: str) -> list[Any]:
    return [
        pytest.param(case["rule"], given, id=f"{case['rule']}-{kind}-{number}")
        for case in CASES
        for number, given in enumerate(inputs_of(case, kind), 1)
    ]


@pytest.mark.parametrize(("code", "given"), _inputs("wrong"))
def test_wrong_input_is_found_where_it_stands(code: str, given: dict[str, Any], tmp_path: Path) -> None:
    write_case(tmp_path, given)
    found = found_in(tmp_path, given)
    assert found == expected_in(tmp_path, given)
    assert code in {item[5] for item in found}
    assert not spans_in_text(tmp_path, found)


@pytest.mark.parametrize(("code", "given"), _inputs("right"))
def test_right_input_has_no_findings(code: str, given: dict[str, Any], tmp_path: Path) -> None:
    write_case(tmp_path, given)
    found = found_in(tmp_path, given)
    assert code not in {item[5] for item in found}
    assert found == expected_in(tmp_path, given)


def test_every_rule_of_reading_and_of_entries_has_a_wrong_and_a_right_case() -> None:
    wanted = {code for code in all_rules() if code[2] in "128"} - set(ELSEWHERE)
    for kind in ("wrong", "right"):
        have = {case["rule"] for case in CASES if inputs_of(case, kind)}
        assert wanted - have == set(), f"no {kind} case"
    assert set(ELSEWHERE) <= set(all_rules())
