"""Subject: what a rule looks at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from flowstd.base.text import Text, short
from flowstd.ir.kinds import DECISION, JOIN, SPLIT, Outcome
from flowstd.ir.model import Flow, Node

from .facts import Facts

if TYPE_CHECKING:
    from flowstd.ir.case import Case
    from flowstd.item import Item

    from .allow import Use
    from .picture import Picture

LICENCE = "行政许可"
JOINT = ("统一办理", "联合办理", "集中办理")        # 第二十六条第二款


class _Beside(NamedTuple):
    """What a subject may have beside its flow."""

    item: Item | None
    scenario: str
    picture: Picture | None
    cases: tuple[Case, ...]
    today: date | None
    listed: Mapping[str, str] | None


class Subject(Facts):
    """One chart as the rules see it: its flow, and as far as they are at hand its item, scenario and picture.

    >>> from flowstd.dsl import decider, end, flow_of
    >>> Subject(flow_of(decider.decide("作出许可决定") >> end.done)).item_type
    '行政许可'
    """

    def __init__(self, flow: Flow, item: Item | None = None, scenario: str = "", picture: Picture | None = None,
                 cases: tuple[Case, ...] = (), today: date | None = None,
                 listed: Mapping[str, str] | None = None) -> None:
        super().__init__(flow)
        self._beside = _Beside(item, scenario, picture, cases, today, listed)
        self.uses: tuple[Use, ...] = ()          # what became of the item's allowances; set when the others have run
        self.asked = False                       # whether anything but flow and picture was asked for
        self.looked = False                      # whether the picture was

    # ---- what is at hand

    @property
    def beside(self) -> _Beside:
        """What there is beside flow and picture; that it was asked for is remembered."""
        self.asked = True
        return self._beside

    @property
    def declared(self) -> Item | None:
        """The item, if there is one."""
        return self.beside.item

    @property
    def scenario(self) -> str:
        """The scenario; empty where there is none."""
        return self.beside.scenario

    @property
    def drawn(self) -> Picture | None:
        """How the chart is drawn, if it is; that it was asked for is remembered."""
        self.looked = True
        return self._beside.picture

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases of a catalogue, for the rules that compare them."""
        return self.beside.cases

    @property
    def today(self) -> date | None:
        """The day that expiry dates are held against, if any."""
        return self.beside.today

    @property
    def listed(self) -> Mapping[str, str] | None:
        """The basic catalogue, code → name, where it is known."""
        return self.beside.listed

    def facts(self) -> dict[str, Any]:
        """What has been worked out of the flow alone, for another subject with the same flow: see :meth:`know`."""
        return {name: value for name, value in vars(self).items() if name in _FACTS}

    def know(self, facts: dict[str, Any]) -> None:
        """Take over what another subject with the very same flow has worked out."""
        vars(self).update(facts)

    @property
    def item(self) -> Item:
        """The item; only rules that read one may ask."""
        item = self.declared
        assert item is not None
        return item

    @property
    def picture(self) -> Picture:
        """How the chart is drawn; only rules that read a drawing may ask."""
        drawn = self.drawn
        assert drawn is not None
        return drawn

    @property
    def at_hand(self) -> frozenset[str]:
        """What there is besides the flow: "item", "drawing", "cases"."""
        beside = self._beside
        things = (("item", beside.item), ("drawing", beside.picture), ("cases", beside.cases or None))
        return frozenset([name for name, thing in things if thing is not None])

    @property
    def item_type(self) -> str:
        """The item's type; without an item, a flow that decides on a 许可 is taken for a licence."""
        item = self.declared
        if item is not None:
            return item.item_type or ""
        words = [self.flow.title, *[node.label for node in self.deciding]]
        return LICENCE if "许可" in "\n".join(words) else ""

    @property
    def joint(self) -> bool:
        """Whether several organs handle the case as one: side by side, or one after the other and the item says so."""
        if self.side_by_side or len(set(self.organs.values())) < 2:
            return self.side_by_side
        item = self.declared
        return item is not None and any(word in item.statutory_note for word in JOINT)

    @property
    def granting(self) -> tuple[Node, ...]:
        """The ends at which the applicant has what was asked for: of a licence plain 办结 as well."""
        done = self.ends(Outcome.DONE)
        return self.ends(Outcome.GRANTED, *((Outcome.DONE,) if done and self.item_type == LICENCE else ()))


_FACTS = frozenset(name for name, value in vars(Facts).items() if isinstance(value, cached_property))


def said(node: Node) -> Text:
    """What a message calls *node*: its own words, or the first of them.

    >>> from flowstd.ir.model import Node
    >>> said(Node(id="窗口/受理", kind="task", label="受理", lane="窗口")).zh
    '“受理”'
    >>> len(said(Node(id="窗口/受理", kind="task", label="受理" * 1000, lane="窗口")).zh)
    42
    """
    kind, label = node.kind, node.label
    if kind is SPLIT:
        return Text(f"并行{_quoted(label, '“{}”')}的开始", "the start of the parallel part" + _quoted(label, ' "{}"'))
    if kind is JOIN:
        return Text(f"并行{_quoted(label, '“{}”')}的汇合处", "the join of the parallel part" + _quoted(label, ' "{}"'))
    if kind is DECISION and not label:
        return Text("分支的合并处", "where the branches meet")
    return _called(label or node.id)


@lru_cache(maxsize=4096)
def _called(words: str) -> Text:
    return Text(_quoted(words, "“{}”"), _quoted(words, '"{}"'))


def _quoted(words: str, form: str) -> str:
    return form.format(short(words)) if words else ""


COMMA = Text("、", ", ")


def listed(parts: Iterable[Text], joiner: Text = COMMA) -> Text:
    """Several things in a row."""
    parts = tuple(parts)
    return Text(joiner.zh.join(part.zh for part in parts), joiner.en.join(part.en for part in parts))
