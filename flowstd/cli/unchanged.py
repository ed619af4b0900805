"""``flowstd build`` where nothing has changed: answered before the compiler, or even click, is loaded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_ASKED = ("format", "view", "direction", "theme", "edition", "bpmn-pools", "bpmn-engine")
_NUMBER = re.compile(r"[0-9]{1,3}").fullmatch
_VALUES = {"-o": "output", "--output": "output", "--lang": "lang", "--jobs": "jobs", "-j": "jobs",
           **{f"--{name}": name for name in _ASKED}}


def answer(given: Sequence[str]) -> int | None:
    """The exit code of ``build`` when all is as the last one left it; None when the command itself must look."""
    asked = _asked(given)
    if asked is None:
        return None
    folder = Path(asked["folder"])
    out = Path(asked["output"]) if "output" in asked else _configured(folder)
    if out is None:
        return None
    from flowstd.batch.fresh import standing

    found = standing(folder, out, {name: asked[name] for name in _ASKED if name in asked})
    if found is None:
        return None
    from .totals import tell_totals

    if found.findings:
        _tell_again(found.findings, folder)
    tell_totals(charts=found.charts, built=0, failed=found.failed, kinds=found.kinds, files=found.files, removed=0,
                source=folder, out=out)
    return int(found.failed > 0 or any(level == "error" for _, _, level, _ in found.kinds))


def _tell_again(findings: Sequence[dict[str, Any]], folder: Path) -> None:
    """What was wrong is told until it is mended."""
    from flowstd.batch.memory import recalled

    from .results import tell_findings

    tell_findings([recalled(kept, str(folder)) for kept in findings])


def _asked(given: Sequence[str]) -> dict[str, str] | None:
    """The plain words of ``build FOLDER -o OUT --format LIST --view VIEW``; None for anything else.

    How many processes would have worked is left to the command only where it might refuse the number.
    """
    words = list(given[1:])
    asked: dict[str, str] = {}
    while words:
        word = words.pop(0)
        if word in _VALUES and words and _VALUES[word] not in asked:
            asked[_VALUES[word]] = words.pop(0)
        elif word.startswith("-") or "folder" in asked:
            return None
        else:
            asked["folder"] = word
    plain = asked.get("lang", "en") in ("zh", "en") and _NUMBER(asked.get("jobs", "1")) is not None
    return asked if "folder" in asked and plain else None


def _configured(folder: Path) -> Path | None:
    """The output folder that flowstd.toml names."""
    import tomllib

    try:
        named = tomllib.loads((folder / "flowstd.toml").read_text("utf-8"))["output"]["folder"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return folder / named if isinstance(named, str) and named else None
