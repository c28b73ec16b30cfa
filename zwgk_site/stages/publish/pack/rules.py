"""Rules of packing: what can't be carried away, and where it can't be put (ZW750 to ZW760, ZW773)."""

from __future__ import annotations

from zwgk_site.diagnostics import Rule, Severity

PACK_DRAFT = Rule(
    "ZW750", Severity.ERROR,
    zh="“{path}”是草稿，不得打包、复制出去",
    en="{path} is a draft, which must not be packed or handed on",
    hint_zh="请先正式生成（zwgk build，不写 --draft），再打包。",
    hint_en="Build without --draft first, then pack.",
)  # fmt: skip
NO_ROOM = Rule(
    "ZW751", Severity.ERROR,
    zh="“{path}”剩余 {left}，不够写入 {size}",
    en="{path} has {left} left; {size} are needed",
    hint_zh="请腾出空间，或换一个大一些的 U 盘；没有写入任何文件。",
    hint_en="Free some space or take a larger stick; nothing was written.",
)  # fmt: skip
PLACE_TAKEN = Rule(
    "ZW752", Severity.ERROR,
    zh="“{path}”里有别的文件（例如“{example}”），没有写入",
    en="{path} holds other files (such as {example}); nothing was written",
    hint_zh="请写一个空的子文件夹，例如　--usb {folder}；或者清空这个文件夹再试。",
    hint_en="Name an empty folder of its own, such as --usb {folder}, or empty this one.",
)  # fmt: skip
ZIP_TAKEN = Rule(
    "ZW753", Severity.ERROR,
    zh="“{path}”已经有了，不是本程序打的包，没有覆盖",
    en="{path} is there and is no package of ours; it was not overwritten",
    hint_zh="请换一个文件名，例如　--zip 公开栏目.zip；或者先把它移走。",
    hint_en="Choose another name, such as --zip column.zip, or move the file away.",
)  # fmt: skip
TOO_LARGE = Rule(
    "ZW754", Severity.ERROR,
    zh="“{url}”有 {size}，FAT32 格式的 U 盘放不下 4 GB 以上的文件",
    en="{url} has {size}; a stick with FAT32 takes no file of 4 GB or more",
    hint_zh="请把 U 盘格式化成 exFAT 或 NTFS，或者不公开这个附件的大文件版本。",
    hint_en="Format the stick as exFAT or NTFS, or publish a smaller attachment.",
)  # fmt: skip
SAME_BUT_CASE = Rule(
    "ZW755", Severity.ERROR,
    zh="“{url}”和“{other}”只差大小写，Windows 会当成同一个文件",
    en="{url} and {other} differ only in case: Windows takes them for one file",
    hint_zh="请把其中一个源文件改名，重新生成后再打包。",
    hint_en="Rename one of the sources, build again, then pack.",
)  # fmt: skip
FOLDER_TOO_FULL = Rule(
    "ZW756", Severity.ERROR,
    zh="文件夹“{url}”里有 {count} 个文件，FAT32 格式的 U 盘放不下这么多",
    en="the folder {url} holds {count} files, more than a stick with FAT32 takes",
    hint_zh="请把 U 盘格式化成 exFAT 或 NTFS。",
    hint_en="Format the stick as exFAT or NTFS.",
)  # fmt: skip
LONG_ON_WINDOWS = Rule(
    "ZW757", Severity.WARNING,
    zh="放到“{path}”以后，最长的路径有 {count} 个字，Windows 默认只能打开 259 个字以内的",
    en="in {path} the longest path has {count} characters; Windows opens up to 259 by default",
    hint_zh="请放到浅一些的文件夹，例如　--usb E:\\公开栏目",
    hint_en="Use a folder nearer to the top, such as --usb E:\\column.",
)  # fmt: skip
COPY_DAMAGED = Rule(
    "ZW758", Severity.ERROR,
    zh="写到“{path}”的内容读回来不一样，U 盘可能坏了",
    en="what was written to {path} does not read back the same; the stick may be failing",
    hint_zh="请换一个 U 盘再试；再运行一次会接着复制。",
    hint_en="Try another stick; running this again goes on where it stopped.",
)  # fmt: skip
PLACE_OVERLAPS = Rule(
    "ZW759", Severity.ERROR,
    zh="“{path}”与栏目自己的文件夹“{source}”重叠，不能写到这里",
    en="{path} overlaps the site's own folder {source}",
    hint_zh="请写到别处，例如　--zip ../公开栏目.zip　或　--usb E:\\公开栏目",
    hint_en="Write elsewhere, such as --zip ../column.zip or --usb E:\\column.",
)  # fmt: skip
OTHER_KIND = Rule(
    "ZW760", Severity.ERROR,
    zh="“{path}”不能用：--zip 要写一个文件，--usb 要写一个文件夹，那里是相反的",
    en="{path} cannot be used: --zip names a file and --usb a folder, and the other stands there",
    hint_zh="例如　--zip 公开栏目.zip　或　--usb E:\\公开栏目",
    hint_en="For example --zip column.zip or --usb E:\\column.",
)  # fmt: skip
NO_FOLDER = Rule(
    "ZW773", Severity.ERROR,
    zh="要写“{path}”，可是它的上级文件夹不存在",
    en="the folder in which {path} is to be written does not exist",
    hint_zh="请先建好文件夹，或者核对路径，例如　--zip 公开栏目.zip",
    hint_en="Make the folder or correct the path, such as --zip column.zip.",
)  # fmt: skip
