"""The contracts hold, and each of them notices an import that breaks it."""

import shutil
import subprocess
import sys

import pytest

from tests.architecture.markdown import ROOT

LINT = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"

PLANTED = {
    "a pure stage reads the disk": ("stages/plan/lists.py", "import os", "touch no disk"),
    "a check starts a program": ("stages/check/structure.py", "import subprocess", "touch no disk"),
    "a value opens a connection": ("model/ledger.py", "import socket", "touch no disk"),
    "a rule of law makes a temporary file": ("statute/numbers.py", "import tempfile", "touch no disk"),
    "a stage calls another": (
        "stages/plan/lists.py",
        "from zwgk_site.stages.render.escaping import escape",
        "Stages never import",
    ),
    "the model knows the pipeline": ("model/marks.py", "from zwgk_site.pipeline import build", "Imports go down only"),
    "the pipeline knows the command line": ("pipeline/stats.py", "import zwgk_site.cli", "Imports go down only"),
    "findings know the model": ("diagnostics.py", "import zwgk_site.model.fields", "Imports go down only"),
    "law knows its neighbour": ("statute/numbers.py", "import zwgk_site.text.slug", "Imports go down only"),
    "a folder without a place": ("helpers/__init__.py", "", "Imports go down only"),
    "a check knows templates": ("stages/check/structure.py", "import jinja2", "Only render knows Jinja2"),
    "a plan reads YAML": ("stages/plan/lists.py", "import yaml", "Only load composes YAML"),
    "load writes YAML": ("stages/load/scan.py", "import ruamel.yaml", "Only load composes YAML"),
    "two files of a folder in a circle": (
        "stages/plan/lists.py",
        "import zwgk_site.stages.plan.shared",
        "No circles among siblings",
    ),
}


def lint_imports(folder):
    return subprocess.run([sys.executable, "-c", LINT], cwd=folder, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def copied_house(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "zwgk_site", tmp_path / "zwgk_site", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_contracts_hold():
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout
    assert " 0 broken." in done.stdout


@pytest.mark.parametrize("name", PLANTED)
def test_a_wrong_import_is_noticed(name, copied_house):
    file, line, contract = PLANTED[name]
    target = copied_house / "zwgk_site" / file
    target.parent.mkdir(exist_ok=True)
    before = target.read_text(encoding="utf-8") if target.exists() else ""
    target.write_text(f"{before}\n{line}\n", encoding="utf-8")
    done = lint_imports(copied_house)
    assert done.returncode == 1, done.stdout
    broken = [row for row in done.stdout.splitlines() if " BROKEN" in row]
    assert [row for row in broken if contract in row], done.stdout
