"""The item and scenario of a process as Python, beside its flow: the module draws what was drawn before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .explicit import fields_text, imports_text
from .python import quoted

if TYPE_CHECKING:
    from flowstd.item import Item


def with_case(text: str, item: Item, scenario: str, number: str = "") -> str:
    """The module *text* of a flow with its ``item`` and ``chart`` below it; *number* follows each name."""
    heading, _, flow = text.partition("\n\n")
    body = "\n".join([f"item{number} = Item(", *(f"    {field}," for field in fields_text(item)), ")",
                      f"chart{number} = item{number}.scenario({quoted(scenario)}, flow{number})"])
    return f"{heading}\n\n{imports_text(body)}{flow}\n{body}\n"
