"""What the scripts of the search cost a citizen, deflated as a server sends them; there is no build step to make them smaller."""

from __future__ import annotations

import pytest

from zwgk_site.pipeline.search_files import client_files

MOST_BYTES = {
    "search/client.js": 12_000,
    "search/fallback.js": 6_600,
    "search/spelling.js": 4_000,
    "search/box.js": 5_000,
    "search/inflate.js": 2_000,
    "sw.js": 2_200,
}


@pytest.mark.parametrize("url", MOST_BYTES)
def test_script_is_small(url: str) -> None:
    assert len(dict(client_files())[f"{url}.gz"]) <= MOST_BYTES[url]


def test_every_script_has_a_limit() -> None:
    assert {f"{url}.gz" for url in MOST_BYTES} == {url for url, _ in client_files() if url.endswith(".gz")}
