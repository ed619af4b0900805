"""PRC028: the answer yes leads to the refusal, or the answer no to the grant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of, ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import Outcome, StepKind
from flowstd.ir.model import Link, Node

GOOD = (Outcome.GRANTED, Outcome.DONE)
BAD = (Outcome.REFUSED, Outcome.NOT_ACCEPTED, Outcome.REVOKED)
FAVOURABLE = re.compile(                 # questions to which yes is what the applicant hopes for
    r"准予|同意|批准|许可$|予以|核准|通过|合格|符合|属于本|(?:受理|备案|职权)范围|属实|齐全|完整")
TURNED = re.compile(                     # with one of these, no may be the good answer, or neither is
    r"不|未|无|非|没|违|虚假|失信|异议|禁止|限制|例外|免|撤|吊销|终止|中止|驳回|退|移送|转[送交办]|移交|处罚|强制|其他|复议|延长")
YES = re.compile(r"(?:是|准予|同意|批准|通过|合格|符合|确认|齐全|属实)$|(?:准予|予以)")
NO = re.compile(r"否$|不(?:予|准|同意|批准|通过|合格|符合|确认|齐全|属实)")
PROCEDURES = {                           # what a question may ask for
    "听证": StepKind.HEAR, "勘验": StepKind.INSPECT, "核查": StepKind.INSPECT, "核实实质内容": StepKind.INSPECT,
    "检验": StepKind.TEST, "检测": StepKind.TEST, "检疫": StepKind.TEST, "鉴定": StepKind.APPRAISE, "评审": StepKind.REVIEW,
}
ASKED_FOR = re.compile(rf"是否(?:需要?|要求|申请|举行|组织)(?:进行|组织|举行|现场|实地|专家|技术)*({'|'.join(PROCEDURES)})$")


def check(subject: Subject) -> Iterator[Fault]:
    yield from _unasked_for(subject)
    good = _ends(subject, GOOD)
    reaches = partial(_reaches, subject)
    for node in subject.decisions:
        exits = subject.flow.exits[node.id]
        yes, no = _sides(node.label, tuple([link.label.strip() for link in exits]))
        for link in [exits[at] for at in yes]:
            if reaches(link, good) or reaches(link, _ends(subject, _also_aims(node.label))):
                continue
            if any(reaches(other, good) for other in exits):
                yield _fault(node, link, Text("到不了准予或办结，别的答案却能到",
                                              "cannot lead to a grant or a good end, and another answer can"))
        for link in [exits[at] for at in no]:
            refusing = node.step is StepKind.DECIDE or link.label.strip().startswith("不予")
            if refusing and reaches(link, subject.bits(subject.granting)) and not reaches(link, _ends(subject, BAD)):
                yield _fault(node, link, Text("只能到准予", "leads to a grant and nothing else"))


def _ends(subject: Subject, outcomes: tuple[Outcome, ...]) -> int:
    """The bits of the ends with these outcomes."""
    return subject.bits(subject.ends(*outcomes))


def _unasked_for(subject: Subject) -> Iterator[Fault]:
    """Questions whether something is needed, after which it is done for everybody but those who say yes."""
    for node in subject.decisions:
        asked = _asked_for(node.label)
        if not asked:
            continue
        steps, exits = subject.bits(subject.steps(PROCEDURES[asked])), subject.flow.exits[node.id]
        if not any(_reaches(subject, link, steps) for link in exits):
            continue
        for link in exits:
            if link.label.strip() == "是" and not _reaches(subject, link, steps):
                yield _fault(node, link, Text(f"没有{asked}，别的答案却有",
                                              "does not lead to what it asks for, and another answer does"))


@lru_cache(maxsize=1024)
def _asked_for(question: str) -> str:
    """Which of the procedures the *question* asks for; empty for none."""
    asked = ASKED_FOR.search(_asked(question))
    return asked[1] if asked is not None else ""


def _asked(question: str) -> str:
    return question.strip().rstrip("？?")


@lru_cache(maxsize=1024)
def _sides(question: str, answers: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Which of *answers* are favourable and which are not; none where the question leaves it open."""
    asked = _asked(question)
    sides = (tuple([at for at, answer in enumerate(answers) if YES.match(answer)]),
             tuple([at for at, answer in enumerate(answers) if NO.match(answer)]))
    plain = "是" not in answers and "否" not in answers      # 准予 and 不予 mean the same whatever is asked
    return sides if not TURNED.search(asked) and (plain or FAVOURABLE.search(asked)) else ((), ())


def _also_aims(question: str) -> tuple[Outcome, ...]:
    """How else a case may end that was answered yes: sent on to another organ, settled, or a licence given back."""
    if "属于本" in question:
        return ()
    return (Outcome.TRANSFERRED, Outcome.WITHDRAWN, *((Outcome.REVOKED,) if "注销" in question else ()))


def _reaches(subject: Subject, link: Link, goal: int) -> bool:
    """Whether a case that leaves by *link* can come to one of the nodes with the bits *goal* without going back."""
    return bool(subject.onward[link.target] & goal) and link.id not in subject.returning


def _fault(node: Node, link: Link, what: Text) -> Fault:
    name = said(node)
    return Fault(Text(f"判断{name.zh}的答案“{link.label}”{what.zh}", f'{name.en}: the answer "{link.label}" {what.en}'),
                 Text("核对两个答案是否写反，或者改正这一分支的结果", "see whether the answers are swapped, or mend the end of this exit"),
                 node.id, link.id)


def bad() -> Subject:
    from flowstd.dsl import applicant, decider, end, reviewer, window

    return of(applicant.submit("提交申请") >> window.accept("受理") >> reviewer.examine("审查")
              >> decider.decide("是否准予？", 准予=decider.refuse("出具不予决定") >> end.refused,
                                不予=window.deliver("送达证件") >> end.granted))


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="PRC028", name="answer-against-outcome", since="0.1", reads="flow",
    summary=Text("答案与去向相反：答“准予”却到不予，答“不予”却到准予，要求听证的反而没有听证。",
                 "An answer goes against its outcome: yes leads to refusal, no to the grant, or who asks for a "
                 "hearing has none."),
    why=Text("分支的答案决定办件的去向；写反一处，照图办的人就办反了。",
             "The answer decides where the case goes; where two are swapped, the chart says the opposite."),
    source=modelled("GB/T 1526-1989", "判断"),
    bad=bad, good=good, check=check,
)
