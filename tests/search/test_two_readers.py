"""One index, two readers: the browser's half and `zwgk search` give the same answers in the same order, to the last mark."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from tests.search.sample_indexes import named_records, random_records, write_index
from zwgk_site.search.answer import search

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zwgk_site.search.answer import Answer

HERE = Path(__file__).parent
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed: the browser's half cannot be run")

NAMED = (
    "行政许可", "行政许可 公开", "营商环境条例", "营商环境条例第七条", "营商环境条例 第七条", "条例", "示政发〔2024〕12号",
    "示政发2024 12", "示政发〔2024〕第12号", "主席令18", "主席令第十八号", "119999000000000198/2026-00003", "2026-00003", "2026 00003",
    "办", "一", "市", "xzxk", "cxxd", "wjzx", "xingzhengxuke", "xing zheng", "yinhang", "lvse", "lüe", "bumenanzhao", "xian", "zjbz", "行政需可", "行证许可", "文件直行", "2016-05-07", "2016年5月7日", "2016/5/8", "gb50180", "gb 50016", "规划 GB50180", "“防火” gb 50016", "行证许可 示范 -决算", "营伤环境",
    "最低生活保章", "低保", "公租房", "老旧小区改造怎么申请", "养老保险要什么材料？", "怎么办", "臺灣同胞", "台湾同胞", "投資保護", "为了保护台湾同胞的投资权益",
    "全社会 卫生健康局", "全社会", "很长的文件", "珍稀词语", "唯有末尾才说到的珍稀词语在此", "由主管部门负责组织实施并向社会公布", "部门:卫生健康局 办法", "部门:wjj", "-办法",
    "条例 -营商", "条例 -“第七条”", "“营商环境” 条例", "「行政许可」", '"行政许可', "单位:x 条例", "年:2020", "年份:2021 年:2020 条例", "类型:通知", "", "  ", "，。", "加强监督，一",
    "一、加强", "加强 不存在的词", "xyz123", "2", "12", "covid", "第12号", "国办发〔2016〕80", "文件 引用", "银行 -监督", "银行业监督管理办法", "侵略", "身份证。申领",
)  # fmt: skip
"""Queries of every kind for records that people would recognise."""

OPTIONS: tuple[Mapping[str, Any], ...] = (
    {}, {"sort": "date"}, {"limit": 5, "offset": 3}, {"department": "jyj"}, {"year": "2016"}, {"genre": "tz", "sort": "date"},
)  # fmt: skip


def _pieces(records: list[Any], seed: int, count: int) -> list[str]:
    """Pieces of texts, one or two, some of them excluded or quoted."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        words = []
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            record = chance.choice(records)
            text = chance.choice(
                (record.title, record.title, record.body, record.body, record.keywords, record.document_number)
            )
            start = chance.randrange(len(text) + 1)
            piece = re.sub(r"[\s“”\"「」]", "", text[start : start + chance.choice((1, 2, 2, 3, 4, 5, 7, 10, 16))])
            words.append(chance.choice(("{}", "{}", "{}", "{}", "“{}”", "-{}")).format(piece))
        found.append(" ".join(words))
    return found


INDEXES = {
    "named": ([named_records()], {}),
    "random": ([random_records(1, 300, 60)], {}),
    "deltas": (
        [random_records(3, 200, 40), random_records(4, 20, 40), random_records(5, 10, 40)],
        {"singles": (1, 2), "dead": {0: (3, 17, 18, 90), 1: (0,)}},
    ),
    "single": ([random_records(6, 60, 40)], {"singles": (0,)}),
    "large": ([random_records(2, 1500, 300)], {}),
}


def _queries(name: str) -> list[tuple[str, Mapping[str, Any]]]:
    records = [record for segment in INDEXES[name][0] for record in segment]
    texts = [*(NAMED if name == "named" else NAMED[:6]), *_pieces(records, len(name), 60)]
    return [(text, OPTIONS[number % len(OPTIONS)] if number % 3 == 0 else {}) for number, text in enumerate(texts)]


def _of_browser(folder: Path, queries: list[tuple[str, Mapping[str, Any]]]) -> list[dict[str, Any]]:
    given = {"folder": str(folder), "queries": [{"text": text, "options": options} for text, options in queries]}
    done = subprocess.run(
        [str(NODE), str(HERE / "answer_queries.js")],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    assert not done.returncode, done.stderr[-3000:]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def _comparable(answer: Answer) -> dict[str, Any]:
    data = msgspec.to_builtins(answer)
    data["hits"] = [
        {
            "url": hit["url"],
            "score": hit["score"],
            "snippet": hit["snippet"],
            "matched": hit["matched"],
            "titleMarks": [list(mark) for mark in hit["title_marks"]],
            "snippetMarks": [list(mark) for mark in hit["snippet_marks"]],
        }
        for hit in data["hits"]
    ]
    data["facets"] = {name: list(counts) for name, counts in data["facets"].items()}
    return data | {"suggestions": list(data["suggestions"])}


@pytest.mark.parametrize("name", INDEXES)
def test_both_readers_answer_alike(name: str, tmp_path: Path) -> None:
    segments, more = INDEXES[name]
    write_index(tmp_path, segments, **more)
    queries = _queries(name)
    modes = set()
    for (text, options), theirs in zip(queries, _of_browser(tmp_path, queries), strict=True):
        ours = _comparable(search(tmp_path, text, **options))
        assert "error" not in theirs, (text, theirs)
        for hit in theirs["hits"]:
            hit["score"] = round(hit["score"], 3)
        for mine, other in zip(ours["hits"], theirs["hits"], strict=False):
            assert abs(mine.pop("score") - other.pop("score")) < 0.01, (text, options)
        assert ours == theirs, (text, options)
        modes.add(theirs["mode"])
    if name == "named":
        assert modes >= {
            "exact",
            "number",
            "facts",
            "pinyin",
            "initials",
            "homophone",
            "synonym",
            "relaxed",
            "any",
            "none",
        }
