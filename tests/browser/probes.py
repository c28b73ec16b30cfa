"""What a script can see of a page as it is laid out: what sticks out, what is too small to touch, what axe-core finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

RULES = (
    "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], preload: false,"
    " resultTypes: ['violations']}"
)
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')].filter(item => item.getBoundingClientRect().right > width + 1)
    .filter(item => !item.parentElement.closest('.table-wrap'))
    .slice(0, 3).map(item => 'sticks out: ' + item.outerHTML.slice(0, 120));
}"""
SMALL_TARGETS = """least => [...document.querySelectorAll(
    'button, input:not([type=hidden]), select, summary, .site-nav a, .pages a, .turn a, .brand a')]
  .map(item => [item, item.getBoundingClientRect()])
  .filter(([item, box]) => box.width && box.height && getComputedStyle(item).visibility !== 'hidden')
  .filter(([item, box]) => box.height < least - 0.5 && !(item.type === 'checkbox' || item.type === 'radio'))
  .slice(0, 3).map(([item, box]) => 'only ' + Math.round(box.height) + ' px high: ' + item.outerHTML.slice(0, 80))"""
"""What is pressed by itself; links within text and rows have their line, as WCAG 2.5.8 allows."""
UNWRAP_NOSCRIPT = """() => document.querySelectorAll('noscript').forEach(item => {
  const shown = document.createElement('div');
  shown.innerHTML = item.textContent;
  item.replaceWith(shown);
})"""


def inject_axe(page: Any, script: Path) -> None:
    page.evaluate(script.read_text("utf-8"))


def violations_of(page: Any, without: tuple[str, ...] = ()) -> list[str]:
    """Each violation that axe-core sees, with the first element it sees it at."""
    rules = {key: {"enabled": False} for key in without}
    found = page.evaluate(f"rules => axe.run(document, {{...{RULES}, rules}})", rules)["violations"]
    return [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found]
