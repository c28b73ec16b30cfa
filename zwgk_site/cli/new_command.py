"""`zwgk new`: a document, an entry or a department with sensible defaults and the next number."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from zwgk_site.cli.options import Day, format_options, language_option, moment_of, wants_json
from zwgk_site.cli.report import exit_code, show_all

if TYPE_CHECKING:
    from zwgk_site.diagnostics import Checked
    from zwgk_site.pipeline.new_items import Made

KINDS = {"document": "document", "entry": "entry", "department": "department", "文件": "document", "条目": "entry", "部门": "department"}  # fmt: skip
_NEXT = {
    "document": (
        "下一步：写好正文，确认可以公开后加一行“公开方式: 主动公开”，然后运行  zwgk check",
        "Next: write its text; once it may be published, add the line 公开方式: 主动公开; then run  zwgk check",
    ),
    "entry": (
        "下一步：核对这一条，再建它下面的文件，例如  zwgk new document --entry {id} --title 关于……的通知",
        "Next: look at the entry, then make documents for it, for example  zwgk new document --entry {id} --title 关于……的通知",
    ),
    "department": (
        "下一步：核对目录，再导入或新建文件，例如  zwgk new document --department {id} --title 政府信息公开指南",
        "Next: look at the catalogue, then make or import documents, for example  zwgk new document --department {id} --title 政府信息公开指南",
    ),
}


class Options(TypedDict):
    """What may be said of something new."""

    kind: str
    site: Path
    title: str
    department: str
    entry: tuple[str, ...]
    disclosure: str
    source: Path | None
    name: str
    subject: str
    content: tuple[str, ...]
    limit: str
    code: str
    credit_code: str
    category: str
    output: Path | None
    today: str | None
    output_format: str
    as_json: bool
    lang: str


@click.command(
    epilog="例 (example):  zwgk new document --title 关于做好防汛工作的通知 --entry WJJ-005    "
    "zwgk new document --from 通知.docx    zwgk new entry --subject 卫生健康/预防接种 --content 接种单位    "
    "zwgk new department --code wjj --name 示范县卫生健康局",
    short_help="新建文件、条目或部门",
)
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("site", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--title", "--标题", "title", default="", help="文件的标题")
@click.option(
    "--department", "--部门", "department", default="", metavar="CODE", help="放到哪个部门；只有一个部门时不用写"
)
@click.option("--entry", "--条目", "--事项", "entry", multiple=True, metavar="ID", help="文件属于哪个条目，可以写几次")
@click.option(
    "--disclosure", "--公开方式", "disclosure", default="", type=click.Choice(["", "主动公开", "依申请公开"]),
    help="公开方式；文件不写就不公开，条目默认主动公开",
)  # fmt: skip
@click.option(
    "--from", "source", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
    help="用这个文件的内容：.docx、.html、.md、.txt",
)  # fmt: skip
@click.option("--name", default="", help="文件名（字母、数字、短横），或部门的名称")
@click.option("--subject", "--公开事项", "subject", default="", help="条目的公开事项，各级之间用 / 隔开")
@click.option("--content", "--公开内容", "content", multiple=True, help="条目的公开内容，可以写几次")
@click.option("--limit", "--公开时限", "limit", default="", help="条目的公开时限，默认20个工作日内")
@click.option("--code", default="", help="部门代码，例如 wjj")
@click.option("--credit-code", default="", help="部门的统一社会信用代码")
@click.option("--category", default="政府部门", help="部门的类别")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    help="已生成的网站，其中用过的索引号不再用；默认 栏目/public",
)
@click.option("--today", type=Day(), default=None, help="按这一天，默认今天（北京时间）")
@format_options
@language_option
def command(**options: Unpack[Options]) -> int:
    """新建一个文件（document）、条目（entry）或部门（department），也可以写 文件、条目、部门；从不覆盖已有的。

    Makes a document, an entry or a department with the next number of its kind; asks for what is missing on a terminal.
    """
    kind = KINDS[options["kind"]]
    made = {"document": _document, "entry": _entry, "department": _department}[kind](options)
    language = options["lang"]
    as_json = wants_json(options)
    value = made.value
    result = {"file": value.file, "given": dict(value.given)} if value is not None else None
    show_all(made.findings, options["site"], language, as_json=as_json, result={"made": result})
    if value is not None and not as_json:
        _tell(kind, value, language)
    return exit_code(made.findings, strict=False, failed=value is None)


def _tell(kind: str, made: Made, language: str) -> None:
    given = "  ".join(f"{key} {text}" for key, text in made.given)
    click.echo(f"✔ {'已建立' if language == 'zh' else 'made'} {made.file}" + (f"  {given}" if given else ""))
    zh, en = _NEXT[kind]
    known = dict(made.given)
    click.echo("  " + (zh if language == "zh" else en).format(id=known.get("编号") or known.get("代码", "")))


def _ask(value: str, option: str, question: str) -> str:
    """What was given, or what the person at the terminal answers."""
    if value:
        return value
    if not sys.stdin.isatty():
        raise click.UsageError(f"请写 {option}：{question}  (missing {option})")
    answer: str = click.prompt(question, type=str)
    return answer.strip()


def _document(options: Options) -> Checked[Made | None]:
    from zwgk_site.pipeline.new_items import NewDocument, make_document

    title = options["title"]
    if options["source"] is None:
        title = _ask(title, "--title", "文件的标题")
    today = moment_of(options["today"])[:10]
    return make_document(
        NewDocument(
            options["site"], today, title, options["department"], options["entry"], options["disclosure"],
            options["source"], options["name"], options["output"],
        )
    )  # fmt: skip


def _entry(options: Options) -> Checked[Made | None]:
    from zwgk_site.pipeline.new_items import NewEntry, make_entry
    from zwgk_site.statute.time_limit import STATUTORY_LIMIT

    subject = _ask(options["subject"], "--subject", "公开事项（各级之间用 / 隔开）")
    content = options["content"] or (_ask("", "--content", "公开内容（几项之间用、隔开）"),)
    parts = tuple(part.strip() for part in subject.replace("／", "/").split("/") if part.strip())
    items = tuple(item.strip() for text in content for item in text.split("、") if item.strip())
    return make_entry(
        NewEntry(
            options["site"], parts, items, options["department"], options["limit"] or STATUTORY_LIMIT,
            options["disclosure"] or "主动公开",
        )
    )  # fmt: skip


def _department(options: Options) -> Checked[Made | None]:
    from zwgk_site.pipeline.new_items import NewDepartment, make_department

    code = _ask(options["code"] or options["department"], "--code", "部门代码（小写字母，例如 wjj）")
    name = _ask(options["name"], "--name", "部门的规范全称")
    return make_department(NewDepartment(options["site"], code, name, options["credit_code"], options["category"]))
