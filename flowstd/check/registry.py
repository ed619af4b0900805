"""Where rules are found: one file each, by group and number, and those that other packages bring.

A file's name is the rule's code and the fault's name, ``str005_unsound.py``, so that the list of rules is known
without importing one; a run imports only those that its ruleset asks for.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from flowstd.base.errors import UnknownName
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text

from .rule import Fault, Rule

if TYPE_CHECKING:
    from .subject import Subject

RULES = Path(__file__).with_name("rules")


class Group(NamedTuple):
    """The rules of one folder. *needs*: what must be at hand before any of them is worth importing."""

    prefix: str
    folder: str
    needs: str = ""                # "item", "drawing" or "cases"


GROUPS = (                         # in the order of findings
    Group("STR", "structure"),
    Group("PRC", "procedure"),
    Group("TIM", "time"),
    Group("ITM", "item", "item"),
    Group("COD", "code"),
    Group("MAT", "material"),
    Group("LAW", "law"),
    Group("NAM", "naming"),
    Group("DRW", "drawing", "drawing"),
    Group("UNI", "uniform", "cases"),
    Group("PUB", "publication", "item"),
    Group("ALW", "allowance", "item"),
)
ENTRY_POINTS = "flowstd.rules"   # other packages: the name of a Rule, or of a tuple of them


@cache
def modules() -> dict[str, str]:
    """The module of each rule of flowstd's own by its code, in order.

    >>> modules()["STR005"]
    'flowstd.check.rules.structure.str005_unsound'
    """
    return {code: module for group in GROUPS for code, module in _of(group)}


def codes(at_hand: frozenset[str]) -> tuple[str, ...]:
    """The rules whose groups need nothing that is not *at_hand*, in order.

    >>> "DRW001" in codes(frozenset({"item"}))
    False
    """
    return tuple(code for group in GROUPS if not group.needs or group.needs in at_hand for code, _ in _of(group))


@cache
def _of(group: Group) -> tuple[tuple[str, str], ...]:
    names = sorted(info.name for info in pkgutil.iter_modules([str(RULES / group.folder)]))
    return tuple((name[:6].upper(), f"flowstd.check.rules.{group.folder}.{name}")
                 for name in names if name.startswith(group.prefix.lower()))


@cache
def rule(code: str) -> Rule:
    """The rule called *code*. Raises UnknownName.

    >>> rule("STR005").name
    'unsound'
    """
    if code in modules():
        found: Rule = import_module(modules()[code]).RULE
        return found
    others = {one.code: one for one in foreign()}
    if code not in others:
        raise UnknownName(Text(f"没有规则 {code}", f"there is no rule {code}"), fix=did_you_mean(code, names()))
    return others[code]


def rules() -> tuple[Rule, ...]:
    """Every rule: flowstd's own by group and number, then those of other packages by code."""
    return (*(rule(code) for code in modules()), *foreign())


def named(name: str) -> str:
    """The code of the rule whose fault is called *name*; empty when there is none.

    >>> named("unsound"), named("sound")
    ('STR005', '')
    """
    own = name.replace("-", "_")
    return (next((code for code, module in modules().items() if module.endswith(f"{code.lower()}_{own}")), "")
            or next((one.code for one in foreign() if one.name == name), ""))


@cache
def every_code() -> frozenset[str]:
    """The codes of all rules, flowstd's own and others.

    >>> "STR005" in every_code(), "SRC001" in every_code()
    (True, False)
    """
    return frozenset((*modules(), *(one.code for one in foreign())))


@cache
def names() -> tuple[str, ...]:
    """Every code and every fault name: what an allowance may name.

    >>> "STR005" in names() and "unsound" in names()
    True
    """
    own = (module.rpartition(".")[2][7:].replace("_", "-") for module in modules().values())
    return (*modules(), *own, *(name for one in foreign() for name in (one.code, one.name)))


@cache
def foreign() -> tuple[Rule, ...]:
    """The rules that other installed packages bring; a code that flowstd uses itself is refused.

    What cannot be loaded is a rule that crashes, so that every check tells it.
    """
    from importlib.metadata import entry_points

    found: dict[str, Rule] = {}
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        for one in _loaded(point):
            if one.code not in modules():
                found[one.code] = one
    return tuple(found[code] for code in sorted(found))


def _loaded(point: Any) -> tuple[Rule, ...]:
    try:
        value = point.load()
        rules = value if isinstance(value, tuple) else (value,)
        for one in rules:
            if not isinstance(one, Rule):
                raise TypeError(f"{point.value} holds a {type(one).__name__}, which is no Rule")
    except Exception as error:
        return (_not_loaded(point.name, error),)
    return rules


def _not_loaded(name: str, error: Exception) -> Rule:
    """A rule that stands for a package whose rules cannot be loaded."""
    from .sample import ordinary

    def check(subject: Subject) -> Iterator[Fault]:
        raise error
        yield

    return Rule(code=name, name="not-loaded", since="", reads="flow", source=None, bad=ordinary, good=ordinary,
                check=check,
                summary=Text(f"扩展包“{name}”的规则没有载入。", f'The rules of the package "{name}" were not loaded.'),
                why=Text(f"载入时出错：{type(error).__name__}: {error}", f"Loading them raised {type(error).__name__}: "
                                                                   f"{error}"))
