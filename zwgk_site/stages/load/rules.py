"""Rules of reading (ZW1xx): files, YAML, keys and values. The functions that find them stand beside each reader."""

from __future__ import annotations

from zwgk_site.diagnostics import Rule, Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

SITE_FILE_MISSING = Rule(
    "ZW100", E, blocks=True,
    zh="找不到 site.yaml",
    en="site.yaml not found",
    hint_zh="请先进入栏目所在的文件夹，再运行命令；新栏目可照 README 建一个 site.yaml，至少写一行，例如　网站名称: 示范县政府信息公开",
    hint_en="Go to the folder of the column first; a new one needs a site.yaml with at least 网站名称.",
)  # fmt: skip
UNREADABLE = Rule(
    "ZW101", E, blocks=True,
    zh="文件读不出来：{reason}",
    en="cannot read the file: {reason}",
    hint_zh="请检查文件是否还在、是否被别的程序占用、有没有读取权限。",
    hint_en="Check that the file is still there, not locked by another program, and readable.",
)  # fmt: skip
NOT_TEXT = Rule(
    "ZW102", E, blocks=True,
    zh="这不是文本文件（里面有二进制内容）",
    en="not a text file (it holds binary data)",
    hint_zh="目录和文件要用纯文本（UTF-8）。Word、Excel 请放到附件，或先导出为文本，例如 tongzhi.md。",
    hint_en="Catalogues and documents are plain UTF-8 text. Put Word and Excel files into 附件. Such as tongzhi.md.",
)  # fmt: skip
TOO_LARGE = Rule(
    "ZW103", E, blocks=True,
    zh="文件太大：{size} MB，最多 {limit} MB",
    en="file too large: {size} MB, at most {limit} MB",
    hint_zh="请把内容分成几个文件，或把大的数据放到附件，例如　附件: [mingxi.xlsx]",
    hint_en="Split it, or put bulky data into an attachment. Such as 附件: [mingxi.xlsx].",
)  # fmt: skip
NOT_UTF8 = Rule(
    "ZW104", W,
    zh="文件不是 UTF-8 编码（看起来是 {encoding}），已按 {encoding} 读入",
    en="the file is not UTF-8 (it looks like {encoding}); read as {encoding}",
    hint_zh="运行 zwgk fix --yes 可以转换为 UTF-8。",
    hint_en="`zwgk fix --yes` converts it to UTF-8.",
)  # fmt: skip
HAS_BOM = Rule(
    "ZW105", N,
    zh="文件开头有 BOM 标记，已忽略",
    en="the file starts with a byte order mark; ignored",
    hint_zh="不影响使用；运行 zwgk fix --yes 可以去掉。",
    hint_en="Harmless; `zwgk fix --yes` removes it.",
)  # fmt: skip
UNDECODABLE = Rule(
    "ZW106", E, blocks=True,
    zh="文件的编码认不出来（既不是 UTF-8，也不是 GBK）",
    en="unknown text encoding (neither UTF-8 nor GBK)",
    hint_zh="请用记事本打开，“另存为”时编码选 UTF-8。",
    hint_en="Open it in an editor and save it as UTF-8.",
)  # fmt: skip
SYMLINK = Rule(
    "ZW107", W,
    zh="“{name}”是指向栏目以外的链接，没有读取",
    en="“{name}” is a link that leads out of the site; not read",
    hint_zh="请把文件本身复制进来，不要用快捷方式或符号链接，例如放到 content/wjj/2026/ 下面。",
    hint_en="Copy the file itself instead of a link. Such as into content/wjj/2026/.",
)  # fmt: skip
UNKNOWN_FOLDER = Rule(
    "ZW108", W,
    zh="content/{name}/ 没有对应的目录文件 catalogs/{name}.yaml，里面的文件没有公开",
    en="content/{name}/ has no catalogue catalogs/{name}.yaml; nothing in it is published",
    hint_zh="请建立 catalogs/{name}.yaml，或把文件夹改成部门代码，例如 content/wjj/。",
    hint_en="Add catalogs/{name}.yaml, or rename the folder to the department's code. Such as content/wjj/.",
)  # fmt: skip
MISPLACED = Rule(
    "ZW109", W,
    zh="“{name}”不在任何部门的文件夹里，没有公开",
    en="“{name}” is in no department's folder; not published",
    hint_zh="文件要放在 content/部门代码/ 下面，例如 content/wjj/2026/tongzhi.md。",
    hint_en="Documents belong in content/<code>/. Such as content/wjj/2026/tongzhi.md.",
)  # fmt: skip
YAML_SYNTAX = Rule(
    "ZW110", E, blocks=True,
    zh="格式不对：{problem}",
    en="YAML error: {problem_en}",
    hint_zh='请照这样写：一行一项，“项目: 内容”，冒号后面空一格；同一层对齐；内容里有冒号、#、引号时整个用英文双引号括起来，例如　标题: "关于春季防控: 第2号"',
    hint_en='One `key: value` a line, a blank after the colon, same level same indent; quote values that hold : or #. Such as 标题: "关于春季防控: 第2号".',
)  # fmt: skip
YAML_TAB = Rule(
    "ZW111", E, blocks=True,
    zh="缩进不对：用了 Tab。YAML 只能用空格",
    en="indented by a tab; YAML takes spaces only",
    hint_zh="请把这一行开头的 Tab 改成两个空格。",
    hint_en="Replace the tab at the start of the line by two spaces.",
)  # fmt: skip
YAML_ALIAS = Rule(
    "ZW112", E, blocks=True,
    zh="不支持锚点和引用（“{text}”）",
    en="anchors and aliases (“{text}”) are not supported",
    hint_zh='请直接写出内容。如果内容本身以 & 或 * 开头，请用引号括起来，例如 "{text}"。',
    hint_en="Write the value out. If it really starts with & or *, put it in quotes.",
)  # fmt: skip
YAML_TAG = Rule(
    "ZW113", E, blocks=True,
    zh="不支持类型标记“{text}”",
    en="type tags (“{text}”) are not supported",
    hint_zh='请去掉叹号开头的标记；内容本身以叹号开头时用引号括起来，例如　备注: "!注意"',
    hint_en='Remove the tag, or quote the value. Such as 备注: "!注意".',
)  # fmt: skip
YAML_DEPTH = Rule(
    "ZW114", E, blocks=True,
    zh="层次太深：超过 {limit} 层",
    en="nested more than {limit} levels deep",
    hint_zh="目录最多用到五六层，请检查括号是否配对，例如　附件: [{文件: biao.xlsx, 名称: 申请表}]",
    hint_en="A catalogue needs five or six levels; check the brackets. Such as 附件: [{文件: biao.xlsx, 名称: 申请表}].",
)  # fmt: skip
DUPLICATE_KEY = Rule(
    "ZW115", E, blocks=True,
    zh="“{key}”写了两次（前一次在第 {line} 行）",
    en="“{key}” is given twice (first in line {line})",
    hint_zh="请留下正确的一处，删掉另一处，例如只留第 {line} 行的那一处。",
    hint_en="Keep the right one.",
)  # fmt: skip
UNKNOWN_KEY = Rule(
    "ZW116", W,
    zh="不认识的项目“{key}”，是不是“{suggestion}”？已原样保留并显示",
    en="unknown key “{key}”; did you mean “{suggestion}”? Kept and shown as it is",
    hint_zh="写错了请改成“{suggestion}”；确实要加的内容可以不管。",
    hint_en="Correct it, or leave it if it is meant.",
)  # fmt: skip
EXTRA_KEY = Rule(
    "ZW117", N,
    zh="“{key}”不在规定的项目里，已原样保留并显示",
    en="“{key}” is not a known key; kept and shown as it is",
    hint_zh="不影响公开。可用的项目见 zwgk schema。",
    hint_en="Harmless. Known keys: zwgk schema.",
)  # fmt: skip
MISSING = Rule(
    "ZW118", E, blocks=True,
    zh="缺少“{key}”（{title}）。这是必填项",
    en="“{key}” ({title}) is missing; it is required",
    hint_zh="请补上一行，例如　{key}: {example}",
    hint_en="Add a line such as `{key}: {example}`.",
    basis="国办发〔2016〕80号实施细则 一（三）；条例第12条第三款",
)  # fmt: skip
EMPTY = Rule(
    "ZW119", E, blocks=True,
    zh="“{key}”是空的（{title}）。这是必填项",
    en="“{key}” ({title}) is empty; it is required",
    hint_zh="请填写，例如　{key}: {example}",
    hint_en="Fill it in, such as `{key}: {example}`.",
    basis="国办发〔2016〕80号实施细则 一（三）；条例第12条第三款",
)  # fmt: skip
WRONG_TYPE = Rule(
    "ZW120", E, blocks=True,
    zh="“{key}”应当是{expected}，这里是{found}",
    en="“{key}” should be {expected_en}, here it is {found_en}",
    hint_zh="请照这样写：{key}: {example}",
    hint_en="Write it like `{key}: {example}`.",
)  # fmt: skip
BAD_DATE = Rule(
    "ZW121", E,
    zh="“{key}”的“{value}”不是有效的日期",
    en="“{value}” in “{key}” is not a valid date",
    hint_zh="请写成 年-月-日，例如 2026-03-05；要写时间时例如 2026-03-05 09:30。",
    hint_en="Write YYYY-MM-DD such as 2026-03-05, with a time 2026-03-05 09:30.",
)  # fmt: skip
BAD_GATE_DATE = Rule(
    "ZW122", E, blocks=True,
    zh="“{key}”的“{value}”不是有效的日期，无法判断能不能公开",
    en="“{value}” in “{key}” is not a valid date, so it is unknown whether this may be published yet",
    hint_zh="请写成 年-月-日，例如 2026-03-05；要写时间时例如 2026-03-05 09:30。",
    hint_en="Write YYYY-MM-DD such as 2026-03-05, with a time 2026-03-05 09:30.",
)  # fmt: skip
LOOSE_DATE = Rule(
    "ZW123", N,
    zh="“{key}”写作“{value}”，已按 {date} 处理",
    en="“{key}” is written “{value}”; taken as {date}",
    hint_zh="建议统一写成 {date}。",
    hint_en="Better write {date}.",
)  # fmt: skip
BAD_CHOICE = Rule(
    "ZW124", E,
    zh="“{key}”的“{value}”不在规定的取值里（{choices}）",
    en="“{value}” is not one of the values of “{key}” ({choices})",
    hint_zh="请改成其中之一，例如　{key}: {suggestion}",
    hint_en="Use one of them, such as `{key}: {suggestion}`.",
)  # fmt: skip
ODD_CHOICE = Rule(
    "ZW125", W,
    zh="“{key}”的“{value}”不是常用的取值（{choices}），已原样保留",
    en="“{value}” is not a usual value of “{key}” ({choices}); kept as it is",
    hint_zh="是不是“{suggestion}”？",
    hint_en="Did you mean “{suggestion}”?",
)  # fmt: skip
BAD_FLAG = Rule(
    "ZW126", E, blocks=True,
    zh="“{key}”只能写“是”或“否”，这里是“{value}”",
    en="“{key}” takes 是 or 否, here it is “{value}”",
    hint_zh="请改成　{key}: 是　或　{key}: 否",
    hint_en="Write 是 or 否.",
)  # fmt: skip
BAD_NUMBER = Rule(
    "ZW127", E,
    zh="“{key}”应当是整数，这里是“{value}”",
    en="“{key}” should be a whole number, here it is “{value}”",
    hint_zh="请写成数字，例如　{key}: {example}",
    hint_en="Write digits, such as `{key}: {example}`.",
)  # fmt: skip
NEWER_FORMAT = Rule(
    "ZW128", E, blocks=True,
    zh="格式版本 {found} 比本程序认识的（{known}）新",
    en="format version {found} is newer than this program knows ({known})",
    hint_zh="请升级本程序，或改回　格式版本: {known}",
    hint_en="Upgrade the program, or use 格式版本: {known}.",
)  # fmt: skip
DOUBTFUL_KEY = Rule(
    "ZW129", E, blocks=True,
    zh="不认识的项目“{key}: {value}”，可能是要求不公开，无法判断能不能公开",
    en="the unknown key “{key}: {value}” may have been meant to withhold this",
    hint_zh="请改成规定的写法：公开方式、公开程度、定时发布或撤回；与公开无关的，请换一个名称，例如　公开程度: 不予公开　不予公开理由: 商业秘密",
    hint_en="Use 公开方式, 公开程度, 定时发布 or 撤回; if it has nothing to do with publication, rename it. Such as 公开程度: 不予公开.",
)  # fmt: skip
NO_FRONT_MATTER = Rule(
    "ZW130", E, blocks=True,
    zh="文件开头没有信息栏",
    en="the document has no front matter",
    hint_zh="第一行写 ---，下面一行一项，例如　标题: 关于春季防控的通知　公开方式: 主动公开，再写一行 ---，然后是正文。",
    hint_en="Start with a line ---, then 标题: … and 公开方式: …, a line --- and the text.",
    gate=True,
)  # fmt: skip
OPEN_FRONT_MATTER = Rule(
    "ZW131", E, blocks=True,
    zh="信息栏没有结束：缺少第二行 ---",
    en="the front matter does not end: the second --- is missing",
    hint_zh="在信息栏和正文之间加一行 ---",
    hint_en="Add a line --- between the front matter and the text.",
    gate=True,
)  # fmt: skip
NOT_STATED_OPEN = Rule(
    "ZW132", W,
    zh="没有写明“公开方式: 主动公开”，这个文件不会公开",
    en="“公开方式: 主动公开” is not stated, so this document is not published",
    hint_zh="要公开请加上　公开方式: 主动公开；不公开请写明　公开方式: 依申请公开 或 公开程度: 不予公开。",
    hint_en="Add 公开方式: 主动公开 to publish it.",
    basis="条例第13条第二款；国办发〔2016〕80号实施细则 一（一）",
    gate=True,
)  # fmt: skip
REDACTION_FAULT = Rule(
    "ZW133", E, blocks=True,
    zh="不公开标记有问题：{problem}",
    en="faulty redaction mark: {problem_en}",
    hint_zh="行内写，例如　{不公开:个人隐私|原文}；整段在前后各写一行 :::不公开 个人隐私 和 :::。标记不能套用。",
    hint_en="Write {不公开:reason|text} in a line, or lines :::不公开 reason … ::: around blocks; never nested.",
)  # fmt: skip
REDACTION_IN_META = Rule(
    "ZW134", E, blocks=True,
    zh="信息栏和目录里不能用不公开标记",
    en="redaction marks are not allowed in the front matter or in a catalogue",
    hint_zh="信息栏和目录里的内容都会公开。请直接改写这一项，只留可以公开的文字，例如　联系人: 张某",
    hint_en="Everything in the front matter and in a catalogue is published; rewrite the value. Such as 联系人: 张某.",
)  # fmt: skip
REDACTION_CONTRADICTS = Rule(
    "ZW135", E, blocks=True,
    zh="正文里有不公开的内容，“公开程度”却是“全文公开”",
    en="the text has redactions, yet 公开程度 says 全文公开",
    hint_zh="请改成　公开程度: 删减后公开",
    hint_en="Write 公开程度: 删减后公开.",
    basis="吉办发〔2016〕43号 三（一）",
)  # fmt: skip
ODD_NAME = Rule(
    "ZW136", E,
    zh="文件名“{name}”不是 UTF-8 编码，没有读取",
    en="the name “{name}” is not UTF-8; not read",
    hint_zh="从旧系统的压缩包里解出来的文件常会这样，请在本机改名后再放进来，例如 tongzhi-2026.md。",
    hint_en="Archives of old systems give such names; rename the file. Such as tongzhi-2026.md.",
)  # fmt: skip
LINK_AGAIN = Rule(
    "ZW137", W,
    zh="“{name}”是指向上级文件夹、本部门文件夹或已经读过的文件夹的链接，没有再读",
    en="“{name}” is a link to a folder above, to the department's own or to one that has been read; not read again",
    hint_zh="请去掉这个链接。",
    hint_en="Remove the link.",
)  # fmt: skip
ATTACHMENT_MISSING = Rule(
    "ZW140", E,
    zh="附件“{file}”找不到",
    en="attachment “{file}” not found",
    hint_zh="请把文件放到与正文同一个文件夹，或改正文件名（注意大小写和扩展名），例如　附件: [shenqingbiao.xlsx]",
    hint_en="Put the file beside the document, or correct the name. Such as 附件: [shenqingbiao.xlsx].",
    basis="条例第24条",
)  # fmt: skip
ATTACHMENT_TYPE = Rule(
    "ZW141", E,
    zh="附件“{file}”的类型不能公开（{reason}）",
    en="attachment “{file}” is of a type that is not published ({reason_en})",
    hint_zh="可以用 PDF、OFD、Word、Excel、WPS、CSV、TXT、图片、ZIP 等；网页、SVG、脚本和程序不行。",
    hint_en="Use PDF, OFD, Word, Excel, WPS, CSV, TXT, images or ZIP; no HTML, SVG, scripts or programs.",
)  # fmt: skip
ATTACHMENT_OUTSIDE = Rule(
    "ZW142", E,
    zh="附件“{file}”不在本部门的文件夹里，没有公开",
    en="attachment “{file}” lies outside the department's folder; not published",
    hint_zh="请把文件复制到 content/部门代码/ 下面，用相对的文件名引用，例如　附件: [2026/shenqingbiao.xlsx]",
    hint_en="Copy the file into content/<code>/ and name it relative to the document. Such as 附件: [2026/shenqingbiao.xlsx].",
)  # fmt: skip
ATTACHMENT_EMPTY = Rule(
    "ZW143", W,
    zh="附件“{file}”是空文件（0 字节）",
    en="attachment “{file}” is empty (0 bytes)",
    hint_zh="请重新放入完整的文件。",
    hint_en="Put in the complete file.",
    basis="条例第6条第一款",
)  # fmt: skip
DEPARTMENT_LIMIT = Rule(
    "ZW150", E, blocks=True,
    zh="部门 {code} 用{what}超过上限（{limit}），这次没有公开",
    en="department {code} took more than its limit of {what_en} ({limit}); not published this time",
    hint_zh="请看看有没有特别大的文件；确实需要时在 site.yaml 里调高，例如　{key}: 4096",
    hint_en="Look for very large files, or raise {key} in site.yaml.",
)  # fmt: skip
WORKER_DIED = Rule(
    "ZW151", E, blocks=True,
    zh="处理部门 {code} 时程序意外中断",
    en="the worker died on department {code}",
    hint_zh="请把这个部门的文件发给维护人员；其他部门已照常公开。",
    hint_en="Send this department's files to the maintainers; the others were published.",
)  # fmt: skip
MOVED = Rule(
    "ZW152", E, blocks=True,
    zh="部门 {code} 的文件在生成过程中被改动，这次没有更新",
    en="files of department {code} changed while it was built; not updated this time",
    hint_zh="请等文件保存好以后再生成一次。",
    hint_en="Build again once the files are saved.",
)  # fmt: skip
