"""What the READMEs and `docs/files.md` show is built as shown, and every command line in them is one that there is."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.markdown import ROOT, example_files, read, spans

READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")


def run_zwgk(*arguments, folder):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "zwgk_site", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("document", [*READMES, ROOT / "docs" / "files.md"], ids=lambda path: path.name)
def test_example_site_builds_without_an_error_or_a_warning(document, tmp_path):
    files = example_files(document)
    assert {name.partition("/")[0] for name in files} == {"site.yaml", "catalogs", "content"}
    for name, text in files.items():
        target = tmp_path / "my-site" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    done = run_zwgk("build", "my-site", "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr + done.stdout
    report = json.loads(done.stdout)
    assert (report["errors"], report["warnings"]) == (0, 0), report["findings"]
    documents = [name for name in files if name.endswith(".md")]
    assert report["result"]["documents"] == len(documents)
    assert (tmp_path / "my-site" / "public" / "index.html").is_file()


def test_the_secret_of_the_example_is_nowhere_in_its_output(tmp_path):
    for name, text in example_files(ROOT / "docs" / "files.md").items():
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    assert run_zwgk("build", ".", folder=tmp_path).returncode == 0
    pages = [path.read_bytes().decode("utf-8", "replace") for path in tmp_path.glob("public/**/*") if path.is_file()]
    assert any("████" in page for page in pages)
    assert not [page for page in pages if "张某" in page or "内部审核分工" in page]


def test_both_readmes_show_the_same_example():
    first, second = map(example_files, READMES)
    assert first == second


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_table_of_commands_is_complete(readme):
    from zwgk_site.cli.main import COMMANDS

    told = [
        line.split("`")[1].removeprefix("zwgk ") for line in read(readme).splitlines() if line.startswith("| `zwgk ")
    ]
    assert told == list(COMMANDS)


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_exit_code_is_told(readme):
    from zwgk_site.cli.main import EXIT_BUG, EXIT_ERRORS, EXIT_MACHINE, EXIT_USAGE

    rows = {line.split("|")[1].strip() for line in read(readme).splitlines() if line.startswith("| ")}
    assert rows >= {"0", *map(str, (EXIT_ERRORS, EXIT_USAGE, EXIT_BUG, EXIT_MACHINE))}


def test_both_readmes_tell_of_the_same_options():
    options = [{span for span in spans(read(readme)) if span.startswith("--")} for readme in READMES]
    assert options[0] == options[1]
    assert options[0]
