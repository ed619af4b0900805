"""Run the rules of a ruleset over one chart: findings in the order of the rules, always the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from flowstd.base.errors import FlowstdError
from flowstd.base.finding import Finding, Level
from flowstd.base.kept import Kept
from flowstd.base.legal import LegalSource
from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where
from flowstd.ir.model import Flow
from flowstd.item.allowance import Granted

from .allow import Settled, Use, settle
from .law import LICENSING, as_model
from .registry import codes, foreign, modules, rule
from .remedy import in_words_of
from .rule import Fault, Rule
from .ruleset import FOREIGN, levels
from .subject import LICENCE, Subject

if TYPE_CHECKING:
    from flowstd.ir.case import Case
    from flowstd.item import Allowance, Item

    from .picture import Picture

LAST = "ALW"                               # the rules about allowances run when the others have
NEEDS: dict[str, frozenset[str]] = {       # what a rule reads, and what must be at hand for it
    "flow": frozenset(), "item": frozenset({"item"}), "case": frozenset({"item"}), "drawing": frozenset({"drawing"}),
    "catalogue": frozenset({"cases"}),
}


def run(flow: Flow, item: Item | None = None, scenario: str = "", ruleset: str = "draft",
        picture: Picture | None = None, *, allow: tuple[Allowance, ...] = (),
        today: date | None = None) -> tuple[Finding, ...]:
    """What is wrong with *flow*, in the order of the rules and, in a rule, of the steps.

    Rules that read an item or a picture run when there is one. A rule that crashes becomes the finding INT001,
    and the others go on. What the item allows, and what *allow* allows besides, is left out. *today* is what
    expiry dates are held against; without it they are not.

    Raises: UnknownName: there is no such ruleset.

    >>> from flowstd.dsl import applicant, end, flow_of, window, workdays
    >>> run(flow_of(applicant.submit("提交申请") >> window.accept("受理", within=workdays(1)) >> end.done))
    ()
    """
    return settled(Subject(flow, item, scenario, picture, today=today), ruleset, allow).findings


def check(subject: Subject, ruleset: str = "draft") -> tuple[Finding, ...]:
    """The findings of *ruleset* on *subject*, without what its item allows."""
    return settled(subject, ruleset).findings


def check_catalogue(cases: Iterable[Case], ruleset: str = "draft", *, today: date | None = None) -> tuple[Finding, ...]:
    """What is wrong among *cases* taken together: names used twice, the same item handled in two ways.

    The first case of an item is the standard for the others. What is allowed is left out.
    """
    return settled_among(cases, ruleset, today=today, whole=True).findings


def settled_among(cases: Iterable[Case], ruleset: str = "draft", *, today: date | None = None,
                  listed: Mapping[str, str] | None = None, whole: bool = False) -> Settled:
    """The findings among *cases* that stand, and those that an item or its catalogue sets aside.

    *listed* is the basic catalogue, code → name, where it is known; *whole*: the cases are all there are, so that an
    allowance that matches nothing among them is idle.
    """
    cases = tuple(cases)
    if not cases:
        return Settled(())
    subject = Subject(cases[0].flow, cases=cases, listed=listed)
    rules = [(one, level) for one, level in chosen(ruleset, "", frozenset({"cases"})).rules if one.reads == "catalogue"]
    standing = tuple(apply(rules, subject))
    ran = frozenset(name for one, _ in rules for name in (one.code, one.name))
    uses: list[Use] = []
    told: list[Finding] = []
    for case in cases:
        allowances = (*case.item.allow, *case.granted)
        if allowances:
            own = [one for one in standing if one.item == case.key]
            done = settle(own, allowances, case.flow, case.scenario, ran, today)
            aside = [finding for finding, _ in done.allowed]
            standing = tuple(finding for finding in standing if finding not in aside)
            uses += done.uses
            told += _of_allowances(case, done.uses, ruleset, today, whole)
    return Settled((*standing, *told), tuple(uses))


def _of_allowances(case: Case, uses: Iterable[Use], ruleset: str, today: date | None, whole: bool) -> Iterator[Finding]:
    """What is wrong with the allowances of *case* for rules that compare cases; their expiry is told with the item."""
    subject = Subject(case.flow, case.item, case.scenario, today=today)
    subject.uses = tuple(use for use in uses if use.ran and (use.findings or whole)
                         and not (use.expired and not isinstance(use.allowance, Granted)))
    if subject.uses:
        yield from apply(chosen(ruleset, subject.item_type, subject.at_hand).last, subject)


def settled(subject: Subject, ruleset: str = "draft", allow: tuple[Allowance, ...] = ()) -> Settled:
    """The findings that stand, and those that the item or *allow* sets aside."""
    picture, item = subject.drawn, subject.declared
    known = _KNOWN.of(subject.flow.body, "", _Known)
    drawn: _Faults = _DRAWN.of(*picture.identity, dict) if picture is not None else {}
    subject.know(known.facts)
    rules, last, names = chosen(ruleset, subject.item_type, subject.at_hand, subject.present)
    findings = apply(known.left_of(rules), subject, known.faults, drawn)
    known.facts = subject.facts()
    allowances = (*item.allow, *allow) if item is not None else allow
    if not allowances:
        return Settled(tuple(findings))
    done = settle(findings, allowances, subject.flow, subject.scenario, names, subject.today)
    subject.uses = done.uses
    return Settled((*done.findings, *apply(last, subject)), done.uses)


class Chosen(NamedTuple):
    """Rules that run, in their order, with their levels."""

    rules: _Pairs
    last: _Pairs                   # when the others have
    names: frozenset[str]          # codes and names of both, and of those that the flow cannot break


@lru_cache(maxsize=1024)
def chosen(ruleset: str, item_type: str, at_hand: frozenset[str], present: frozenset[str] | None = None) -> Chosen:
    """The rules that *ruleset* runs on items of *item_type*. Raises UnknownName.

    Only what is *at_hand* can be read; rules that need more are not even imported. Rules that a flow with these nodes,
    steps and lanes *present* cannot break are left out.
    """
    grave = levels(ruleset, item_type)
    ours = tuple((rule(code), grave[code]) for code in codes(at_hand) if code in grave)
    found = (*ours, *((one, FOREIGN) for one in foreign()))
    able = [(one, level) for one, level in found if NEEDS[one.reads] <= at_hand]
    left = [(one, level) for one, level in able if present is None or one.concerns(present)]
    return Chosen(tuple([(one, level) for one, level in left if not one.code.startswith(LAST)]),
                  tuple([(one, level) for one, level in left if one.code.startswith(LAST)]),
                  frozenset(name for one, _ in able for name in (one.code, one.name)))


class _Known:
    """What was found of one flow, and holds for every item that follows it."""

    def __init__(self) -> None:
        self.facts: dict[str, Any] = {}
        self.faults: _Faults = {}
        self._left: dict[int, tuple[_Pairs, _Pairs]] = {}         # by the identity of the rules, which are kept with it

    def left_of(self, rules: _Pairs) -> _Pairs:
        """Those of *rules* that may have something to say of an item that follows the flow."""
        if not self.faults:
            return rules                                          # no item has been checked yet
        kept = self._left.get(id(rules))
        if kept is None:
            left = tuple([(one, level) for one, level in rules if self.faults.get(one.check) != ()])
            kept = self._left[id(rules)] = rules, left
        return kept[1]


_Pairs = tuple[tuple[Rule, Level], ...]
_Faults = dict[Callable[[Subject], Iterator[Fault]], tuple[Fault, ...]]
_KNOWN, _DRAWN = Kept(), Kept()


def apply(rules: Iterable[tuple[Rule, Level]], subject: Subject, known: _Faults | None = None,
          drawn: _Faults | None = None) -> list[Finding]:
    """The findings of *rules*, one after the other; the crash of one is one of them.

    What they found without asking for anything but the flow goes into *known*, without anything but the flow and its
    picture into *drawn*, and is not worked out again.
    """
    known, drawn = {} if known is None else known, {} if drawn is None else drawn
    found, before, own = list[Finding](), {**known, **drawn}, modules()
    for one, level in rules:
        check = one.check
        faults = before.get(check)
        if faults is None:
            subject.asked = subject.looked = False
            try:
                faults = tuple(check(subject))
            except Exception as error:
                found.append(_crashed(one, subject, error))
                continue
            if not subject.asked and one.code in own:
                (drawn if subject.looked else known)[check] = faults
        if faults:
            found += findings_of(one, level, subject, faults)
    return found


def faults_of(one: Rule, subject: Subject) -> tuple[Fault, ...]:
    """What one rule finds; nothing where it crashes."""
    try:
        return tuple(one.check(subject))
    except Exception:
        return ()


def findings_of(one: Rule, level: Level, subject: Subject, faults: tuple[Fault, ...]) -> list[Finding]:
    """What is told of the *faults* that a rule found."""
    key, source = key_of(subject), _source(subject, one.source)
    found = []
    for fault in faults:
        message, fix, node, _, _, item, own, _ = fault
        where = _where(subject, fault)
        found.append(Finding(one.code, one.name, level, message, where,
                             in_words_of(where.file, fix) if where.file else fix, item or key, node,
                             _source(subject, own) if own else source))
    return found


def _source(subject: Subject, source: LegalSource | None) -> LegalSource | None:
    """What a finding on *subject* rests on: 行政许可法 binds licences, and is a model for what else is handled."""
    if source is None or source.title != LICENSING or subject.item_type == LICENCE:
        return source
    return as_model(source)


def _crashed(one: Rule, subject: Subject, error: Exception) -> Finding:
    words = f"{type(error).__name__}: {error.what if isinstance(error, FlowstdError) else error}"
    return Finding(
        code="INT001", name="rule-crashed", level=Level.ERROR,
        message=Text(f"规则 {one.code} 自身出错，没有得出结论：{words}",
                     f"rule {one.code} crashed and decided nothing: {words}"),
        fix=Text("这是 flowstd 或扩展包的错误，请连同这个流程一起报告；其他规则不受影响",
                 "this is a fault of flowstd or of the package that brings the rule: report it with this flow; "
                 "the other rules have run"),
        where=subject.flow.where, item=key_of(subject))


def _where(subject: Subject, fault: Fault) -> Where:
    if fault.where.file:
        return fault.where
    flow, about = subject.flow, fault.node
    if fault.link:
        for link in flow.links:
            if link.id == fault.link and link.where.file:
                return link.where
    node = flow.node_by_id.get(about)            # a picture may show nodes that nobody wrote
    if node is not None and node.where.file:
        return node.where
    if not about and subject.declared is not None and subject.declared.where.file:
        return subject.declared.where
    return flow.where if flow.where.file else NOWHERE


def key_of(subject: Subject) -> str:
    """The readable key of the case: the item's code, or its name without one, and the scenario."""
    beside = subject.beside
    item, scenario = beside.item, beside.scenario
    if item is None:
        return ""
    name = item.code or item.name
    return f"{name}.{scenario}" if scenario else name
