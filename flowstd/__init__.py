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
    # the graph
    "Flow": "flowstd.ir.model",
    # terms and law
    "Term": "flowstd.base.term",
    "workdays": "flowstd.base.term",
    "days": "flowstd.base.term",
    "hours": "flowstd.base.term",
    "months": "flowstd.base.term",
    "years": "flowstd.base.term",
    "LegalSource": "flowstd.base.legal",
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
    from flowstd.ir.model import Flow as Flow
    from flowstd.item.model import Item as Item
