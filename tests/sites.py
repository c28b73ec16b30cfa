"""Small whole sites for tests, in a few lines, and the shortest way to build one.

    write_site(root, {"wjj": {}}, {"wjj/2026/a.md": {"标题": "通知", "正文": "……"}})
    built = build(root, out)              # today is TODAY unless told otherwise
    assert "通知" in page(out, page_url("wjj/2026/a.md"))

Everything that is not given is valid and dull. `None` leaves a key out; a `str` or `bytes` instead of a mapping is the
whole file as it is; `Raw("…")` is one value as it is, without quotes. Calling `write_site` again adds and overwrites.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zwgk_site.diagnostics import Checked
from zwgk_site.pipeline.build import Release, build_site
from zwgk_site.pipeline.request import BuildRequest
from zwgk_site.statute.numbers import is_credit_code

TODAY = "2026-11-21"
BODY = "正文"
"""The key of a document's mapping that holds the text below its front matter."""

File = str | bytes | Mapping[str, Any]


class Raw(str):
    """A YAML value that is written as it is."""

    __slots__ = ()


SETTINGS: dict[str, Any] = {
    "格式版本": 1,
    "网站名称": "示范县政府信息公开",
    "域名": "https://www.shifan.example",
    "网站标识码": "9999000001",
    "主办单位": "示范县人民政府办公室",
    "ICP备案": "示ICP备00000000号",
    "公安备案": "示公网安备 99999900000000号",
    "联系方式": {"电话": "0000-0000103"},
    "找错地址": "https://zhaocuo.shifan.example/",
}


def write_site(
    root: Path,
    departments: Mapping[str, File] | None = None,
    documents: Mapping[str, File] | None = None,
    *,
    files: Mapping[str, str | bytes] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Path:
    """A site below `root`.

    departments: by code, what its catalogue says of 部门 beyond the default; `目录` replaces the one default entry.
    documents: by path below `content/`, front matter beyond the default, and the text under `正文`.
    files: anything else by path below `root`, such as attachments (`content/wjj/a.pdf`).
    """
    if settings is not None or not (root / "site.yaml").exists():
        write_file(root / "site.yaml", "\n".join([*_rows(merged(SETTINGS, settings or {})), ""]))
    for code, given in (departments or {}).items():
        write_file(
            root / f"catalogs/{code}.yaml", given if isinstance(given, (str, bytes)) else catalog_text(code, given)
        )
    for path, given in (documents or {}).items():
        write_file(root / "content" / path, given if isinstance(given, (str, bytes)) else document_text(path, given))
    for path, content in (files or {}).items():
        write_file(root / path, content)
    return root


def catalog_text(code: str, given: Mapping[str, Any] | None = None) -> str:
    """A catalogue file; `given` as in `write_site`."""
    values = merged({"代码": code, "名称": f"示范县{code}局", "统一社会信用代码": credit_code(code)}, given or {})
    entries = values.pop("目录", [entry(code)])
    lines = ["格式版本: 1", "部门:", *(f"  {row}" for row in _rows(values))]
    if entries:
        lines.append("目录:")
    for item in entries:
        rows = _rows(item)
        lines += [f"  - {rows[0]}", *(f"    {row}" for row in rows[1:])]
    return "\n".join(lines) + "\n"


def entry(code: str, number: int = 1, **given: Any) -> dict[str, Any]:
    """One valid catalogue entry, `WJJ-001` for department `wjj`."""
    values = {
        "编号": f"{code.upper()}-{number:03}",
        "公开事项": ["机构信息", f"事项{number}"],
        "公开内容": ["机构职能"],
        "公开时限": "自信息形成或者变更之日起20个工作日内",
        "公开主体": f"示范县{code}局",
        "公开方式": "主动公开",
        "领域": "卫生健康",
        "法定事项": "20-2",
        "五公开": "管理",
    }
    return merged(values, given)


def document_text(path: str, given: Mapping[str, Any] | None = None) -> str:
    """A document file; `path` below `content/` gives department, title and 索引号 (see `page_url`)."""
    code = path.partition("/")[0]
    values = {
        "标题": f"关于{Path(path).stem}的通知",
        "索引号": f"{credit_code(code)}/2026-{_serial(path)}",
        "条目": f"{code.upper()}-001",
        "成文日期": "2026-03-02",
        "发布日期": "2026-03-05",
        "公开方式": "主动公开",
        BODY: "为做好有关工作，现将有关事项通知如下，请认真贯彻执行。\n",
    }
    values = merged(values, given or {})
    body = values.pop(BODY, "")
    return "\n".join(["---", *_rows(values), "---", "", body])


def page_url(path: str) -> str:
    """The URL of the page of a document written with its default 索引号: `wjj/2026/a.md` → `wjj/2026/41907.html`."""
    return f"{path.partition('/')[0]}/2026/{_serial(path)}.html"


def _serial(path: str) -> str:
    return f"{zlib.crc32(path.encode()) % 99999 + 1:05}"


def merged(values: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """`values` with `given` on top; `None` takes a key out."""
    return {key: value for key, value in {**values, **given}.items() if value is not None}


def scalar(value: Any) -> str:
    """A YAML value on one line: JSON, which every YAML reader takes, with all that is invisible escaped."""
    if isinstance(value, Raw):
        return value
    text = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() or c == "\u3000" else _escape(c) for c in text)


def _escape(char: str) -> str:
    return f"\\U{ord(char):08x}" if ord(char) > 0xFFFF else f"\\u{ord(char):04x}"


def _rows(values: Mapping[str, Any]) -> list[str]:
    """`key: value` lines; a key that is no plain word is quoted."""
    return [
        f"{key if key.replace('_', '').isalnum() else scalar(key)}: {scalar(value)}" for key, value in values.items()
    ]


def write_file(path: Path, content: str | bytes) -> None:
    """A file with its folders; text is UTF-8 with plain line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))


def credit_code(code: str) -> str:
    """A 统一社会信用代码 with a right check digit, one for each department code."""
    stem = f"11999900{sum(ord(c) * 31**i for i, c in enumerate(code)) % 10**9:09}"
    return next(stem + digit for digit in "0123456789ABCDEFGHJKLMNPQRTUWXY" if is_credit_code(stem + digit))


def build(root: Path, out: Path, today: str = TODAY, *, moment: str = "", **options: Any) -> Checked[Release | None]:
    """Builds the site in this process. `moment` (`2026-11-21 09:30`) is more exact than `today`.

    options: further fields of `BuildRequest`, such as `jobs=2`, `draft=True`, `previous=path`.
    """
    return build_site(BuildRequest(root, out, moment or f"{today} 23:59", **{"jobs": 1, **options}))


def age(root: Path, seconds: float = 10) -> None:
    """Makes every input file look as if it had been written a while ago, so that a build may trust its time stamp."""
    then = time.time() - seconds
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            os.utime(path, (then, then))


def served(out: Path) -> dict[str, bytes]:
    """Every file of the output by URL."""
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()}


def page(out: Path, url: str) -> str:
    """One page as text."""
    return (out / url).read_text("utf-8")


def state_folder(out: Path) -> Path:
    """The folder beside the output in which releases, stages, journal and cache are kept."""
    return out.parent / f".{out.name}.zwgk"


def codes(built: Checked[Any]) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in built.findings}
