"""What BPMN has no word for, as extension elements in our own namespace (schema: flowstd-bpmn.xsd).

Whatever BPMN can say itself (names, lanes, papers, conditions) is not said
again here, so that a change made in another editor is a change of the flow.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from flowstd.base.errors import BadSource, FlowstdError
from flowstd.base.legal import Evidence, LegalSource
from flowstd.base.near import did_you_mean
from flowstd.base.term import Term, Unit
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.ir.kinds import DocumentKind, Outcome, Role, StepKind
from flowstd.ir.model import Document, Lane, Link, Node

from .dialect import ENGINES, Engine
from .element import line_of
from .ids import told
from .table import BPMN, NAMESPACE
from .xml import attribute, content

if TYPE_CHECKING:
    from lxml import etree

    from flowstd.item import Item

    Element = etree._Element

_STEPS = {None: ""} | {step: f' step="{step}"' for step in StepKind}
_OUTCOMES = {None: ""} | {outcome: f' outcome="{outcome}"' for outcome in Outcome}
_DAYS = (("in_force_from", "inForceFrom"), ("in_force_until", "inForceUntil"), ("checked_on", "checkedOn"))

_FIX = Text("改回导出时的值，或删去这个扩展元素", "put back the value that was exported, or remove the extension element")


def of_node(node: Node, *, nameless: bool = False) -> str:
    """The extension element of a node; empty where BPMN says it all. *nameless*: its name was made for other tools.

    >>> from flowstd.ir.kinds import Kind, StepKind
    >>> of_node(Node(id="a", kind=Kind.TASK, label="受理", lane="l", step=StepKind.ACCEPT))
    '<flowstd:node step="accept"/>'
    """
    said = _name(node.id) + _STEPS[node.step] + _OUTCOMES[node.outcome]
    if node.within is not None:
        said += f' within="{_term(node.within)}"'
    if node.onsite:
        said += ' onsite="true"'
    if nameless:
        said += ' nameless="true"'
    if node.calls:
        said += f' calls="{attribute(node.calls)}"'
    if node.post:
        said += f' post="{attribute(node.post)}"'
    if node.criteria:
        said += f' criteria="{attribute(node.criteria)}"'
    if node.group:
        said += f' group="{attribute(node.group)}"'
    sources = "".join([_source("basis", source) for source in node.bases]) if node.bases else ""
    if node.excluded_by is not None:
        sources += _source("excludedBy", node.excluded_by)
    if sources:
        return f"<flowstd:node{said}>{sources}</flowstd:node>"
    return f"<flowstd:node{said}/>" if said else ""


def of_item(item: Item, scenario: str) -> str:
    """The item and scenario of a process; the item as canonical JSON."""
    name = f' scenario="{attribute(scenario)}"' if scenario else ""
    return f"<flowstd:item{name}>{content(item.to_json())}</flowstd:item>"


def of_lane(lane: Lane) -> str:
    """The role of a lane."""
    return f'<flowstd:lane{_name(lane.id)} role="{lane.role}"/>'


def of_link(link: Link, at: int = -1) -> str:
    """Whether a link goes back, and whether its author (not only its place) made it the default.

    *at*: of a link in a sub-process, its place among all links; -1: of others.
    """
    said = "" if link.id == plain_link(link.source, link.target) else _name(link.id)
    if link.back:
        said += ' back="true"'
    if link.default:
        said += ' default="true"'
    if at >= 0:
        said += f' at="{at}"'
    return f"<flowstd:link{said}/>" if said else ""


def plain_link(source: str, target: str) -> str:
    """The id of a link between two nodes that says nothing but their ids."""
    return f"{source}→{target}"


def of_document(document: Document) -> str:
    """What kind of paper a data object is."""
    return f'<flowstd:document{_name(document.id)} kind="{document.kind}"/>'


@lru_cache(maxsize=50_000)
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
    for field, name in _DAYS:
        day = getattr(source, field)
        if day is not None:
            said += f' {name}="{day.isoformat()}"'
    if source.evidence is not Evidence.AUTHOR:
        said += f' evidence="{source.evidence.value}"'
    return f"<flowstd:{tag}{said}/>"


# ---- the way back

def own(element: Element, name: str) -> Element | None:
    """Our extension element *name* in *element*, if there is one."""
    held = element.find(f"{{{BPMN}}}extensionElements")
    return held.find(f"{{{NAMESPACE}}}{name}") if held is not None else None


def facts_of(said: Element) -> dict[str, Any]:
    """What the extension element of a node says, as arguments of ``Node``. Raises BadSource: it says what cannot be."""
    facts: dict[str, Any] = {name: said.get(name) for name in ("calls", "post", "criteria", "group") if said.get(name)}
    if said.get("step"):
        facts["step"] = _word(StepKind, said, "step")
    if said.get("outcome"):
        facts["outcome"] = _word(Outcome, said, "outcome")
    if said.get("within"):
        facts["within"] = _read_term(said)
    if said.get("onsite") in ("true", "1"):
        facts["onsite"] = True
    bases = tuple(_read_source(child) for child in said.iterchildren(f"{{{NAMESPACE}}}basis"))
    if bases:
        facts["bases"] = bases
    excluded = said.find(f"{{{NAMESPACE}}}excludedBy")
    if excluded is not None:
        facts["excluded_by"] = _read_source(excluded)
    return facts


def role_of(said: Element) -> Role:
    """The role that the extension element of a lane tells."""
    return _word(Role, said, "role")


def place_of(said: Element) -> int:
    """The place among the lanes that the extension element of a pool tells. Raises BadSource: it is no number."""
    at = said.get("at", "0")
    if not is_place(at):
        raise _wrong(said, "at", at)
    return int(at)


def is_place(text: str) -> bool:
    """Whether a text tells a place in a list; a longer number than any list has tells none."""
    return text.isdecimal() and len(text) < 10


def kind_of(said: Element) -> DocumentKind:
    """The kind that the extension element of a data object tells."""
    return _word(DocumentKind, said, "kind")


def engine_of(said: Element) -> Engine:
    """The engine a file was written for; empty: for none."""
    name = said.get("engine", "")
    return next((engine for engine in ENGINES if engine == name), "")


def item_of(said: Element) -> Item:
    """The item in a process. Raises BadSource: it is not one that we wrote."""
    from pydantic import ValidationError

    from flowstd.item import Item
    from flowstd.item.problems import as_error, told

    where = Where("BPMN", line_of(said))
    try:
        return Item.model_validate_json(said.text or "")
    except ValidationError as error:
        cause: FlowstdError = as_error(told(error, Item, lambda path: where), where)
    except FlowstdError as error:
        cause = error
    raise BadSource(Text(f"扩展元素的 item 有误：{cause.what.zh}", f"item of an extension element is wrong: {cause.what.en}"),
                    where=where, fix=cause.fix or _FIX) from None


_Word = TypeVar("_Word", StepKind, Outcome, Role, DocumentKind, Evidence)


def _word(words: type[_Word], said: Element, name: str) -> _Word:
    value = said.get(name, "")
    try:
        return words(value)
    except ValueError:
        raise _wrong(said, name, value, did_you_mean(value, [word.value for word in words])) from None


def _read_term(said: Element) -> Term:
    count, _, unit = said.get("within", "").partition(" ")
    try:
        return Term(count=int(count), unit=Unit(unit))
    except ValueError:
        raise _wrong(said, "within", said.get("within", "")) from None


def _read_source(said: Element) -> LegalSource:
    try:
        days = {field: date.fromisoformat(said.get(name, "")) for field, name in _DAYS if said.get(name)}
    except ValueError:
        raise _wrong(said, "date", " ".join(said.get(name, "") for _, name in _DAYS)) from None
    evidence = _word(Evidence, said, "evidence") if said.get("evidence") else Evidence.AUTHOR
    return LegalSource(title=said.get("title", ""), article=said.get("article", ""), number=said.get("number", ""),
                       evidence=evidence, **days)


def _wrong(said: Element, name: str, value: str, fix: Text = _FIX) -> BadSource:
    return BadSource(Text(f"扩展元素的 {name} 有误：“{value}”", f'{name} of an extension element is wrong: "{value}"'),
                     where=Where("BPMN", line_of(said)), fix=fix)
