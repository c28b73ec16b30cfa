"""Days at the ends of the calendar, which clerks write for “for ever”: wherever a day may stand, a build and a check go on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sites import age, build, entry, page_url, served, write_site
from zwgk_site.model.fields import RECORDS, Field, Kind
from zwgk_site.pipeline.check import check_site
from zwgk_site.pipeline.request import BuildRequest

GATES = ("定时发布", "发布日期")
KINDS = ("政策文件", "征求意见", "舆情回应", "预算", "转载")


def _value(field: Field, day: str) -> Any:
    """The field with `day` wherever one may stand in it, or `None`."""
    if field.kind in (Kind.DATE, Kind.MOMENT):
        return day
    if field.kind in (Kind.RECORD, Kind.RECORDS) and field.name not in ("withdrawal", "attachments", "waivers"):
        parts = {item.key: _value(item, day) or item.example for item in RECORDS[field.record].fields}
        held = {key: value for key, value in parts.items() if value}
        return [held] if field.kind is Kind.RECORDS else held
    return None


@pytest.mark.parametrize("day", ["9999-12-31", "1900-01-01"])
@pytest.mark.parametrize("kind", KINDS)
def test_days_far_off_in_every_key_stop_nothing(kind: str, day: str, tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "public"
    dated = {
        field.key: value
        for field in RECORDS["document"].fields
        if field.key not in GATES and (value := _value(field, day)) is not None
    }
    entries = [entry("wjj", 1, 发布日期=day, 修订日期=day), entry("wjj", 2, 公开时限="每季度", 更新周期="每月")]
    documents = {
        "wjj/a.md": {"类型": kind, "发文字号": "示卫发〔2026〕1号", "条目": ["WJJ-001", "WJJ-002"], **dated},
        "wjj/b.md": {"类型": "政策文件", "关联": {"废止": "a"}},
    }
    write_site(root, {"wjj": {"目录": entries, "目录复核日期": day, "撤销日期": day}}, documents)
    age(root)
    built = build(root, out)
    assert built.value is not None
    assert page_url("wjj/a.md") in served(out)
    assert check_site(BuildRequest(root, out, "2026-11-21 09:00")).value is not None
