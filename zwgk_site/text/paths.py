"""References between files of a department and to the web, as pure text: never a way to the file system."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote


def web_address(text: str) -> str:
    """`text` if it is an address on the web, else an empty string: nothing else may stand in a link."""
    return text if text.lower().startswith(("http://", "https://")) else ""


def locate_reference(reference: str, base: str) -> str | None:
    """The path below a folder tree that `reference`, written in the folder `base`, names; `None` if it leads out."""
    plain = unquote(reference.partition("#")[0].partition("?")[0]).replace("\\", "/")
    if not plain or plain.startswith("/") or "\0" in plain or ":" in plain.partition("/")[0]:
        return None
    path = posixpath.normpath(posixpath.join(base, plain))
    return None if path == ".." or path.startswith("../") else path


def department_of_file(file: str) -> str:
    """The code of the department whose file this is, by its path below the site; empty for files of the whole site."""
    folder, _, rest = file.partition("/")
    if folder not in ("catalogs", "content"):
        return ""
    code, below, _ = rest.partition("/")
    return code if below or folder == "content" else code.removesuffix(".yaml").removesuffix(".yml")
