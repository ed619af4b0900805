"""占用、挖掘城市道路审批：并联审批。一个窗口受理，公安交警和园林绿化同时出具意见，汇总后一个决定。

《城市道路管理条例》第三十条：未经市政工程行政主管部门和公安交通管理部门批准，不得占用或者挖掘城市道路。
"""

from flowstd import (
    Fee,
    Item,
    applicant,
    decider,
    end,
    organ,
    parallel,
    result,
    reviewer,
    window,
    workdays,
)
from flowstd.dsl.templates import acceptance

MATERIALS = ["占用挖掘城市道路申请表", "规划部门批准文件", "施工方案和交通组织方案"]
TRAFFIC, GARDENS = organ("公安交警大队"), organ("园林绿化中心")

item = Item(
    name="占用、挖掘城市道路审批", item_type="行政许可",
    code="511A17017003-511602000000-000-115113016823646795-1-00",
    authority="区行政审批局", authority_code="68236467-9",
    legal_bases=["城市道路管理条例（国务院令第198号） 第三十条", "城市道路管理条例（国务院令第198号） 第三十三条"],
    statutory="45个工作日", statutory_note="两个以上部门联合办理，《行政许可法》第四十二条第二款",
    promised="12个工作日", case_type="承诺件", special_procedures="现场勘验", onsite_visits=0,
    fee=Fee(charged=True, name="城市道路占用费、挖掘修复费", basis="城市道路管理条例（国务院令第198号） 第三十七条"),
    materials=MATERIALS, results=["占用挖掘城市道路许可证"],
    illustrative=["promised", "case_type", "onsite_visits", "materials", "results"],
)

opinions = parallel(
    TRAFFIC.examine("审查交通组织方案", within=workdays(5), issues="交通管理意见", law="城市道路管理条例 第三十条"),
    GARDENS.examine("审查绿化影响", within=workdays(4), issues="绿化影响意见"),
    reviewer.inspect("现场勘验路段", within=workdays(3), issues="现场勘验记录", post="两名以上工作人员",
                     law="行政许可法 第三十四条"),
    name="并联审查",
)

grant = (
    window.notify("通知缴费", within=workdays(0), issues="缴费通知书", law="城市道路管理条例 第三十七条")
    >> applicant.pay("缴纳占道挖掘费用", law="城市道路管理条例 第三十七条")
    >> window.certify("制作许可证", within=workdays(2), law="行政许可法 第三十九条",
                      issues=["准予行政许可决定书", result("占用挖掘城市道路许可证")])
    >> window.deliver("统一送达许可证", within=workdays(3), law=["行政许可法 第二十六条", "行政许可法 第四十四条"])
    >> window.publish("公开许可决定", within=workdays(5), law="行政许可法 第四十条")
    >> window.archive("立卷归档", within=workdays(5))
    >> end.granted
)

refuse = (
    decider.refuse("作出不予许可决定", within=workdays(0), issues="不予行政许可决定书",
                   note="说明理由，告知复议诉讼权利", law="行政许可法 第三十八条")
    >> window.deliver("送达不予决定书", within=workdays(3))
    >> end.refused
)

flow = (
    applicant.submit("提交联合申请", materials=MATERIALS)
    >> acceptance()
    >> window.forward("转告有关部门", within=workdays(1), issues="并联审批转告单", law="行政许可法 第二十六条")
    >> opinions
    >> reviewer.examine("汇总审查意见", within=workdays(3), issues="联合审查意见", post="市政许可审查岗")
    >> decider.decide("是否准予许可？", 准予=grant, 不予=refuse, within=workdays(3), law="行政许可法 第三十八条",
                      post="首席代表")
)

chart = item.scenario("新办", flow)
