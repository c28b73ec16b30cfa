"""Cases of rules, written in the clerk's own language: `*.yaml` beside this file. How to write one:

    - rule: ZW121
      wrong:
        entry: |
          # 错误 ZW121 11-21
          修订日期: 2026-13-01
      right:
        entry: |
          修订日期: 2026-03-01

A comment names what must be found in the next line and the columns that are marked; it stays in the input. Everything
else must be without findings: the lists are compared whole. `site`, `department`, `top` (of the catalogue), `entry` and
`document` are lines added to valid files, `drop` (`drop_catalog`, `drop_document`) takes keys out of those, `body` is the document's text. `site_file`,
`catalog_file`, `document_file` are the whole text instead. `files` holds more files by path: text, or one of `encoding`
and `text`, `hex`, `size` (that many zeros), `link` (to a path), `absent`. `expect` lists what can't stand above a line,
as `错误 ZW106 catalogs/wjj.yaml`. `run` is `check` (the default), or what `zwgk fix` does: `numbers`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from tests.sites import TODAY
from zwgk_site.diagnostics import SEVERITY_WORDS, Diagnostic, Span
from zwgk_site.pipeline.check import check_site
from zwgk_site.pipeline.mend import plan_mends
from zwgk_site.pipeline.request import BuildRequest

HERE = Path(__file__).parent
EXPECTED = re.compile(r"^[ \t]*# (错误|警告|提示) (ZW\d{3}) (\d+)-(\d+)$")

SITE = """\
格式版本: 1
网站名称: 示范县政府信息公开
域名: https://www.shifan.example
网站标识码: 9999000001
主办单位: 示范县人民政府办公室
ICP备案: 示ICP备00000000号
公安备案: 示公网安备 99999900000000号
联系方式: {电话: 0000-0000103}
找错地址: https://zhaocuo.shifan.example/
"""
DEPARTMENT = "  代码: wjj\n  名称: 示范县卫生健康局\n  统一社会信用代码: 11999900000000043Q\n"
ENTRY = """\
    编号: WJJ-001
    公开事项: [卫生健康, 机构职能]
    公开内容: [主要职责]
    公开时限: 自信息形成或者变更之日起20个工作日内
    公开主体: 示范县卫生健康局
    公开方式: 主动公开
"""
DOCUMENT = """\
标题: 关于做好有关工作的通知
索引号: 11999900000000043Q/2026-00001
条目: WJJ-001
成文日期: 2026-03-02
发布日期: 2026-03-05
公开方式: 主动公开
"""
BODY = "现将有关事项通知如下，请认真贯彻执行。\n"

Found = tuple[str, int, int, int, str, str]
"""File, line, column, end column, severity, code."""


def read_cases() -> list[dict[str, Any]]:
    """Every case of every file, in order; `wrong` and `right` may each be one input or a list of them."""
    return [case for file in sorted(HERE.glob("*.yaml")) for case in yaml.safe_load(file.read_text("utf-8"))]


def inputs_of(case: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    given = case.get(kind, [])
    return given if isinstance(given, list) else [given]


def write_case(root: Path, given: dict[str, Any]) -> None:
    """The files of one input."""
    drop, catalog_drop, document_drop = (_words(given.get(key)) for key in ("drop", "drop_catalog", "drop_document"))
    _write(root / "site.yaml", given.get("site_file", _without(SITE, drop) + given.get("site", "")))
    catalog = (
        f"格式版本: 1\n部门:\n{_without(DEPARTMENT, drop + catalog_drop)}{_indented(given.get('department', ''), 2)}"
        f"目录:\n  -\n{_without(ENTRY, drop + catalog_drop)}{_indented(given.get('entry', ''), 4)}{given.get('top', '')}"
    )
    _write(root / "catalogs/wjj.yaml", given.get("catalog_file", catalog))
    document = (
        f"---\n{_without(DOCUMENT, drop + document_drop)}{given.get('document', '')}---\n\n{given.get('body', BODY)}"
    )
    _write(root / "content/wjj/a.md", given.get("document_file", document))
    for path, content in (given.get("files") or {}).items():
        _write(root / path, content)


def found_in(root: Path, given: dict[str, Any]) -> list[Found]:
    """What the program finds."""
    if given.get("run") == "numbers":
        findings = plan_mends(root, root / "public", encodings=False, numbers=True).findings
    else:
        findings = check_site(BuildRequest(root, root / "public", f"{TODAY} 23:59")).findings
    return sorted(as_found(finding) for finding in findings)


def expected_in(root: Path, given: dict[str, Any]) -> list[Found]:
    """What the comments and `expect` say."""
    expected = [found_from_words(words) for words in given.get("expect") or []]
    for path in sorted(root.rglob("*")):
        if (
            path.suffix not in (".yaml", ".md")
            or path.is_symlink()
            or not path.is_file()
            or path.stat().st_size > 1 << 20
        ):
            continue
        rows = path.read_bytes().decode("utf-8", "ignore").split("\n")
        for number, row in enumerate(rows, 1):
            said = EXPECTED.match(row)
            if said:
                place = number + 1
                while EXPECTED.match(rows[place - 1]):
                    place += 1
                expected.append(
                    (path.relative_to(root).as_posix(), place, int(said[3]), int(said[4]), said[1], said[2])
                )
    return sorted(expected)


def spans_in_text(root: Path, found: list[Found]) -> list[Found]:
    """Findings whose columns do not lie in the line that they name."""
    outside = []
    for item in found:
        file, line, column, end = item[:4]
        if line:
            rows = (root / file).read_bytes().decode("utf-8", "replace").lstrip("\ufeff").split("\n")
            if not 1 <= column < end or column > len(rows[line - 1]) + 1:
                outside.append(item)
    return outside


def as_found(finding: Diagnostic) -> Found:
    span: Span = finding.span
    word = SEVERITY_WORDS["zh"][finding.severity]
    return span.file, span.line, span.column, span.end_column, word, finding.code


def found_from_words(words: str) -> Found:
    severity, code, place = words.split(" ")
    file, _, rest = place.partition(":")
    line, _, columns = rest.partition(":")
    start, _, end = columns.partition("-")
    return file, int(line or 0), int(start or 0), int(end or 0), severity, code


def _words(given: str | list[str] | None) -> list[str]:
    return [given] if isinstance(given, str) else given or []


def _without(text: str, keys: list[str]) -> str:
    return "".join(row for row in text.splitlines(keepends=True) if row.split(":")[0].strip() not in keys)


def _indented(text: str, width: int) -> str:
    return "".join(" " * width + row for row in text.splitlines(keepends=True))


def _write(path: Path, content: str | dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        path.write_bytes(content.encode())
    elif "link" in content:
        path.symlink_to(content["link"])
    elif "size" in content:
        with path.open("wb") as target:
            target.truncate(content["size"])
    elif "hex" in content:
        path.write_bytes(bytes.fromhex(content["hex"]))
    elif "absent" in content:
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    else:
        path.write_bytes(content["text"].encode(content["encoding"]))
