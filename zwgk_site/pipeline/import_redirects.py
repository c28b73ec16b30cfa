"""The tables of old and new addresses, with what earlier imports have put there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.exchange.documents.redirects import TABLE, read_table, write_redirects

if TYPE_CHECKING:
    from pathlib import Path


def plan_redirects(folder: Path, pairs: dict[str, str], column_url: str) -> tuple[tuple[str, str], ...]:
    """Names and texts of the tables; a table that can't be read counts as empty."""
    try:
        before = read_table((folder / TABLE).read_text("utf-8"))
    except (OSError, ValueError):
        before = {}
    return tuple(write_redirects(before | pairs, column_url).items())
