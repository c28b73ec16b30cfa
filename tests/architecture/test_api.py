"""The public API: what `zwgk_site` lists, what `docs/api.md` tells, and nothing paid for before it is used."""

import os
import re
import subprocess
import sys

import pytest

import zwgk_site
from tests.architecture.markdown import ROOT, fences, read

PAGE = ROOT / "docs" / "api.md"


def test_every_public_name_is_told_and_no_other():
    told = re.findall(r"^\| `(\w+)` \|", read(PAGE), re.MULTILINE)
    assert sorted(told) == sorted(zwgk_site.__all__)


@pytest.mark.parametrize("name", zwgk_site.__all__)
def test_public_name_is_there_and_says_what_it_is(name):
    assert getattr(zwgk_site, name).__doc__
    assert name in dir(zwgk_site)


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Secret'"):
        _ = zwgk_site.Secret


def test_importing_the_package_imports_no_library():
    code = "import sys, zwgk_site; print({'msgspec', 'jinja2', 'yaml', 'click', 'markdown'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_every_field_that_the_page_names_exists():
    told = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", read(PAGE), re.MULTILINE))
    for name in ("BuildRequest", "Release", "Checked", "Diagnostic", "Span"):
        words = {word.partition("(")[0] for word in re.findall(r"`([a-z_]+(?:\(\"\w+\"\))?)`", told[name])}
        assert words
        known = set(dir(getattr(zwgk_site, name)))
        assert words <= known, words - known


def test_the_example_runs(tmp_path):
    from tests.architecture.markdown import example_files

    for name, text in example_files(ROOT / "README.md").items():
        target = tmp_path / "my-site" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    code = next(block for language, block in fences(read(PAGE)) if language == "python")
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Release(")
