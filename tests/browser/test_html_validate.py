"""Every kind of page keeps to the HTML standard, as html-validate reads it; nothing is asked of any server."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.browser.chosen_pages import hard_pages
from tests.browser.engine import HTML_VALIDATE, needs_html_validate
from tests.sample_column import built_sample

CONFIGURATION = Path(__file__).with_name("htmlvalidate.json")
"""All that is recommended; only a table that scrolls may be a `div` with the role of a region, and a list may have a name."""

pytestmark = needs_html_validate


def faults_in(files: list[Path]) -> list[str]:
    command = [str(HTML_VALIDATE), "--config", str(CONFIGURATION), "--formatter", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout, done.stderr
    return [
        f"{Path(found['filePath']).name}:{item['line']}: {item['ruleId']}: {item['message']}"
        for found in json.loads(done.stdout)
        for item in found["messages"]
    ]


def test_every_kind_of_page_is_valid() -> None:
    pages = [built_sample() / url for url in hard_pages(built_sample()).values()]
    assert faults_in(pages) == []


def test_a_fault_would_be_seen(tmp_path: Path) -> None:
    text = (built_sample() / "index.html").read_text("utf-8")
    (tmp_path / "a.html").write_text(text.replace("</main>", "<p><div>x</div></p></main>"), "utf-8")
    assert any(
        "element-permitted-content" in fault or "close-order" in fault for fault in faults_in([tmp_path / "a.html"])
    )
