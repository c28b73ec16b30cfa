"""Rules of tables that come in and go out (ZW001–ZW049): what was repaired, what a person must look at."""

from __future__ import annotations

from zwgk_site.diagnostics import Rule, Severity

NO_HEADER = Rule(
    "ZW001", Severity.ERROR,
    zh="没有认出目录的表头（找过：{names}）",
    en="no header of a catalogue was found (looked at: {names})",
    hint_zh="表头要有“公开事项”“公开内容”等列名；列名特别的可以自己指定，例如 zwgk import 目录.xlsx --map C=公开内容 --map E=公开时限",
    hint_en="A header needs names such as 公开事项 and 公开内容; name odd ones yourself, such as --map C=公开内容.",
)  # fmt: skip
PARTLY_READ = Rule(
    "ZW009", Severity.ERROR,
    zh="表格太大，只读到一部分，没有导入",
    en="the table is too large; only part of it was read, nothing is imported",
    hint_zh="请删去表格下方和右侧多余的行、列，或分成几个文件，例如 目录1.xlsx、目录2.xlsx",
    hint_en="Delete rows and columns that hold nothing, or split the file, such as 目录1.xlsx, 目录2.xlsx.",
)  # fmt: skip
NO_SUCH_SHEET = Rule(
    "ZW010", Severity.ERROR,
    zh="没有名为“{name}”的工作表。有：{names}",
    en="there is no sheet named “{name}”; there are: {names}",
    hint_zh="请照工作表标签上的名称写，例如 --sheet {example}",
    hint_en="Write the name on its tab, such as --sheet {example}.",
)  # fmt: skip
HIDDEN_SHEET = Rule(
    "ZW011", Severity.WARNING,
    zh="工作表“{name}”是隐藏的，里面也有目录表，没有读",
    en="the sheet “{name}” is hidden; it has a catalogue too and was not read",
    hint_zh="要读它请写明，例如 --sheet {name}",
    hint_en="To read it, name it: --sheet {name}.",
)  # fmt: skip
SEVERAL_SHEETS = Rule(
    "ZW012", Severity.WARNING,
    zh="{count} 个工作表里有目录表，都读了：{names}",
    en="{count} sheets have a catalogue; all were read: {names}",
    hint_zh="只要其中一个请写明，例如 --sheet {example}",
    hint_en="For one of them: --sheet {example}.",
)  # fmt: skip
HIDDEN_LINES = Rule(
    "ZW013", Severity.WARNING,
    zh="“{name}”里有隐藏的行或列：{names}；行和认得的列也读了，不认得的列没有读",
    en="“{name}” has hidden rows or columns: {names}; rows and known columns were read too, unknown columns were not",
    hint_zh="不该公开的请在表格里删去，例如先“取消隐藏”再删除。",
    hint_en="Delete what should not be published; unhide it first.",
)  # fmt: skip
HIDDEN_WORDS = Rule(
    "ZW090", Severity.WARNING,
    zh="“{name}”里有 {count} 处隐藏的文字，没有导入",
    en="“{name}” has {count} pieces of hidden text, which were not read",
    hint_zh="要公开的请在原文件里取消隐藏再导入，例如在 Word 里取消“字体—隐藏”；不公开的请删去。",
    hint_en="Unhide in the file what should be published, and import it again; delete the rest.",
)  # fmt: skip
NO_RESULT = Rule(
    "ZW014", Severity.WARNING,
    zh="{cell} 是公式，文件里没有存它的结果，按空白处理",
    en="{cell} is a formula whose result is not stored; taken as blank",
    hint_zh="请用 Excel 打开并保存一次，或把公式换成值（选择性粘贴—数值），例如 20个工作日内",
    hint_en="Open and save it once in Excel, or paste values.",
)  # fmt: skip
SHOWS_FAULT = Rule(
    "ZW015", Severity.WARNING,
    zh="{cell} 显示的是公式错误（如 #REF!），按空白处理",
    en="{cell} shows an error such as #REF!; taken as blank",
    hint_zh="请改正公式，或直接写出内容，例如 20个工作日内",
    hint_en="Mend the formula, or write the value.",
)  # fmt: skip
BAD_MAP = Rule(
    "ZW017", Severity.ERROR,
    zh="--map {written} 看不懂：{reason}",
    en="--map {written} makes no sense: {reason_en}",
    hint_zh="请写成 列=字段，例如 --map K=责任科室 或 --map 承办处室=责任科室；不要的列写 --map L=忽略",
    hint_en="Write column=field, such as --map K=责任科室, or --map L=忽略.",
)  # fmt: skip
KEPT_COLUMN = Rule(
    "ZW018", Severity.NOTICE,
    zh="{cell} “{name}”不在规定的项目里，内容原样保留",
    en="{cell} “{name}” is not a known column; kept as it is",
    hint_zh="要对应到某个项目请写明，例如 --map {name}=备注；不要的写 --map {name}=忽略",
    hint_en="Map it, such as --map {name}=备注, or leave it out with --map {name}=忽略.",
)  # fmt: skip
BY_CONTENT = Rule(
    "ZW019", Severity.WARNING,
    zh="{cell} “{name}”一列填的是{kind}，按“{key}”读取",
    en="{cell} “{name}” holds {kind_en}; read as {key}",
    hint_zh="不对的话请写明，例如 --map {name}=公开渠道",
    hint_en="If that is wrong: --map {name}=公开渠道.",
)  # fmt: skip
MERGE_FILLED = Rule(
    "ZW020", Severity.NOTICE,
    zh="{cell} 是合并单元格，已填到每一行",
    en="{cell} are merged cells; every row got the text",
    hint_zh="请核对，例如确认这几行都属于“{text}”。",
    hint_en="Check that these rows belong together.",
)  # fmt: skip
FILLED_ABOVE = Rule(
    "ZW021", Severity.NOTICE,
    zh="{cell} 空白，按与上一行相同处理：{text}",
    en="{cell} is blank, taken to be as above: {text}",
    hint_zh="不对的话请在表格里写出来，例如 {text}",
    hint_en="Write it out if that is wrong.",
)  # fmt: skip
SAME_AS_ABOVE = Rule(
    "ZW022", Severity.NOTICE,
    zh="{cell} “{written}”已换成上一行的内容：{text}",
    en="{cell} “{written}” was replaced by what stands above: {text}",
    hint_zh="请核对，例如确认是“{text}”。",
    hint_en="Check it.",
)  # fmt: skip
NOTHING_ABOVE = Rule(
    "ZW023", Severity.WARNING,
    zh="{cell} 写着“{written}”，上面没有可用的内容，按空白处理",
    en="{cell} says “{written}”, but nothing stands above; taken as blank",
    hint_zh="请写出内容，例如 自信息形成或者变更之日起20个工作日内",
    hint_en="Write the text out.",
)  # fmt: skip
BOXES_MENDED = Rule(
    "ZW024", Severity.WARNING,
    zh="{cell} 的方框变成了字母或“口”字，已按 ■ □ 读成：{text}",
    en="{cell}: boxes had become letters or 口; read as: {text}",
    hint_zh="请核对；最好在表格里改成 ■ □，例如 ■政府网站 □政府公报",
    hint_en="Check it; better write ■政府网站 □政府公报.",
)  # fmt: skip
LINES_JOINED = Rule(
    "ZW025", Severity.NOTICE,
    zh="{cell} 里的换行已接成一句：{text}",
    en="{cell}: lines were joined: {text}",
    hint_zh="本来是几项的，请在每项末尾加“；”，例如 机构职能；内设机构",
    hint_en="If they are items of a list, end each with ；.",
)  # fmt: skip
LIST_SPLIT = Rule(
    "ZW026", Severity.NOTICE,
    zh="{cell} 拆成 {count} 项：{text}",
    en="{cell}: split into {count} items: {text}",
    hint_zh="请核对；不该拆开的请去掉编号或换行，例如写成一行。",
    hint_en="Check it.",
)  # fmt: skip
WORDS_FOR_TICK = Rule(
    "ZW027", Severity.WARNING,
    zh="{cell} 应当打 √，写的是“{written}”，按“{text}”处理",
    en="{cell} should hold a tick but says “{written}”; read as {text}",
    hint_zh="请核对；只表示“是”的请改成 √，例如 √",
    hint_en="Check it; a plain yes is √.",
)  # fmt: skip
VALUE_MENDED = Rule(
    "ZW028", Severity.NOTICE,
    zh="{cell} “{written}”已规范为“{text}”",
    en="{cell}: “{written}” became “{text}”",
    hint_zh="请核对，例如日期写成 2026-03-05。",
    hint_en="Check it; a day is written 2026-03-05.",
)  # fmt: skip
ROW_LEFT_OUT = Rule(
    "ZW029", Severity.NOTICE,
    zh="{cell} 不是条目（{reason}），没有导入：{text}",
    en="{cell} is no entry ({reason_en}) and was left out: {text}",
    hint_zh="如果它是条目，请补上公开内容，例如 机构职能；内设机构",
    hint_en="If it is one, fill in its 公开内容.",
)  # fmt: skip
HEADER_AGAIN = Rule(
    "ZW030", Severity.NOTICE,
    zh="{cell} 是重复的表头，已跳过",
    en="{cell} repeats the header; skipped",
    hint_zh="不影响导入，例如每页都有表头的打印稿。",
    hint_en="Harmless.",
)  # fmt: skip
NO_CONTENT = Rule(
    "ZW031", Severity.ERROR,
    zh="{cell} 公开内容为空",
    en="{cell}: 公开内容 is empty",
    hint_zh="请填写，例如 机构职能；内设机构，或把该行删除。",
    hint_en="Fill it in, or delete the row.",
    basis="国办发〔2016〕80号实施细则 一（三）",
)  # fmt: skip
NO_COLUMN = Rule(
    "ZW032", Severity.WARNING,
    zh="表里没有“{key}”一列，全部按“{text}”处理（{reason}）",
    en="there is no column {key}; all rows get “{text}” ({reason_en})",
    hint_zh="不对的话请在表格里加一列，或用 --map 指明，例如 --map F={key}",
    hint_en="Add the column, or name it, such as --map F={key}.",
)  # fmt: skip
EMPTY_CELL = Rule(
    "ZW033", Severity.WARNING,
    zh="{cell} “{key}”为空，按“{text}”处理（{reason}）",
    en="{cell}: {key} is empty; taken as “{text}” ({reason_en})",
    hint_zh="请在表格里填写，例如 {text}",
    hint_en="Fill it in, such as {text}.",
)  # fmt: skip
UNCLEAR_DISCLOSURE = Rule(
    "ZW034", Severity.WARNING,
    zh="{cell} 主动公开和依申请公开都选了，记作“{text}”；定下来以前，其下的文件不会公开",
    en="{cell}: both 主动公开 and 依申请公开 are ticked, recorded as “{text}”; until settled, its documents stay unpublished",
    hint_zh="请只留一个，或拆成两行，例如一行主动公开、一行依申请公开。",
    hint_en="Keep one, or make two rows.",
)  # fmt: skip
SEVERAL_BODIES = Rule(
    "ZW035", Severity.WARNING,
    zh="表里有 {count} 个公开主体（{names}），全部导入“{name}”的目录",
    en="the table names {count} organs ({names}); all rows go into the catalogue of {name}",
    hint_zh="属于别的部门的行，请分成另一个表格，再用 --department 导入，例如 --department {example}",
    hint_en="Rows of another department belong into a table of their own: --department {example}.",
)  # fmt: skip
WHICH_DEPARTMENT = Rule(
    "ZW036", Severity.ERROR,
    zh="不知道导入哪个部门的目录。有：{names}",
    en="which department's catalogue? There are: {names}",
    hint_zh="请写明部门代码，例如 zwgk import 目录.xlsx --department {example}",
    hint_en="Name it: --department {example}.",
)  # fmt: skip
NEW_CATALOG = Rule(
    "ZW037", Severity.NOTICE,
    zh="还没有 {path}，将新建，部门名称“{name}”",
    en="there is no {path} yet; it will be made, for {name}",
    hint_zh="名称不对请在生成的文件里改，例如　名称: 示范县教育局",
    hint_en="Correct the name in the file if it is wrong.",
)  # fmt: skip
BAD_ID = Rule(
    "ZW038", Severity.WARNING,
    zh="{cell} 编号“{written}”{reason}，改用“{text}”",
    en="{cell}: the id “{written}” {reason_en}; “{text}” is used",
    hint_zh="编号要在部门内唯一、不含空格，例如 {text}",
    hint_en="Ids are unique and have no blanks, such as {text}.",
)  # fmt: skip
ROW_GONE = Rule(
    "ZW039", Severity.WARNING,
    zh="{id} {text}：表里没有了，将从目录撤下，编号不再给别的条目用",
    en="{id} {text} is not in the table; it will be taken off, and its id is not given again",
    hint_zh="仍要保留的，请加回表格，例如先 zwgk export 再修改。",
    hint_en="To keep it, put it back into the table.",
)  # fmt: skip
ROW_DROPPED = Rule(
    "ZW083", Severity.NOTICE,
    zh="{id} {text}：表里没有了，也从来没有公开过，直接去掉",
    en="{id} {text} is not in the table and was never published; it is taken out",
    hint_zh="仍要保留的，请加回表格，例如先 zwgk export 再修改。",
    hint_en="To keep it, put it back into the table, for example after zwgk export.",
)  # fmt: skip
MANY_GONE = Rule(
    "ZW040", Severity.WARNING,
    zh="原有 {count} 个条目，将撤下 {number} 个。只导入了一部分表格吗？",
    en="of {count} entries {number} will be taken off. Was only part of the table imported?",
    hint_zh="几个文件合成一个目录的，请一次写全，例如 zwgk import 目录1.xlsx 目录2.xlsx",
    hint_en="Name all files of the catalogue at once.",
)  # fmt: skip
ODD_LAYOUT = Rule(
    "ZW041", Severity.ERROR,
    zh="{path} 的写法特别，程序不敢改，没有写入",
    en="{path} is laid out in a way that this program won't touch; nothing was written",
    hint_zh="请把“目录:”下面改成一个条目一段、每项一行的写法，例如　- 编号: WJJ-001",
    hint_en="Lay out its entries one below another, a key a line, such as - 编号: WJJ-001.",
)  # fmt: skip
ROW_GOES_ON = Rule(
    "ZW042", Severity.WARNING,
    zh="{cell} 没有自己的序号和事项，按上一行的延续处理，补上了：{names}",
    en="{cell} has neither number nor subject; taken to go on from the row above, filled in: {names}",
    hint_zh="请核对；在表格里写全最好，例如补上公开内容。",
    hint_en="Check it; better write the row out.",
)  # fmt: skip
LIMIT_UNREAD = Rule(
    "ZW043", Severity.WARNING,
    zh="{cell} 公开时限“{text}”无法换算日期，将原样显示，不参加到期提醒",
    en="{cell}: the time limit “{text}” can't be counted; it is shown as it is",
    hint_zh="能写明天数的请写明，例如 自信息形成或者变更之日起20个工作日内",
    hint_en="Say how many days if you can.",
)  # fmt: skip
NOT_A_DAY = Rule(
    "ZW044", Severity.WARNING,
    zh="{cell} “{written}”不是有效的日期，没有导入“{key}”",
    en="{cell}: “{written}” is no valid day; {key} was left out",
    hint_zh="请写成 年-月-日，例如 2026-03-05",
    hint_en="Write it like 2026-03-05.",
)  # fmt: skip
ID_NOT_TRUSTED = Rule(
    "ZW045", Severity.WARNING,
    zh="{cell} 编号“{written}”原来是“{known}”，内容完全不同，改按内容对应为 {text}",
    en="{cell}: the id “{written}” was that of “{known}”, which is something else; matched by content as {text}",
    hint_zh="编号定了就不能给别的条目用；请核对，例如用 zwgk export 导出的编号。",
    hint_en="An id is never given to another entry; check it.",
)  # fmt: skip
NO_SUBJECT = Rule(
    "ZW046", Severity.ERROR,
    zh="{cell} 公开事项为空",
    en="{cell}: 公开事项 is empty",
    hint_zh="请填写，例如 机构职能，或把该行删除。",
    hint_en="Fill it in, or delete the row.",
)  # fmt: skip
NO_CHANNEL = Rule(
    "ZW047", Severity.WARNING,
    zh="{cell} 的方框都没有选，公开渠道按空白处理",
    en="{cell}: no box is ticked; 公开渠道 is left empty",
    hint_zh="请选上，例如 ■政府网站 □政府公报",
    hint_en="Tick one, such as ■政府网站.",
)  # fmt: skip
NOTHING_TO_EXPORT = Rule(
    "ZW048", Severity.ERROR,
    zh="没有可导出的目录：{reason}",
    en="nothing to export: {reason_en}",
    hint_zh="请写明部门代码，例如 zwgk export --department {example} --format xlsx -o 目录.xlsx",
    hint_en="Name a department, such as --department {example}.",
)  # fmt: skip
SECTION_ROW = Rule(
    "ZW049", Severity.WARNING,
    zh="{cell} 是分组标题“{text}”，没有作为条目导入",
    en="{cell} is the heading “{text}” of a group; no entry",
    hint_zh="分组也要写进事项的，请加一列“一级事项”，例如 {text}",
    hint_en="Add a column 一级事项 if the group matters.",
)  # fmt: skip
