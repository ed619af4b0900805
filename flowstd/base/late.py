"""A value offers its verbs (``flow.compile()``) although imports point one way.

The verb lives in a later stage, so the value finds it by name when it is called.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def late(path: str) -> Any:
    """The object called ``module:name``, imported now.

    >>> late("flowstd.base.term:workdays")(3).zh
    '3个工作日'
    """
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)        # waits where another thread is about to import it
