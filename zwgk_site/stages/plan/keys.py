"""References as clerks write them, to keys that name one thing in the whole site."""

from __future__ import annotations

import posixpath
import re

from zwgk_site.statute.numbers import normalize_number
from zwgk_site.text.paths import locate_reference

_FOREIGN = re.compile(r"([a-z][a-z0-9-]{1,30})[:：](.+)", re.DOTALL)
SUFFIX = ".md"


def number_key(text: str) -> str:
    """The key of an index number."""
    return "n:" + normalize_number(text)


def file_key(code: str, path: str) -> str:
    """The key of a document's file, by path or by name alone."""
    return f"f:{code}:{path}"


def entry_key(code: str, entry_id: str) -> str:
    """The key of an entry."""
    return f"e:{code}:{entry_id}"


def department_key(code: str) -> str:
    """The key of a department."""
    return "d:" + code


def name_key(name: str) -> str:
    """The key of a department by one of its names."""
    return "w:" + "".join(name.split())


def reference_keys(written: str, code: str) -> tuple[str, ...]:
    """What `written` in 关联 may mean in department `code`, best first."""
    text = written.strip()
    foreign = _FOREIGN.fullmatch(text)
    owner, rest = (foreign[1], foreign[2].strip()) if foreign else (code, text)
    name = rest.removesuffix(SUFFIX)
    keys = [file_key(owner, name), entry_key(owner, rest)]
    if not foreign and any(char.isdigit() for char in text):
        keys.insert(0, number_key(text))
    return tuple(keys)


def entry_keys(written: str, code: str) -> tuple[str, ...]:
    """What `written` in 条目 may mean."""
    text = written.strip()
    foreign = _FOREIGN.fullmatch(text)
    return (entry_key(foreign[1], foreign[2].strip()),) if foreign else (entry_key(code, text),)


def link_keys(written: str, code: str, path: str) -> tuple[str, ...]:
    """What a link in the text of the document at `path` may mean: a file by relative path first."""
    keys: list[str] = []
    located = locate_reference(written, f"{code}/{posixpath.dirname(path)}")
    if located is not None and located.endswith(SUFFIX):
        owner, _, inner = located.partition("/")
        keys.append(file_key(owner, inner.removesuffix(SUFFIX)))
        keys.append(file_key(owner, posixpath.basename(inner).removesuffix(SUFFIX)))
    keys.extend(reference_keys(written.partition("#")[0], code))
    return tuple(dict.fromkeys(keys))
