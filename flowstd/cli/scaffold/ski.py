"""经营滑雪许可：用 Python 写流程 / a process written in Python."""

from flowstd import Item
from flowstd.dsl import applicant, back, decider, end, parallel, result, reviewer, third_party, window, workdays

item = Item(name="经营高危险性体育项目许可（经营滑雪）", item_type="行政许可", code="EX-0003", authority="示例局",
            statutory="20工作日", promised="5工作日", materials="申请表；场所证明")

flow = (
    applicant.submit("提交申请", materials=["申请表", "场所证明"])
    >> window.check("材料是否齐全、符合法定形式？", within=workdays(0), 是=window.accept("受理", issues="受理通知书"),
                    否=window.notify("一次性告知补正", within=workdays(5), issues="补正通知书")
                    >> applicant.supply("补正材料") >> back("材料是否齐全、符合法定形式？"),
                    不属于职权=window.refuse("不予受理", issues="不予受理通知书") >> end.not_accepted)
    >> parallel(reviewer.inspect("现场勘验", within=workdays(2), issues="勘验记录"),
                third_party.review("专家评审", within=workdays(10), issues="评审意见",
                                   excluded_by="行政许可法 第四十五条"))
    >> decider.decide("是否准予许可？", within=workdays(3),
                      准予=window.certify("制证", issues=result("经营许可证")) >> window.deliver("送达", within=workdays(2))
                      >> end.granted,
                      不予=decider.refuse("作出不予许可决定", issues="不予许可决定书") >> end.refused)
)

chart = item.scenario("新办", flow)
