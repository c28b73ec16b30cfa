"""Writes `docs/data.md` out of the schemas of the data files: `python -m zwgk_site.cli.data_doc > docs/data.md`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from zwgk_site.cli.schemas import make_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = (
    "data-site", "data-catalog", "data-documents", "data-status", "changes", "data-gkmlpt", "data-urls", "data-release",
    "data-manifest",
)  # fmt: skip
EXAMPLES: dict[str, Any] = {
    "data-site": {"format": 1, "site": "示范县政府信息公开", "domain": "https://www.shifan.example", "departments": [{
        "code": "wjj", "name": "示范县卫生健康局", "entries": 19, "documents": 24, "newest_on": "2026-10-19",
        "catalog": "data/wjj/catalog.json", "documents_file": "data/wjj/documents.json",
        "status": "data/wjj/status.json", "changes": "data/wjj/changes.json", "csv": "data/wjj/catalog.csv",
        "xlsx": "data/wjj/catalog.xlsx",
    }]},
    "data-catalog": {"format": 1, "department": {"code": "wjj", "name": "示范县卫生健康局"}, "entries": [{
        "url": "wjj/e/WJJ-012.html", "entry": {
            "id": "WJJ-012", "subject": ["卫生健康", "免疫规划"], "content": ["接种单位", "疫苗种类"],
            "time_limit": "自信息形成或者变更之日起20个工作日内", "responsible_body": ["示范县卫生健康局"],
            "disclosure": "主动公开",
        },
    }]},
    "data-documents": {"format": 1, "documents": [{"url": "wjj/2026/00012.html", "document": {
        "path": "2026/jiezhong", "title": "关于公布预防接种单位的通知", "source": "fbf8133f0b2d9524a5daf3b98ef01280",
        "index_number": "11999900000000043Q/2026-00012", "entries": ["WJJ-012"], "issuer": ["示范县卫生健康局"],
        "formed_on": "2026-03-02", "published_on": "2026-03-05", "disclosure": "主动公开",
    }}]},
    "data-status": {"format": 1, "department": "wjj", "entries": [
        {"id": "WJJ-012", "url": "wjj/e/WJJ-012.html", "state": "on_time", "newest_on": "2026-03-05"},
    ]},
    "changes": {"format": 1, "department": "wjj", "days": [
        {"date": "2026-05-01", "added": [{"id": "WJJ-020", "subject": ["卫生健康", "托育服务"]}]},
    ]},
    "data-gkmlpt": {"format": 1, "department": "wjj", "next": "", "articles": [{
        "id": "wjj/2026/00012", "title": "关于公布预防接种单位的通知", "document_number": "示卫发〔2026〕12号",
        "identifier": "11999900000000043Q/2026-00012", "publisher": "示范县卫生健康局", "keywords": "预防接种,疫苗",
        "date": "2026-03-02", "display_publish_time": "2026-03-05 00:00", "abstract": "公布全县预防接种单位名单。",
        "classify_main_name": "免疫规划", "classify_genre_name": "通知", "classify_theme_name": "卫生、体育/疾病防控",
        "url": "https://www.shifan.example/wjj/2026/00012.html", "attachment": [], "relation": [],
        "is_expired": False, "is_abolished": False,
    }]},
    "data-urls": {"urls": {"2026/00012.html": {"kind": "document", "id": "03c15d4034b2ded4", "first": "2026-03-05"}},
                  "serials": {"2026": 12}, "format": 1, "held_since": ""},
    "data-release": {"generator": "zwgk_site 1.0.0", "format": 1, "built_on": "2026-11-21", "departments": 7,
                     "entries": 143, "documents": 196},
    "data-manifest": {"format": 1, "files": {"index.html": ["0" * 64, 9216]}, "departments": {"wjj": "0" * 64}},
}  # fmt: skip

_HEAD = """\
# 数据接口 · The data files

<!-- 本页由 python -m zwgk_site.cli.data_doc 生成，请勿手改。 -->

专栏生成的 `data` 文件夹就是数据接口：都是静态文件，不用申请，不用密钥，跟网页同时更新，从 U 盘也能读。
程序先读 `data/catalog.json`，它列出全部部门和各部门的文件。文件都是 UTF-8 编码的 JSON；网址都从网站最上一级起，前面加上域名就能打开。

The folder `data` of a built column is its interface: static files that change together with the pages. Begin with
`data/catalog.json`. All files are UTF-8; URLs count from the top of the site.

**只增不减 · The promise**

* 已有的项目不改名，不删除，不改意思；以后只会增加新的项目。程序遇到不认识的项目，请跳过。
  Keys are added, never renamed, removed or given another meaning: pass over those that you do not know.
* 没有内容的项目不写出来：没有 `expires_on`，就是没有写失效日期。带 * 的总是有。
  What is empty is left out; keys with * are always there.
* `format` 的数变了才会有不兼容的改动，请先核对这个数。
  Only another `format` may break a reader: compare it first.
* 不予公开、依申请公开、还没有到发布时间的，不在这些文件里；撤回的，在同一次生成中从所有文件里拿掉。
  Nothing that is not public stands in them; what is withdrawn leaves all of them in the same build.

每种文件的 JSON Schema 在程序的 `schema` 文件夹里，也可以用命令写出来，例如 `zwgk schema data-documents`。
The JSON Schemas: `zwgk schema data-documents`.

`data/dcat.jsonld` 按 DCAT 列出全部数据，数据开放平台可以直接收录；写了“域名”才有。怎样使用数据，写在 `site.yaml` 的“数据许可”里。

`data/部门代码/catalog.csv` 和 `catalog.xlsx` 是同一份目录的表格；`due.ics` 是公开到期日的日历；`search.` 开头的文件夹是检索数据的校验清单。
"""


def write_data_doc() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(line for name in NAMES for line in _section(name))]).rstrip() + "\n"


def _section(name: str) -> Iterator[str]:
    schema = make_schema(name)
    where, _, title = schema["title"].partition("：")
    yield f"## {title} · `{where.replace('、', '`、`')}`\n"
    yield f"Schema: `{name}`\n\n```json\n{json.dumps(EXAMPLES[name], ensure_ascii=False, indent=1)}\n```\n"
    for part, item in schema["$defs"].items():
        yield f"### `{part}`：{item['description']}\n"
        yield "| 项目 | 类型 | 意思 |\n|---|---|---|"
        for key, value in item["properties"].items():
            star = " *" if key in item["required"] else ""
            words = str(value.get("description", "")).replace("|", "\\|")
            yield f"| `{key}`{star} | {_kind(value)} | {words} |"
        yield ""


def _kind(value: dict[str, Any]) -> str:
    if "$ref" in value:
        return f"`{value['$ref'].rpartition('/')[2]}`"
    if "enum" in value or "const" in value:
        return " ".join(f"`{item}`" for item in value.get("enum", [value.get("const")]))
    kind = value["type"] if isinstance(value["type"], str) else " \\| ".join(value["type"])
    inner = value.get("items") or value.get("additionalProperties")
    return f"{kind} of {_kind(inner)}" if isinstance(inner, dict) else str(kind)


if __name__ == "__main__":
    sys.stdout.buffer.write(write_data_doc().encode("utf-8"))
