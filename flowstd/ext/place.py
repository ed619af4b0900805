"""Where in a file a flow stands that a page holds: so that messages point at the author's line."""

from __future__ import annotations

from collections.abc import Sequence


def place_of(content: str, lines: Sequence[str], near: int = 1) -> tuple[int, int]:
    """Line and indent of *content* in a page of *lines*, looked for from line *near* on; (0, 0) where it is not found.

    >>> place_of("a >> b", ["Words.", "", "   .. flowstd:flow::", "", "      a >> b"], 3)
    (5, 6)
    """
    wanted = content.split("\n")
    first = next((number for number, line in enumerate(wanted) if line.strip()), 0)
    text = wanted[first]
    for at in range(near - 1, len(lines)):
        line = lines[at].rstrip("\r\n")
        if line.endswith(text) and _same(wanted[first:], lines[at:], indent := len(line) - len(text)):
            return at + 1 - first, indent
    return 0, 0


def _same(wanted: Sequence[str], lines: Sequence[str], indent: int) -> bool:
    """Whether all of *wanted* stands there, at one indent."""
    return len(lines) >= len(wanted) and all(
        line.rstrip("\r\n")[indent:].rstrip() == text.rstrip() for text, line in zip(wanted, lines, strict=False))
