"""Real official texts and a real catalogue, with all their faults: everything gets its page, nothing breaks.

The texts lie beside the repository and are no part of it; without them there is nothing here to test.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from tests.crawl import dead_links, read_page
from tests.real_column import CATALOGUE, IS_THERE, make_real_site
from tests.sample_column import departments_of, page_kinds, run_build

if IS_THERE:

    @pytest.fixture(scope="module")
    def site(tmp_path_factory) -> Path:
        return make_real_site(tmp_path_factory.mktemp("real") / "site")

    @pytest.fixture(scope="module")
    def report(site):
        """What the first build says, and where it went."""
        done = run_build(site, site.parent / "public", "--format", "json")
        assert done.returncode in (0, 1), done.stderr
        assert "ZW999" not in done.stderr
        assert "Traceback" not in done.stderr
        return json.loads(done.stdout)

    def test_findings_by_code(report):
        counts = Counter(finding["code"] for finding in report["findings"])
        print("findings:", dict(counts.most_common()))  # noqa: T201 - for `pytest -s`
        assert counts.total() > 100
        assert not counts.keys() & {"ZW150", "ZW151", "ZW999"}

    def test_every_document_and_every_row_has_its_page(site, report):
        output = site.parent / "public"
        kinds = page_kinds(output)
        held = set(report["result"]["held"])
        sources = [file for file in (site / "content").rglob("*.md") if file.relative_to(site).parts[1] not in held]
        assert len(kinds["document"]) == len(sources)
        with CATALOGUE.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(kinds["entry"]) == len(rows)
        for number, row in enumerate(rows, 1):
            text = read_page(output / f"haitan/e/ht-{number:03}.html").text
            assert " ".join(row["二级事项"].split()) in text
            for words in (
                row["公开时限"],
                row["公开主体"],
                *row["公开内容（要素）"].split("\n"),
                *row["公开依据"].split("\n"),
            ):
                assert " ".join(words.split()) in text, (number, words)

    def test_only_faults_of_the_texts_hold_a_department_back(site, report):
        """A law that stands twice in the collection under one index number is such a fault; we have none of our own."""
        blocking = [item for item in report["findings"] if item["severity"] == "error"]
        print("errors:", Counter(item["code"] for item in blocking))  # noqa: T201 - for `pytest -s`
        print("held back:", report["result"]["held"])  # noqa: T201 - for `pytest -s`
        published = set(departments_of(site.parent / "public"))
        everything = {file.stem for file in (site / "catalogs").glob("*.yaml")}
        assert everything - published == set(report["result"]["held"])

    def test_no_link_is_dead(site, report):
        assert dead_links(site.parent / "public") == []

    def test_the_second_run_writes_nothing(site, report):
        done = run_build(site, site.parent / "public")
        assert done.returncode in (0, 1), done.stderr
        assert "写入 0 个文件" in done.stdout
