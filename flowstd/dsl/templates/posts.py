"""Posts: who in the office does which part, for the internal view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flowstd.base.errors import UnknownName
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text

from ..position import here


class Posts(NamedTuple):
    """The posts of one office; who examines is not who decides."""

    accept: str = "受理岗"
    examine: str = "审查岗"
    decide: str = "决定岗"
    issue: str = "发证岗"


USUAL = Posts()


def posts_of(given: Mapping[str, str]) -> Posts:
    """The usual posts with those that *given* renames.

    Raises: UnknownName: a post that no template has.

    >>> posts_of({"decide": "首席代表"}).decide
    '首席代表'
    """
    for name in given:
        if name not in Posts._fields:
            raise UnknownName(Text(f"没有岗位“{name}”", f'there is no post "{name}"'), where=here(),
                              fix=did_you_mean(name, Posts._fields))
    return Posts(**given)
