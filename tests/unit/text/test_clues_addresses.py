"""Addresses that the public can't open, told by the address alone; all others are left in peace."""

import time

import pytest

from zwgk_site.text.clues import address_fault, find_clues
from zwgk_site.text.clues.addresses import find_unreachable


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("http://10.1.2.3/", "inner"),
        ("HTTP://192.168.0.1:8080/a", "inner"),
        ("https://172.16.0.1", "inner"),
        ("https://172.31.255.1", "inner"),
        ("http://127.0.0.1:5000", "inner"),
        ("http://localhost/a", "inner"),
        ("ftp://wenjian/a.doc", "inner"),
        ("http://oa.wjj.local/", "inner"),
        ("http://[::1]:80/", "inner"),
        ("http://[fd00::2]/", "inner"),
        ("http://user:word@192.168.1.9/", "inner"),
        ("file:///C:/a.doc", "file"),
        ("file://server/a.doc", "file"),
        ("http://1.2.3.4:8081/sb", "number"),
        ("http://[2001:db8::2]/", "number"),
        ("http://1.2.3.4/sb", ""),
        ("https://1.2.3.4:443/sb", ""),
        ("https://172.15.0.1", ""),
        ("https://172.32.0.1", ""),
        ("https://www.shifan.example:8443/a", ""),
        ("https://10.shifan.example/", ""),
        ("https://www.shifan.example/?next=http://10.1.2.3/", ""),
        ("http://示范县.政务/", ""),
        ("tongzhi.md", ""),
        ("", ""),
    ],
)
def test_an_address_is_judged_by_its_host(address: str, fault: str) -> None:
    assert address_fault(address) == fault


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("登录[系统](http://10.1.2.3/a?b=1)报名", "http://10.1.2.3/a?b=1"),
        ("网址http://192.168.1.5:8080，请登录", "http://192.168.1.5:8080"),
        ("网址http://192.168.1.5。", "http://192.168.1.5"),
        ('<a href="http://oa/x">', "http://oa/x"),
    ],
)
def test_the_whole_address_is_marked(text: str, marked: str) -> None:
    assert [text[hit.start : hit.end] for hit in find_unreachable(text)] == [marked]
    clue = next(clue for clue in find_clues(text) if clue.kind == "unreachable")
    assert (clue.value, clue.column, clue.end) == (marked, text.index(marked) + 1, text.index(marked) + len(marked) + 1)


@pytest.mark.parametrize(
    "piece", ["http://", "http://a:", "http://aaaaaaaaa@", "http://10.1.2.3/a ", "file://", "://", "http://["]
)
def test_any_text_is_read_in_time(piece: str) -> None:
    start = time.process_time()
    list(find_unreachable(piece * (60_000 // len(piece))))
    assert time.process_time() - start < 1
