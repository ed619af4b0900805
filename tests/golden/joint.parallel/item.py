"""A joint review: four offices at once, time that does not count, a call of another chart."""

from flowstd import Item, applicant, call, decider, end, organ, parallel, reviewer, third_party, window, workdays

item = Item(name="大型群众性活动安全许可", item_type="行政许可", code="GOLD-3", authority="市公安局",
            statutory=workdays(20), promised=workdays(12))

flow = (
    applicant.submit("提交申请", materials=["申请表", "活动方案", "安全工作方案"])
    >> window.accept("受理", issues="受理通知书", within=workdays(1))
    >> parallel(
        reviewer.inspect("现场勘验", within=workdays(3), onsite=True),
        third_party.review("专家评审", excluded_by="行政许可法 第四十五条"),
        organ("市住建局").do("核查临时建筑", within=workdays(3)),
        organ("市消防救援支队").do("核查消防安全", within=workdays(3)) >> call("GOLD-2", "办理户外广告许可"),
        name="联合审查")
    >> decider.decide(
        "是否准予许可？",
        准予=window.deliver("送达许可决定", issues="许可决定书") >> end.granted,
        不予=decider.refuse("作出不予许可决定", issues="不予许可决定书") >> end.refused)
)

case = item.scenario("新办", flow)
