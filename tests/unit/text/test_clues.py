"""What a text gives away: each kind where it stands, and quiet where something only looks like it."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwgk_site.model.clues import (
    BANK_CARD,
    CONTACT_MOBILE,
    EXAM_NUMBER,
    HEALTH,
    HOME_ADDRESS,
    ID_CARD,
    INNER_MARK,
    MOBILE,
    NAME_LIST,
    OPEN_MARK,
    SECRET_MARK,
)
from zwgk_site.text.check_digits import is_bank_card, is_old_resident_id, is_resident_id, passes_luhn
from zwgk_site.text.clues import find_clues, read_facts
from zwgk_site.text.clues.scan import KIND_LIMIT
from zwgk_site.text.clues.surnames import COMPOUND, SINGLE

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(front="44130219800101", serial="123"):
    """A number that nobody need have, with its check character."""
    body = front + serial
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def card_number(front="621700123456789012"):
    return next(front + digit for digit in "0123456789" if passes_luhn(front + digit))


def kinds(text):
    return [clue.kind for clue in find_clues(text)]


ID = id_number()
CARD = card_number()


@pytest.mark.parametrize(
    "text",
    [
        f"身份证号：{ID}",
        f"张某（{ID[:6]} {ID[6:14]} {ID[14:]}）",
        f"公民身份号码{ID}。",
        "号码 " + ID.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        f"| 姓 名 | 证件 |\n|---|---|\n| 李* | {ID} |",
    ],
)
def test_a_number_of_an_identity_card_is_found_and_never_kept_whole(text):
    found = [clue for clue in find_clues(text) if clue.kind == ID_CARD]
    assert [clue.value for clue in found] == [ID[:6] + "********" + ID[-4:]]


def test_the_place_counts_from_the_first_line_of_the_file():
    (clue,) = find_clues(f"# 名单\n\n证件 {ID} 号", 12)
    assert (clue.line, clue.column, clue.end) == (14, 4, 22)


def test_an_old_number_counts_only_beside_a_word_for_it():
    assert kinds("身份证 441302800101123") == [ID_CARD]
    assert kinds("共计 441302800101123 户") == []


def test_a_check_character_in_lower_case_counts():
    number = next(n for n in (id_number(serial=f"{i:03d}") for i in range(1, 99)) if n.endswith("X"))
    assert kinds(f"证件 {number.lower()}") == [ID_CARD]


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "王某 138-1234-5678",
        "王某 138 1234 5678",
        "+8613812345678",
        "+86 13812345678",
        "手机：１３８１２３４５６７８",
        "张三/13812345678",
        "13812345678@example.com",
        "张三，13812345678；李四",
    ],
)
def test_a_mobile_is_found_in_every_writing(text):
    assert [(clue.kind, clue.value) for clue in find_clues(text)] == [(MOBILE, "138****5678")]


@pytest.mark.parametrize(
    "text",
    ["联系电话：13812345678", "咨询电话（监督）13812345678", "联系人：李科长 13812345678", "值班手机13812345678"],
)
def test_a_mobile_by_which_an_office_is_reached_has_its_own_kind(text):
    assert kinds(text) == [CONTACT_MOBILE]


def test_the_headers_of_a_table_say_whose_mobile_it_is():
    persons = "| 姓名 | 联系电话 |\n|---|---|\n| 张* | 13812345678 |"
    offices = "| 单位名称 | 联系电话 |\n|---|---|\n| 县救助站 | 13812345678 |"
    assert MOBILE in kinds(persons)
    assert kinds(offices) == [CONTACT_MOBILE]


@pytest.mark.parametrize(
    "text",
    [
        f"开户银行：示范县农商行，账号 {CARD}",
        f"| 姓名 | 银行卡号 |\n|---|---|\n| 张* | {CARD} |",
        f"卡号 {CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}",
    ],
)
def test_a_bank_card_is_found_beside_a_word_for_it(text):
    assert [clue.value for clue in find_clues(text) if clue.kind == BANK_CARD] == ["*" * 15 + CARD[-4:]]


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码：11220000013544357T",
        "统一社会信用代码：119999000000000198",
        "索引号：11220000013544357T/2016-01053",
        "索引号 006939748/2004-00170",
        "项目代码：2019-440306-48-03-101234",
        "项目代码2019-440306-48-03-13812345678",
        "国办发〔2016〕80号",
        "电话 0752-1234567",
        "电话 0752-12345678-801",
        "请拨打 12345",
        "2026年11月26日 2026-11-26 20261126",
        "总投资 13812345678 元",
        "总投资13812345678.52元",
        "合同金额 13,812,345,678 元",
        "面积 13800000000.5 平方米",
        "ISBN 978-7-301-12345-6 9787301123456",
        "圆周率 3.14159265358979323846264338327950288",
        "https://www.example.gov.cn/art/2020/13812345678.html",
        "![办事大厅](files/13812345678.png)",
        "编号：13812345678",
        "总计：13812345678",
        "许可证号 13812345678901",
        "订单 13812345678901234567",
        f"订单 {CARD}",
        "手机 138****5678，身份证 441302********1234，卡号 ***************1234",
        "a13812345678",
        "经度 114.13812345678",
        "| 项目 | 金额（元） |\n|---|---|\n| 道路 | 13812345678 |",
        "441302198013011234 441302199902301234",
    ],
)
def test_other_numbers_stay_quiet(text):
    assert find_clues(text) == ()


def test_a_list_of_persons_is_told_by_its_headers():
    text = "| 序号 | 姓名 | 家庭住址 | 补助金额 |\n|---|---|---|---|\n| 1 | 张祥 | 某某村 | 500 |\n"
    (clue,) = [clue for clue in find_clues(text) if clue.kind == NAME_LIST]
    assert (clue.value, clue.line, clue.column, clue.end) == ("姓名、家庭住址、补助金额", 1, 8, 10)


def test_a_list_in_an_html_table_is_told_too():
    text = f"<table><tr><th>姓名</th><th>身份证号</th></tr>\n<tr><td>张祥</td><td>{ID}</td></tr></table>"
    assert [(clue.kind, clue.line) for clue in find_clues(text)] == [(NAME_LIST, 1), (ID_CARD, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "| 姓名 | 身份证号 |\n|---|---|\n| 张*祥 | 441302********1234 |\n| 李某 | 441302********1235 |",
        "| 姓名 | 身份证号 |\n|---|---|\n| 张祥 | 441302********1234 |",
        "| 姓名 | 职务 | 办公电话 |\n|---|---|---|\n| 张祥 | 局长 | 0752-1234567 |",
        "| 反馈人 | 意见内容 |\n|---|---|\n| 张*祥 | 同意 |",
        "| 单位名称 | 地址 |\n|---|---|\n| 县医院 | 人民路1号 |",
        "| 姓名 | 得分 |\n|---|---|\n| 张祥 | 80 |",
        "| 权利人姓名 |  | 联系方式 |  |\n|---|---|---|---|\n| 承包面积（亩） |  | 所在村组 |  |\n| 金额 |  | 数量 | 1 |",
    ],
)
def test_masked_lists_and_officers_stay_quiet(text):
    assert find_clues(text) == ()


def test_five_full_names_make_a_list():
    rows = "".join(f"| {name} |  |\n" for name in ("张祥", "李明华", "王小明", "赵红", "刘洋"))
    assert kinds("| 姓名 | 备注 |\n|---|---|\n" + rows) == [NAME_LIST]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("家庭住址：示范县人民路12号3栋402室", HOME_ADDRESS),
        ("现住址为示范县城东街道向阳村5组", HOME_ADDRESS),
        ("张祥，男，56岁，患有尿毒症，家庭困难。", HEALTH),
        ("姓名：李华，诊断为急性白血病", HEALTH),
        ("王小明（男，肢体残疾二级）", HEALTH),
        ("准考证号：2026010203", EXAM_NUMBER),
        ("| 姓名 | 准考证号 |\n|---|---|\n| 张* | 2026010203 |", EXAM_NUMBER),
    ],
)
def test_what_concerns_a_person_is_found(text, kind):
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "办公地址：示范县人民路1号",
        "家庭住址应当如实填写",
        "患者家属，凭诊断为重大疾病的证明申请",
        "张某，男，患有尿毒症",
        "患有精神疾病的人，男女都可以申请",
        "残疾等级为一级的，每月补助100元",
        "考生凭准考证入场，准考证号见附件",
    ],
)
def test_rules_about_persons_stay_quiet(text):
    assert find_clues(text) == ()


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("机密★1年\n\n关于…", SECRET_MARK, "机密"),
        ("　　秘密★", SECRET_MARK, "秘密"),
        ("绝 密\n正文", SECRET_MARK, "绝密"),
        ("正文\n\n**机密**", SECRET_MARK, "机密"),
        ("秘密 10年", SECRET_MARK, "秘密"),
        ("内部资料", INNER_MARK, "内部资料"),
        ("内部资料，注意保存", INNER_MARK, "内部资料，注意保存"),
        ("内部文件 注意保存", INNER_MARK, "内部文件注意保存"),
        ("特急", INNER_MARK, "特急"),
        ("特 急 · 明 电", INNER_MARK, "特急·明电"),
        ("内部明电", INNER_MARK, "内部明电"),
        ("（此件不得公开）", OPEN_MARK, "不公开"),
        ("不得公开", INNER_MARK, "不得公开"),
        ("此件不得外传", INNER_MARK, "此件不得外传"),
        ("本材料仅供内部参考。", INNER_MARK, "本材料仅供内部参考"),
        ("（仅供领导参阅）", INNER_MARK, "仅供领导参阅"),
    ],
)
def test_marks_of_secrecy_are_found_where_they_stand_as_marks(text, kind, value):
    assert [(clue.kind, clue.value) for clue in find_clues(text)] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "国家秘密分为绝密、机密、秘密三级。",
        "泄露国家秘密，处三年以下有期徒刑。",
        "密级应当标注为“秘密★1年”。",
        "保守商业秘密 10年以来……",
        "特急件应当随到随办。",
        "内部资料性出版物管理办法",
        "涉及个人隐私的信息，不得公开。",
        "资金仅供项目建设使用，不得挪用",
        "对特急公文",
    ],
)
def test_words_about_secrecy_stay_quiet(text):
    assert find_clues(text) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("（此件公开发布）", "公开"),
        ("(此件主动公开)", "主动公开"),
        ("〔此件依申请公开〕", "依申请公开"),
        ("【此件不公开】", "不公开"),
        ("[此件不予公开]", "不公开"),
        ("（此件删减后公开）", "删减后公开"),
        ("此件公开发布", "公开"),
        ("（此 件 公 开 发 布）", "公开"),
        ("〈此件属于主动公开〉", "主动公开"),
    ],
)
def test_the_note_on_openness_is_read_in_every_form(text, value):
    assert [(clue.kind, clue.value) for clue in find_clues(f"正文。\n\n{text}\n")] == [(OPEN_MARK, value)]


def test_a_sentence_about_the_note_is_none():
    assert find_clues("公文应当注明此件公开发布等字样。") == ()


def test_a_list_of_thousands_keeps_a_hundred():
    assert len(find_clues("\n".join(f"证件 {ID}" for _ in range(KIND_LIMIT + 20)))) == KIND_LIMIT


@given(st.text(alphabet=st.sampled_from("0123456789Xx１- |\n：姓名身份证机密★（此件公开）<td>银行卡号"), max_size=400))
def test_any_text_is_read_and_places_lie_in_it(text):
    lines = text.split("\n")
    for clue in find_clues(text):
        assert 1 <= clue.column < clue.end
        assert clue.line <= len(lines)


@given(st.integers(0, 999), st.sampled_from(["", "身份证", "| 姓名 | 证件 |\n|---|---|\n| 张祥 | "]))
def test_no_full_number_is_kept(serial, before):
    number = id_number(serial=f"{serial:03d}")
    kept = msgspec.json.encode(read_facts(f"{before}{number}，卡号 {CARD}，电话 13812345678")).decode()
    assert number not in kept
    assert CARD not in kept
    assert "13812345678" not in kept


@given(st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_no_number_of_an_identity_card(serial, place, step):
    number = id_number(serial=f"{serial:03d}")
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert is_resident_id(number)
    assert not is_resident_id(wrong)


@pytest.mark.parametrize(
    "text", ["", "44130219800101123", "441302198013011238", "991302198001011234", "１" * 18, "4413021980010112三4"]
)
def test_what_is_no_identity_card_is_refused(text):
    assert not is_resident_id(text)


def test_check_digits_of_cards_and_old_numbers():
    assert passes_luhn("79927398713")
    assert not passes_luhn("79927398710")
    assert is_bank_card(CARD)
    assert not is_bank_card("6" * 16)
    assert is_old_resident_id("441302800101123")
    assert not is_old_resident_id("441302801301123")


@pytest.mark.parametrize("name", ["逄丽", "仝建军", "昝芳", "欧阳明", "端木青", "赫连山", "危国强", "乜红"])
def test_seldom_family_names_make_a_list(name: str) -> None:
    assert kinds(f"| 姓名 | 家庭住址 |\n|---|---|\n| {name} | 某某村 |") == [NAME_LIST]


@pytest.mark.parametrize("label", ["籍贯", "计划", "党派", "居住地", "单价", "申请人", "国籍", "应到", "通讯"])
def test_labels_that_begin_as_a_name_does_make_no_list(label: str) -> None:
    assert kinds(f"| 姓名 | 家庭住址 |\n|---|---|\n| {label} |  某某村 |") == []


def test_family_names_stand_once_and_are_enough() -> None:
    assert len(set(SINGLE)) == len(SINGLE) >= 500
    assert len(set(COMPOUND)) == len(COMPOUND) >= 60
    assert all(len(name) in (2, 4) for name in COMPOUND)
