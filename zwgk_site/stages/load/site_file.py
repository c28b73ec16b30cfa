"""`site.yaml` to the settings of the whole column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from zwgk_site.diagnostics import Checked, Diagnostic, Rule, Severity, Span
from zwgk_site.model.corpus import Contact, Emblem, Site, SiteLink, Threshold, Weight
from zwgk_site.model.fields import RECORDS
from zwgk_site.stages.load import rules
from zwgk_site.stages.load.catalog_file import check_format
from zwgk_site.stages.load.identity import judge_identity
from zwgk_site.stages.load.records import RecordReader, take_waivers
from zwgk_site.stages.load.settings import judge_addresses, judge_masks, judge_thresholds, judge_weights
from zwgk_site.stages.load.text_file import read_text
from zwgk_site.stages.load.yaml_nodes import compose_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ("site.yaml", "site.yml")

NO_DOMAIN = Rule(
    "ZW160", Severity.NOTICE,
    zh="没有写“域名”，所以不生成订阅、站点地图、规范链接和网页标签 SiteDomain",
    en="no 域名 is given, so feeds, sitemap, canonical links and the tag SiteDomain are left out",
    hint_zh="知道正式网址后加一行，例如　域名: https://www.example.gov.cn",
    hint_en="Add 域名: https://… once the address is known.",
)  # fmt: skip
BAD_DOMAIN = Rule(
    "ZW161", Severity.ERROR,
    zh="“域名”的“{value}”不是网址，已忽略",
    en="“{value}” in 域名 is not a web address; ignored",
    hint_zh="请写成　域名: https://www.example.gov.cn",
    hint_en="Write 域名: https://www.example.gov.cn.",
)  # fmt: skip


def site_file_name(root: Path) -> str:
    """The name of the settings of the site `root`, empty where there are none."""
    return next((name for name in NAMES if (root / name).is_file()), "")


def load_site(root: Path) -> Checked[Site | None]:
    """The settings, or `None` when they cannot be used."""
    name = site_file_name(root)
    if not name:
        return Checked(None, (rules.SITE_FILE_MISSING.at(Span(NAMES[0])),))
    source = read_text(root / name, name)
    if source.value is None:
        return source.replace(None)
    composed = compose_text(source.value.text, name)
    findings = source.findings + composed.findings
    node = composed.value
    if not isinstance(node, yaml.MappingNode):
        if node is not None or not composed.findings:
            field = RECORDS["site"].fields[1]
            missing = rules.MISSING.at(Span(name, 1, 1, 2), key=field.key, title=field.title, example=field.example)
            findings = (*findings, missing)
        return Checked(None, findings)
    reader = RecordReader(name)
    values = reader.read(node, RECORDS["site"], marks=True)
    complete = reader.complete
    marks = values.pop("marks")
    contact = Contact(**values.pop("contact", None) or {})
    findings += tuple(reader.findings)
    findings += tuple(check_format(values.get("format", 1), name))
    values["domain"], odd = _clean_domain(values.get("domain", ""))
    findings += tuple(_domain_findings(values["domain"], odd, marks.span("domain") if odd else Span(name)))
    if not complete:
        return Checked(None, findings)
    findings += tuple(judge_identity(values, contact, marks))
    take_waivers(values)
    thresholds = [(node, Threshold(**item)) for node, item in values.pop("thresholds", None) or ()]
    links = [(reader.span(node), SiteLink(**item)) for node, item in values.pop("links", None) or ()]
    if values.get("emblem"):
        values["emblem"] = Emblem(**values["emblem"])
        findings += tuple(judge_addresses([(marks.span("emblem"), "党政机关标识", values["emblem"].url)]))
    findings += tuple(judge_addresses((span, link.name, link.url) for span, link in links))
    values["links"] = tuple(link for _, link in links if link.name)
    weights = [(node, Weight(**item)) for node, item in values.pop("weights", None) or ()]
    findings += (
        *judge_thresholds((reader.span(node), item) for node, item in thresholds if not reader.has_odd_number(node)),
        *judge_weights((reader.span(node), item) for node, item in weights if not reader.has_odd_number(node)),
        *judge_masks(values.get("masks") or (), marks),
    )
    values["thresholds"], values["weights"] = (tuple(item for _, item in pairs) for pairs in (thresholds, weights))
    return Checked(
        Site(**{key: value for key, value in values.items() if value not in (None, "")}, contact=contact), findings
    )


def _clean_domain(text: str) -> tuple[str, str]:
    """(address without a slash at its end, what was refused)."""
    plain = text.strip().rstrip("/")
    if not plain:
        return "", ""
    if "://" not in plain:
        plain = "https://" + plain
    host = plain.partition("://")[2]
    scheme = plain.partition("://")[0].lower()
    fits = host and all(char.isascii() and (char.isalnum() or char in "-._~:/%[]") for char in host)
    return (plain, "") if fits and scheme in ("http", "https") else ("", text)


def _domain_findings(domain: str, odd: str, span: Span) -> Iterator[Diagnostic]:
    if odd:
        yield BAD_DOMAIN.at(span, value=odd[:60])
    elif not domain:
        yield NO_DOMAIN.at(span)
