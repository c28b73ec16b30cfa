"""The second walk: one department's plan to files in the stage. A page whose plan is as before is not made again."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Diagnostic
from zwgk_site.model.exports import Neighbourhood
from zwgk_site.model.plan import DataPlan, FeedPlan, FilePlan, LazyData, LazyPage, PagePlan, Plan, SitemapPlan
from zwgk_site.model.release import FileRecord
from zwgk_site.model.tag_faults import TagCount, TagFault, merge_counts
from zwgk_site.model.views import DocumentPage, Frame
from zwgk_site.pipeline.first import FirstTask, Standing, stand_department
from zwgk_site.pipeline.index_part import NO_CHANGE, NOT_MADE, IndexMaker, SearchChange
from zwgk_site.pipeline.keys import page_key
from zwgk_site.pipeline.past_catalog import read_past_catalog
from zwgk_site.pipeline.workers import InputMoved
from zwgk_site.stages.load.document_file import digest_text, read_body
from zwgk_site.stages.load.text_file import read_text
from zwgk_site.stages.plan import plan_department, plan_frame
from zwgk_site.stages.plan.documents import file_name
from zwgk_site.stages.publish import department_manifest, department_manifest_url, stage_copy, stage_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zwgk_site.model.corpus import Department
    from zwgk_site.pipeline.env import BuildEnv
    from zwgk_site.stages.render import PageRenderer

_ledger_encoder = msgspec.json.Encoder()


class Made(msgspec.Struct, frozen=True, array_like=True):
    """A file as last made: the digest of its plan, then its SHA-256 and size; of a page what it lacks of its tags."""

    plan: bytes
    sha256: str
    size: int
    faults: tuple[TagFault, ...] = ()


Pages = dict[str, Made]


def count_tags(pages: Pages) -> tuple[TagCount, ...]:
    """What all these pages lack of their tags, those left alone in this build too."""
    return merge_counts(TagCount(fault, url, 1) for url, made in pages.items() if made.faults for fault in made.faults)


class SecondTask(msgspec.Struct, frozen=True):
    """One department to be made. `verify` looks at every file of the output instead of trusting the last build.

    `again`: the last build made it, too, and noted what. `index_all`: there is no search index that knows of it.
    """

    first: FirstTask
    neighbours: Neighbourhood
    verify: bool = False
    again: bool = False
    index_all: bool = False


class Changes(msgspec.Struct):
    """What a task has put into the stage or wants removed, by the order of publishing."""

    pages: list[str] = []
    lists: list[str] = []
    removed: list[str] = []
    takedown: bool = False
    made: int = 0
    skipped: int = 0

    def merge(self, other: Changes) -> None:
        """Takes another task's changes in."""
        self.pages += other.pages
        self.lists += other.lists
        self.removed += other.removed
        self.takedown |= other.takedown
        self.made += other.made
        self.skipped += other.skipped


class SecondResult(msgspec.Struct, frozen=True):
    """What the second walk brings home."""

    code: str
    changes: Changes
    manifest: str
    next_change_on: str
    findings: tuple[Diagnostic, ...] = ()
    search: SearchChange = NO_CHANGE
    tags: tuple[TagCount, ...] = ()


class FileMaker:
    """Makes files of one table of pages: skips, renders, stages, and keeps the account."""

    def __init__(
        self, env: BuildEnv, before: Pages, salt: bytes, frame_at: Callable[[int], Frame], *, verify: bool
    ) -> None:
        self.env, self.before, self.salt, self.verify = env, before, salt, verify
        self.frame_at = frame_at
        self.after: Pages = {}
        self.changes = Changes()
        self.findings: list[Diagnostic] = []
        self._pages: PageRenderer | None = None

    def make_all(self, plans: Iterable[Plan], body_of: Callable[[PagePlan], str]) -> None:
        """Every plan in turn."""
        for plan in plans:
            digest = plan.digest(self.salt)
            urls = (plan.url, plan.url.removesuffix(".xml") + ".json") if isinstance(plan, FeedPlan) else (plan.url,)
            if not self.verify and all(self._is_same(url, digest) for url in urls):
                for url in urls:
                    self.after[url] = self.before[url]
                self.changes.skipped += len(urls)
                continue
            if isinstance(plan, LazyPage | LazyData):
                plan = plan.build()  # noqa: PLW2901 - from here on it is an ordinary plan
            if isinstance(plan, PagePlan):
                self._make_page(plan, digest, body_of)
            elif isinstance(plan, FilePlan):
                self._copy(plan, digest)
            else:
                self._make_text(plan, digest)

    def _is_same(self, url: str, digest: bytes) -> bool:
        known = self.before.get(url)
        return known is not None and known.plan == digest

    def _make_page(self, plan: PagePlan, digest: bytes, body_of: Callable[[PagePlan], str]) -> None:
        from zwgk_site.stages.render import PageRenderer, TemplateFault

        if self._pages is None:
            self._pages = PageRenderer(self.env.renderer(), self.frame_at)
        data = self._pages.render(plan, body_of(plan) if plan.body else "")
        if isinstance(data, TemplateFault):
            self.findings.append(data.finding(self.env.theme))
            return
        self.put(plan.url, data, digest, is_list=plan.is_list, faults=self._pages.judge(plan, data))

    def _make_text(self, plan: DataPlan | FeedPlan | SitemapPlan, digest: bytes) -> None:
        from zwgk_site.stages.render.pages import render_text_file

        for url, data in render_text_file(plan):
            self.put(url, data, digest, is_list=True)

    def _copy(self, plan: FilePlan, digest: bytes) -> None:
        known = self.before.get(plan.url)
        if known is None or self.verify:
            source = self.env.root / "content" / plan.url.partition("/")[0] / plan.source
            if stage_copy(self.env.output.path, self.env.stage, plan.url, source, plan.sha256):
                self.changes.pages.append(plan.url)
        self.after[plan.url] = Made(digest, plan.sha256, plan.size)
        self.changes.made += 1

    def put(self, url: str, data: bytes, digest: bytes, *, is_list: bool, faults: tuple[TagFault, ...] = ()) -> None:
        """Stages one file unless the output has the same bytes."""
        self.after[url] = Made(digest, hashlib.sha256(data).hexdigest(), len(data), faults)
        self.changes.made += 1
        if stage_file(self.env.output.path, self.env.stage, url, data):
            (self.changes.lists if is_list else self.changes.pages).append(url)

    def finish(self) -> Changes:
        """The account, with what has disappeared."""
        gone = [url for url in self.before if url not in self.after]
        self.changes.removed.extend(gone)
        self.changes.takedown |= any(".files/" in url for url in gone)
        return self.changes


def frames_of(env: BuildEnv, department: Department | None = None) -> Callable[[int], Frame]:
    """The frames by depth around a department's pages, or around the shared ones."""
    return lambda depth: plan_frame(env.site, department, depth, draft=env.context.draft)


def make_department(env: BuildEnv, task: SecondTask, standing: Standing | None) -> SecondResult:
    """Plans, renders and stages one department."""
    code = task.first.scan.code
    if standing is None:
        standing = stand_department(env, task.first).standing
    if standing is None:
        return SecondResult(code, Changes(), "", "", search=NOT_MADE)
    past = read_past_catalog(env.previous, code)
    planned = plan_department(
        standing.corpus,
        standing.urls,
        standing.targets,
        standing.ledger,
        task.neighbours,
        env.site,
        env.context,
        past.value,
    )
    table = f"departments/{code}.pages"
    before = env.cache.need(table, Pages) if task.again else env.cache.get(table, Pages) or {}
    frame_at = frames_of(env, standing.corpus.department)
    maker = FileMaker(env, before, page_key(env.shared, frame_at(0)), frame_at, verify=task.verify)
    index = IndexMaker(env, planned, all_of_it=task.index_all, again=task.again)
    bodies = index.listen(BodySource(env, code, standing))
    plans = planned.plans
    if standing.kept:
        plans = tuple(plan for plan in plans if not _is_kept_file(plan, env, before, maker))
    maker.make_all(plans, bodies)
    ledger = _ledger_encoder.encode(planned.ledger) + b"\n"
    maker.put(f"data/urls/{code}.json", ledger, b"", is_list=True)
    records = [FileRecord(url, made.sha256, made.size) for url, made in maker.after.items()]
    manifest = department_manifest(records)
    maker.put(department_manifest_url(code), manifest, b"", is_list=True)
    changes = maker.finish()
    changes.takedown |= bool(planned.taken_down)
    env.cache.keep(f"departments/{code}.pages.new", maker.after)
    digest = hashlib.sha256(manifest).hexdigest()
    search = index.finish(planned.plans, takedown=changes.takedown)
    tags = count_tags(maker.after)
    findings = (*past.findings, *maker.findings)
    return SecondResult(code, changes, digest, planned.next_change_on, findings, search, tags)


def _is_kept_file(plan: Plan, env: BuildEnv, before: Pages, maker: FileMaker) -> bool:
    """An attachment that is published already stays as it is while its department is held back."""
    if not isinstance(plan, FilePlan):
        return False
    published = next(
        (path for folder in (env.output, env.previous) if (path := folder.path / plan.url).is_file()), None
    )
    if published is None:
        return False
    if stage_copy(env.output.path, env.stage, plan.url, published, plan.sha256):
        maker.changes.pages.append(plan.url)
    maker.after[plan.url] = before.get(plan.url) or Made(b"", plan.sha256, plan.size)
    return True


class BodySource:
    """Where the text of a document's page comes from: the old page if it is the same, else its file."""

    def __init__(self, env: BuildEnv, code: str, standing: Standing) -> None:
        self.env, self.code, self.kept = env, code, standing.kept
        self.documents = standing.corpus.documents

    def __call__(self, plan: PagePlan) -> str:
        from zwgk_site.stages.render.pages import body_key, render_body, reuse_body, without_lost_files

        view = plan.view
        if not isinstance(view, DocumentPage):
            return ""
        page = _read(self.env.output.path / plan.url)
        if plan.body in self.kept:
            published = reuse_body(self.env.previous.read(plan.url) or page or b"")
            if published is None:  # the page is lost: its file will do if it still says the same
                try:
                    published = render_body(self._text(plan.body, view.source), view)
                except InputMoved:
                    published = ""
            return without_lost_files(published, self._files_beside(plan)) if ".files/" in published else published
        if page is not None and self.env.trusts_pages:
            found = reuse_body(page, body_key(view))
            if found is not None:
                return found
        return render_body(self._text(plan.body, view.source), view)

    def _files_beside(self, plan: PagePlan) -> frozenset[str]:
        """The attachments that a kept document still has, as its page links them."""
        attachments = next(item.attachments for item in self.documents if item.path == plan.body)
        return frozenset(file_name(plan.url, item, below=False) for item in attachments)

    def _text(self, path: str, digest: str) -> str:
        """The text that was checked in the first walk, and no other."""
        file = f"content/{self.code}/{path}.md"
        source = read_text(self.env.root / file, file).value
        body = read_body(source.text, file) if source is not None else None
        if body is None or digest_text(body) != digest:
            raise InputMoved(file)
        return body.text


def _read(path: Path) -> bytes | None:
    try:
        with open(path, "rb") as source:
            return source.read()
    except OSError:
        return None
