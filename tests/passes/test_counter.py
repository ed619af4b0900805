"""What an office does around a service is part of it; what it does afterwards is not the applicant's concern."""

from __future__ import annotations

import pytest

from flowstd.base.term import Term, days, workdays
from flowstd.dsl import applicant, decider, end, flow_of, organ, result, reviewer, window
from flowstd.dsl.blocks import Block
from flowstd.ir.model import Flow
from flowstd.passes.counter import served


def steps(flow: Flow) -> list[tuple[str, str]]:
    return [(node.label, node.within.zh if node.within else "") for node in flow.nodes]


def case(*blocks: Block) -> Flow:
    flow = applicant.submit("提交申请")
    for block in blocks:
        flow = flow >> block
    return flow_of(flow >> end.granted)


def test_the_certificate_is_made_as_part_of_its_service() -> None:
    flow = case(window.certify("制证", issues=result("许可证"), within=workdays(2), law="行政许可法 第三十九条", note="加盖印章"),
                window.deliver("送达", within=workdays(3), issues="送达回证"))
    seen = served(flow)
    (service,) = [node for node in seen.nodes if node.label == "送达"]

    assert steps(seen)[2:] == [("送达", "5个工作日"), ("办结", "")]
    assert [seen.document_by_id[paper].name for paper in service.issues] == ["许可证", "送达回证"]
    assert [source.zh for source in service.bases] == ["《行政许可法》第三十九条"]
    assert service.note == "加盖印章"


def test_a_refusal_of_any_organ_is_served_at_the_window() -> None:
    question = organ("市局").decide("是否准予？", {
        "准予": organ("市局").certify("制作批复") >> window.deliver("送达批复") >> end.granted,
        "不予": organ("市局").refuse("作出不予许可决定") >> window.deliver("送达不予决定") >> end.refused})
    seen = served(flow_of(applicant.submit("提交申请") >> question))

    assert [label for label, _ in steps(seen)] == ["开始", "提交申请", "是否准予？", "送达批复", "办结", "送达不予决定", "不予许可"]
    assert [link.label for link in seen.links if link.label] == ["准予", "不予"]


@pytest.mark.parametrize(("before", "service"), [
    (window.certify("制证", within=workdays(2)), window.deliver("送达", within=days(3))),        # no one unit
    (window.certify("制证", within=workdays(2)), window.deliver("送达")),                         # no limit to grow
    (window.refuse("出具不予受理决定"), window.deliver("送达")),                                   # a notice of its own
    (window.certify("核对原件", materials="原件"), window.deliver("送达")),                        # the applicant brings it
    (reviewer.examine("审查"), window.deliver("送达")),
])
def test_what_is_no_part_of_the_service_stays(before: Block, service: Block) -> None:
    flow = case(before, service)

    assert served(flow) == flow


def test_nothing_that_is_said_or_given_is_lost() -> None:
    noted = served(case(decider.refuse("作出不予许可决定", note="说明理由"), window.deliver("送达", note="当面或邮寄")))
    given = case(window.deliver("送达"), window.publish("公布名单", issues=result("名单")))

    assert [node.note for node in noted.nodes if node.note] == ["说明理由；当面或邮寄"]
    assert served(given) == given                   # the list is what the applicant waits for


def test_a_service_reached_in_two_ways_stays_apart() -> None:
    flow = flow_of(applicant.submit("提交申请") >> decider.ask("是否需要制证？", {
        "是": window.certify("制证"), "否": window.notify("告知")}) >> window.deliver("送达") >> end.granted)

    assert served(flow) == flow


def test_the_case_ends_with_the_last_service() -> None:
    seen = served(case(window.deliver("送达", within=workdays(3)), window.publish("公开", within=workdays(5)),
                       organ("档案馆").archive("归档", within=workdays(9))))

    assert steps(seen)[2:] == [("送达", "3个工作日"), ("办结", "")]


def test_an_answer_that_only_leads_to_the_archive_leads_to_the_end() -> None:
    def asked(yes: Block, no: Block) -> Flow:
        return flow_of(applicant.submit("提交申请") >> reviewer.ask("是否属实？", {"是": yes, "否": no}))

    seen = served(asked(window.archive("归档") >> end.done, reviewer.revoke("撤销") >> end.revoked))
    kept = asked(window.archive("归档") >> end.done, end.done)

    assert [(link.label, link.target) for link in seen.links if link.label] == [("是", "end/done/办结"), ("否", "审查人员/撤销")]
    assert served(kept) == kept                     # else both answers would be one


def test_time_on_the_spot_adds_nothing() -> None:
    def served_in(before: Term, service: Term) -> str:
        return steps(served(case(window.certify("制证", within=before), window.deliver("送达", within=service))))[2][1]

    assert served_in(workdays(0), days(3)) == days(3).zh
    assert served_in(workdays(2), workdays(0)) == "2个工作日"
