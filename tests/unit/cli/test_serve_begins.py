"""A preview that has nothing to show yet: it waits for the settings to be mended, if there are any."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.sites import write_site
from zwgk_site.cli.serve_command import command
from zwgk_site.preview.session import Session


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """The command runs in this process and sets its collector."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.mark.parametrize(("name", "code"), [("site.yaml", 0), ("site.yml", 0), ("sites.yaml", 1)])
def test_a_site_with_broken_settings_of_either_name_is_waited_for(
    name: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    root = write_site(tmp_path)
    (root / "site.yaml").rename(root / name)
    (root / name).write_text("网站名称: [\n", "utf-8")
    monkeypatch.setattr(Session, "run", interrupt)
    assert CliRunner().invoke(command, [str(root), "--port", "0"], standalone_mode=False).return_value == code
