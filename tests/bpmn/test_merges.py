"""Where ways only meet: one converging gateway, which comes back as it was."""

from __future__ import annotations

from lxml import etree

from flowstd.bpmn import read
from flowstd.bpmn.from_flow import to_bpmn
from flowstd.dsl import end, flow_of, parallel, reviewer, window
from flowstd.ir.kinds import Kind
from tests.bpmn.tools import BPMN, invalid

FLOW = flow_of(parallel(window.ask("是否齐全？", {"是": window.do("登记"), "否": window.do("补录")}),
                        reviewer.examine("审查"), name="会审") >> end.granted)


def test_a_meeting_of_ways_is_one_converging_gateway() -> None:
    text = to_bpmn(FLOW)
    gateways = [
        gateway.get("gatewayDirection") for gateway in etree.fromstring(text.encode()).iter(f"{BPMN}exclusiveGateway")
    ]

    assert gateways == ["Diverging", "Converging"]
    assert invalid(text) == ""


def test_it_comes_back_as_a_meeting_of_alternatives() -> None:
    back = read(to_bpmn(FLOW).encode()).flow

    assert [(node.id, node.kind) for node in back.nodes] == [(node.id, node.kind) for node in FLOW.nodes]
    assert sum(node.kind is Kind.JOIN for node in back.nodes) == 1
