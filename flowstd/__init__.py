"""flowstd: standard flowcharts of service items, checked and drawn alike.

The public names, nothing else. Each is loaded when it is first used, so that
``import flowstd`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {
    # the item and its elements
    "Item": "flowstd.item.model",
    "Material": "flowstd.item.model",
    "Fee": "flowstd.item.model",
    "Result": "flowstd.item.model",
    "LegalSource": "flowstd.base.legal",
    # how long
    "Term": "flowstd.base.term",
    "workdays": "flowstd.base.term",
    "days": "flowstd.base.term",
    "hours": "flowstd.base.term",
    "months": "flowstd.base.term",
    "years": "flowstd.base.term",
    # who acts
    "applicant": "flowstd.dsl.words",
    "window": "flowstd.dsl.words",
    "reviewer": "flowstd.dsl.words",
    "decider": "flowstd.dsl.words",
    "third_party": "flowstd.dsl.words",
    "system": "flowstd.dsl.words",
    "organ": "flowstd.dsl.words",
    "Lane": "flowstd.dsl.lanes",
    # how steps are put together
    "parallel": "flowstd.dsl.words",
    "back": "flowstd.dsl.words",
    "end": "flowstd.dsl.words",
    "onward": "flowstd.dsl.words",
    "call": "flowstd.dsl.words",
    "fragment": "flowstd.dsl.words",
    "result": "flowstd.dsl.words",
    "Block": "flowstd.dsl.blocks",
    "flow_of": "flowstd.dsl.to_ir",
    # standard flows
    "template": "flowstd.dsl.templates.registry",
    "TEMPLATES": "flowstd.dsl.templates.registry",
    # the graph and its chart
    "Flow": "flowstd.ir.model",
    "Case": "flowstd.ir.case",
    "Chart": "flowstd.pipeline",
    "compile_flow": "flowstd.pipeline",
    "compile_case": "flowstd.pipeline",
    "diff": "flowstd.ir.diff",
    # what is wrong, and where
    "Finding": "flowstd.base.finding",
    "FlowstdError": "flowstd.base.errors",
    "Where": "flowstd.base.where",
}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'flowstd' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


if TYPE_CHECKING:  # the same names for editors and type checkers; a test keeps the two lists equal
    from flowstd.base.errors import FlowstdError as FlowstdError
    from flowstd.base.finding import Finding as Finding
    from flowstd.base.legal import LegalSource as LegalSource
    from flowstd.base.term import Term as Term
    from flowstd.base.term import days as days
    from flowstd.base.term import hours as hours
    from flowstd.base.term import months as months
    from flowstd.base.term import workdays as workdays
    from flowstd.base.term import years as years
    from flowstd.base.where import Where as Where
    from flowstd.dsl.blocks import Block as Block
    from flowstd.dsl.lanes import Lane as Lane
    from flowstd.dsl.templates.registry import TEMPLATES as TEMPLATES
    from flowstd.dsl.templates.registry import template as template
    from flowstd.dsl.to_ir import flow_of as flow_of
    from flowstd.dsl.words import applicant as applicant
    from flowstd.dsl.words import back as back
    from flowstd.dsl.words import call as call
    from flowstd.dsl.words import decider as decider
    from flowstd.dsl.words import end as end
    from flowstd.dsl.words import fragment as fragment
    from flowstd.dsl.words import onward as onward
    from flowstd.dsl.words import organ as organ
    from flowstd.dsl.words import parallel as parallel
    from flowstd.dsl.words import result as result
    from flowstd.dsl.words import reviewer as reviewer
    from flowstd.dsl.words import system as system
    from flowstd.dsl.words import third_party as third_party
    from flowstd.dsl.words import window as window
    from flowstd.ir.case import Case as Case
    from flowstd.ir.diff import diff as diff
    from flowstd.ir.model import Flow as Flow
    from flowstd.item.model import Fee as Fee
    from flowstd.item.model import Item as Item
    from flowstd.item.model import Material as Material
    from flowstd.item.model import Result as Result
    from flowstd.pipeline import Chart as Chart
    from flowstd.pipeline import compile_case as compile_case
    from flowstd.pipeline import compile_flow as compile_flow
