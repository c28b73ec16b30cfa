"""Law: any bytes in, no exception out; and every finding names a place that is there and can be told as JSON."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sites import BODY, Raw, build, catalog_text, document_text, entry, write_site
from zwgk_site.cli.show import SourceLines, show_finding
from zwgk_site.diagnostics import Checked, Diagnostic
from zwgk_site.stages.load.catalog_file import read_catalog
from zwgk_site.stages.load.document_file import read_document
from zwgk_site.stages.load.site_file import load_site
from zwgk_site.stages.load.text_file import decode_text
from zwgk_site.stages.render.body import convert_body, join_body, show_redactions
from zwgk_site.text.redaction import split_redactions

MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
REPOSITORY = Path(__file__).resolve().parents[2]

CATALOG = (
    catalog_text(
        "wjj",
        {
            "联系": {"电话": "0000-0000000", "地址": "示范路1号"},
            "曾用名": ["甲", "乙"],
            "目录": [
                entry("wjj", 1, 备注="说明", 公开依据=["《条例》第二十条"]),
                {
                    "编号": "WJJ-002",
                    **{
                        key: Raw(value)
                        for key, value in {"公开事项": "机构信息", "公开内容": "机构职能", "公开时限": "及时"}.items()
                    },
                },
                entry("wjj", 3, 公开方式="依申请公开", 发布日期="2026-03-02", 自定="值"),
            ],
        },
    )
    + "撤销:\n  - {编号: WJJ-009, 日期: 2026-05-01, 理由: 划转}\n"
)
DOCUMENT = document_text(
    "wjj/a.md",
    {
        "撤回": {"日期": "2026-05-01", "理由": "内容有误", "隐去标题": "否"},
        "附件": [{"文件": "a.csv", "名称": "表"}, "b.pdf"],
        "关联": {"解读对象": "b", "相关": ["c", "jyj:d"]},
        "征求意见": {"开始": "2026-01-01", "截止": "2026-02-01"},
        "定时发布": "2026-03-05 09:30",
        "发布日期": Raw("2026年3月5日"),
        BODY: "## 一、{不公开:个人隐私|某某}\n\n第一条　**重点**，见[附件](a.csv)[^1]。\n\n| 甲 | 乙 |\n| - | - |\n| 1 | <b>2</b> |\n\n"
        ":::不公开 工作秘密\n三\n:::\n\n- 一\n- 二\n\n```\n码\n```\n\n[^1]: 注\n",
    },
)
SITE = "格式版本: 1\n网站名称: 示范县\n域名: https://a.example\n联系方式: {电话: 1, 地址: 二}\n保留版本数: 5\n公开履约状态: 否\n"

PIECES = (
    ": ", ":", "- ", "-", "\n", "\n\n", "\n  ", "\n- ", "\n---\n", "\n...\n", "---", "[", "]", "{", "}", ",", '"', "'", "|", "|\n", ">", "&a ", "*a",
    "!!str ", "!a ", "# ", "\t", "\n\t", "? ", "<<: ", "%YAML 1.2\n", "@", "`", "\r\n", "\r", "\0", "\ufeff", "\u2028", "\u2029", "\x85", "\u202e", "\u200b",
    "\x1b", "\x7f", "\ud7ff", "\ufffe", "😀", "\U0010fe00\U0010fe10\U0010fe01", "{不公开:", "{不公开:理由|", "｛不公开：", "\n:::不公开 理由\n", "\n:::\n", "null", "~", "是",
    "否", "yes", "012", "2026-13-01", "2026-02-30 25:61", "9999-12-31", "0000-00-00", "主动公开", "依申请公开", "不予公开", "标题", "公开方式: ", "公开方式: 主动公开\n", "编号", "目录:\n",
    "部门:", "撤回: 是\n", "附件:\n", "关联:\n", "\\", '"\\ud800"', '"\\x00"', '"\\U0010ffff"', "](", "](x)", "![", "[^1]", "<a href=", "<script>", "<!--", "-->", "&#0;",
    "*", "**", "_", "~~~\n", "> ", "1. ", "|-|-|\n", "{{ x }}", "{% x %}",
)  # fmt: skip


def mutate(text: str, chance: random.Random) -> bytes:
    """The text with one to six things done to it that editors, people and bad disks do."""
    for _ in range(chance.randint(1, 6)):
        place = chance.randint(0, len(text))
        stop = min(len(text), place + chance.choice((0, 0, 1, 1, 2, 5, 40)))
        deed = chance.randrange(6)
        if deed <= 1:
            text = text[:place] + "".join(chance.choices(PIECES, k=chance.choice((1, 1, 1, 2, 5)))) + text[place:]
        elif deed == 2:
            text = text[:place] + text[stop:]
        elif deed == 3:
            text = text[:place] + text[place:stop] * chance.choice((2, 2, 50)) + text[stop:]
        elif deed == 4:
            lines = text.split("\n")
            line = chance.randrange(len(lines))
            lines.insert(chance.randrange(len(lines)), lines.pop(line) if chance.random() < 0.5 else lines[line])
            text = "\n".join(lines)
        else:
            text = (
                text[:place]
                + chr(
                    chance.choice((chance.randrange(128), chance.randrange(0xD800), chance.randrange(0xE000, 0x110000)))
                )
                + text[stop:]
            )
    return spoil(text.encode("utf-8", "surrogatepass"), text, chance)


def spoil(data: bytes, text: str, chance: random.Random) -> bytes:
    """Bytes of the text: mostly UTF-8, else another encoding, cut off, or with bytes flipped."""
    deed = chance.randrange(12)
    if deed == 0:
        return text.encode(
            chance.choice(("gbk", "gb18030", "utf-16", "utf-16-le", "utf-8-sig", "big5", "latin-1")), "replace"
        )
    if deed == 1:
        return data[: chance.randint(0, len(data))]
    if deed == 2:
        spoilt = bytearray(data or b"x")
        for _ in range(chance.randint(1, 4)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        return bytes(spoilt)
    return data


def rubbish(chance: random.Random) -> bytes:
    """What was never a file of ours: bytes, characters or signs at random."""
    kind = chance.randrange(4)
    if kind == 0:
        return chance.randbytes(chance.randint(0, 400))
    if kind == 1:
        return "".join(
            chr(chance.choice((chance.randrange(0xD800), chance.randrange(0xE000, 0x110000))))
            for _ in range(chance.randint(0, 200))
        ).encode()
    if kind == 2:
        return "".join(chance.choices(PIECES, k=chance.randint(0, 80))).encode("utf-8", "surrogatepass")
    return ("---\n" + "".join(chance.choices(PIECES, k=40)) + "\n---\n" + "".join(chance.choices(PIECES, k=40))).encode(
        "utf-8", "surrogatepass"
    )


def check_findings(findings: Iterable[Diagnostic], text: str) -> None:
    """Every finding can be told, and its place is in the text (line 0 is the file as a whole)."""
    lines = text.split("\n")
    for finding in findings:
        assert msgspec.json.decode(msgspec.json.encode(finding))
        for language in ("zh", "en"):
            (finding.message(language) + finding.hint(language)).encode()
        for span in (finding.span, *finding.related):
            if span.line:
                assert 1 <= span.line <= len(lines), (finding, len(lines))
                assert 1 <= span.column <= len(lines[span.line - 1]) + 1, (finding, lines[span.line - 1])
                assert span.column <= max(span.end_column, span.column)


def read_any_catalog(data: bytes) -> None:
    source = decode_text(data, "catalogs/wjj.yaml")
    check_findings(source.findings, "")
    if source.value is not None:
        read = read_catalog(source.value.text, source.value.file, {})
        pieces = {piece.digest: piece for piece in read.value.pieces if piece.digest}
        findings = (*read.findings, *(finding for piece in read.value.pieces for finding in piece.findings))
        check_findings(findings, source.value.text)
        msgspec.msgpack.encode((read.value, findings))
        assert read_catalog(source.value.text, source.value.file, pieces).value == read.value


def read_any_document(data: bytes) -> None:
    source = decode_text(data, "content/wjj/a.md")
    check_findings(source.findings, "")
    if source.value is not None:
        draft = read_document(source.value.text, "a", source.value.file)
        check_findings(draft.findings, source.value.text)
        msgspec.msgpack.encode(draft)
        msgspec.json.encode(draft.document)


def convert_any_body(data: bytes) -> None:
    source = decode_text(data, "content/wjj/a.md")
    if source.value is not None:
        redacted = split_redactions(source.value.text)
        body = convert_body(redacted.text)
        reasons = tuple(item.reason for item in redacted.redactions)
        show_redactions(join_body(body, lambda target: target), reasons).encode("utf-8", "surrogatepass")


def read_any_site(data: bytes, folder: Path) -> None:
    (folder / "site.yaml").write_bytes(data)
    read: Checked = load_site(folder)
    source = decode_text(data, "site.yaml")
    check_findings(read.findings, source.value.text if source.value else "")
    msgspec.json.encode(read.value)


CASES = 6000
"""Of each kind and round: far more than ten thousand in all, and still a matter of seconds."""
READERS: dict[str, tuple[Callable[[bytes], None], str, int]] = {
    "catalogue": (read_any_catalog, CATALOG, CASES),
    "document": (read_any_document, DOCUMENT, CASES),
    "text": (convert_any_body, DOCUMENT.partition("\n---\n")[2], CASES // 2),
}


@pytest.mark.parametrize("kind", list(READERS))
@pytest.mark.parametrize("round_", range(2))
def test_no_spoilt_file_raises(kind, round_):
    read, good, cases = READERS[kind]
    for seed in range(round_ * cases, (round_ + 1) * cases):
        chance = random.Random(seed)
        data = rubbish(chance) if seed % 8 == 0 else mutate(good, chance)
        try:
            read(data)
        except Exception as fault:
            fault.add_note(f"seed {seed}: {data!r}")
            raise


def test_no_spoilt_settings_raise(tmp_path):
    for seed in range(CASES // 2):
        chance = random.Random(seed)
        data = rubbish(chance) if seed % 4 == 0 else mutate(SITE, chance)
        try:
            read_any_site(data, tmp_path)
        except Exception as fault:
            fault.add_note(f"seed {seed}: {data!r}")
            raise


def test_no_spoilt_document_of_the_sample_site_raises():
    files = sorted((REPOSITORY / "content").rglob("*.md"))
    for seed, file in enumerate(files * 3):
        read_any_document(mutate(file.read_text("utf-8")[:4000], random.Random(seed)))


@given(st.binary(max_size=300))
@MANY
def test_any_bytes_are_read(data):
    read_any_catalog(data)
    read_any_document(data)
    read_any_document(b"---\n" + data + b"\n---\n" + data)
    convert_any_body(data)


@given(st.text(max_size=300))
@MANY
def test_any_text_is_read(text):
    data = text.encode()
    read_any_catalog("部门: {代码: wjj, 名称: ".encode() + data + "}\n目录:\n  - 编号: ".encode() + data)
    read_any_document("---\n标题: ".encode() + data + b"\n---\n" + data)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@MANY
def test_any_soup_of_signs_is_read(text):
    data = text.encode("utf-8", "surrogatepass")
    read_any_catalog(data)
    read_any_catalog(CATALOG.encode() + data)
    read_any_document(b"---\n" + data + "\n公开方式: 主动公开\n---\n".encode() + data)
    convert_any_body(data)


@pytest.mark.parametrize("round_", range(4))
def test_no_spoilt_file_stops_a_build(tmp_path, round_):
    """All three files of a department spoilt at once, in one output; the other department is always published."""
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(
        root,
        {"wjj": CATALOG, "jyj": {}},
        {"wjj/a.md": DOCUMENT, "jyj/b.md": {"关联": {"相关": "wjj:a"}}},
        files={"content/wjj/a.csv": "1"},
    )
    assert build(root, out).value
    good = {
        "catalogs/wjj.yaml": CATALOG,
        "content/wjj/a.md": DOCUMENT,
        "content/wjj/c.md": DOCUMENT,
        "content/wjj/a.csv": "1,2\n",
    }
    for seed in range(round_ * 25, round_ * 25 + 25):
        chance = random.Random(seed)
        write_site(
            root,
            files={
                name: rubbish(chance) if chance.random() < 0.2 else mutate(text, chance)
                for name, text in good.items()
                if chance.random() < 0.7
            },
        )
        built = build(root, out)
        assert built.value is not None
        assert "jyj" not in built.value.held
        lines = SourceLines(root)
        for finding in built.findings:
            assert all("\x1b" not in line for line in show_finding(finding, lines, "zh")), seed
            assert msgspec.json.encode(finding)
    write_site(root, files=good)
    built = build(root, out)
    assert built.value is not None
