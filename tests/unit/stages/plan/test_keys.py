"""References as clerks write them."""

import pytest

from zwgk_site.stages.plan.keys import entry_keys, link_keys, reference_keys


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("119999000000000198/2026-00012", "n:119999000000000198/2026-00012"),
        ("2026-tongzhi", "f:wjj:2026-tongzhi"),
        ("2026-tongzhi.md", "f:wjj:2026-tongzhi"),
        ("jyj:tongzhi", "f:jyj:tongzhi"),
        ("jyj：tongzhi", "f:jyj:tongzhi"),
        ("jyj:JYJ-003", "e:jyj:JYJ-003"),
        ("WJJ-012", "e:wjj:WJJ-012"),
    ],
)
def test_a_relation_may_be_written_in_every_form(written, key):
    assert key in reference_keys(written, "wjj")


def test_an_entry_of_another_department_is_code_and_id():
    assert entry_keys("jyj:JYJ-003", "wjj") == ("e:jyj:JYJ-003",)
    assert entry_keys("WJJ-012", "wjj") == ("e:wjj:WJJ-012",)


def test_a_link_is_first_a_file_by_relative_path():
    assert link_keys("../2023/x.md", "wjj", "2026/a")[0] == "f:wjj:2023/x"
    assert link_keys("../../jyj/2026/b.md", "wjj", "2026/a")[0] == "f:jyj:2026/b"
    assert "f:wjj:x" in link_keys("../2023/x.md", "wjj", "2026/a")
