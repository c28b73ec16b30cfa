"""Drawings of a report as inline SVG. Each has a title, and its figures stand beside it as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zwgk_site.cli.reports.html_parts import Html, join, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

_BAR = (120, 12)
_CHART = (640, 160)
_EDGE = 8
_DOTTED = 60
"""Points that are few enough to have a dot each."""


class Curve(NamedTuple):
    """One line of a chart: its class of color, its values in order."""

    color: str
    values: tuple[float, ...]


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


def line_chart(curves: tuple[Curve, ...], title: str, span: tuple[str, str], top: float = 0) -> Html:
    """Curves on one scale from 0 to `top`, or to their highest; told apart by dashes, too. `span` is first and last."""
    width, height = _CHART
    top = top or max(1, *(value for curve in curves for value in curve.values))
    floor = tag("line", x1=_EDGE, y1=height - _EDGE, x2=width - _EDGE, y2=height - _EDGE, class_="floor")
    roof = tag("line", x1=_EDGE, y1=_EDGE, x2=width - _EDGE, y2=_EDGE, class_="floor")
    lines = (part for curve in curves for part in _line(curve, top))
    drawn = join(tag("title", title), floor, roof, *lines)
    picture = tag("svg", drawn, viewBox=f"0 0 {width} {height}", class_="chart", role="img", aria_label=title)
    return tag("figure", picture, tag("figcaption", f"{title}（0—{top:g}）　{span[0]} — {span[1]}"))


def _line(curve: Curve, top: float) -> Iterator[Html]:
    width, height = _CHART[0] - 2 * _EDGE, _CHART[1] - 2 * _EDGE
    step = width / max(1, len(curve.values) - 1)
    places = [
        (round(_EDGE + number * step, 1), round(_EDGE + height * (1 - value / top), 1))
        for number, value in enumerate(curve.values)
    ]
    yield tag("polyline", points=" ".join(f"{x},{y}" for x, y in places), class_=f"line {curve.color}")
    if len(places) <= _DOTTED:
        yield from (tag("circle", cx=x, cy=y, r=3, class_=f"dot {curve.color}") for x, y in places)
