"""What a text gives away: numbers and lists of persons, marks of secrecy, notes on openness, wrong wording.

Pure; knows neither files nor who may read a text. Values that concern a person leave masked.
"""

from zwgk_site.text.clues.addresses import address_fault
from zwgk_site.text.clues.scan import find_clues, find_page_clues, find_table_clues, limit_clues, read_facts

__all__ = ["address_fault", "find_clues", "find_page_clues", "find_table_clues", "limit_clues", "read_facts"]
