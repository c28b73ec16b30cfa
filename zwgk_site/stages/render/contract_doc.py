"""The theme contract as a document, made from the types of the views: `docs/theme-contract.md`.

`python -m zwgk_site.stages.render.contract_doc > docs/theme-contract.md` writes it; a test compares.
"""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import msgspec

from zwgk_site.model.theme import PARTS, THEME_CONTRACT
from zwgk_site.model.views import VIEWS, Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = f"""\
# 主题约定 · The theme contract (version {THEME_CONTRACT})

<!-- 本页由 python -m zwgk_site.stages.render.contract_doc 生成，请勿手改。 -->

主题是一个文件夹：`theme.yaml`、`templates/*.html`、`assets/`。主题里没有程序，只有 Jinja2 模板。

| 文件 | 作用 |
|---|---|
| `theme.yaml` | `name`（与文件夹同名）、`title`、`contract: {THEME_CONTRACT}`，可以有 `extends: default` |
| `templates/` | 下面列出的每个模板一个文件；有 `extends` 时只放要改的 |
| `assets/` | css js png jpg webp gif ico woff2 txt json，每个不超过 2 MB，文件名用英文字母、数字、点、短横 |

**先后**：网站的 `overrides/templates`、`overrides/assets` 里的单个文件最优先，
其次是网站的 `themes/<主题>`，再次是程序自带的主题；找不到的文件，沿 `extends` 一级一级向上找。

**只改一块**：模板第一行写 `{{% extends "default/entry.html" %}}`（主题名/模板名），
再写要换的 `{{% block … %}}`；`{{{{ super() }}}}` 是原来的内容。可换的块见各主题的模板。

**规矩**

* `frame.html` 看得到 `frame`，并留下两个空位 `{{{{ head }}}}`、`{{{{ main }}}}`，各一次、次序不变；
  每个部门、每级文件夹只生成一次。
* `frame.html` 还看得到 `shell`（门户外壳）：`header`、`footer` 是已经安全的 HTML，`styles` 是样式文件。没有外壳时都为空；
  有外壳时每样要出现一次。
* 其他模板只看得到 `page`，`document.html` 还有 `contents`（正文的标题，每项是级别 1、2 和链接）和 `body`，是已经安全的正文，照写
  `<div class="doc-body">{{{{ body }}}}</div>`。
  只有 `{{% block main %}}`（必需）和 `{{% block head_extra %}}`（可选，放在 `<head>` 里）会被输出，块外的内容不输出。
* 用到没有的名称就是错误（ZW510），不会悄悄变成空白。文字一律自动转义，不要用 `|safe`。
* 模板只用 `if` 和 `for`：不算日期，不排序，没有全局函数。要快就用 `for`，少用宏和 `loop`。
* 网址都相对于所在的页；`url` 为空表示只是文字。日期是 `2026-03-05` 这样的文字，可能为空。
* 不写内联的样式和脚本：页面要能在 `Content-Security-Policy: default-src 'self'` 下使用。
* `<title>`、meta、规范链接和 JSON-LD 由程序写进 `head` 这个空位。检查程序要读的标签（SiteName、PubDate 等）都在里面：
  空位要露在 `<head>` 里，不放进注释（ZW871），这些标签不要自己再写（ZW872、ZW873）。
* `search.html` 里的 `id`、`data-word` 是脚本 `search/box.js` 要找的，不能改、不能少；`data-word` 里的文字可以改，
  花括号里的由脚本填写。页头的检索框是普通表单：`action` 为 `search.html`，`name` 为 `q`。
* 文件夹里的图片、样式用 `{{{{ frame.root }}}}assets/…` 引用，只有 `frame.html` 里能用。

`Fact.kind` 现有 number、date、state、title、limit、path、list、inline、source、class、extra；
`Banner.kind` 现有 notice、info、ended、redacted。
不认识的照普通样式显示。
"""


def make_contract() -> str:
    """The whole document."""
    parts = [_OPENING, "## 模板 · Templates\n"]
    for view in VIEWS:
        name = "frame" if view is Frame else "page"
        parts.append(f"### `{view.template}`: `{name}` is a `{view.__name__}`\n")  # type: ignore[attr-defined]
        parts.append(_describe(view))
    parts.append("## 共用的片段 · Parts\n")
    parts.append("默认主题的模板用 `{% include %}` 放进来的片段。换掉一个，用到它的网页都跟着变。\n")
    parts.append(
        "\n".join(["| 片段 | 给它的值 |", "|---|---|", *(f"| `{name}` | {given} |" for name, given in PARTS), ""])
    )
    parts.append("## 共用的值 · Values in the views\n")
    for value in _values():
        parts.append(f"### `{value.__name__}`\n")
        parts.append(_describe(value))
    return "\n".join(parts).rstrip() + "\n"


def _describe(struct: type) -> str:
    rows = [inspect.getdoc(struct) or "", "", "| field | type | default |", "|---|---|---|"]
    annotations = inspect.get_annotations(struct)
    for field in msgspec.structs.fields(struct):
        shown = str(annotations[field.name]).replace("|", "\\|")
        default = "" if field.required else f"`{field.default!r}`"
        rows.append(f"| `{field.name}` | `{shown}` | {default} |")
    return "\n".join([*rows, ""])


def _values() -> list[type]:
    """The structs that views hold, at any depth, by name."""
    found: dict[str, type] = {}
    waiting = list(VIEWS)
    while waiting:
        for held in _structs_in(list(get_type_hints(waiting.pop()).values())):
            if held.__name__ not in found:
                found[held.__name__] = held
                waiting.append(held)
    return [found[name] for name in sorted(found)]


def _structs_in(annotations: list[Any]) -> Iterator[type]:
    for annotation in annotations:
        if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
            yield annotation
        yield from _structs_in(list(get_args(annotation)))


if __name__ == "__main__":
    sys.stdout.buffer.write(make_contract().encode("utf-8"))
