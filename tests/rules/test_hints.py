"""Every finding about a clerk's files says how to mend it, with an example to copy; the exceptions say why they have none."""

from __future__ import annotations

import re

import pytest

from zwgk_site.cli.rule_list import all_rules
from zwgk_site.diagnostics import RULES

all_rules()
EXAMPLE = re.compile(r"例如|　[^\s:]+: |zwgk [a-z]|\{example\}|\{suggestion\}|写成 \{")
ABOUT_FILES = sorted(code for code in RULES if code[2] in "12348")
NOTHING_TO_WRITE = {
    "ZW101": "the machine does not let us read",
    "ZW106": "a click in the editor",
    "ZW111": "a sign to be replaced",
    "ZW131": "the line to add is said",
    "ZW137": "a link to be removed",
    "ZW141": "the types are listed",
    "ZW143": "a file to be put in again",
    "ZW151": "nothing the clerk can mend",
    "ZW152": "waiting",
    "ZW163": "both names are in the message",
    "ZW216": "a line to be deleted, named",
    "ZW292": "running it again",
    "ZW293": "running another command first",
    "ZW407": "a file to be put back from a backup",
    "ZW408": "building again",
    "ZW831": "a file to be opened and saved",
    "ZW832": "another file to be put in",
    "ZW834": "clicks in Word, named",
    "ZW838": "a file to be looked at",
    "ZW840": "a file to be removed",
    "ZW871": "for who writes themes; the template is named",
    "ZW872": "for who writes themes; the template is named",
    "ZW873": "for who writes themes; the template is named",
}


@pytest.mark.parametrize("code", ABOUT_FILES)
def test_a_hint_shows_what_to_write(code: str) -> None:
    assert RULES[code].hint_zh
    assert bool(EXAMPLE.search(RULES[code].hint_zh)) != (code in NOTHING_TO_WRITE), RULES[code].hint_zh


def test_exceptions_are_rules_that_exist() -> None:
    assert set(NOTHING_TO_WRITE) <= set(ABOUT_FILES)
