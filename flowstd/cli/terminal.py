"""What the person at the terminal sees: plain lines everywhere, colour and a bar only where they are wanted."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from flowstd.base.text import harmless


def say(text: str, *, coloured: bool = False) -> None:
    """Print *text*; a reader who has closed the pipe does not stop the work, nor change the exit code.

    What a terminal would obey is left out, unless the colours in it are ours.
    """
    try:
        print(text if coloured else harmless(text), flush=True)
    except (BrokenPipeError, ValueError):
        _mute()


_stacks = False


def want_stacks(wanted: bool) -> None:
    """Whether the stacks of errors are shown: ``--traceback``."""
    global _stacks
    _stacks = wanted


def say_stacks(stacks: Sequence[str]) -> None:
    """Print *stacks* when they are wanted."""
    for stack in stacks if _stacks else ():
        say(stack)


def colourful() -> bool:
    """Whether standard output is a terminal that may be coloured."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns(rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column is words and whose others are numbers, set to the right.

    >>> print(columns([("部门", "charts"), ("住建局", "12")]))
      部门    charts
      住建局      12
    """
    widths = [max(_width(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = []
    for first, *others in rows:
        cells = [" " * (width - _width(cell)) + cell for cell, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join(["", first + " " * (widths[0] - _width(first)), *cells]))
    return "\n".join(lines)


def table(rows: tuple[tuple[str, str], ...]) -> str:
    """Two columns, the first as wide as its widest name; Chinese letters count two.

    >>> print(table((("流程图", "344"), ("问题", "0"))))
      流程图  344
      问题    0
    """
    widest = max(map(_width, (name for name, _ in rows)))
    return "\n".join(f"  {name}{' ' * (widest - _width(name))}  {value}" for name, value in rows)


def remark(text: str) -> None:
    """Print *text* on standard error: what is no part of the answer."""
    import click

    click.echo(harmless(text), err=True)


def as_typed(*words: object) -> str:
    """A command as a shell takes it; a path is no option, whatever it begins with.

    >>> as_typed("flowstd", "build", "流程图"), as_typed("flowstd", "check", Path("my charts"))
    ('flowstd build 流程图', "flowstd check 'my charts'")
    >>> as_typed("flowstd", "build", Path("-x"), "-o", Path("-x-out"))
    'flowstd build ./-x -o ./-x-out'
    """
    from shlex import quote
    from subprocess import list2cmdline

    said = [f"./{word}" if isinstance(word, Path) and str(word).startswith("-") else str(word) for word in words]
    if os.name == "nt":
        return list2cmdline(said)
    return " ".join(word if re.fullmatch(r"[\w@%+=:,./-]+", word) else quote(word) for word in said)


def beside(folder: Path) -> Path:
    """Where the charts of *folder* go, unless another place is named.

    >>> str(beside(Path("a/city"))), beside(Path("..")).name == f"{Path('..').resolve().name}-out"
    ('a/city-out', True)
    """
    if folder.name in ("", ".."):          # this folder, or one above: beside it, by its own name
        return folder / ".." / f"{folder.resolve().name}-out"
    return folder.with_name(f"{folder.name}-out")


def _width(text: str) -> int:
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _mute() -> None:
    """Send what follows nowhere: the reader is gone."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # for as long as the process lives
