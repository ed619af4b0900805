"""Mends: what can be put right without anybody deciding anything, as values; who knows the file writes them into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from flowstd.ir.kinds import Role

if TYPE_CHECKING:
    from flowstd.base.finding import Finding

    from .subject import Subject

OWN = ""                               # the lane that asks the question
APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class Reworded:
    """Elements of the item say something else: name in code → value."""

    values: tuple[tuple[str, str | tuple[str, ...]], ...]


class Act(NamedTuple):
    """One step of an exit, done on the spot unless *days* says otherwise."""

    lane: str                          # OWN or APPLICANT
    verb: str
    label: str
    days: int | None = 0               # working days; None: the applicant's own time
    more: tuple[tuple[str, str], ...] = ()      # further keywords: issues, note, materials


@dataclass(frozen=True, slots=True)
class Exit:
    """A question gets the exit that the standard template has for it."""

    label: str
    acts: tuple[Act, ...]
    ends: str = ""                     # how the case ends: "not_accepted"; empty: back to the question
    end_label: str = ""
    decision: str = ""                 # the id of the question

    def at(self, decision: str, taken: tuple[str, ...]) -> Exit:
        """The exit for *decision*, under a label that is not *taken* by another one."""
        label = self.label if self.label not in taken else f"{self.label}（另）"
        return replace(self, decision=decision, label=label)


Mend = Reworded | Exit
MENDABLE = ("PRC002", "PRC003", "PRC004", "NAM001", "NAM002")      # the rules that some of it comes from

ON_THE_SPOT = Exit("可当场更正", (Act(APPLICANT, "supply", "当场更正"),))
IN_ONE_GO = Exit("需要补正", (Act(OWN, "notify", "一次性告知补正", 5,
                                (("issues", "补正告知书"), ("note", "逾期不告知即为受理"))),
                          Act(APPLICANT, "supply", "补正材料", None, (("materials", "补正材料"),))))
NEEDLESS = Exit("不需要许可", (Act(OWN, "notify", "告知不需要许可", 0, (("issues", "不受理告知书"),)),),
                "not_accepted", "不需要许可")
ELSEWHERE = Exit("不属于职权", (Act(OWN, "refuse", "出具不予受理决定", 0,
                              (("issues", "不予受理决定书"), ("note", "告知向有关行政机关申请"))),),
                 "not_accepted", "不予受理")


def mends(subject: Subject, ruleset: str, wanted: Callable[[str], bool]) -> tuple[tuple[Finding, Mend], ...]:
    """What is wrong with *subject* by the rules *wanted* and can be mended by itself; what is allowed is left alone.

    >>> from .sample import ordinary
    >>> ((finding, mend),) = mends(ordinary({"name": "户外广告设施设置许可(变更)"}), "draft", lambda code: True)
    >>> finding.code, mend.values
    ('NAM002', (('name', '户外广告设施设置许可（变更）'),))
    """
    from .run import chosen, faults_of, findings_of, settled

    standing = settled(subject, ruleset).findings
    found = []
    rules, last, _ = chosen(ruleset, subject.item_type, subject.at_hand, subject.present)
    for rule, level in (*rules, *last):
        faults = faults_of(rule, subject) if wanted(rule.code) else ()
        for fault, finding in zip(faults, findings_of(rule, level, subject, faults), strict=True):
            if fault.mend is not None and finding in standing and not _misplaced(subject, fault.mend):
                found.append((finding, fault.mend))
    return tuple(found)


def _misplaced(subject: Subject, mend: Mend) -> bool:
    """Whether an act of the office would come into the lane of somebody who is no office."""
    return (isinstance(mend, Exit) and any(act.lane == OWN for act in mend.acts)
            and subject.role(subject.flow.node_by_id[mend.decision]) in (Role.APPLICANT, Role.THIRD_PARTY))
