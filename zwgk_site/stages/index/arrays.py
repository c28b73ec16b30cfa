"""Many numbers at once as varints, by NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any
"""A NumPy array; its shape and type stand with each function."""


def varint_sizes(values: Array) -> Array:
    """How many bytes each of `values` (uint32, shape n) takes."""
    sizes = np.ones(len(values), np.int64)
    for bits in (7, 14, 21, 28):
        sizes += values >= (1 << bits)
    return sizes


def put_varints(target: Array, places: Array, values: Array, sizes: Array) -> None:
    """Writes `values` into the bytes `target` at `places`."""
    for step in range(int(sizes.max(initial=0))):
        chosen = sizes > step
        part = values[chosen] >> np.uint32(7 * step) & np.uint32(0x7F)
        more = (sizes[chosen] > step + 1).astype(np.uint32) << np.uint32(7)
        target[places[chosen] + step] = (part | more).astype(np.uint8)


def bytes_of_varints(values: Array) -> tuple[bytes, Array]:
    """`values` (uint32, shape n) one after another, and where each begins (shape n + 1)."""
    sizes = varint_sizes(values)
    starts = np.zeros(len(values) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    target = np.zeros(int(starts[-1]), np.uint8)
    put_varints(target, starts[:-1], values, sizes)
    return target.tobytes(), starts
