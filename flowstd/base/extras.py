"""Optional packages: whether one is there, and the one line that says how to get it."""

from __future__ import annotations

from importlib.util import find_spec

from .errors import MissingExtra
from .text import Text

MODULES = {"png": "resvg_py", "pdf": "reportlab", "xlsx": "xlsxwriter", "docx": "docx", "dask": "distributed",
           "serve": "uvicorn"}


def available(extra: str) -> bool:
    """Whether the packages of *extra* are installed.

    >>> available("")
    True
    """
    return not extra or find_spec(MODULES[extra]) is not None


def need(extra: str) -> None:
    """Raise MissingExtra with the pip command where the packages of *extra* are not installed.

    >>> need("")
    """
    if not available(extra):
        command = f'pip install "flowstd[{extra}]"'
        raise MissingExtra(Text(f"{extra.upper()} 需要另装一个包：{command}",
                                f"{extra.upper()} needs one more package: {command}"))
