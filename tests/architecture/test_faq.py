"""The page of questions answers for every code, and its generated part is current."""

import re

from tests.architecture.markdown import ROOT, read
from zwgk_site.cli.faq_doc import code_answers, plain
from zwgk_site.cli.rule_list import all_rules
from zwgk_site.diagnostics import PLACEHOLDER

PAGE = read(ROOT / "docs" / "faq.zh-CN.md")


def test_the_generated_part_is_current():
    """`python3 build.py fix` puts it right."""
    assert f"]]] -->\n\n{code_answers()}\n\n<!-- [[[end]]] -->" in PAGE


def test_every_code_stands_there_once_with_meaning_reason_example_and_remedy():
    answers = dict(re.findall(r"^#### (ZW\d{3})（\w+）\n\n((?:\* .+\n?)+)", PAGE, re.MULTILINE))
    assert list(answers) == list(all_rules())
    for code, answer in answers.items():
        labels = [line[2:].partition("：")[0] for line in answer.strip().splitlines()]
        assert labels == ["什么意思", "为什么", "例子", "怎么办"], code
        assert all(line.partition("：")[2].strip() for line in answer.strip().splitlines()), code
        assert not PLACEHOLDER.search(answer.replace("\\_", "_")), code


def test_questions_come_before_the_codes():
    questions = PAGE.partition("# 全部提示代码")[0]
    assert len(re.findall(r"^\*\*.+[。？]\*\*", questions, re.MULTILINE)) >= 15


def test_what_looks_like_markup_is_shown_as_it_is():
    assert plain("a*b_c<d>[e](f)`g|h\ni") == "a\\*b\\_c&lt;d&gt;\\[e\\]\\(f)\\`g\\|h i"
