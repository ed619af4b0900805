"""What every part of an item is: a frozen value whose faults are told as the author's mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from flowstd.base.frozen import Placed
from flowstd.base.late import late

from .problems import as_error, told


class Element(Placed):
    """A value that an author writes, in Python or in a file; it remembers where.

    Raises: BadElement: one value is wrong. ItemProblems: several are; each is told.
    """

    if not TYPE_CHECKING:                 # type checkers keep the field names

        def __init__(self, /, **data: Any) -> None:
            where = data.get("where") or late("flowstd.dsl.position:here")()
            try:
                super().__init__(**{**data, "where": where})
            except ValidationError as error:
                problems = told(error, type(self), lambda path: where)
            else:
                return
            raise as_error(problems, where)

        # Only an author's own call comes through here: pydantic checks nested values without it, so that all faults
        # of a file are collected.
        __init__.__pydantic_base_init__ = True
