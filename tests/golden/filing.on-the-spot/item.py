"""A filing done at once: the smallest chart of an office."""

from flowstd import Item, applicant, end, reviewer, window

item = Item(name="中医诊所备案", item_type="其他行政权力", code="GOLD-1", authority="区卫生健康局")

flow = (
    applicant.submit("提交备案材料", materials=["备案表", "身份证明"])
    >> window.check(
        "材料是否齐全？",
        是=window.accept("收件"),
        否=window.notify("当场告知补正") >> end.not_accepted)
    >> reviewer.do("当场备案", issues="备案凭证")
    >> end.done
)

case = item.scenario("备案", flow)
