"""中医诊所备案：备案没有准予和不予，材料齐全就登记、发证。

《中医药法》第十四条：报所在地县级人民政府中医药主管部门备案后即可开展执业活动。
"""

from flowstd import Item, applicant, back, end, onward, result, window, workdays

MATERIALS = ["中医诊所备案信息表", "主要负责人身份证明", "医师资格证书和执业证书"]

item = Item(
    name="中医诊所备案", item_type="其他行政权力",
    code="511Z23001004-511602000000-000-115113016823646795-1-00",
    authority="区行政审批局", authority_code="68236467-9", legal_bases=["中医药法 第十四条"],
    statutory="5个工作日", promised="1个工作日", case_type="即办件", onsite_visits=0, fee="不收费",
    materials=MATERIALS, results=["中医诊所备案证"],
    illustrative=["statutory", "promised", "case_type", "onsite_visits", "fee", "materials", "results"],
)

flow = (
    applicant.submit("提交备案材料", materials=MATERIALS)
    >> window.check(
        "是否属于备案范围？",
        是=onward,
        否=window.notify("告知办理渠道", within=workdays(0), issues="不予受理告知书") >> end.not_accepted("不属于备案范围"),
    )
    >> window.check(
        "材料是否齐全、符合法定形式？",
        是=onward,
        可当场更正=applicant.supply("当场更正", within=workdays(0)) >> back("材料是否齐全、符合法定形式？"),
        否=window.notify("一次性告知补正", within=workdays(5), issues="补正告知书")
        >> applicant.supply("补正材料", materials="补正材料") >> back("材料是否齐全、符合法定形式？"),
    )
    >> window.accept("收取备案材料", within=workdays(0), issues="备案收件凭证")
    >> window.register("登记备案信息", within=workdays(1), issues=result("中医诊所备案证"), law="中医药法 第十四条")
    >> window.deliver("发放备案证", within=workdays(0))
    >> window.publish("公开备案信息", within=workdays(5))
    >> window.archive("立卷归档", within=workdays(5))
    >> end.done("备案完成")
)

chart = item.scenario("新办", flow)
