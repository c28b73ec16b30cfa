"""Rules of references (ZW3xx) and of URLs (ZW4xx)."""

from __future__ import annotations

from zwgk_site.diagnostics import Rule, Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

DEAD_RELATION = Rule(
    "ZW301", W,
    zh="关联“{kind}: {written}”找不到公开的文件",
    en="relation “{kind}: {written}” leads to no public document",
    hint_zh="请写索引号、文件名（不带 .md）或 部门代码:文件名，例如　{kind}: wjj:2026-tongzhi；对方没有公开或已撤回时不会显示。",
    hint_en="Write an index number, a file name or code:file; closed and withdrawn documents do not count.",
)  # fmt: skip
DEAD_LINK = Rule(
    "ZW302", W,
    zh="正文里的链接“{written}”没有对应的公开内容，已按文字显示",
    en="the link “{written}” in the text leads to nothing public; shown as plain text",
    hint_zh="站内链接可以写文件名.md、索引号、条目编号或附件名；外部链接以 https:// 开头，例如　[申请指南](shenqing-zhinan.md)",
    hint_en="Link by file name (.md), index number, entry id or attachment; outer links start with https://. Such as [申请指南](shenqing-zhinan.md).",
)  # fmt: skip
DEAD_ENTRY = Rule(
    "ZW303", W,
    zh="条目“{written}”不存在",
    en="there is no entry “{written}”",
    hint_zh="请核对目录里的编号；别的部门的条目写成 部门代码:编号，例如　条目: jyj:JYJ-003",
    hint_en="Check the id; another department's is code:id, such as jyj:JYJ-003.",
)  # fmt: skip
UNKNOWN_ISSUER = Rule(
    "ZW304", N,
    zh="联合发文机关“{written}”不是本站的部门，只显示名称",
    en="joint issuer “{written}” is no department of this site; only its name is shown",
    hint_zh="名称要与对方目录里的“名称”一致，例如　联合发文机关: [示范县教育局]；不在本站的可以不管。",
    hint_en="Use the name that its catalogue gives. Such as 联合发文机关: [示范县教育局]; leave it if the organ is not on this site.",
)  # fmt: skip
SHARED_NUMBER = Rule(
    "ZW305", E, blocks=True,
    zh="索引号“{number}”与部门 {other} 的文件重复",
    en="index number “{number}” is also used by department {other}",
    hint_zh="索引号全站唯一，请给后公开的文件换一个，例如　索引号: 119999000000000198/2026-00013",
    hint_en="Give the newer document another. Such as 索引号: 119999000000000198/2026-00013.",
    basis="国办秘函〔2009〕6号 核心元数据·索引号",
)  # fmt: skip
URL_COLLISION = Rule(
    "ZW401", E, blocks=True,
    zh="网址 {url} 有两处要用（另一处在 {other}）",
    en="two pages want the URL {url} (the other is {other})",
    hint_zh="文件名、条目编号只差大小写或符号时会这样，请改其中一个，例如把 TongZhi.md 改成 tongzhi-2.md。",
    hint_en="Names that differ only in case or signs collide; rename one. Such as tongzhi-2.md for TongZhi.md.",
)  # fmt: skip
URL_LOST = Rule(
    "ZW402", E, blocks=True,
    zh="已公开的网页 {url} 不见了",
    en="the published page {url} has disappeared",
    hint_zh="误删请恢复文件；改了文件名请在新文件里写　曾用网址: {local}；确实撤下请在目录文件里加　撤销: [{编号: {local}, 日期: …, 理由: …}]",
    hint_en="Restore the file, or write 曾用网址: {local} in its successor, or list {local} under 撤销 in the catalogue.",
)  # fmt: skip
UNKNOWN_REMOVAL = Rule(
    "ZW403", W,
    zh="撤销的“{written}”从来没有公开过",
    en="“{written}” under 撤销 was never published",
    hint_zh="请核对条目编号或网址，例如　撤销: [{编号: WJJ-003, 日期: 2026-05-01, 理由: 职能划转}]",
    hint_en="Check the id or URL. Such as 撤销: [{编号: WJJ-003, 日期: 2026-05-01, 理由: 职能划转}].",
)  # fmt: skip
DEPARTMENT_LOST = Rule(
    "ZW404", E, blocks=True,
    zh="部门 {code} 已经公开过，现在找不到 catalogs/{code}.yaml",
    en="department {code} was published, and now catalogs/{code}.yaml is gone",
    hint_zh="误删请恢复；机构撤销请保留目录文件，在“部门”下面写　撤销日期: 2026-05-01　承接部门: wjj",
    hint_en="Restore it; for a dissolved organ keep the file and state 撤销日期 and 承接部门.",
)  # fmt: skip
REMOVED_STILL_THERE = Rule(
    "ZW405", E, blocks=True,
    zh="“{written}”写在撤销里，目录里却还有",
    en="“{written}” is listed under 撤销, yet still in the catalogue",
    hint_zh="请从其中一处删掉：仍要公开的，删去撤销里的　编号: {written}；不再公开的，删去目录里的条目。",
    hint_en="Remove it from one of the two.",
)  # fmt: skip
LEDGER_BROKEN = Rule(
    "ZW406", E, blocks=True,
    zh="网址台账 {url} 损坏，本部门的网页保持原样",
    en="the ledger of URLs {url} is damaged; the department's pages stay as they are",
    hint_zh="请从备份恢复这个文件（它记着公开过的每个网址），或运行 zwgk rollback 退回上一版，然后重新生成。",
    hint_en="Restore the file from a copy of the output, or run zwgk rollback, and build again.",
)  # fmt: skip
CHANGES_BROKEN = Rule(
    "ZW407", W,
    zh="目录调整记录 {url} 损坏，从这一版起重新记录",
    en="the record of changes {url} is damaged and begins anew with this release",
    hint_zh="要找回以前的记录，请从备份恢复这个文件，再重新生成。",
    hint_en="To have the older record back, restore the file from a copy of the output and build again.",
)  # fmt: skip
DATA_BROKEN = Rule(
    "ZW408", E,
    zh="{url} 读不出来，没有对比",
    en="{url} cannot be read; nothing was compared",
    hint_zh="请重新生成这个网站，或换一份完整的网站文件夹再对比。",
    hint_en="Build the site again, or compare with a complete copy of its output.",
)  # fmt: skip
