"""Indexes for the tests of the browser's half: small worlds of few characters, so that phrases meet and nearly meet everywhere."""

from __future__ import annotations

import json
import random
from bisect import bisect_left
from typing import TYPE_CHECKING

from zwgk_site.model.search import FORMAT, IndexRecord, SearchManifest, SegmentRef
from zwgk_site.stages.index import build_segment, encode_manifest, encode_table
from zwgk_site.stages.index.manifest import synonym_content, traditional_content
from zwgk_site.stages.index.segment import record_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from zwgk_site.model.search import FacetValue

CHARACTERS = "行政许可公开条例办法规定市县局号第一二三年度预算决算建议检疫简易环境保护"
WORDS = ("2016", "80", "12", "covid", "a1", "2024")
MARKS = ("，", "。", "、", "\n", "〔", "〕", "“", "（", "）", " ", "-", "：")
DEPARTMENTS = (("wjj", "卫生健康局"), ("jyj", "教育局"), ("czj", "财政局"))
GENRES = (("tz", "通知"), ("gg", "公告"))
SYNONYMS = (("低保", "最低生活保障"), ("公租房", "公共租赁住房"))


def _text(chance: random.Random, length: int) -> str:
    """Random text in which some characters are much more frequent than others."""
    pieces = []
    for _ in range(length):
        kind = chance.random()
        if kind < 0.08:
            pieces.append(chance.choice(WORDS))
        elif kind < 0.2:
            pieces.append(chance.choice(MARKS))
        else:
            pieces.append(CHARACTERS[int(len(CHARACTERS) * chance.random() ** 1.7)])
    return "".join(pieces)


def _facets(chance: random.Random) -> tuple[tuple[FacetValue, ...], ...]:
    departments = tuple(sorted(chance.sample(DEPARTMENTS, chance.choice((1, 1, 1, 2)))))
    genres = (chance.choice(GENRES),) if chance.random() < 0.8 else ()
    return (departments, (), (), (), genres, (), ())


def random_records(seed: int, count: int, body: int) -> list[IndexRecord]:
    """Records whose fields are all random."""
    chance = random.Random(seed)
    return [
        IndexRecord(
            url=f"x/{seed}-{number}.html",
            title=_text(chance, chance.randint(1, 12)),
            document_number=f"示政发〔{chance.choice((2016, 2024))}〕{chance.randint(1, 90)}号"
            if chance.random() < 0.5
            else "",
            identifiers=(f"1199/{chance.randint(2010, 2026)}-{number:05d}",) if chance.random() < 0.7 else (),
            facts=_text(chance, 4),
            keywords=_text(chance, chance.randint(0, 4)),
            body=_text(chance, chance.randint(0, body)),
            attachments=_text(chance, chance.randint(0, 5)),
            date=f"20{chance.randint(10, 26)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
            if chance.random() < 0.9
            else "",
            facets=_facets(chance),
            kind="政策文件",
        )
        for number in range(count)
    ]


def named_records() -> list[IndexRecord]:
    """Records that people would recognise."""
    titles = (
        "示范县行政许可事项清单", "示范县最低生活保障办法", "关于促进老旧小区改造的通知", "银行业监督管理办法", "营商环境条例 第七条",
        "营商环境条例", "优化营商环境条例实施细则", "主席令第18号", "正规军迎宾曲", "残疾人保障办法", "公共租赁住房管理办法", "绿色出行行动方案",
        "侵略战争史料目录", "一、加强管理", "加强监督，一", "教育经费统计公告", "部门按照职责分工", "西安市规划", "先进单位名单",
    )  # fmt: skip
    numbers = {
        "示范县行政许可事项清单": "示政发〔2024〕12号",
        "营商环境条例": "国办发〔2016〕80号",
        "主席令第18号": "主席令第18号",
        "教育经费统计公告": "国令2024年第12号",
    }
    body = "根据有关规定，行政许可的实施应当公开。"
    records = [
        IndexRecord(
            url=f"n/{number}.html", title=title, document_number=numbers.get(title, ""), identifiers=(f"119999000000000198/2026-{number:05d}",),
            facts="示范县卫生健康局\n全社会", body=body if number % 2 else "内容见附件。", date=f"2020-01-{number + 1:02d}",
            facets=((("wjj", "卫生健康局"),), (), (), (), (), (), ()),
        )
        for number, title in enumerate(titles)
    ]  # fmt: skip
    filler = "依照本办法第三条的规定，由主管部门负责组织实施并向社会公布。" * 150
    tail = "唯有末尾才说到的珍稀词语在此。"
    records.append(IndexRecord(url="n/long.html", title="很长的文件", body=filler + tail, date="2021-01-01"))
    records.append(
        IndexRecord(
            url="n/number-in-text.html",
            title="引用",
            facts="2016-05-07",
            body="按照示政发〔2024〕12号文件执行。申领养老保险金需要的材料如下：身份证。车辆凭通行证进出，许可证另附。规划执行GB 50180，防火执行GB50016。由文建执行部、文建执行科和文建执行员的车辆直行。",
            date="2022-01-01",
        )
    )
    records.append(
        IndexRecord(
            url="n/traditional.html",
            title="臺灣同胞投資保護辦法",
            body="為了保護臺灣同胞的投資權益，制定本條例，適用於全國各地區的投資活動。",
            date="2022-02-01",
        )
    )
    return records


def write_index(
    folder: Path,
    segments: Sequence[Sequence[IndexRecord]],
    *,
    singles: Sequence[int] = (),
    dead: dict[int, tuple[int, ...]] | None = None,
) -> None:
    """An index of several segments, and its documents as JSON for the brute force."""
    refs, documents = [], []
    orders: list[list[tuple[str, str]]] = []
    for number, records in enumerate(segments):
        order = sorted(map(record_order, records))
        earlier = [[bisect_left(other, key) for key in order] for other in orders]
        orders.append(order)
        segment = build_segment(records, single=number in singles, earlier=earlier)
        gone = (dead or {}).get(number, ())
        refs.append(SegmentRef(segment.ref.id, len(records), gone, number in singles))
        _write(folder, segment.files)
        for place, record in enumerate(sorted(records, key=record_order)):
            names = (
                "url",
                "title",
                "document_number",
                "identifiers",
                "facts",
                "keywords",
                "body",
                "attachments",
                "date",
                "facets",
            )
            documents.append(
                {"segment": segment.ref.id, "id": place, "dead": place in gone}
                | {name: getattr(record, name) for name in names}
            )
    tables = {}
    for kind, content in (("traditional", traditional_content()), ("synonyms", synonym_content(SYNONYMS))):
        tables[kind], data = encode_table(kind, content)
        _write(folder, {f"search/{tables[kind]}.js": data})
    living = sum(not document["dead"] for document in documents)
    _write(
        folder,
        {"search/manifest.js": encode_manifest(SearchManifest(FORMAT, "2026-11-26", living, tuple(refs), tables))},
    )
    (folder / "documents.json").write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def write_indexes(folder: Path) -> None:
    """All indexes of the tests, each in a folder of its own."""
    write_index(folder / "random", [random_records(1, 300, 60)])
    write_index(folder / "large", [random_records(2, 3500, 300)])
    parts = [random_records(3, 200, 40), random_records(4, 20, 40), random_records(5, 10, 40)]
    write_index(folder / "deltas", parts, singles=(1, 2), dead={0: (3, 17, 18, 90), 1: (0,)})
    write_index(folder / "single", [random_records(6, 60, 40)], singles=(0,))
    write_index(folder / "named", [named_records()])
