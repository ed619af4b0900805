"""The formats, their options and the look that a command is asked for."""

from __future__ import annotations

from collections.abc import Iterable

import click

from flowstd.base.errors import BadUse, UnknownName
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where
from flowstd.bpmn.dialect import ENGINES, POOLS
from flowstd.catalog.config import Look, checked_look
from flowstd.pipeline import COLLAPSES, DIRECTIONS, EDITION, FORMATS, LANE_ORDERS, VIEWS


def chosen(names: Iterable[str], where: Where = NOWHERE) -> tuple[str, ...]:
    """The formats called *names*, each once.

    Raises: BadUse: there is no such format; the nearest is named. MissingExtra: it needs a package that is not there.

    >>> chosen(["svg", " bpmn", "svg"])
    ('svg', 'bpmn')
    """
    found: list[str] = []
    for name in (name.strip() for name in names):
        if name not in FORMATS:
            raise BadUse(Text(f"没有格式“{name}”", f'there is no format "{name}"'), where=where,
                         fix=did_you_mean(name, FORMATS))
        FORMATS[name].check()
        if name not in found:
            found.append(name)
    return tuple(found)


def look_options() -> list[click.Option]:
    """How charts are to look: without these options, as their catalogue says."""
    return [
        click.Option(["--view"], type=click.Choice(VIEWS),
                     help=Text("internal：运行流程图，按原样；external：办事流程图，内部环节合并为一步",
                               "internal: the flow as written; external: as the applicant meets it").say()),
        click.Option(["--direction"], type=click.Choice(DIRECTIONS),
                     help=Text("down：自上而下；right：自左而右", "down the page, or to the right").say()),
        click.Option(["--theme"], metavar="NAME",
                     help=Text("配色，如 official、colour", "inks, such as official or colour").say()),
        click.Option(["--collapse"], type=click.Choice(COLLAPSES),
                     help=Text("有名称的环节（fragment）画成一个既定处理框：never 从不；fit 一页放不下时；always 总是",
                               "named fragments as one box each: never, to fit one page, or always").say()),
        click.Option(["--lanes", "lane_order"], type=click.Choice(LANE_ORDERS),
                     help=Text("declared：泳道按声明的次序；best：试画几种次序，取交叉最少、连线最短的",
                               "lanes as declared, or the best of a few orders: lines cross least, and are "
                               "short").say()),
        click.Option(["--edition"], metavar="NAME",
                     help=Text(f"标准版本，如 {EDITION}", f"edition of the standard, such as {EDITION}").say()),
    ]


def looked(look: Look, **given: str | None) -> Look:
    """*look* with what was *given* of it. Raises BadUse: there is no such thing; the nearest is named."""
    try:
        return checked_look(look._replace(**{name: value for name, value in given.items() if value}))
    except UnknownName as error:
        raise BadUse(error.what, where=error.where, fix=error.fix) from None


def bpmn_options() -> list[click.Option]:
    """``--bpmn-pools --bpmn-engine``; without them a catalogue says, or the file is for every tool."""
    return [
        click.Option(["--bpmn-pools"], type=click.Choice(POOLS),
                     help=Text("BPMN 中 one：所有人在一个池的泳道里；two：申请人另成一池，以消息往来",
                               "in BPMN, one: everybody in lanes of one pool; two: applicants as a pool of their "
                               "own").say()),
        click.Option(["--bpmn-engine"], type=click.Choice(ENGINES),
                     help=Text("BPMN 供哪个引擎运行：条件按其写法，时限成为定时事件",
                               "the engine that is to run the BPMN: its conditions, and timers from limits").say()),
    ]


def told_bpmn(pools: str | None, engine: str | None) -> dict[str, str]:
    """Those of the two that were given, as :meth:`flowstd.pipeline.Chart.bpmn` takes them."""
    return {name: value for name, value in (("pools", pools), ("engine", engine)) if value}


def known() -> str:
    """The names of all formats, as an option's help lists them."""
    return ",".join(FORMATS)


def suffixes() -> str:
    """The suffixes of all formats, as help lists them."""
    return " ".join(form.suffix for form in FORMATS.values())
