"""All rules of the program, wherever they are defined, and how one is shown without a finding at hand."""

from __future__ import annotations

import importlib
import pkgutil

import zwgk_site
from zwgk_site.diagnostics import PLACEHOLDER, RULES, SEVERITY_WORDS, Rule, Severity, Span

INTERNAL_FAULT = Rule(
    "ZW999", Severity.ERROR,
    zh="程序内部错误（{kind}：{fault}）。没有改动您的文件",
    en="internal error ({kind}: {fault}); your files are untouched",
    hint_zh="请设置环境变量 ZWGK_TRACEBACK=1 再运行一次，把显示的内容发给维护人员。",
    hint_en="Set ZWGK_TRACEBACK=1, run again and send us what is shown.",
)  # fmt: skip

_NO_RULES = ("zwgk_site.__main__", "zwgk_site.cli")
_RANGES = {
    "0": ("导入和导出", "import and export"),
    "1": ("读取", "reading"),
    "2": ("条目和文件", "entries and documents"),
    "3": ("引用", "references"),
    "4": ("网址和排布", "URLs and the plan"),
    "5": ("主题和模板", "themes and templates"),
    "6": ("检索", "search"),
    "7": ("发布和运行环境", "publishing and the machine"),
    "8": ("检查和抽查", "checks and inspections"),
    "9": ("程序本身", "the program itself"),
}

FAMILIES = {
    "load": ("文件和信息栏的写法", "how files and front matter are written"),
    "site_file": ("网站设置", "settings of the site"),
    "department": ("部门和文件夹", "departments and folders"),
    "synonyms": ("同义词", "synonyms"),
    "theme": ("主题", "themes"),
    "shell": ("门户外壳", "the portal's shell"),
    "shell_html": ("门户外壳的 HTML", "HTML of the shell"),
    "structure": ("编号、索引号和日期", "numbers and dates"),
    "timeliness": ("公开时限", "time limits"),
    "display_periods": ("法定的公示和公开期限", "periods that a law fixes"),
    "completeness": ("法定内容", "what the law asks for"),
    "annual": ("年报和预决算", "annual reports and budgets"),
    "inspection": ("抽查的一票否决", "vetoes of an inspection"),
    "openness": ("公开属性和审查", "openness and reviews"),
    "privacy": ("个人信息", "personal information"),
    "attachments": ("附件", "attachments"),
    "wording": ("用语", "wording"),
    "wording_file": ("用语表", "the word list"),
    "accessibility": ("无障碍", "accessibility"),
    "interpretations": ("政策解读", "interpretations"),
    "coverage": ("目录和部门的整体情况", "a catalogue as a whole"),
    "profiles": ("单位的类别和层级", "kind and level of an organ"),
    "reports": ("年报和预决算的内容", "what reports and budgets say"),
    "lists": ("各类清单", "lists"),
    "yearly": ("逐年逐期公开的信息", "what comes out year by year"),
    "consultations": ("征求意见", "consultations"),
    "normative": ("有效性和字号", "validity and numbers"),
    "responses": ("转载、回应和答复", "re-posts, responses and replies"),
    "dates": ("日期", "dates"),
    "duplicates": ("重复", "duplicates"),
    "day_claims": ("发布日期与上一版", "publication days against the ledger"),
    "site_wide": ("全站抽查计数", "counts of the whole site"),
    "across": ("部门之间", "across departments"),
    "identity": ("网站标识", "what a site says of itself"),
    "page_tags": ("网页标签", "meta tags of pages"),
    "waivers": ("不再提示", "waivers"),
    "settings": ("检查参数、评分和遮蔽方式", "thresholds, weights and masks"),
    "holidays": ("节假日", "holidays"),
    "exchange": ("自动改正", "mends"),
    "sheets": ("表格文件的读取", "reading files with tables"),
    "incoming": ("目录表格的导入和导出", "catalogues in tables"),
    "documents": ("文件的导入和新建", "taking documents in, making new files"),
    "outer_links": ("站外链接", "links out of the site"),
    "plan": ("引用和网址", "references and URLs"),
    "templates": ("模板", "templates"),
    "faults": ("检索数据", "search data"),
    "machine": ("磁盘、权限和锁", "disk, rights and locks"),
    "manifest": ("文件清单", "manifests"),
    "start": ("新建栏目和部门", "new sites and departments"),
    "pack": ("打包和 U 盘", "packages and sticks"),
    "doctor": ("电脑", "the machine"),
    "preview": ("本机预览", "preview"),
    "rule_list": ("程序本身", "the program itself"),
}
"""Titles of `Rule.family`; a family without a row goes by the name of its module."""

_SAMPLES: dict[str, object] = {
    "amount": "20", "chain": "a → b → a", "choices": "主动公开、依申请公开", "code": "wjj", "contract": 2,
    "date": "2026-03-05", "due": "2026-03-30", "encoding": "GBK", "example": "公开方式: 主动公开", "expected": "一个日期",
    "expected_en": "a date", "fault": "…", "file": "申请表.docx", "folder": "county", "found": 7, "found_en": "a list",
    "host": "server", "id": "WJJ-012", "key": "公开时限", "kind": "依据", "known": 1, "limit": "64", "line": 12,
    "local": "2026/00012.html", "name": "wjj", "number": "119999000000000198/2026-00012", "other": "jyj",
    "parent": "county", "path": "public", "pid": 4711, "prefix": "119999000000000198",
    "problem": "这一行缺少冒号", "problem_en": "a colon is missing", "published": "2026-04-20", "reason": "没有权限",
    "reason_en": "no permission", "since": "2026-11-21 09:00:00", "size": 80, "source": "content", "standing": 7,
    "state": ".public.zwgk", "suggestion": "公开时限", "template": "document.html", "text": "&a", "theme": "county",
    "title": "公开时限，照原文写", "url": "wjj/2026/00012.html", "value": "2026-13-01", "what": "时间", "what_en": "time",
    "written": "jyj:JYJ-003",
    "cell": "目录!H17", "suffix": ".xls",
    "class": "重大", "count": 3, "names": "联系电话、办公地址", "names_en": "电话, 地址", "place": "", "place_en": "",
    "right": "部署", "wrong": "布署", "understood": "", "understood_en": "", "year": 2025,
}  # fmt: skip
_OWN_SAMPLES: dict[str, dict[str, object]] = {
    "ZW001": {"names": "Sheet1"},
    "ZW004": {"kind": "PDF", "kind_en": "a PDF"},
    "ZW005": {"size": 2048, "limit": 400},
    "ZW007": {"kind": "网页", "kind_en": "a web page"},
    "ZW010": {"name": "目录", "names": "Sheet1、2025年", "example": "Sheet1"},
    "ZW011": {"name": "旧目录"},
    "ZW012": {"names": "城乡规划、社会救助", "count": 2, "example": "社会救助"},
    "ZW013": {"name": "目录", "names": "第3行、E列"},
    "ZW090": {"name": "表1", "count": 2},
    "ZW017": {"written": "K=责任可室", "reason": "没有“责任可室”这个项目", "reason_en": "there is no field 责任可室"},
    "ZW018": {"cell": "目录!L2", "name": "承办处室"},
    "ZW019": {
        "cell": "目录!D2",
        "name": "公开形式",
        "kind": "主动公开、依申请公开",
        "kind_en": "主动公开 or 依申请公开",
        "key": "公开方式",
    },
    "ZW020": {"cell": "目录!B7:B9", "text": "社会救助"},
    "ZW021": {"cell": "目录!B8", "text": "社会救助"},
    "ZW022": {"cell": "目录!E8", "written": "同上", "text": "《社会救助暂行办法》"},
    "ZW023": {"cell": "目录!E4", "written": "同上"},
    "ZW024": {"text": "政府网站"},
    "ZW025": {"cell": "目录!F17", "text": "自信息形成或者变更之日起20个工作日内"},
    "ZW026": {"cell": "目录!D17", "count": 2, "text": "申请材料；办理流程"},
    "ZW027": {"cell": "目录!J17", "written": "项目单位", "text": "特定群体（项目单位）"},
    "ZW028": {"cell": "目录!M17", "written": "2026年3月5日", "text": "2026-03-05"},
    "ZW029": {"cell": "目录!90:90", "reason": "合计行", "reason_en": "a sum", "text": "合计 86项"},
    "ZW030": {"cell": "目录!41:41"},
    "ZW031": {"cell": "目录!D41"},
    "ZW032": {
        "key": "公开方式",
        "text": "主动公开",
        "reason": "标题或文件名写着“主动公开”",
        "reason_en": "the title says 主动公开",
    },
    "ZW033": {
        "cell": "目录!F41",
        "text": "自信息形成或者变更之日起20个工作日内",
        "reason": "《条例》第26条的期限",
        "reason_en": "the limit of 条例 art. 26",
    },
    "ZW034": {"cell": "目录!K17", "text": "主动公开、依申请公开"},
    "ZW035": {"names": "示范县教育局、示范县民政局", "count": 2, "name": "示范县教育局", "example": "mzj"},
    "ZW036": {"names": "jyj、wjj", "example": "jyj"},
    "ZW037": {"path": "catalogs/jyj.yaml", "name": "示范县教育局"},
    "ZW038": {
        "cell": "目录!Z17",
        "written": "JYJ-012",
        "reason": "在表里重复",
        "reason_en": "stands in the table more than once",
        "text": "JYJ-087",
    },
    "ZW039": {"text": "社会救助 › 临时救助"},
    "ZW040": {"count": 86, "number": 60},
    "ZW041": {"path": "catalogs/jyj.yaml"},
    "ZW042": {"cell": "目录!51:51", "names": "公开内容、公开依据"},
    "ZW043": {"cell": "目录!F23", "text": "另行研究"},
    "ZW044": {"cell": "目录!M17", "written": "三月里", "key": "发布日期"},
    "ZW045": {"cell": "目录!Z17", "written": "JYJ-007", "known": "机构信息/机构职能", "text": "JYJ-009"},
    "ZW046": {"cell": "目录!B41"},
    "ZW048": {"reason": "有这些部门：jyj、wjj", "reason_en": "the departments are jyj、wjj", "example": "jyj"},
    "ZW049": {"cell": "目录!A40", "text": "二、社会救助领域"},
    "ZW278": {"date": "2026-03-02", "other": "2026-03-20"},
    "ZW890": {"text": "公示期不少于3个工作日", "example": "公示期不少于5个工作日"},
    "ZW891": {"text": "公示期不少于2日", "example": "公示期不少于3日"},
    "ZW892": {"text": "公示期不少于3个工作日", "example": "公示期不少于5个工作日"},
    "ZW893": {"text": "公告时间不少于10日", "example": "公告时间不少于10个工作日"},
    "ZW894": {"text": "公告期15日", "example": "公告时间不少于30日"},
    "ZW895": {
        "duty": "预算、决算应当在批准或者批复后20日内公开",
        "duty_en": "budgets and final accounts come out within 20 days of approval",
        "law": "《预算法》第十四条",
        "text": "批复后20个工作日内",
        "example": "批准后20日内",
    },
    "ZW109": {"name": "content/tongzhi.md"},
    "ZW113": {"text": "!important"},
    "ZW116": {"key": "公开实限"},
    "ZW117": {"key": "经办人"},
    "ZW118": {"example": "自信息形成或者变更之日起20个工作日内"},
    "ZW119": {"example": "自信息形成或者变更之日起20个工作日内"},
    "ZW120": {"key": "成文日期", "found": "一个列表", "example": "2026-03-02"},
    "ZW121": {"key": "成文日期"},
    "ZW122": {"key": "发布日期"},
    "ZW123": {"key": "成文日期", "value": "2026年3月5日"},
    "ZW124": {"key": "公开方式", "value": "主动", "suggestion": "主动公开"},
    "ZW125": {"key": "有效性", "value": "生效", "choices": "有效、失效、废止", "suggestion": "有效"},
    "ZW126": {"key": "隐去标题", "value": "可以"},
    "ZW127": {"key": "保留版本数", "value": "五", "example": "5"},
    "ZW128": {"found": 2},
    "ZW133": {"problem": "行内的标记没有写完（缺少 }）", "problem_en": "an inline mark is not closed by }"},
    "ZW141": {"file": "申请表.html", "reason": ".html", "reason_en": ".html"},
    "ZW142": {"file": "../jyj/申请表.docx"},
    "ZW150": {"limit": "600 s", "key": "部门时间上限"},
    "ZW161": {"value": "示范县政府网"},
    "ZW162": {"code": "卫健局"},
    "ZW163": {"name": "wsj"},
    "ZW201": {"other": 12},
    "ZW202": {"other": "content/wjj/2026/tongzhi.md"},
    "ZW204": {"example": "WJJ-012"},
    "ZW208": {"number": "xxgk2026012"},
    "ZW209": {"code": "119999000000000199"},
    "ZW210": {"name": "tongzhi", "other": "2025/tongzhi.md", "path": "2026/tongzhi"},
    "ZW227": {"count": 11, "number": 10, "names": "WJJ-003、WJJ-012 …"},
    "ZW238": {"names": "政策解读、公众参与"},
    "ZW239": {"names": "决策、结果"},
    "ZW244": {"names": "行政复议、行政诉讼情况"},
    "ZW247": {"names": "社会评议、责任追究"},
    "ZW248": {"problem": "表三“自然人”一列：42+3≠40+4"},
    "ZW249": {"found": 3, "known": 2},
    "ZW301": {"written": "2025-tongzhi"},
    "ZW302": {"written": "2025-tongzhi.md"},
    "ZW308": {
        "written": "http://192.168.1.5:8080/",
        "problem": "是单位内部网络的地址，公众打不开",
        "problem_en": "is an address of an inner network; the public can't open it",
    },
    "ZW304": {"written": "示范县公安局"},
    "ZW401": {"other": "wjj/2026/00013.html"},
    "ZW403": {"written": "WJJ-012"},
    "ZW405": {"written": "WJJ-012"},
    "ZW501": {"name": "conty", "known": "default、light、county"},
    "ZW502": {"reason": "缺少 contract", "reason_en": "contract is missing"},
    "ZW503": {"parent": "defualt"},
    "ZW507": {"reason": "不是 UTF-8 文本", "reason_en": "not UTF-8 text"},
    "ZW508": {"reason": "类型 .exe 不能用", "reason_en": "type .exe is not allowed"},
    "ZW509": {"key": "colour"},
    "ZW511": {"name": "country"},
    "ZW621": {"path": "public/search/manifest.js", "reason": "内容不完整", "reason_en": "its content is not whole"},
    "ZW622": {"path": "public/search/3f2a91c07d11/head.js", "reason": "No such file or directory"},
    "ZW623": {"found": 2},
    "ZW709": {"example": "readme.txt"},
    "ZW711": {"path": "content/wjj/2026/申请表.docx"},
    "ZW712": {"number": 3, "choices": "6, 5"},
    "ZW713": {"number": 3, "choices": "6, 5", "purged": 5},
    "ZW715": {"path": "public/wjj/index.html"},
    "ZW723": {"url": "data/manifest.json"},
    "ZW740": {"path": "公开栏目"},
    "ZW741": {"path": "公开栏目"},
    "ZW742": {"name": "县级单位", "choices": "省级部门、市级部门、县级部门、乡镇 …"},
    "ZW743": {"code": "卫健局"},
    "ZW744": {"code": "wjj", "path": "catalogs/wjj.yaml"},
    "ZW745": {"name": "示范县\\n卫生健康局"},
    "ZW746": {"code": "1199990000"},
    "ZW747": {"path": "开始.bat"},
    "ZW748": {"path": "nul"},
    "ZW750": {"path": "public-draft"},
    "ZW751": {"path": "E:\\", "left": "40 MB", "size": "212 MB"},
    "ZW752": {"path": "E:\\", "example": "照片", "folder": "E:\\公开栏目"},
    "ZW753": {"path": "公开栏目.zip"},
    "ZW754": {"url": "wjj/2026/00012.files/shipin-1a2b3c4d.mp4", "size": "4.6 GB"},
    "ZW755": {"url": "wjj/i/Tongzhi.html", "other": "wjj/i/tongzhi.html"},
    "ZW756": {"url": "wjj/e", "count": 30000},
    "ZW757": {"path": "E:\\资料", "count": 271},
    "ZW758": {"path": "E:\\公开栏目\\index.html"},
    "ZW759": {"path": "content", "source": "content"},
    "ZW760": {"path": "报送.zip"},
    "ZW773": {"path": "报送/公开栏目.zip"},
    "ZW761": {"version": "3.14.0"},
    "ZW762": {"count": 32},
    "ZW763": {"name": "lxml", "reason": "not installed"},
    "ZW764": {"name": "lxml", "found": "5.0.0", "expected": "6.1.3"},
    "ZW765": {"encoding": "cp437"},
    "ZW766": {"path": "D:\\zwgk", "left": "120 MB", "size": "477 MB"},
    "ZW768": {"count": 271, "path": "D:\\…\\content\\wjj\\2026\\…"},
    "ZW769": {"name": "OneDrive"},
    "ZW770": {"path": "\\\\server\\zwgk", "kind": "UNC"},
    "ZW771": {"date": "2020-01-01", "since": "2026-11-21"},
    "ZW801": {"number": 14, "due": "2026-03-19"},
    "ZW803": {"count": 5, "number": 5, "names": "通知公告、工作动态 …"},
    "ZW804": {"count": 6, "number": 5, "names": "人事信息、招考录用 …"},
    "ZW805": {
        "count": 7,
        "number": 5,
        "what": "空白栏目",
        "what_en": "blank columns",
        "names": "示范县教育局 4、示范县民政局 3",
    },
    "ZW806": {"number": 14, "due": "2026-03-19"},
    "ZW857": {"date": "2026-06-12"},
    "ZW845": {"value": "banshi-dating.png"},
    "ZW846": {"value": "点击这里"},
    "ZW847": {"value": "一、总体要求"},
    "ZW870": {"names": "网站标识码、ICP备案", "example": "网站标识码: 9999000001"},
    "ZW871": {"tag": "SiteIDCode", "count": 312, "template": "frame.html"},
    "ZW872": {"tag": "PubDate"},
    "ZW873": {"tag": "ColumnName"},
    "ZW874": {"value": "www.shifan.com"},
    "ZW875": {"value": "示范县政务公开"},
    "ZW876": {"value": "标识码 9999000001"},
    "ZW877": {"name": "隐私", "choices": "更新、空白、时限"},
    "ZW878": {"name": "个人信息"},
    "ZW879": {"name": "个人信息"},
    "ZW811": {"names": "办公时间、负责人姓名"},
    "ZW812": {"value": "社会救济", "suggestion": "社会救助"},
    "ZW813": {"year": 2026, "names": "2、3"},
    "ZW814": {"due": "2026-01-31"},
    "ZW815": {"due": "2026-01-31"},
    "ZW816": {"kind": "预算"},
    "ZW817": {"kind": "决算", "names": "举借债务"},
    "ZW818": {"names": "抽查依据、抽查方式"},
    "ZW819": {"names": "经营地址、收费依据"},
    "ZW896": {"names": "设定依据、开具单位"},
    "ZW897": {"names": "收费依据"},
    "ZW898": {"names": "救济渠道"},
    "ZW899": {"what": "摘要", "what_en": "an abstract"},
    "ZW820": {"reason": "（同音或近音字写错）", "reason_en": " (…)"},
    "ZW822": {"text": "委", "number": 2, "limit": 40},
    "ZW823": {"text": "县卫计委", "line": 3},
    "ZW824": {"text": "作为"},
    "ZW825": {"wrong": "某某", "count": 1, "reason": "（未公开的项目代号）", "reason_en": " (…)"},
    "ZW887": {"kind": "解读对象", "names": "wjj:2025/tongzhi、wjj:2026/tongzhi", "count": 2, "example": "2026/tongzhi"},
    "ZW888": {"example": "关联: {解读对象: 2026-tongzhi}"},
    "ZW999": {"kind": "KeyError", "fault": "'title'"},
}


def all_rules() -> dict[str, Rule]:
    """Every rule by its code, in order; imports each module that could define one."""
    for module in pkgutil.walk_packages(zwgk_site.__path__, "zwgk_site."):
        if not module.name.startswith(_NO_RULES):
            importlib.import_module(module.name)
    return dict(sorted(RULES.items()))


def range_title(code: str, language: str) -> str:
    """What the hundred of a code is about."""
    zh, en = _RANGES.get(code[2:3], ("其他", "other"))
    return zh if language == "zh" else en


def family_title(family: str, language: str) -> str:
    """What the rules of one module are about."""
    zh, en = FAMILIES.get(family, (family, family.replace("_", " ")))
    return zh if language == "zh" else en


def general_words(rule: Rule, language: str) -> str:
    """The sentence of a rule without a finding at hand: what differs each time is left open."""
    return PLACEHOLDER.sub("…", rule.zh if language == "zh" else rule.en)


def sample_finding(rule: Rule, language: str) -> str:
    """A finding as a check would word it, with made-up facts."""
    finding = rule.at(Span(""), **_sample_facts(rule))  # type: ignore[arg-type]  # no fact is "related"
    return f"{SEVERITY_WORDS[language][rule.severity]} {rule.code} {finding.message(language)}"


def sample_hint(rule: Rule, language: str) -> str:
    """The rule's hint with made-up facts."""
    finding = rule.at(Span(""), **_sample_facts(rule))  # type: ignore[arg-type]  # no fact is "related"
    return finding.hint(language)


def _sample_facts(rule: Rule) -> dict[str, object]:
    names = {name for words in (rule.zh, rule.en, rule.hint_zh, rule.hint_en) for name in PLACEHOLDER.findall(words)}
    own = _OWN_SAMPLES.get(rule.code, {})
    return {name: own.get(name, _SAMPLES.get(name, "…")) for name in names}
