"""TIM006: the certificate is served later than ten working days after the decision."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.limits import LIMITS, count
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.check.time import told


def check(subject: Subject) -> Iterator[Fault]:
    way = subject.measure.after
    most = workdays(count("T06"))
    if way is not None and way.total.exceeds(most):
        yield Fault(Text(f"决定后到送达最长{way.total.zh}，超过{told(most).zh}：{way.said.zh}",
                         f"from decision to service it can take {way.total.en}, more than {told(most).en}: "
                         f"{way.said.en}"),
                    Text(f"制证和送达合计不超过{told(most).zh}",
                         f"make and serve the certificate within {told(most).en}"),
                    way.steps[-1].id)


def bad() -> Subject:
    return ordinary(delivery_limit=workdays(15))


def good() -> Subject:
    return ordinary(delivery_limit=workdays(10))


RULE = Rule(
    code="TIM006", name="late-delivery", since="0.1", reads="flow",
    summary=Text("作出准予决定后十个工作日内没有送达证件。",
                 "A certificate is served later than ten working days after the grant."),
    why=Text("应当自作出决定之日起十日内颁发、送达；这段时间不占办理期限，也不能无限。",
             "It is due within ten days of the decision; these days are outside the limit, but not endless."),
    source=LIMITS["T06"].source,
    bad=bad, good=good, check=check,
)
