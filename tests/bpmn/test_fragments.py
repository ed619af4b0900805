"""Fragments as sub-processes, and what a step keeps for good as a data store: written, laid out, read back."""

from __future__ import annotations

import pytest
from lxml import etree

from flowstd.bpmn import read
from flowstd.bpmn.fragments import fragments_of
from flowstd.bpmn.from_flow import to_bpmn
from flowstd.dsl import Block, applicant, back, decider, end, flow_of, fragment, parallel, reviewer, window
from flowstd.ir.model import Flow
from tests.bpmn.test_from_flow import NAMES
from tests.bpmn.tools import BPMN, drawn, invalid, spiff_walks


def around(block: Block) -> Flow:
    """A flow with *block* as its fragment."""
    return flow_of(applicant.submit("提交申请") >> fragment("审查环节", block) >> end.granted)


ASKED = fragment("复核", reviewer.check("是否清楚？", 是=reviewer.examine("复审", materials=["甲", "乙", "丙"], note="两人"),
                                    否=reviewer.examine("查问") >> back("初审")))
EXAMINED = reviewer.examine("初审", issues="初审意见") >> ASKED >> reviewer.examine("会签")
WHOLE = flow_of(
    applicant.submit("提交申请") >> window.check("是否属于职权？", 是=window.accept("受理"),
                                        否=window.refuse("不予受理") >> end.not_accepted)
    >> fragment("审查环节", EXAMINED)
    >> decider.decide("是否准予？", 准予=fragment("颁证", window.certify("制证") >> window.deliver("送达")),
                      退回=back("初审"))
    >> window.do("核对") >> fragment("颁证", window.publish("公开") >> window.archive("归档")) >> end.granted)


def test_a_fragment_of_one_lane_is_a_sub_process_with_a_start_and_an_end() -> None:
    text = to_bpmn(WHOLE)
    tree = etree.fromstring(text.encode())
    inside = tree.xpath("//b:subProcess[@name='审查环节']", namespaces=NAMES)[0]

    assert invalid(text) == ""
    assert [scope.get("name") for scope in tree.iter(f"{BPMN}subProcess")] == ["审查环节", "颁证", "颁证"]
    assert len(inside.findall(f"{BPMN}startEvent")) == len(inside.findall(f"{BPMN}endEvent")) == 1
    assert {step.get("name") for step in inside.iter(f"{BPMN}userTask")} == {"初审", "复审", "查问", "会签"}
    assert inside.find(f"{BPMN}dataObjectReference") is not None
    assert tree.xpath("//b:flowNodeRef[.=//b:subProcess/b:*/@id]", namespaces=NAMES) == []


def test_it_comes_back_whole_and_runs() -> None:
    text = to_bpmn(WHOLE)
    document = read(text.encode())

    assert document.flow == WHOLE
    assert document.losses == ()
    assert to_bpmn(document.flow) == text
    assert spiff_walks(text, 20, 1)["stuck"] is None


def test_it_is_drawn_without_a_fault() -> None:
    found, = drawn([to_bpmn(WHOLE)])

    assert (found["warnings"], found["faults"]) == ([], [])


@pytest.mark.parametrize("block", [
    reviewer.examine("初审"),
    reviewer.examine("初审") >> window.do("盖章"),
    parallel(reviewer.examine("初审"), reviewer.inspect("勘验")),
    applicant.supply("补正") >> applicant.pay("缴费"),
    reviewer.check("是否清楚？", 是=reviewer.examine("复审"), 否=end.refused),
], ids=["one step", "two lanes", "parallel", "applicant", "ends inside"])
def test_other_fragments_stay_steps_in_their_lanes(block: Block) -> None:
    assert fragments_of(around(block)) == ()


def test_a_fragment_that_is_left_for_an_earlier_step_stays_steps() -> None:
    flow = flow_of(window.receive("收件") >> window.check("是否齐全？", 是=window.accept("受理"), 否=fragment(
        "补正环节", window.notify("告知") >> window.do("等候") >> back("收件"))) >> end.done)

    assert fragments_of(flow) == ()


def test_what_is_archived_or_registered_goes_into_a_store() -> None:
    flow = flow_of(window.register("登记", issues="登记证") >> window.archive("归档") >> end.done)
    tree = etree.fromstring(to_bpmn(flow).encode())
    stores = {store.get("id"): store.get("name") for store in tree.iter(f"{BPMN}dataStoreReference")}
    steps = {tie.get("targetRef"): tie.get("sourceRef") for tie in tree.iter(f"{BPMN}association")}

    assert list(stores.values()) == ["登记簿", "档案"]
    assert [tree.xpath("string(//b:userTask[@id=$id]/@name)", namespaces=NAMES, id=steps[key]) for key in stores] == [
        "登记", "归档"]
    assert read(to_bpmn(flow).encode()).flow == flow
