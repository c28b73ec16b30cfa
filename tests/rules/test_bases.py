"""What rules rest on: one way of writing a basis, and a table in which a reader can check what each one says."""

from __future__ import annotations

import re
from pathlib import Path

from zwgk_site.cli.rule_list import all_rules

BASES = {rule.code: rule.basis for rule in all_rules().values() if rule.basis}
ARTICLE = r"(?:、?第[一二三四五六七八九十]+款)*(?:第（[一二三四五六七八九十]+）项)?"
FORMS = (
    rf"条例第[1-9]\d?条{ARTICLE}",
    rf"《[^《》]+(?:法|条例|规定)》第[一二三四五六七八九十百]+条{ARTICLE}",
    r"[一-龥]+〔20[012]\d〕[1-9]\d*号(?:实施细则)?(?: [一-龥A-Za-z·、（）]+)?",
    r"GB(?:/T)? \d+(?:\.\d+)?—\d{4}",
)


def _said() -> dict[str, str]:
    lines = (Path(__file__).parent / "bases.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def test_every_basis_is_a_clause_of_a_law_a_document_with_its_number_or_a_standard() -> None:
    clauses = {clause for basis in BASES.values() for clause in basis.split("；")}
    assert {clause for clause in clauses if not any(re.fullmatch(form, clause) for form in FORMS)} == set()


def test_the_table_says_what_each_basis_says_and_holds_no_other() -> None:
    clauses = {clause for basis in BASES.values() for clause in basis.split("；")}
    said = _said()
    assert set(said) == clauses
    assert all(6 <= len(words) <= 60 for words in said.values())
    assert list(said) == sorted(said)


def test_rules_rest_on_clauses_rather_than_on_whole_laws() -> None:
    assert len(set(BASES.values())) >= 60
