"""The formats that a command is asked for."""

from __future__ import annotations

from collections.abc import Iterable

from flowstd.base.errors import BadUse
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where
from flowstd.pipeline import FORMATS


def chosen(names: Iterable[str], where: Where = NOWHERE) -> tuple[str, ...]:
    """The formats called *names*, each once. Raises BadUse with the nearest name.

    >>> chosen(["svg", " bpmn", "svg"])
    ('svg', 'bpmn')
    """
    found: list[str] = []
    for name in (name.strip() for name in names):
        if name not in FORMATS:
            raise BadUse(Text(f"没有格式“{name}”", f'there is no format "{name}"'), where=where, fix=did_you_mean(name, FORMATS))
        if name not in found:
            found.append(name)
    return tuple(found)
