"""After a grant: the certificate made and served within ten working days, the decision published, the file closed."""

from __future__ import annotations

from flowstd.base.term import Term, workdays

from ..details import Paper
from ..words import Block, end, fragment, result, window
from .matter import Matter
from .posts import Posts
from .slots import Slots, chain
from .terms import share

LIMIT = workdays(10)               # 第四十四条: from the decision to the service of the certificate
ROUTINE = workdays(5)              # to publish, to archive: office practice, no instrument says so


def conferment(matter: Matter, slots: Slots, document: str, *, within: Term, posts: Posts, publish: str = "",
               state: str = "办结") -> Block:
    """*document* made and served *within*, the grant published, the file archived, the case closed as *state*."""
    return chain(issue(matter, slots, document, within=within, posts=posts),
                 slots.fill("publish", published(matter, publish or f"公开{matter.noun}决定")),
                 closed(slots), end.granted(state))


def issue(matter: Matter, slots: Slots, document: str, *, within: Term, posts: Posts) -> Block:
    """The written grant and *document* made, and served on the applicant."""
    terms, name = share(within, {"certify": 1, "deliver": 2}), called(document)
    papers: list[str | Paper] = [matter.grant] if document != matter.grant else []
    return fragment("颁证与送达", chain(
        slots.fill("certify", window.certify(f"制作{name}", issues=[*papers, result(document)], within=terms["certify"],
                                             law=matter.law("第三十九条"), post=posts.issue)),
        slots.fill("deliver", window.deliver(f"送达{name}", within=terms["deliver"], law=matter.law("第四十四条"),
                                             post=posts.issue))))


def called(document: str) -> str:
    """What a step calls *document*: its name while that fits into a step, else what kind of paper it is.

    >>> called("卫生许可证"), called("特种设备安全管理和作业人员证"), called("准予行政许可决定书（延续）")
    ('卫生许可证', '证件', '决定书')
    """
    if len(document) <= 9:
        return document
    return next((kind for kind in ("决定书", "通知书", "批复", "意见") if kind in document), "证件")


def published(matter: Matter, label: str) -> Block:
    """The grant made public."""
    return window.publish(label, within=ROUTINE, law=matter.law("第四十条"))


def closed(slots: Slots) -> Block:
    """The file put into the archive."""
    return slots.fill("archive", window.archive("立卷归档", within=ROUTINE))
