"""How a government site and its disclosure column must be named: hosts, codes, the name of the column."""

from __future__ import annotations

import re

COLUMN_NAME = "政府信息公开"
"""The name that every column has (国办公开办函〔2019〕61号: 统一名称)."""

_OTHER_NAME = re.compile(r"信息公开|政务公开")
_PLAIN_CODE = re.compile(r"[0-9A-Za-z]+")
_NOT_PUBLIC = ("example", "test", "invalid", "localhost", "local", "internal", "lan", "intranet")
"""Last labels of names for trials and for inner networks; they are nobody's on the internet (RFC 2606, RFC 6761)."""


def is_government_host(host: str) -> bool:
    """Whether a host may stand for a government site: below .gov.cn (国办发〔2017〕47号), or not on the internet at all.

    host: as in a web address, with its port. Addresses in numbers and names without a dot belong to trials and inner
    networks; whether such a site is published there is not for us to say.
    """
    if host.startswith("["):
        return True
    name = host.partition(":")[0].lower().rstrip(".")
    last = name.rpartition(".")[2]
    return f".{name}".endswith(".gov.cn") or "." not in name or last.isdigit() or last in _NOT_PUBLIC


def is_own_column_name(site_name: str) -> bool:
    """Whether a name means the column and calls it otherwise: 示范县政务公开, 示范县信息公开网.

    A site's own name (示范县人民政府) is no name of the column; the page prints that beside it.
    """
    return COLUMN_NAME not in site_name and bool(_OTHER_NAME.search(site_name))


def is_plain_code(code: str) -> bool:
    """Whether a 网站标识码 is written so that a program finds it: letters and digits (bm01000001), nothing else."""
    return bool(_PLAIN_CODE.fullmatch(code))
