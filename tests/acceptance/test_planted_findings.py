"""One problem of each kind planted in the sample column: a check finds exactly those, beside what it found before."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.acceptance.planting import OWN, Case, Copy, attachment_cases, settings_of
from tests.rules.cases import Found, found_from_words, inputs_of, read_cases
from tests.sites import TODAY, build, write_site
from zwgk_site.cli.rule_list import all_rules
from zwgk_site.pipeline.check import check_site
from zwgk_site.pipeline.request import BuildRequest

EXCUSED = {
    "ZW100": "there is no site.yaml: planted below, in a copy of its own",
    "ZW101": "there are no catalogues: planted below, in a copy of its own",
    "ZW105": "site.yaml is in another encoding: planted below, in a copy of its own",
    "ZW136": "needs file names that are no UTF-8: tests/acceptance/test_hostile.py",
    "ZW137": "needs links between folders: tests/acceptance/test_hostile.py",
    "ZW150": "a limit of the machine: tests/unit/pipeline/test_workers.py",
    "ZW151": "a fault of the machine: tests/unit/pipeline/test_workers.py",
    "ZW152": "needs a file that changes while it is read",
    "ZW290": "told by zwgk fix only: tests/rules/numbering.yaml",
    "ZW291": "told by zwgk fix only: tests/rules/numbering.yaml",
    "ZW292": "told by zwgk fix only: tests/unit/cli/test_fix.py",
    "ZW293": "told by zwgk fix only: tests/unit/cli/test_fix.py",
    "ZW402": "needs a release before: planted below, after one",
    "ZW404": "needs a release before: planted below, after one",
    "ZW405": "needs a release before: planted below, after one",
    "ZW406": "needs a release before: planted below, after one",
    "ZW407": "needs a release before: tests/unit/stages/plan/test_changes.py",
    "ZW408": "told by zwgk diff only: tests/unit/cli/test_diff.py",
    "ZW887": "told by zwgk fix only: tests/unit/cli/test_fix_links.py",
    "ZW888": "told by zwgk fix only: tests/unit/cli/test_fix_links.py",
    "ZW801": "follows: said of each department without news in the first copy, see below",
    "ZW805": "adds up departments: tests/unit/stages/check/test_site_wide.py",
    "ZW806": "needs a whole site without news: tests/rules, tests/unit/stages/check/test_site_wide.py",
    "ZW856": "needs a release before: tests/unit/stages/plan/test_day_claims.py",
    "ZW857": "needs a release before: tests/unit/stages/plan/test_day_claims.py",
    "ZW871": "needs built pages: tests/acceptance/test_page_tags.py",
    "ZW872": "needs built pages: tests/acceptance/test_page_tags.py",
    "ZW873": "needs built pages: tests/acceptance/test_page_tags.py",
}
STOPS = "ZW114"
"""A fault in site.yaml after which nothing else is looked at: it has a copy of its own."""
APART = ("ZW299", "ZW862")
"""Cases with the same document as others have: together they would be departments that publish it twice."""
HUNDREDS = "12348"


def planted() -> dict[str, Case]:
    """A wrong case of every rule that is not excused; one that leaves the settings alone if there is one."""
    found: dict[str, Case] = {}
    for case in read_cases():
        for given in inputs_of(case, "wrong"):
            known = found.get(case["rule"])
            if known is None or (settings_of(known) and not settings_of(given)):
                found[case["rule"]] = given
    return {code: given for code, given in {**found, **OWN, **attachment_cases()}.items() if code not in EXCUSED}


CASES = planted()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Counter[Found]:
    """What is found in the sample as it is."""
    return Copy(tmp_path_factory.mktemp("sample") / "site").found()


def share_out(folder: Path) -> list[Copy]:
    """The cases that let a check go on, in as few copies as they can stand in together."""
    copies: list[Copy] = []
    for rule, given in CASES.items():
        if rule == STOPS:
            continue
        settings = settings_of(given)
        free = (copy for copy in copies[rule in APART :] if not settings & copy.settings)
        copy = next(free, None)
        if copy is None:
            copy = Copy(folder / str(len(copies)))
            copies.append(copy)
        copy.plant(rule, given)
    return copies


def test_exactly_what_was_planted_is_found(sample: Counter[Found], tmp_path: Path) -> None:
    copies = share_out(tmp_path)
    assert len(copies) <= 6
    told: set[str] = set()
    for copy in copies:
        found, expected = copy.found(), copy.expected()
        more = found - sample
        assert sorted((more - expected).elements()) == [], "found and not planted"
        assert sorted((expected - more).elements()) == [], "planted and not found"
        assert sample - found == Counter(), "what was there before is still found"
        told |= {item[-1] for item in more}
    assert CASES.keys() - told == {STOPS}


def test_a_fault_that_stops_a_check_is_found_alone(tmp_path: Path) -> None:
    copy = Copy(tmp_path / "site")
    copy.plant(STOPS, CASES[STOPS])
    found = {item for item in copy.found() if item[0] == "site.yaml"}
    assert [item[-1] for item in found] == [STOPS]
    assert copy.expected().keys() >= found


def test_without_settings_or_catalogues_a_check_says_so(sample: Counter[Found], tmp_path: Path) -> None:
    copy = Copy(tmp_path / "site")
    text = (copy.root / "site.yaml").read_text("utf-8")
    (copy.root / "site.yaml").write_text(text, "utf-8-sig")
    assert copy.found() - sample == Counter([found_from_words("提示 ZW105 site.yaml")])
    (copy.root / "site.yaml").unlink()
    assert copy.found() == Counter([found_from_words("错误 ZW100 site.yaml")])
    (copy.root / "site.yaml").write_text(text, "utf-8")
    shutil.rmtree(copy.root / "catalogs")
    folders = [path.name for path in (copy.root / "content").iterdir()]
    words = ["错误 ZW101 catalogs", *(f"警告 ZW108 content/{name}" for name in folders)]
    assert copy.found() == Counter(map(found_from_words, words))


def test_what_only_a_release_before_shows_is_found_after_one(tmp_path: Path) -> None:
    root, out, codes = tmp_path / "site", tmp_path / "public", ("wjj", "jyj", "mzj", "rsj")
    documents = {f"{code}/2026/{name}.md": {"标题": f"{code}{name}"} for code in codes for name in "ab"}
    write_site(root, {code: {} for code in codes}, documents)
    before = build(root, out)
    assert before.value is not None
    (root / "content/wjj/2026/a.md").unlink()
    (root / "catalogs/jyj.yaml").unlink()
    withdrawn = "撤销:\n  - {编号: MZJ-001, 日期: 2026-03-01}\n"
    (root / "catalogs/mzj.yaml").write_text((root / "catalogs/mzj.yaml").read_text("utf-8") + withdrawn, "utf-8")
    (out / "data/urls/rsj.json").write_text("{", "utf-8")
    write_site(root, documents={"rsj/2026/c.md": {}})  # what has not changed is not read again
    found = check_site(BuildRequest(root, out, f"{TODAY} 23:59")).findings
    more = {(item.code, item.span.file) for item in found} - {(item.code, item.span.file) for item in before.findings}
    assert more == {
        ("ZW402", "catalogs/wjj.yaml"),
        ("ZW404", "catalogs/jyj.yaml"),
        ("ZW108", "content/jyj"),  # its documents are still there
        ("ZW405", "catalogs/mzj.yaml"),
        ("ZW406", "catalogs/rsj.yaml"),
    }


def test_every_rule_is_planted_or_excused() -> None:
    wanted = {code for code in all_rules() if code[2] in HUNDREDS}
    assert wanted - CASES.keys() == EXCUSED.keys()


def test_the_sample_itself_has_no_error(sample: Counter[Found]) -> None:
    assert [item for item in sample if item[4] == "错误"] == []
