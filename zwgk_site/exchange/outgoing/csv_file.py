"""A layout as a text table: one row of header, every cell filled, UTF-8 with the mark that Excel needs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zwgk_site.exchange.outgoing.layout import Layout


def csv_bytes(layout: Layout) -> bytes:
    """The table; a column of a group is named `公开对象-全社会`."""
    found = io.StringIO()
    writer = csv.writer(found, lineterminator="\r\n")
    writer.writerow(
        [
            f"{column.group}-{column.label}" if column.group and column.field != "subject" else column.label
            for column in layout.columns
        ]
    )
    writer.writerows(layout.rows)
    return ("\ufeff" + found.getvalue()).encode("utf-8", "replace")
