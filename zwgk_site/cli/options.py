"""Options that several commands share."""

from __future__ import annotations

import re
from calendar import monthrange
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?", re.ASCII)


class Day(click.ParamType):  # type: ignore[type-arg]  # generic in the stubs only
    """A day, or a moment, as on the command line."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text itself, if it is a day that exists."""
        text = str(value)
        if _DAY.fullmatch(text):
            year, month, day = int(text[:4]), int(text[5:7]), int(text[8:10])
            if 1900 <= year < 3000 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
                return text
        return self.fail(f"“{value}”不是有效的日期，例如 2026-11-21  (not a valid day)", param, ctx)


def site_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """The folder of the site, here by default."""
    return click.argument("site", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))(function)


def language_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--lang zh|en`."""
    return click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="提示用的语言 (language)")(
        function
    )


def format_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--format text|json`, `--json` for short."""
    function = click.option("--json", "as_json", is_flag=True, help="同 --format json")(function)
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(["text", "json"]),
        default="text",
        help="输出形式 (output format)",
    )(function)


def wants_json(options: Mapping[str, object]) -> bool:
    """Whether `format_options` ask for JSON."""
    return bool(options["as_json"]) or options["output_format"] == "json"


def today_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--today`: the day that counts, in place of the clock's."""
    return click.option("--today", type=Day(), default=None, help="按这一天计算，默认今天（北京时间）")(function)


def moment_of(today: str | None) -> str:
    """The moment of the build out of `--today`."""
    from zwgk_site.pipeline.request import current_moment

    return today if today and len(today) > 10 else current_moment(today or "")
