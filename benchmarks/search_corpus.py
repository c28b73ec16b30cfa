"""The articles that search is measured on: as records of an index, and as a site of ours to build.

The corpus itself is made by `search-bench/make_corpus.py` of the shared folder: one JSON object a line, an article of a real law.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generated_site import credit_code, list_of, scalar

from zwgk_site.model.search import FACETS, IndexRecord

NO_FACET = ((),) * len(FACETS)
CODES = {
    "criminal-law": "criminal-law",
    "上海": "shanghai",
    "公安部": "police",
    "刑法": "penal-law",
    "北京": "beijing",
    "司法解释": "interpretations",
    "宪法": "constitution",
    "宪法相关法": "constitutional-law",
    "山东": "shandong",
    "市场监督管理总局": "market",
    "广东": "guangdong",
    "民法典": "civil-code",
    "民法商法": "civil-law",
    "河南": "henan",
    "浙江": "zhejiang",
    "知识产权": "property",
    "社会法": "social-law",
    "税务": "tax",
    "经济法": "economic-law",
    "行政法": "administrative-law",
    "行政法规": "regulations",
    "诉讼与非诉讼程序法": "procedure",
    "重庆": "chongqing",
}


@dataclass(frozen=True, slots=True)
class Article:
    """One line of the corpus; `text` begins with a line that repeats the numbers."""

    id: int
    title: str
    docno: str
    index_no: str
    dept: str
    year: int
    date: str
    stage: str
    text: str

    @property
    def body(self) -> str:
        """The article itself, without the line of numbers."""
        return self.text.partition("\n")[2]

    @property
    def code(self) -> str:
        """The code of its department."""
        return CODES.get(self.dept, "others")

    @property
    def url(self) -> str:
        """Where its page would stand."""
        return f"{self.code}/{self.id}/"


def make_corpus(shared: Path, folder: Path) -> None:
    """Have `c1.jsonl` and `c3.jsonl` in the folder."""
    maker = shared / "search-bench" / "make_corpus.py"
    if not maker.is_file():
        message = f"{maker} is absent: the corpus of real texts is not part of the repository; say where with --shared"
        raise SystemExit(message)
    if not (folder / "c3.jsonl").is_file():
        subprocess.run([sys.executable, maker, folder], check=True)


def read_articles(path: Path) -> list[Article]:
    """The articles of a corpus."""
    with path.open(encoding="utf-8") as lines:
        return [Article(**json.loads(line)) for line in lines]


def index_record(article: Article) -> IndexRecord:
    """The article as the index takes it."""
    department = ((article.code, article.dept),)
    return IndexRecord(
        url=article.url,
        title=article.title,
        document_number=article.docno,
        identifiers=(article.index_no,),
        facts=article.dept,
        body=article.body,
        date=article.date,
        facets=(department, *NO_FACET[1:5], ((article.stage, article.stage),), NO_FACET[6]),
        kind="政策文件",
    )


def departments_of(articles: Sequence[Article], most: int) -> dict[str, list[Article]]:
    """The articles by the codes of their departments, each cut into several if it has more than `most`."""
    by_code: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_code[article.code].append(article)
    if max(map(len, by_code.values())) <= most:
        return by_code
    return {
        f"{code}-{start // most + 1}": group[start : start + most]
        for code, group in by_code.items()
        for start in range(0, len(group), most)
    }


def write_site(articles: Sequence[Article], folder: Path, form: str, most: int) -> None:
    """A site with the articles as rows of catalogues (`entries`) or as documents (`documents`)."""
    (folder / "catalogs").mkdir(parents=True)
    (folder / "site.yaml").write_text("格式版本: 1\n网站名称: 检索语料\n", encoding="utf-8")
    for number, (code, group) in enumerate(sorted(departments_of(articles, most).items()), 1):
        rows = group if form == "entries" else group[:1]
        write_catalog(folder / "catalogs" / f"{code}.yaml", number, rows)
        if form == "documents":
            for article in group:
                page = folder / "content" / code / str(article.year) / f"a{article.id}.md"
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_text(_document(article), encoding="utf-8", newline="\n")


def write_catalog(path: Path, number: int, articles: Sequence[Article]) -> None:
    """The catalogue of the department with this number."""
    name = articles[0].dept + path.stem.partition("-")[2]
    head = (
        f"格式版本: 1\n部门:\n  代码: {path.stem}\n  名称: {scalar(name)}\n  类别: 政府部门\n"
        f"  层级: 县级\n  统一社会信用代码: {scalar(credit_code(number))}\n目录:\n"
    )
    path.write_text(head + "".join(map(_entry, articles)), encoding="utf-8", newline="\n")


def _entry(article: Article) -> str:
    contents = list(filter(None, (line.strip() for line in article.body.split("\n"))))
    return (
        f"  - 编号: A-{article.id:05d}\n    公开事项: {list_of(['法规条文', article.title])}\n"
        f"    公开内容: {list_of(contents)}\n    公开依据: {list_of(['《' + article.title.split()[0] + '》'])}\n"
        f"    公开时限: 自信息形成或者变更之日起20个工作日内\n    公开主体: {scalar(article.dept)}\n"
        f"    公开渠道: [政府网站]\n    公开对象: 全社会\n    公开方式: 主动公开\n    公开层级: [县级]\n"
        f"    备注: {scalar(article.docno)}\n    发布日期: {article.date}\n"
    )


def _document(article: Article) -> str:
    text = re.sub(r"(?m)^(?=[#>*+\-=\d|`~ \t])", r"\\", article.body)
    return (
        f"---\n标题: {scalar(article.title)}\n发文字号: {scalar(article.docno)}\n成文日期: {article.date}\n"
        f"发布日期: {article.date}\n公开方式: 主动公开\n类型: 其他\n---\n\n" + "\n\n".join(text.split("\n")) + "\n"
    )


def read_lines(path: Path) -> Iterator[dict[str, object]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
