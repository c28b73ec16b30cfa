"""In which steps staged files get into place: file by file in the order asked for, but a new folder in one rename.

Only looks; `apply` does the steps.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zwgk_site.model.release import ChangeSet


class Moves(msgspec.Struct, frozen=True):
    """The steps (移动计划): URLs, and new folders ending in `/`. `whole` URLs go with a folder, `single` ones alone."""

    steps: tuple[str, ...]
    whole: tuple[str, ...]
    single: tuple[str, ...]


def plan_moves(output: Path, stage: Path, changes: ChangeSet) -> Moves:
    """The steps for `changes`. A URL asked for twice, or not staged, is a bug.

    A folder moves whole when the output has none of that name and every file staged in it is asked for: at the start,
    for nothing leads into it yet, or, with a file of `last` in it, before the other files of `last`.
    """
    urls = (*changes.pages, *changes.lists, *changes.last)
    staged = set(list_files(stage))
    missing = set(urls) - staged
    if missing or len({*urls, *changes.removals}) != len(urls) + len(changes.removals):
        raise ValueError(f"a change names a file twice, or one that is not staged: {sorted(missing)[:3]}")
    new = _NewFolders(output)
    roots = {url: new.root_of(url.rpartition("/")[0]) for url in staged}
    held, asked = Counter(roots.values()), Counter(roots[url] for url in urls)
    late = {roots[url] for url in changes.last}
    whole = {root: None for root in map(roots.__getitem__, urls) if root and held[root] == asked[root]}

    def alone(part: tuple[str, ...]) -> list[str]:
        return [url for url in part if roots[url] not in whole]

    first_folders = [f"{root}/" for root in whole if root not in late]
    late_folders = [f"{root}/" for root in whole if root in late]
    return Moves(
        steps=(*first_folders, *alone(changes.pages), *alone(changes.lists), *late_folders, *alone(changes.last)),
        whole=tuple(url for url in urls if roots[url] in whole),
        single=tuple(alone(urls)),
    )


def list_files(folder: Path | str) -> Iterator[str]:
    """All files below `folder`, as URLs, in no order."""
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(f"{folder}/{prefix}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{prefix}{entry.name}/")
                else:
                    yield prefix + entry.name


class _NewFolders:
    """Finds the topmost folder that the output does not have yet; remembers what it has seen."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.seen = {"": ""}

    def root_of(self, name: str) -> str:
        """The topmost new folder on the way to the folder `name`, or nothing."""
        if name not in self.seen:
            above = self.root_of(name.rpartition("/")[0])
            self.seen[name] = above or ("" if os.path.lexists(f"{self.output}/{name}") else name)
        return self.seen[name]
