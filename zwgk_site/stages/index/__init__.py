"""The search index: records of pages to the files of a segment. Pure; NumPy comes with the first name that is asked for.

`build_segment` makes a segment here; the steps of `segment` make the same bytes in several processes.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zwgk_site.stages.index.manifest import encode_manifest, encode_table
    from zwgk_site.stages.index.segment import Segment, build_segment

__all__ = ["Segment", "build_segment", "encode_manifest", "encode_table"]


def __getattr__(name: str) -> object:
    """A name from its module."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "manifest" if name.startswith("encode") else "segment"
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)
