"""特种设备作业人员资格认定取证：先审查资格，再考试，考试合格的发证。考试须本人到场一次。"""

from flowstd import Item, LegalSource, applicant, decider, end, onward, result, reviewer, third_party, window, workdays
from flowstd.dsl.templates import acceptance

MATERIALS = ["资格申请表", "身份证明", "学历证明", "体检报告"]

item = Item(
    name="特种设备作业人员资格认定取证", item_type="行政许可", parent="特种设备作业人员资格认定",
    code="511A0358400001-511602000000-000-115113016823646795-1-00",
    authority="区行政审批局", authority_code="68236467-9",
    legal_bases=[LegalSource(title="特种设备安全法", article="第十四条", evidence="modelled-on")],
    statutory="20个工作日", promised="20个工作日", case_type="承诺件", special_procedures="考试",
    onsite_visits=1, onsite_reason="须本人参加考试", fee="不收费", materials=MATERIALS,
    results=["特种设备安全管理和作业人员证"],
    illustrative=["legal_bases", "statutory", "promised", "case_type", "onsite_visits", "onsite_reason", "fee",
                  "materials", "results"],
)

examination = (
    window.notify("发放准考证", within=workdays(1), issues="准考证")
    >> applicant.do("参加考试", onsite=True)
    >> third_party.named("考试机构").exam("组织考试并公布成绩", within=workdays(10), materials="准考证", issues="考试成绩",
                                         law="行政许可法 第五十四条", criteria="理论和实操均合格")
)

refuse = (
    decider.refuse("作出不予许可决定", within=workdays(0), issues="不予行政许可决定书",
                   note="说明理由，告知复议诉讼权利", law="行政许可法 第三十八条")
    >> window.deliver("送达不予决定书", within=workdays(3))
    >> end.refused
)

flow = (
    applicant.submit("提交取证申请", materials=MATERIALS)
    >> acceptance()
    >> reviewer.examine("审查报考资格", within=workdays(5), law="行政许可法 第三十四条", post="资格审查岗")
    >> reviewer.ask("资格是否符合？", 符合=examination, 不符合=onward)
    >> decider.decide(
        "是否准予许可？", within=workdays(4), law="行政许可法 第五十四条", post="首席代表",
        criteria="资格符合且考试合格",
        准予=window.certify("制作作业人员证", within=workdays(3), law="行政许可法 第三十九条",
                            issues=["准予行政许可决定书", result("特种设备安全管理和作业人员证")])
        >> window.deliver("送达作业人员证", within=workdays(5), law="行政许可法 第四十四条")
        >> window.publish("公布取证人员", within=workdays(5), law="行政许可法 第四十条")
        >> window.archive("立卷归档", within=workdays(5))
        >> end.granted,
        不予=refuse,
    )
)

chart = item.scenario("取证", flow)
