"""经营游泳许可：一般许可，带现场核查。先读这一份：每一步都是手写的，没有用模板。

事项名称、编码、类型是真实的；材料、时限等标为示例（illustrative）。
"""

from flowstd import Item, applicant, back, decider, end, onward, result, reviewer, window, workdays

MATERIALS = ["经营高危险性体育项目申请书", "体育设施符合标准的说明", "社会体育指导人员职业资格证书", "安全保障制度和措施"]

item = Item(
    name="经营游泳许可", item_type="行政许可", parent="经营高危险性体育项目许可",
    code="511A0022500008-511602000000-000-115113016823646795-1-00",
    authority="区行政审批局", authority_code="68236467-9",
    legal_bases=["全民健身条例（国务院令第560号） 第三十二条"],
    statutory="30个工作日", statutory_note="《全民健身条例》第三十二条：自收到申请之日起30日内",
    promised="10个工作日", case_type="承诺件", special_procedures="现场勘验", onsite_visits=0, fee="不收费",
    materials=MATERIALS, results=["高危险性体育项目经营许可证"],
    illustrative=["promised", "case_type", "onsite_visits", "fee", "materials", "results"],
)

flow = (
    applicant.submit("提交申请", materials=MATERIALS)
    >> window.check("是否属于本机关许可事项？", {
        "是": onward,
        "不需要许可": window.notify("告知不需要许可", within=workdays(0), issues="不受理告知书", law="行政许可法 第三十二条")
        >> end.not_accepted("不需要许可"),
        "不属于职权": window.refuse("出具不予受理决定", within=workdays(0), issues="不予受理决定书",
                                    note="告知向有关行政机关申请", law="行政许可法 第三十二条") >> end.not_accepted,
    })
    >> window.check(
        "材料是否齐全、符合法定形式？",
        是=window.accept("受理申请", within=workdays(0), issues="受理通知书", criteria="加盖专用印章并注明日期",
                         law="行政许可法 第三十二条", post="综合受理岗"),
        可当场更正=applicant.supply("当场更正", within=workdays(0)) >> back("材料是否齐全、符合法定形式？"),
        否=window.notify("一次性告知补正", within=workdays(5), issues="补正告知书", note="逾期不告知即为受理",
                         law="行政许可法 第三十二条")
        >> applicant.supply("补正材料", materials="补正材料") >> back("材料是否齐全、符合法定形式？"),
        default="否",
    )
    >> reviewer.examine("审查申请材料", within=workdays(3), law="行政许可法 第三十四条", post="体育许可审查岗")
    >> reviewer.inspect("实地核查场所", within=workdays(5), issues="现场核查记录", post="两名以上工作人员",
                        law=["全民健身条例 第三十二条", "行政许可法 第三十四条"],
                        criteria="设施达标、救助人员到位、有安全保障制度")
    >> decider.decide(
        "是否准予许可？", within=workdays(2), law="行政许可法 第三十八条", post="首席代表",
        准予=window.certify("制作经营许可证", within=workdays(2), law="行政许可法 第三十九条", post="发证岗",
                            issues=["准予行政许可决定书", result("高危险性体育项目经营许可证")])
        >> window.deliver("送达经营许可证", within=workdays(3), law="行政许可法 第四十四条", post="发证岗")
        >> window.publish("公开许可决定", within=workdays(5), law="行政许可法 第四十条")
        >> window.archive("立卷归档", within=workdays(5))
        >> end.granted,
        不予=decider.refuse("作出不予许可决定", within=workdays(0), issues="不予行政许可决定书",
                            note="说明理由，告知复议诉讼权利", law="行政许可法 第三十八条")
        >> window.deliver("送达不予决定书", within=workdays(3))
        >> end.refused,
    )
)

chart = item.scenario("新办", flow)
