"""What tabs are told of builds."""

from __future__ import annotations

import json
import threading
from typing import Any

from zwgk_site.diagnostics import Diagnostic, Span
from zwgk_site.preview.live import BUILDS_KEPT, MOST_TOLD, MOST_URLS, STREAMS_EACH, Live
from zwgk_site.preview.rules import BUILD_FAULT, EVENTS_LOST


def error(number: int = 1) -> Diagnostic:
    return BUILD_FAULT.at(Span(f"content/wjj/{number}.md", number, 3), kind="X", fault="y")


def data_of(event: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(event.split(b"data: ", 1)[1])
    return found


def test_a_tab_is_told_what_has_changed_since_its_page() -> None:
    live = Live("zh")
    live.tell(("a.html",), ())
    first = live.build()
    live.tell(("b.html", "c.html"), ())
    second = live.build()
    live.tell(("c.html", "d.html"), ())
    assert live.news(first).urls == ("b.html", "c.html", "d.html")
    assert live.news(second).urls == ("c.html", "d.html")
    assert live.news(live.build()).urls == ()


def test_who_has_missed_too_much_is_told_that_all_may_have_changed() -> None:
    live = Live("zh")
    live.tell((), ())
    first = live.build()
    run = first.partition("-")[0]
    for wrong in ("", "other-1", f"{first}x", run, f"{run}-", f"{run}-²", f"{run}-" + "9" * 5000):
        assert live.news(wrong).urls is None, wrong
    for _ in range(BUILDS_KEPT + 1):
        live.tell((), ())
    assert live.news(first).urls is None
    last = live.build()
    live.tell(tuple(map(str, range(MOST_URLS + 1))), ())
    assert live.news(last).urls is None


def test_memory_does_not_grow_with_builds() -> None:
    live = Live("zh")
    for number in range(1000):
        live.tell((f"{number}.html",), ())
    assert len(live._changes) == BUILDS_KEPT


def test_findings_are_told_with_their_place_the_worst_first() -> None:
    live = Live("zh")
    live.tell((), (EVENTS_LOST.at(Span(".")), error()), failed=True)
    found = live.news("").findings
    assert (found.errors, found.warnings, found.notices, found.failed) == (1, 0, 1, True)
    assert [(item.severity, item.file, item.line, item.column) for item in found.told] == [
        ("error", "content/wjj/1.md", 1, 3),
        ("notice", ".", 0, 0),
    ]
    assert found.told[0].word == "错误"
    assert "重新生成时程序出错" in found.told[0].message


def test_many_findings_are_counted_and_the_first_told() -> None:
    live = Live("en")
    live.tell((), [error(number) for number in range(1, 500)])
    found = live.news("").findings
    assert found.errors == 499
    assert len(found.told) == MOST_TOLD
    assert found.told[0].word == "error"


def test_names_with_halves_of_characters_can_be_told() -> None:
    live = Live("zh")
    live.tell((), (EVENTS_LOST.at(Span("content/\udcff.md")),))
    events = live.listen("")
    next(events)
    assert data_of(next(events))["findings"]["notices"] == 1


def test_other_machines_get_counts_only() -> None:
    live = Live("zh")
    live.tell((), (error(),))
    found = live.news("", with_findings=False).findings
    assert (found.errors, found.told) == (1, ())


def test_a_listening_tab_hears_of_the_next_build() -> None:
    live = Live("zh")
    events = live.listen(live.build())
    assert next(events).startswith(b"retry:")
    assert data_of(next(events))["urls"] == []
    threading.Timer(0.1, live.tell, [("a.html",), ()]).start()
    event = next(events)
    assert event.startswith(f"id: {live.build()}\n".encode())
    assert data_of(event)["urls"] == ["a.html"]


def test_of_one_client_only_so_many_listen_that_its_pages_still_come() -> None:
    live = Live("zh")
    streams = [live.listen("", "127.0.0.1") for _ in range(STREAMS_EACH)]
    for stream in streams:
        next(stream), next(stream)
    other, another = live.listen("", "192.0.2.7"), live.listen("", "127.0.0.1")
    next(other), next(other)
    next(another), next(another)
    assert list(streams[0]) == []  # the oldest ends
    live.tell(("a.html",), ())
    for stream in (*streams[1:], other, another):
        assert data_of(next(stream))["urls"] == ["a.html"]
        stream.close()
    assert not any(live._streams.values())
