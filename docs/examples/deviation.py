from flowstd import Item, applicant, end, window, workdays

item = Item(
    name="企业档案查询", item_type="公共服务", promised=workdays(1),
    allow=[{"rule": "TIM016", "reason": "档案室搬迁，查询改为五个工作日", "basis": "区政务〔2026〕12号", "until": "2026-12-31"}])

chart = item.scenario("查询", applicant.submit("提出申请") >> window.do("查询档案", within=workdays(5)) >> end.done)
