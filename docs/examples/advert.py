from flowstd import Item, applicant, decider, end, result, reviewer, window, workdays
from flowstd.dsl.templates import LICENCE, acceptance

item = Item(name="户外广告设施设置许可", item_type="行政许可", authority="区城市管理局",
            statutory=workdays(20), promised=workdays(7), materials=["申请表", "设计图"])

flow = (
    applicant.submit("提交申请", materials=["申请表", "设计图"])
    >> acceptance(LICENCE)
    >> reviewer.examine("审查", within=workdays(5))
    >> decider.decide(
        "是否准予许可？", within=workdays(2),
        准予=window.certify("制证", within=workdays(2), issues=result("设置许可证"))
        >> window.deliver("送达", within=workdays(3))
        >> window.publish("公开许可决定", within=workdays(5))
        >> window.archive("立卷归档", within=workdays(5))
        >> end.granted,
        不予=decider.refuse("作出不予许可决定", within=workdays(1), issues="不予行政许可决定书",
                          note="说明理由，告知复议诉讼权利")
        >> window.deliver("送达不予许可决定", within=workdays(3))
        >> end.refused)
)

chart = item.scenario("新办", flow)
