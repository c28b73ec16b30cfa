"""Whatever clerks do, and in whichever order: an incremental build equals a clean one, byte for byte."""

from __future__ import annotations

import contextlib
import difflib
import os
import shutil
from pathlib import Path
from random import Random

import msgspec
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.crawl import dead_links
from tests.index_files import comparable
from tests.model_sites import ModelDepartment, ModelDocument, ModelSite, build_model, drop_cache, quick_folder, tree_of
from zwgk_site.pipeline import build as pipeline_build
from zwgk_site.pipeline import env as pipeline_env
from zwgk_site.stages.publish import open_output, reachable_releases, roll_back

STEPS = 20
EXAMPLES = int(os.environ.get("ZWGK_EXAMPLES", "10"))
COMING = "尚未到时间的消息"
EVERY = 5
"""Of so many clean builds one compiles the theme again; the others have what this process compiled before."""
HIDDEN = "绝不可见的一句话"
DAYS = ("2026-11-20", "2026-11-21", "2026-11-30", "2026-12-01", "2026-12-15", "2027-01-05", "2027-06-30", "2027-07-01")
WORDS = ("通知", "办法", "方案", "公告", "目录", "清单")
FIELDS = ("卫生健康", "义务教育", "社会救助", "本县特色事项")
LINKS = (
    "banfa.md",
    "tongzhi.md",
    "wjj:WJJ-001",
    "JYJ-001",
    "biao.csv",
    "../../jyj/2026/xin.md",
    "没有这个文件.md",
    "banfa.md#top",
)
RELATIONS = ("解读对象", "依据", "修改", "废止", "替代", "相关")
TARGETS = (
    "wjj:2026/banfa",
    "wjj:banfa",
    "jyj:jiu",
    "jyj:xin",
    "119999000000000273/2026-00001",
    "WJJ-001",
    "xzf:guihua",
    "nichts",
)
PREFIXES = {
    "wjj": "119999000000000273",
    "jyj": "11999900000000035X",
    "xzf": "119999000000000198",
    "mzj": "11999900000000051K",
}
DICE = st.integers(0, 2**32 - 1).map(Random)
CSV = "序号,名称\n1,{}\n"


def first_site(root: Path) -> ModelSite:
    """Three departments that speak of one another in every way there is."""
    site = ModelSite(root)
    site.settings["域名"] = "https://www.example.gov.cn"
    xzf = site.department("xzf", "试验县人民政府", 类别="本级政府", 统一社会信用代码=PREFIXES["xzf"])
    xzf.entry("XZF-001", "发展规划", 法定事项="20-3", 五公开="决策", 发布日期="2025-02-01")
    xzf.document(
        "2026/guihua", "发展规划", "规划正文，见[办法](../../wjj/2026/banfa.md)。\n", 关联={"废止": ["jyj:jiu"]}
    )
    xzf.document(
        "2026/yugao", COMING, f"{COMING}的正文。\n", 定时发布="2026-12-15", 索引号=f"{PREFIXES['xzf']}/2026-00002"
    )
    wjj = site.department("wjj", "试验县卫生健康局", 上级="xzf", 简称="县卫健局", 统一社会信用代码=PREFIXES["wjj"])
    for number, title in enumerate(("医疗救助", "疫苗接种", "卫生监督"), 1):
        wjj.entry(
            f"WJJ-00{number}",
            title,
            领域=FIELDS[number % 3],
            法定事项="20-11",
            五公开="服务",
            发布日期=f"2025-0{number}-01",
        )
    wjj.document(
        "2026/banfa", "救助办法", "## 一、总则\n\n第一条。\n", 索引号=f"{PREFIXES['wjj']}/2026-00001", 发文字号="试卫发〔2026〕1号",
        施行日期="2026-12-01", 失效日期="2027-06-30", 附件=[{"文件": "biao.csv", "名称": "标准表"}], 联合发文机关=["试验县教育局"],
    )  # fmt: skip
    wjj.document(
        "2026/jiedu", "救助办法解读", "解读[办法](banfa.md)和[通知](../../jyj/2026/tongzhi.md)。\n", 类型="解读", 条目=["jyj:JYJ-001"],
        索引号=f"{PREFIXES['wjj']}/2026-00002", 关联={"解读对象": ["banfa"]}, 发布日期="2026-03-08",
    )  # fmt: skip
    wjj.document(
        "2026/wuhao", "没有索引号的公告", "见[条目](WJJ-002)和[表](biao.csv)。\n", 条目=["WJJ-002", "jyj:JYJ-002"]
    )
    wjj.files["2026/biao.csv"] = CSV.format("一").encode()
    jyj = site.department("jyj", "试验县教育局", 上级="xzf", 统一社会信用代码=PREFIXES["jyj"])
    jyj.entry("JYJ-001", "招生", 领域="义务教育", 五公开="执行")
    jyj.entry("JYJ-002", "资助", 公开方式="依申请公开")
    jyj.document(
        "2026/tongzhi",
        "教育通知",
        联合发文机关=["试验县卫生健康局"],
        关联={"修改": ["wjj:banfa"]},
        条目=["wjj:WJJ-001"],
    )
    jyj.document(
        "2025/jiu", "旧办法", 发布日期="2025-04-01", 成文日期="2025-03-30", 索引号=f"{PREFIXES['jyj']}/2025-00001"
    )
    jyj.document("2026/xin", "新办法", 关联={"替代": ["jiu"], "依据": [f"{PREFIXES['wjj']}/2026-00001"]})
    return site


class Clerks(RuleBasedStateMachine):
    """Several clerks at work; after each step the site is built, once more, and from nothing."""

    @initialize()
    def begin(self):
        self.folders = contextlib.ExitStack()
        self.folder = self.folders.enter_context(quick_folder())
        self.site = first_site(self.folder / "site")
        self.output = self.folder / "out/public"
        self.before = self.folder / "before/public"
        self.today, self.jobs, self.young, self.hinted, self.serial = DAYS[0], 1, False, False, 100
        self.lost: list[str] = []
        self.gone: dict[str, ModelDepartment] = {}
        self.step = "begin"
        self.site.write()
        self.built = build_model(self.site, self.output, self.today)
        self.remember()
        self.done = 0
        self.changed = False

    def teardown(self):
        if hasattr(self, "folders"):
            self.folders.close()

    # --- what is there ------------------------------------------------------------------------------------------------

    def a_department(self, dice: Random) -> ModelDepartment:
        return self.site.departments[dice.choice(sorted(self.site.departments))]

    def a_document(self, dice: Random) -> tuple[ModelDepartment, str, ModelDocument] | None:
        found = [
            (department, path) for department in self.site.departments.values() for path in sorted(department.documents)
        ]
        if not found:
            return None
        department, path = dice.choice(found)
        return department, path, department.documents[path]

    def mark(self, step: str) -> None:
        self.step, self.changed = step, True
        note(f"    {step}")

    # --- titles, texts, fields ----------------------------------------------------------------------------------------

    @rule(dice=DICE)
    def edit_document(self, dice):
        if found := self.a_document(dice):
            department, path, document = found
            self.serial += 1
            field, value = dice.choice((
                ("标题", f"{dice.choice(WORDS)}{self.serial}"),
                ("发文字号", f"试发〔2026〕{self.serial}号"),
                ("发布日期", dice.choice(("2025-12-31", "2026-01-05", "2026-11-19 10:30", "2024-06-01"))),
                ("失效日期", dice.choice((None, "2026-11-30", "2027-01-04"))),
                ("有效性", dice.choice(("有效", "失效", "废止"))),
                ("类型", dice.choice(("政策文件", "指南", "年报", "解读"))),
                ("联合发文机关", dice.choice((["试验县教育局", "外县机关"], ["县卫健局"], ["试验县医保局"]))),
                ("条目", dice.choice((["WJJ-001"], ["jyj:JYJ-001", "WJJ-002"], ["XZF-001"], []))),
            ))  # fmt: skip
            document.fields[field] = value
            self.mark(f"{department.code}/{path}: {field} = {value}")

    @rule(dice=DICE)
    def edit_text(self, dice):
        if found := self.a_document(dice):
            department, path, document = found
            link = dice.choice(LINKS)
            document.text += f"\n又一段，见[这里]({link})。\n"
            self.mark(f"{department.code}/{path}: link {link}")

    @rule(dice=DICE)
    def edit_relations(self, dice):
        if found := self.a_document(dice):
            department, path, document = found
            document.fields["关联"] = {dice.choice(RELATIONS): dice.sample(TARGETS, dice.randint(0, 2))}
            self.mark(f"{department.code}/{path}: 关联 {document.fields['关联']}")

    @rule(dice=DICE)
    def edit_entry(self, dice):
        department = self.a_department(dice)
        if department.entries:
            entry = dice.choice(department.entries)
            self.serial += 1
            field, value = dice.choice((
                ("公开事项", ["业务工作", f"事项{self.serial}"]),
                ("公开时限", dice.choice(("实时公开", "每年1月31日前", "自信息形成之日起7个工作日内"))),
                ("领域", dice.choice((*FIELDS, None))),
                ("五公开", dice.choice(("决策", "结果", None))),
                ("法定事项", dice.choice(("20-1", "21-1", None))),
                ("公开方式", dice.choice(("主动公开", "依申请公开"))),
                ("发布日期", dice.choice(("2024-01-01", "2026-02-02"))),
            ))  # fmt: skip
            entry[field] = value
            self.mark(f"{entry['编号']}: {field} = {value}")

    @rule(dice=DICE)
    def rename_department(self, dice):
        department = self.a_department(dice)
        self.serial += 1
        department.head["曾用名"] = [*department.head.get("曾用名", []), department.head["名称"]]
        department.head["名称"] = dice.choice((f"试验县新设局{self.serial}", "试验县医保局", "外县机关"))
        self.mark(f"{department.code}: 名称 = {department.head['名称']}")

    # --- entries and documents come and go ----------------------------------------------------------------------------

    @rule(dice=DICE)
    def change_entries(self, dice):
        department = self.a_department(dice)
        act = dice.choice(("add", "remove", "lose", "order"))
        if act == "add":
            self.serial += 1
            department.entry(
                f"{department.code.upper()}-{self.serial}", f"新事项{self.serial}", 领域=dice.choice(FIELDS)
            )
        elif act == "order":
            dice.shuffle(department.entries)
        elif len(department.entries) > 1:
            entry = department.entries.pop(dice.randrange(len(department.entries)))
            if act == "remove":
                successor = dice.choice((None, department.entries[0]["编号"], "jyj:JYJ-001"))
                department.removals.append(
                    {"编号": entry["编号"], "日期": "2026-11-01", "理由": "职能划转", "转至": successor}
                )
        self.mark(f"{department.code}: {act} an entry")

    @rule(dice=DICE)
    def add_document(self, dice):
        department = self.a_department(dice)
        self.serial += 1
        number = f"{PREFIXES[department.code]}/2026-{self.serial:05}" if dice.random() < 0.6 else None
        text = f"新文件，见[办法](../../wjj/2026/banfa.md)。\n\n* {self.serial}\n"
        relations = {dice.choice(RELATIONS): [dice.choice(TARGETS)]}
        department.document(
            f"2026/wj{self.serial}", f"新{dice.choice(WORDS)}{self.serial}", text, 索引号=number, 关联=relations
        )
        self.mark(f"{department.code}: add wj{self.serial} {number}")

    @rule(dice=DICE)
    def move_document(self, dice):
        if found := self.a_document(dice):
            department, path, document = found
            self.serial += 1
            folder, name = path.split("/")
            new = dice.choice((f"{folder}/gm{self.serial}", f"moved/{name}"))
            if new in department.documents:
                return
            if dice.random() < 0.6:
                document.fields["曾用网址"] = [*document.fields.get("曾用网址", []), f"d/{name}.html"]
            department.documents[new] = department.documents.pop(path)
            self.mark(f"{department.code}: {path} becomes {new}, {document.fields.get('曾用网址')}")

    @rule(dice=DICE)
    def delete_document(self, dice):
        if (found := self.a_document(dice)) and len(found[0].documents) > 1:
            department, path, document = found
            del department.documents[path]
            if dice.random() < 0.7:
                number = document.fields.get("索引号") or ""
                url = number.rpartition("/")[2].replace("-", "/") if number else "d/" + path.rpartition("/")[2]
                department.removals.append({"编号": f"{url}.html", "日期": "2026-11-02", "理由": "重复公开"})
            self.mark(f"{department.code}: delete {path}, {department.removals[-1:]}")

    @rule(dice=DICE)
    def number_document(self, dice):
        if found := self.a_document(dice):
            department, path, document = found
            self.serial += 1
            fresh = f"{PREFIXES[department.code]}/2026-{self.serial:05}"
            clashing = f"{PREFIXES['wjj']}/2026-00001"
            document.fields["索引号"] = dice.choice((fresh, fresh, fresh, "其他机关-17", clashing, None))
            self.mark(f"{department.code}/{path}: 索引号 = {document.fields['索引号']}")

    # --- the gate -----------------------------------------------------------------------------------------------------

    @rule(dice=DICE)
    def shut_document(self, dice):
        if found := self.a_document(dice):
            department, path, document = found
            act = dice.choice(("withdraw", "hide", "redact", "redact", "close", "apply", "embargo", "open", "open"))
            document.text = document.text.replace(f"\n{HIDDEN}\n", "")
            if act in ("withdraw", "hide"):
                hidden = "是" if act == "hide" else None
                document.fields["撤回"] = {"日期": "2026-11-10", "理由": "内容有误"} | (
                    {"隐去标题": hidden} if hidden else {}
                )
            elif act == "redact":
                document.fields["公开程度"] = "删减后公开"
                document.text += f"\n涉及{{不公开:个人隐私|{HIDDEN}}}的部分。\n"
            elif act == "close":
                document.fields["公开程度"] = "不予公开"
                document.text += f"\n{HIDDEN}\n"
            elif act == "apply":
                document.fields["公开方式"] = "依申请公开"
            elif act == "embargo":
                document.fields["定时发布"] = dice.choice(("2026-12-15", "2026-11-30 09:00", "2027-01-05 08:30"))
            else:
                document.fields |= {"撤回": None, "公开程度": None, "公开方式": "主动公开"}
            self.mark(f"{department.code}/{path}: {act}")

    @rule(day=st.sampled_from(DAYS))
    def let_days_pass(self, day):
        self.today = day
        self.mark(f"today is {day}")

    # --- attachments --------------------------------------------------------------------------------------------------

    @rule(dice=DICE)
    def change_attachments(self, dice):
        if found := self.a_document(dice):
            department, path, document = found
            self.serial += 1
            folder = path.rpartition("/")[0]
            act = dice.choice(("add", "change", "change", "unlist", "delete"))
            if act == "add":
                department.files[f"{folder}/fj{self.serial}.csv"] = CSV.format(self.serial).encode()
                document.fields["附件"] = [*document.fields.get("附件", []), {"文件": f"fj{self.serial}.csv"}]
            elif act == "unlist":
                document.fields["附件"] = []
            elif department.files:
                name = dice.choice(sorted(department.files))
                if act == "change":
                    department.files[name] = CSV.format("改" * dice.randint(1, 3) + str(self.serial)).encode()
                else:
                    del department.files[name]
            self.mark(f"{department.code}/{path}: {act} an attachment")

    # --- faults and their mending -------------------------------------------------------------------------------------

    @rule(dice=DICE)
    def break_file(self, dice):
        department = self.a_department(dice)
        act = dice.choice(("catalog", "document", "redaction"))
        if act == "catalog":
            department.broken = "\t坏: [\n"
        elif department.documents:
            document = department.documents[dice.choice(sorted(department.documents))]
            document.text += "\n{不公开:个人隐私|没有结尾\n" if act == "redaction" else ""
            if act == "document":
                document.fields["标题"] = None
        self.mark(f"{department.code}: break {act}")

    @rule()
    def mend_everything(self):
        """What a clerk does who follows the hints of all findings."""
        for code, department in self.gone.items():
            self.site.departments.setdefault(code, department)
        self.gone.clear()
        for department in self.site.departments.values():
            department.broken = ""
            for document in department.documents.values():
                document.text = document.text.replace("\n{不公开:个人隐私|没有结尾\n", "")
                document.fields["标题"] = document.fields.get("标题") or "补上的标题"
        for finding in self.built.findings:
            facts = dict(finding.facts)
            department = self.site.departments.get(finding.span.file.removeprefix("catalogs/").removesuffix(".yaml"))
            if finding.code == "ZW402" and department is not None:
                department.removals.append({"编号": facts["local"], "日期": "2026-11-05", "理由": "已清理"})
            elif finding.code in ("ZW202", "ZW305"):
                _, code, path = finding.span.file.removesuffix(".md").split("/", 2)
                if code in self.site.departments and path in self.site.departments[code].documents:
                    self.serial += 1
                    number = f"{PREFIXES[code]}/2026-{self.serial:05}"
                    self.site.departments[code].documents[path].fields["索引号"] = number
            elif finding.code == "ZW405" and department is not None:
                department.removals = [item for item in department.removals if item["编号"] != facts["written"]]
        self.mark("mend everything")

    @rule(dice=DICE)
    def change_departments(self, dice):
        act = dice.choice(("add", "lose", "dissolve"))
        if act == "add" and "mzj" not in self.site.departments and "mzj" not in self.gone:
            mzj = self.site.department("mzj", "试验县医保局", 统一社会信用代码=PREFIXES["mzj"])
            mzj.entry("MZJ-001", "医保经办", 领域="社会救助")
            mzj.document("2026/banfa", "医保办法", "见[条目](wjj:WJJ-001)。\n", 关联={"依据": ["wjj:banfa"]})
        elif act == "lose" and len(self.site.departments) > 2:
            department = self.a_department(dice)
            self.gone[department.code] = self.site.departments.pop(department.code)
        elif act == "dissolve":
            self.a_department(dice).head |= {"撤销日期": dice.choice(("2026-11-01", "2026-12-01")), "承接部门": "xzf"}
        self.mark(f"{act} a department")

    # --- settings, cache, output, workers -----------------------------------------------------------------------------

    @rule(dice=DICE)
    def edit_settings(self, dice):
        field, value = dice.choice((
            ("全站提示", dice.choice((None, "本站仅供试验。"))),
            ("域名", dice.choice((None, "https://zwgk.example.gov.cn", "https://www.example.gov.cn/xxgk"))),
            ("网站名称", dice.choice(("试验县政府信息公开", "试验县人民政府"))),
            ("主题", dice.choice(("default", "light"))),
            ("公开履约状态", dice.choice(("是", "否"))),
        ))  # fmt: skip
        self.site.settings[field] = value
        self.mark(f"site.yaml: {field} = {value}")

    @rule(dice=DICE)
    def lose_something(self, dice):
        """The cache goes or is spoilt, the last release is taken back, or one file of the output goes: it must come back."""
        release = self.built.value
        act = dice.choice(("drop cache", "spoil cache", "roll back", "file", "file"))
        if act != "file":
            getattr(self, act.replace(" ", "_"))(dice)
            self.mark(act)
            if dice.random() < 0.5:  # and at once something else changes
                dice.choice((self.change_attachments, self.edit_entry, self.edit_settings, self.edit_relations))(dice)
            return
        spared = (
            "data/release.json",
            "data/urls/",
            *(f"data/{code}/changes.json" for code in self.site.departments),
            *(f"{code}/" for code in release.held),
            *(f"data/{code}/" for code in release.held),
        )
        urls = [url for url in tree_of(self.output) if not url.startswith(spared)]
        url = dice.choice(urls)
        (self.output / url).unlink()
        self.mark(f"delete {url} in the output")

    def drop_cache(self, _dice):
        drop_cache(self.output)

    def spoil_cache(self, dice):
        files = sorted(file for file in (self.output.parent / ".public.zwgk/cache").rglob("*") if file.is_file())
        for file in dice.sample(files, min(3, len(files))):
            data = bytearray(file.read_bytes())
            if data:
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            file.write_bytes(data[: dice.choice((len(data), len(data) // 2, 0))])

    def roll_back(self, _dice):
        with open_output(self.output) as folder:
            if reachable_releases(folder):
                roll_back(folder)
        self.remember()

    @rule(dice=DICE, young=st.booleans(), jobs=st.sampled_from((1, 2)), hinted=st.booleans())
    def work_differently(self, dice, young, jobs, hinted):
        """Files look young or old, or get a new time without a change; one worker or two; paths are told or not."""
        self.young, self.jobs, self.hinted = young, jobs, hinted
        for path in dice.sample(sorted(self.site.written), 2):
            self.site.touch(path)
        self.mark(f"touch two files, young={young}, jobs={jobs}")

    def has_come(self) -> bool:
        """Whether the document with the word COMING may be seen today."""
        for department in [*self.site.departments.values(), *self.gone.values()]:
            for document in department.documents.values():
                if COMING in f"{document.fields.get('标题')}{document.text}":
                    opened = document.fields["公开方式"] == "主动公开" and document.fields.get("公开程度") != "不予公开"
                    return opened and document.fields["定时发布"][:10] <= self.today
        return False

    # --- the law ------------------------------------------------------------------------------------------------------

    @invariant()
    def incremental_equals_clean(self):
        if not getattr(self, "changed", False):
            return
        self.changed = False
        self.done += 1
        base = self.site.settings.get("域名") or ""
        changed = self.site.write(young=self.young)
        with every_build_may_fork():
            told = tuple(str(self.site.root / path) for path in changed) if self.hinted else ()
            self.built = build_model(self.site, self.output, self.today, jobs=self.jobs, changed=told)
            again = build_model(self.site, self.output, self.today, jobs=self.jobs)
            clean_output = self.folder / f"clean/{self.done}/public"
            if not self.done % EVERY:
                pipeline_env._RENDERERS.clear()
            clean = build_model(self.site, clean_output, self.today, previous=self.before, jobs=1)
        assert self.built.value is not None, self.built.findings
        after, expected = tree_of(self.output), tree_of(clean_output)
        assert_same_trees(after, expected)
        assert_same_findings(self.built.findings, clean.findings)
        assert again.value is not None
        assert (again.value.written, again.value.removed) == (0, 0)
        assert_same_findings(again.findings, clean.findings)
        assert dead_links(self.output, base + "/" if base else "") == []
        shut = [HIDDEN.encode()] if self.has_come() else [HIDDEN.encode(), COMING.encode()]
        assert [url for url, data in after.items() if any(word in data for word in shut)] == []
        shutil.rmtree(clean_output.parent.parent)
        self.remember()

    def remember(self):
        """Keeps the output as the release that a clean build continues."""
        shutil.rmtree(self.before, ignore_errors=True)
        shutil.copytree(self.output, self.before, copy_function=os.link)


def assert_same_findings(ours, theirs) -> None:
    """The same findings in the same order."""
    texts = [[f"{item.code} {item.span} {item.related} {item.facts}" for item in items] for items in (ours, theirs)]
    assert not (found := "\n".join(difflib.unified_diff(*texts, "incremental", "clean", n=0, lineterm=""))), found


def assert_same_trees(found: dict[str, bytes], expected: dict[str, bytes]) -> None:
    """The same files with the same bytes; of the ledgers the same URLs in the same states, of the index the same records."""
    found, expected = comparable(found), comparable(expected)
    assert sorted(found) == sorted(expected)
    different = [
        url for url, data in found.items()
        if (ledger_of(data) != ledger_of(expected[url]) if url.startswith("data/urls/") else data != expected[url])
    ]  # fmt: skip
    for url in different:
        if "manifest" not in url:
            old, new = (tree[url].decode("utf-8", "replace").splitlines() for tree in (found, expected))
            note("\n".join(difflib.unified_diff(old, new, f"{url}, incremental", "clean", n=0, lineterm="")))
    assert different == []


def ledger_of(data: bytes):
    """URLs with what became of them."""
    return {
        url: (item.get("state", "live"), item.get("to", "")) for url, item in msgspec.json.decode(data)["urls"].items()
    }


@contextlib.contextmanager
def every_build_may_fork():
    """Workers are used for the smallest site, so that they are tested, too."""
    before = pipeline_build.FORK_BYTES
    pipeline_build.FORK_BYTES = 0
    try:
        yield
    finally:
        pipeline_build.FORK_BYTES = before


TestClerks = Clerks.TestCase
TestClerks.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    derandomize="ZWGK_EXAMPLES" not in os.environ,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
