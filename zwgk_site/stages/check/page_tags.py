"""What built pages lack of their meta tags, as findings: one for each tag and template, however many pages there are.

The pages are looked at where they are made (`stages/render/page_tags.py`). The words stand here, because a build that
makes no page must know them, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.model.tag_faults import TagCount, TagProblem
    from zwgk_site.model.theme import Theme

W = Severity.WARNING

TAG_MISSING = Rule(
    "ZW871", W,
    zh="{count} 个网页没有标签 {tag}，例如 {url}",
    en="{count} pages lack the tag {tag}, such as {url}",
    hint_zh="frame.html 的 <head> 里要有一处 {{ head }}，不在注释里，也不在 <body> 里；请照默认主题的同名模板核对 {template}。",
    hint_en="frame.html needs {{ head }} once in its <head>, in no comment; compare {template} with the default theme's.",
    basis="国办发〔2017〕47号 网页设计规范·网页标签",
)  # fmt: skip
TAG_FORM = Rule(
    "ZW872", W,
    zh="{count} 个网页的标签 {tag} 写法不对，例如 {url}",
    en="the tag {tag} of {count} pages has a wrong form, such as that of {url}",
    hint_zh="程序已按 2026-03-05 09:30 的写法写在 {{ head }} 里，请删去模板 {template} 里自己写的这个标签。",
    hint_en="{{ head }} has it already, in the form 2026-03-05 09:30; delete your own from {template}.",
    basis="国办发〔2017〕47号 网页设计规范·网页标签",
)  # fmt: skip
TAG_TWICE = Rule(
    "ZW873", W,
    zh="{count} 个网页的标签 {tag} 写了两次，内容不同，例如 {url}",
    en="the tag {tag} stands twice in {count} pages, with different values, such as in {url}",
    hint_zh="程序已把它写在 {{ head }} 里，请删去模板 {template} 里自己写的这个标签。",
    hint_en="{{ head }} has it already; delete your own from {template}.",
    basis="国办发〔2017〕47号 网页设计规范·网页标签",
)  # fmt: skip
_RULES: dict[TagProblem, Rule] = {"missing": TAG_MISSING, "form": TAG_FORM, "twice": TAG_TWICE}


def tag_findings(counts: Iterable[TagCount], theme: Theme) -> Iterator[Diagnostic]:
    """One finding for each tag and template, at the template's file."""
    origins = dict(theme.origins)
    for item in counts:
        template = item.fault.template
        yield _RULES[item.fault.problem].at(
            Span(origins.get(template, template)), tag=item.fault.tag, count=item.count, url=item.url, template=template
        )
