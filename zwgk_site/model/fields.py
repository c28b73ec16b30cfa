"""The one table of keys: what a clerk may write in which file, in Chinese or English, and what it means.

Readers, JSON Schemas, the documentation and the messages all come from here. A key stands once; `key` is the official
Chinese form that we write, `name` the identifier in code (accepted in files too), `aliases` the forms met in real
sheets. The order of a record is the order in which a clerk is shown the keys.
"""

from __future__ import annotations

import enum

import msgspec


class Kind(enum.Enum):
    """What a key's value looks like in YAML (值的类型)."""

    TEXT = "text"  # one scalar
    TEXTS = "texts"  # one scalar or a list of scalars
    DATE = "date"  # YYYY-MM-DD
    MOMENT = "moment"  # YYYY-MM-DD or YYYY-MM-DD HH:MM
    FLAG = "flag"  # 是 / 否
    CHOICE = "choice"  # one of `choices`
    INTEGER = "integer"
    RECORD = "record"  # a mapping with the keys of `record`
    RECORDS = "records"  # a list of such mappings; a bare scalar stands for the record's first key
    RELATIONS = "relations"  # a mapping: one of `choices` → references


class Field(msgspec.Struct, frozen=True):
    """One key of a record (字段): its names, its type and what to tell who must fill it."""

    name: str
    key: str
    kind: Kind = Kind.TEXT
    aliases: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[str, ...] = ()
    closed: bool = True  # for CHOICE: whether other values are an error
    record: str = ""
    title: str = ""
    example: str = ""


def example_of(field: Field) -> str:
    """A value that `field` takes, to be copied: its own example, or one made of its record's first keys."""
    if field.example or not field.record:
        return field.example or _PLAIN_EXAMPLES.get(field.kind) or next(iter(field.choices), "") or field.title
    shown = [inner for inner in RECORDS[field.record].fields if inner.example][:3]
    text = "{" + ", ".join(f"{inner.key}: {example_of(inner)}" for inner in shown) + "}"
    return f"[{text}]" if field.kind is Kind.RECORDS else text


_PLAIN_EXAMPLES = {
    Kind.DATE: "2026-03-05", Kind.MOMENT: "2026-03-05 09:00", Kind.FLAG: "是", Kind.INTEGER: "1",
    Kind.RELATIONS: "{相关: 2026-tongzhi}",
}  # fmt: skip


class Record(msgspec.Struct, frozen=True):
    """A kind of mapping in a file (记录): `name` in code, `title` for people, its fields in order."""

    name: str
    title: str
    fields: tuple[Field, ...]

    def field_for(self, key: str) -> Field | None:
        """The field that `key` names, in any of its forms."""
        return _LOOKUP[self.name].get(key)

    def ordinal(self, name: str) -> int:
        """The position of the field `name`; positions of values are stored under it."""
        return _ORDINALS[self.name][name]

    def keys(self) -> tuple[str, ...]:
        """The canonical Chinese keys, in order."""
        return tuple(field.key for field in self.fields)


DISCLOSURES = ("主动公开", "依申请公开")
EXTENTS = ("全文公开", "删减后公开", "不予公开")
VALIDITIES = ("有效", "失效", "废止")
STAGES = ("决策", "执行", "管理", "服务", "结果")
DOCUMENT_KINDS = (
    "政策文件", "解读", "征求意见", "意见采纳结果", "舆情回应", "指南", "制度", "年报", "预算", "决算",
    "办事指南", "清单", "公报", "会议", "转载", "其他",
)  # fmt: skip
RELATIONS = ("解读对象", "依据", "修改", "废止", "替代", "征求意见稿", "采纳结果", "相关")
DEPARTMENT_KINDS = ("本级政府", "政府部门", "直属单位", "派出机关", "乡镇街道", "公共企事业单位", "垂直管理部门")
INCIDENT_CLASSES = ("特别重大", "重大", "较大", "一般", "其他")
LEVELS = ("国家级", "省级", "市级", "县级", "乡级")

K = Kind
F = Field

CONTACT = Record("contact", "联系方式", (
    F("phone", "电话", aliases=("联系电话", "办公电话"), title="联系电话", example="0000-0000000"),
    F("fax", "传真", aliases=("传真号码",), title="传真号码"),
    F("address", "地址", aliases=("办公地址", "通讯地址"), title="办公地址", example="示范县人民路1号"),
    F("postcode", "邮编", aliases=("邮政编码",), title="邮政编码"),
    F("hours", "办公时间", title="办公时间", example="工作日 9:00—12:00，14:00—17:30"),
    F("email", "邮箱", aliases=("电子邮箱", "互联网联系方式"), title="互联网联系方式"),
))  # fmt: skip

WAIVER = Record("waiver", "不再提示", (
    F("code", "代码", title="提示代码；只有警告和提示可以不再显示", example="ZW204"),
    F("reason", "理由", title="为什么不用改", example="历史文件，原文没有文号"),
    F("department", "部门", title="只对这个部门，写部门代码", example="wjj"),
    F("file", "文件", title="只对这个文件或文件夹", example="content/wjj/2019/"),
))  # fmt: skip

THRESHOLD = Record("threshold", "检查参数", (
    F("name", "名称", title="参数的名称，见 docs/check.zh-CN.md", example="要闻更新天数"),
    F("value", "值", K.INTEGER, title="数值", example="10"),
    F("reason", "理由", title="为什么与默认不同", example="市里要求每十天更新一次"),
))  # fmt: skip

WEIGHT = Record("weight", "检查评分", (
    F("name", "项目", title="检查项目的名称，见 docs/check.zh-CN.md", example="个人信息"),
    F("points", "每个扣分", K.INTEGER, title="一个问题扣几分，0 到 100", example="5"),
    F("cap", "最多扣分", K.INTEGER, title="这一项一共最多扣几分，0 到 100", example="20"),
    F("reason", "理由", title="为什么与默认不同", example="市里把个人信息列为检查重点"),
))  # fmt: skip

WORDING = Record("wording", "用语", (
    F("wrong", "错", title="不规范的写法", example="县卫计委"),
    F("right", "对", title="规范的写法", example="县卫生健康局"),
    F("unchecked", "不查", K.TEXTS, title="程序自带的、本站不查的写法", example="做为"),
    F("banned", "禁用", title="决不能出现的词"),
    F("note", "说明", title="为什么", example="2019年机构改革后的名称"),
))  # fmt: skip

SITE_LINK = Record("site_link", "页脚链接", (
    F("name", "名称", title="显示的名称", example="网站声明"),
    F("url", "网址", aliases=("地址",), title="以 http:// 或 https:// 开头的网址", example="https://www.example.gov.cn/shengming.html"),
))  # fmt: skip

EMBLEM = Record("emblem", "党政机关标识", (
    F("url", "网址", aliases=("地址",), title="标识指向的核验网址", example="https://bszs.conac.cn/sitename?method=show&id=00000000000000000000000000000000"),
    F("image", "图片", title="标识图片的文件名，放在 overrides/assets 里", example="emblem.png"),
))  # fmt: skip

SITE = Record("site", "网站设置", (
    F("format", "格式版本", K.INTEGER, title="文件格式的版本", example="1"),
    F("name", "网站名称", required=True, title="网站的规范名称", example="示范县政府信息公开"),
    F("domain", "域名", aliases=("网址",), title="正式网址；订阅、站点地图和规范链接要用", example="https://www.example.gov.cn"),
    F("site_code", "网站标识码", title="政府网站标识码", example="9999000001"),
    F("organizer", "主办单位", title="网站主办单位", example="示范县人民政府办公室"),
    F("contact", "联系方式", K.RECORD, record="contact", title="主办单位联系方式"),
    F("icp", "ICP备案", aliases=("ICP备案号",), title="ICP备案编号"),
    F("police", "公安备案", aliases=("公安备案号",), title="公安机关备案编号"),
    F("notice", "全站提示", title="每页上方显示的一句话"),
    F("theme", "主题", title="页面主题的文件夹名", example="default"),
    F("show_performance", "公开履约状态", K.FLAG, title="公众能否看到逾期", example="否"),
    F("offline_copy", "离线保存", K.FLAG, title="检索页能否把全部检索数据存到本机，断网也能查", example="否"),
    F("kiosk", "终端模式", K.FLAG, title="供查阅点的触摸屏使用：大字、底部按钮、字母键盘、没人用时回到首页", example="否"),
    F("releases_kept", "保留版本数", K.INTEGER, title="可回退的版本数", example="5"),
    F("error_report", "找错地址", title="“我为政府网站找错”的网址"),
    F("exchange_data", "数据接口", K.FLAG, title="是否另外生成交换格式的文件数据，每个文件一百份", example="否"),
    F("data_license", "数据许可", title="数据文件可以怎样使用：许可的网址，或一句话", example="转载请注明来源"),
    F("emblem", "党政机关标识", K.RECORD, record="emblem", title="每页底部的党政机关网站标识"),
    F("links", "页脚", K.RECORDS, aliases=("页脚链接",), record="site_link", title="每页底部另加的链接"),
    F("department_seconds", "部门时间上限", K.INTEGER, title="一个部门最多用多少秒", example="600"),
    F("department_megabytes", "部门内存上限", K.INTEGER, title="一个部门最多用多少 MB 内存", example="4096"),
    F("waivers", "不再提示", K.RECORDS, record="waiver", title="已经核实、不用再提示的警告"),
    F("thresholds", "检查参数", K.RECORDS, record="threshold", title="与默认不同的检查参数"),
    F("weights", "检查评分", K.RECORDS, record="weight", title="与默认不同的检查评分"),
    F("masks", "遮蔽方式", K.TEXTS, title="报告里个人信息保留前几位和后几位", example="[身份证 6+4, 手机 3+4]"),
))  # fmt: skip

DEPARTMENT = Record("department", "部门", (
    F("code", "代码", aliases=("部门代码",), required=True, title="部门代码：小写字母开头，2至31位小写字母、数字或短横", example="wjj"),
    F("name", "名称", aliases=("部门名称",), required=True, title="部门的规范全称", example="示范县卫生健康局"),
    F("short_name", "简称", title="部门简称", example="县卫健局"),
    F("category", "类别", K.CHOICE, choices=DEPARTMENT_KINDS, closed=False, title="部门类别", example="政府部门"),
    F("level", "层级", K.CHOICE, choices=LEVELS, closed=False, title="所属层级", example="县级"),
    F("superior", "上级", title="上级部门的代码", example="xzf"),
    F("credit_code", "统一社会信用代码", aliases=("信用代码",), title="18位统一社会信用代码，索引号的前段", example="119999000000000198"),
    F("organ_code", "组织机构代码", title="9位组织机构代码；写了它就用它作索引号的前段"),
    F("contact", "联系", K.RECORD, aliases=("联系方式",), record="contact", title="部门联系方式"),
    F("former_names", "曾用名", K.TEXTS, title="部门曾用的名称"),
    F("dissolved_on", "撤销日期", K.DATE, title="部门撤销的日期"),
    F("successor", "承接部门", title="承接职能的部门代码"),
    F("description", "简介", title="一句话简介"),
    F("no_function", "无此职能", K.TEXTS, title="《条例》第二十条中本部门没有的项", example="[20-9, 20-14]"),
    F("catalog_reviewed_on", "目录复核日期", K.DATE, title="最近一次核对目录的日期"),
    F("openness_office", "公开工作机构", title="负责政府信息公开工作的机构", example="示范县卫生健康局办公室"),
    F("changes_since", "调整记录起始日期", K.DATE, title="目录调整记录从这一天起公开；更早的连同旧内容一起撤下", example="2026-12-01"),
))  # fmt: skip

ENTRY = Record("entry", "目录条目", (
    F("id", "编号", aliases=("条目编号",), required=True, title="条目编号，部门内唯一，不可更改", example="WJJ-012"),
    F("subject", "公开事项", K.TEXTS, aliases=("事项", "公开事项名称"), required=True, title="公开事项，一至六级", example="[卫生健康, 独生子女父母奖励]"),
    F("content", "公开内容", K.TEXTS, aliases=("公开内容（要素）", "公开内容(要素)", "内容规范", "公开要素"), required=True, title="公开内容（要素）", example="[法规政策, 申请材料]"),
    F("basis", "公开依据", K.TEXTS, aliases=("依据",), title="公开依据", example="[《政府信息公开条例》第二十条]"),
    F("time_limit", "公开时限", aliases=("时限",), required=True, title="公开时限，照原文写", example="自信息形成或者变更之日起20个工作日内"),
    F("responsible_body", "公开主体", K.TEXTS, aliases=("责任主体", "公开责任主体"), required=True, title="公开主体", example="示范县卫生健康局"),
    F("office", "责任科室", aliases=("责任处室", "责任股室"), title="责任科室"),
    F("channels", "公开渠道", K.TEXTS, aliases=("公开渠道和载体", "公开形式", "渠道和载体"), title="公开渠道和载体", example="[政府网站, 公开查阅点]"),
    F("audience", "公开对象", K.TEXTS, aliases=("公开范围",), title="公开对象", example="全社会"),
    F("disclosure", "公开方式", K.CHOICE, aliases=("公开属性",), choices=DISCLOSURES, closed=False, required=True, title="公开方式：主动公开或依申请公开", example="主动公开"),
    F("levels", "公开层级", K.TEXTS, title="公开层级", example="[县级]"),
    F("field", "领域", aliases=("试点领域", "所属领域"), title="基层政务公开26个领域之一", example="卫生健康"),
    F("statutory_item", "法定事项", title="《条例》第二十条、第二十一条的项，如 20-11", example="20-11"),
    F("stage", "五公开", K.CHOICE, choices=STAGES, closed=False, aliases=("五公开环节",), title="决策、执行、管理、服务、结果", example="服务"),
    F("duration", "公开时长", title="公开时长", example="长期，最新有效"),
    F("empty_reason", "空缺说明", title="暂无信息的原因", example="本年度未发生"),
    F("column", "栏目", aliases=("网站所属栏目",), title="网站所属栏目"),
    F("key_areas", "重点领域", K.TEXTS, title="重点领域"),
    F("note", "备注", title="备注"),
    F("published_on", "发布日期", K.DATE, title="本条目列入目录的日期"),
    F("revised_on", "修订日期", K.DATE, title="本条目最近修订的日期"),
    F("update_cycle", "更新周期", title="多久至少更新一次", example="每季度"),
    F("waivers", "不再提示", K.RECORDS, record="waiver", title="已经核实、不用再提示的警告"),
))  # fmt: skip

REMOVAL = Record("removal", "撤销的条目或网页", (
    F("target", "编号", aliases=("网址", "条目编号"), required=True, title="撤销的条目编号，或已公开网页的网址", example="WJJ-003"),
    F("date", "日期", K.DATE, title="撤销日期", example="2026-05-01"),
    F("reason", "理由", title="撤销理由", example="职能划转"),
    F("successor", "转至", aliases=("并入", "承接"), title="接替它的条目编号、索引号或文件", example="WJJ-004"),
))  # fmt: skip

CATALOG = Record("catalog", "主动公开基本目录", (
    F("format", "格式版本", K.INTEGER, title="文件格式的版本", example="1"),
    F("department", "部门", K.RECORD, record="department", required=True, title="部门情况"),
    F("entries", "目录", K.RECORDS, aliases=("条目",), record="entry", title="目录条目"),
    F("removals", "撤销", K.RECORDS, record="removal", title="已撤销的条目或网页"),
))  # fmt: skip

ATTACHMENT = Record("attachment", "附件", (
    F("file", "文件", aliases=("文件名",), required=True, title="附件文件名", example="申请表.docx"),
    F("title", "名称", aliases=("标题",), title="显示的名称", example="申请表"),
    F("disclosure", "公开方式", K.CHOICE, choices=DISCLOSURES, title="附件单独不公开时写"),
    F("extent", "公开程度", K.CHOICE, choices=EXTENTS, title="附件的公开程度"),
))  # fmt: skip

REVIEW = Record("review", "保密审查", (
    F("by", "人", aliases=("审查人",), title="审查人", example="张三"),
    F("date", "日期", K.DATE, aliases=("审查日期",), title="审查日期"),
    F("result", "结果", aliases=("审查结果",), title="审查结果", example="可以公开"),
))  # fmt: skip

CONSULTATION = Record("consultation", "征求意见", (
    F("start", "开始", K.DATE, aliases=("开始日期",), title="开始日期", example="2026-03-05"),
    F("end", "截止", K.DATE, aliases=("截止日期", "结束"), title="截止日期", example="2026-04-05"),
    F("reason", "理由", aliases=("期限说明",), title="少于30日时的说明"),
))  # fmt: skip

REPOST = Record("repost", "转载", (
    F("source", "来源", title="来源单位", example="中国政府网"),
    F("url", "地址", aliases=("网址",), title="原文网址"),
    F("time", "时间", K.MOMENT, title="原文发布时间"),
))  # fmt: skip

CHANGE = Record("change", "更新记录", (
    F("date", "日期", K.DATE, title="更新的日期", example="2026-05-01"),
    F("note", "内容", required=True, title="更新了什么", example="更正附件2的联系电话"),
))  # fmt: skip

WITHDRAWAL = Record("withdrawal", "撤回", (
    F("date", "日期", K.DATE, title="撤回日期", example="2026-05-01"),
    F("reason", "理由", title="撤回理由", example="内容有误，更正后重新发布"),
    F("hide_title", "隐去标题", K.FLAG, title="网页上不再显示标题", example="否"),
))  # fmt: skip

INTERPRETER = Record("interpreter", "解读人", (
    F("name", "姓名", title="解读人", example="张三"),
    F("role", "身份", title="主要负责人、起草单位、专家、媒体等", example="专家"),
))  # fmt: skip

DOCUMENT = Record("document", "文件", (
    F("title", "标题", aliases=("名称", "信息名称", "文件名称", "文件标题", "信息标题", "公文标题", "公文名称"), required=True, title="文件标题", example="关于做好……的通知"),
    F("index_number", "索引号", aliases=("索 引 号", "统一编号", "indexnumber", "信息索引号", "信息索引", "索引编号"), title="索引号", example="119999000000000198/2026-00012"),
    F("entries", "条目", K.TEXTS, aliases=("公开事项编号", "目录条目"), title="所属目录条目的编号", example="WJJ-012"),
    F("issuer", "发文机关", K.TEXTS, aliases=("发文机构", "发布机构", "发文单位", "发布单位", "发布机关", "制发机关", "制发单位", "公布机关", "发文部门", "发布部门"), title="发文机关", example="示范县卫生健康局"),
    F("joint_issuers", "联合发文机关", K.TEXTS, title="联合发文的其他机关"),
    F("document_number", "发文字号", aliases=("文号", "文件编号", "refno", "发文文号", "公文文号", "文件文号", "文件字号", "发文号", "公文字号"), title="发文字号", example="示卫发〔2026〕12号"),
    F("formed_on", "成文日期", K.DATE, aliases=("生成日期", "发文日期", "产生日期", "印发日期", "writedate", "成文时间", "生成时间", "发文时间", "产生时间", "印发时间", "形成日期", "制发日期"), title="成文日期", example="2026-03-02"),
    F("published_on", "发布日期", K.MOMENT, aliases=("发布时间", "公开日期", "pubdate", "公开时间", "公布日期", "公布时间"), title="发布日期，可带时间", example="2026-03-05 09:30"),
    F("publish_at", "定时发布", K.MOMENT, title="到这一时间才公开", example="2027-01-04 09:00"),
    F("disclosure", "公开方式", K.CHOICE, aliases=("公开属性",), choices=DISCLOSURES, title="只有写明“主动公开”才会公开", example="主动公开"),
    F("extent", "公开程度", K.CHOICE, choices=EXTENTS, title="全文公开、删减后公开或不予公开", example="全文公开"),
    F("closed_reason", "不予公开理由", K.TEXTS, title="不予公开的法定理由"),
    F("validity", "有效性", K.CHOICE, aliases=("效力状况", "效力状态", "有效状态", "时效性", "时效状态", "是否有效", "文件状态", "文件效力"), choices=VALIDITIES, closed=False, title="有效、失效或废止", example="有效"),
    F("effective_on", "施行日期", K.DATE, aliases=("生效日期", "实施日期", "生效时间", "施行时间", "实施时间"), title="施行日期"),
    F("expires_on", "失效日期", K.DATE, aliases=("有效期至", "失效时间", "废止日期", "废止时间"), title="失效日期"),
    F("kind", "类型", K.CHOICE, choices=DOCUMENT_KINDS, closed=False, title="文件类型", example="政策文件"),
    F("genre", "体裁", aliases=("体裁分类", "文种", "公文种类", "公文体裁"), title="体裁", example="通知"),
    F("topic", "主题分类", aliases=("分类", "组配分类", "目录分类", "信息分类", "信息类别", "主题类别"), title="主题分类"),
    F("keywords", "关键词", K.TEXTS, aliases=("主题词", "关键字"), title="关键词"),
    F("summary", "概述", aliases=("内容概述", "摘要", "内容摘要", "信息概述", "内容概要"), title="内容概述"),
    F("relations", "关联", K.RELATIONS, choices=RELATIONS, title="与其他文件的关系"),
    F("attachments", "附件", K.RECORDS, record="attachment", title="附件"),
    F("review", "保密审查", K.RECORD, record="review", title="公开前的保密审查"),
    F("consultation", "征求意见", K.RECORD, record="consultation", title="征求意见的起止日期"),
    F("event_time", "事件时间", K.MOMENT, title="舆情或突发事件的时间"),
    F("response_time", "回应时间", K.MOMENT, title="回应的时间"),
    F("interpreter", "解读人", K.RECORD, record="interpreter", title="解读人"),
    F("series", "系列", title="同一系列文件的名称", example="政府信息公开工作年度报告"),
    F("repost", "转载", K.RECORD, record="repost", title="转载来源"),
    F("withdrawal", "撤回", K.RECORD, record="withdrawal", title="撤回已公开的文件"),
    F("former_urls", "曾用网址", K.TEXTS, title="本文件以前的网址，会自动转到新网址", example="d/tongzhi.html"),
    F("year", "年度", K.INTEGER, title="年报、预算、决算的年度", example="2025"),
    F("changed_on", "变更日期", K.DATE, title="信息变更的日期"),
    F("approved_on", "批准日期", K.DATE, aliases=("批复日期",), title="批准或批复的日期"),
    F("disclosure_review", "公开属性审查", K.RECORD, record="review", title="政策文件不公开时，公开工作机构的审查"),
    F("no_interpretation", "不解读理由", title="政策文件不需要解读的理由"),
    F("event_class", "事件级别", K.CHOICE, choices=INCIDENT_CLASSES, closed=False, title="突发事件的级别", example="较大"),
    F("briefing_time", "发布会时间", K.MOMENT, title="新闻发布会的时间"),
    F("privacy_basis", "个人信息公开依据", title="依法公开个人信息的依据", example="《招标投标法实施条例》第五十四条"),
    F("changes", "更新记录", K.RECORDS, record="change", title="公开以后改过什么", example="[{日期: 2026-05-01, 内容: 更正附件2的联系电话}]"),
    F("waivers", "不再提示", K.RECORDS, record="waiver", title="已经核实、不用再提示的警告"),
))  # fmt: skip

RECORDS: dict[str, Record] = {
    record.name: record
    for record in (
        CONTACT, WAIVER, THRESHOLD, WEIGHT, WORDING, SITE_LINK, EMBLEM, SITE, DEPARTMENT, ENTRY, REMOVAL, CATALOG, ATTACHMENT, REVIEW, CONSULTATION, REPOST, CHANGE, WITHDRAWAL,
        INTERPRETER, DOCUMENT,
    )
}  # fmt: skip


def _lookup(record: Record) -> dict[str, Field]:
    table: dict[str, Field] = {}
    for field in record.fields:
        for form in (field.key, field.name, *field.aliases):
            if form in table:
                raise ValueError(f"key {form} of {record.name} is given twice")
            table[form] = field
    return table


_LOOKUP = {name: _lookup(record) for name, record in RECORDS.items()}
_ORDINALS = {name: {field.name: i for i, field in enumerate(record.fields)} for name, record in RECORDS.items()}


class SheetColumn(msgspec.Struct, frozen=True):
    """A column of people's own tables (表格的列): the field it fills, or the one value of that field which a tick stands for.

    `labels` are written without blanks and with narrow brackets, as headers are compared. `level` is that of a subject.
    """

    field: str
    labels: tuple[str, ...]
    value: str = ""
    level: int = 0


_NUMERALS = "一二三四五六"
_LEVEL_WORDS = (
    "事项",
    "公开事项",
    "目录",
    "类目",
    "类别",
    "分类",
    "指标",
    "标题",
    "栏目",
    "主题",
    "名称",
    "事项名称",
    "项目",
    "",
)
C = SheetColumn

SHEET_COLUMNS = (
    C("serial", ("序号", "序", "编次", "行号", "NO", "NO.", "No", "No.", "no", "项目序号", "事项序号")),
    *(
        C("subject", (
            *(f"{numeral}级{word}" for word in _LEVEL_WORDS), *(f"{level}级{word}" for word in _LEVEL_WORDS),
            *(f"{word}({numeral}级)" for word in ("公开事项", "事项", "目录", "类别", "分类")), f"第{numeral}级", f"公开{numeral}级事项",
        ), level=level)
        for level, numeral in enumerate(_NUMERALS, 1)
    ),
    C("subject", (
        "事项名称", "公开事项", "公开项目", "项目名称", "信息名称", "目录名称", "公开目录", "公开信息事项", "事项类别", "公开类别", "公开类目",
        "公开分类", "信息类别", "信息分类", "事项分类", "目录分类", "类别", "类目", "分类", "公开事项(名称)", "公开信息名称", "主动公开事项", "项目",
    )),
    C("content", (
        "公开内容要素", "内容要素", "信息内容", "内容", "公开信息内容", "具体内容", "主要内容", "公开的内容", "公开具体内容", "公开内容(要素)",
        "公开内容及要素", "公开内容和要素", "公开内容描述", "内容(要素)", "具体公开内容", "公开内容规范", "要素",
    )),
    C("basis", ("政策依据", "法律依据", "法规依据", "设定依据", "制定依据", "公开的依据", "法定依据", "法律法规依据", "公开法律依据", "公开依据(文号)")),
    C("time_limit", (
        "公开时间", "公开期限", "时间要求", "公开时限要求", "公开时间要求", "公开时限(时间)", "发布时限", "公开时间(时限)", "公开的时限", "公开时限及要求",
    )),
    C("responsible_body", (
        "公开单位", "责任单位", "责任部门", "公开部门", "公开机构", "发布主体", "主体", "公开责任单位", "公开责任部门", "牵头单位", "实施主体",
        "信息提供单位", "公开的主体", "公开主体(责任单位)", "负责单位", "公开主体(部门)",
    )),
    C("office", (
        "承办科室", "内设科室", "科室", "业务科室", "公开科室", "责任科室(单位)", "责任处(科)室", "责任科(室)", "责任科", "承办机构", "责任内设机构",
        "内设机构", "负责科室", "责任股(室)", "承办单位",
    )),
    C("channels", (
        "公开渠道及载体", "公开载体", "载体", "渠道", "公开渠道(载体)", "公开平台", "发布渠道", "公开途径", "形式", "公开渠道与载体", "公开载体和渠道",
        "公开渠道、载体", "渠道及载体", "公开形式和渠道", "公开方式和渠道", "公开方式及渠道",
    )),
    C("audience", ("公开对象和范围", "公开范围和对象", "公开对象及范围", "受众", "对象", "公开对象(范围)", "公开受众")),
    C("audience", ("全社会", "社会公众", "面向全社会", "全体公众", "面向社会"), value="全社会"),
    C("audience", ("特定群体", "特定群众", "特定对象", "特定人群", "特定公众", "特定主体"), value="特定群体"),
    C("disclosure", ("方式", "公开类型", "公开性质", "公开方式(类型)", "公开类别(方式)")),
    C("disclosure", ("主动", "主动公开"), value="主动公开"),
    C("disclosure", ("依申请", "依申请公开", "申请公开", "依申请人申请公开"), value="依申请公开"),
    C("levels", ("层级", "公开级别", "公开层次", "公开层级(级别)")),
    *(
        C("levels", (level, level.removesuffix("级"), *others), value=level)
        for level, *others in (
            ("国家级", "中央级"), ("省级", "自治区级", "省(自治区)级"), ("市级", "市(州)级", "设区市级"), ("县级", "县(市、区)级", "县(区)级", "县(市)级", "旗县级", "县区级"),
            ("区级",), ("旗级",), ("州级",), ("乡级", "乡(镇)级", "乡镇(街道)级"), ("镇级", "镇(街道)级"), ("乡镇级", "乡、镇级"), ("街道级",), ("村级", "村(社区)级", "村居级"), ("社区级",),
        )
    ),
    C("field", ("公开领域", "领域名称", "所属领域")),
    C("stage", ("五公开类别", "五公开分类")),
    C("duration", ("公开时效", "公开有效期", "保留时间", "公开持续时间", "展示时长", "公开时长(期限)", "公开保留期限")),
    C("column", ("所属栏目", "网站栏目", "公开栏目", "对应栏目", "网站公开栏目", "发布栏目")),
    C("update_cycle", ("更新频率", "更新要求", "更新周期(频率)", "更新频次")),
    C("note", ("说明", "备注说明", "备注(说明)")),
    C("id", ("编号", "事项编号", "目录编号", "事项编码", "目录编码", "公开事项编号")),
)  # fmt: skip
"""Headers met in tables and in no YAML file; the keys and aliases of `ENTRY` hold in tables as well."""

CHANNELS = (
    "政府网站", "政府公报", "两微一端", "发布会/听证会", "广播电视", "纸质媒体", "公开查阅点", "政务服务中心", "便民服务站", "入户/现场",
    "社区/企事业单位/村公示栏（电子屏）", "精准推送", "其他",
)  # fmt: skip
"""公开渠道和载体 as the national layout lists them (国办发〔2019〕54号 and the 26 指引), in its order."""
OTHER_CHANNELS = (
    "纸质载体", "行政服务中心", "社区", "企事业单位", "公示栏", "村公示栏", "电子屏", "公告公示栏", "公告栏", "发布会", "听证会", "入户", "现场",
    "投资项目在线审批监管平台", "公共资源交易平台", "信用中国", "招投标公共服务平台", "12345", "政务新媒体", "微信", "微博", "广播", "电视",
    "报刊", "报纸", "查阅点", "服务大厅", "办事大厅", "门户网站", "网站", "档案馆", "图书馆", "政务公开栏", "公开栏", "宣传", "手机", "其它", "政府",
    "乡镇", "村", "学校", "医院", "新闻", "专栏", "APP", "客户端", "国家", "全国", "省", "市", "县", "区", "街道",
)  # fmt: skip
"""Beginnings of other words for channels, by which a box lost to a letter is known again."""
