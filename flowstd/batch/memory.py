"""Findings as a manifest remembers them: places relative to the catalogue, so that it may be read from anywhere."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where

if TYPE_CHECKING:
    from flowstd.base.finding import Finding


def remembered(finding: Finding, folder: str) -> dict[str, Any]:
    """*finding* as plain values."""
    where = finding.where
    kept: dict[str, Any] = {"code": finding.code, "name": finding.name, "level": finding.level.value,
                            "message": list(finding.message), "item": finding.item, "node": finding.node}
    if finding.fix is not None:
        kept["fix"] = list(finding.fix)
    if where:
        kept["where"] = [within(where.file, folder), where.line, where.column, where.end_line, where.end_column,
                         where.sheet, where.cell]
    if finding.source is not None:
        kept["source"] = finding.source.model_dump(mode="json", exclude_defaults=True)
    return kept


def recalled(kept: dict[str, Any], folder: str) -> Finding:
    """The finding that was remembered."""
    from flowstd.base.finding import Finding, Level
    from flowstd.base.legal import LegalSource

    where = NOWHERE
    if "where" in kept:
        file, line, column, end_line, end_column, sheet, cell = kept["where"]
        where = Where(outside(file, folder), line, column, end_line, end_column, sheet, cell)
    fix, source = kept.get("fix"), kept.get("source")
    return Finding(code=kept["code"], name=kept["name"], level=Level(kept["level"]), message=Text(*kept["message"]),
                   where=where, fix=Text(*fix) if fix else None, item=kept["item"], node=kept["node"],
                   source=LegalSource.model_validate(source) if source else None)


def moved(kept: dict[str, Any], file: str, lines: int) -> dict[str, Any]:
    """What was remembered of a row of *file* that now stands so many *lines* further down."""
    where = kept.get("where")
    if not where or where[0] != file or not where[1]:
        return kept
    return {**kept, "where": [file, where[1] + lines, where[2], where[3] and where[3] + lines, *where[4:]]}


_IN = "./"                            # begins the names of files inside the catalogue


def within(file: str, folder: str) -> str:
    """The name of *file* as a manifest has it."""
    inside = folder + os.sep
    return _IN + file[len(inside):].replace(os.sep, "/") if file.startswith(inside) else file


def outside(file: str, folder: str) -> str:
    """The file that a manifest names."""
    return os.path.join(folder, *file[len(_IN):].split("/")) if file.startswith(_IN) else file
