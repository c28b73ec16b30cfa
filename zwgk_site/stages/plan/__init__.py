"""Planning: every URL and every page with all that it shows, before any HTML. Pure.

`assign_urls` and `export_department` serve the first walk over the departments, `link_departments` the look across,
`plan_department` the second walk, `plan_shared` and `plan_list` the pages that belong to no department.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Checked
from zwgk_site.model.ledger import Ledger
from zwgk_site.model.plan import DepartmentPlan, Plan, PlanContext
from zwgk_site.stages.plan.data import plan_data
from zwgk_site.stages.plan.desk import Desk
from zwgk_site.stages.plan.documents import plan_documents
from zwgk_site.stages.plan.entries import plan_catalog, plan_entries
from zwgk_site.stages.plan.exports import export_department, header_of
from zwgk_site.stages.plan.frames import plan_frame
from zwgk_site.stages.plan.home import plan_document_list, plan_home
from zwgk_site.stages.plan.ledgers import next_serials, plan_ledger
from zwgk_site.stages.plan.link import link_departments
from zwgk_site.stages.plan.shared import plan_list, plan_shared
from zwgk_site.stages.plan.states import next_change, state_changes
from zwgk_site.stages.plan.urls import UrlTable, assign_urls

if TYPE_CHECKING:
    from zwgk_site.model.corpus import Corpus, Site
    from zwgk_site.model.exports import Neighbourhood

__all__ = [
    "UrlTable",
    "assign_urls",
    "export_department",
    "header_of",
    "link_departments",
    "plan_department",
    "plan_frame",
    "plan_list",
    "plan_shared",
]


def plan_department(  # noqa: PLR0913 - the six things that decide a department's pages, none of them optional
    corpus: Corpus, urls: UrlTable, neighbours: Neighbourhood, ledger: Ledger, site: Site, context: PlanContext
) -> Checked[DepartmentPlan]:
    """All that one department publishes."""
    desk = Desk(corpus, urls, neighbours, site, context)
    plans: list[Plan] = list(plan_entries(desk))
    plans.extend(plan_documents(desk))
    plans.append(plan_home(desk))
    plans.extend(plan_catalog(desk))
    plans.extend(plan_document_list(desk))
    plans.extend(plan_data(desk))
    kept = plan_ledger(desk, ledger)
    plans.extend(kept.value.pages)
    after = Ledger(dict(sorted(kept.value.urls.items())), next_serials(corpus, ledger))
    days = [day for document in desk.documents for day in state_changes(document)]
    if corpus.next_change_on:
        days.append(corpus.next_change_on)
    if corpus.department.dissolved_on:
        days.append(corpus.department.dissolved_on)
    coming = next_change(iter(days), context.today)
    plan = DepartmentPlan(corpus.department.code, tuple(plans), after, coming, tuple(kept.value.taken_down))
    return Checked(plan, kept.findings)
