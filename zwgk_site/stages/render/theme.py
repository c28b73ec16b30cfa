"""A theme made ready to render: the frame once per department and depth, each page's own blocks once per page.

A page is not rendered by template inheritance: `render_page` calls the compiled functions of the blocks `main` and
`head_extra` with one context and puts the results between the parts of a frame. A wrong template is a `TemplateFault`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import jinja2
import msgspec
from jinja2 import nodes
from markupsafe import Markup

from zwgk_site.model.theme import PARTS, Shell
from zwgk_site.model.views import VIEWS, Frame, Head, Link, View
from zwgk_site.stages.render.head import render_head
from zwgk_site.stages.render.templates import BytecodeStore, TemplateFault, fault_from_error, make_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jinja2.runtime import Context

    from zwgk_site.model.theme import Theme

    Block = Callable[[Context], Iterator[str]]

_HEAD_SLOT, _MAIN_SLOT = Markup("\0head\0"), Markup("\0main\0")
_SLOT = re.compile("\0(?:head|main)\0")
NO_SHELL = Shell()


class FrameParts(msgspec.Struct, frozen=True):
    """A rendered frame cut at its two slots (页面外框): before the head, between, after the main part."""

    before_head: str
    between: str
    after_main: str


class _Page(msgspec.Struct, frozen=True):
    """A page template's compiled blocks (each name: nearest first), with the two that we call."""

    name: str
    blocks: dict[str, list[Block]]
    main: Block
    head_extra: Block | None


def compile_theme(theme: Theme, bytecode: BytecodeStore | None = None) -> Renderer | tuple[TemplateFault, ...]:
    """The renderer of `theme`, or everything wrong that can be seen without rendering."""
    sources = dict(theme.templates)
    environment = make_environment(sources, bytecode)
    pages: dict[str, _Page] = {}
    faults: list[TemplateFault] = []
    for view in VIEWS:
        name: str = view.template  # type: ignore[attr-defined]  # every view names its template
        try:
            blocks = _load_blocks(environment, name, sources)
        except jinja2.TemplateError as error:
            blocks = fault_from_error(error, name)
        if isinstance(blocks, TemplateFault):
            faults.append(blocks)
        elif "main" in blocks:
            pages[name] = _Page(name, blocks, blocks["main"][0], blocks.get("head_extra", [None])[0])
        elif view is not Frame:
            faults.append(TemplateFault(name, 0, "no {% block main %}"))
    for name, _ in PARTS:
        try:
            if name in sources:
                environment.get_template(name)
        except jinja2.TemplateError as error:
            faults.append(fault_from_error(error, name))
    return tuple(dict.fromkeys(faults)) or Renderer(environment, pages, theme.shell)


class Renderer:
    """A compiled theme (渲染器). Pure: equal arguments give equal text, in any process."""

    __slots__ = ("_environment", "_pages", "_shell")

    def __init__(self, environment: jinja2.Environment, pages: Mapping[str, _Page], shell: Shell = NO_SHELL) -> None:
        self._environment, self._pages, self._shell = environment, pages, shell

    def render_frame(self, frame: Frame) -> FrameParts | TemplateFault:
        """The frame with its slots `{{ head }}` and `{{ main }}` left open, each exactly once and in this order."""
        try:
            template = self._environment.get_template(Frame.template)
            shell = _safe(self._shell.at(frame.root))
            values = {"frame": frame, "head": _HEAD_SLOT, "main": _MAIN_SLOT, "shell": shell}
            context = template.new_context(values)
            text = "".join(template.root_render_func(context))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever an author's expression raises is the template's fault
            return fault_from_error(error, Frame.template, self._source_line)
        slots = _SLOT.findall(text)
        if slots != [_HEAD_SLOT, _MAIN_SLOT]:
            return TemplateFault(Frame.template, 0, "{{ head }} and {{ main }} must stand once each, in this order")
        for name, part in (("header", shell.header), ("footer", shell.footer)):
            if text.count(part) != 1 and part:
                return TemplateFault(Frame.template, 0, f"{{{{ shell.{name} }}}} must stand once, for there is a shell")
        return FrameParts(*_SLOT.split(text))

    def render_page(
        self,
        frame_parts: FrameParts,
        head: Head,
        view: View,
        body: Markup | str = "",
        contents: tuple[tuple[int, Link], ...] = (),
    ) -> str | TemplateFault:
        """The whole page. `body` is safe HTML as `Markup`; a plain `str` is escaped. `contents`: its headings by level."""
        page = self._pages[view.template]
        values = {"page": view, "body": body, "contents": contents}
        context = self._environment.context_class(self._environment, values, page.name, {})
        context.blocks = page.blocks
        try:
            main = "".join(page.main(context))
            extra = "".join(page.head_extra(context)) if page.head_extra else ""
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            return fault_from_error(error, page.name, self._source_line)
        return "".join(
            (frame_parts.before_head, render_head(head), extra, frame_parts.between, main, frame_parts.after_main)
        )

    def _source_line(self, template: str, line: int) -> int:
        return self._environment.get_template(template).get_corresponding_lineno(line)


def _safe(shell: Shell) -> Shell:
    """Its HTML marked as such: it has been made safe when it was read."""
    return msgspec.structs.replace(shell, header=Markup(shell.header), footer=Markup(shell.footer))  # noqa: S704


def _load_blocks(
    environment: jinja2.Environment, name: str, sources: Mapping[str, str]
) -> dict[str, list[Block]] | TemplateFault:
    """The blocks of a template and of those it extends, nearest first. All of them are compiled then."""
    blocks: dict[str, list[Block]] = {}
    seen: list[str] = []
    current: str | None = name
    while current is not None:
        if current in seen:
            return TemplateFault(name, 0, f"template extends itself: {' → '.join([*seen, current])}")
        seen.append(current)
        for block, function in environment.get_template(current).blocks.items():
            blocks.setdefault(block, []).append(function)
        parent = _parent_of(environment, current, sources[current])
        if isinstance(parent, TemplateFault):
            return parent
        current = parent
    return blocks


def _parent_of(environment: jinja2.Environment, name: str, source: str) -> str | TemplateFault | None:
    """The template that `name` extends. Parses only where the word occurs: parsing is what the byte code saves."""
    if "extends" not in source:
        return None
    for node in environment.parse(source, name).find_all(nodes.Extends):
        if not isinstance(node.template, nodes.Const):
            return TemplateFault(name, node.lineno, "extends must name its template in quotes")
        return str(node.template.value)
    return None
