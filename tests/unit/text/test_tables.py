"""The tables of readings and traditional forms are what the libraries say today."""

from __future__ import annotations

import pytest

from zwgk_site.text.make_tables import write_tables
from zwgk_site.text.readings import initials_of, pair_readings, usual_readings
from zwgk_site.text.units import TABLES, fold_text


@pytest.mark.parametrize("name", ["traditional.txt", "readings.txt", "pairs.txt"])
def test_table_is_current(name, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    write_tables(folder)
    assert (folder / name).read_bytes() == (TABLES / name).read_bytes(), "python -m zwgk_site.text.make_tables"


def test_readings_know_words():
    assert usual_readings()["行"] == "xing"
    assert "yin hang" in pair_readings()["银行"]
    assert (initials_of("行政许可"), initials_of("银行监督"), initials_of("重庆市")) == ("xzxk", "yhjd", "cqs")
    assert initials_of("A级") == ""


def test_folding_ends_where_it_leads():
    """What a text folds to folds to itself."""
    for line in (TABLES / "traditional.txt").read_text(encoding="utf-8").split():
        assert fold_text(line[0]) == line[1] == fold_text(line[1])
