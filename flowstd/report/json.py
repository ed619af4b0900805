"""Findings as JSON for programs: both languages, places and codes; equal findings give equal bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from flowstd.base.finding import Finding
from flowstd.base.where import Where

FORMAT = "flowstd-findings/1"


def to_json(findings: Iterable[Finding]) -> str:
    """All findings, in the order found; what is not known is left out."""
    found = {"format": FORMAT, "findings": [finding_json(one) for one in findings]}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def finding_json(one: Finding) -> dict[str, Any]:
    """One finding as plain values; what is not known is left out."""
    found: dict[str, Any] = {
        "code": one.code, "name": one.name, "level": one.level.value,
        "message": {"zh": one.message.zh, "en": one.message.en},
        "fix": {"zh": one.fix.zh, "en": one.fix.en} if one.fix else None,
        "where": _where(one.where), "item": one.item, "node": one.node,
        "source": one.source.model_dump(mode="json", exclude_defaults=True) if one.source else None,
    }
    return {name: value for name, value in found.items() if value}


def _where(where: Where) -> dict[str, str | int]:
    names = ("file", "line", "column", "end_line", "end_column", "sheet", "cell")
    return {name: value for name in names if (value := getattr(where, name))}
