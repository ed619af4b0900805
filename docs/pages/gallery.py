"""Twelve charts, chosen by what they are: from the bureau's 344 items, and a few made for the purpose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flowstd.catalog.config import open_catalogue
from flowstd.catalog.load import load
from flowstd.ir.case import Case
from flowstd.standard.edition import NEWEST
from flowstd.standard.edition import load as edition

from .marks import ask, page

BUREAU = Path(__file__).parents[2] / "examples" / "bureau"
CHOSEN: dict[str, Callable[[Case], object]] = {
    "最小 / The smallest": lambda case: -len(case.flow.nodes),
    "最大 / The largest": lambda case: len(case.flow.nodes),
    "最多泳道 / Most lanes": lambda case: len(case.flow.lanes),
    "最多回路 / Most loops": lambda case: sum(link.back for link in case.flow.links),
    "最长的名称 / The longest labels": lambda case: sum(len(node.label) for node in case.flow.nodes) / len(case.flow.nodes),
}
MADE = {
    "并联审批 / Joint handling": 'template("joint")()',
    "两级审批 / Two levels": 'template("preliminary_review")()',
    "告知承诺 / Commitment": 'template("commitment")()',
    "即办件 / Immediate": 'template("immediate")()',
}


def pages() -> dict[str, str]:
    """One page."""
    cases = [entry for entry in load(open_catalogue(BUREAU)) if isinstance(entry, Case)]
    parts = ["由本站生成时的程序画出。事项名称和编码取自公开清单，其余是示例值。",
             "Drawn by the program that built this site. Names and codes come from a published list; "
             "the rest is made up."]
    for title, measure in CHOSEN.items():
        best = max(cases, key=measure)
        cases.remove(best)
        parts += [f"## {title}", ask("item", best.item.code or best.item.name, scenario=best.scenario)]
    for title, flow in MADE.items():
        parts += [f"## {title}", ask("flow", content=flow)]
    parts += ["## 自左而右 / Left to right", ask("flow", content=MADE["即办件 / Immediate"], direction="right")]
    for name in edition(NEWEST).palette.themes:
        parts += [f"## 配色 {name} / Theme {name}", ask("flow", content='template("filing")()', theme=name)]
    return {"gallery.md": page("图例 / Gallery", *parts)}
