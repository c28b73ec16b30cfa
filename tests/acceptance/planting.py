"""The wrong cases of all rules, each planted as a department of its own in copies of the sample column."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from tests.rules.cases import DOCUMENT, SITE, Found, as_found, expected_in, found_from_words, write_case
from tests.sample_column import REPOSITORY, TODAY
from tests.sites import credit_code
from tests.unit.stages.check.test_accessibility import text_of
from tests.unit.stages.check.test_attachments import CASES as ATTACHMENTS
from zwgk_site.pipeline.check import check_site
from zwgk_site.pipeline.request import BuildRequest

Case = dict[str, Any]

_PREFIX = "11999900000000043Q"
_CATALOG = """\
格式版本: 1
部门:
  代码: jyj
  名称: 示范县教育局
目录:
  - 编号: JYJ-001
    公开事项: [教育, 招生]
    公开内容: [招生计划]
    公开时限: 长期
    公开主体: 示范县教育局
    公开方式: 主动公开
"""
_NUMBERLESS = """\
---
标题: 关于第{}项工作的通知
条目: WJJ-001
成文日期: 2026-03-02
发布日期: 2026-03-05
公开方式: 主动公开
---

现将有关事项通知如下。
"""
_OTHER = DOCUMENT.replace("WJJ-001", "JYJ-001").replace("03-05", "03-06").replace("做好有关", "另一项")

OWN: dict[str, Case] = {
    "ZW169": {"files": {"synonyms.yaml": "# 警告 ZW169 3-4\n- [低保]\n"}},
    "ZW301": {"document": "# 警告 ZW301 10-15\n关联: {依据: 没有的文件}\n"},
    "ZW302": {"body": "# 警告 ZW302 18-23\n现将有关事项通知如下，见[办法](没有.md)，请认真贯彻执行。\n"},
    "ZW303": {"drop_document": "条目", "document": "# 警告 ZW303 15-22\n条目: [WJJ-001, WJJ-404]\n"},
    "ZW304": {"document": "# 提示 ZW304 10-16\n联合发文机关: [示范县没有局]\n"},
    "ZW305": {
        "files": {"catalogs/jyj.yaml": _CATALOG, "content/jyj/b.md": f"---\n{_OTHER}---\n\n正文。\n"},
        "expect": ["错误 ZW305 content/jyj/b.md"],
    },
    "ZW401": {
        "files": {
            "content/wjj/x1.md": _NUMBERLESS.format(1),
            "content/wjj/X1.md": _NUMBERLESS.format(2),
        },
        "expect": [
            "警告 ZW205 content/wjj/x1.md:2:1-2", "警告 ZW205 content/wjj/X1.md:2:1-2",
            "错误 ZW401 content/wjj/x1.md:2:1-2",
        ],
    },
    "ZW403": {"top": "撤销:\n  -\n    # 警告 ZW403 9-16\n    编号: WJJ-009\n    日期: 2026-03-01\n"},
    "ZW847": {
        "body": text_of("一、总体要求", "二、主要任务", "三、组织实施"),
        "expect": ["提示 ZW847 content/wjj/a.md:12:1-7"],
    },
}  # fmt: skip
"""Of rules that have no case among `tests/rules`: references, URLs, files that are made by a program."""

_CATALOG_WIDE = ("ZW830", "ZW837")
_BESIDE = {"ZW833": "提示 ZW830 catalogs/wjj.yaml:1:1-2", "ZW835": "提示 ZW837 catalogs/wjj.yaml:1:1-2"}
_WORDS = {"ZW840": "错误"}


def attachment_cases() -> dict[str, Case]:
    """The attachments of all rules that speak of them."""
    return {code: _attachment_case(code, *ATTACHMENTS[code]) for code in ATTACHMENTS if code[2:4] in ("83", "84")}


def _attachment_case(code: str, name: str, data: bytes) -> Case:
    given: Case = {"document": f"附件: [{name}]\n", "files": {f"content/wjj/{name}": {"hex": data.hex()}}}
    given["expect"] = [_BESIDE[code]] if code in _BESIDE else []
    if code in _CATALOG_WIDE:
        given["expect"].append(f"提示 {code} catalogs/wjj.yaml:1:1-2")
    else:
        given["document"] = f"# {_WORDS.get(code, '警告')} {code} 5-{5 + len(name) + 2}\n{given['document']}"
    return given


def settings_of(given: Case) -> frozenset[str]:
    """The keys of `site.yaml` that a case is about, and the files beside it; `site.yaml` stands for the whole of it."""
    files = {path for path in given.get("files") or () if not path.startswith(("catalogs/", "content/"))}
    whole = {"site.yaml"} if "site_file" in given else set()
    drop = given.get("drop", [])
    dropped = {drop} if isinstance(drop, str) else set(drop)
    added = {row.partition(":")[0] for row in given.get("site", "").splitlines() if not row.startswith("#")}
    return frozenset(files | whole | added | (dropped & {row.partition(":")[0] for row in SITE.splitlines()}))


class Copy:
    """A copy of the sample column in which cases are planted, and what must be found there beside the sample's own."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.settings: set[str] = set()
        self.owners: dict[str, str] = {}
        self._expected: list[Found] = []
        for part in ("catalogs", "content", "themes"):
            shutil.copytree(REPOSITORY / part, folder / part)
        shutil.copy(REPOSITORY / "site.yaml", folder)
        self._codes = ("".join(letters) for letters in product("pqv", ascii_lowercase, ascii_lowercase))

    def plant(self, rule: str, given: Case) -> None:
        """The case as departments with codes, prefixes and entries of their own; its settings into the sample's.

        Where a department without news is the whole site, that is said of the site; here it is one among others.
        """
        first, second = next(self._codes), next(self._codes)
        names = {"wjj": first, "WJJ": first.upper(), "jyj": second, "JYJ": second.upper(), _PREFIX: credit_code(first)}
        with tempfile.TemporaryDirectory() as folder:
            write_case(Path(folder), given)
            for path in sorted(Path(folder).rglob("*")):
                url = path.relative_to(folder).as_posix()
                if url != "site.yaml" and (path.is_symlink() or path.is_file()):
                    _copy(path, self.root / _renamed(url, names), names)
        self._set(given)
        alone, here = "警告 ZW806 site.yaml", "提示 ZW801 catalogs/wjj.yaml:1:1-2"
        expected = [here if words == alone else words for words in given.get("expect") or []]
        self._expected += (found_from_words(_renamed(words, names)) for words in expected)
        self.owners[first] = self.owners[second] = rule

    def _set(self, given: Case) -> None:
        changed = settings_of(given)
        self.settings |= changed
        file = self.root / "site.yaml"
        kept = "".join(_without(file.read_text("utf-8"), changed))
        file.write_text(kept + given.get("site", ""), "utf-8")

    def found(self) -> Counter[Found]:
        """What a check finds."""
        request = BuildRequest(self.root, self.root / "public", f"{TODAY} 23:59")
        return Counter(map(as_found, check_site(request).findings))

    def expected(self) -> Counter[Found]:
        """What the planted cases say that must be found."""
        return Counter((*expected_in(self.root, {}), *self._expected))


def _without(text: str, keys: frozenset[str]) -> Iterator[str]:
    """The lines of a mapping but those of some keys, with what stands below them."""
    dropped = False
    for row in text.splitlines(keepends=True):
        if not row.startswith((" ", "#", "\n")):
            dropped = row.partition(":")[0] in keys
        if not dropped:
            yield row


def _copy(source: Path, target: Path, names: dict[str, str]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_symlink():
        target.symlink_to(source.readlink())
        return
    data = source.read_bytes()
    for old, new in names.items():
        data = data.replace(old.encode(), new.encode())
    target.write_bytes(data)


def _renamed(words: str, names: dict[str, str]) -> str:
    for old, new in names.items():
        words = words.replace(old, new)
    return words
