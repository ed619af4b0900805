"""The registry: every template by its name, with its parameters and its slots."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, TypeVar, cast

from flowstd.base.errors import BadElement, UnknownName
from flowstd.base.near import did_you_mean
from flowstd.base.term import Term
from flowstd.base.text import Text

from ..position import here
from ..wording import kind_of
from ..words import Block
from .slots import slot_names

_Function = TypeVar("_Function", bound=Callable[..., Block])


@dataclass(frozen=True)
class Template:
    """A standard flow as a function: call it with keywords, get a block.

    >>> template("filing")(result="备案凭证").flows_on
    False
    """

    name: str
    title: str                                     # as offices call it: 一般许可
    function: Callable[..., Block]
    steps: tuple[str, ...]                         # the named steps, in order

    @property
    def summary(self) -> str:
        """What it is for, in one line."""
        return (inspect.getdoc(self.function) or "").partition("\n")[0]

    @cached_property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """Its parameters with their types and defaults, in order.

        >>> template("immediate").parameters["limit"].default.zh
        '1个工作日'
        """
        return inspect.signature(self.function).parameters

    @property
    def slots(self) -> tuple[str, ...]:
        """Where steps can be inserted or replaced.

        >>> template("ordinary_licence").slots[:3]
        ('before_application', 'replace_application', 'after_application')
        """
        return slot_names(self.steps)

    def __call__(self, /, **given: Any) -> Block:
        """The block for these parameters.

        Raises: UnknownName: a parameter, slot, post or special procedure that does not exist. BadElement: a value
        that cannot be.
        """
        for name, value in given.items():
            if name not in self.parameters:
                raise UnknownName(Text(f"模板“{self.name}”没有参数“{name}”",
                                       f'template "{self.name}" has no parameter "{name}"'), where=here(),
                                  fix=did_you_mean(name, self.parameters))
            _check(name, value, str(self.parameters[name].annotation))
        return self.function(**given)


TEMPLATES: dict[str, Template] = {}
"""Every template by its name, in the order of the manual."""


def template(name: str) -> Template:
    """The template called *name*, by its English name or its Chinese title.

    Raises: UnknownName: there is none; the nearest is offered.

    >>> template("一般许可").name
    'ordinary_licence'
    """
    found = TEMPLATES.get(name) or next((one for one in TEMPLATES.values() if one.title == name), None)
    if found is None:
        raise UnknownName(Text(f"没有模板“{name}”", f'there is no template "{name}"'), where=here(),
                          fix=did_you_mean(name, (*TEMPLATES, *(one.title for one in TEMPLATES.values()))))
    return found


def standard(title: str, *, steps: tuple[str, ...]) -> Callable[[_Function], _Function]:
    """Register a function as the template of its name; called directly it checks its parameters as well."""
    def register(function: _Function) -> _Function:
        made = TEMPLATES[function.__name__] = Template(function.__name__, title, function, steps)

        @wraps(function)
        def checked(**given: Any) -> Block:
            return made(**given)
        return cast(_Function, checked)
    return register


def _check(name: str, value: Any, annotation: str) -> None:
    """Raise BadElement for a value that is not what *annotation* says."""
    fits, example = _TYPES[annotation]
    if not fits(value):
        raise BadElement(Text(f"{name}= 不能是 {kind_of(value)}", f"{name}= may not be {kind_of(value)}"), where=here(),
                         fix=Text(f"写 {example}", f"write {example}"))


def _all(kind: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list | tuple) and all(isinstance(one, kind) for one in value)


def _map(kind: type) -> Callable[[Any], bool]:
    return lambda value: (isinstance(value, Mapping)
                          and all(isinstance(key, str) and isinstance(one, kind) for key, one in value.items()))


_TYPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "str": (lambda value: isinstance(value, str) and bool(value.strip()), '"卫生许可证"'),
    "Term": (lambda value: isinstance(value, Term), "workdays(20)"),
    "Sequence[str]": (_all(str), '["申请表", "身份证明"]'),
    "Mapping[str, Term]": (_map(Term), '{"inspection": workdays(3)}'),
    "Mapping[str, str]": (_map(str), '{"decide": "首席代表"}'),
    "Given": (_map(Block), '{"before_decision": reviewer.do("集体审议")}'),
}
