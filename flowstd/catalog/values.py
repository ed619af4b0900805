"""Template parameters as people write them in cells and files: terms as text, lists divided by semicolons."""

from __future__ import annotations

import re
from typing import Any

from flowstd.base.errors import BadElement
from flowstd.base.where import Where
from flowstd.item.term_text import term_from


def fitted(value: Any, kind: str, where: Where) -> Any:
    """*value* as a parameter of the type *kind* wants it; what cannot be turned comes back as it is.

    >>> fitted("申请表；身份证明", "Sequence[str]", Where())
    ['申请表', '身份证明']
    >>> fitted({"inspection": "3 workdays"}, "Mapping[str, Term]", Where())["inspection"].zh
    '3个工作日'

    Raises: BadElement: a text that is no term, where a term is wanted.
    """
    if isinstance(value, dict):
        inner = kind.partition(",")[2]
        return {name: fitted(one, inner, where) for name, one in value.items()}
    if isinstance(value, list) or not isinstance(value, str):
        return value
    if kind.startswith(("Sequence", "tuple", "list")):
        return [part.strip() for part in re.split(r"[；;\n]", value) if part.strip()]
    if "Term" in kind:
        return _term(value, where)
    if kind == "bool" and value in ("是", "否", "true", "false"):
        return value in ("是", "true")
    return value


def _term(text: str, where: Where) -> Any:
    try:
        return term_from(text)
    except BadElement as error:
        raise BadElement(error.what, where=where, fix=error.fix) from None
