"""社会团体注销登记：注销。先经业务主管单位审查（另一张图），准予后收缴证书和印章，并公告。"""

from flowstd import Item, applicant, call, decider, end, result, reviewer, window, workdays
from flowstd.dsl.templates import Matter, acceptance

REGULATION = "社会团体登记管理条例"
PRIOR_REVIEW = "511A22006014-511602000000-000-115113016823646795-1-00"      # 文旅类社会团体注销登记前审查
MATERIALS = ["注销登记申请书", "业务主管单位审查文件", "清算报告书"]

item = Item(
    name="社会团体注销登记", item_type="行政许可",
    code="511A0045000025-511602000000-000-115113016823646795-1-00",
    authority="区行政审批局", authority_code="68236467-9",
    legal_bases=[f"{REGULATION}（国务院令第250号） 第十九条", f"{REGULATION}（国务院令第250号） 第二十一条"],
    statutory="20个工作日", promised="10个工作日", case_type="承诺件", onsite_visits=0, fee="不收费",
    materials=MATERIALS, results=["社会团体注销证明文件"],
    illustrative=["statutory", "promised", "case_type", "onsite_visits", "fee", "results"],
)

flow = (
    applicant.do("成立清算组织并清算", note="清算结束十五日内申请", law=f"{REGULATION} 第二十条")
    >> call(PRIOR_REVIEW, "业务主管单位审查", law=f"{REGULATION} 第十九条")
    >> applicant.submit("提交注销申请", materials=MATERIALS, law=f"{REGULATION} 第二十一条")
    >> acceptance(Matter("注销", licensed=True))
    >> reviewer.examine("审查清算情况", within=workdays(7), law="行政许可法 第三十四条", post="社团登记审查岗")
    >> decider.decide(
        "是否准予注销？", within=workdays(3), law=f"{REGULATION} 第二十一条", post="分管领导",
        准予=window.do("收缴证书和印章", within=workdays(0), law=f"{REGULATION} 第二十一条")
        >> window.certify("制作注销证明文件", within=workdays(2), law=f"{REGULATION} 第二十一条",
                          issues=["准予注销决定书", result("社会团体注销证明文件")])
        >> window.deliver("送达注销证明文件", within=workdays(3), law="行政许可法 第四十四条")
        >> window.publish("公告注销登记", within=workdays(5), law=f"{REGULATION} 第二十三条")
        >> window.archive("立卷归档", within=workdays(5))
        >> end.granted,
        不予=decider.refuse("作出不予注销决定", within=workdays(0), issues="不予注销决定书",
                            note="说明理由，告知复议诉讼权利", law="行政许可法 第三十八条")
        >> window.deliver("送达不予决定书", within=workdays(3))
        >> end.refused("不予注销"),
    )
)

chart = item.scenario("注销", flow)
