"""Charts for guides: one with every element filled in, one that is hostile, one without an item."""

from __future__ import annotations

from flowstd.dsl import applicant, back, end, flow_of, parallel, result, reviewer, third_party, window, workdays
from flowstd.item import Item
from flowstd.pipeline import Chart, compile_case, compile_flow

EVIL = "</style></svg><script>alert(1)</script>\"'><img src=x onerror=alert(1)>]]>&#106;|`*_[x](javascript:1)"


def full() -> Chart:
    """An item with something in every element."""
    item = Item(
        name="户外广告设施设置许可", item_type="行政许可", code="T-1", authority="市城管局", office="许可科", levels=("市级",),
        power_source="法定本级行使", case_type="承诺件", service_targets=("企业法人",), channels=("窗口办理", "网上办理"), area="全市",
        special_procedures=("专家评审",), onsite_visits=1, onsite_reason="核对原件", version="3", effective_on="2026-01-01",
        legal_bases=("《城市市容和环境卫生管理条例》第十一条", "《行政许可法》第十二条"), statutory="20工作日", promised="5工作日",
        promised_note="不含专家评审", acceptance_conditions=("有设置场所", "有安全评估"),
        materials=({"name": "申请表", "need": "必要", "kind": "原件", "form": "纸质", "copies": 2, "size": "A4",
                    "source": "申请人自备",
                    "note": "用黑色墨水填写", "standard": "签章齐全", "basis": "《行政许可法》第二十九条",
                    "blank": "https://example.cn/form.docx"}, {"name": "效果图", "need": "必要"}),
        fee={"charged": True, "name": "占道费", "standard": "每平方米每日1元", "basis": "《价格法》第十八条"},
        results=({"name": "户外广告许可证", "type": "证照", "valid": "2年"},), place="政务中心三楼", opening_hours="工作日9:00—17:00",
        contact="0000-1234567", complaint="12345", link="https://example.cn/apply", illustrative=("place", "materials"))
    flow = flow_of(
        applicant.submit("提交申请", materials="申请表")
        >> window.check("材料是否齐全？", 是=window.accept("受理", issues="受理通知书", within=workdays(1), law="《行政许可法》第三十二条"),
                        否=window.notify("一次性告知补正", note="只告知一次") >> applicant.supply("补正材料") >> back("材料是否齐全？"))
        >> parallel(reviewer.examine("审查"), third_party.review("专家评审", excluded_by="《行政许可法》第四十五条", within=workdays(10)))
        >> window.deliver("送达", issues=result("户外广告许可证")) >> end.granted)
    return compile_case(item.scenario("新办", flow))


def hostile() -> Chart:
    """Markup in every text that may hold any."""
    item = Item(name=EVIL, item_type="行政许可", authority=EVIL, place=EVIL, acceptance_conditions=(EVIL,),
                legal_bases=(EVIL,),
                materials=({"name": EVIL, "note": EVIL},), results=(EVIL,), fee={"charged": True, "standard": EVIL})
    flow = flow_of(applicant.submit(EVIL, materials=EVIL, note=EVIL, law=EVIL) >> end.done(EVIL))
    return compile_case(item.scenario("新办", flow))


def bare() -> Chart:
    """A flow alone."""
    return compile_flow(flow_of(applicant.submit("提交申请") >> end.done, "查询"))
