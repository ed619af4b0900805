"""TIM002: one organ takes longer than twenty working days to decide."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import Unit, workdays
from flowstd.base.text import Text
from flowstd.check.limits import LIMITS, count
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.check.time import told
from flowstd.check.words import otherwise

LIMIT = LIMITS["T03"]


def check(subject: Subject) -> Iterator[Fault]:
    if not subject.joint:
        yield from exceeded(subject, count("T03"))


def exceeded(subject: Subject, most: int) -> Iterator[Fault]:
    """The declared limit and the longest way, held against *most* working days or a longer limit with its basis."""
    item = subject.declared
    statutory = item.statutory if item is not None else None
    allowed = workdays(most)
    if item is not None and statutory is not None and statutory.unit is Unit.WORKDAYS and statutory.count > most:
        if otherwise(item.statutory_note, LIMIT.source):
            allowed = statutory
        elif not item.statutory_note:
            yield Fault(Text(f"法定办结时限{statutory.zh}，超过{allowed.zh}",
                             f"the statutory limit is {told(statutory).en}, "
                             f"more than {told(allowed).en}"),
                        Text(f"改为{allowed.zh}以内；法律、法规另有规定的，在“法定办结时限说明”写明名称和条款，几个机关联合办理的写明“联合办理”",
                             f"make it {told(allowed).en} or less; where another law says more, "
                             "cite it with its article in 法定办结时限说明; where several organs act as one, write 联合办理 there"))
    way = subject.measure.counted
    if way is not None and way.total.exceeds(allowed):
        last = subject.measure.deciding[-1]
        yield Fault(Text(f"受理到决定最长{way.total.zh}，超过{allowed.zh}：{way.said.zh}",
                         f"from acceptance to decision it can take {way.total.en}, more than {told(allowed).en}: "
                         f"{way.said.en}"),
                    Text("缩短其中的步骤；依法不计入的（听证、检测、专家评审等）写 excluded_by=",
                         "shorten one of these steps; where the law excludes one, say excluded_by="), last.id)


def bad() -> Subject:
    return ordinary({"promised": "20工作日"}, limit=workdays(25))


def good() -> Subject:
    return ordinary({"promised": "20工作日"}, limit=workdays(20))


RULE = Rule(
    code="TIM002", name="over-the-limit", since="0.1", reads="flow",
    summary=Text("一个机关办理，从受理到决定超过二十个工作日。",
                 "One organ needs more than twenty working days from acceptance to decision."),
    why=Text("应当自受理之日起二十日内作出决定；最长的一条路径也不能超过。",
             "A decision is due within twenty days of acceptance, on the longest way too."),
    source=LIMIT.source,
    bad=bad, good=good, check=check,
)
