"""What every page of a government site must say of the site itself (网站标识), as far as `site.yaml` gives it.

`网站名称` is asked for by the reader, `域名` by `site_file`; here stands what else the foot and the tags of a page need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.statute.site_identity import is_government_host, is_own_column_name, is_plain_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Contact
    from zwgk_site.model.marks import Marks

N = Severity.NOTICE

MISSING_IDENTITY = Rule(
    "ZW870", N,
    zh="没有写 {names}，网页底部和标签里缺少这些内容",
    en="{names} are not given, so the foot and the tags of every page lack them",
    hint_zh="请逐项补上，例如　{example}",
    hint_en="Add them one by one, such as {example}.",
    basis="国办发〔2017〕47号",
)  # fmt: skip
FOREIGN_DOMAIN = Rule(
    "ZW874", N,
    zh="域名“{value}”不以 .gov.cn 结尾",
    en="the host “{value}” does not end in .gov.cn",
    hint_zh="政府网站只用 .gov.cn 的英文域名，例如　域名: https://www.example.gov.cn；不是政府网站的（例如学校、医院），写“不再提示”和理由。",
    hint_en="Government sites use .gov.cn only, such as 域名: https://www.example.gov.cn; waive it if this is none.",
    basis="国办发〔2017〕47号",
)  # fmt: skip
OWN_COLUMN_NAME = Rule(
    "ZW875", N,
    zh="网站名称“{value}”里的栏目名称不是“政府信息公开”",
    en="the name “{value}” calls the column otherwise than 政府信息公开",
    hint_zh="全国统一用这个名称，例如　网站名称: 示范县政府信息公开",
    hint_en="The name is the same everywhere, such as 网站名称: 示范县政府信息公开.",
    basis="国办公开办函〔2019〕61号 二",
)  # fmt: skip
ODD_SITE_CODE = Rule(
    "ZW876", N,
    zh="网站标识码“{value}”里有字母和数字以外的字符，检查程序认不出",
    en="网站标识码 “{value}” holds more than letters and digits; inspectors' programs won't know it",
    hint_zh="只写编发的那一串，例如　网站标识码: 9999000001",
    hint_en="Write nothing but the code, such as 网站标识码: 9999000001.",
    basis="国办发〔2017〕47号 网页设计规范·SiteIDCode",
)  # fmt: skip


_WANTED = (
    ("site_code", "网站标识码", "9999000001"),
    ("organizer", "主办单位", "示范县人民政府办公室"),
    ("icp", "ICP备案", "示ICP备00000000号"),
    ("police", "公安备案", "示公网安备 99999900000000号"),
    ("contact", "联系方式", "{电话: 0000-0000000, 地址: 示范县人民路1号}"),
    ("error_report", "找错地址", "https://zhaocuo.example.gov.cn/"),
)
"""Field, key, an example of its value; in the order of `site.yaml`."""


def judge_identity(values: dict[str, Any], contact: Contact, marks: Marks) -> Iterator[Diagnostic]:
    """What `site.yaml` leaves out of the page's foot and tags, or gives in a form that nobody will know.

    values: by field, as read; `domain` without what was refused.
    """
    given = {**values, "contact": contact.phone or contact.address}
    missing = [(key, example) for name, key, example in _WANTED if not given.get(name)]
    if missing:
        names = "、".join(key for key, _ in missing)
        yield MISSING_IDENTITY.at(Span(marks.file), names=names, example=f"{missing[0][0]}: {missing[0][1]}")
    host = (values.get("domain") or "").partition("://")[2].partition("/")[0]
    if host and not is_government_host(host):
        yield FOREIGN_DOMAIN.at(marks.span("domain"), value=host[:60])
    name, code = values.get("name") or "", values.get("site_code") or ""
    if is_own_column_name(name):
        yield OWN_COLUMN_NAME.at(marks.span("name"), value=name[:40])
    if code and not is_plain_code(code):
        yield ODD_SITE_CODE.at(marks.span("site_code"), value=code[:40])
