"""What became of a file that was read: what is wrong with it, and what is lost, as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from flowstd.base.digest import canonical
from flowstd.base.finding import Finding

from .told import Loss

FORMAT = "flowstd-loss/1"


def report(file: str, losses: Iterable[Loss], problems: Iterable[Finding]) -> str:
    """Losses and problems of *file* as canonical JSON; the same list that is printed.

    >>> print(report("a.bpmn", [Loss("group", "G", "", "element", 7)], []), end="")
    {"file":"a.bpmn","format":"flowstd-loss/1","lost":[{"element":"group","id":"G","line":7,...}],"problems":[]}
    """
    told = [{"code": one.code, "name": one.name, "line": one.where.line, "message": one.message.en, "id": one.node}
            for one in problems]
    return (
        canonical({"format": FORMAT, "file": file, "lost": [loss._asdict() for loss in losses], "problems": told})
        + "\n"
    )
