"""`zwgk search`: the search of the published column, on the command line. The answer is that of the search page."""

from __future__ import annotations

import gc
import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

import click

from zwgk_site.cli.options import format_options, language_option, wants_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.search.answer import Answer, Hit
    from zwgk_site.search.answer import Options as SearchOptions
    from zwgk_site.search.faults import SearchError

MODES = {
    "exact": ("", ""),
    "number": ("按发文字号“{used}”检索", "read as the document number “{used}”"),
    "facts": ("按部门、时限等信息检索", "found in facts such as department and time limit"),
    "pinyin": ("按拼音检索：{used}", "read as pinyin: {used}"),
    "initials": ("按拼音首字母检索：{used}", "read as initials: {used}"),
    "homophone": ("没有找到原词，按同音字检索：{used}", "nothing as it stands; read by sound: {used}"),
    "synonym": ("没有找到原词，按同义词检索：{used}", "nothing as it stands; with synonyms: {used}"),
    "prefix": ("没有找到原词，按开头相同的词检索：{used}", "nothing as it stands; by the beginning: {used}"),
    "relaxed": ("没有全部符合的，部分符合：{used}", "nothing has it all; in part: {used}"),
    "any": ("按问题里的词检索：{used}", "by the words of the question: {used}"),
    "none": ("", ""),
    "whoosh": ("按 Whoosh 查询语言检索：{used}", "read in Whoosh's language: {used}"),
}
"""The line that says how a query was read."""

SUGGESTED = ("试试：", "try: ")
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


class Choices(TypedDict):
    """What may be asked of a search."""

    query: tuple[str, ...]
    output: Path
    limit: int
    offset: int
    department: str
    year: int | None
    sort: Literal["relevance", "date"]
    whoosh: bool
    output_format: str
    as_json: bool
    lang: str


@click.command(
    epilog='例 (example):  zwgk search 低保    zwgk search "文旅发〔2026〕3号"    zwgk search 公开指南 --department wjj --json',
    short_help="检索已生成的栏目",
    context_settings={"ignore_unknown_options": True},
)
@click.argument("query", nargs=-1, required=True)
@click.option("--output", type=click.Path(path_type=Path), default=Path("public"), help="输出文件夹，默认 public")
@click.option("--limit", type=click.IntRange(0, 10_000), default=10, show_default=True, help="最多显示几条")
@click.option("--offset", type=click.IntRange(0), default=0, help="跳过前面几条")
@click.option("--department", default="", metavar="CODE", help="只找这个部门的，写部门代码")
@click.option("--year", type=click.IntRange(1900, 9999), default=None, help="只找这一年的")
@click.option("--sort", type=click.Choice(["relevance", "date"]), default="relevance", help="按相关程度还是按日期排列")
@click.option("--whoosh", is_flag=True, help="查询用 Whoosh 的语言，例如　title:条例 AND NOT body:修改")
@format_options
@language_option
def command(**choices: Unpack[Choices]) -> int:
    """检索已生成的栏目，结果与网页上的检索相同。可以写几个词，用引号、-词、部门:名称、年:2026 缩小范围。

    Searches the published column as its search page does: words, quotes, -word, 部门:name, 年:2026.
    """
    from zwgk_site.search.faults import SearchError

    gc.disable()  # one answer, then the end: looking for circles would take a quarter of the time
    text = " ".join(choices["query"])
    try:
        answer = _ask(text, choices)
    except SearchError as fault:
        return _tell(fault, choices["lang"])
    if wants_json(choices):
        import msgspec

        from zwgk_site.search.data import answer_data

        click.echo(msgspec.json.format(msgspec.json.encode(answer_data(answer)), indent=1).decode())
        return 0
    is_bold = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for line in _as_text(answer, text, choices, is_bold=is_bold):
        click.echo(line, color=is_bold)
    return 0


def _ask(text: str, choices: Choices) -> Answer:
    wanted: SearchOptions = {
        "limit": choices["limit"],
        "offset": choices["offset"],
        "sort": choices["sort"],
        "department": choices["department"],
        "year": str(choices["year"] or ""),
    }
    if choices["whoosh"]:
        warnings.simplefilter("ignore", SyntaxWarning)  # of Whoosh's own escapes, when Python compiles it
        from zwgk_site.search.whoosh_answer import search_whoosh

        return search_whoosh(choices["output"], text, **wanted)
    from zwgk_site.search.answer import search

    return search(choices["output"], text, **wanted)


def _tell(fault: SearchError, language: str) -> int:
    """A missing or old index is mended by a build (1); a damaged one is a matter of the machine (4)."""
    from zwgk_site.cli.main import EXIT_ERRORS, EXIT_MACHINE
    from zwgk_site.diagnostics import SEVERITY_WORDS
    from zwgk_site.search.faults import SearchDamaged

    found = fault.diagnostic
    click.echo(f"{SEVERITY_WORDS[language][found.severity]} {found.code} {found.message(language)}", err=True)
    click.echo(f"   {found.hint(language)}", err=True)
    return EXIT_MACHINE if isinstance(fault, SearchDamaged) else EXIT_ERRORS


def _as_text(answer: Answer, text: str, choices: Choices, *, is_bold: bool) -> Iterator[str]:
    is_english = choices["lang"] == "en"
    said = MODES.get(answer.mode, ("", ""))[is_english].format(used=answer.used)
    if said:
        yield said
    if not answer.total:
        yield f"nothing found: {text}" if is_english else f"没有找到：{text}"
    for number, hit in enumerate(answer.hits, choices["offset"] + 1):
        yield from _hit_lines(number, hit, is_bold=is_bold)
    if answer.total:
        first, last = choices["offset"] + 1, choices["offset"] + len(answer.hits)
        if last < first:
            yield f"{answer.total} found" if is_english else f"共 {answer.total} 条"
        else:
            yield (
                f"{first} to {last} of {answer.total}"
                if is_english
                else f"共 {answer.total} 条，这是第 {first}—{last} 条"
            )
    if answer.suggestions:
        yield SUGGESTED[is_english] + "、".join(answer.suggestions)


def _hit_lines(number: int, hit: Hit, *, is_bold: bool) -> Iterator[str]:
    from zwgk_site.cli.show import plain_text

    yield f"{number:3d}. {_marked(hit.title, hit.title_marks, is_bold=is_bold)}"
    facts = [hit.department, hit.document_number, hit.date, hit.kind, hit.state]
    yield plain_text("     " + "  ".join(filter(None, facts)) + f"  {hit.url}")
    if hit.snippet:
        yield f"     {_marked(hit.snippet, hit.snippet_marks, is_bold=is_bold)}"


def _marked(text: str, marks: tuple[tuple[int, int], ...], *, is_bold: bool) -> str:
    """The text with what was found in bold, if the terminal can show it."""
    from zwgk_site.cli.show import plain_text

    if not is_bold:
        return plain_text(text)
    pieces, at = [], 0
    for start, end in marks:
        pieces += [plain_text(text[at:start]), _BOLD, plain_text(text[start:end]), _PLAIN]
        at = end
    return "".join(pieces) + plain_text(text[at:])
