"""What our engine lays out within a second; a larger or denser file can be kept and read, but is not drawn anew."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flowstd.base.errors import BadSource
from flowstd.base.text import Text
from flowstd.base.where import Where

from .element import line_of, local, plain_id
from .graph import FLOW_NODES
from .problems import check_amount
from .scope import SATELLITES
from .table import BPMNDI

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

MOST_LAID = 4_000          # steps, papers and remarks of one file
MOST_PLACED = 1_000        # of those, how many find a place in a diagram that exists
MOST_AT_ONE = 300          # lines and events at one thing; nobody can follow more
MOST_MORE = 800            # lines beyond one for each thing
_ENDS = {"sequenceFlow": ("sourceRef", "targetRef"), "messageFlow": ("sourceRef", "targetRef"),
         "association": ("sourceRef", "targetRef"), "boundaryEvent": ("attachedToRef",)}


def check_layout(ids: dict[str, Element], file: str) -> None:
    """Refuse what would take long to lay out. Raises BadSource, with the line."""
    check_amount(ids, file)
    things = [one for one in ids.values() if local(one) in FLOW_NODES or local(one) in SATELLITES]
    if len(things) > MOST_LAID:
        raise _refused(things[MOST_LAID], file, f"要排版的步骤和材料有 {len(things)} 个，超过 {MOST_LAID} 个",
                       f"{len(things)} steps and papers to lay out, more than {MOST_LAID}")
    lines = [one for one in ids.values() if local(one) in _ENDS and local(one) != "boundaryEvent"]
    if len(lines) > len(things) + MOST_MORE:
        raise _refused(lines[len(things) + MOST_MORE], file, f"{len(things)} 个步骤之间有 {len(lines)} 条连线，无法排版",
                       f"{len(lines)} lines between {len(things)} things cannot be laid out")
    met: Counter[str] = Counter()
    for one in ids.values():
        for end in _ENDS.get(local(one), ()):
            key = plain_id(one.get(end))
            met[key] += 1
            if met[key] > MOST_AT_ONE:
                raise _refused(one, file, f"“{key}”上有超过 {MOST_AT_ONE} 条连线或事件，无法排版",
                               f'more than {MOST_AT_ONE} lines or events at "{key}" cannot be laid out')


def check_missing(root: Element, ids: dict[str, Element], file: str) -> None:
    """Refuse a diagram that lacks so many places that to find them would take long. Raises BadSource, with the line."""
    shown = {plain_id(shape.get("bpmnElement")) for shape in root.iter(f"{{{BPMNDI}}}BPMNShape")}
    missing = [one for key, one in ids.items() if key not in shown and local(one) in FLOW_NODES]
    if shown and len(missing) > MOST_PLACED:
        raise _refused(missing[MOST_PLACED], file, f"有 {len(missing)} 个步骤没有位置，超过 {MOST_PLACED} 个",
                       f"{len(missing)} steps have no place, more than {MOST_PLACED}",
                       Text("用 --relayout 全部重排", "lay out all of it anew with --relayout"))


def _refused(element: Element, file: str, zh: str, en: str, fix: Text | None = None) -> BadSource:
    return BadSource(Text(zh, en), where=Where(file or "BPMN", line_of(element)),
                     fix=fix or Text("拆成几个流程；原样保存不受限制", "split the process; it can be kept as it is at any size"))
