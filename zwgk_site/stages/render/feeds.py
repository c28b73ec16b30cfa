"""Atom, JSON Feed and sitemaps as text. Dates are China's (UTC+8); a day without a time is its first minute."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import escape

if TYPE_CHECKING:
    from zwgk_site.model.plan import FeedPlan, SitemapPlan

_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
NEVER = "1970-01-01"


def _clean(text: str) -> str:
    """Escaped, without characters that XML 1.0 forbids."""
    return str(escape(_plain(text)))


def _plain(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def time_stamp(date: str) -> str:
    """RFC 3339 from a day or moment."""
    day, _, time = (date or NEVER).partition(" ")
    return f"{day}T{time or '00:00'}:00+08:00"


def render_feed(plan: FeedPlan) -> tuple[tuple[str, bytes], ...]:
    """The feed as Atom (RFC 4287) and as JSON Feed 1.1."""
    json_url = plan.url.removesuffix(".xml") + ".json"
    return ((plan.url, _atom(plan).encode()), (json_url, _json_feed(plan, json_url)))


def _atom(plan: FeedPlan) -> str:
    lines = [
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<id>{_clean(plan.home)}</id>",
        f"<title>{_clean(plan.title)}</title>",
        f"<updated>{time_stamp(plan.updated)}</updated>",
        f"<author><name>{_clean(plan.author or plan.title)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{_clean(plan.self_url)}"/>',
        f'<link rel="alternate" type="text/html" href="{_clean(plan.home)}"/>',
    ]
    for item in plan.items:
        stamp = time_stamp(item.date)
        lines += [
            "<entry>",
            f"<id>{_clean(item.id)}</id>",
            f"<title>{_clean(item.title)}</title>",
            f"<updated>{stamp}</updated>",
            f"<published>{stamp}</published>",
            f"<author><name>{_clean(item.author or plan.author or plan.title)}</name></author>",
            f'<link rel="alternate" type="text/html" href="{_clean(item.url)}"/>',
            *([f"<summary>{_clean(item.summary)}</summary>"] if item.summary else []),
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _json_feed(plan: FeedPlan, json_url: str) -> bytes:
    items: list[dict[str, Any]] = []
    for item in plan.items:
        entry: dict[str, Any] = {
            "id": item.id,
            "url": item.url,
            "title": _plain(item.title),
            "content_text": _plain(item.summary or item.title),
        }
        if item.date:
            entry["date_published"] = time_stamp(item.date)
        entry["authors"] = [{"name": _plain(item.author or plan.author or plan.title)}]
        items.append(entry)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _plain(plan.title),
        "home_page_url": plan.home,
        "feed_url": plan.self_url.removesuffix(plan.url) + json_url,
        "language": "zh-CN",
        "authors": [{"name": _plain(plan.author or plan.title)}],
        "items": items,
    }
    return msgspec.json.encode(feed) + b"\n"


def render_sitemap(plan: SitemapPlan) -> bytes:
    """A sitemap or an index of sitemaps (sitemaps.org 0.9)."""
    outer, inner = ("sitemapindex", "sitemap") if plan.is_index else ("urlset", "url")
    lines = [f'{_XML}<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for url, day in plan.locations:
        modified = f"<lastmod>{day}</lastmod>" if day else ""
        lines.append(f"<{inner}><loc>{_clean(url)}</loc>{modified}</{inner}>")
    return "\n".join([*lines, f"</{outer}>", ""]).encode()
