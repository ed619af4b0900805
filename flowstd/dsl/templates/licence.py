"""The licence procedure that ordinary licences, changes, renewals, replacements and cancellations share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowstd.base.term import Term

from ..words import Block, applicant, reviewer
from .acceptance import acceptance
from .decision import decision
from .delivery import conferment
from .matter import Matter
from .posts import posts_of
from .slots import Slots, chain
from .special import counted, limits_of, procedures, special_procedures
from .terms import share

STEPS = ("application", "acceptance", "examination", "special", "decision", "refusal", "certify", "deliver", "publish",
         "archive")


def licensing(matter: Matter, slots: Slots, *, materials: Sequence[str], document: str, limit: Term, correction: Term,
              delivery: Term, special: Sequence[str], special_limits: Mapping[str, Term], question: str,
              posts: Mapping[str, str], examine: str = "审查申请材料", lead: str = "", lead_law: str = "",
              silence: str = "", publish: str = "", first: Block | None = None) -> Block:
    """Application, acceptance, examination, special procedures, decision, service.

    *limit* runs from acceptance to decision: what counts adds up to it. *lead* is said at the application and
    *silence* at the decision, on the authority of article *lead_law*; *first* is done as soon as it is granted.
    """
    office, held = posts_of(posts), procedures(special)
    own = limits_of(special_limits, held)
    terms = {**own, **share(limit, {"examine": 3, **counted(held, matter), "decide": 2}, own)}
    granted = conferment(matter, slots, document, within=delivery, posts=office, publish=publish)
    return chain(
        slots.fill("application", applicant.submit(f"提交{matter.noun}申请", materials=list(materials), note=lead,
                                                   law=matter.law(lead_law) if lead_law else ())),
        slots.fill("acceptance", acceptance(matter, office, correction=correction)),
        slots.fill("examination", reviewer.examine(examine, within=terms["examine"], law=matter.law("第三十四条"),
                                                   post=office.examine)),
        slots.fill_if("special", special_procedures(held, terms, matter)),
        decision(matter, slots, question, chain(first, granted), within=terms["decide"], served=delivery, posts=office,
                 law=matter.law("第三十八条", lead_law) if lead_law else (), note=silence))
