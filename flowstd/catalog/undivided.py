"""Lists of materials that look like one because of what divides them: told, not divided, as a name may hold 、."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flowstd.base.finding import Finding, Level
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.item.cells import PARTS

from .book.tables import REMARK
from .source import Source

LISTS = (PARTS[0], "申请材料")


def in_cells(cells: Mapping[str, str], where: Where) -> tuple[Finding, ...]:
    """What looks undivided among the *cells* of a row.

    >>> [str(one.message.en) for one in in_cells({"materials": "身份证明、申请表"}, Where("items.csv", 2))]
    ['read as one material: 身份证明、申请表']
    """
    text = cells.get(PARTS[0], "")
    if ("、" not in text and "，" not in text) or any(sign in text for sign in "；;\n"):
        return ()
    return (_told(text, where, Text("几份材料用“；”隔开；确是一份，就在末尾加“；”",
                                    "divide several with ；; if it is one, end it with ；")),)


def in_yaml(source: Source) -> tuple[Finding, ...]:
    """What looks undivided in the lists of an item."""
    return tuple(_in_lists(source))


def _in_lists(source: Source) -> Iterator[Finding]:
    for key in LISTS:
        value = source.data.get(key)
        for number, one in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(one, str) and ("，" in one or one[:1] + one[-1:] == "【】"):
                yield _told(one, source.where(key, number),
                            Text("写成 [甲, 乙]，用半角的括号和逗号；或每行一份，以“- ”开头",
                                 'write [A, B] with half-width brackets and commas, or one a line, each after "- "'))


def _told(text: str, where: Where, fix: Text) -> Finding:
    shown = text[:40]
    return Finding(REMARK, "undivided-list", Level.WARNING,
                   Text(f"读成了一份材料：{shown}", f"read as one material: {shown}"), where, fix)
