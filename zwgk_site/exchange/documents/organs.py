"""How the name of an organ (机关名称) ends, for all who have to tell one from other words."""

from __future__ import annotations

import re

_END = re.compile(r"(?:政府|办公室|中心|集团|[局厅部委办署院处所站会校学行社队馆台组司镇乡])$")


def ends_like_organ(text: str) -> bool:
    """Whether a text may be an organ's name by its last word: 局, 委员会, 支行, 人民政府, 服务中心."""
    return _END.search(text) is not None
