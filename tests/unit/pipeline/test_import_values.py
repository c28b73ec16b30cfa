"""What a source states, settled as values for the table of keys."""

from __future__ import annotations

import pytest

from zwgk_site.exchange.documents.value import Origin, SourceDocument, Stated
from zwgk_site.pipeline.import_values import settle_values


def issuer(text: str, origin: Origin) -> object:
    stated = (Stated("title", "关于甲的通知", "table"), Stated("issuer", text, origin))
    settled = settle_values(SourceDocument("a.html", stated), "主动公开").value
    assert settled is not None
    return settled.get("issuer")


@pytest.mark.parametrize(
    "organs",
    [
        ("中国人民银行示范县支行", "示范县财政局"),
        ("示范县供销合作社", "示范县消防救援大队"),
        ("示范县扶贫工作领导小组", "示范县图书馆"),
        ("示范县", "示范区", "和平街道"),
    ],
)
def test_a_joint_document_has_all_its_organs(organs: tuple[str, ...]) -> None:
    assert issuer("、".join(organs), "table") == organs


@pytest.mark.parametrize("text", ["示范县水、电、气管理处", "示范县财政局、本网"])
def test_parts_that_are_no_organs_stay_together(text: str) -> None:
    assert issuer(text, "table") == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("中国人民银行示范县支行", "中国人民银行示范县支行"),
        ("示范县", "示范县"),
        ("新华社", None),
        ("示范县电视台", None),
        ("本网", None),
    ],
)
def test_a_tag_of_systems_names_an_organ_or_says_nothing(text: str, found: str | None) -> None:
    assert issuer(text, "tags") == found
