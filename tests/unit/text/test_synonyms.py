"""The list of synonyms that search ships."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

import zwgk_site.text
from zwgk_site.text.units import split_units

TABLE = Path(zwgk_site.text.__file__).parent / "tables" / "synonyms.yaml"


def folded(word: str) -> tuple[tuple[str, int], ...]:
    return tuple(split_units(word))


@pytest.fixture(scope="module")
def groups() -> list[list[str]]:
    found = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    assert all(isinstance(word, str) for group in found for word in group), "a word was read as something else"
    return found


def test_there_are_many_groups_of_two_words_or_more(groups):
    assert len(groups) >= 150
    assert [group for group in groups if len(group) < 2] == []


def test_no_word_stands_twice(groups):
    counted = Counter(folded(word) for group in groups for word in group)
    assert [key for key, times in counted.items() if times > 1] == []


def test_a_word_has_two_characters_or_more(groups):
    assert [word for group in groups for word in group if len(word) < 2] == []


def test_a_word_is_written_plainly(groups):
    """No blank around it and in it, no brackets, so that what a page shows is what was written."""
    assert [word for group in groups for word in group if set(word) & set(' 　()（）[]《》"“”')] == []


def test_groups_of_a_theme_are_sorted():
    themes: list[list[list[str]]] = [[]]
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("- "):
            themes[-1] += yaml.safe_load(line)
        elif line.startswith("#"):
            themes.append([])
    assert [theme for theme in themes if theme != sorted(theme)] == []
