"""广播电台、电视台设立初审：两级办理。本级受理、初审，逐级上报，由国务院广播电视行政部门决定。

《行政许可法》第三十五条：初审意见和全部材料直接报送，上级不得要求申请人重复提供材料。
"""

from flowstd import Item, applicant, end, organ, result, reviewer, window, workdays
from flowstd.dsl.templates import acceptance

MATERIALS = ["设立申请书", "可行性报告", "本级人民政府审查同意文件"]
HIGHER = organ("上级广播电视行政部门")

item = Item(
    name="广播电台、电视台设立初审", item_type="行政许可",
    code="511A0001400001-511602000000-000-115113016823646795-1-00",
    authority="区行政审批局", authority_code="68236467-9",
    legal_bases=["广播电视管理条例（国务院令第228号） 第十一条"],
    statutory="20个工作日", promised="20个工作日", case_type="承诺件", onsite_visits=0, fee="不收费",
    materials=MATERIALS, results=["设立广播电台、电视台的批准文件"],
    illustrative=["statutory", "promised", "case_type", "onsite_visits", "fee", "materials", "results"],
)

grant = (
    HIGHER.certify("制作批准文件", within=workdays(3), issues=result("设立广播电台、电视台的批准文件"),
                   law="行政许可法 第三十九条")
    >> window.deliver("送达批准文件", within=workdays(3), law="行政许可法 第四十四条")
    >> window.publish("公开许可决定", within=workdays(5), law="行政许可法 第四十条")
    >> window.archive("立卷归档", within=workdays(5))
    >> end.granted
)

refuse = (
    HIGHER.refuse("作出不予批准决定", within=workdays(0), issues="不予行政许可决定书",
                  note="说明理由，告知复议诉讼权利", law="行政许可法 第三十八条")
    >> window.deliver("送达不予决定书", within=workdays(3))
    >> end.refused("不予批准")
)

flow = (
    applicant.submit("提交设立申请", materials=MATERIALS)
    >> acceptance()
    >> reviewer.preliminary("初步审查", within=workdays(8), issues="初步审查意见", law="行政许可法 第四十三条",
                            criteria="人员、设备、资金、场所（《广播电视管理条例》第九条）")
    >> reviewer.forward("报送上级机关", within=workdays(0), issues="初审意见和全部材料",
                        note="不要求申请人重复提供材料", law="行政许可法 第三十五条")
    >> HIGHER.examine("逐级审核上报", within=workdays(8), law="广播电视管理条例 第十一条")
    >> HIGHER.decide("是否批准设立？", 批准=grant, 不予批准=refuse, within=workdays(4),
                     law="广播电视管理条例 第十一条", note="由国务院广播电视行政部门决定")
)

chart = item.scenario("新办", flow)
