"""What a preview has to say about itself; what is wrong in the input has rules elsewhere."""

from __future__ import annotations

from zwgk_site.diagnostics import Rule, Severity

PORT_TAKEN = Rule(
    "ZW730", Severity.ERROR,
    zh="不能在 {host}:{port} 上预览：{reason}",
    en="cannot serve on {host}:{port}: {reason}",
    hint_zh="多半是已经开着一个预览；请先关掉它，或换一个端口，例如　zwgk serve --port 8001",
    hint_en="Another preview may be running; end it, or choose another port, such as --port 8001.",
)  # fmt: skip
NO_EVENTS = Rule(
    "ZW731", Severity.NOTICE,
    zh="系统不能通知文件的改动（{reason}），改为每隔 {seconds} 秒查看一次",
    en="the system cannot announce changes of files ({reason}); looking every {seconds} s instead",
    hint_zh="不影响使用，只是刷新稍慢。Linux 上可提高 fs.inotify.max_user_watches。",
    hint_en="Everything works, a little slower. On Linux fs.inotify.max_user_watches can be raised.",
)  # fmt: skip
UNANNOUNCED = Rule(
    "ZW732", Severity.NOTICE,
    zh="“{path}”里的改动系统没有通知（多为网络盘、虚拟机共享盘），改为每隔 {seconds} 秒查看一次",
    en="the system did not announce a change in {path} (a network drive, perhaps); looking every {seconds} s instead",
    hint_zh="不影响使用，只是刷新稍慢。把栏目文件夹放到本机硬盘上会更快。",
    hint_en="Everything works, a little slower. A folder on a local disk is quicker.",
)  # fmt: skip
EVENTS_LOST = Rule(
    "ZW733", Severity.NOTICE,
    zh="改动太多，系统的通知有遗漏，已重新查看全部文件",
    en="so many changes that the system lost some messages; all files are looked at again",
    hint_zh="不必处理。",
    hint_en="Nothing need be done.",
)  # fmt: skip
BUILD_FAULT = Rule(
    "ZW734", Severity.ERROR,
    zh="重新生成时程序出错（{kind}：{fault}）。没有改动您的文件，显示的是上一版",
    en="the program failed while it built again ({kind}: {fault}); your files are untouched, the last release stands",
    hint_zh="改动文件后会再试。仍然出错时，请设置环境变量 ZWGK_TRACEBACK=1 运行 zwgk build，把显示的内容发给维护人员。",
    hint_en="The next change tries again. If it fails still, run zwgk build with ZWGK_TRACEBACK=1 and send us what is shown.",
)  # fmt: skip
