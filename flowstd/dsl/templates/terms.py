"""A total limit shared out to the steps that count, so that the steps always add up to it."""

from __future__ import annotations

from collections.abc import Mapping

from flowstd.base.errors import BadElement
from flowstd.base.term import Term
from flowstd.base.text import Text

from ..position import here


def share(total: Term, weights: Mapping[str, int], fixed: Mapping[str, Term] | None = None) -> dict[str, Term]:
    """*total* split by *weights* in whole units; a step in *fixed* keeps its own term.

    Every step gets one unit while there are enough; the shares and the fixed terms add up to *total*.
    Raises: BadElement: the fixed terms are longer than the total, or in another unit.

    >>> from flowstd.base.term import workdays
    >>> {step: term.count for step, term in share(workdays(20), {"examine": 3, "decide": 1}).items()}
    {'examine': 15, 'decide': 5}
    >>> {step: term.count for step, term in share(workdays(1), {"examine": 3, "decide": 1}).items()}
    {'examine': 1, 'decide': 0}
    """
    fixed = {step: term for step, term in (fixed or {}).items() if step in weights}
    for step, term in fixed.items():
        if term.unit is not total.unit:
            raise BadElement(Text(f"步骤“{step}”的时限 {term} 与总时限 {total} 单位不同",
                                  f'the term of step "{step}", {term}, is in another unit than the total {total}'),
                             where=here(), fix=Text(f"都用“{total.unit.zh}”", f"give both in {total.unit.value}"))
    left = total.count - sum(term.count for term in fixed.values())
    if left < 0:
        raise BadElement(Text(f"各步骤时限之和超过总时限 {total}", f"the steps need longer than the total of {total}"),
                         where=here(), fix=Text("缩短步骤时限，或延长 limit=", "shorten the steps, or lengthen limit="))
    shares = _shares(left, {step: weight for step, weight in weights.items() if step not in fixed})
    return {step: fixed[step] if step in fixed else Term(count=shares[step], unit=total.unit) for step in weights}


def _shares(count: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Whole shares: one each while there are enough, the rest by weight, the largest remainder first."""
    heavy_first = sorted(weights, key=lambda step: -weights[step])
    if count < len(weights):
        return {step: int(heavy_first.index(step) < count) for step in weights}
    rest, whole = count - len(weights), sum(weights.values())
    shares = {step: 1 + rest * weight // whole for step, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda step: -(rest * weights[step] % whole))
    for step in by_remainder[: count - sum(shares.values())]:
        shares[step] += 1
    return shares
