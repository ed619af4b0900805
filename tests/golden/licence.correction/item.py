"""A licence with its correction loop, its limits and its three ways to end."""

from flowstd import Item, applicant, back, decider, end, reviewer, window, workdays

item = Item(name="户外广告设施设置许可", item_type="行政许可", code="GOLD-2", authority="区城市管理局",
            statutory=workdays(20), promised=workdays(10))

flow = (
    applicant.submit("提交申请", materials=["申请表", "设计图", "场地使用证明"])
    >> window.check(
        "材料是否齐全、符合法定形式？",
        是=window.accept("受理", issues="受理通知书", within=workdays(1)),
        否=window.notify("一次性告知补正", issues="补正告知书", within=workdays(5))
        >> applicant.supply("补正材料") >> back("材料是否齐全、符合法定形式？"),
        不属于职权=window.refuse("不予受理", issues="不予受理通知书") >> end.not_accepted)
    >> reviewer.examine("审查", within=workdays(6), note="可以当面核实")
    >> decider.decide(
        "是否准予许可？",
        准予=window.certify("制证", issues="许可证") >> window.deliver("送达", within=workdays(2)) >> end.granted,
        不予=decider.refuse("作出不予许可决定", issues="不予许可决定书") >> end.refused)
)

case = item.scenario("新办", flow)
