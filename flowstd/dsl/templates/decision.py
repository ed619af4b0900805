"""The decision: granted, or refused in writing with reasons and remedies."""

from __future__ import annotations

from flowstd.base.term import Term

from ..details import Laws
from ..lanes import Lane
from ..words import Block, decider, end, window
from .acceptance import ON_THE_SPOT
from .matter import Matter
from .posts import Posts
from .slots import Slots

REMEDIES = "说明理由，告知复议诉讼权利"          # 第三十八条第二款


def decision(matter: Matter, slots: Slots, question: str, granted: Block, *, within: Term, served: Term, posts: Posts,
             by: Lane = decider, answers: tuple[str, str] = ("准予", "不予"), law: Laws = (), note: str = "") -> Block:
    """*question* decided: *granted* goes on; a refusal is written, served within *served*, and ends the case."""
    yes, no = answers
    return slots.fill("decision", by.decide(question, {
        yes: granted,
        no: slots.fill("refusal", refusal(matter, served, by)) >> end.refused(matter.refused_state),
    }, within=within, law=law or matter.law("第三十八条"), note=note, post=posts.decide))


def refusal(matter: Matter, served: Term, by: Lane = decider) -> Block:
    """A written refusal with its reasons and the remedies, and its service."""
    return (by.refuse(f"作出{matter.refused_state}决定", issues=matter.refusal, within=ON_THE_SPOT, note=REMEDIES,
                      law=matter.law("第三十八条"))
            >> window.deliver("送达不予决定书", within=served))
