"""Index numbers and codes: the examples of real columns, and check digits."""

import pytest

from zwgk_site.statute.numbers import (
    is_credit_code,
    is_organ_code,
    make_index_number,
    normalize_number,
    parse_index_number,
)


@pytest.mark.parametrize(
    ("text", "prefix", "year", "serial"),
    [
        ("11220000013544357T/2016-01053", "11220000013544357T", "2016", "01053"),
        ("11341702486344515H/202110-00013", "11341702486344515H", "", ""),
        ("000014349/2017-00110", "000014349", "2017", "00110"),
        ("20191202-189769", "", "", ""),
        ("shg58/2021-402", "SHG58", "", ""),
        ("１１２２００００/２０１６－０１０５３", "11220000", "2016", "01053"),
    ],
)
def test_an_index_number_is_read_in_every_form_met(text, prefix, year, serial):
    number = parse_index_number(text)
    assert (number.prefix, number.year, number.serial) == (prefix, year, serial)


def test_blanks_and_widths_do_not_make_another_number():
    assert normalize_number(" 11220000013544357t / 2016-01053 ") == "11220000013544357T/2016-01053"


@pytest.mark.parametrize("code", ["11220000013544357T", "11441700007280420Y", "11341702486344515H"])
def test_real_credit_codes_pass_their_check_digit(code):
    assert is_credit_code(code)
    assert is_organ_code(code[8:17])


@pytest.mark.parametrize("code", ["11220000013544357A", "1122000001354435", "1122000001354435OT", ""])
def test_a_wrong_credit_code_is_refused(code):
    assert not is_credit_code(code)


def test_new_numbers_have_the_strict_form():
    assert make_index_number("119999000000000198", 2026, 12) == "119999000000000198/2026-00012"
    with pytest.raises(ValueError, match="no index number"):
        make_index_number("119999000000000198", 2026, 100000)
