"""The typed views: all that a template can see, one view per template. Text only, sorted and formatted beforehand.

A URL in a view is relative to the page it stands on. A date is ISO text or empty. Templates loop and test; they
compute nothing.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec


class Link(msgspec.Struct, frozen=True, array_like=True):
    """A title that leads somewhere; an empty `url` is plain text."""

    title: str
    url: str = ""


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A line of a list: what, where, when, from whom; `note` is a 文号 or a class, `state` a word such as 已废止."""

    title: str
    url: str
    date: str = ""
    note: str = ""
    department: str = ""
    state: str = ""


class Fact(msgspec.Struct, frozen=True, array_like=True):
    """A labelled value of a metadata table: one or several links or texts, with a `kind` for styling."""

    label: str
    values: tuple[Link, ...]
    kind: str = ""


class RowGroup(msgspec.Struct, frozen=True, array_like=True):
    """Rows under a heading; `more` leads to all of them."""

    title: str
    rows: tuple[Row, ...]
    more: Link | None = None
    note: str = ""


class LinkGroup(msgspec.Struct, frozen=True, array_like=True):
    """Counted links under a heading (a facet, a letter of the alphabet)."""

    title: str
    links: tuple[CountedLink, ...]


class CountedLink(msgspec.Struct, frozen=True, array_like=True):
    """A link with the number of things behind it and the newest date among them."""

    title: str
    url: str
    count: int = 0
    date: str = ""
    note: str = ""


class Pager(msgspec.Struct, frozen=True, array_like=True):
    """The neighbours of a list page: never a total, so that full pages stay as they are."""

    newer: Link | None = None
    older: Link | None = None


class Head(msgspec.Struct, frozen=True):
    """The `<head>` of a page: `meta` are (name, content) in order, `alternates` are (type, title, url) of feeds."""

    title: str
    meta: tuple[tuple[str, str], ...]
    canonical: str = ""
    json_ld: str = ""
    alternates: tuple[tuple[str, str, str], ...] = ()
    refresh: str = ""
    noindex: bool = False


class Picture(msgspec.Struct, frozen=True, array_like=True):
    """A picture of the theme's assets with its words, and where it leads (图片链接)."""

    title: str
    file: str
    url: str = ""


class HeadLink(msgspec.Struct, frozen=True):
    """A `<link>` in the head of every page of a frame: the feed, the description of the search (页首链接)."""

    rel: str
    type: str
    title: str
    url: str


class Frame(msgspec.Struct, frozen=True):
    """What surrounds every page of a department, or of the site where `department` is empty. Holds no content.

    `root` is the relative way to the top of the output, `home` to the department's home; `department_code` is what a
    search in this department asks for. `footer` says whose site it is; `site_map` and `help` lead to the pages for all
    readers, `links` to what else the site wants at hand; `emblem` is the sign of a government site;
    `kiosk` asks for what a touch screen at a reading point needs.
    `head_links` let programs find feed and search.
    """

    site_name: str
    root: str
    notice: str = ""
    draft: bool = False
    department: str = ""
    department_short: str = ""
    home: str = ""
    navigation: tuple[Link, ...] = ()
    footer: tuple[Fact, ...] = ()
    department_code: str = ""
    site_map: str = ""
    help: str = ""
    links: tuple[Link, ...] = ()
    emblem: Picture | None = None
    kiosk: bool = False
    head_links: tuple[HeadLink, ...] = ()
    template: ClassVar[str] = "frame.html"


class SiteHome(msgspec.Struct, frozen=True):
    """The home of the whole column: departments, the newest documents, ways to browse.

    `columns` are the fixed columns of the government itself; `topics` lead to what is gathered from all departments.
    """

    title: str
    departments: tuple[LinkGroup, ...]
    newest: RowGroup
    facets: tuple[LinkGroup, ...]
    intro: str = ""
    columns: tuple[CountedLink, ...] = ()
    topics: tuple[CountedLink, ...] = ()
    glance: Glance | None = None
    template: ClassVar[str] = "site_home.html"


class DepartmentLine(msgspec.Struct, frozen=True, array_like=True):
    """A department as a line of a table: how to reach it, how much its column holds (部门一览的一行)."""

    name: str
    url: str
    phone: str
    entries: int
    documents: int
    note: str = ""


class DepartmentGroup(msgspec.Struct, frozen=True, array_like=True):
    """Departments of one category (部门类别)."""

    title: str
    anchor: str
    lines: tuple[DepartmentLine, ...]


class DepartmentList(msgspec.Struct, frozen=True):
    """All departments by category, and by the first letter of their names' pinyin (部门一览)."""

    title: str
    breadcrumb: tuple[Link, ...]
    groups: tuple[LinkGroup, ...]
    categories: tuple[DepartmentGroup, ...] = ()
    template: ClassVar[str] = "departments.html"


class Bar(msgspec.Struct, frozen=True, array_like=True):
    """One bar of a chart that is a table: `share` is its length in percent of the longest (条形)."""

    label: str
    count: int
    share: str


class Glance(msgspec.Struct, frozen=True, array_like=True):
    """Figures that say how a column stands, and what was published year by year (公开情况)."""

    title: str
    figures: tuple[Fact, ...]
    caption: str
    bars: tuple[Bar, ...]


class DepartmentHome(msgspec.Struct, frozen=True):
    """The column home of one department (专栏首页)."""

    title: str
    breadcrumb: tuple[Link, ...]
    facts: tuple[Fact, ...]
    statutory: tuple[RowGroup, ...]
    newest: RowGroup
    subjects: tuple[CountedLink, ...]
    joint: RowGroup | None
    downloads: tuple[Link, ...]
    notice: str = ""
    items: tuple[CountedLink, ...] = ()
    glance: Glance | None = None
    template: ClassVar[str] = "department_home.html"


class ColumnSection(msgspec.Struct, frozen=True, array_like=True):
    """A part of a fixed column under a heading, which may be empty: entries, documents, or paragraphs to read (栏目分节).

    `level` 2 stands under the section before it; `note` says why nothing is there.
    """

    title: str
    anchor: str
    entries: tuple[CountedLink, ...] = ()
    rows: tuple[Row, ...] = ()
    paragraphs: tuple[str, ...] = ()
    note: str = ""
    more: Link | None = None
    level: int = 1


class ColumnPage(msgspec.Struct, frozen=True):
    """One of the fixed columns of a department: guide, rules, statutory content, annual reports, requests (固定栏目)."""

    title: str
    breadcrumb: tuple[Link, ...]
    sections: tuple[ColumnSection, ...]
    facts: tuple[Fact, ...]
    intro: str = ""
    template: ClassVar[str] = "column.html"


class CatalogRow(msgspec.Struct, frozen=True, array_like=True):
    """One entry as a row of the catalogue table.

    `repeated` counts the levels of the subject that are those of the row above; `limit_kind` is the kind of the time
    limit in a word; `state` says how the promise stands, where that may be said, `state_name` in a word.
    """

    id: str
    url: str
    subject: tuple[str, ...]
    content: tuple[str, ...]
    basis: tuple[str, ...]
    time_limit: str
    responsible_body: str
    office: str
    channels: tuple[str, ...]
    audience: str
    disclosure: str
    levels: str
    newest: Row | None
    repeated: int = 0
    limit_kind: str = ""
    state: str = ""
    state_name: str = ""
    state_kind: str = ""


class CatalogTable(msgspec.Struct, frozen=True, array_like=True):
    """Rows of one 公开方式 with the table's caption."""

    caption: str
    rows: tuple[CatalogRow, ...]


class CatalogPage(msgspec.Struct, frozen=True):
    """A department's catalogue (主动公开基本目录), or one page of it; the first leads to its `changes`, with the newest day."""

    title: str
    breadcrumb: tuple[Link, ...]
    tables: tuple[CatalogTable, ...]
    pages: tuple[Link, ...]
    downloads: tuple[Link, ...]
    changes: CountedLink | None = None
    template: ClassVar[str] = "catalog.html"


class ChangedValue(msgspec.Struct, frozen=True, array_like=True):
    """One value of a row before and after; `note` says what that means (时限缩短).

    Of a list that kept some of its parts, `before` and `after` are those dropped and added, as the two words say.
    """

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    note: str = ""
    before_word: str = ""
    after_word: str = ""


class ChangedRow(msgspec.Struct, frozen=True, array_like=True):
    """A row of the catalogue that was added, taken off or changed (调整的条目): `title` its whole subject.

    `then` is what took its place; `values` are of a changed row.
    """

    title: str
    id: str
    url: str = ""
    note: str = ""
    then: Link | None = None
    values: tuple[ChangedValue, ...] = ()


class ChangeGroup(msgspec.Struct, frozen=True, array_like=True):
    """What one day changed in a catalogue (一天的调整), with the counts in words."""

    date: str
    anchor: str
    summary: str
    added: tuple[ChangedRow, ...] = ()
    removed: tuple[ChangedRow, ...] = ()
    changed: tuple[ChangedRow, ...] = ()


class ChangesPage(msgspec.Struct, frozen=True):
    """What was changed in a department's catalogue, newest day first (目录动态调整)."""

    title: str
    breadcrumb: tuple[Link, ...]
    intro: str
    groups: tuple[ChangeGroup, ...]
    note: str = ""
    downloads: tuple[Link, ...] = ()
    template: ClassVar[str] = "changes.html"


class EntryPage(msgspec.Struct, frozen=True):
    """One entry: the promise and the documents under it (目录条目).

    `promise` says the time limit in plain words and how it stands; `ask` tells whom to ask, `request` where to ask for
    what is not published; `related` are neighbours of the same subject.
    """

    title: str
    breadcrumb: tuple[Link, ...]
    facts: tuple[Fact, ...]
    documents: RowGroup
    from_others: RowGroup | None
    previous: Link | None
    next: Link | None
    empty_note: str = ""
    promise: tuple[str, ...] = ()
    ask: tuple[Fact, ...] = ()
    related: tuple[Link, ...] = ()
    request: Link | None = None
    template: ClassVar[str] = "entry.html"


class AttachmentLink(msgspec.Struct, frozen=True, array_like=True):
    """A file to download: `kind` is its type in words, `size` with its unit, `name` the original file name."""

    title: str
    url: str
    name: str
    kind: str
    size: str
    sha256: str


class Note(msgspec.Struct, frozen=True, array_like=True):
    """A sentence with a day (说明)."""

    text: str
    date: str = ""


class Banner(msgspec.Struct, frozen=True, array_like=True):
    """A sentence above a document that is not simply in force; `links` lead to what replaced it."""

    text: str
    links: tuple[Link, ...] = ()
    kind: str = "notice"


class DocumentPage(msgspec.Struct, frozen=True):
    """One document: the national metadata table, the text, attachments and relations both ways.

    The text itself comes beside the view as `body`, its headings as `contents`; `source` is its digest, `links` the
    resolved (written, URL). `explained` is what a policy and its interpretations show of each other; `series` are the
    neighbours of the same series, the one without URL is this document; `report` leads to whom to tell of a mistake.
    """

    title: str
    breadcrumb: tuple[Link, ...]
    facts: tuple[Fact, ...]
    banners: tuple[Banner, ...]
    summary: str
    attachments: tuple[AttachmentLink, ...]
    relations: tuple[RowGroup, ...]
    previous: Link | None
    next: Link | None
    permalink: str
    source: str
    links: tuple[tuple[str, str], ...]
    redactions: tuple[str, ...]
    summary_derived: bool = False
    explained: tuple[RowGroup, ...] = ()
    series: tuple[Link, ...] = ()
    changes: tuple[Note, ...] = ()
    citation: str = ""
    report: Link | None = None
    foot: tuple[Fact, ...] = ()
    template: ClassVar[str] = "document.html"


class ListPage(msgspec.Struct, frozen=True):
    """One page of a list, newest first."""

    title: str
    breadcrumb: tuple[Link, ...]
    rows: tuple[Row, ...]
    pager: Pager
    intro: str = ""
    template: ClassVar[str] = "list.html"


class FacetPage(msgspec.Struct, frozen=True):
    """The values of a facet, such as all fields, with counts."""

    title: str
    breadcrumb: tuple[Link, ...]
    groups: tuple[LinkGroup, ...]
    intro: str = ""
    template: ClassVar[str] = "facet.html"


class MatrixCell(msgspec.Struct, frozen=True, array_like=True):
    """A cell of a cross table: what it says, where that leads, its column's name for narrow screens (交叉表的一格).

    `share` is the length of its bar in percent of the longest, empty without one; `kind` is `none` or `promised`.
    """

    label: str
    text: str
    url: str = ""
    kind: str = ""
    share: str = ""


class MatrixRow(msgspec.Struct, frozen=True, array_like=True):
    """A row of a cross table: what it is of, its cells in the order of the columns, their sum (交叉表的一行)."""

    head: Link
    cells: tuple[MatrixCell, ...]
    total: str


class Matrix(msgspec.Struct, frozen=True, array_like=True):
    """A cross table of counts (交叉表): columns with their short and full names; `wide` has more than six of them."""

    title: str
    anchor: str
    caption: str
    corner: str
    columns: tuple[CountedLink, ...]
    rows: tuple[MatrixRow, ...]
    wide: bool = False
    note: str = ""


class CoveragePage(msgspec.Struct, frozen=True):
    """What the catalogues cover and what was published when, as cross tables and a chart (公开情况总览)."""

    title: str
    breadcrumb: tuple[Link, ...]
    matrices: tuple[Matrix, ...]
    glance: Glance | None
    pages: tuple[Link, ...]
    intro: str = ""
    template: ClassVar[str] = "coverage.html"


class PolicyLine(msgspec.Struct, frozen=True, array_like=True):
    """A policy as a line of a table: title, 文号, issuer, 成文日期, 有效性 (规范性文件的一行).

    `by` leads to what changed or repealed it.
    """

    title: str
    url: str
    number: str
    issuer: str
    date: str
    state: str
    kind: str = ""
    by: tuple[Link, ...] = ()


class PolicyTablePage(msgspec.Struct, frozen=True):
    """Policies with a 文号 of all departments, or those of one choice, newest first (规范性文件)."""

    title: str
    breadcrumb: tuple[Link, ...]
    groups: tuple[LinkGroup, ...]
    caption: str
    rows: tuple[PolicyLine, ...]
    pager: Pager
    intro: str = ""
    template: ClassVar[str] = "policies.html"


class TopicRow(msgspec.Struct, frozen=True, array_like=True):
    """A row with what belongs to it: a consultation with its result, an interpretation with its policy (专题的一项)."""

    row: Row
    chain: tuple[Fact, ...] = ()


class TopicSection(msgspec.Struct, frozen=True, array_like=True):
    """A part of a topic under a heading; `note` says why nothing is there (专题分节)."""

    title: str
    anchor: str
    rows: tuple[TopicRow, ...]
    note: str = ""
    more: Link | None = None


class TopicPage(msgspec.Struct, frozen=True):
    """What all departments have on a topic: public participation, interpretations (公众参与、政策解读)."""

    title: str
    breadcrumb: tuple[Link, ...]
    sections: tuple[TopicSection, ...]
    intro: str = ""
    template: ClassVar[str] = "topic.html"


class SearchPage(msgspec.Struct, frozen=True):
    """The search page (检索): a form, and what serves where no script runs; a script fills in what is found.

    `browse` are the lists that lead to everything; `departments` are names with the URLs of their homes, for showing a
    chosen department by name; `apply` leads to where one reads how to ask for what is not published (依申请公开);
    `online` is the address of this page on the web, empty without 域名.
    """

    title: str
    breadcrumb: tuple[Link, ...]
    browse: tuple[LinkGroup, ...]
    departments: tuple[Link, ...]
    contact: tuple[Fact, ...]
    apply: Link | None = None
    online: str = ""
    template: ClassVar[str] = "search.html"


class LinkTree(msgspec.Struct, frozen=True, array_like=True):
    """A link with those below it (链接树)."""

    head: Link
    links: tuple[Link, ...] = ()


class SiteMapSection(msgspec.Struct, frozen=True, array_like=True):
    """A part of the site map under a heading (站点地图分节)."""

    title: str
    trees: tuple[LinkTree, ...]


class SiteMapPage(msgspec.Struct, frozen=True):
    """The map of the site for people: its pages, departments with their columns, ways to look things up (站点地图)."""

    title: str
    breadcrumb: tuple[Link, ...]
    sections: tuple[SiteMapSection, ...]
    template: ClassVar[str] = "site_map.html"


class AccessibilityPage(msgspec.Struct, frozen=True):
    """How the pages serve readers who see, hear or move with difficulty, and whom to ask for help (无障碍说明).

    The sentences stand in the template, as they describe the theme. `request` leads to where one reads how to ask for
    what is not published, `report` to whom to tell of a mistake.
    """

    title: str
    breadcrumb: tuple[Link, ...]
    contact: tuple[Fact, ...]
    request: Link | None = None
    report: Link | None = None
    template: ClassVar[str] = "accessibility.html"


class StaffPage(msgspec.Struct, frozen=True):
    """What the staff of a reading point should know of the copy on their screen (终端说明); in the kiosk profile only."""

    title: str
    breadcrumb: tuple[Link, ...]
    facts: tuple[Fact, ...]
    template: ClassVar[str] = "staff.html"


class GonePage(msgspec.Struct, frozen=True):
    """What stays at the URL of something taken back (已撤回), removed or held back."""

    title: str
    breadcrumb: tuple[Link, ...]
    sentences: tuple[str, ...]
    links: tuple[Link, ...] = ()
    template: ClassVar[str] = "gone.html"


class RedirectPage(msgspec.Struct, frozen=True):
    """A page that has moved (网页已迁移)."""

    title: str
    target: Link
    template: ClassVar[str] = "redirect.html"


class NotFoundPage(msgspec.Struct, frozen=True):
    """The page for a wrong address (404): works at any depth because it names no relative URL beyond `links`."""

    title: str
    links: tuple[Link, ...]
    template: ClassVar[str] = "not_found.html"


View = (
    SiteHome | DepartmentList | DepartmentHome | ColumnPage | CatalogPage | ChangesPage | EntryPage | DocumentPage | ListPage | FacetPage
    | CoveragePage | PolicyTablePage | TopicPage | SearchPage | SiteMapPage | AccessibilityPage | StaffPage | GonePage | RedirectPage | NotFoundPage
)  # fmt: skip
VIEWS: tuple[type, ...] = (
    Frame, SiteHome, DepartmentList, DepartmentHome, ColumnPage, CatalogPage, ChangesPage, EntryPage, DocumentPage, ListPage, FacetPage,
    CoveragePage, PolicyTablePage, TopicPage, SearchPage, SiteMapPage, AccessibilityPage, StaffPage, GonePage, RedirectPage, NotFoundPage,
)  # fmt: skip
