"""What stands on one diagram of a foreign file: pools, lanes, steps, papers and lines, as the layout needs them.

A scope is what is laid out at one go: all pools of a collaboration, or the
inside of one sub-process, which is then a single large box in the scope around
it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from .element import local
from .elements import Paper, Part, Remark, Way

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

SATELLITES = frozenset({"dataObjectReference", "dataStoreReference", "dataInput", "dataOutput", "textAnnotation"})
DOCK = "dock"                        # the tag of a part that stands for a place on the border of a pool


class Frame(NamedTuple):
    """A pool or lane, drawn round some bands."""

    id: str
    name: str
    depth: int                       # 0: pool
    first: int                       # band
    last: int


class Loose(NamedTuple):
    """A line that is drawn when everything has its place."""

    id: str
    source: str
    target: str
    name: str = ""


@dataclass
class Scope:
    """Everything that is laid out together."""

    parts: list[Part] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    bands: list[str] = field(default_factory=list)                    # the name of each lowest lane
    pools: list[int] = field(default_factory=list)                    # the pool of each band
    frames: list[Frame] = field(default_factory=list)
    inside: dict[int, Scope] = field(default_factory=dict)            # part → what is in it
    events: dict[int, list[Element]] = field(default_factory=dict)    # part → events on its border
    starts: dict[str, str] = field(default_factory=dict)              # way → the event on a border that it leaves
    place: dict[str, int] = field(default_factory=dict)               # id → the part it is, stands on or stands in
    docked: dict[int, str] = field(default_factory=dict)              # part → the pool on whose border it stands
    ties: dict[str, str] = field(default_factory=dict)                # paper or remark → the association that ties it
    turned: set[str] = field(default_factory=set)                     # lines laid from their end to their beginning
    loose: list[Loose] = field(default_factory=list)                  # lines drawn after all else
    groups: list[Element] = field(default_factory=list)
    marked: set[int] = field(default_factory=set)                     # parts with a mark at the middle of their foot
    down: bool = False                                                # lanes are columns, the flow runs down

    def has(self, key: str) -> bool:
        """Whether a thing is a part of this very scope, and not in or on one."""
        return key in self.place and self.parts[self.place[key]].id == key

    def lane(self, key: str) -> int:
        """The lane in which a thing stands."""
        return self.parts[self.place[key]].lane

    def leaves(self, key: str) -> bool:
        """Whether another line of this scope can begin at a thing: at a part, or once at an event on a border."""
        return self.has(key) or (key in self.place and key not in self.starts.values() and any(
            event.get("id") == key for event in self.events.get(self.place[key], ())))

    def way(self, key: str, source: str, target: str, ids: dict[str, Element], name: str = "", default: bool = False,
            ) -> None:
        """A line from a part, or from an event on its border, to another."""
        if local(ids[source]) == "boundaryEvent":
            self.starts[key] = source
        self.ways.append(Way(key, self.place[source], self.place[target], name, "", default, None))
