"""Application and acceptance, whole: every outcome that 《行政许可法》第三十二条 knows."""

from __future__ import annotations

from flowstd.base.term import Term, workdays

from ..lanes import Branch
from ..words import Block, applicant, back, end, fragment, onward, window
from .matter import LICENCE, Matter
from .posts import USUAL, Posts
from .slots import chain

COMPLETE = "材料是否齐全、符合法定形式？"          # corrections come back to this question
ON_THE_SPOT = workdays(0)
CORRECTION = workdays(5)                           # 第三十二条第一款第四项


def acceptance(matter: Matter = LICENCE, posts: Posts = USUAL, *, correction: Term = CORRECTION,
               before_check: Block | None = None, tolerated: Block | None = None,
               accepted: Block | None = None) -> Block:
    """Is it for this office, is the file complete: accepted, or told at once why not and what to do.

    *before_check* comes between the two questions; *tolerated* is the branch for a file that lacks only what may
    follow later (容缺); *accepted* stands in for the acceptance where a matter knows none (备案).

    >>> acceptance().flows_on
    True
    """
    complete: dict[str, Branch] = {"是": onward}
    if tolerated is not None:
        complete["主件齐全可容缺"] = tolerated
    complete["可当场更正"] = correct_on_the_spot(matter)
    complete["否"] = correct_in_one_go(matter, correction)
    return fragment("申请与受理", chain(
        competence(matter), before_check,
        window.check(COMPLETE, complete, law=matter.law("第三十二条"), post=posts.accept),
        accepted or accept(matter, posts)))


def competence(matter: Matter) -> Block:
    """The question that comes first: is this a matter for a decision at all, and for this organ."""
    question, law = f"是否属于本机关{matter.noun}事项？", matter.law("第三十二条")
    elsewhere = window.refuse("出具不予受理决定", issues="不予受理决定书", within=ON_THE_SPOT, law=law,
                              note="告知向有关行政机关申请") >> end.not_accepted("不予受理")
    if not matter.licensed:
        return window.check(question, {"是": onward, "否": elsewhere})
    needless = window.notify(f"告知不需要{matter.noun}", issues="不受理告知书", within=ON_THE_SPOT, law=law)
    return window.check(question, {
        "是": onward,
        f"不需要{matter.noun}": needless >> end.not_accepted(f"不需要{matter.noun}"),
        "不属于职权": elsewhere,
    }, law=law)


def correct_on_the_spot(matter: Matter) -> Block:
    """What can be put right at the counter is put right at the counter."""
    return applicant.supply("当场更正", within=ON_THE_SPOT, law=matter.law("第三十二条")) >> back(COMPLETE)


def correct_in_one_go(matter: Matter, within: Term = CORRECTION) -> Block:
    """All gaps told at once, the file completed, and back to the question whether it is complete."""
    return (window.notify("一次性告知补正", issues="补正告知书", within=within, law=matter.law("第三十二条"),
                          note="逾期不告知即为受理" if matter.licensed else None)
            >> applicant.supply("补正材料", materials="补正材料")
            >> back(COMPLETE))


def accept(matter: Matter, posts: Posts, *, label: str = "", issues: tuple[str, ...] = ()) -> Block:
    """The acceptance: its dated, sealed notice starts the clock; *issues* is what it issues besides."""
    return window.accept(label or f"受理{matter.noun}申请", issues=["受理通知书", *issues], within=ON_THE_SPOT,
                         law=matter.law("第三十二条"), criteria="加盖专用印章并注明日期", post=posts.accept)
