"""The ledgers that stand in a built column, read in one way by whoever has to know what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.ledger import Ledger
from zwgk_site.stages.publish import machine_faults
from zwgk_site.stages.publish.folder import read_if_there

if TYPE_CHECKING:
    from pathlib import Path

_decoder = msgspec.json.Decoder(Ledger)


def ledger_url(code: str) -> str:
    """Where a department's ledger stands in the column."""
    return f"data/urls/{code}.json"


def decode_ledger(data: bytes | None) -> Ledger | None:
    """A ledger, empty before the first release; `None` if it is damaged."""
    if data is None:
        return Ledger()
    try:
        return _decoder.decode(data)
    except msgspec.DecodeError:
        return None


def built_ledger(output: Path, code: str) -> Ledger | None:
    """The department's ledger in the release in `output`. Raises `MachineError` where it can't be had."""
    file = output / ledger_url(code)
    with machine_faults(file):
        return decode_ledger(read_if_there(file))
