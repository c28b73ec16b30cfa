"""A theme as a value: template sources and assets, merged from layers. Knows no folder and no template engine."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

THEME_CONTRACT = 1
"""The version of the views that themes are written against (主题约定版本): raised when a field goes or changes."""

PARTS = (
    ("crumbs.html", "`breadcrumb: tuple[Link, ...]`"),
    ("rows.html", "`rows: tuple[Row, ...]`"),
    ("counted.html", "`links: tuple[CountedLink, ...]`、`unit: str`"),
    ("glance.html", "`glance: Glance`"),
    ("pager.html", "`pager: Pager`"),
)
"""Templates that the default theme's others include (共用的片段), with what each must be given."""


class ThemeLayer(msgspec.Struct, frozen=True):
    """One folder of a theme as read (主题的一层): file names are relative, with `/`.

    `name` is empty for the site's own overrides. `origins` are (template name, file as shown to people).
    """

    name: str
    contract: int = THEME_CONTRACT
    templates: tuple[tuple[str, str], ...] = ()
    assets: tuple[tuple[str, bytes], ...] = ()
    origins: tuple[tuple[str, str], ...] = ()


ROOT_MARK = "{{ root }}"
"""Stands in a shell for the relative way to the top of the column."""


class Shell(msgspec.Struct, frozen=True):
    """What a portal puts around every page of the column that is its guest (门户外壳).

    `header` and `footer` are safe HTML with `ROOT_MARK` in it, empty for the theme's own; `styles` are assets.
    """

    header: str = ""
    footer: str = ""
    styles: tuple[str, ...] = ()
    assets: tuple[tuple[str, bytes], ...] = ()

    def at(self, root: str) -> Shell:
        """The shell around pages from which `root` leads to the top."""
        header, footer = (text.replace(ROOT_MARK, root) for text in (self.header, self.footer))
        return msgspec.structs.replace(self, header=header, footer=footer)


class Theme(msgspec.Struct, frozen=True):
    """A theme ready to be compiled (主题): names are unique and sorted, overrides and parents already merged.

    A template that a nearer layer hides is still there as `<theme>/<name>`: `{% extends "default/entry.html" %}` can
    change one block of it. `digest` covers all that a page's bytes depend on, the templates and the contract;
    assets keep their names and are files of their own, so a new colour rewrites no page. `origins` are
    (template name, file as shown to people), for findings. `shell` is what the host puts around the pages.
    """

    name: str
    contract: int
    templates: tuple[tuple[str, str], ...]
    assets: tuple[tuple[str, bytes], ...]
    digest: str
    origins: tuple[tuple[str, str], ...] = ()
    shell: Shell = Shell()

    def inside(self, shell: Shell) -> Theme:
        """The theme whose pages stand inside `shell`."""
        if shell == Shell():
            return self
        shown = (self.digest, shell.header, shell.footer, shell.styles)
        return msgspec.structs.replace(
            self,
            shell=shell,
            digest=_digest(shown),
            assets=tuple(sorted((dict(self.assets) | dict(shell.assets)).items())),
        )

    def assets_digest(self) -> str:
        """What tells that a file beside the pages has changed."""
        return _digest(self.assets)


def merge_layers(layers: Sequence[ThemeLayer]) -> Theme:
    """The theme that `layers` make, nearest first: overrides of the site, the chosen theme, its parents in order.

    At least one layer must have a name.
    """
    templates = _merge_templates([(layer.name, layer.templates) for layer in layers])
    origins = _merge_templates([(layer.name, layer.origins) for layer in layers])
    assets: dict[str, bytes] = {}
    for layer in reversed(layers):
        assets.update(layer.assets)
    chosen = next(layer for layer in layers if layer.name)
    return Theme(
        name=chosen.name,
        contract=chosen.contract,
        templates=templates,
        assets=tuple(sorted(assets.items())),
        digest=_digest((chosen.contract, templates)),
        origins=origins,
    )


def _digest(value: object) -> str:
    return hashlib.blake2b(msgspec.json.encode(value), digest_size=16).hexdigest()


def _merge_templates(layers: Sequence[tuple[str, tuple[tuple[str, str], ...]]]) -> tuple[tuple[str, str], ...]:
    """The winners under their names, and what each theme saw differently under `<theme>/<name>`."""
    merged: dict[str, str] = {}
    seen: list[tuple[str, dict[str, str]]] = []
    for theme, templates in reversed(layers):
        merged.update(templates)
        if theme:
            seen.append((theme, dict(merged)))
    hidden = {f"{theme}/{name}": text for theme, view in seen for name, text in view.items() if merged[name] != text}
    return tuple(sorted((hidden | merged).items()))
