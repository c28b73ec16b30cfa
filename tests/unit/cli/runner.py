"""`zwgk` as a clerk runs it, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[3]


def zwgk(*arguments: str | Path, folder: Path = REPOSITORY, **environment: str) -> subprocess.CompletedProcess[str]:
    """Exit code, stdout and stderr of one command."""
    return subprocess.run(
        [sys.executable, "-m", "zwgk_site", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def zwgk_json(*arguments: str | Path) -> dict[str, Any]:
    """What a command writes with `--json`."""
    found: dict[str, Any] = json.loads(zwgk(*arguments, "--json").stdout)
    return found
