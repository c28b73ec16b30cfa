"""Units of text: the shared cases, which the browser's half is held to as well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zwgk_site.text.units import split_units

CASES = json.loads((Path(__file__).parent / "term_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_text_becomes_the_units_of_the_shared_case(case: dict[str, object]) -> None:
    assert [list(unit) for unit in split_units(str(case["text"]))] == case["units"]


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 60
