"""What the text in a cell of a table means for an element: in a table, a number has no other way to be written."""

from __future__ import annotations

import re
from typing import Any

NUMBERS = ("onsite_visits",)
PARTS = ("materials", "results", "legal_bases")


def cell_value(element: str, text: str) -> Any:
    """The value of *element* that the text of a cell stands for: digits are a number, several parts stand apart by ；.

    What cannot be read stays text, so that ``item_from`` tells what is wrong with it.

    >>> cell_value("onsite_visits", "1"), cell_value("materials", "申请表；营业执照")
    (1, ('申请表', '营业执照'))
    """
    if element in NUMBERS and re.fullmatch("[0-9]{1,6}", text.strip()):
        return int(text)
    if element in PARTS:
        return tuple(part.strip() for part in re.split("[；;\n]", text) if part.strip())
    return text
