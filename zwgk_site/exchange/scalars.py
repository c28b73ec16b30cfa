"""A text between quotes, as every YAML that is written here has it."""

from __future__ import annotations

import json
import re

# What JSON leaves as it is, but no reader of YAML admits, or takes for the end of a line.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def quoted(text: str) -> str:
    """The text in double quotes on one line; every sign in it is read back as it was."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
