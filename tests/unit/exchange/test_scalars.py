"""Every sign of a text is read back from the YAML that is written, whoever writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from zwgk_site.exchange import catalog_text
from zwgk_site.exchange.documents.front import scalar_words
from zwgk_site.exchange.starter import scalars
from zwgk_site.text.visible import visible_text

if TYPE_CHECKING:
    from collections.abc import Callable

ODD = ["\0", "\t", "\n", "\x1f", "\x7f", "\x80", "\x85", "\x9f", "\xa0", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", '"', "\\", "𠮷"]  # fmt: skip


@pytest.mark.parametrize("sign", ODD, ids=lambda sign: f"{ord(sign):04x}")
@pytest.mark.parametrize("scalar", [catalog_text.scalar, scalars.scalar], ids=["catalog", "starter"])
def test_a_sign_is_read_back(scalar: Callable[[str], str], sign: str) -> None:
    assert yaml.safe_load(f"a: {scalar(f'甲{sign}乙')}") == {"a": f"甲{sign}乙"}


@pytest.mark.parametrize("sign", ODD, ids=lambda sign: f"{ord(sign):04x}")
def test_a_visible_sign_of_a_document_is_read_back(sign: str) -> None:
    text = f"甲{sign}乙"
    assert yaml.safe_load(f"a: {scalar_words(text)}") == {"a": " ".join(visible_text(text).split())}
