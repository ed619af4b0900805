from flowstd import Item, applicant, decider, end, reviewer, window, workdays

item = Item(name="户外广告设施设置许可", item_type="行政许可", authority="区城市管理局",
            statutory=workdays(20), promised=workdays(10))

flow = (
    applicant.submit("提交申请", materials=["申请表", "设计图"])
    >> window.accept("受理", within=workdays(1), issues="受理通知书")
    >> reviewer.examine("审查", within=workdays(5))
    >> decider.decide(
        "是否准予许可？", within=workdays(2),
        准予=window.certify("制证", within=workdays(2), issues="设置许可证") >> end.granted,
        不予=end.refused)
)

chart = item.scenario("新办", flow)
