"""Drawings of a report as inline SVG. Each has a title, and its figures stand beside it as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.cli.reports.html_parts import Html, join, tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwgk_site.cli.reports.subject import TrendPoint

_BAR = (120, 12)
_CHART = (640, 160)
_EDGE = 8


def bar(parts: tuple[tuple[str, float], ...], whole: float, title: str) -> Html:
    """A bar of parts, each a class of color and an amount; `whole` is the amount that fills it."""
    width, height = _BAR
    place, pieces = 0.0, []
    for color, amount in parts:
        wide = round(width * amount / whole, 1) if whole else 0.0
        if wide:
            pieces.append(tag("rect", x=round(place, 1), y=0, width=wide, height=height, class_=color))
        place += wide
    ground = tag("rect", x=0, y=0, width=width, height=height, class_="ground")
    return tag(
        "svg", tag("title", title), ground, *pieces,
        viewBox=f"0 0 {width} {height}", width=width, height=height, role="img", aria_label=title,
    )  # fmt: skip


def trend_chart(points: tuple[TrendPoint, ...], title: str) -> Html:
    """Errors and warnings over the checks, oldest first, on one scale from 0; two lines told apart by dashes, too."""
    width, height = _CHART
    top = max(1, *(max(point.errors, point.warnings) for point in points))
    lines = (
        _line(points, lambda point: point.warnings / top, "warning dashed"),
        _line(points, lambda point: point.errors / top, "error"),
    )
    floor = tag("line", x1=_EDGE, y1=height - _EDGE, x2=width - _EDGE, y2=height - _EDGE, class_="floor")
    drawn = join(tag("title", title), floor, *lines)
    return tag("svg", drawn, viewBox=f"0 0 {width} {height}", class_="chart", role="img", aria_label=title)


def _line(points: tuple[TrendPoint, ...], share: Callable[[TrendPoint], float], color: str) -> Html:
    width, height = _CHART[0] - 2 * _EDGE, _CHART[1] - 2 * _EDGE
    step = width / max(1, len(points) - 1)
    places = [
        (round(_EDGE + number * step, 1), round(_EDGE + height * (1 - share(point)), 1))
        for number, point in enumerate(points)
    ]
    dots = (tag("circle", cx=x, cy=y, r=3, class_=f"dot {color}") for x, y in places)
    return join(tag("polyline", points=" ".join(f"{x},{y}" for x, y in places), class_=f"line {color}"), *dots)
