"""歌舞娱乐场所娱乐经营许可：向公安核查声明、实地检查，依法举行听证。

听证是《娱乐场所管理条例》第十条要求的，所以不问申请人要不要；受理环节用现成的片段 acceptance()。
"""

from flowstd import Item, applicant, decider, end, fragment, organ, result, reviewer, window, workdays
from flowstd.dsl.templates import acceptance

MATERIALS = ["设立申请书", "无条例第五条情形的书面声明", "场所使用权证明", "场所平面布置图"]
POLICE = organ("区公安分局")

item = Item(
    name="设立歌舞娱乐场所《娱乐经营许可证》核发", item_type="行政许可",
    parent="歌舞娱乐场所《娱乐经营许可证》核发及改扩建审批（含中外合资）",
    code="511A2200500010-511602000000-000-115113016823646795-1-00",
    authority="区行政审批局", authority_code="68236467-9",
    legal_bases=["娱乐场所管理条例（国务院令第458号） 第九条"],
    statutory="20个工作日", promised="15个工作日", case_type="承诺件", special_procedures=["现场勘验", "听证"],
    onsite_visits=0, fee="不收费", materials=MATERIALS, results=["娱乐经营许可证"],
    illustrative=["statutory", "promised", "case_type", "onsite_visits", "fee", "materials"],
)

verify = (
    reviewer.forward("函请核查声明", within=workdays(0), issues="核查函", law="娱乐场所管理条例 第九条")
    >> POLICE.examine("核查书面声明", within=workdays(5), issues="核查复函", law="娱乐场所管理条例 第九条")
    >> reviewer.inspect("实地检查场所", within=workdays(4), issues="实地检查记录", post="两名以上工作人员",
                        law=["娱乐场所管理条例 第九条", "行政许可法 第三十四条"], criteria="选址、面积、边界噪声")
)

hearing = fragment("听证", (
    reviewer.notify("告知特别程序时限", within=workdays(0), issues="特别程序时限告知书", law="行政许可法 第四十五条")
    >> decider.notify("通知并公告听证", within=workdays(0), note="举行听证七日前", issues=["听证通知书", "听证公告"],
                      law=["行政许可法 第四十六条", "行政许可法 第四十八条"])
    >> decider.hear("举行听证", within=workdays(20), excluded_by="行政许可法 第四十五条", issues="听证笔录",
                    law="娱乐场所管理条例 第十条", post="非本案审查人员主持")
))

grant = (
    window.certify("制作娱乐经营许可证", within=workdays(2), law="行政许可法 第三十九条",
                   issues=["准予行政许可决定书", result("娱乐经营许可证")], criteria="核定消费者数量")
    >> window.deliver("送达娱乐经营许可证", within=workdays(5), law="行政许可法 第四十四条")
    >> window.publish("公开许可决定", within=workdays(5), law="行政许可法 第四十条")
    >> window.archive("立卷归档", within=workdays(5))
    >> end.granted
)

refuse = (
    decider.refuse("作出不予许可决定", within=workdays(0), issues="不予行政许可决定书",
                   note="说明理由，告知复议诉讼权利", law="行政许可法 第三十八条")
    >> window.deliver("送达不予决定书", within=workdays(5))
    >> end.refused
)

flow = (
    applicant.submit("提交设立申请", materials=MATERIALS)
    >> acceptance()
    >> reviewer.examine("审查申请材料", within=workdays(3), law="行政许可法 第三十四条", post="文化许可审查岗")
    >> verify
    >> hearing
    >> decider.decide("是否准予许可？", 准予=grant, 不予=refuse, within=workdays(3), law="行政许可法 第四十八条",
                      post="分管领导")
)

chart = item.scenario("新办", flow)
