"""公共场所卫生许可新办：告知承诺。告知条件，书面承诺，当场决定，事后核查，不实则撤销。"""

from flowstd import Item, applicant, back, decider, end, fragment, months, onward, result, reviewer, window, workdays

MATERIALS = ["卫生许可证申请表", "公共场所地址方位和平面图"]
PLEDGE = "公共场所卫生许可告知承诺书"

item = Item(
    name="公共场所卫生许可新办审批（县级）", item_type="行政许可", parent="公共场所卫生许可",
    code="511A0015500009-511602000000-000-115113016823646795-1-00",
    authority="区行政审批局", authority_code="68236467-9",
    legal_bases=["公共场所卫生管理条例 第四条", "公共场所卫生管理条例 第八条"],
    statutory="20个工作日", promised="当场", case_type="即办件", onsite_visits=0, fee="不收费",
    materials=[*MATERIALS, PLEDGE], results=["卫生许可证"],
    illustrative=["statutory", "promised", "case_type", "onsite_visits", "fee", "materials"],
)

# 两个问题之间告知和承诺，所以受理环节在这里手写
receive = fragment("申请与受理", (
    window.check("是否属于本机关许可事项？", {
        "是": onward,
        "不需要许可": window.notify("告知不需要许可", within=workdays(0), issues="不受理告知书")
        >> end.not_accepted("不需要许可"),
        "不属于职权": window.refuse("出具不予受理决定", within=workdays(0), issues="不予受理决定书",
                                    note="告知向有关行政机关申请") >> end.not_accepted,
    }, law="行政许可法 第三十二条")
    >> window.notify("告知条件和后果", within=workdays(0), issues=PLEDGE, note="标准、期限、不实的后果")
    >> applicant.pledge("签署承诺书", materials=PLEDGE)
    >> window.check(
        "材料是否齐全、符合法定形式？",
        是=window.accept("受理申请", within=workdays(0), issues="受理通知书", criteria="加盖专用印章并注明日期"),
        可当场更正=applicant.supply("当场更正", within=workdays(0)) >> back("材料是否齐全、符合法定形式？"),
        否=window.notify("一次性告知补正", within=workdays(5), issues="补正告知书", note="逾期不告知即为受理")
        >> applicant.supply("补正材料", materials="补正材料") >> back("材料是否齐全、符合法定形式？"),
        law="行政许可法 第三十二条",
    )
))

verify = (
    reviewer.supervise("现场核查承诺", within=months(2), issues="核查记录", post="两名以上工作人员",
                       law="行政许可法 第六十一条", criteria="通风、用水、消毒设施与承诺一致")
    >> reviewer.check(
        "承诺是否属实？",
        是=window.archive("立卷归档", within=workdays(5)) >> end.granted,
        否=decider.revoke("撤销许可并记入信用", within=workdays(0), issues="撤销行政许可决定书",
                          note="说明理由，告知复议诉讼权利", law="行政许可法 第六十九条") >> end.revoked("撤销许可"),
    )
)

flow = (
    applicant.submit("提交许可申请", materials=MATERIALS)
    >> receive
    >> reviewer.examine("审查承诺和材料", within=workdays(0), law="行政许可法 第三十四条", post="卫生许可审查岗")
    >> decider.decide(
        "是否准予许可？", within=workdays(0), law="行政许可法 第三十四条", post="首席代表",
        准予=window.certify("制作卫生许可证", within=workdays(0), issues=["准予行政许可决定书", result("卫生许可证")])
        >> window.deliver("当场送达许可证", within=workdays(0), law="行政许可法 第四十四条")
        >> window.publish("公开许可决定", within=workdays(5), law="行政许可法 第四十条")
        >> verify,
        不予=decider.refuse("作出不予许可决定", within=workdays(0), issues="不予行政许可决定书",
                            note="说明理由，告知复议诉讼权利", law="行政许可法 第三十八条")
        >> window.deliver("送达不予决定书", within=workdays(0))
        >> end.refused,
    )
)

chart = item.scenario("告知承诺", flow)
