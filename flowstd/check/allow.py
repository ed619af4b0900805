"""Allowances: findings that somebody answers for are set aside, and allowances that match nothing are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flowstd.base.finding import Finding

if TYPE_CHECKING:
    from flowstd.ir.model import Flow
    from flowstd.item.allowance import Allowance


@dataclass(frozen=True, slots=True)
class Use:
    """What became of one allowance."""

    allowance: Allowance
    findings: tuple[Finding, ...] = ()   # those it sets aside, or would set aside had it not expired
    expired: bool = False
    ran: bool = True                     # whether the rule it names is among those that ran


@dataclass(frozen=True, slots=True)
class Settled:
    """The findings that stand, and what became of each allowance."""

    findings: tuple[Finding, ...]
    uses: tuple[Use, ...] = ()

    @property
    def allowed(self) -> tuple[tuple[Finding, Allowance], ...]:
        """The findings that were set aside, each with its allowance; reports list them."""
        return tuple((finding, use.allowance) for use in self.uses if not use.expired for finding in use.findings)


def settle(findings: Iterable[Finding], allowances: Iterable[Allowance], flow: Flow, scenario: str,
           ran: frozenset[str], today: date | None) -> Settled:
    """*findings* without those that one of *allowances* covers; *ran*: codes and names of the rules that ran."""
    standing, uses = tuple(findings), []
    for allowance in allowances:
        if allowance.scenario and allowance.scenario != scenario:
            continue
        covered = tuple(finding for finding in standing if _covers(allowance, finding, flow))
        expired = today is not None and allowance.until is not None and allowance.until < today
        uses.append(Use(allowance, covered, expired, allowance.rule in ran))
        if not expired:
            standing = tuple(finding for finding in standing if finding not in covered)
    return Settled(standing, tuple(uses))


def _covers(allowance: Allowance, finding: Finding, flow: Flow) -> bool:
    if allowance.rule not in (finding.code, finding.name):
        return False
    if not allowance.step:
        return True
    node = flow.node_by_id.get(finding.node)
    return node is not None and allowance.step in (node.id, node.label)
