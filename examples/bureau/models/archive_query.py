"""企业登记档案资料查询：公共服务。没有准予和不予，申请、查询、反馈。用模板，并在查询前加一步核验身份。"""

from flowstd import Item, template, window, workdays

MATERIALS = ["档案查询申请表"]

item = Item(
    name="企业登记档案资料查询", item_type="公共服务",
    code="512B0110700001-511602000000-000-115113016823646795-1-00",
    authority="区行政审批局", authority_code="68236467-9",
    promised="1个工作日", case_type="即办件", onsite_visits=0, fee="不收费", materials=MATERIALS, results=["档案查询结果"],
    illustrative=["promised", "case_type", "onsite_visits", "fee", "materials", "results"],
)

flow = template("public_service")(
    materials=MATERIALS,
    service="查询登记档案",
    result="档案查询结果",
    limit=workdays(1),
    slots={"before_handling": window.do("核验查询人身份", within=workdays(0))},
)

chart = item.scenario("查询", flow)
