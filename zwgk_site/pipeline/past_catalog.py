"""The catalogue as the last release published it, and the history of its changes, read back from that release."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Span
from zwgk_site.model.change_history import FORMAT, ChangeHistory, PastCatalog, changes_url
from zwgk_site.model.published import read_catalog_data
from zwgk_site.stages.plan.rules import CHANGES_BROKEN

if TYPE_CHECKING:
    from zwgk_site.model.corpus import CatalogEntry
    from zwgk_site.stages.publish import OutputFolder

_decoder = msgspec.json.Decoder(ChangeHistory)


def read_past_catalog(previous: OutputFolder, code: str) -> Checked[PastCatalog]:
    """What department `code` had published; a history that can't be read begins anew, and that is a finding."""

    def read_entries() -> tuple[CatalogEntry, ...] | None:
        data = read_catalog_data(previous.read, code)
        return None if data is None else tuple(item.entry for item in data.entries)

    url = changes_url(code)
    data = previous.read(url)
    history = _decode(data) if data is not None else ChangeHistory()
    if history is None:
        finding = CHANGES_BROKEN.at(Span(f"catalogs/{code}.yaml"), url=url)
        return Checked(PastCatalog(entries=read_entries), (finding,))
    return Checked(PastCatalog(history, read_entries))


def _decode(data: bytes) -> ChangeHistory | None:
    try:
        history = _decoder.decode(data)
    except msgspec.DecodeError:
        return None
    return history if history.format == FORMAT else None
