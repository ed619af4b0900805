"""公司设立登记：市场主体登记。材料齐全、符合法定形式的当场登记；需要核实的三个工作日内登记。"""

from flowstd import Item, applicant, decider, end, onward, result, reviewer, system, window, workdays
from flowstd.dsl.templates import Matter, acceptance

NOW = workdays(0)
REGULATION = "市场主体登记管理条例"
MATERIALS = ["公司登记申请书", "公司章程", "股东主体资格文件", "住所使用相关文件"]

item = Item(
    name="公司设立登记", item_type="行政许可", parent="企业设立、变更、注销登记",
    code="511A0064100070-511602000000-000-115113016823646795-1-00",
    authority="区行政审批局", authority_code="68236467-9", legal_bases=[f"{REGULATION} 第十九条"],
    statutory="3个工作日", statutory_note="情形复杂的可以再延长3个工作日", promised="3个工作日", case_type="承诺件",
    onsite_visits=0, fee="不收费", materials=MATERIALS, results=["营业执照"],
    illustrative=["promised", "case_type", "onsite_visits", "fee"],
)

flow = (
    applicant.submit("提交登记申请", materials=MATERIALS, law=f"{REGULATION} 第十六条")
    >> acceptance(Matter("登记", licensed=True))
    >> system.do("比对身份和名称信息", within=NOW, law=f"{REGULATION} 第十五条")
    >> reviewer.examine("形式审查", within=NOW, law=f"{REGULATION} 第十九条", post="登记审查岗")
    >> reviewer.ask(
        "能否当场登记？",
        能=onward,
        不能=reviewer.inspect("核实实质内容", within=workdays(3), post="两名以上工作人员", issues="核实记录",
                              law=["行政许可法 第五十六条", f"{REGULATION} 第十九条"]),
    )
    >> decider.decide(
        "是否准予登记？", within=NOW, law="行政许可法 第五十六条", post="核准岗",
        准予=window.register("登记入库", within=NOW, law=f"{REGULATION} 第十九条")
        >> window.certify("制作营业执照", within=NOW, law=f"{REGULATION} 第二十一条",
                          issues=["准予登记通知书", result("营业执照")])
        >> window.deliver("送达营业执照", within=NOW, law="行政许可法 第四十四条", note="电子执照同等效力")
        >> system.publish("公示登记信息", within=NOW, law=f"{REGULATION} 第三十五条")
        >> window.archive("立卷归档", within=workdays(5))
        >> end.granted,
        不予=decider.refuse("作出不予登记决定", within=NOW, issues="不予登记通知书", note="说明理由，告知复议诉讼权利",
                            law=f"{REGULATION} 第二十条")
        >> window.deliver("送达不予决定书", within=NOW)
        >> end.refused("不予登记"),
    )
)

chart = item.scenario("设立", flow)
