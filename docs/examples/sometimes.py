from flowstd import Item, applicant, end, organ, parallel, reviewer, third_party, window, workdays
from flowstd.dsl.templates import Matter, acceptance

traffic = organ("区交警大队")

item = Item(name="临时占道活动方案评估", item_type="公共服务", promised=workdays(10))
chart = item.scenario("评估", (
    applicant.submit("提交方案", materials=["活动方案"])
    >> acceptance(Matter("评估"))
    >> parallel(
        reviewer.inspect("现场勘验", within=workdays(3), post="两名以上工作人员"),
        影响主干道=traffic.do("会商交通组织", within=workdays(3)),
        规模超过千人=third_party.do("安全风险评估", within=workdays(5)))
    >> reviewer.do("形成评估意见", within=workdays(2))
    >> window.deliver("送达", within=workdays(1), issues="评估意见书")
    >> window.archive("归档", within=workdays(1))
    >> end.done))
