"""Attachments that were made to keep a reader busy: each comes to an end, within its memory, with an honest answer."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time

import pytest

from tests.unit.stages.load.attachment_files import archive, paragraph, pdf
from tests.unit.stages.load.hostile_files import HOSTILE, ID, large_docx, pdf_of, stream
from zwgk_site.stages.load import reading_client, reading_process
from zwgk_site.stages.load.attachment_text import end_reading, read_source
from zwgk_site.text.office_parts import Allowance

SECONDS = 5.0
"""Given to each file here; a build gives more."""
CAP = 240.0
"""The longest that any may take: what can't be interrupted is bounded by its bytes, on a slow machine too."""


def read(data: bytes, kind: str, seconds: float = SECONDS):
    return read_source(io.BytesIO(data), kind, Allowance(seconds=seconds))


@pytest.fixture(autouse=True)
def _no_process_stays():
    yield
    end_reading()


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_made_to_do_harm_comes_to_an_end(what):
    kind, make, statuses = HOSTILE[what]
    data = make()
    before = time.monotonic()
    text = read(data, kind)
    assert time.monotonic() - before < CAP
    assert text.status in statuses
    assert text.status == "damaged" or len(text.clues) <= 1000


@pytest.mark.skipif(sys.platform == "win32", reason="the peak of memory is told by the system's own means")
@pytest.mark.parametrize("what", ["a bomb of paragraphs", "a text table of one line", "a text of 200 MB"])
def test_no_file_fills_the_memory(what):
    """Measured in a process of its own, from the moment that the file is made."""
    script = (
        "import io, resource, sys\n"
        "from tests.unit.stages.load.hostile_files import HOSTILE\n"
        "from zwgk_site.stages.load.attachment_text import read_source, end_reading\n"
        f"kind, make, _ = HOSTILE[{what!r}]\n"
        "data = make()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(read_source(io.BytesIO(data), kind).status)\n"
        "end_reading()\n"
        "grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before\n"
        "sys.exit(grown > (1 << 20) * (1024 if sys.platform == 'darwin' else 1))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=CAP * 2)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() in HOSTILE[what][2]


def test_of_a_pdf_that_takes_too_long_the_pages_before_are_read():
    text = read(HOSTILE["many long pages"][1](), "pdf", seconds=10)
    assert (text.status, "partly_read" in text.traits) == ("read", True)
    assert 0 < text.length < 2000 * 10_000


def test_a_pdf_without_any_page_in_time_is_unread_and_says_why():
    text = read(pdf_of(stream(b"BT /F1 12 Tf " + b"(a) Tj " * 5_000_000)), "pdf", seconds=1)
    assert (text.status, "partly_read" in text.traits) == ("unread", True)


def test_after_a_file_that_was_given_up_the_next_is_read():
    read(HOSTILE["many long pages"][1](), "pdf", seconds=1)
    assert [clue.kind for clue in read(pdf(f"ID {ID}"), "pdf").clues] == ["id_card"]


def _asked(data: bytes) -> subprocess.Popen[bytes]:
    """A reading process of our own, asked for a PDF, that ends itself after a second."""
    process = subprocess.Popen(reading_client._COMMAND, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    request = ["pdf", len(data), 1 - reading_process._GRACE_SECONDS]
    process.stdin.write(json.dumps(request).encode() + b"\n" + data)
    process.stdin.flush()
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="no such clock there")
def test_a_reading_process_that_nobody_ends_ends_by_itself():
    """Its parent may be killed while it goes round in a circle."""
    with _asked(HOSTILE["many long pages"][1]()) as process:
        assert process.wait(timeout=CAP) == -signal.SIGALRM


def test_a_reading_process_without_a_file_waits_for_the_next():
    with _asked(pdf("one")) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=2.5)
        process.stdin.close()
        assert process.wait(timeout=CAP) == 0


def test_one_process_serves_many_files_and_ends_when_it_is_told():
    read(pdf("one"), "pdf")
    (process,) = reading_client._running.values()
    for _ in range(3):
        assert read(pdf(f"ID {ID}"), "pdf").status == "read"
        assert read(b"%PDF no more", "pdf").status == "damaged"
    assert list(reading_client._running.values()) == [process]
    end_reading()
    assert process.poll() is not None
    assert read(pdf("again"), "pdf").status == "read"


def test_a_process_that_dies_costs_one_file():
    read(pdf("one"), "pdf")
    (process,) = reading_client._running.values()
    process.kill()
    assert {read(pdf("two"), "pdf").status, read(pdf("three"), "pdf").status} <= {"read", "damaged"}
    assert read(pdf("four"), "pdf").status == "read"


def test_a_page_that_cannot_be_read_does_not_spoil_the_others():
    data = pdf(f"ID {ID}", "second page of it", "third page of it")
    broken = data.replace(b"/Contents 7 0 R", b"/Contents 3 0 R")
    assert broken != data
    text = read(broken, "pdf")
    assert text.status == "read"
    assert [clue.place for clue in text.clues] == ["第1页"]


def test_time_is_shared_by_the_members_of_an_archive():
    slow = HOSTILE["many long pages"][1]()
    before = time.monotonic()
    text = read(archive({f"{number}.pdf": slow for number in range(20)}), "zip", seconds=3)
    assert time.monotonic() - before < CAP
    assert "partly_read" in text.traits


def test_nothing_found_in_the_part_that_was_read_is_not_taken_for_nothing():
    text = read(large_docx([b"a" * (1 << 20)] * 60 + [paragraph(ID).encode()]), "docx")
    assert (text.status, text.traits) == ("unread", ("partly_read",))
