"""Limits before Markdown: texts made to be slow keep all their characters but lose their markup.

Python-Markdown reads a block again for every bracket and copies it for every match, so its cost is marks × length.
The limits are per block (lines between blank lines; each list item and table row by itself):

* whole text: `MOST_CHARACTERS`; beyond, every paragraph is a `<pre class="plain">`
* brackets × length: `MOST_BRACKET_STEPS`
* emphasis marks: `MOST_EMPHASIS`, × length `MOST_EMPHASIS_STEPS`, opened at once `DEEPEST_EMPHASIS`
* the same products summed over the text: `MOST_STEPS`
* HTML tags, references and line breaks × length: `MOST_TAG_STEPS` in a block
* runs of more than three `*` or `_` are text; brackets nested deeper than `DEEPEST_BRACKET` too
"""

import re

from zwgk_site.stages.render.body.marks import make_inert

MOST_CHARACTERS = 1_000_000
MOST_BRACKET_STEPS = 3_000_000
MOST_EMPHASIS = 600
MOST_EMPHASIS_STEPS = 30_000_000
MOST_TAG_STEPS = 2_000_000_000
MOST_STEPS = 60_000_000
DEEPEST_BRACKET = 5
DEEPEST_EMPHASIS = 30

_SIGNS = ("[", "*", "_", "<", "&", "  \n")
_STEP_OF_BRACKET = 10
_LONG_RUN = re.compile(r"\*{4,}|_{4,}")
_UNIT_START = re.compile(r"[ >]*(?:[-*+]|\d{1,3}\.)[ ]|[ >]*\||[ >]*\[\^")
_PREFIX = re.compile(r"[ >]*(?:(?:[-*+]|\d{1,3}\.)[ ]+)?(?:\[\^[^\]\s]+\]:)?")
_BRACKET = re.compile(r"[\[\]]")
_RUNS = re.compile(r"\*+|_+")
_INERT_BRACKETS = make_inert("[]!")
_INERT_TAGS = make_inert("<&")
_INERT_EMPHASIS = make_inert("*_")


def limit_markup(lines: list[str]) -> list[str]:
    """The lines, with the markup of blocks that would cost too much made inert."""
    result: list[str] = []
    spent = 0
    start = 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or not lines[end] or not lines[end - 1] or _UNIT_START.match(lines[end]):
            unit = "\n".join(lines[start:end])
            if any(sign in unit for sign in _SIGNS):
                unit, cost = _limit_unit(unit, spent)
                spent += cost
            result += unit.split("\n")
            start = end
    return result


def _limit_unit(unit: str, spent: int) -> tuple[str, int]:
    prefix = _PREFIX.match(unit)
    head = prefix.group() if prefix else ""
    body = _LONG_RUN.sub(lambda run: run.group().translate(_INERT_EMPHASIS), unit[len(head) :])
    brackets = body.count("[")
    cost = 0
    if brackets:
        steps = brackets * len(body)
        if steps > MOST_BRACKET_STEPS or spent > MOST_STEPS or _is_nested_deep(body):
            body = body.translate(_INERT_BRACKETS)
        else:
            cost += steps * _STEP_OF_BRACKET
    runs = len(_RUNS.findall(body)) if "*" in body or "_" in body else 0
    if runs:
        if runs > MOST_EMPHASIS or runs * len(body) > MOST_EMPHASIS_STEPS or spent > MOST_STEPS or _opens_deep(body):
            body = body.translate(_INERT_EMPHASIS)
        else:
            cost += runs * len(body)
    if (body.count("<") + body.count("&") + body.count("  \n")) * len(body) > MOST_TAG_STEPS:
        body = body.translate(_INERT_TAGS).replace("  \n", "\n")
    return head + body, cost


def _is_nested_deep(text: str) -> bool:
    depth = 0
    for match in _BRACKET.finditer(text):
        depth = depth + 1 if match.group() == "[" else max(0, depth - 1)
        if depth > DEEPEST_BRACKET:
            return True
    return False


def _opens_deep(text: str) -> bool:
    """Whether more emphasis is opened at once than can be read without deep recursion."""
    depth = 0
    for match in _RUNS.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        may_close = bool(before) and not before.isspace()
        may_open = bool(after) and not after.isspace()
        depth = max(0, depth - 1) if may_close and depth else depth + may_open
        if depth > DEEPEST_EMPHASIS:
            return True
    return False
