"""Jinja2 as we use it: sources from a theme, everything escaped, nothing undefined, byte code kept elsewhere.

Knows no view and no page; `theme.py` does. No template can reach a file, a clock or a global.
"""

from __future__ import annotations

import hashlib
import keyword
import re
from typing import TYPE_CHECKING, Protocol

import jinja2
import msgspec
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.model.theme import Theme
from zwgk_site.stages.render.escaping import escape_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TEMPLATE_FAULT = Rule(
    "ZW510",
    Severity.ERROR,
    blocks=True,
    zh="模板“{template}”有错：{message}",
    en="fault in template “{template}”: {message}",
    hint_zh="请对照 docs/theme-contract.md 检查这一行用到的名称和写法；删去这个模板就恢复使用上一级主题的模板。",
    hint_en="Compare the names in this line with docs/theme-contract.md; without this file the parent theme's is used.",
)

_ENGINE = f"jinja2 {jinja2.__version__}, theme 1"  # raise the number when the options of `make_environment` change
_CHECKSUM_BYTES = 16
_FILE_PREFIX = "theme:"  # how our templates are told from Python files in a traceback
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_KEEPS_SPACES = re.compile(r"<(?:pre|textarea)\b", re.IGNORECASE)


class BytecodeStore(Protocol):
    """Where compiled templates are kept between runs (字节码存放处); it may forget or spoil anything at any time."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, data: bytes) -> None: ...


class TemplateFault(msgspec.Struct, frozen=True):
    """What is wrong in a template (模板错误): `line` 0 means the template as a whole, `message` is the engine's own."""

    template: str
    line: int
    message: str

    def finding(self, theme: Theme) -> Diagnostic:
        """The fault as a finding at the template's file."""
        file = dict(theme.origins).get(self.template, self.template)
        place = Span(file, self.line, 1, 1) if self.line else Span(file)
        return TEMPLATE_FAULT.at(place, template=self.template, message=self.message)


class _FlatCode(CodeGenerator):
    """Code for typed views: `page.title` compiles to just that, and text is escaped without wrapping the result.

    This halves a page's time. Jinja's own attribute access looks for an item where there is no attribute; a view has
    attributes only, and a missing one is a fault either way. Names with an underscore in front lead into Python itself
    and are refused.
    """

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape = environment.escape_text")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the name is Jinja's
        if node.attr.startswith("_"):
            self.fail(f"names with an underscore in front are not for templates: {node.attr}", node.lineno)
        if keyword.iskeyword(node.attr) or (isinstance(node.node, nodes.Name) and node.node.name == "self"):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


class _Environment(jinja2.Environment):
    code_generator_class = _FlatCode
    escape_text = staticmethod(escape_text)


def make_environment(sources: Mapping[str, str], bytecode: BytecodeStore | None) -> jinja2.Environment:
    """The engine over `sources` (name → text)."""
    environment = _Environment(
        loader=_SourceLoader(sources),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=None if bytecode is None else _StoredBytecode(bytecode),
    )
    environment.globals.clear()
    return environment


def fault_from_error(
    error: Exception, template: str, line_of: Callable[[str, int], int] | None = None
) -> TemplateFault:
    """The fault behind an exception of the engine or of a template's own expression; `template` is the fallback.

    `line_of` maps (template, line of its compiled code) to the line of its source.
    """
    message = str(error) or type(error).__name__
    if isinstance(error, jinja2.TemplateNotFound):
        return TemplateFault(template, 0, f"template not found: {error.name}")
    if isinstance(error, jinja2.TemplateSyntaxError):
        return TemplateFault(error.name or template, error.lineno, error.message or message)
    place = None
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(_FILE_PREFIX):
            place = (file.removeprefix(_FILE_PREFIX), trace.tb_lineno)
        trace = trace.tb_next
    if place is None or line_of is None:
        return TemplateFault(template, 0, message)
    return TemplateFault(place[0], line_of(*place), message)


class _SourceLoader(jinja2.BaseLoader):
    """Templates by name, each line without its indentation: smaller pages, and lines keep their numbers."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources

    def get_source(self, _environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if template not in self._sources:
            raise jinja2.TemplateNotFound(template)
        source = self._sources[template]
        if not _KEEPS_SPACES.search(source):
            source = _INDENT.sub("", source)
        return source, _FILE_PREFIX + template, lambda: True


class _StoredBytecode(jinja2.BytecodeCache):
    """Compiled templates in a store from outside. A checksum goes before the bytes: what fails it is compiled anew."""

    def __init__(self, store: BytecodeStore) -> None:
        self._store = store

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return _hex(f"{_ENGINE}\0{name}\0{filename}")

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """As in the base class, but the source is part of the key: two themes share a store without pushing out."""
        checksum = _hex(source)
        bucket = Bucket(environment, _hex(self.get_cache_key(name, filename) + checksum), checksum)
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        data = self._store.get(bucket.key)
        if data is not None and data[:_CHECKSUM_BYTES] == _checksum(data[_CHECKSUM_BYTES:]):
            bucket.bytecode_from_string(data[_CHECKSUM_BYTES:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        data = bucket.bytecode_to_string()
        self._store.put(bucket.key, _checksum(data) + data)


def _checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECKSUM_BYTES).digest()


def _hex(text: str) -> str:
    return _checksum(text.encode()).hex()
