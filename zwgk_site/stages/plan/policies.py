"""What a department tells of its policies, their drafts, results and interpretations (政策链条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.model.exports import PolicyRow
from zwgk_site.stages.plan import keys
from zwgk_site.stages.plan.states import consultation_state, shown_date, state_of
from zwgk_site.statute.columns import is_chief
from zwgk_site.statute.day_watch import days_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Corpus, Document
    from zwgk_site.model.exports import Target
    from zwgk_site.stages.plan.urls import UrlTable

POLICY, INTERPRETATION, DRAFT, RESULT, MEETING = "政策文件", "解读", "征求意见", "意见采纳结果", "会议"
KINDS = (POLICY, INTERPRETATION, DRAFT, RESULT, MEETING)
RELATIONS = ("解读对象", "修改", "废止", "替代", "征求意见稿", "采纳结果")
LIST = "policies/all|政策"
"""The name under which the rows are kept among the lists across departments."""


def policy_rows(corpus: Corpus, urls: UrlTable, targets: dict[str, Target], today: str) -> Iterator[PolicyRow]:
    """A row for each public document of these kinds."""
    for document in corpus.documents:
        if document.kind in KINDS and document.withdrawal is None:
            yield _row(document, corpus, f"{corpus.department.code}/{urls.documents[document.path]}", targets, today)


def _row(document: Document, corpus: Corpus, url: str, targets: dict[str, Target], today: str) -> PolicyRow:
    department, consultation = corpus.department, document.consultation
    shown = shown_date(document)
    is_draft = document.kind == DRAFT
    return PolicyRow(
        document.formed_on or shown,
        department.code,
        document.path,
        document.title,
        url,
        document.kind,
        document.document_number,
        document.index_number,
        "、".join((*document.issuer, *document.joint_issuers)) or department.name,
        department.name,
        shown,
        consultation_state(document, today) if is_draft else state_of(document, today),
        document.validity,
        document.effective_on or document.formed_on or shown,
        _last_day(document),
        bool(document.interpreter and is_chief(document.interpreter.role)),
        tuple(_relations(document, department.code, targets)),
        (consultation.start, consultation.end) if consultation else ("", ""),
    )


def _last_day(document: Document) -> str:
    """The last day in force, as far as the document itself tells."""
    if document.validity == "废止" and document.expires_on:
        # a repealed document's 失效日期 is the day from which it is no longer in force
        return days_after(document.expires_on, -1)
    return document.expires_on


def _relations(document: Document, code: str, targets: dict[str, Target]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Relations with the keys of what they name; of one's own department the key of its file alone."""
    for relation in document.relations:
        if relation.kind in RELATIONS:
            candidates = keys.reference_keys(relation.target, code)
            own = next((targets[key].key for key in candidates if key in targets), "")
            yield relation.kind, ((own,) if own else candidates)
