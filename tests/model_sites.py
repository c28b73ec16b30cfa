"""Sites as plain values that tests change and write down again, as clerks do: only what differs is written."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zwgk_site.diagnostics import Checked
from zwgk_site.pipeline.build import Release, build_site
from zwgk_site.pipeline.request import BuildRequest

Record = dict[str, Any]
LONG_AGO = 1_700_000_000
STEP_SECONDS = 60


@dataclass
class ModelDocument:
    """One document: its front matter by Chinese key, and its text."""

    fields: Record
    text: str = "正文。\n"

    def as_bytes(self) -> bytes:
        return f"---\n{yaml_lines(self.fields)}---\n\n{self.text}".encode()


@dataclass
class ModelDepartment:
    """One department; `documents` by path without `.md`, `files` are attachments by path."""

    head: Record
    entries: list[Record] = field(default_factory=list)
    removals: list[Record] = field(default_factory=list)
    documents: dict[str, ModelDocument] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    broken: str = ""

    @property
    def code(self) -> str:
        return str(self.head["代码"])

    def catalog(self) -> bytes:
        parts = ["格式版本: 1\n部门:\n", yaml_lines(self.head, "  "), "目录:\n" if self.entries else "目录: []\n"]
        parts.extend("  - " + yaml_lines(entry, "    ")[4:] for entry in self.entries)
        if self.removals:
            parts.append("撤销:\n")
            parts.extend("  - " + yaml_lines(removal, "    ")[4:] for removal in self.removals)
        return ("".join(parts) + self.broken).encode()

    def entry(self, entry_id: str, title: str, **more: Any) -> Record:
        """Adds an entry with all that is required."""
        entry = {
            "编号": entry_id,
            "公开事项": ["业务工作", title],
            "公开内容": ["办理依据", "办理流程"],
            "公开时限": "自信息形成或者变更之日起20个工作日内",
            "公开主体": self.head["名称"],
            "公开方式": "主动公开",
            **more,
        }
        self.entries.append(entry)
        return entry

    def document(self, path: str, title: str, text: str = "正文。\n", **more: Any) -> ModelDocument:
        """Adds an open document."""
        fields = {
            "标题": title,
            "条目": [self.entries[0]["编号"]] if self.entries else [],
            "成文日期": "2026-03-02",
            "发布日期": "2026-03-05",
            "公开方式": "主动公开",
            **more,
        }
        self.documents[path] = ModelDocument(fields, text)
        return self.documents[path]


@dataclass
class ModelSite:
    """A whole site, and the folder where it stands."""

    root: Path
    settings: Record = field(default_factory=lambda: {"格式版本": 1, "网站名称": "试验县政府信息公开"})
    departments: dict[str, ModelDepartment] = field(default_factory=dict)
    clock: int = LONG_AGO
    written: dict[str, bytes] = field(default_factory=dict)

    def department(self, code: str, name: str, **more: Any) -> ModelDepartment:
        """Adds a department without entries."""
        head = {"代码": code, "名称": name, "类别": "政府部门", "层级": "县级", **more}
        self.departments[code] = ModelDepartment(head)
        return self.departments[code]

    def files(self) -> dict[str, bytes]:
        """Every input file by its path."""
        found = {"site.yaml": yaml_lines(self.settings).encode()}
        for code, department in self.departments.items():
            found[f"catalogs/{code}.yaml"] = department.catalog()
            for path, document in department.documents.items():
                found[f"content/{code}/{path}.md"] = document.as_bytes()
            for path, data in department.files.items():
                found[f"content/{code}/{path}"] = data
        return found

    def write(self, *, young: bool = False) -> tuple[str, ...]:
        """Brings the folder up to date and tells what changed; files look old unless `young`, as if of minutes ago."""
        files = self.files()
        gone = self.written.keys() - files.keys()
        changed = [path for path, data in files.items() if self.written.get(path) != data]
        for path in gone:
            (self.root / path).unlink()
        for path in changed:
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(files[path])
            if not young:
                self.touch(path)
        self.written = files
        return (*sorted(gone), *changed)

    def touch(self, path: str) -> None:
        """Gives a file a new time, later than any before and still long ago."""
        self.clock += STEP_SECONDS
        os.utime(self.root / path, (self.clock, self.clock))


def yaml_lines(record: Record, indent: str = "") -> str:
    """A mapping as YAML, a line for each key; JSON values are YAML values. `None` leaves a key out."""
    return "".join(
        f"{indent}{key}: {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in record.items()
        if value is not None
    )


def build_model(site: ModelSite, output: Path, today: str = "2026-11-21", **more: Any) -> Checked[Release | None]:
    """Builds a site in this process."""
    return build_site(BuildRequest(site.root, output, f"{today} 23:59", **more))


def tree_of(output: Path) -> dict[str, bytes]:
    """Every file of an output with its bytes."""
    return {
        file.relative_to(output).as_posix(): file.read_bytes() for file in sorted(output.rglob("*")) if file.is_file()
    }


@contextlib.contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory where the system has one: hundreds of small sites are made and dropped."""
    shared = "/dev/shm"  # noqa: S108 - what is made there is a folder of its own
    folder = Path(tempfile.mkdtemp(prefix="zwgk-", dir=shared if os.access(shared, os.W_OK) else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def drop_cache(output: Path) -> None:
    """Deletes the cache that stands beside an output, as a clerk may."""
    shutil.rmtree(output.parent / f".{output.name}.zwgk/cache", ignore_errors=True)


__all__ = [
    "ModelDepartment",
    "ModelDocument",
    "ModelSite",
    "build_model",
    "drop_cache",
    "quick_folder",
    "tree_of",
    "yaml_lines",
]
