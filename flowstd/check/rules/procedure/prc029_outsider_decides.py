"""PRC029: somebody who is no administrative organ accepts, decides or refuses."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of, ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import Role, StepKind

SOVEREIGN = (StepKind.ACCEPT, StepKind.DECIDE, StepKind.REFUSE)      # to examine, test or print may be given to others
AUTHORISED = "授权组织"                                                # by a law or regulation


def check(subject: Subject) -> Iterator[Fault]:
    steps = [node for node in subject.steps(*SOVEREIGN) if subject.role(node) is Role.THIRD_PARTY]
    item = subject.declared if steps else None
    if item is not None and item.authority_kind == AUTHORISED:
        return
    for node in steps:
        name, lane = said(node), subject.lane_name(node)
        yield Fault(Text(f"{name.zh}由“{lane}”办理：受理、决定、不予许可只能由行政机关或者法律、法规授权的组织作出",
                         f'"{lane}" does {name.en}: only an administrative organ, or one that a law authorises, '
                         "accepts, decides and refuses"),
                    Text("放到窗口、决定人或者 organ(…) 的泳道", "put it into the lane of the window, the decider or organ(…)"),
                    node.id)


def bad() -> Subject:
    from flowstd.dsl import applicant, end, third_party, window

    return of(applicant.submit("提交许可申请") >> window.accept("受理")
              >> third_party.decide("是否准予许可？", 准予=window.deliver("送达") >> end.granted, 不予=end.refused))


def good() -> Subject:
    return ordinary(special=["检验检测"])


RULE = Rule(
    code="PRC029", name="outsider-decides", since="0.1", reads="flow",
    summary=Text("第三方机构受理、决定或者不予许可。", "A third party accepts, decides or refuses."),
    why=Text("行政许可由有权的行政机关、法律法规授权的组织或者受委托的行政机关实施；第三方可以检测、评审，不能决定。",
             "A licence is for the competent organ, an organisation that a law authorises, or an entrusted organ; "
             "a third party may test and review, not decide."),
    source=licensing("第二十四条"),
    bad=bad, good=good, check=check, about=(Role.THIRD_PARTY,),
)
