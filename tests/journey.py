"""The way of docs/start.zh-CN.md as a clerk goes it: from a workbook and Word files to a column on a stick, nothing written by hand."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests import old_pages
from tests.sites import write_file
from tests.unit.cli.runner import zwgk
from tests.unit.exchange.tables import write, xlsx
from tests.word_files import CENTER, RIGHT, word_file

COLUMN, STICK = "公开栏目", "U盘/公开栏目"
SUBJECTS = (
    "预防接种",
    "妇幼保健",
    "职业病防治",
    "老年健康",
    "医疗救助",
    "传染病防控",
    "基层卫生",
    "中医药服务",
    "卫生监督",
    "献血服务",
)
HEAD = (
    ("序号", "公开事项", None, "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", None, "公开方式", None, "公开层级", None),
    (None, "一级事项", "二级事项", None, None, None, None, None, "全社会", "特定群体", "主动", "依申请", "县级", "乡级"),
)  # fmt: skip
MERGES = ("A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3", "G2:G3", "H2:H3", "I2:J2", "K2:L2", "M2:N2", "B4:B13")


class Step(NamedTuple):
    """A command as it was typed, what it said, and how long it took, in seconds."""

    command: str
    said: str
    seconds: float
    code: int


def workbook() -> bytes:
    """A catalogue as offices keep them: a title, two rows of header, merged cells, 同上, boxes and ticks."""
    rows: list[list[object]] = [["示范县卫生健康局主动公开基本目录", *[None] * 13], *map(list, HEAD)]
    for number, name in enumerate(SUBJECTS, 1):
        limit = "自信息形成或者变更之\n日起20个工作日内" if number == 1 else "同上"
        channels = "■政府网站 □政府公报 ■公开查阅点" if number % 2 else "t政府网站 口政府公报"
        rows.append([
            number, "医疗卫生" if number == 1 else None, name, "1.政策文件；2.办事指南；3.服务机构名单",
            "《政府信息公开条例》" if number == 1 else "同上", limit, "示范县卫生健康局", channels,
            "√", None, "√", None, "√", None,
        ])  # fmt: skip
    return xlsx(rows, ("A1:N1", *MERGES))


def letter(number: int) -> bytes:
    """A notice in Word, with sign, number, title, text and signature."""
    name = SUBJECTS[number % len(SUBJECTS)]

    def fill(document: Any) -> None:
        for text, place in (
            ("示范县卫生健康局文件", CENTER),
            (f"示卫发〔2026〕{number}号", CENTER),
            (f"关于做好{name}第{number}批工作的通知", CENTER),
            ("各乡镇卫生院、县直医疗卫生单位：", None),
            (f"为做好{name}工作，经研究决定开展第{number}批服务，现将有关事项通知如下。", None),
            ("一、服务对象", None),
            (f"本县常住居民均可就近办理{name}，咨询电话0000-00000{number:02}。", None),
            ("二、工作要求", None),
            ("各单位要公布办理地点和时间，接受群众监督。", None),
            ("示范县卫生健康局", RIGHT),
            (f"2026年{number % 9 + 1}月{number + 1}日", RIGHT),
        ):
            added = document.add_paragraph(text)
            if place is not None:
                added.alignment = place

    return word_file(fill)


def page(number: int) -> bytes:
    """A page of the old column, another one for each number."""
    shapes = (old_pages.table_metadata, old_pages.definition_list, old_pages.division_pairs, old_pages.list_metadata)
    text = shapes[number % len(shapes)](old_pages.PARAGRAPHS).decode()
    for before, after in (
        ("冬季供暖工作", f"冬季供暖第{number}期工作"),
        ("2026-00012", f"2026-001{number:02}"),
        ("〔2026〕12号", f"〔2026〕1{number:02}号"),
    ):
        text = text.replace(before, after)
    return text.encode()


def write_clerks_folder(folder: Path, sheet: Path | None = None) -> None:
    """What a clerk has: a catalogue, fourteen Word files and six pages of the old column."""
    write(folder / "目录.xlsx", sheet.read_bytes() if sheet else workbook())
    (folder / "文件").mkdir()
    for number in range(1, 15):
        write(folder / "文件" / f"通知{number}.docx", letter(number))
    for number in range(1, 7):
        write_file(folder / "文件" / "旧网页" / f"t{number}.html", page(number))


def go(folder: Path) -> Iterator[Step]:
    """Every step in turn; `folder` holds what `write_clerks_folder` writes."""
    unit = ("--profile", "县级部门", "--name", "示范县卫生健康局", "--code", "wjj")
    yield _run(folder, "init", COLUMN, *unit)
    yield _run(folder, "import", "目录.xlsx", COLUMN)
    yield _run(folder, "import", "目录.xlsx", COLUMN, "--yes")
    entry = _first_entry(folder)
    yield _run(
        folder,
        "import",
        "文件",
        COLUMN,
        "--entry",
        entry,
        "--disclosure",
        "主动公开",
        "--published-on",
        "2026-11-20",
        "--yes",
    )
    yield _run(folder, "check", COLUMN)
    yield _run(folder, "build", COLUMN)
    yield _run(folder, "pack", COLUMN, "--zip", f"{COLUMN}.zip")
    yield _run(folder, "pack", COLUMN, "--usb", STICK)


def _run(folder: Path, *arguments: str) -> Step:
    started = time.monotonic()
    done = zwgk(*arguments, folder=folder, NO_COLOR="1")
    return Step(" ".join(("zwgk", *arguments)), done.stdout + done.stderr, time.monotonic() - started, done.returncode)


def _first_entry(folder: Path) -> str:
    """The first row's id, as the catalogue that was imported tells it."""
    text = (folder / COLUMN / "catalogs/wjj.yaml").read_text("utf-8")
    return re.findall(r"^ *- 编号: (\S+)", text.partition("\n目录:")[2], re.MULTILINE)[0]
