"""Findings as SARIF 2.1.0: what code hosts and editors read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from flowstd import __version__
from flowstd.base.digest import digest
from flowstd.base.finding import Finding, Level
from flowstd.base.text import Language, preferred
from flowstd.base.where import Where

from .entry import Checked

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def to_sarif(checked: Iterable[Checked], language: Language | None = None) -> str:
    """Every finding of *checked* as one run; what was allowed is there too, as suppressed, with its reason.

    >>> '"version": "2.1.0"' in to_sarif([])
    True
    """
    tongue = language or preferred()
    everything = [(finding, "") for one in checked for finding in one.findings]
    everything += [(finding, reason) for one in checked for finding, reason in one.allowed]
    codes = sorted({finding.code for finding, _ in everything})
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "flowstd", "version": __version__, "semanticVersion": __version__,
                                "language": "zh-CN" if tongue == "zh" else "en-US",
                                "rules": [_rule(code, everything, tongue) for code in codes]}},
            "columnKind": "unicodeCodePoints",
            "results": [_result(finding, reason, codes.index(finding.code), tongue) for finding, reason in everything],
        }],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(code: str, everything: list[tuple[Finding, str]], tongue: Language) -> dict[str, Any]:
    from flowstd.check.registry import modules, rule

    first = next(finding for finding, _ in everything if finding.code == code)
    name = "".join(part.capitalize() for part in first.name.split("-"))
    if code not in modules():
        return {"id": code, "name": name, "shortDescription": {"text": first.name.replace("-", " ")}}
    record = rule(code)
    law = f" {record.source.zh}" if record.source else ""
    return {"id": code, "name": name, "shortDescription": {"text": record.summary.say(tongue)},
            "fullDescription": {"text": record.why.say(tongue) + law},
            "help": {"text": f"{record.why.say(tongue)}{law}"},
            "defaultConfiguration": {"level": LEVELS[first.level]}}


def _result(finding: Finding, reason: str, index: int, tongue: Language) -> dict[str, Any]:
    message = finding.message.say(tongue) + (f"\n{finding.fix.say(tongue)}" if finding.fix else "")
    result: dict[str, Any] = {
        "ruleId": finding.code, "ruleIndex": index, "level": LEVELS[finding.level], "message": {"text": message},
        "partialFingerprints": {"flowstd/1": digest("\n".join((finding.code, finding.item, finding.node,
                                                               finding.message.zh)))},
    }
    place = _location(finding)
    if place:
        result["locations"] = [place]
    if reason:
        result["suppressions"] = [{"kind": "inSource", "justification": reason}]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {}
    if finding.where.file:
        place["physicalLocation"] = {"artifactLocation": {"uri": uri(finding.where.file)}}
        region = _region(finding.where)
        if region:
            place["physicalLocation"]["region"] = region
    logical = [{"name": finding.item, "kind": "module"}] if finding.item else []
    if finding.node:
        logical.append({"name": finding.node, "fullyQualifiedName": f"{finding.item}/{finding.node}", "kind": "member"})
    if finding.where.cell:
        logical.append({"name": f"{finding.where.sheet}!{finding.where.cell}", "kind": "element"})
    if logical:
        place["logicalLocations"] = logical
    return place


def _region(where: Where) -> dict[str, int]:
    names = (("startLine", where.line), ("startColumn", where.column), ("endLine", where.end_line),
             ("endColumn", where.end_column))
    region = {name: value for name, value in names if value}
    return region if where.line else {}


def uri(file: str) -> str:
    """A file's name as a URI reference.

    >>> uri("items/滑雪 场.py")
    'items/%E6%BB%91%E9%9B%AA%20%E5%9C%BA.py'
    """
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
