"""Rules of files with tables (ZW002–ZW016): what could not be read, and why."""

from __future__ import annotations

from zwgk_site.diagnostics import Rule, Severity

DAMAGED = Rule(
    "ZW002", Severity.ERROR,
    zh="文件读不出来，可能已损坏",
    en="the file can't be read; it may be damaged",
    hint_zh="请用 Excel 或 WPS 打开，另存为 .xlsx 再导入，例如 目录.xlsx",
    hint_en="Open it in a spreadsheet program and save it as .xlsx, such as 目录.xlsx.",
)  # fmt: skip
LOCKED = Rule(
    "ZW003", Severity.ERROR,
    zh="文件有打开密码，读不出来",
    en="the file needs a password",
    hint_zh="请打开后在“文件—信息—保护工作簿”里去掉密码，另存一份再导入，例如 目录.xlsx",
    hint_en="Open it, remove the password and save a copy, such as 目录.xlsx.",
)  # fmt: skip
WRONG_KIND = Rule(
    "ZW004", Severity.ERROR,
    zh="这是{kind}，不能从中读出目录表",
    en="this is {kind_en}; no catalogue can be read from it",
    hint_zh="请打开后另存为 .xlsx（表格）或 .docx（文档）再导入，例如 目录.xlsx",
    hint_en="Save it as .xlsx or .docx, such as 目录.xlsx.",
)  # fmt: skip
TOO_GREAT = Rule(
    "ZW005", Severity.ERROR,
    zh="文件展开后太大（{size} MB，最多 {limit} MB），为安全起见没有读",
    en="unpacked, the file is too large ({size} MB, at most {limit} MB); it was not read",
    hint_zh="正常的目录只有几 MB。请只复制目录的表格到新建的工作簿，例如 目录.xlsx",
    hint_en="A catalogue has a few MB. Copy the table alone into a new workbook, such as 目录.xlsx.",
)  # fmt: skip
MACROS = Rule(
    "ZW006", Severity.NOTICE,
    zh="文件带有宏：只读了单元格里的值，没有运行宏",
    en="the file has macros: only values were read, no macro was run",
    hint_zh="不影响导入；以后可另存为不带宏的 .xlsx，例如 目录.xlsx",
    hint_en="Harmless; an .xlsx without macros is better, such as 目录.xlsx.",
)  # fmt: skip
RENAMED = Rule(
    "ZW007", Severity.NOTICE,
    zh="文件名以 {suffix} 结尾，内容其实是{kind}，已按内容读取",
    en="the name ends in {suffix}, but the content is {kind_en}; read as such",
    hint_zh="不影响导入；可用 Excel 打开后另存为 .xlsx，例如 目录.xlsx",
    hint_en="Harmless; you may save it as .xlsx, such as 目录.xlsx.",
)  # fmt: skip
NOTHING_IN_IT = Rule(
    "ZW008", Severity.ERROR,
    zh="文件里没有内容",
    en="there is nothing in the file",
    hint_zh="请确认选对了文件、已经保存，例如 zwgk import 目录.xlsx",
    hint_en="Check that it is the right file and saved, such as zwgk import 目录.xlsx.",
)  # fmt: skip
OLD_ENCODING = Rule(
    "ZW016", Severity.NOTICE,
    zh="文本是 {encoding} 编码，已按 {encoding} 读取",
    en="the text is in {encoding}; read as such",
    hint_zh="不影响导入；以后可存成“CSV UTF-8”，例如 目录.csv",
    hint_en="Harmless; you may save it as CSV UTF-8, such as 目录.csv.",
)  # fmt: skip
