"""The checks of one department; those of a large one run in a second process, beside all that does not need them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Diagnostic
from zwgk_site.pipeline.attachment_texts import are_all_read, read_attachments
from zwgk_site.pipeline.beside import Beside
from zwgk_site.pipeline.load_state import recall_limits
from zwgk_site.stages.check import check_department, place_waivers
from zwgk_site.stages.check.waivers import PlacedWaiver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zwgk_site.model.corpus import Holdings
    from zwgk_site.pipeline.env import BuildEnv

LARGE = 2_000
"""Entries and documents of a department below which a second process costs more than it saves."""
_encode = msgspec.msgpack.Encoder().encode


class Checks(msgspec.Struct, frozen=True):
    """What the checks of a department found (检查结果). Until `again_on` they would find the same in the same files."""

    findings: tuple[Diagnostic, ...] = ()
    waivers: tuple[PlacedWaiver, ...] = ()
    again_on: str = ""


_decode = msgspec.msgpack.Decoder(Checks).decode


@contextlib.contextmanager
def begin_checks(env: BuildEnv, holdings: Holdings) -> Iterator[Callable[[], Checks]]:
    """For the length of the block the checks may run beside it; what is given waits for what they find."""
    recall_limits(env, holdings)
    if not env.beside or len(holdings.entries) + len(holdings.documents) < LARGE:
        yield lambda: _check(env, holdings)
        return
    with contextlib.closing(Beside(lambda _: _encode(_check(env, holdings)))) as helper:

        def wait() -> Checks:
            answer = helper.answer()
            return _check(env, holdings) if answer is None else _decode(answer)

        yield wait


def _check(env: BuildEnv, holdings: Holdings) -> Checks:
    texts = read_attachments(env, holdings)
    context = env.new_context(texts)
    waivers, odd = place_waivers(holdings)
    findings = check_department(holdings, context).findings + odd
    return Checks(findings, waivers, context.watch.next_change_on if are_all_read(texts) else env.context.moment)
