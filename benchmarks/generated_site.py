#!/usr/bin/env python3
"""Write the benchmark site: N generated catalogue entries in this project's own file formats.

    generated_site.py N OUTDIR [--departments D] [--shared DIR]
    generated_site.py edit N OUTDIR --rev K [--departments D] [--shared DIR]

The entries come from the same generator that feeds the other static site generators (`peers/gen.py` in the shared
folder), so that all do the same job. The same arguments give the same bytes. `scalar` and `list_of` write YAML by
hand, because a YAML library would take longer than all the rest; `real_site.py` uses them too.
"""

import argparse
import importlib.util
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

SEED = 7  # the other generators' sites are made with it
DEFAULT_SHARED = Path(__file__).resolve().parents[2] / "shared"
# National names of the pilot fields where the generator's wording differs; 自然资源 is none of the 26 and stays.
NATIONAL_FIELDS = {"国有土地上房屋征收": "国有土地上房屋征收与补偿", "就业创业": "就业", "医疗卫生": "卫生健康"}
SITE_YAML = """\
格式版本: 1
网站名称: 示范县政府信息公开
域名: https://www.example.gov.cn
网站标识码: "9999990001"
主办单位: 示范县人民政府办公室
"""

# What may stand without quotes in a YAML block or flow: it holds nothing that YAML gives a meaning.
_PLAIN = re.compile(r"(?:《|[^\W\d_])[\w·/（）《》〔〕“”、，。；：-]*")
_YAML_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_NEEDS_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")  # JSON leaves them, YAML refuses or folds them


def scalar(text: str) -> str:
    """The text as one YAML scalar on one line: as it is where that is safe, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _YAML_WORDS:
        return text
    return _NEEDS_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def list_of(texts: Iterable[str]) -> str:
    """The texts as a YAML flow list."""
    return f"[{', '.join(map(scalar, texts))}]"


def credit_code(number: int) -> str:
    """A 统一社会信用代码 with right check digits for made-up organ `number` (GB 32100, GB 11714).

    11 (government organ) + 999900 (no real district) + organisation code; never the code of a real organ.
    """
    serial = f"{number:08d}"
    weighted = sum(int(digit) * weight for digit, weight in zip(serial, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    body = f"11999900{serial}{'0123456789X'[-weighted % 11]}"
    characters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(characters.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return body + characters[-total % 31]


def load_generator(shared: Path) -> ModuleType:
    """The module `peers/gen.py` of the shared folder; FileNotFoundError if there is none."""
    path = shared / "peers" / "gen.py"
    if not path.is_file():
        message = f"no generator at {path}; name the shared folder with --shared"
        raise FileNotFoundError(message)
    spec = importlib.util.spec_from_file_location("peers_gen", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    keep, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # the shared folder is not ours to write to
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = keep
    return module


@dataclass(frozen=True, kw_only=True)
class GeneratedSite:
    """What decides every byte of a generated site."""

    generator: ModuleType
    entries: int
    departments: int
    folder: Path

    def write(self) -> None:
        """Write all files, `site.yaml` last: a folder that has it is whole."""
        (self.folder / "catalogs").mkdir(parents=True, exist_ok=True)
        for department in range(self.departments):
            for _ in self.write_department(department):
                pass
        (self.folder / "site.yaml").write_text(SITE_YAML, encoding="utf-8")

    def edit(self, revision: int) -> list[Path]:
        """Edit the middle entry, and its document if it has one; the files written. Revision 0 undoes an edit."""
        middle = min(self.entries // 2 + 3, self.entries - 1)
        return list(self.write_department(middle % self.departments, only=middle, revision=revision))

    def write_department(self, department: int, *, only: int | None = None, revision: int = 0) -> Iterator[Path]:
        """Write a department's catalogue and its documents (`only`: just that entry's, both in `revision`)."""
        code, credit = f"d{department:03d}", credit_code(department + 1)
        serials: Counter[str] = Counter()
        catalog = self.folder / "catalogs" / f"{code}.yaml"
        with catalog.open("w", encoding="utf-8", newline="\n") as file:
            file.write(department_yaml(code, self.generator.dept_name(department), credit))
            for number in range(department, self.entries, self.departments):
                entry = self.generator.entry(number, self.entries, self.departments, SEED)
                edited = number == only and revision > 0
                mark = f"{self.generator.EDIT_MARK}{revision}" if edited else ""
                file.write(entry_yaml(entry, entry["title"] + mark))
                if not entry["body"]:
                    continue
                year = entry["date"][:4]
                serials[year] += 1
                if only is None or number == only:
                    page = self.folder / "content" / code / year / f"{entry['id']}.md"
                    page.parent.mkdir(parents=True, exist_ok=True)
                    text = document_text(entry, f"{credit}/{year}-{serials[year]:05d}")
                    if edited:
                        text += f"\n第{revision}次修订：{entry['agency']}已更新本事项。\n"
                    page.write_text(text, encoding="utf-8", newline="\n")
                    yield page
        yield catalog


def department_yaml(code: str, name: str, credit: str) -> str:
    """The head of a catalogue file."""
    return f"""\
格式版本: 1
部门:
  代码: {code}
  名称: {scalar(name)}
  类别: 政府部门
  层级: 县级
  统一社会信用代码: {scalar(credit)}
目录:
"""


def entry_yaml(entry: dict[str, Any], title: str) -> str:
    """One row of the catalogue."""
    method = "主动公开" if entry["method"].startswith("主动公开") else entry["method"]
    field = NATIONAL_FIELDS.get(entry["field"], entry["field"])
    return f"""\
  - 编号: {entry["id"]}
    公开事项: {list_of((entry["field"], title))}
    公开内容: {list_of(entry["contents"])}
    公开依据: {list_of(entry["basis"])}
    公开时限: {scalar(entry["time_limit"])}
    公开主体: {scalar(entry["agency"])}
    公开渠道: {list_of(entry["channels"])}
    公开对象: {scalar(entry["audience"])}
    公开方式: {scalar(method)}
    公开层级: {list_of((entry["level"],))}
    领域: {scalar(field)}
    五公开: {scalar(entry["stage"])}
    发布日期: {entry["date"][:10]}
    修订日期: {entry["updated"][:10]}
"""


def document_text(entry: dict[str, Any], index_number: str) -> str:
    """The document of an entry that has a body."""
    return f"""\
---
标题: {scalar(entry["title"])}
索引号: {scalar(index_number)}
条目: {entry["id"]}
发文机关: {scalar(entry["dept_name"])}
成文日期: {entry["date"][:10]}
发布日期: {entry["date"][:10]} {entry["date"][11:16]}
公开方式: 主动公开
公开程度: 全文公开
类型: 其他
---

{entry["body"]}"""


def main(arguments: list[str]) -> int:
    """Run the command line; 2 for a wrong call."""
    editing = arguments[:1] == ["edit"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.usage = "%(prog)s [edit] N OUTDIR [--departments D] [--rev K] [--shared DIR]"
    parser.add_argument("entries", metavar="N", type=int, help="number of entries")
    parser.add_argument("folder", metavar="OUTDIR", type=Path, help="the site's folder; new or empty, unless edited")
    parser.add_argument("--departments", metavar="D", type=int, help="default: as the others have; edit: as written")
    parser.add_argument("--rev", metavar="K", type=int, default=1, help="with edit: the revision; 0 undoes the edit")
    parser.add_argument("--shared", metavar="DIR", type=Path, default=DEFAULT_SHARED)
    options = parser.parse_args(arguments[editing:])
    entries, folder, departments = options.entries, options.folder, options.departments
    if entries < 1 or (departments is not None and departments < 1):
        parser.error("N and D must be at least 1")
    if editing and not (folder / "site.yaml").is_file():
        parser.error(f"{folder} is no generated site")
    if not editing and folder.is_dir() and any(folder.iterdir()):
        parser.error(f"{folder} is not empty; move it away first")
    try:
        generator = load_generator(options.shared)
    except FileNotFoundError as error:
        parser.error(str(error))
    if departments is None and editing:
        departments = len(list((folder / "catalogs").glob("d*.yaml")))
    elif departments is None:
        departments = generator.DEPTS_FOR.get(entries, max(20, entries // 170))
    site = GeneratedSite(generator=generator, entries=entries, departments=departments, folder=folder)
    if editing:
        print("\n".join(str(path) for path in site.edit(options.rev)))
    else:
        site.write()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
