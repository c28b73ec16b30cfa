"""Link definitions (`[名称]: https://… "标题"`), taken out of the text.

Python-Markdown would take `[注]: 本表数据截至2025年` for one, and the words would be gone; here a target must look like
a target.
"""

import re

_DEFINITION = re.compile(
    r"""[ \t]*\[(?!\^)([^\[\]]+)\]:[ \t]*<?([!-;=?-~]*[./#:][!-;=?-~]*)>?"""
    r"""(?:[ \t]+(?:"([^"]*)"|'([^']*)'|\(([^()]*)\)))?[ \t]*"""
)
Definitions = dict[str, tuple[str, str]]


def lift_definitions(text: str) -> tuple[str, Definitions]:
    """Text without its link definitions, and (target, title) by lower-case name; the last one of a name counts."""
    if "]:" not in text:
        return text, {}
    definitions: Definitions = {}
    lines: list[str] = []
    for line in text.split("\n"):
        match = _DEFINITION.fullmatch(line) if "]:" in line else None
        if match is None:
            lines.append(line)
        else:
            name = " ".join(match.group(1).lower().split())
            definitions[name] = (match.group(2), match.group(3) or match.group(4) or match.group(5) or "")
    return "\n".join(lines), definitions
