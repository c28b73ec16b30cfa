"""Style sheets keep to what old browsers know: Chrome 86 of Windows 7 first; what is ignored only makes paper nicer."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHEETS = [*sorted(ROOT.glob("themes/*/assets/*.css")), ROOT / "zwgk_site/preview/client/preview.css"]
PLACES = [*(Path(place) for place in os.environ.get("NODE_PATH", "").split(os.pathsep) if place), HERE / "node_modules"]


def _lint(*files: Path) -> subprocess.CompletedProcess[str]:
    place = next((place for place in PLACES if (place / ".bin/stylelint").exists()), None)
    if place is None:
        pytest.skip("stylelint is not installed: npm ci in tests/browser, or NODE_PATH")
    command = [place / ".bin/stylelint", "--config", HERE / "stylelint.json", "--config-basedir", place.parent, *files]
    return subprocess.run([str(part) for part in command], cwd=HERE, capture_output=True, text=True, check=False)


def test_the_sheets_of_the_themes_are_sound_and_not_too_new() -> None:
    assert len(SHEETS) >= 4
    done = _lint(*SHEETS)
    assert not done.returncode, done.stdout + done.stderr


def test_what_is_too_new_or_wrong_is_found(tmp_path: Path) -> None:
    sheet = tmp_path / "new.css"
    sheet.write_text("a:has(b) { inset: 0; colour: red; }\n", encoding="utf-8")
    done = _lint(sheet)
    told = done.stdout + done.stderr
    assert done.returncode
    assert "css-has" in told
    assert "colour" in told
