"""What every reader of an .xlsx file needs: its sheets, their files, the texts that cells name by number, column letters."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zwgk_site.text.office_parts import Attributes, Parts


def shared_strings(parts: Parts) -> list[str]:
    """The texts that cells name by number; readings above characters (rPh) are left out."""
    strings: list[str] = []
    words: list[str] = []
    depth = {"t": 0, "rPh": 0}

    def start(tag: str, _: Attributes) -> None:
        if tag in depth:
            depth[tag] += 1

    def text(text: str) -> None:
        if depth["t"] and not depth["rPh"]:
            words.append(text)

    def end(tag: str) -> None:
        if tag in depth:
            depth[tag] -= 1
        elif tag == "si":
            strings.append("".join(words))
            words.clear()

    parts.parse("xl/sharedStrings.xml", start=start, text=text, end=end)
    return strings


def sheet_files(parts: Parts) -> dict[str, str]:
    """Where the sheets' files are, by the ids of their relations."""
    files: dict[str, str] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            files[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    parts.parse("xl/_rels/workbook.xml.rels", start=start)
    return files


def named_sheets(parts: Parts) -> list[tuple[str, str, str]]:
    """Each sheet's name, the id of its relation and its state, in the order of the tabs."""
    sheets: list[tuple[str, str, str]] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            sheets.append((attributes.get("name", ""), attributes.get("id", ""), attributes.get("state", "")))

    parts.parse("xl/workbook.xml", start=start)
    return sheets


def column_number(reference: str) -> int:
    """The column of `C12`, from 1; 0 if there is none."""
    number = 0
    for letter in reference[:3]:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The letters of a column, from 1: A, Z, AA."""
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def repeat_count(text: str) -> int:
    """How often an OpenDocument cell or row stands there; 1 where it does not say, or says what no program writes."""
    return int(text) if text.isdecimal() and len(text) < 9 else 1


def plain_number(text: str) -> str:
    """A number as written in a file (`1.3812345678E10`, `13812345678.0`) without point and exponent if it is whole."""
    if text.isdecimal():
        return text
    try:
        value = float(text)
    except ValueError:
        return text.strip()
    return str(int(value)) if abs(value) < 1e15 and value == int(value) else text.strip()
