"""劳务派遣经营许可：容缺受理。主件齐全、只缺可以后补的材料时，承诺按期补交即可先受理。

用模板 tolerance；只有标为“容缺后补”的材料可以缺。
"""

from flowstd import Item, Material, reviewer, template, workdays

MATERIALS = (
    Material(name="劳务派遣经营许可申请书", need="必要"),
    Material(name="公司章程", need="必要"),
    Material(name="经营场所使用证明", need="容缺后补"),
    Material(name="劳务派遣管理制度文本", need="容缺后补"),
)

item = Item(
    name="经营劳务派遣业务（含新增业务、新设公司、分立、合并）许可(县级)", item_type="行政许可", parent="劳务派遣经营许可",
    code="511A14003004-511602000000-000-115113016823646795-1-00",
    authority="区行政审批局", authority_code="68236467-9", legal_bases=["劳动合同法 第五十七条"],
    statutory="20个工作日", promised="10个工作日", case_type="承诺件", special_procedures="现场勘验", onsite_visits=0,
    fee="不收费", materials=MATERIALS, results=["劳务派遣经营许可证"],
    illustrative=["statutory", "promised", "case_type", "special_procedures", "onsite_visits", "fee", "materials"],
)

flow = template("tolerance")(
    materials=[material.name for material in MATERIALS if material.need == "必要"],
    tolerated=[material.name for material in MATERIALS if material.need == "容缺后补"],
    result="劳务派遣经营许可证",
    due=workdays(5),
    limit=workdays(7),
    posts={"examine": "人社许可审查岗", "decide": "首席代表"},
    slots={"after_examination": reviewer.inspect("核查经营场所", within=workdays(3), issues="现场核查记录",
                                                 post="两名以上工作人员", law="行政许可法 第三十四条")},
)

chart = item.scenario("容缺受理", flow)
