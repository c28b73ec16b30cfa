"""Documents name only what there is: files, commands, options, codes; and the generated parts are current."""

import re
from functools import cache
from urllib.parse import unquote

import pytest

from tests.architecture.markdown import DOCUMENTS, ROOT, commands, name_of, read, spans, without_code

FILE = re.compile(r"(?:[\w.-]+/)*[\w.-]+\.(?:py|pyi|md|toml|lock|html|css|js)")
NOT_IN_THE_REPOSITORY = (
    "public/",
    "data/",
    "content/",
    "catalogs/",
    "overrides/",
    "shell/",
    "themes/shifan/",
    "my-site/",
    "公开栏目/",
    "wjj/",
    "fields/",
    "d/",
    "search/",
    "i/",
    "k/",
    "l/",
    "p/",
    "q/",
    "s/",
    "t/",
)
OTHERS = {
    "404.html",
    "校验.html",
    "index.html",
    "catalog.html",
    "pylock.toml",
    "sw.js",
    "all.js",
    "head.js",
    "columns.js",
    "readings.js",
}
"""Files of the output, and of others."""
TECHNICAL = [ROOT / "docs" / "architecture.md", ROOT / "docs" / "api.md"]
TECHNICAL += [path for path in DOCUMENTS if path.parent.name == "decisions" and path.name >= "0005"]
IDENTIFIER = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+|[A-Z]+(?:_[A-Z]+)+|_?[a-z]+(?:_[a-z]+)+")
STATIONS = {"SourceFile", "SitePlan", "Artifact", "safe_load"}
"""Words of the documents alone, and of what they refuse."""
FOREIGN_OPTIONS = {"--upgrade", "--require-hashes", "--no-deps", "--check"}
"""Options of other programs that stand in a code span by themselves."""
COMMAND = re.compile(r"(?:^|(?<=[\s/\\]))zwgk(?:\.cmd)? +([a-z]+)\b(.*)")
TASK = re.compile(r"\bbuild\.py +(-*[a-z]+)\b(.*)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
CODE = re.compile(r"\bZW\d{3}\b")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)


@cache
def group():
    from zwgk_site.cli.main import cli

    return cli


@cache
def options_of(command):
    from click import Context

    context = Context(group())
    found = group().get_command(context, command)
    assert found is not None, f"there is no command zwgk {command}"
    return {option for parameter in found.get_params(Context(found)) for option in parameter.opts} | {"--help"}


@cache
def build_tasks():
    return set(re.findall(r'^    "([a-z]+)": Task\(', read(ROOT / "build.py"), re.MULTILINE))


def exists(name):
    if name in OTHERS or name.startswith(NOT_IN_THE_REPOSITORY):
        return True
    places = (ROOT, ROOT / "zwgk_site", ROOT / "docs", ROOT / "tests", ROOT / "themes" / "default" / "templates")
    if any((place / name).is_file() for place in places):
        return True
    return "/" not in name and any(ROOT.glob(f"zwgk_site/**/{name}"))


@each_document
def test_every_file_named_exists(document):
    names = {word for span in spans(read(document)) for word in span.split() if FILE.fullmatch(word)}
    assert not {name for name in names if not exists(name)}


@each_document
def test_every_link_leads_somewhere(document):
    for target in LINK.findall(without_code(read(document))):
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = unquote(target).partition("#")
            found = document.parent / path if path else document
            assert found.exists(), target
            assert not anchor or f"# {anchor}" in read(found).lower().replace(" ", "-"), target


@each_document
def test_every_command_and_option_exists(document):
    for line in commands(read(document)):
        task = TASK.search(line)
        if task and not task[1].startswith("-"):
            assert task[1] in build_tasks(), line
        command = COMMAND.search(line)
        if command:
            assert command[1] in group().list_commands(None), line
            assert set(OPTION.findall(command[2])) <= options_of(command[1]), line


@each_document
def test_every_option_named_alone_exists(document):
    known = set(FOREIGN_OPTIONS).union(*(options_of(command) for command in group().list_commands(None)))
    known |= set(OPTION.findall(read(ROOT / "build.py") + read(ROOT / "bundle" / "make_bundle.py")))
    named = {option for span in spans(read(document)) if span.startswith("--") for option in OPTION.findall(span)}
    assert named <= known


@pytest.mark.parametrize("document", TECHNICAL, ids=name_of)
def test_every_identifier_named_exists(document):
    """So that a document does not speak of what the code has lost."""
    named = {word for span in spans(read(document)) for word in span.split(".") if IDENTIFIER.fullmatch(word)}
    source = "\n".join(map(read, sorted((ROOT / "zwgk_site").rglob("*.py"))))
    assert not {word for word in named - STATIONS if not re.search(rf"\b{word}\b", source)}


@each_document
def test_every_code_named_exists(document):
    from zwgk_site.cli.rule_list import all_rules

    assert set(CODE.findall(read(document))) <= set(all_rules())


def test_the_index_lists_every_document():
    listed = {target.partition("#")[0] for target in LINK.findall(read(ROOT / "docs" / "index.md"))}
    documents = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} - {"index.md"}
    assert documents <= listed


@pytest.mark.parametrize("name", ["architecture.md", "files.md", "glossary.md"])
def test_the_generated_part_is_current(name):
    """What cog would write stands there: `python3 build.py fix` puts it right."""
    from docs.generate import generated_parts

    made = generated_parts()[name]()
    assert f"]]] -->\n\n{made}\n\n<!-- [[[end]]] -->" in read(ROOT / "docs" / name)


def test_every_decision_answers_the_four_questions():
    for path in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        text = read(path)
        assert re.match(rf"# {path.name[:4]} \S", text), path.name
        for mark in ("**Question.**", "**Choice.**", "**Refused.**", "**Look again**"):
            assert mark in text, (path.name, mark)


def pinned(name):
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", read(ROOT / name), re.MULTILINE))


def test_what_runs_is_a_part_of_what_is_tested():
    run, everything = pinned("requirements-run.lock"), pinned("requirements.lock")
    assert run
    assert run.items() <= everything.items()


def test_every_note_of_the_change_log_has_an_issue_and_a_kind():
    notes = [path.name for path in (ROOT / "changelog.d").iterdir() if not path.name.startswith(".")]
    assert notes
    assert [name for name in notes if not re.fullmatch(r"\d+(?:\.\d+)?\.(?:feature|fix|change|doc)\.md", name)] == []


def test_no_document_speaks_of_a_machine_of_ours():
    for document in DOCUMENTS:
        assert not re.search(r"/work/|/tmp/core|/root/", read(document)), name_of(document)
