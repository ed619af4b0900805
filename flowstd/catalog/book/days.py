"""A day as people write it into a cell."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from flowstd.base.errors import BadElement
from flowstd.base.text import Text

from .cells import date_text

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def day_from(text: str) -> date:
    """The day that *text* names; a bare number is Excel's count of days. Raises BadElement.

    >>> day_from("2026/1/31") == day_from("２０２６年１月31日") == day_from("46053")
    True
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"[1-9]\d{4}", plain):
        plain = date_text(plain) or plain
    found = _DAY.fullmatch(plain)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise BadElement(Text(f"“{text[:40]}”不是日期", f'"{text[:40]}" is no date'),
                     fix=Text("写成 2026-01-31", "write it as 2026-01-31"))
