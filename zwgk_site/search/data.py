"""An answer as data for programs: `zwgk search --json` and `/api/search` say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zwgk_site.search.answer import Answer, Hit


def answer_data(answer: Answer) -> dict[str, Any]:
    """Plain values, to be written as JSON."""
    return {
        "total": answer.total,
        "mode": answer.mode,
        "used": answer.used,
        "hits": [_hit_data(hit) for hit in answer.hits],
        "facets": {
            name: [{"value": one.value, "label": one.label, "count": one.count} for one in counts]
            for name, counts in answer.facets.items()
        },
        "suggestions": list(answer.suggestions),
    }


def _hit_data(hit: Hit) -> dict[str, Any]:
    return {
        "url": hit.url,
        "title": hit.title,
        "department": hit.department,
        "document_number": hit.document_number,
        "date": hit.date,
        "kind": hit.kind,
        "state": hit.state,
        "score": hit.score,
        "snippet": hit.snippet,
        "matched": hit.matched,
    }
