"""What tests of documents need: the documents, their code, the examples in them."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    [
        *ROOT.glob("docs/**/*.md"),
        *(ROOT / name for name in ("README.md", "README.zh-CN.md", "SECURITY.md", "CONTRIBUTING.md")),
    ]
)

_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_EXAMPLE = re.compile(r"^`([\w./-]+\.\w+)`[^\n]*\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def name_of(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def read(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def without_code(text: str) -> str:
    return _SPAN.sub("", _FENCE.sub("", text))


def fences(text: str) -> Iterator[tuple[str, str]]:
    """(language, lines) of each fenced block."""
    for found in _FENCE.finditer(text):
        yield found[2], found[3]


def spans(text: str) -> list[str]:
    """Every `code span`, on one line."""
    return [" ".join(found[2].split()) for found in _SPAN.finditer(_FENCE.sub("", text))]


def commands(text: str) -> Iterator[str]:
    """Every line of code that could be a command."""
    yield from (span.replace("\\|", "|") for span in spans(text))
    for language, block in fences(text):
        if language in {"", "sh"}:
            yield from (line.partition("#")[0].strip() for line in block.splitlines())


def example_files(document: Path) -> dict[str, str]:
    """Files shown whole: a line that begins with the file's name in a code span, then a fenced block."""
    return {found[1]: found[2] for found in _EXAMPLE.finditer(read(document))}
