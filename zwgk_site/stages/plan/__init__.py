"""Planning: every URL and every page with all that it shows, before any HTML. Pure.

`assign_urls` and `export_department` serve the first walk over the departments, `link_departments` the look across,
`plan_department` the second walk, `plan_shared` and `plan_list` the pages that belong to no department.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked
from zwgk_site.model.change_history import changes_url
from zwgk_site.model.exports import Neighbourhood
from zwgk_site.model.ledger import Ledger
from zwgk_site.model.plan import DepartmentPlan, PagePlan, Plan, PlanContext
from zwgk_site.stages.plan.change_history import CatalogChanges
from zwgk_site.stages.plan.changes_page import plan_changes
from zwgk_site.stages.plan.columns import plan_columns
from zwgk_site.stages.plan.data import plan_data
from zwgk_site.stages.plan.desk import Desk
from zwgk_site.stages.plan.documents import plan_documents
from zwgk_site.stages.plan.entries import plan_catalog, plan_entries
from zwgk_site.stages.plan.exports import department_targets, encode_exports, export_department, header_of
from zwgk_site.stages.plan.facets import plan_list
from zwgk_site.stages.plan.frames import plan_frame
from zwgk_site.stages.plan.home import plan_document_list, plan_home
from zwgk_site.stages.plan.ledgers import next_serials, plan_ledger
from zwgk_site.stages.plan.link import link_departments
from zwgk_site.stages.plan.policies import LIST as POLICY_LIST
from zwgk_site.stages.plan.policy_pages import plan_policies
from zwgk_site.stages.plan.search import plan_index
from zwgk_site.stages.plan.shared import plan_shared
from zwgk_site.stages.plan.states import next_change, state_changes
from zwgk_site.stages.plan.urls import UrlTable, assign_urls

if TYPE_CHECKING:
    from zwgk_site.model.change_history import PastCatalog
    from zwgk_site.model.corpus import Corpus, Site
    from zwgk_site.model.exports import Target

__all__ = [
    "POLICY_LIST",
    "KeptUrls",
    "UrlTable",
    "assign_urls",
    "department_targets",
    "encode_exports",
    "export_department",
    "header_of",
    "link_departments",
    "plan_department",
    "plan_frame",
    "plan_list",
    "plan_policies",
    "plan_shared",
    "plan_urls",
]


class KeptUrls(msgspec.Struct, frozen=True):
    """A department's URLs from now on, the pages of those without content, and what must vanish at once."""

    ledger: Ledger
    pages: tuple[PagePlan, ...]
    taken_down: tuple[str, ...]


def plan_urls(  # noqa: PLR0913 - as below
    corpus: Corpus, urls: UrlTable, targets: dict[str, Target], ledger: Ledger, site: Site, context: PlanContext
) -> Checked[KeptUrls]:
    """The department's ledger after this build, with the pages of what is gone or moved. Needs no neighbours."""
    desk = Desk(corpus, urls, targets, Neighbourhood(), site, context)
    kept = plan_ledger(desk, ledger)
    after = Ledger(dict(sorted(kept.value.urls.items())), next_serials(corpus, ledger))
    return kept.replace(KeptUrls(after, tuple(kept.value.pages), tuple(kept.value.taken_down)))


def plan_department(  # noqa: PLR0913 - the eight things that decide a department's pages, none of them optional
    corpus: Corpus,
    urls: UrlTable,
    targets: dict[str, Target],
    kept: KeptUrls,
    neighbours: Neighbourhood,
    site: Site,
    context: PlanContext,
    past: PastCatalog,
) -> DepartmentPlan:
    """All that one department publishes."""
    desk = Desk(corpus, urls, targets, neighbours, site, context)
    plans: list[Plan] = list(plan_entries(desk))
    plans.extend(plan_documents(desk))
    plans.append(plan_home(desk))
    plans.extend(plan_columns(desk))
    changes = CatalogChanges(desk, past)
    plans.extend(plan_catalog(desk, changes))
    plans.extend(plan_changes(desk, changes))
    plans.extend(plan_document_list(desk))
    plans.extend(plan_data(desk))
    plans.extend(kept.pages)
    days = [day for document in desk.documents for day in state_changes(document)]
    if corpus.next_change_on:
        days.append(corpus.next_change_on)
    if corpus.department.dissolved_on:
        days.append(corpus.department.dissolved_on)
    coming = next_change(iter(days), context.today)
    taken_down = (*kept.taken_down, changes_url(desk.code)) if changes.takes_down else kept.taken_down
    return DepartmentPlan(
        corpus.department.code, tuple(plans), kept.ledger, coming, taken_down, tuple(plan_index(desk))
    )
