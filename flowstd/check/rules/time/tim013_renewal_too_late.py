"""TIM013: nothing says how long before expiry a renewal is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.instrument import Rank
from flowstd.check.limits import LIMITS, count
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.words import days_named, otherwise, remarks
from flowstd.ir.kinds import StepKind

WORDS = ("延续", "换证", "延期")


def check(subject: Subject) -> Iterator[Fault]:
    asking = subject.steps(StepKind.SUBMIT)
    if not asking or not any(word in subject.scenario or word in asking[0].label for word in WORDS):
        return
    texts = [remarks(node) for node in asking]
    if subject.declared is not None:
        texts += [*subject.declared.acceptance_conditions, subject.declared.statutory_note]
    told = [text for text in texts if "届满" in text or "到期" in text]
    days = next((days for text in told if (days := days_named(text)) is not None), None)
    name = said(asking[0])
    if days is None:
        yield Fault(Text(f"{name.zh}没有写有效期届满几日前提出",
                         f"{name.en} does not say how long before expiry to apply"),
                    Text("写 note=\"有效期届满三十日前提出\"", 'write note="有效期届满三十日前提出"'), asking[0].id)
    elif days < count("T12") and not any(otherwise(text, LIMITS["T12"].source, Rank.RULE) for text in texts):
        yield Fault(Text(f"{name.zh}写的是届满 {days} 日前，法律规定三十日前",
                         f"{name.en} says {days} days before expiry; the law says thirty"),
                    Text("改为三十日前；法律、法规、规章另有规定的，写明名称和条款",
                         "say thirty days, or cite the rule that differs with its article"), asking[0].id)


def bad() -> Subject:
    return ordinary(template="renewal", scenario="延续", lead="有效期届满十日前提出")


def good() -> Subject:
    return ordinary(template="renewal", scenario="延续")


RULE = Rule(
    code="TIM013", name="renewal-too-late", since="0.1", reads="flow",
    summary=Text("延续申请没有写明有效期届满三十日前提出。",
                 "A renewal does not say to apply thirty days before expiry."),
    why=Text("迟了，旧证失效而新证未到，办事人无证可用。", "Whoever applies too late is left without a valid licence."),
    source=LIMITS["T12"].source,
    bad=bad, good=good, check=check, about=(StepKind.SUBMIT,),
)
