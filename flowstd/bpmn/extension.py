"""What BPMN has no word for, as extension elements in our own namespace (schema: flowstd-bpmn.xsd).

Whatever BPMN can say itself (names, lanes, papers, conditions) is not said
again here, so that a change made in another editor is a change of the flow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowstd.base.digest import canonical
from flowstd.base.legal import Evidence, LegalSource
from flowstd.base.term import Term
from flowstd.ir.model import Document, Lane, Link, Node

from .ids import told
from .xml import attribute, content

if TYPE_CHECKING:
    from flowstd.item import Item


def of_node(node: Node) -> str:
    """The extension element of a node; empty where BPMN says it all.

    >>> from flowstd.ir.kinds import Kind, StepKind
    >>> of_node(Node(id="a", kind=Kind.TASK, label="受理", lane="l", step=StepKind.ACCEPT))
    '<flowstd:node step="accept"/>'
    """
    said = _name(node.id)
    if node.step is not None:
        said += f' step="{node.step.value}"'
    if node.outcome is not None:
        said += f' outcome="{node.outcome.value}"'
    if node.within is not None:
        said += f' within="{_term(node.within)}"'
    if node.onsite:
        said += ' onsite="true"'
    for name in ("calls", "post", "criteria", "group"):
        value = getattr(node, name)
        if value:
            said += f' {name}="{attribute(value)}"'
    sources = "".join(_source("basis", source) for source in node.bases)
    if node.excluded_by is not None:
        sources += _source("excludedBy", node.excluded_by)
    if sources:
        return f"<flowstd:node{said}>{sources}</flowstd:node>"
    return f"<flowstd:node{said}/>" if said else ""


def of_item(item: Item, scenario: str) -> str:
    """The item and scenario of a process; the item as canonical JSON."""
    name = f' scenario="{attribute(scenario)}"' if scenario else ""
    elements = item.model_dump(mode="json", exclude_defaults=True)
    return f"<flowstd:item{name}>{content(canonical(elements))}</flowstd:item>"


def of_lane(lane: Lane) -> str:
    """The role of a lane."""
    return f'<flowstd:lane{_name(lane.id)} role="{lane.role.value}"/>'


def of_link(link: Link) -> str:
    """Whether a link goes back, and whether its author (not only its place) made it the default."""
    said = "" if link.id == plain_link(link.source, link.target) else _name(link.id)
    said += (' back="true"' if link.back else "") + (' default="true"' if link.default else "")
    return f"<flowstd:link{said}/>" if said else ""


def plain_link(source: str, target: str) -> str:
    """The id of a link between two nodes that says nothing but their ids."""
    return f"{source}→{target}"


def of_document(document: Document) -> str:
    """What kind of paper a data object is."""
    return f'<flowstd:document{_name(document.id)} kind="{document.kind.value}"/>'


def _name(name: str) -> str:
    """The id in the flow, where the XML id does not tell it."""
    return "" if told(name) else f' id="{attribute(name)}"'


def _term(term: Term) -> str:
    return f"{term.count} {term.unit.value}"


def _source(tag: str, source: LegalSource) -> str:
    said = f' title="{attribute(source.title)}"'
    for name, value in (("article", source.article), ("number", source.number)):
        if value:
            said += f' {name}="{attribute(value)}"'
    for name, day in (("inForceFrom", source.in_force_from), ("inForceUntil", source.in_force_until),
                      ("checkedOn", source.checked_on)):
        if day is not None:
            said += f' {name}="{day.isoformat()}"'
    if source.evidence is not Evidence.AUTHOR:
        said += f' evidence="{source.evidence.value}"'
    return f"<flowstd:{tag}{said}/>"
