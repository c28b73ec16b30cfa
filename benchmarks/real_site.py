#!/usr/bin/env python3
"""Turn a corpus of real official texts into a site: real titles, numbers, dates and faults, to build and to search.

    real_site.py OUTDIR [--shared DIR]

The shared folder's `corpus` holds the texts (see its README.md). Nothing is made up: what a source does not say stays
absent, be it 索引号, date, issuer, or the 类别 and 层级 of a department. What is wrong in a source stays wrong.
"""

import argparse
import csv
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generated_site import DEFAULT_SHARED, list_of, scalar

SITE_YAML = "格式版本: 1\n网站名称: 真实文件语料\n"
# All texts were taken from public collections of published texts, so each of them is 主动公开.
DISCLOSURE = "公开方式: 主动公开\n"
ENOUGH_FOR_A_DEPARTMENT = 15
CODES = {
    "国务院": "state-council",
    "国务院办公厅": "state-council-office",
    "全国人民代表大会": "npc",
    "全国人民代表大会常务委员会": "npc-standing-committee",
    "最高人民法院": "supreme-court",
    "最高人民法院、最高人民检察院": "court-and-procuratorate",
    "上海市人民代表大会常务委员会": "shanghai",
    "北京市人民代表大会常务委员会": "beijing",
    "宁波市人民代表大会常务委员会": "ningbo",
    "山东省人民代表大会常务委员会": "shandong",
    "广东省人民代表大会常务委员会": "guangdong",
    "杭州市人民代表大会常务委员会": "hangzhou",
    "河南省人民代表大会常务委员会": "henan",
    "洛阳市人民代表大会常务委员会": "luoyang",
    "济南市人民代表大会常务委员会": "jinan",
    "浙江省人民代表大会常务委员会": "zhejiang",
    "郑州市人民代表大会常务委员会": "zhengzhou",
    "重庆市人民代表大会常务委员会": "chongqing",
    "青岛市人民代表大会常务委员会": "qingdao",
}
# Keys of the metadata head of a founding document, where they differ from ours.
HEAD_KEYS = {"分类": "主题分类"}
_HEAD_FIELD = re.compile(r"([^\s:：]+)[:：]\t([^\t\n]+)")
_CHINESE_DATE = re.compile(r"(\d{4})年(\d{2})月(\d{2})日")
_LETTERHEAD = re.compile(r"(\S+)文件")
_DOCUMENT_NUMBER = re.compile(r"\w+ ?[〔\[（(]\d{4}[〕\]）)] ?\d+号")
_RUN_TOGETHER = re.compile(r"(?P<标题>.+?)发布日期:(?P<发布日期>\d{4}-\d{2}-\d{2})(?P<发文字号>\w+〔\d{4}〕\d+号)")


@dataclass(frozen=True, kw_only=True)
class Document:
    """A real document; `values` has only the keys that its source fills, `year` is that of its 成文日期."""

    slug: str
    values: dict[str, str]
    history: tuple[str, ...] = ()
    text: str

    @property
    def folder(self) -> str:
        """Its folder below the department's: the year of its 成文日期."""
        return self.values["成文日期"][:4] if "成文日期" in self.values else "undated"

    def markdown(self) -> str:
        """Front matter and the unchanged text."""
        dates = ("成文日期", "发布日期")
        values = [f"{key}: {value if key in dates else scalar(value)}\n" for key, value in self.values.items()]
        history = ["沿革:\n", *(f"  - {scalar(line)}\n" for line in self.history)] if self.history else []
        end = "" if self.text.endswith("\n") else "\n"
        return "".join(["---\n", *values, DISCLOSURE, *history, "---\n\n", self.text, end])


def read_documents(path: Path) -> Iterator[tuple[str, Document]]:
    """The documents of the collection, each with its category."""
    keys = {
        "title": "标题",
        "index_no": "索引号",
        "issuer": "发文机关",
        "doc_no": "发文字号",
        "date": "成文日期",
        "date_published": "发布日期",
        "category": "主题分类",
    }
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            record = json.loads(line)
            values = {key: record[source] for source, key in keys.items() if record[source]}
            history = tuple(record["history"])
            yield record["category"], Document(slug=record["id"], values=values, history=history, text=record["text"])


def read_founding(path: Path) -> Document:
    """A founding document: metadata from its tabbed head if it has one, else from its first lines."""
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    head, _, body = text.lstrip("\n").partition("\n\n")
    if fields := _HEAD_FIELD.findall(head):
        values = {HEAD_KEYS.get(key, key): _CHINESE_DATE.sub(r"\1-\2-\3", value.strip()) for key, value in fields}
        return Document(slug=path.stem, values=values, text=body)
    return Document(slug=path.stem, values=dict(_values_of_first_lines(text)), text=text)


def _values_of_first_lines(text: str) -> Iterator[tuple[str, str]]:
    """The letterhead, the 文号 and the title at the top of a document; all lines after the title are text."""
    for line in filter(None, map(str.strip, text.split("\n"))):
        if letterhead := _LETTERHEAD.fullmatch(line):
            yield "发文机关", letterhead[1]
        elif _DOCUMENT_NUMBER.fullmatch(line):
            yield "发文字号", line
        elif together := _RUN_TOGETHER.match(line):
            yield from together.groupdict().items()
            return
        else:
            yield "标题", line
            return


def read_catalog(path: Path) -> Iterator[str]:
    """The rows of the real catalogue as YAML; line breaks in a cell part a list's items, and are kept elsewhere."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 1):
            audience = ["全社会"] if row["公开对象-全社会"] == "√" else [row["公开对象-全社会"]]
            audience += ["特定群体"] if row["公开对象-特定群体"] == "√" else [row["公开对象-特定群体"]]
            ticked = {"主动公开": row["公开方式-主动"], "依申请公开": row["公开方式-依申请"]}
            disclosure = "、".join(name for name, tick in ticked.items() if tick)
            cells: dict[str, str | list[str]] = {
                "编号": f"ht-{number:03d}",
                "序号": row["序号"],
                "公开事项": [row["一级事项"], row["二级事项"]],
                "公开内容": row["公开内容（要素）"].split("\n"),
                "公开依据": row["公开依据"].split("\n"),
                "公开时限": row["公开时限"],
                "公开主体": row["公开主体"],
                "公开渠道": row["公开渠道和载体"].split("\n"),
                "公开对象": "、".join(filter(None, audience)),
                "公开方式": disclosure,
            }
            filled = ((key, cell) for key, cell in cells.items() if cell and cell != [""])
            lines = (f"{key}: {scalar(cell) if isinstance(cell, str) else list_of(cell)}\n" for key, cell in filled)
            yield "  - " + "    ".join(lines)


def file_by_department(documents: Iterable[tuple[str, Document]]) -> dict[tuple[str, str], list[Document]]:
    """The documents by (code, name) of their department: a big issuer, or the category of what is left.

    Regional rules are kept apart by region, other categories by their first word. Categories are numbered by name.
    """
    pairs = list(documents)
    issuers = Counter(document.values["发文机关"] for _, document in pairs if "发文机关" in document.values)
    big = sorted(name for name, count in issuers.items() if count >= ENOUGH_FOR_A_DEPARTMENT)
    of_issuers: dict[str, list[Document]] = {name: [] for name in big}
    of_categories: dict[str, list[Document]] = {}
    for category, document in pairs:
        group = category if category.startswith("地方性法规") else category.split("/")[0]
        of_issuer = of_issuers.get(document.values.get("发文机关", ""))
        (of_categories.setdefault(group, []) if of_issuer is None else of_issuer).append(document)
    numbered = enumerate(of_issuers.items(), 1)
    filed = {(CODES.get(name, f"issuer-{number:02d}"), name): listed for number, (name, listed) in numbered}
    for number, (name, listed) in enumerate(sorted(of_categories.items()), 1):
        filed[f"cat-{number:02d}", name] = listed
    return filed


def write_site(corpus: Path, site: Path) -> None:
    """Write the site and print what it holds."""
    departments = file_by_department(read_documents(corpus / "documents.jsonl.gz"))
    founding = sorted((corpus / "founding").glob("*.txt"))
    departments["founding", "政务公开文件"] = [read_founding(path) for path in founding]
    departments["haitan", "海坛片区管理局"] = []
    rows = list(read_catalog(corpus / "catalogues" / "haitan_filled.csv"))
    (site / "catalogs").mkdir(parents=True, exist_ok=True)
    for (code, name), documents in departments.items():
        listing = "目录:\n" + "".join(rows) if code == "haitan" else "目录: []\n"  # of the others no catalogue is known
        catalog = f"格式版本: 1\n部门:\n  代码: {scalar(code)}\n  名称: {scalar(name)}\n{listing}"
        (site / "catalogs" / f"{code}.yaml").write_text(catalog, encoding="utf-8", newline="\n")
        for document in documents:
            page = site / "content" / code / document.folder / f"{document.slug}.md"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(document.markdown(), encoding="utf-8", newline="")
    (site / "site.yaml").write_text(SITE_YAML, encoding="utf-8", newline="\n")
    print_counts(departments, len(rows))


def print_counts(departments: dict[tuple[str, str], list[Document]], rows: int) -> None:
    """Print what was found, and what the sources do not say."""
    everything = [document.values for documents in departments.values() for document in documents]
    print(f"{len(everything)} documents, {len(departments)} departments, {rows} catalogue rows")
    for key in ("索引号", "成文日期", "发布日期", "发文机关", "发文字号"):
        print(f"  without {key}: {sum(key not in values for values in everything)}")
    for key in ("标题", "索引号", "发文字号"):
        uses = Counter(values[key] for values in everything if key in values)
        print(f"  {key} used more than once: {sum(count > 1 for count in uses.values())}")
    for (code, name), documents in departments.items():
        print(f"  {code:24}{len(documents):5}  {name}")


def main() -> int:
    """Run the command line; 2 for a wrong call."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="OUTDIR", type=Path, help="the site's folder; new or empty")
    parser.add_argument("--shared", metavar="DIR", type=Path, default=DEFAULT_SHARED)
    options = parser.parse_args()
    corpus = options.shared / "corpus"
    if not corpus.is_dir():
        parser.error(f"no corpus at {corpus}; name the shared folder with --shared")
    if options.folder.is_dir() and any(options.folder.iterdir()):
        parser.error(f"{options.folder} is not empty; move it away first")
    write_site(corpus, options.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
