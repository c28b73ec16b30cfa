"""Every command that a page for webmasters shows is run as it stands there, in a copy of the sample column.

A block marked `sh` or `bat` is taken for commands, line by line and in order, in one folder a page; `zwgk` and
`python3 build.py` are this checkout's. A page on a new command is looked at without further ado. Lines that belong to
other programs are named in `FOREIGN`, work that needs a developer's machine in `TASKS`: anything else must succeed.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading

import pytest

from tests.architecture.markdown import ROOT, example_files, fences, name_of, read
from tests.old_pages import PARAGRAPHS, table_metadata
from tests.sites import write_file
from tests.unit.exchange.tables import HEADER, row, write, xlsx
from tests.word_files import notice, word_file

PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.zh-CN.md"))]
SAMPLE = ("catalogs", "content", "schema", "docs/examples", "site.yaml")
FOREIGN = ("rsync ", "chrome.exe ")
"""Programs of others, shown with our output."""
TASKS = ("test", "lint", "fix", "snapshots", "bench", "accept", "pages", "pictures", "bundle")
"""Tasks of `build.py` that have tests of their own, or need a network or a browser."""
RETURNS_FILES = re.compile(r"\bcheck\b.*--gate\b")
"""Commands whose exit code 1 says that there is something to return, not that they failed."""
SERVES = re.compile(r"\bserve\b")
INTERRUPTED = 130

ZWGK = """\
#!/bin/sh
PYTHONPATH="{root}" exec "{python}" -m zwgk_site "$@"
"""
BUILD = """\
#!/bin/sh
[ "$1" = build.py ] || exec "{python}" "$@"
shift
case "$1" in
  zwgk) shift; exec zwgk "$@" ;;
  serve) shift; exec zwgk serve "$@" ;;
  site) shift; exec zwgk build . --output public "$@" ;;
  ""|-*) exec zwgk build . --output public "$@" ;;
esac
echo "no such task here: $1" >&2
exit 2
"""


def commands_of(page) -> list[str]:
    """The lines of the page's blocks of commands."""
    lines = [
        line.strip()
        for language, block in fences(read(page))
        if language in {"sh", "bat"}
        for line in block.splitlines()
    ]
    return [line for line in lines if line and not line.startswith(("#", "rem ", *FOREIGN)) and not is_task(line)]


def is_task(line: str) -> bool:
    found = re.match(r"(?:python3|py) build\.py (\w+)", line)
    return found is not None and found[1] in TASKS


PAGES_WITH_COMMANDS = [page for page in PAGES if commands_of(page)]


def write_inputs(folder):
    """What a clerk has at hand: the files that the pages name."""
    header = (*HEADER, "承办处室", "内部编码")
    write(folder / "目录.xlsx", xlsx([header, [*row(1), "办公室", 1], [*row(2), "人事科", 2]]))
    write(folder / "目录2.xlsx", xlsx([HEADER, row(3, 二级事项="招生")]))
    write(folder / "通知.docx", word_file(notice))
    write_file(folder / "旧网页" / "1.html", table_metadata(PARAGRAPHS))


@pytest.fixture
def folder(tmp_path):
    """A copy of the sample column, and what a clerk has at hand."""
    for name in SAMPLE:
        source, target = ROOT / name, tmp_path / "site" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    write_inputs(tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def environment(tmp_path):
    """Where the commands of the pages are this checkout's."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, text in (("zwgk", ZWGK), ("python3", BUILD), ("py", BUILD)):
        program = programs / name
        program.write_text(text.format(root=ROOT, python=sys.executable), "utf-8")
        program.chmod(0o755)
    return {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}


def run(line, folder, environment):
    if SERVES.search(line):
        return run_server(f"{line} --port 0", folder, environment)
    done = subprocess.run(
        ["/bin/sh", "-c", line], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stderr[-2000:]


def run_server(line, folder, environment):
    """Until it says where it serves; then it is ended as by Ctrl+C, which may reach it a moment before it listens."""
    with subprocess.Popen(
        ["/bin/sh", "-c", f"exec {line}"],
        cwd=folder,
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        alarm = threading.Timer(60, process.kill)
        alarm.start()
        said = ""
        for row in process.stdout:
            said += row
            if "http://" in row:
                process.send_signal(signal.SIGINT)
        alarm.cancel()
    ended = process.returncode in (0, INTERRUPTED) and "http://" in said
    return (0 if ended else process.returncode or 1), said[-2000:]


@pytest.mark.skipif(sys.platform == "win32", reason="pages are written for any shell, and tried in one")
@pytest.mark.parametrize("page", PAGES_WITH_COMMANDS, ids=name_of)
def test_every_command_of_the_page_runs(page, folder, environment):
    for name, text in example_files(page).items():
        target = folder / "my-site" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    for line in commands_of(page):
        code, said = run(line, folder, environment)
        assert code in ((0, 1) if RETURNS_FILES.search(line) else (0,)), f"{line}\nexit code {code}\n{said}"


def test_a_command_that_there_is_not_fails(folder, environment):
    """So that a page on something that has gone, or is not there yet, is noticed."""
    assert run("zwgk gone .", folder, environment)[0] == 2
    assert run("python3 build.py gone", folder, environment)[0] == 2
    assert run("zwgk check no-such-folder", folder, environment)[0] == 2


def test_the_pages_that_a_beginner_needs_have_commands():
    names = ("start", "catalog", "import", "documents", "serve", "publish")
    assert {"README.md", "README.zh-CN.md", *(f"docs/{name}.zh-CN.md" for name in names)} <= {
        name_of(page) for page in PAGES_WITH_COMMANDS
    }
