"""Rules of taking documents in (ZW050–ZW082) and of making new files (ZW085–ZW089)."""

from __future__ import annotations

from zwgk_site.diagnostics import Rule, Severity

OLD_FORMAT = Rule(
    "ZW050", Severity.ERROR,
    zh="“{name}”是旧式的 {kind} 文件，读不了",
    en="{name} is an old {kind} file, which cannot be read",
    hint_zh="请用 Word 或 WPS 打开，“另存为”选“Word 文档 (*.docx)”，再导入新的文件，例如　zwgk import 通知.docx",
    hint_en="Open it in Word or WPS, save it as a Word document (*.docx), and import that, for example zwgk import notice.docx.",
)  # fmt: skip
ONLY_ATTACHMENT = Rule(
    "ZW051", Severity.ERROR,
    zh="“{name}”（{kind}）不能变成网页正文",
    en="{name} ({kind}) cannot become the text of a page",
    hint_zh="它可以作附件：先用 zwgk new document 建一个文件并写上正文，把它放到同一个文件夹，再加一行，例如　附件: [{name}]",
    hint_en="It can be an attachment: make a document with zwgk new document, write its text, put the file into the same folder and add 附件: [{name}].",
)  # fmt: skip
DAMAGED = Rule(
    "ZW052", Severity.ERROR,
    zh="“{name}”打不开：文件损坏，或者不是 {kind}",
    en="{name} cannot be opened: it is damaged, or no {kind}",
    hint_zh="请用 Word 或 WPS 打开它，能打开就另存为 .docx 再导入，例如　zwgk import 通知.docx",
    hint_en="Open it in Word or WPS; if that works, save it as .docx and import that.",
)  # fmt: skip
ENCRYPTED = Rule(
    "ZW053", Severity.ERROR,
    zh="“{name}”加了密码，读不了",
    en="{name} is locked with a password",
    hint_zh="请打开后去掉密码（文件→信息→保护文档），保存后再导入，例如　zwgk import 通知.docx",
    hint_en="Open it, take the password off (File, Info, Protect Document), save it and import it again.",
)  # fmt: skip
TOO_LARGE = Rule(
    "ZW054", Severity.ERROR,
    zh="“{name}”太大：展开后超过 {limit} MB",
    en="{name} is too large: more than {limit} MB unpacked",
    hint_zh="请把图片压缩后再导入（Word：图片格式→压缩图片），或者把大的内容放到附件里，例如　附件: [图集.pdf]",
    hint_en="Compress its pictures first (Picture Format, Compress Pictures), or put what is large into an attachment.",
)  # fmt: skip
FORBIDDEN_XML = Rule(
    "ZW055", Severity.ERROR,
    zh="“{name}”里有文档类型声明，为安全起见没有读",
    en="{name} declares a document type, which is refused for safety",
    hint_zh="Word 和 WPS 存的文件里没有这种声明。请打开后另存为 .docx 再导入，例如　zwgk import 通知.docx",
    hint_en="Files saved by Word and WPS hold no such declaration. Save it again as .docx and import that.",
)  # fmt: skip
NO_TEXT = Rule(
    "ZW056", Severity.ERROR,
    zh="“{name}”里没有找到正文",
    en="no text was found in {name}",
    hint_zh="正文如果是图片或者在框架页里，请把文字录入 Word 再导入；或者另建文件，例如　zwgk new document --title 关于……的通知",
    hint_en="If its text is a picture or stands in a frame, type it into a Word file first, or make a document with zwgk new document.",
)  # fmt: skip
TITLE_FROM_NAME = Rule(
    "ZW057", Severity.WARNING,
    zh="没有找到标题，先用文件名“{value}”作标题",
    en="no title was found; the file's name “{value}” stands in for it",
    hint_zh="请改成文件的标题，例如　标题: 关于做好……工作的通知",
    hint_en="Write the document's title there, such as 标题: 关于做好……工作的通知.",
)  # fmt: skip
READ_FROM_TEXT = Rule(
    "ZW058", Severity.WARNING,
    zh="“{key}”是从{place}读出来的，请核对：{value}",
    en="“{key}” was read from the text ({place_en}), please check: {value}",
    hint_zh="如果不对，请在生成的文件里改，例如　{key}: {value}",
    hint_en="If it is wrong, mend it in the file that was written, for example {key}: {value}.",
)  # fmt: skip
NOT_STATED_OPEN = Rule(
    "ZW059", Severity.WARNING,
    zh="“{name}”没有写公开方式，导入后不会公开{reason}",
    en="{name} does not say 公开方式; it will not be published{reason_en}",
    hint_zh="确认可以公开后，在文件里加一行　公开方式: 主动公开　或者导入时加 --disclosure 主动公开",
    hint_en="Once it may be published, add the line 公开方式: 主动公开, or import it with --disclosure 主动公开.",
    basis="条例第17条第二款",
)  # fmt: skip
OPENNESS_CONTRADICTS = Rule(
    "ZW060", Severity.ERROR,
    zh="“{name}”的正文写着“{text}”，与要写的公开方式“{value}”不一致，没有导入",
    en="the text of {name} says “{text}”, which contradicts 公开方式: {value}; it was not imported",
    hint_zh="请核对原文的公开属性；不公开的，导入时不要加 --disclosure 主动公开。",
    hint_en="Look at what the original says of its openness; do not give --disclosure 主动公开 for what is not open.",
    basis="条例第17条第二款",
)  # fmt: skip
BAD_VALUE = Rule(
    "ZW061", Severity.WARNING,
    zh="“{key}”的值“{value}”读不懂，没有写入",
    en="the value “{value}” of “{key}” is not understood and was not written",
    hint_zh="请自己加一行，例如　{key}: {example}",
    hint_en="Add the line yourself, for example {key}: {example}.",
)  # fmt: skip
HIDDEN_TEXT = Rule(
    "ZW062", Severity.WARNING,
    zh="有 {count} 处隐藏文字没有导入（“{text}”…）",
    en="{count} passages of hidden text were not imported (“{text}” …)",
    hint_zh="如果应当公开，请在原文里取消隐藏（Word：字体→去掉“隐藏”）再导入，例如　zwgk import 通知.docx",
    hint_en="If it should be public, take the hiding off in the original (Font, Hidden) and import it again.",
)  # fmt: skip
COMMENTS = Rule(
    "ZW063", Severity.NOTICE,
    zh="有 {count} 条批注没有导入",
    en="{count} comments were not imported",
    hint_zh="批注是内部意见，不会公开。公开原文件作附件前也要删掉：审阅→删除→删除文档中的所有批注，例如先删再另存。",
    hint_en="Comments are internal. Delete them from the original too before it becomes an attachment.",
)  # fmt: skip
REVISIONS = Rule(
    "ZW064", Severity.NOTICE,
    zh="有 {count} 处修订，按“全部接受”导入：删掉的没有导入，增加的已经导入",
    en="{count} tracked changes were taken as accepted: what was deleted is out, what was added is in",
    hint_zh="请核对是不是定稿；不是的，在 Word 里接受或拒绝修订后重新导入，例如　zwgk import 通知.docx",
    hint_en="See that this is the final text; if not, accept or reject the changes in Word and import it again.",
)  # fmt: skip
SURROUNDINGS = Rule(
    "ZW065", Severity.NOTICE,
    zh="正文前后有 {count} 行没有导入（“{text}”…）",
    en="{count} lines around the text were not imported (“{text}” …)",
    hint_zh="一般是打印、分享、上一篇这些按钮。如果是正文，请加到文件里，例如粘贴到正文末尾。",
    hint_en="They are mostly buttons such as print and share. If they belong to the text, add them to the file.",
)  # fmt: skip
NOT_TAKEN = Rule(
    "ZW066", Severity.WARNING,
    zh="有 {count} 处{what}没有原样导入",
    en="{count} {what_en} could not be taken over as they are",
    hint_zh="请对照原文核对；重要的可以另存为图片或 PDF 作附件，例如　附件: [流程图.png]",
    hint_en="Compare it with the original; what matters can be saved as a picture or PDF and attached.",
)  # fmt: skip
OTHER_LABELS = Rule(
    "ZW067", Severity.NOTICE,
    zh="来源还写了 {names}，没有对应的项目，没有写入",
    en="the source also states {names}; no key takes it, and it was not written",
    hint_zh="需要的话请自己加到合适的项目里，例如　概述: ……",
    hint_en="Add it to a fitting key yourself if it matters.",
)  # fmt: skip
FILE_MISSING = Rule(
    "ZW068", Severity.WARNING,
    zh="正文链接的文件“{file}”在“{name}”旁边找不到，{what}",
    en="the file {file} that the text links is not beside {name}; {what_en}",
    hint_zh="请把它放到源文件旁边再导入一次；或者放到生成的文件旁边，加一行，例如　附件: [{example}]",
    hint_en="Put it beside the source and import it again; or put it beside the file that was written and add 附件: [{example}].",
)  # fmt: skip
FILE_REFUSED = Rule(
    "ZW069", Severity.WARNING,
    zh="正文链接的文件“{file}”不能作附件（{reason}），没有复制",
    en="the file {file} that the text links cannot be an attachment ({reason_en}); it was not copied",
    hint_zh="请换成 PDF、OFD、Word、Excel、图片或压缩包，例如　附件: [申请表.pdf]",
    hint_en="Use PDF, OFD, Word, Excel, pictures or an archive instead, for example 附件: [form.pdf].",
)  # fmt: skip
FILE_OUTSIDE = Rule(
    "ZW070", Severity.WARNING,
    zh="正文链接的“{file}”指到源文件夹的外面，没有复制",
    en="the link {file} leads out of the source's folder; nothing was copied",
    hint_zh="请把要公开的文件放到源文件旁边，改好链接再导入，例如　申请表.pdf",
    hint_en="Put the file beside the source, mend the link and import it again.",
)  # fmt: skip
TEXT_DIFFERS = Rule(
    "ZW071", Severity.WARNING,
    zh="导入后的文字与“{name}”不完全相同，请从“{text}”附近核对",
    en="the text as imported differs from {name}; please compare it near “{text}”",
    hint_zh="请打开生成的文件，对照原文改好，例如用 zwgk serve 预览这一页。",
    hint_en="Open the file that was written and mend it by the original, for example looking at it with zwgk serve.",
)  # fmt: skip
KEPT_BY_HAND = Rule(
    "ZW072", Severity.NOTICE,
    zh="“{key}”在文件里手工改过（{found}），来源写的是“{value}”，保留手工改的",
    en="“{key}” was edited by hand ({found}), the source says “{value}”; the edit was kept",
    hint_zh="要改成来源的，请直接改这一行，例如　{key}: {value}　或者导入时加 --overwrite",
    hint_en="To take the source's value, write {key}: {value}, or import with --overwrite.",
)  # fmt: skip
TEXT_KEPT = Rule(
    "ZW073", Severity.WARNING,
    zh="“{file}”的正文{reason}，没有用来源的正文替换",
    en="the text of {file} {reason_en}; it was not replaced",
    hint_zh="请对照 zwgk import 显示的差别自己改；确实要整个替换的，加 --overwrite（有遮蔽内容的，永远不替换）。",
    hint_en="Compare it and edit it yourself, or import with --overwrite; a text with redactions is never replaced.",
)  # fmt: skip
SEVERAL_MATCH = Rule(
    "ZW074", Severity.ERROR,
    zh="“{name}”对应 {count} 个已有文件（{names}），不知道更新哪一个",
    en="{name} answers to {count} documents ({names}); it is not clear which to update",
    hint_zh="请先处理重复的文件：同一索引号或者同一文号和标题只留一个，例如删掉多余的那个再导入。",
    hint_en="Mend the duplicates first: one document for an 索引号, or for a 文号 and title.",
)  # fmt: skip
NO_DEPARTMENT = Rule(
    "ZW075", Severity.ERROR,
    zh="不知道“{name}”归哪个部门",
    en="it is not clear to which department {name} belongs",
    hint_zh="请用 --department 写部门代码，例如　zwgk import {name} --department {code}（已有：{known}）",
    hint_en="Name the department's code, for example zwgk import {name} --department {code} (there are: {known}).",
)  # fmt: skip
ODD_LAYOUT = Rule(
    "ZW076", Severity.ERROR,
    zh="“{file}”的信息栏写法特别，程序不敢改",
    en="the front matter of {file} is laid out in a way that this program won't touch",
    hint_zh="请把信息栏改成一行一项再导入，例如　标题: 关于……的通知",
    hint_en="Write it with one key a line, such as 标题: 关于……的通知, and import again.",
)  # fmt: skip
SAME_TARGET = Rule(
    "ZW077", Severity.ERROR,
    zh="“{name}”和“{other}”是同一份文件（{reason}），只导入了前一个",
    en="{name} and {other} are one document ({reason_en}); only the first was imported",
    hint_zh="请只留一个再导入，例如删掉旧的草稿。",
    hint_en="Keep one of them and import again.",
)  # fmt: skip
BAD_RECORDS = Rule(
    "ZW078", Severity.ERROR,
    zh="“{name}”不是认识的 JSON：{reason}",
    en="{name} is no JSON of a kind that is known: {reason_en}",
    hint_zh="应当是一条或一组文件记录，至少有 title 和 content，例如　[{example}]",
    hint_en="It should hold one record or a list of them, with title and content at least, for example [{example}].",
)  # fmt: skip
NO_SOURCES = Rule(
    "ZW079", Severity.ERROR,
    zh="“{name}”里没有可以导入的文件",
    en="there is nothing to import in {name}",
    hint_zh="可以导入 .docx、.html、.md、.txt 和 .json，例如　zwgk import 通知.docx",
    hint_en="What can be imported is .docx, .html, .md, .txt and .json, for example zwgk import notice.docx.",
)  # fmt: skip
UNREADABLE = Rule(
    "ZW080", Severity.ERROR,
    zh="“{name}”读不了：{reason}",
    en="{name} cannot be read: {reason}",
    hint_zh="请检查文件名和权限，文件是否正被别的程序打开；可以先复制到桌面再导入，例如　zwgk import 通知.docx",
    hint_en="Check its name and rights, and whether another program has it open.",
)  # fmt: skip
VALUES_DIFFER = Rule(
    "ZW081", Severity.WARNING,
    zh="来源里“{key}”写了两个值，用了“{value}”，没有用“{other}”",
    en="the source states two values for “{key}”; “{value}” was taken, not “{other}”",
    hint_zh="请核对；不对的话在生成的文件里改，例如　{key}: {other}",
    hint_en="Please check; if it is wrong, mend it in the file, for example {key}: {other}.",
)  # fmt: skip
OUTSIDE_SITE = Rule(
    "ZW082", Severity.ERROR,
    zh="“{file}”要写到栏目文件夹的外面，没有写入",
    en="{file} would be written outside the site's folder; nothing was written",
    hint_zh="content 里的文件夹是指到别处的快捷方式。请换成真正的文件夹，例如　content/wjj",
    hint_en="A folder below content leads elsewhere. Put a real folder in its place, such as content/wjj.",
)  # fmt: skip
ALREADY_THERE = Rule(
    "ZW085", Severity.ERROR,
    zh="“{file}”已经有了，没有改动",
    en="{file} is there already; it was not changed",
    hint_zh="请换一个名称，例如　--name {example}",
    hint_en="Choose another name, for example --name {example}.",
)  # fmt: skip
BAD_OPTION = Rule(
    "ZW086", Severity.ERROR,
    zh="{key}“{value}”不能用：{reason}",
    en="{key} “{value}” cannot be used: {reason_en}",
    hint_zh="请改一下，例如　{example}",
    hint_en="Write it otherwise, for example {example}.",
)  # fmt: skip
NO_ENTRY = Rule(
    "ZW087", Severity.ERROR,
    zh="“{name}”的目录里没有条目“{id}”",
    en="the catalogue of {name} has no entry {id}",
    hint_zh="请核对编号{suggestion}；还没有的先建条目，例如　zwgk new entry --subject 卫生健康/预防接种",
    hint_en="Check the id{suggestion}, or make the entry first with zwgk new entry.",
)  # fmt: skip
NOT_APPENDED = Rule(
    "ZW088", Severity.ERROR,
    zh="“{file}”的写法特别，程序不敢往里加条目",
    en="{file} is laid out in a way that this program won't add to",
    hint_zh="请自己在“目录:”下面加，例如　- 编号: {example}",
    hint_en="Add it below 目录: yourself, for example - 编号: {example}.",
)  # fmt: skip
CATALOG_UNREADABLE = Rule(
    "ZW089", Severity.ERROR,
    zh="部门“{code}”的目录读不懂，没有建任何文件",
    en="the catalogue of {code} cannot be read; nothing was made",
    hint_zh="请先用 zwgk check 查看并改好，例如　zwgk check .",
    hint_en="Look at it with zwgk check and mend it first.",
)  # fmt: skip
