"""The browser's half of search, run by Node over indexes that the Python half has written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.search.sample_indexes import write_indexes
from zwgk_site.text.units import fold_text, split_units, traditional_table

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed: the browser's half cannot be run")


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Where Node finds the indexes, the table of traditional characters and the sweep of all characters."""
    folder = tmp_path_factory.mktemp("search")
    write_indexes(folder)
    forms = "".join(chr(code) + simple for code, simple in traditional_table().items())
    (folder / "forms.txt").write_text(forms, encoding="utf-8")
    (folder / "sweep.json").write_text(json.dumps(_sweep()), encoding="utf-8")
    found = {"ZWGK_INDEXES": folder, "ZWGK_FORMS": folder / "forms.txt", "ZWGK_SWEEP": folder / "sweep.json"}
    return os.environ | {name: str(path) for name, path in found.items()}


def _sweep() -> list[tuple[int, str, list[tuple[str, int]]]]:
    """Every assigned character: code, folded form, units of it between two letters. Surrogates cannot be written."""
    return [
        (code, fold_text(chr(code)), split_units(f"a{chr(code)}b"))
        for code in range(0x110000)
        if unicodedata.category(chr(code)) not in {"Cn", "Cs", "Co"}
    ]


@pytest.mark.parametrize("name", sorted(path.name for path in HERE.glob("*.test.js")))
def test_browser_half(name: str, environment: Mapping[str, str]) -> None:
    done = subprocess.run(
        [str(NODE), "--test", str(HERE / name)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert not done.returncode, done.stdout[-8000:] + done.stderr[-2000:]
