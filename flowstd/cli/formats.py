"""The formats and the view that a command is asked for."""

from __future__ import annotations

from collections.abc import Iterable

import click

from flowstd.base.errors import BadUse
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where
from flowstd.pipeline import FORMATS, VIEWS


def chosen(names: Iterable[str], where: Where = NOWHERE) -> tuple[str, ...]:
    """The formats called *names*, each once.

    Raises: BadUse: there is no such format; the nearest is named. MissingExtra: it needs a package that is not installed.

    >>> chosen(["svg", " bpmn", "svg"])
    ('svg', 'bpmn')
    """
    found: list[str] = []
    for name in (name.strip() for name in names):
        if name not in FORMATS:
            raise BadUse(Text(f"没有格式“{name}”", f'there is no format "{name}"'), where=where, fix=did_you_mean(name, FORMATS))
        FORMATS[name].check()
        if name not in found:
            found.append(name)
    return tuple(found)


def view_option() -> click.Option:
    """``--view``; without it a catalogue says whose charts it makes, and a flow is drawn as it is written."""
    return click.Option(["--view"], type=click.Choice(VIEWS),
                        help=Text("internal：运行流程图，按原样；external：办事流程图，内部环节合并为一步",
                                  "internal: the flow as written; external: as the applicant meets it").say())


def known() -> str:
    """The names of all formats, as an option's help lists them."""
    return ",".join(FORMATS)


def suffixes() -> str:
    """The suffixes of all formats, as help lists them."""
    return " ".join(form.suffix for form in FORMATS.values())
