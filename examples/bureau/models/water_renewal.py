"""取水许可证延续：有效期届满四十五日前提出，届满前决定，逾期未决定视为准予延续。

特别法优先：《取水许可和水资源费征收管理条例》第二十五条是四十五日，《行政许可法》第五十条是三十日。
"""

from flowstd import Item, applicant, decider, end, result, reviewer, window, workdays
from flowstd.dsl.templates import Matter, acceptance

REGULATION = "取水许可和水资源费征收管理条例"
MATERIALS = ["取水许可证延续申请书", "原取水许可证", "近三年取用水情况说明"]

item = Item(
    name="取水许可证延续审批", item_type="行政许可", parent="取水许可",
    code="511A0079400005-511602000000-000-115113016823646795-1-00",
    authority="区行政审批局", authority_code="68236467-9",
    legal_bases=[f"{REGULATION}（国务院令第460号） 第二十五条"],
    statutory="20个工作日", promised="15个工作日", case_type="承诺件", special_procedures="现场勘验",
    onsite_visits=0, fee="不收费", materials=MATERIALS, results=["取水许可证"],
    illustrative=["statutory", "promised", "case_type", "special_procedures", "onsite_visits", "fee", "materials"],
)

flow = (
    applicant.submit("提交延续申请", materials=MATERIALS, note="有效期届满四十五日前提出",
                     law=[f"{REGULATION} 第二十五条", "行政许可法 第五十条"])
    >> acceptance(Matter("延续", licensed=True))
    >> reviewer.examine("核算取用水量", within=workdays(6), law=f"{REGULATION} 第十七条", post="水利许可审查岗",
                        criteria="用水定额、计量设施、取用水总量")
    >> reviewer.inspect("勘验取水工程", within=workdays(5), issues="现场勘验记录", post="两名以上工作人员",
                        law="行政许可法 第三十四条")
    >> decider.decide(
        "是否准予延续？", within=workdays(4), law=[f"{REGULATION} 第二十五条", "行政许可法 第五十条"],
        note="届满前未决定视为准予延续", post="分管领导",
        准予=window.certify("换发取水许可证", within=workdays(3), issues=["准予延续许可决定书", result("取水许可证")])
        >> window.deliver("送达取水许可证", within=workdays(5), law="行政许可法 第四十四条")
        >> window.publish("公告发证情况", within=workdays(5), law=f"{REGULATION} 第二十三条")
        >> window.archive("立卷归档", within=workdays(5))
        >> end.granted,
        不予=decider.refuse("作出不予延续决定", within=workdays(0), issues="不予延续许可决定书",
                            note="说明理由，告知复议诉讼权利", law=f"{REGULATION} 第二十条")
        >> window.deliver("送达不予决定书", within=workdays(5))
        >> end.refused("不予延续"),
    )
)

chart = item.scenario("延续", flow)
