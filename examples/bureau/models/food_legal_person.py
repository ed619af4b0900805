"""食品经营许可变更法定代表人：即办件。窗口当场审查，当场决定，当场换发。"""

from flowstd import Item, LegalSource, applicant, decider, end, result, window, workdays
from flowstd.dsl.templates import Matter, acceptance

NOW = workdays(0)
CHANGE = Matter("变更", licensed=True)          # 受理环节的用语：受理变更申请、不需要变更 ……
MATERIALS = ["食品经营许可变更申请书", "变更后的营业执照", "原食品经营许可证"]

item = Item(
    name="食品(含保健食品)经营许可变更法定代表人（负责人）", item_type="行政许可", parent="食品（含保健食品）经营许可",
    code="511A0005200001-511602000000-000-115113016823646795-1-00",
    authority="区行政审批局", authority_code="68236467-9",
    legal_bases=[LegalSource(title="食品安全法", article="第三十五条", evidence="modelled-on")],
    statutory="10个工作日", promised="1个工作日", case_type="即办件", onsite_visits=0, fee="不收费",
    materials=MATERIALS, results=["食品经营许可证"],
    illustrative=["legal_bases", "statutory", "promised", "case_type", "onsite_visits", "fee", "materials", "results"],
)

flow = (
    applicant.submit("提交变更申请", materials=MATERIALS, law="行政许可法 第四十九条")
    >> acceptance(CHANGE)
    >> window.examine("当场审查", within=workdays(1), law="行政许可法 第三十四条", criteria="与营业执照登记一致", post="受理审查岗")
    >> decider.decide(
        "是否准予变更？", within=NOW, law="行政许可法 第四十九条", post="首席代表",
        准予=window.certify("换发食品经营许可证", within=NOW, issues=["准予变更决定书", result("食品经营许可证")])
        >> window.deliver("当场送达许可证", within=NOW, law="行政许可法 第四十四条")
        >> window.publish("公开变更信息", within=workdays(5), law="行政许可法 第四十条")
        >> window.archive("立卷归档", within=workdays(5))
        >> end.granted,
        不予=decider.refuse("作出不予变更决定", within=NOW, issues="不予变更决定书", note="说明理由，告知复议诉讼权利",
                            law="行政许可法 第三十八条")
        >> window.deliver("送达不予决定书", within=NOW)
        >> end.refused("不予变更"),
    )
)

chart = item.scenario("变更", flow)
