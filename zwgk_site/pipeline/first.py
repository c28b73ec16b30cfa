"""The first walk: one department's files to what the others may know of it. Runs in any process."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.model.corpus import Corpus, Document, Holdings, record_digest
from zwgk_site.model.exports import Header, Target
from zwgk_site.pipeline.checks import Checks, begin_checks
from zwgk_site.pipeline.last_good import LastGood, last_good
from zwgk_site.pipeline.ledgers import decode_ledger, ledger_url
from zwgk_site.pipeline.load_state import keep_state, read_state
from zwgk_site.stages.check import open_corpus, outline_corpus, state_entries
from zwgk_site.stages.check.waivers import PlacedWaiver
from zwgk_site.stages.load.department import LoadState, is_code, load_department
from zwgk_site.stages.load.document_file import SUFFIX
from zwgk_site.stages.load.scan import DepartmentScan
from zwgk_site.stages.plan import (
    KeptUrls,
    UrlTable,
    assign_urls,
    department_targets,
    encode_exports,
    export_department,
    header_of,
    plan_urls,
)
from zwgk_site.stages.plan.exports import Encoded
from zwgk_site.stages.plan.rules import DEPARTMENT_LOST, LEDGER_BROKEN, URL_LOST
from zwgk_site.text.clues.hiding import hide_in_finding
from zwgk_site.text.slug import short_id

if TYPE_CHECKING:
    from zwgk_site.model.ledger import Ledger
    from zwgk_site.pipeline.env import BuildEnv

_encoder = msgspec.msgpack.Encoder()


class Standing(msgspec.Struct, frozen=True):
    """A department as it will be shown: its corpus and URLs; `kept` are documents whose text is taken from old pages."""

    corpus: Corpus
    urls: UrlTable
    targets: dict[str, Target]
    ledger: KeptUrls
    kept: frozenset[str] = frozenset()

    def digest(self) -> bytes:
        """What stands for all that will be planned of the department itself."""
        corpus = self.corpus
        found = hashlib.blake2b(digest_size=16)
        for entry in corpus.entries:
            found.update(record_digest(entry))
        rest = (
            [(record_digest(item), item.source, item.attachments) for item in corpus.documents],
            corpus.department,
            [(item.target, item.date, item.reason, item.successor) for item in corpus.removals],
            corpus.held,
            corpus.next_change_on,
            corpus.states,
            corpus.performance,
            corpus.extra,
            sorted(self.kept),
            self.ledger.ledger,
        )
        found.update(_encoder.encode(rest))
        return found.digest()


class FirstResult(msgspec.Struct, frozen=True):
    """What the first walk brings home; `header` is `None` for a department with nothing to show."""

    code: str
    header: Header | None
    findings: tuple[Diagnostic, ...]
    held: bool
    waivers: tuple[PlacedWaiver, ...] = ()
    check_again_on: str = ""
    torn: bool = False


News = tuple[Header, Encoded]
"""What the others may know of a department, and the same encoded."""


class Stood(msgspec.Struct, frozen=True):
    """What reading and checking one department gave: how it stands (`None`: nothing to show) and all that was found.

    Until `check_again_on` a check of the same files would find the same. `torn`: see `LoadState`. `news` is what the
    others may know of `standing`, where that was worked out while the checks ran.
    """

    standing: Standing | None
    findings: tuple[Diagnostic, ...]
    held: bool
    waivers: tuple[PlacedWaiver, ...] = ()
    check_again_on: str = ""
    torn: bool = False
    news: Checked[News] | None = None


class FirstTask(msgspec.Struct, frozen=True):
    """One department to be read. `hold` shows its last release; `blind` does so without reading a file of it.

    Files that have brought a worker down are not read again; those that clash with others' are. `checked`: this build has
    checked the department before, and `hold` says what came of it.
    """

    scan: DepartmentScan
    hold: bool = False
    blind: bool = False
    checked: bool = False


def read_ledger(env: BuildEnv, code: str) -> Ledger | None:
    """The department's ledger in the last release, empty before the first; `None` if it is damaged."""
    return decode_ledger(env.previous.read(ledger_url(code)))


def survey_department(env: BuildEnv, task: FirstTask) -> tuple[FirstResult, Standing | None]:
    """Reads, checks and exports one department; leaves targets and list rows in the cache for the reduction."""
    stood = stand_department(env, task)
    code, standing, findings = task.scan.code, stood.standing, stood.findings
    if standing is None:
        return _result(stood, code, None, findings), None
    news = stood.news or _tell_others(env, standing)
    header, encoded = news.value
    env.cache.keep_bytes(f"departments/{code}.targets", encoded.targets)
    env.cache.keep(f"departments/{code}.rows", encoded.rows)
    if not stood.held:
        findings += news.findings
    return _result(stood, code, header, findings), standing


def _tell_others(env: BuildEnv, standing: Standing) -> Checked[News]:
    """What the others may know of a department, if it is shown so: nothing of it is kept before that is decided."""
    exports = export_department(standing.corpus, standing.urls, standing.targets, env.context.today)
    encoded = encode_exports(exports.value)
    outline = outline_corpus(standing.corpus, env.new_context())
    return exports.replace((msgspec.structs.replace(header_of(exports.value, encoded), outline=outline), encoded))


def _result(stood: Stood, code: str, header: Header | None, findings: tuple[Diagnostic, ...]) -> FirstResult:
    """What travels to the parent and into the record: with the numbers of persons hidden, once and for all."""
    hidden = tuple(map(hide_in_finding, findings))
    return FirstResult(code, header, hidden, stood.held, stood.waivers, stood.check_again_on, stood.torn)


def stand_department(env: BuildEnv, task: FirstTask) -> Stood:
    """The department as it will be shown, all findings, and whether it is held back to its last release."""
    scan = task.scan
    if not is_code(scan.code):
        return Stood(None, load_department(env.root, scan, None, env.words).findings, held=True)
    lost = (DEPARTMENT_LOST.at(Span(scan.catalog.path), code=scan.code),) if scan.catalog.size < 0 else ()
    ledger = read_ledger(env, scan.code)
    if ledger is None:
        found = LEDGER_BROKEN.at(Span(scan.catalog.path), url=ledger_url(scan.code))
        return Stood(None, (*lost, found), held=True)
    if task.blind:
        good = last_good(env.previous, env.root, scan.code, (), lost, env.context.moment, blind=True)
        return Stood(_stand_still(env, ledger, good) if good else None, lost, held=True)
    before = read_state(env.cache, scan.code)
    loaded = load_department(env.root, scan, before, env.words)
    keep_state(env.cache, scan.code, loaded.value.state, before)
    torn = loaded.value.state.torn
    findings = lost or loaded.findings
    holdings = loaded.value.holdings
    checks = Checks()
    if holdings is not None:
        with contextlib.nullcontext(Checks) if task.checked else begin_checks(env, holdings) as wait:
            corpus = open_corpus(holdings, env.context.moment, draft=env.context.draft)
            corpus = msgspec.structs.replace(corpus, held=tuple(sorted({*corpus.held, *_unread(scan, holdings)})))
            standing = _stand(env, ledger, corpus, frozenset())
            news = None if task.checked else _tell_others(env, standing.value)
            checks = wait()
        findings += checks.findings + _explained(standing.findings, loaded.value.state)
        if env.context.draft or not (task.hold or any(finding.blocks for finding in findings)):
            return Stood(
                standing.value, findings, held=False, waivers=checks.waivers, check_again_on=checks.again_on, torn=torn,
                news=news,
            )  # fmt: skip
    held = _hold(env, ledger, scan.code, loaded.value.documents, findings)
    return Stood(held, findings, held=True, waivers=checks.waivers, check_again_on=checks.again_on, torn=torn)


def _explained(findings: tuple[Diagnostic, ...], state: LoadState) -> tuple[Diagnostic, ...]:
    """Without the loss of entries, where an entry is there but could not be read: its own finding says what is wrong."""
    if all(piece.entry is not None for piece in state.pieces):
        return findings
    return tuple(
        item for item in findings if item.code != URL_LOST.code or not str(dict(item.facts)["local"]).startswith("e/")
    )


def _unread(scan: DepartmentScan, holdings: Holdings) -> frozenset[str]:
    """Ids of files that are there and could not be used: their own findings say so, they have not disappeared."""
    paths = [item.path.removesuffix(SUFFIX) for item in scan.files if item.path.endswith(SUFFIX)]
    if len(paths) == len(holdings.documents):
        return frozenset()
    return frozenset(map(short_id, paths)) - {short_id(document.path) for document in holdings.documents}


def _hold(
    env: BuildEnv, ledger: Ledger, code: str, current: tuple[Document, ...], findings: tuple[Diagnostic, ...]
) -> Standing | None:
    good = last_good(env.previous, env.root, code, current, findings, env.context.moment)
    return _stand_still(env, ledger, good) if good else None


def _stand_still(env: BuildEnv, before: Ledger, good: LastGood) -> Standing:
    """The department as its last release showed it; the ledger says since when."""
    standing = _stand(env, before, good.corpus, good.kept).value
    ledger = msgspec.structs.replace(standing.ledger.ledger, held_since=before.held_since or env.context.today)
    return msgspec.structs.replace(standing, ledger=msgspec.structs.replace(standing.ledger, ledger=ledger))


def _stand(env: BuildEnv, before: Ledger, corpus: Corpus, kept: frozenset[str]) -> Checked[Standing]:
    corpus = state_entries(corpus, env.new_context())
    urls = assign_urls(corpus)
    targets = department_targets(corpus, urls.value, env.context.today)
    ledger = plan_urls(corpus, urls.value, targets, before, env.site, env.context)
    standing = Standing(corpus, urls.value, targets, ledger.value, kept)
    return Checked(standing, urls.findings + ledger.findings)


class CachedTargets:
    """The targets of departments as the first walk left them, read when asked for."""

    def __init__(self, env: BuildEnv) -> None:
        self._env = env
        self._known: dict[str, dict[str, Target]] = {}

    def __call__(self, code: str) -> dict[str, Target]:
        found = self._known.get(code)
        if found is None:
            found = self._known[code] = self._env.cache.need(f"departments/{code}.targets", dict[str, Target])
        return found


def read_rows(env: BuildEnv, code: str) -> dict[str, msgspec.Raw]:
    """The department's rows by list, each list still encoded."""
    return env.cache.need(f"departments/{code}.rows", dict[str, msgspec.Raw])
