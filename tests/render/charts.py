"""Charts for tests of what is made of a sheet."""

from __future__ import annotations

from dataclasses import replace

from flowstd.dsl import Block, applicant, back, decider, end, flow_of, parallel, reviewer, third_party, window, workdays
from flowstd.item import Item
from flowstd.layout.page import Page, Sheet
from flowstd.pipeline import Chart, compile_flow

ITEM = Item(name="户外广告设施设置许可", item_type="行政许可", authority="区行政审批局", statutory="20个工作日",
            promised="5个工作日", place="政务服务中心二楼", contact="0531-12345678", link="https://example.cn/item?a=1&b=2",
            fee="不收费", illustrative=("promised",))


def block(name: str = "受理") -> Block:
    """A small licence with every kind of symbol; *name* is its acceptance."""
    complete = "材料是否齐全？"
    return (
        applicant.submit("提交申请", materials=["申请表", "场所证明"])
        >> window.check(complete, {
            "是": window.accept(name, issues="受理通知书", within=workdays(1), note="当场出具"),
            "否": window.notify("一次性告知补正", within=workdays(5)) >> applicant.supply("补正材料") >> back(complete)})
        >> parallel(reviewer.inspect("现场勘验", within=workdays(2)), third_party.review("专家评审"), name="并联审查")
        >> decider.decide("是否准予许可？", {
            "准予": window.certify("制证") >> end.granted,
            "不予": decider.refuse("作出不予许可决定", issues="不予许可决定书") >> end.refused}))


def chart(name: str = "受理", item: Item | None = ITEM) -> Chart:
    """The chart of that licence."""
    return compile_flow(flow_of(block(name), "户外广告设施设置许可"), item=item, scenario="新办" if item else "")


def two_pages(name: str = "受理") -> Chart:
    """The same on two pages: what stands on the second is the first again, under its own number."""
    made = chart(name)
    sheet: Sheet = made.sheet()
    first: Page = sheet.pages[0]
    made._made["sheet"] = replace(sheet, pages=(first, replace(first, number=2)))
    return made
