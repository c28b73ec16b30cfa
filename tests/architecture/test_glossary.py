"""One word for one thing: the glossary names what there is, and every type of the model has its official term."""

import re

import pytest

from docs.generate import HAN, model_types, official_term
from tests.architecture.markdown import ROOT, read

GLOSSARY = read(ROOT / "docs" / "glossary.md")
ROWS = [
    (re.findall(r"`(\w+)`", cells[0]), cells[1].strip(), cells)
    for line in GLOSSARY.splitlines()
    if line.startswith("| `") and len(cells := line.strip("|").split("|")) == 3
]
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "zwgk_site").rglob("*.py")))
NAMED = {name for names, _, _ in ROWS for name in names}


@pytest.mark.parametrize("name", sorted(NAMED))
def test_identifier_exists_in_the_code(name):
    defined = rf"^\s*class {name}\b|^\s*(?:self\.)?{name}\s*[:=(]|^\s*def {name}\b"
    assert re.search(defined, SOURCE, re.MULTILINE), name


def test_every_row_has_a_chinese_term():
    assert ROWS
    assert [names for names, term, _ in ROWS if not HAN.search(term)] == []


def test_a_row_that_names_several_identifiers_has_as_many_terms():
    odd = [names for names, term, _ in ROWS if len(names) > 1 and len(term.split("、")) != len(names)]
    assert odd == []


@pytest.mark.parametrize("name", sorted(model_types()))
def test_type_of_the_model_has_its_term(name):
    assert official_term(model_types()[name]) or name in NAMED, f"{name}: no term in its docstring nor in the glossary"


def test_every_key_of_the_files_is_named_once_in_code_as_in_the_glossary():
    """A glossary term of a field is the key that people write."""
    from zwgk_site.model.fields import RECORDS

    keys = {field.name: field.key for name in ("entry", "document") for field in RECORDS[name].fields}
    for names, term, _ in ROWS:
        for name, word in zip(names, term.split("、"), strict=False):
            if name in keys and name not in {"title", "summary", "genre"}:
                assert word.partition("（")[0] == keys[name], name
