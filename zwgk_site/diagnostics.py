"""One way to say that something is wrong: `Span`, `Rule`, `Diagnostic`, `Checked`.

Knows nothing of catalogues, files or terminals. Facts travel as data; words live in the rule, once in Chinese and
once in English. Bad input becomes a `Diagnostic`, never an exception: exceptions are for bugs and a broken machine.
"""

from __future__ import annotations

import enum
import re
import sys
from itertools import groupby
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

T = TypeVar("T")
U = TypeVar("U")


class Severity(enum.IntEnum):
    """How bad a finding is (严重程度); whether it holds a department back is `Rule.blocks`, a separate question."""

    NOTICE = 1
    WARNING = 2
    ERROR = 3


SEVERITY_WORDS = {
    "zh": {Severity.NOTICE: "提示", Severity.WARNING: "警告", Severity.ERROR: "错误"},
    "en": {Severity.NOTICE: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"},
}


class Span(msgspec.Struct, frozen=True, order=True):
    """A place in an input file (位置): lines and columns count from 1, columns in code points.

    `line` 0 means the file as a whole. `end_column` is exclusive and stands in `line`.
    """

    file: str
    line: int = 0
    column: int = 0
    end_column: int = 0


RULES: dict[str, Rule] = {}


class Rule:
    """A kind of finding (规则): its code, severity, words and legal basis. Made once, at import, with a unique code.

    `zh` and `en` hold the same placeholders; `hint_zh`/`hint_en` say how to mend it and may use them too.
    `blocks` holds the department back from publishing (its last good pages stay). `gate` returns the file under
    `zwgk check --gate`. `counts` names the fact that is a due date (ISO): what shows a finding counts days from it,
    for a finding itself is kept in the cache and must not. `basis` is as exact as its source lets it be: 条例第12条第三款,
    《预算法》第十四条第二款, 国办发〔2016〕80号实施细则 二（二）, several joined by “；”; `tests/rules/bases.tsv` says what each
    one says. `family` is the module that defines the rule, of a
    `rules.py` its folder.
    """

    __slots__ = ("basis", "blocks", "code", "counts", "en", "family", "gate", "hint_en", "hint_zh", "severity", "zh")

    def __init__(  # noqa: PLR0913 - a rule is a table row, every column named at the call
        self,
        code: str,
        severity: Severity,
        *,
        blocks: bool = False,
        zh: str,
        en: str,
        hint_zh: str = "",
        hint_en: str = "",
        basis: str = "",
        gate: bool = False,
        counts: str = "",
    ) -> None:
        if code in RULES:
            raise ValueError(f"rule {code} is defined twice")
        self.code, self.severity, self.blocks, self.basis = code, severity, blocks, basis
        self.zh, self.en, self.hint_zh, self.hint_en = zh, en, hint_zh, hint_en
        self.gate, self.counts = gate, counts
        place = sys._getframe(1).f_globals["__name__"].split(".")  # noqa: SLF001 - so that no rule has to repeat it
        self.family = place[-2] if place[-1] == "rules" and len(place) > 1 else place[-1]
        RULES[code] = self

    def at(self, span: Span, *, related: tuple[Span, ...] = (), **facts: object) -> Diagnostic:
        """A finding of this rule at `span`; `facts` fill the placeholders of its words."""
        plain = tuple(sorted((name, value if isinstance(value, int) else str(value)) for name, value in facts.items()))
        return Diagnostic(self.code, span, plain, related)


class Diagnostic(msgspec.Struct, frozen=True):
    """One finding (一条发现): data only, so that it travels between processes and into the cache."""

    code: str
    span: Span
    facts: tuple[tuple[str, str | int], ...] = ()
    related: tuple[Span, ...] = ()

    @property
    def rule(self) -> Rule:
        """The rule this finding is of."""
        return RULES[self.code]

    @property
    def severity(self) -> Severity:
        """Shorthand for the rule's severity."""
        return RULES[self.code].severity

    @property
    def blocks(self) -> bool:
        """Whether this finding holds its department back."""
        return RULES[self.code].blocks

    def message(self, language: str = "zh") -> str:
        """The finding in one sentence."""
        return _fill(self.rule.zh if language == "zh" else self.rule.en, self.facts)

    def hint(self, language: str = "zh") -> str:
        """How to mend it, or an empty string."""
        return _fill(self.rule.hint_zh if language == "zh" else self.rule.hint_en, self.facts)


def _fill(words: str, facts: Iterable[tuple[str, str | int]]) -> str:
    known = {name: str(value) for name, value in facts}
    return PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), words)


def sort_findings(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """All findings by place, each once. There may be tens of thousands, so facts are looked at only where places tie."""
    ordered = sorted(findings, key=_place)
    return tuple(finding for _, tied in groupby(ordered, key=_place) for finding in _each_once(tuple(tied)))


def _place(finding: Diagnostic) -> tuple[str, int, int, str]:
    span = finding.span
    return (span.file, span.line, span.column, finding.code)


def _each_once(tied: tuple[Diagnostic, ...]) -> Iterable[Diagnostic]:
    """Findings of one code and place by their facts, equal ones once."""
    return tied if len(tied) == 1 else sorted(set(tied), key=lambda finding: repr(finding.facts))


class Checked(msgspec.Struct, Generic[T], frozen=True):
    """A value and everything found on the way to it (带检查结果的值). `then` carries the findings along."""

    value: T
    findings: tuple[Diagnostic, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether any finding holds publication back."""
        return any(finding.blocks for finding in self.findings)

    def then(self, step: Callable[[T], Checked[U]]) -> Checked[U]:
        """The next step's value with the findings of both."""
        after = step(self.value)
        return Checked(after.value, self.findings + after.findings)

    def replace(self, value: U) -> Checked[U]:
        """The same findings around another value."""
        return Checked(value, self.findings)

    def plus(self, findings: Iterable[Diagnostic]) -> Checked[T]:
        """The same value with more findings."""
        return Checked(self.value, self.findings + tuple(findings))
