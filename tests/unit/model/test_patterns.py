"""A pattern compiled late answers as one compiled at once."""

from __future__ import annotations

import re

import pytest

from zwgk_site.model.patterns import late


def test_it_answers_as_the_compiled_one_from_the_first_call_on() -> None:
    pattern = late(r"(\d+)(日|天)", re.IGNORECASE)
    for _ in range(2):
        assert pattern.sub(r"<\1>", "3日或5天") == "<3>或<5>"
        assert pattern.search("满7天") is not None
        assert [found[1] for found in pattern.finditer("1日2日")] == ["1", "2"]
        assert pattern.pattern == r"(\d+)(日|天)"
        assert pattern.flags & re.IGNORECASE


def test_a_wrong_pattern_is_an_error_when_it_is_used() -> None:
    pattern = late("(")
    with pytest.raises(re.error):
        pattern.search("x")
