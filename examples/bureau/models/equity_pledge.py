"""股权出质设立登记：行政确认。一个窗口当天办完；一个模块也可以给出多张图：新办和变更。"""

from flowstd import Block, Case, Item, LegalSource, applicant, decider, end, result, reviewer, window, workdays
from flowstd.dsl.templates import Matter, acceptance

NOW = workdays(0)
CIVIL_CODE = LegalSource(title="民法典", article="第四百四十三条", evidence="modelled-on")


def pledge(kind: str, code: str, materials: list[str]) -> Case:
    """*kind* 登记的图：设立和变更只差名称和材料。"""
    item = Item(
        name=f"股权出质{kind}登记", item_type="行政确认", parent="股权出质登记", code=code,
        authority="区行政审批局", authority_code="68236467-9", legal_bases=[CIVIL_CODE],
        statutory="3个工作日", promised="1个工作日", case_type="即办件", onsite_visits=0, fee="不收费",
        materials=materials, results=[f"股权出质{kind}登记通知书"],
        illustrative=["legal_bases", "statutory", "promised", "case_type", "onsite_visits", "fee", "materials",
                      "results"],
    )
    return item.scenario(kind, steps(kind, materials))


def steps(kind: str, materials: list[str]) -> Block:
    """共同的步骤。"""
    return (
        applicant.submit(f"提交{kind}登记申请", materials=materials)
        >> acceptance(Matter("登记"))
        >> reviewer.examine("审查出质材料", within=workdays(1), criteria="股权未被冻结，签名一致", post="登记审查岗")
        >> decider.decide(
            "是否予以登记？", within=NOW, law=CIVIL_CODE, post="核准岗",
            予以登记=window.register("登记入簿", within=NOW)
            >> window.certify("制作登记通知书", within=NOW, issues=result(f"股权出质{kind}登记通知书"))
            >> window.deliver("送达登记通知书", within=NOW)
            >> window.publish("公示出质信息", within=workdays(5))
            >> window.archive("立卷归档", within=workdays(5))
            >> end.granted,
            不予登记=decider.refuse("作出不予登记决定", within=NOW, issues="不予登记决定书", note="说明理由，告知复议诉讼权利")
            >> window.deliver("送达不予决定书", within=NOW)
            >> end.refused("不予登记"),
        )
    )


charts = [
    pledge("设立", "511F31141001-511602000000-000-115113016823646795-1-00",
           ["股权出质设立登记申请书", "质权合同", "出质人主体资格证明"]),
    pledge("变更", "511F31141002-511602000000-000-115113016823646795-1-00",
           ["股权出质变更登记申请书", "变更后的质权合同"]),
]
