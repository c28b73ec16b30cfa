"""What one department says, as read from its files: its catalogue and its documents, without their bodies.

Days are ISO text (`2026-03-05`), moments `2026-03-05 09:30` or a day; an empty string is "not given". Text is kept as
written. Nothing here is filled in later.
"""

from __future__ import annotations

import hashlib

import msgspec

from zwgk_site.model.clues import NO_FACTS, TextFacts
from zwgk_site.model.marks import NOWHERE, Marks
from zwgk_site.model.performance import Performance
from zwgk_site.model.state import EntryState

Extra = tuple[tuple[str, str], ...]


_encoder = msgspec.msgpack.Encoder()


def record_digest(record: CatalogEntry | Document) -> bytes:
    """What stands for a record's written content: the digest of its source text, else of its values."""
    if record.marks.digest:
        return record.marks.digest
    return hashlib.blake2b(_encoder.encode(msgspec.structs.replace(record, marks=NOWHERE)), digest_size=16).digest()


def is_open(disclosure: str, extent: str) -> bool:
    """The gate for documents and attachments: 公开方式 must say 主动公开; an unknown 公开程度 keeps it shut."""
    return disclosure == "主动公开" and extent in ("", "全文公开", "删减后公开")


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """How to reach an organ (联系方式)."""

    phone: str = ""
    fax: str = ""
    address: str = ""
    postcode: str = ""
    hours: str = ""
    email: str = ""
    extra: Extra = ()


class Waiver(msgspec.Struct, frozen=True, omit_defaults=True):
    """A kind of finding that somebody has looked at and that need not be shown again (不再提示), with the reason.

    Errors can't be waived. `department` is a code, `file` a file or a folder ending in `/`; empty means everywhere.
    """

    code: str = ""
    reason: str = ""
    department: str = ""
    file: str = ""
    extra: Extra = ()


class Threshold(msgspec.Struct, frozen=True, omit_defaults=True):
    """A number of the checks that this site sets otherwise (检查参数), with the reason."""

    name: str = ""
    value: int = -1
    reason: str = ""
    extra: Extra = ()


class Weight(msgspec.Struct, frozen=True, omit_defaults=True):
    """What this site takes off for one indicator of the score (检查评分), with the reason; `None` is as usual."""

    name: str = ""
    points: int | None = None
    cap: int | None = None
    reason: str = ""
    extra: Extra = ()


class SiteLink(msgspec.Struct, frozen=True, omit_defaults=True):
    """A link that a site adds to the foot of every page (页脚链接)."""

    name: str = ""
    url: str = ""
    extra: Extra = ()


class Emblem(msgspec.Struct, frozen=True, omit_defaults=True):
    """The sign of a Party or government site, with the address that proves it (党政机关标识).

    `image` is a file of the theme's assets; without one the sign is shown as text.
    """

    url: str = ""
    image: str = ""
    extra: Extra = ()


class Site(msgspec.Struct, frozen=True, omit_defaults=True):
    """The settings of the whole column (网站设置), from `site.yaml`."""

    name: str
    domain: str = ""
    site_code: str = ""
    organizer: str = ""
    contact: Contact = Contact()
    icp: str = ""
    police: str = ""
    notice: str = ""
    theme: str = "default"
    show_performance: bool = False
    offline_copy: bool = False
    kiosk: bool = False
    releases_kept: int = 5
    error_report: str = ""
    emblem: Emblem | None = None
    links: tuple[SiteLink, ...] = ()
    department_seconds: int = 600
    department_megabytes: int = 4096
    format: int = 1
    waivers: tuple[Waiver, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    masks: tuple[str, ...] = ()
    weights: tuple[Weight, ...] = ()
    data_license: str = ""
    exchange_data: bool = False
    extra: Extra = ()


class Department(msgspec.Struct, frozen=True, omit_defaults=True):
    """An organ that keeps a catalogue and owns its documents (部门)."""

    code: str
    name: str
    short_name: str = ""
    category: str = ""
    level: str = ""
    superior: str = ""
    credit_code: str = ""
    organ_code: str = ""
    contact: Contact = Contact()
    former_names: tuple[str, ...] = ()
    dissolved_on: str = ""
    successor: str = ""
    description: str = ""
    no_function: tuple[str, ...] = ()
    catalog_reviewed_on: str = ""
    openness_office: str = ""
    changes_since: str = ""
    extra: Extra = ()

    @property
    def index_prefix(self) -> str:
        """The front part of this department's index numbers (索引号前段码), or an empty string."""
        return self.organ_code or self.credit_code


class CatalogEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row of the catalogue (目录条目): a promise of who publishes what, within which time, by which method."""

    id: str
    subject: tuple[str, ...]
    content: tuple[str, ...]
    time_limit: str
    responsible_body: tuple[str, ...]
    disclosure: str
    basis: tuple[str, ...] = ()
    office: str = ""
    channels: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    field: str = ""
    statutory_item: str = ""
    stage: str = ""
    duration: str = ""
    empty_reason: str = ""
    column: str = ""
    key_areas: tuple[str, ...] = ()
    note: str = ""
    published_on: str = ""
    revised_on: str = ""
    update_cycle: str = ""
    waivers: tuple[Waiver, ...] = ()
    extra: Extra = ()
    marks: Marks = NOWHERE

    @property
    def title(self) -> str:
        """The innermost level of the subject."""
        return self.subject[-1]


class Removal(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry or page taken off on purpose (撤销)."""

    target: str
    date: str = ""
    reason: str = ""
    successor: str = ""
    extra: Extra = ()
    marks: Marks = NOWHERE


class Attachment(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file that belongs to a document (附件).

    `file` is the reference as written, `path` the file below the department's content folder with `/`, `sha256` of
    its bytes. `listed` tells 附件 from files linked in the text.
    """

    file: str
    path: str
    size: int
    sha256: str
    title: str = ""
    listed: bool = True


class Relation(msgspec.Struct, frozen=True):
    """What a document says of another (关联): `kind` as the clerk wrote it, `target` a reference in any form."""

    kind: str
    target: str
    index: int = 0


class Review(msgspec.Struct, frozen=True, omit_defaults=True):
    """The secrecy review before publication (保密审查)."""

    by: str = ""
    date: str = ""
    result: str = ""
    extra: Extra = ()


class Consultation(msgspec.Struct, frozen=True, omit_defaults=True):
    """When a draft is open for opinions (征求意见)."""

    start: str = ""
    end: str = ""
    reason: str = ""
    extra: Extra = ()


class Repost(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a re-posted document comes from (转载)."""

    source: str = ""
    url: str = ""
    time: str = ""
    extra: Extra = ()


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was changed in a document after its publication (更新记录)."""

    date: str = ""
    note: str = ""
    extra: Extra = ()


class Withdrawal(msgspec.Struct, frozen=True, omit_defaults=True):
    """That a published document was taken back (撤回)."""

    date: str = ""
    reason: str = ""
    hide_title: bool = False
    extra: Extra = ()


class Interpreter(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who explains a policy (解读人)."""

    name: str = ""
    role: str = ""
    extra: Extra = ()


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """One piece of government information (政府信息): its metadata. The text stays in its file until it is rendered.

    `path` is below the department's content folder, without `.md`. `source` is the digest of the text as read,
    `links` the targets named in the text, `redactions` the reasons of the passages cut out, in order; `facts` are for
    checks alone and never published.
    """

    path: str
    title: str
    source: str
    index_number: str = ""
    entries: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    joint_issuers: tuple[str, ...] = ()
    document_number: str = ""
    formed_on: str = ""
    published_on: str = ""
    publish_at: str = ""
    disclosure: str = ""
    extent: str = ""
    closed_reason: tuple[str, ...] = ()
    validity: str = ""
    effective_on: str = ""
    expires_on: str = ""
    kind: str = ""
    genre: str = ""
    topic: str = ""
    keywords: tuple[str, ...] = ()
    summary: str = ""
    summary_derived: bool = False
    relations: tuple[Relation, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    review: Review | None = None
    consultation: Consultation | None = None
    event_time: str = ""
    response_time: str = ""
    interpreter: Interpreter | None = None
    series: str = ""
    repost: Repost | None = None
    withdrawal: Withdrawal | None = None
    former_urls: tuple[str, ...] = ()
    year: int = 0
    changed_on: str = ""
    approved_on: str = ""
    disclosure_review: Review | None = None
    no_interpretation: str = ""
    event_class: str = ""
    briefing_time: str = ""
    privacy_basis: str = ""
    changes: tuple[Change, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    links: tuple[str, ...] = ()
    redactions: tuple[str, ...] = ()
    facts: TextFacts = NO_FACTS
    extra: Extra = ()
    marks: Marks = NOWHERE

    @property
    def name(self) -> str:
        """The file's own name, which references use."""
        return self.path.rpartition("/")[2]

    def is_open(self) -> bool:
        """Whether the document may be published at all: only what says 主动公开, and no other extent than the open ones."""
        return is_open(self.disclosure, self.extent)

    def is_public(self) -> bool:
        """Whether it is open and was not taken back; its day may still be to come."""
        return self.withdrawal is None and self.is_open()

    def embargo(self) -> str:
        """The moment before which nothing of it may be seen: the later of 定时发布 and 发布日期."""
        return max(self.publish_at, self.published_on)


class Holdings(msgspec.Struct, frozen=True):
    """All that a department's files hold, closed and embargoed documents too (部门全部资料).

    Never leaves reading and checking: only a `Corpus` made from it may be planned.
    """

    department: Department
    entries: tuple[CatalogEntry, ...]
    documents: tuple[Document, ...]
    removals: tuple[Removal, ...] = ()
    catalog_file: str = ""
    extra: Extra = ()


class Corpus(msgspec.Struct, frozen=True):
    """All of one department that may be planned (部门资料): open documents past their embargo, withdrawn ones, entries.

    Closed and embargoed documents are not in it: `held` are the opaque ids of their files, so that a page they once
    had can say that it is gone; `next_change_on` is the first moment at which this selection, or a state, would differ.
    `states` are those of `entries`, one each, by public documents alone.
    """

    department: Department
    entries: tuple[CatalogEntry, ...]
    documents: tuple[Document, ...]
    removals: tuple[Removal, ...] = ()
    held: tuple[str, ...] = ()
    next_change_on: str = ""
    catalog_file: str = ""
    extra: Extra = ()
    states: tuple[EntryState, ...] = ()
    performance: Performance = Performance()
