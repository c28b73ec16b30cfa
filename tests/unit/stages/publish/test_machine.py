import errno
import pickle

import pytest

from zwgk_site.diagnostics import PLACEHOLDER, RULES
from zwgk_site.stages.publish import MachineError, machine_faults
from zwgk_site.stages.publish.machine import NOT_WRITABLE, refuse

OURS = [rule for code, rule in RULES.items() if code.startswith("ZW7")]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "ZW701"),
        (errno.EROFS, "ZW701"),
        (errno.ENOSPC, "ZW702"),
        (errno.EFBIG, "ZW702"),
        (errno.EXDEV, "ZW704"),
        (errno.ENAMETOOLONG, "ZW705"),
        (errno.ENOTDIR, "ZW715"),
        (errno.EIO, "ZW710"),
    ],
)
def test_what_the_system_says_becomes_one_clear_message(number, code):
    with pytest.raises(MachineError) as caught, machine_faults("public"):
        raise OSError(number, "reason", "public/a.html")
    assert caught.value.diagnostic.code == code
    for language in ("zh", "en"):
        assert "public/a.html" in caught.value.diagnostic.message(language)
        assert "{" not in caught.value.diagnostic.message(language) + caught.value.diagnostic.hint(language)


def test_without_a_file_name_the_folder_is_named():
    with pytest.raises(MachineError, match="public"), machine_faults("public"):
        raise OSError(errno.EIO, "reason")


def test_bugs_pass_through():
    with pytest.raises(KeyError), machine_faults("public"):
        raise KeyError


def test_the_error_survives_the_way_from_a_worker():
    error = refuse(NOT_WRITABLE, "public", reason="why")
    assert pickle.loads(pickle.dumps(error)).diagnostic == error.diagnostic  # noqa: S301


@pytest.mark.parametrize("rule", OURS, ids=lambda rule: rule.code)
def test_both_languages_tell_the_same_facts(rule):
    assert set(PLACEHOLDER.findall(rule.zh)) == set(PLACEHOLDER.findall(rule.en))
    assert bool(rule.hint_zh) == bool(rule.hint_en)
