"""What a screen reader reads of a page, from Chromium's accessibility tree, one line for each stop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SKIPPED = {"InlineTextBox", "LabelText", "ListMarker", "MenuListPopup"}
"""What is told at its place: a label with its field, the choices when one opens them."""
SILENT = {"generic", "none", "LineBreak", "rowgroup", "SvgRoot"}
NAMED_BY_CONTENT = {
    "link",
    "button",
    "heading",
    "option",
    "searchbox",
    "combobox",
    "DisclosureTriangle",
    "term",
    "caption",
}
WORDS = {
    "RootWebArea": "page",
    "StaticText": "text",
    "DisclosureTriangle": "summary",
    "DescriptionList": "list of terms",
}
STATES = ("pressed", "expanded", "sort")
REPEATED = {"listitem", "row"}
AT_MOST = 3
"""Of the same things in a row so many are told; the rest is as the last."""

Node = dict[str, Any]


def walk_of(page: Any) -> str:
    """The lines that are read on an opened page, in order, indented by what they stand in."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    return "\n".join(_lines(nodes[0], by_id, 0)) + "\n"


def _lines(node: Node, by_id: dict[str, Node], depth: int) -> Iterator[str]:
    role = node.get("role", {}).get("value", "none")
    if role in SKIPPED:
        return
    if node["ignored"] or role in SILENT:
        yield from _children(node, by_id, depth)
        return
    inner = [] if role in NAMED_BY_CONTENT else list(_joined(_children(node, by_id, depth + 1)))
    first = "  " * depth + _sentence(role, node)
    if len(inner) == 1 and inner[0].lstrip().startswith("text “") and role != "main":
        yield "  " * depth + f"{WORDS.get(role, role)}: {inner[0].lstrip().removeprefix('text ')}"
    else:
        yield first
        yield from inner


def _joined(lines: Iterator[str]) -> Iterator[str]:
    """Texts that follow one another are read without a stop."""
    kept = ""
    for line in lines:
        if kept and line.startswith(kept[: kept.index("text “")] + "text “"):
            kept = kept[:-1] + " " + line.lstrip().removeprefix("text “")
            continue
        if kept:
            yield kept
        kept = line if line.lstrip().startswith("text “") else ""
        if not kept:
            yield line
    if kept:
        yield kept


def _children(node: Node, by_id: dict[str, Node], depth: int) -> Iterator[str]:
    last, count = "", 0
    for child in (by_id[key] for key in node.get("childIds", ()) if key in by_id):
        role = child.get("role", {}).get("value", "none")
        count = count + 1 if role == last and role in REPEATED else 1
        last = role
        if count <= AT_MOST:
            yield from _lines(child, by_id, depth)
        elif count == AT_MOST + 1:
            yield "  " * depth + "…"


def _sentence(role: str, node: Node) -> str:
    name = " ".join(str(node.get("name", {}).get("value") or "").split())
    properties = {item["name"]: item["value"].get("value") for item in node.get("properties", ())}
    told = [f"{state} {properties[state]}".lower() for state in STATES if state in properties]
    told += [f"level {properties['level']}"] if role == "heading" else []
    return " ".join(
        [WORDS.get(role, role), *([f"“{name}”"] if name else []), *([f"({', '.join(told)})"] if told else [])]
    )
