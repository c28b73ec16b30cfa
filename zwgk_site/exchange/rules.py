"""Rules of mending: what `zwgk fix` has to leave to a person (ZW29x, ZW88x)."""

from __future__ import annotations

from zwgk_site.diagnostics import Rule, Severity

NOT_NUMBERED = Rule(
    "ZW290", Severity.WARNING,
    zh="没有自动编索引号：{reason}",
    en="no 索引号 was assigned: {reason_en}",
    hint_zh="请补上缺的内容后再运行一次，或自己写一行，例如　索引号: {example}",
    hint_en="Mend that and run it again, or write a line such as 索引号: {example}.",
    basis="国办秘函〔2009〕6号 核心元数据·索引号",
)  # fmt: skip
NO_CODE = Rule(
    "ZW291", Severity.WARNING,
    zh="“{name}”没有写统一社会信用代码，不能自动编索引号（有 {count} 份文件等着编号）",
    en="{name} has no 统一社会信用代码, so no 索引号 can be assigned ({count} documents wait for one)",
    hint_zh="请在目录文件的“部门”下面加一行，例如　统一社会信用代码: 119999000000000198",
    hint_en="Add a line to 部门 in its catalogue, such as 统一社会信用代码: 119999000000000198.",
    basis="国办秘函〔2009〕6号 核心元数据·索引号",
)  # fmt: skip
CHANGED_MEANWHILE = Rule(
    "ZW292", Severity.ERROR,
    zh="文件刚才被别的程序改过，这次没有写入",
    en="another program has just changed the file; it was not written",
    hint_zh="请保存好后再运行一次。",
    hint_en="Save it and run this again.",
)  # fmt: skip
LEDGER_UNREADABLE = Rule(
    "ZW293", Severity.ERROR,
    zh="已生成网站里的网址台账读不懂，为免重复编号，“{name}”没有编号",
    en="the ledger in the built column cannot be read; nothing was assigned for {name}, lest a number be given twice",
    hint_zh="请先重新生成一次网站，再运行本命令。",
    hint_en="Build the column once more, then run this again.",
)  # fmt: skip
NOT_CLEAR = Rule(
    "ZW887", Severity.NOTICE,
    zh="“{kind}”可能是这 {count} 个文件里的一个：{names}，没有自动写上",
    en="“{kind}” may be one of these {count} documents: {names}; nothing was written",
    hint_zh="请核对后加一行，例如　关联: {{kind}: {example}}",
    hint_en="Compare them and add a line such as 关联: {{kind}: {example}}.",
)  # fmt: skip
NOT_LINKED = Rule(
    "ZW888", Severity.WARNING,
    zh="信息栏的写法特别，程序不敢改，没有写上　{example}",
    en="the front matter is laid out in a way that this program won't touch; not written: {example}",
    hint_zh="请自己加上，例如　{example}",
    hint_en="Add it yourself: {example}.",
)  # fmt: skip
