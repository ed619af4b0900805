"""TIM011: time and place of a hearing are told less than seven days before."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.limits import LIMITS, count
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.words import days_named, wording
from flowstd.ir.kinds import StepKind


def check(subject: Subject) -> Iterator[Fault]:
    least = count("T10")
    for hearing in subject.steps(StepKind.HEAR):
        name = said(hearing)
        notices = [node for node in subject.steps(StepKind.NOTIFY) if "听证" in node.label and subject.follows(node,
                                                                                                             hearing)
                   and any(word in node.label for word in ("时间", "地点", "通知"))]
        if not notices:
            yield Fault(Text(f"{name.zh}之前没有通知听证的时间、地点",
                             f"nobody is told the time and place of {name.en}"),
                        Text(f"加一个步骤：举行听证 {least} 日前通知时间、地点",
                             f"add a step that tells them {least} days ahead"), hearing.id)
        for node in notices:
            days = days_named(wording(node))
            if days is None or days < least:
                lead = (Text(f"只提前 {days} 日", f"{days} days ahead only") if days is not None
                        else Text("没有写提前几日", "without saying how many days ahead"))
                yield Fault(Text(f"{said(node).zh}{lead.zh}", f"{said(node).en} gives notice {lead.en}"),
                            Text(f"写 note=\"举行听证{'七' if least == 7 else least}日前通知\"",
                                 'write note="举行听证七日前通知": seven days ahead'), node.id)


def bad() -> Subject:
    return _notified("举行听证三日前通知")


def good() -> Subject:
    return _notified("举行听证七日前通知")


def _notified(note: str) -> Subject:
    from flowstd.dsl import reviewer

    return ordinary(slots={"before_decision": reviewer.notify("通知听证时间地点", issues="听证通知书", note=note)
                           >> reviewer.hear("举行听证", excluded_by="行政许可法 第四十五条")})


RULE = Rule(
    code="TIM011", name="short-hearing-notice", since="0.1", reads="flow",
    summary=Text("听证时间、地点的通知不足七日。", "Time and place of a hearing are told less than seven days ahead."),
    why=Text("行政机关应当于举行听证的七日前将时间、地点通知申请人、利害关系人。",
             "Applicants and others concerned are told seven days before a hearing."),
    source=LIMITS["T10"].source,
    bad=bad, good=good, check=check, about=(StepKind.HEAR,),
)
