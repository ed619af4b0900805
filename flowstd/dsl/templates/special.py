"""Special procedures, each in its lawful place between acceptance and decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from flowstd.base.errors import UnknownName
from flowstd.base.legal import LegalSource
from flowstd.base.near import did_you_mean
from flowstd.base.term import Term, workdays
from flowstd.base.text import Text

from ..position import here
from ..words import Block, applicant, decider, fragment, onward, reviewer, third_party
from .acceptance import ON_THE_SPOT
from .matter import Matter
from .slots import chain


class Procedure(NamedTuple):
    """One special procedure: how long it takes, whether that counts, and its steps."""

    title: str
    steps: Callable[[Term, Matter], Block]
    apart: Term | None = None          # its usual term, where 第四十五条 keeps it out of the limit of a licence
    weight: int = 2                    # its share of the limit, where its time counts
    outside: bool = False              # somebody else holds it: the case goes there with a paper


def _inspection(within: Term, matter: Matter) -> Block:
    return reviewer.inspect("现场勘验", within=within, law=matter.law("第三十四条"), post="两名以上工作人员",
                            issues="现场勘验记录")


def _testing(within: Term, matter: Matter) -> Block:
    return third_party.test("检验检测", within=within, excluded_by=_excluded(matter), law=matter.law("第五十五条"),
                            issues="检验检测报告", note="受理后五日内指派两名以上人员" if matter.licensed else None)


def _appraisal(within: Term, matter: Matter) -> Block:
    return third_party.appraise("技术鉴定", within=within, excluded_by=_excluded(matter), law=matter.law("第四十五条"),
                                issues="鉴定意见")


def _expert_review(within: Term, matter: Matter) -> Block:
    return third_party.review("专家评审", within=within, excluded_by=_excluded(matter), law=matter.law("第四十五条"),
                              issues="专家评审意见")


def _exam(within: Term, matter: Matter) -> Block:
    return third_party.exam("组织考试考核", within=within, law=matter.law("第五十四条"), issues="考试考核成绩")


def _tender(within: Term, matter: Matter) -> Block:
    return third_party.tender("组织招标拍卖", within=within, excluded_by=_excluded(matter),
                              law=matter.law("第五十三条"), issues="招标拍卖结果")


def _announcement(within: Term, matter: Matter) -> Block:
    return reviewer.announce("公示审查意见", within=within, issues="公示文本")


def _hearing(within: Term, matter: Matter) -> Block:
    """Told of the right, asked for within five days, held within twenty of that, seven days' notice."""
    held = (decider.notify("通知听证时间地点", issues="听证通知书", within=ON_THE_SPOT, note="举行听证七日前通知",
                           law=matter.law("第四十八条"))
            >> decider.hear("举行听证", within=within, excluded_by=_excluded(matter), law=matter.law("第四十七条"),
                            post="非本案审查人员主持", issues="听证笔录"))
    return (reviewer.notify("告知听证权利", issues="听证权利告知书", within=ON_THE_SPOT,
                            law=matter.law("第三十六条", "第四十七条"))
            >> applicant.ask("是否要求听证？", {"是": held, "否": onward}, law=matter.law("第四十七条"),
                             within=ASKED_FOR if matter.licensed else None, excluded_by=_excluded(matter)))


ASKED_FOR = workdays(5)                # 第四十七条: from the notice of the right to the request


def _excluded(matter: Matter) -> LegalSource | None:
    """The closed list of what does not count towards the limit of a licence."""
    return next(iter(matter.law("第四十五条")), None)


PROCEDURES: dict[str, Procedure] = {          # in the order in which they are held
    "inspection": Procedure("现场勘验", _inspection),
    "testing": Procedure("检验检测", _testing, apart=workdays(10), outside=True),
    "appraisal": Procedure("鉴定", _appraisal, apart=workdays(10), outside=True),
    "expert_review": Procedure("专家评审", _expert_review, apart=workdays(10), outside=True),
    "exam": Procedure("考试", _exam, outside=True),
    "tender": Procedure("招标拍卖", _tender, apart=workdays(20), outside=True),
    "announcement": Procedure("公示", _announcement),
    "hearing": Procedure("听证", _hearing, apart=workdays(20)),
}
_BY_TITLE = {procedure.title: name for name, procedure in PROCEDURES.items()} | {
    "勘验": "inspection", "现场核查": "inspection", "检验": "testing", "检测": "testing", "检疫": "testing",
    "评审": "expert_review", "公告": "announcement", "考核": "exam", "招标": "tender", "拍卖": "tender"}


def procedures(names: Iterable[str]) -> tuple[str, ...]:
    """The procedures called *names*, by English or Chinese name, in the order in which they are held.

    Raises: UnknownName: there is no such procedure.

    >>> procedures(["听证", "inspection"])
    ('inspection', 'hearing')
    """
    wanted = {_known(name) for name in names}
    return tuple(name for name in PROCEDURES if name in wanted)


def limits_of(given: Mapping[str, Term], held: tuple[str, ...]) -> dict[str, Term]:
    """The terms *given* for procedures, by English or Chinese name.

    Raises: UnknownName: there is no such procedure, or it is not among those *held*.
    """
    limits = {_known(name): term for name, term in given.items()}
    for name in limits:
        if name not in held:
            raise UnknownName(Text(f"special_limits= 中的“{name}”不在 special= 之列",
                                   f'"{name}" in special_limits= is not among those in special='), where=here(),
                              fix=Text(f"在 special= 中加上“{name}”，或去掉它的时限",
                                       f'add "{name}" to special=, or take its term away'))
    return limits


def _known(name: str) -> str:
    found = _BY_TITLE.get(name, name)
    if found not in PROCEDURES:
        raise UnknownName(Text(f"没有特别程序“{name}”", f'there is no special procedure "{name}"'), where=here(),
                          fix=did_you_mean(name, (*PROCEDURES, *_BY_TITLE)))
    return found


def counted(held: Iterable[str], matter: Matter) -> dict[str, int]:
    """Those of *held* whose time counts, with their weight in the limit.

    >>> from flowstd.dsl.templates.matter import CONFIRMATION, LICENCE
    >>> counted(("inspection", "hearing"), LICENCE), counted(("inspection", "hearing"), CONFIRMATION)
    ({'inspection': 2}, {'inspection': 2, 'hearing': 2})
    """
    return {name: PROCEDURES[name].weight for name in held if not (matter.licensed and PROCEDURES[name].apart)}


def special_procedures(held: tuple[str, ...], terms: Mapping[str, Term], matter: Matter) -> Block | None:
    """The procedures *held* one after the other, after the written notice of how long they take (第四十五条).

    *terms*: the term of every one that counts, and of any other whose term is not the usual one.
    """
    if not held:
        return None
    apart = any(name not in counted(held, matter) for name in held)
    notice = reviewer.notify("告知特别程序时限", issues="特别程序时限告知书", within=ON_THE_SPOT,
                             law=matter.law("第四十五条") if apart else None)
    return fragment("、".join(PROCEDURES[name].title for name in held), chain(
        notice if apart or any(PROCEDURES[name].outside for name in held) else None,
        *(PROCEDURES[name].steps(terms.get(name) or PROCEDURES[name].apart or ON_THE_SPOT, matter) for name in held)))
