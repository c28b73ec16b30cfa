"""The browser's half is checked by `tsc`, and keeps to what Chrome 86 knows."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "zwgk_site"
SCRIPTS = (
    *sorted(PACKAGE.glob("search/client/*.js")),
    *sorted(PACKAGE.glob("preview/client/*.js")),
    *sorted((HERE.parents[1] / "themes").glob("*/assets/*.js")),
)
PLACES = [*os.environ.get("NODE_PATH", "").split(os.pathsep), str(HERE.parent / "browser" / "node_modules")]
TOO_NEW = re.compile(
    r"\.at\(|\.findLast|\.toSorted|\.toReversed|\.with\(|structuredClone|Object\.hasOwn|Object\.groupBy|\.replaceChildren\(|"
    r"Promise\.any|Error\([^)]*\bcause\b|static \{|\bthis\.#|\(\?<[=!]|Array\.fromAsync|\.group\("
)
"""What came to Chrome after 86 (and replaceChildren with 86, but to others later); lookbehind is too new for older Safari."""


def _tool(name: str) -> str:
    for place in PLACES:
        path = Path(place) / ".bin" / name
        if place and path.exists():
            return str(path)
    pytest.skip(f"{name} is not installed: npm ci in tests/browser, or NODE_PATH")


def test_types_of_the_browser_half_hold() -> None:
    done = subprocess.run(
        [_tool("tsc"), "-p", str(HERE / "tsconfig.json")], capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stdout


def test_syntax_is_that_of_ecmascript_2020() -> None:
    done = subprocess.run(
        [_tool("es-check"), "es2020", *map(str, SCRIPTS)], capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_api_is_newer_than_chrome_86(path: Path) -> None:
    found = TOO_NEW.findall(path.read_text(encoding="utf-8"))
    assert not found
