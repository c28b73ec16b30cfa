"""A column of real official texts and a real catalogue, built once for all tests that look at it.

The texts lie beside the repository and are no part of it; without them there is no such column.
"""

from __future__ import annotations

import atexit
import functools
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.sample_column import REPOSITORY, run_build

SHARED = REPOSITORY.parent / "shared"
CATALOGUE = SHARED / "corpus/catalogues/haitan_filled.csv"
IS_THERE = CATALOGUE.exists()


def make_real_site(root: Path) -> Path:
    script = REPOSITORY / "benchmarks/real_site.py"
    command = [sys.executable, str(script), str(root), "--shared", str(SHARED)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return root


@functools.cache
def built_real() -> Path:
    """The real column, built in a fresh process; departments whose texts are at fault are held back."""
    folder = Path(tempfile.mkdtemp(prefix="zwgk-real-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    done = run_build(make_real_site(folder / "site"), folder / "public")
    assert done.returncode in (0, 1), done.stderr
    return folder / "public"
