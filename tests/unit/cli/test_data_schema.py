"""The data files of the sample column are as their schemas say, and the page about them tells every key."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.sample_column import REPOSITORY, built_sample
from tests.unit.cli.test_reports import errors_by
from zwgk_site.cli.data_doc import EXAMPLES, NAMES, write_data_doc
from zwgk_site.cli.reports.data_schema import DATA_FILES, data_schema
from zwgk_site.cli.schema_command import DATA_NAMES
from zwgk_site.cli.schemas import make_schema

KINDS = {
    r"data/catalog\.json": "data-site",
    r"data/[a-z0-9-]+/catalog\.json": "data-catalog",
    r"data/[a-z0-9-]+/documents(-\d+)?\.json": "data-documents",
    r"data/[a-z0-9-]+/status\.json": "data-status",
    r"data/[a-z0-9-]+/changes\.json": "changes",
    r"data/[a-z0-9-]+/gkmlpt(-\d+)?\.json": "data-gkmlpt",
    r"data/urls/[a-z0-9-]+\.json": "data-urls",
    r"data/release\.json": "data-release",
    r"data/([a-z0-9.-]+/)?manifest\.json": "data-manifest",
}


def schema_of(url: str) -> str:
    return next(name for pattern, name in KINDS.items() if re.fullmatch(pattern, url))


def test_every_data_file_of_the_sample_is_as_its_schema_says() -> None:
    output = built_sample()
    seen = set()
    for file in sorted((output / "data").rglob("*.json")):
        name = schema_of(file.relative_to(output).as_posix())
        assert errors_by(make_schema(name), json.loads(file.read_bytes())) == [], file
        seen.add(name)
    assert seen == set(KINDS.values()) - {
        "data-gkmlpt"
    }  # only where asked for: tests/unit/stages/plan/test_exchange_records.py


def test_files_named_in_the_first_file_are_there() -> None:
    output = built_sample()
    for department in json.loads((output / "data/catalog.json").read_bytes())["departments"]:
        for key in ("catalog", "documents_file", "status", "changes", "csv", "xlsx"):
            assert (output / department[key]).is_file(), department[key]


@pytest.mark.parametrize("name", DATA_FILES)
def test_every_key_says_what_it_means(name: str) -> None:
    for part, item in data_schema(name)["$defs"].items():
        assert item["description"], part
        for key, value in item["properties"].items():
            assert value["description"], f"{part}.{key}"


def test_what_is_not_public_has_no_place_in_a_schema() -> None:
    keys = data_schema("data-documents")["$defs"]["Document"]["properties"]
    assert not {"review", "disclosure_review", "closed_reason", "waivers", "facts", "marks"} & set(keys)
    assert not {"Review", "Waiver", "Marks", "TextFacts"} & set(data_schema("data-documents")["$defs"])


def test_the_schemas_refuse_what_is_wrong() -> None:
    schema = data_schema("data-documents")
    data: dict[str, Any] = json.loads(json.dumps(EXAMPLES["data-documents"]))
    assert errors_by(schema, {**data, "documents": "none"})
    assert errors_by(schema, {"format": 1})
    del data["documents"][0]["document"]["title"]
    assert errors_by(schema, data)


def test_the_command_knows_every_schema() -> None:
    assert tuple(DATA_FILES) == DATA_NAMES
    assert set(NAMES) == {*DATA_NAMES, "changes"}


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_valid(name: str) -> None:
    assert errors_by(make_schema(name), EXAMPLES[name]) == []


def test_the_page_is_current() -> None:
    """`python -m zwgk_site.cli.data_doc > docs/data.md` renews it."""
    assert Path(REPOSITORY, "docs/data.md").read_text("utf-8") == write_data_doc()
