"""城乡生活垃圾经营性处置许可：所有特别程序都有的许可。用模板，再用插槽加一步、换一步。

模板把每个特别程序放在合法的位置：受理之后、决定之前；《行政许可法》第四十五条所列的不计入时限，并书面告知所需时间。
"""

from flowstd import Item, LegalSource, decider, template, window, workdays

MATERIALS = ["特许经营申请表", "设备和工艺方案", "环境影响评价批复"]

item = Item(
    name="城乡生活垃圾经营性处置许可", item_type="行政许可",
    parent="从事生活垃圾（含粪便）经营性清扫、收集、运输、处理服务审批",
    code="511A0302700000-511602000000-000-115113016823646795-1-00",
    authority="区行政审批局", authority_code="68236467-9",
    legal_bases=[LegalSource(title="国务院对确需保留的行政审批项目设定行政许可的决定", number="国务院令第412号",
                             article="附件第102项", evidence="modelled-on")],
    statutory="20个工作日", promised="20个工作日", case_type="承诺件", onsite_visits=0, fee="不收费",
    special_procedures=["现场勘验", "检验", "鉴定", "专家评审", "考试", "招标", "公示", "听证"],
    materials=MATERIALS, results=["生活垃圾经营性处置服务许可证"],
    illustrative=["legal_bases", "statutory", "promised", "case_type", "onsite_visits", "fee", "special_procedures",
                  "materials", "results"],
)

flow = template("ordinary_licence")(
    materials=MATERIALS,
    result="生活垃圾经营性处置服务许可证",
    limit=workdays(20),
    special=["现场勘验", "检验", "鉴定", "专家评审", "考试", "招标", "公示", "听证"],
    special_limits={"检验": workdays(15), "招标": workdays(30)},
    posts={"accept": "综合受理岗", "decide": "分管领导"},
    slots={
        "before_decision": decider.do("集体审议", within=workdays(0), issues="审议纪要"),
        "replace_publish": window.publish("双公示平台公开", within=workdays(7), law="行政许可法 第四十条"),
    },
)

chart = item.scenario("新办", flow)
