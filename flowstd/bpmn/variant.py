"""The same file for a named engine, or with the applicant as a pool of its own.

Whatever is added bears a mark of ours, so that every variant comes back as the
flow it was made from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import bindings
from .dialect import Engine, Pools, condition
from .element import parts_of
from .interchange import laid_anew
from .pools import part_pools
from .table import BPMN, BPMNDI, NAMESPACE
from .timers import add_timers

if TYPE_CHECKING:
    from lxml import etree

    from flowstd.ir.model import Flow
    from flowstd.item import Item

    Element = etree._Element


def to_variant(flow: Flow, item: Item | None, scenario: str, pools: Pools, engine: Engine) -> bytes:
    """*flow* as BPMN with timers and conditions for *engine*, or with the applicant in a pool of its own."""
    from lxml import etree

    from .from_flow import plain_text

    root = etree.fromstring(bindings.declared(plain_text(flow, item, scenario, engine), engine).encode())
    process = next(parts_of(root, "process"))
    mark = next(process.iter(f"{{{NAMESPACE}}}flow"))
    added: dict[str, str] = {}
    if engine:
        mark.set("engine", engine)
        _speak(root, engine)
        added = add_timers(root, flow, engine)
    if pools == "two":
        mark.set("pools", "two")
        part_pools(root, flow, engine, added)
    bindings.bind(root, engine)
    root = laid_anew(root)
    _show_markers(root)
    etree.indent(root, "  ")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _show_markers(root: Element) -> None:
    """The cross in exclusive gateways, as in every other file of ours."""
    exclusive = {str(gateway.get("id")) for gateway in root.iter(f"{{{BPMN}}}exclusiveGateway")}
    for shape in root.iter(f"{{{BPMNDI}}}BPMNShape"):
        if shape.get("bpmnElement") in exclusive:
            shape.set("isMarkerVisible", "true")


def _speak(root: Element, engine: Engine) -> None:
    for element in root.iter(f"{{{BPMN}}}conditionExpression"):
        element.text, language = condition(element.text or "", engine)
        if language:
            element.set("language", language)
    if engine == "spiffworkflow":                    # its own parser knows no rules, only that of its DMN part
        for task in root.iter(f"{{{BPMN}}}businessRuleTask"):
            task.tag = f"{{{BPMN}}}serviceTask"
