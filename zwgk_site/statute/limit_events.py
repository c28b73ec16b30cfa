"""What a time limit counts from (起算点): the words before the number, and the kind of event they name."""

from __future__ import annotations

import re
from typing import cast

from zwgk_site.model.patterns import late
from zwgk_site.statute.time_limit import Anchor

_MADE = r"形成|生成|产生|成文"
_CHANGED = r"变更|更新|修改|修订|变动|改变|变化|调整|更改|更正"
# The first that fits names the event: verbs that govern others (收到批准文件) stand before those (批准).
_KINDS = tuple(
    (late(pattern), name)
    for pattern, name in (
        (r"(?:收到|接到|接收|收悉|受到).*?申请", "收到申请"),
        (r"申请.*?(?:收到|接到)", "收到申请"),
        (r"收到|接到|接收|收悉|接报|获悉", "收到"),
        (rf"(?:{_MADE}).{{0,8}}?(?:{_CHANGED})|(?:{_CHANGED}).{{0,8}}?(?:{_MADE})", "形成或变更"),
        (r"(?:制定|制作|制发|制订|制成|编制|作成).{0,8}?(?:获取|获得|取得|保存)|(?:获取|获得).{0,8}?(?:制定|制作)", "制定或获取"),
        (r"(?:公示|公告|异议|征求意见|征集).{0,6}(?:期?满|结束|届满|期限?后|无异议|终了|完成|完毕|期$)|公示$", "公示期满"),
        (r"(?:检查|调查|抽检|检测|核查|巡查|监测|督查|检验|排查|抽查|勘察|勘查|鉴定).{0,8}?(?:结束|完成|完毕|终了|办结)", "检查结束"),
        (r"(?:半年|6个月)度?.{0,2}(?:终了|结束|末|终)", "半年终了"),
        (r"(?:月度|本月|当月|每月|月份).{0,2}(?:终了|结束|末|终)", "月度终了"),
        (r"季度?.{0,2}(?:终了|结束|末|终)", "季度终了"),
        (r"(?:年度?|年).{0,2}(?:终了|结束|末|终)", "年度终了"),
        (r"听证", "听证"),
        (rf"{_MADE}", "形成"),
        (r"决定|裁定|作出|做出|认定|判定|确定|确认", "决定"),
        (r"(?:办结|办理完毕|处理完毕|处置完毕)$", "办结"),
        (r"批准|审批|获批|准予|核准|许可|通过|同意|核定", "批准"),
        (r"批复|批转", "批复"),
        (r"受理|立案", "受理"),
        (r"印发|签发|下发|发文|下达|转发|发出", "印发"),
        (r"公布|发布|公开|公告|出台|刊登|发表|公示", "公布"),
        (r"实施|施行|生效|执行|启用|开展", "实施"),
        (r"审核|审查|评审|评议|审定|审议|审计|评估|评标|复核", "审核"),
        (r"验收|竣工", "验收"),
        (r"办结|办理完毕|答复|处理完毕|处置完毕", "办结"),
        (r"备案", "备案"),
        (r"登记|注册", "登记"),
        (r"签订|签署|订立|签约", "签订"),
        (r"会议|两会|全会|例会|召开|会后$|会$|开会", "会议"),
        (rf"{_CHANGED}", "变更"),
        (r"发生|突发|事件|事故|灾害|灾情", "发生"),
        (r"制定|制作|制订|拟定|拟订|编制|制发|起草|草案", "制定"),
        (r"获取|获得|取得|采集|掌握", "获取"),
        (r"任期|换届", "任期"),
        (r"结束|完成|完毕|终了|完工|截止|届满|期满|停止|终止", "结束"),
        (r"开始|启动|开工|开标|动工|起始|开航", "开始"),
    )
)  # fmt: skip
_MARKER = r"(?:之日算起|日算起|之日后|之日起|日起|之日|当[日天]起|起算|时起|起|后|之时|时|当[日天]|的?次日)"
_TRAIL = late(
    r"(?:[,的]|应当?|须|必须|需|要|并|可|一般|原则上|最迟|最晚|最长|至少|最少|至多|不得?超过|不[晚迟]于|在|于|的|计算?|由|"
    r"其|将|按|为|不得|不|限|公开时限|公开期限|时限|期限|主动公开|予以公开|立即|及时|尽快|≤|<=?|≥)+$"
)
_WITH_MARKER = late(rf"([^,;]*?){_MARKER}$")
_LEAD = late(
    r"^.*(?:自从|自(?![治然己行愿主动身来])|从(?![业事]))(?=.)|^.*应当?[在于]|^第\d+条"
    r"|^(?:在|于|经|由|待|当|应当|须|并|对|如|凡|若|其中|其他|该|本(?=信息|政府信息|条)|公开时限|主动公开|至少|或)+"
)


def event_before(left: str) -> str:
    """The event that the words left of a number tell, or an empty string.

    Marked ones (…之日起, …后) are looked for from the nearest back; unmarked ones (信息形成20个工作日) only beside it.
    """
    chunks = [chunk for chunk in _TRAIL.sub("", left.rpartition(";")[2]).split(",") if chunk]
    for place in range(len(chunks) - 1, -1, -1):
        found = _WITH_MARKER.search(_TRAIL.sub("", chunks[place]))
        if found:
            whole = ",".join((*chunks[:place], found[1]))
            words = whole if re.search(r"(?:^|,)[自从][^,]*(?:,|$)", whole) else found[1]
            return _trim(words)
    beside = "," not in left[len(_TRAIL.sub("", left)) :]
    near = _trim(chunks[-1]) if chunks and beside else ""
    return near if anchor_of(near) != "其他" else ""


def event_after(right: str) -> str:
    """The event told after the number: 20个工作日内（自信息形成之日起）."""
    found = re.match(rf"[^;\d]*?[自从]([^;,\d]{{1,30}}?){_MARKER}", right)
    return _trim(found[1]) if found else ""


def event_ahead(left: str) -> str:
    """The event that something must come before: 在组织听证（7个工作日前）, 作业开始之日（前5日）."""
    chunk = _TRAIL.sub("", left.rpartition(";")[2]).rpartition(",")[2]
    words = re.sub(r"(?:之日|之时|的?当[日天])?前?$", "", chunk)
    return _trim(_TRAIL.sub("", words).rpartition("在")[2])


def anchor_of(event: str) -> Anchor:
    """The kind of an event; 其他 if none fits, empty for no event."""
    if not event:
        return ""
    for pattern, name in _KINDS:
        if pattern.search(event):
            return cast("Anchor", name)
    return "其他"


def _trim(words: str) -> str:
    return _LEAD.sub("", words.strip(",")).strip(",")
