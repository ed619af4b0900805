"""The page: what stands where, on which paper, and nothing over anything else."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings

from flowstd.base.legal import LegalSource
from flowstd.base.term import workdays
from flowstd.ir.model import Flow
from flowstd.item import Item
from flowstd.layout.elements import bases_of, title_of
from flowstd.layout.from_ir import lay_out
from flowstd.layout.measure import advance
from flowstd.layout.model import Rect
from flowstd.layout.page import Page, Print, Sheet
from flowstd.layout.sheet import compose
from flowstd.standard.edition import NEWEST, load
from tests import shapes
from tests.layout.flows import chain, question

ITEM = Item(name="户外广告设施设置许可", item_type="行政许可", authority="区行政审批局", statutory="20个工作日",
            promised="5个工作日", place="政务服务中心二楼", opening_hours="工作日 9:00—17:00", contact="0531-12345678",
            complaint="12345", link="https://example.cn/item?a=1&b=2", fee="不收费", version="1.0",
            illustrative=("promised",))


def sheet(flow: Flow, item: Item | None = None, scenario: str = "") -> Sheet:
    return compose(flow, lay_out(flow), item, scenario)


def words(page: Page) -> list[str]:
    return [line.text for line in page.prints]


def ink(line: Print) -> Rect:
    wide = advance(line.text) * line.size // 1000
    x = {"start": line.x, "middle": line.x - wide // 2, "end": line.x - wide}[line.anchor]
    return Rect(x, line.y - round(0.8 * line.size), wide, round(0.9 * line.size))


def apart(one: Rect, other: Rect) -> bool:
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


def chart(page: Page) -> Rect:
    view = page.view
    return Rect(view.x, view.y, view.part.w * view.scale // 1000, view.part.h * view.scale // 1000)


@pytest.mark.parametrize(("name", "scenario", "title"), [
    ("户外广告设施设置许可", "", "户外广告设施设置许可办理流程图"),
    ("户外广告设施设置许可", "延续", "户外广告设施设置许可办理流程图（延续）"),
    ("企业开办办理流程图", "", "企业开办办理流程图"),
    ("", "", "办理流程图"),
])
def test_the_title_follows_the_pattern(name: str, scenario: str, title: str) -> None:
    assert title_of(name, scenario, load()) == title


def test_a_small_chart_stands_on_a4_portrait_in_twelve_point_type() -> None:
    made = sheet(chain("受理", "审查"), ITEM, "新办")

    assert made.pages[0].paper == "A4 portrait"
    assert made.pt == pytest.approx(12, abs=0.01)


def test_the_page_says_what_an_applicant_asks() -> None:
    page = sheet(chain("受理"), ITEM, "新办").pages[0]

    for word in ("事项类型", "行政许可", "实施主体", "区行政审批局", "法定办结时限", "20个工作日", "办理地点", "办理时间",
                 "咨询电话", "0531-12345678", "监督投诉电话", "12345", "收费", "不收费", "办理网址", "图例：", "第1页 共1页"):
        assert word in words(page)


def test_illustrative_values_are_marked_and_explained() -> None:
    page = sheet(chain("受理"), ITEM).pages[0]

    assert "5个工作日＊" in words(page)
    assert "20个工作日" in words(page)
    assert "示例值" in words(page)
    assert any("＊ 为示例值" in text for text in words(page))


def test_real_values_carry_no_mark() -> None:
    page = sheet(chain("受理"), ITEM.model_copy(update={"illustrative": ()})).pages[0]

    assert not any("＊" in text or "示例" in text for text in words(page))


def test_a_flow_without_an_item_has_a_title_and_no_fields() -> None:
    page = sheet(chain("受理", title="备案")).pages[0]

    assert "备案办理流程图" in words(page)
    assert page.boxes == ()


def test_the_legend_shows_the_symbols_of_the_chart_and_no_other() -> None:
    forms = [sample.form for sample in sheet(question("是否准予？"), ITEM).pages[0].samples]

    assert forms == ["terminal", "decision"]


def test_remarks_and_law_stand_at_the_foot() -> None:
    law = [LegalSource(title="行政许可法", article=f"第{number}条") for number in ("一百", "三十四", "三十二")]
    page = sheet(chain("受理", "审查", note="逾期不告知即为受理", bases=tuple(law)), ITEM).pages[0]

    assert "①逾期不告知即为受理" in words(page)
    assert "《行政许可法》第三十二条、第三十四条、第一百条" in words(page)            # by number, not as the steps come


def test_an_article_of_any_length_is_listed() -> None:
    law = LegalSource(title="行政许可法", article=f"第{'9' * 5000}条")

    assert bases_of(chain("受理", bases=(law,)), load(NEWEST)) == (law.zh,)


def test_a_link_stays_a_link() -> None:
    page = sheet(chain("受理"), ITEM).pages[0]

    assert [line.link for line in page.prints if line.link] == ["https://example.cn/item?a=1&b=2"]


def test_the_content_hash_follows_the_content() -> None:
    def key(label: str, item: Item) -> str:
        return sheet(chain(label), item).key

    assert key("受理", ITEM) == key("受理", ITEM)
    assert len({key("受理", ITEM), key("收件", ITEM), key("受理", ITEM.model_copy(update={"place": "三楼"}))}) == 3


def test_a_given_hash_is_the_one_that_is_printed() -> None:
    flow = chain("受理")
    page = compose(flow, lay_out(flow), ITEM, fingerprint="0123456789abcdef0000").pages[0]

    assert any("0123456789abcdef" in text for text in words(page))


def test_every_step_is_spoken_in_the_order_of_the_story() -> None:
    said = sheet(question("是否准予？")).spoken

    assert [one.name for one in said] == ["开始（申请人；开始）", "是否准予？（综合窗口；判断）", "准予（综合窗口；结束）",
                                          "不予许可（综合窗口；结束）"]
    assert said[1].leads == "是：准予；不符合条件：不予许可"


def test_a_step_is_spoken_with_all_that_is_said_of_it() -> None:
    law = (LegalSource(title="行政许可法", article="第三十二条"),)
    flow = chain("受理", within=workdays(5), takes=("m1", "m2"), issues=("受理通知书",), bases=law, note="当场受理")

    assert sheet(flow).spoken[1].name == ("受理（综合窗口；时限5个工作日；提交第1种材料、第2种材料；出具受理通知书；"
                                          "依据《行政许可法》第三十二条；当场受理）")


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(flow=shapes.flows())
def test_nothing_on_a_page_stands_over_anything_else(flow: Flow) -> None:
    made = sheet(flow, ITEM, "新办")
    page = made.pages[0]
    whole, printed = Rect(0, 0, page.width, page.height), [ink(line) for line in page.prints]

    assert all(apart(one, other) for one, other in combinations(printed, 2))
    assert all(apart(chart(page), one) for one in printed)
    for rect in (*printed, chart(page)):
        assert whole.x <= rect.x and rect.right <= whole.right and whole.y <= rect.y and rect.bottom <= whole.bottom


def test_a_chart_gets_the_first_paper_on_which_it_can_be_read() -> None:
    sizes = []
    for flow in (chain(*["受理"] * 3), chain(*["受理"] * 40)):
        made = sheet(flow, ITEM)
        sizes.append((made.pages[0].paper, len(made.pages), made.pt >= 9))

    assert sizes == [("A4 portrait", 1, True), ("A4 portrait", 3, True)]


@pytest.mark.parametrize("name", ["许" * 110, "a" * 300, "许可\x00<b>"])
def test_any_name_has_room(name: str) -> None:
    page = sheet(chain("受理"), ITEM.model_copy(update={"name": name})).pages[0]
    titles = [line for line in page.prints if line.bold]

    assert all(ink(line).x >= 0 and ink(line).right <= page.width for line in titles)
    assert "\x00" not in "".join(words(page))


def test_a_chart_that_runs_right_fills_the_width_and_stands_right_under_the_head() -> None:
    flow = chain(*["受理"] * 6)
    page = compose(flow, lay_out(flow, "right"), ITEM).pages[0]
    box, view = chart(page), page.view
    head = max(cell.bottom for cell in page.boxes if cell.y < box.y)

    assert page.width - 2 * view.x == pytest.approx(view.along * view.scale / 1000, abs=2)
    assert 0 < box.y - head <= 16


def test_items_share_the_form_of_their_table_and_fill_in_their_own() -> None:
    flow = chain("受理", "审查")
    other = ITEM.model_copy(update={"authority": "市行政审批局", "contact": "0531-87654321"})
    one, two, again = (sheet(flow, item).pages[0] for item in (ITEM, other, ITEM))

    assert (one.rules, one.boxes) == (two.rules, two.boxes) and one == again
    assert {*words(two)} - {*words(one)} >= {"市行政审批局", "0531-87654321"}
    assert {*words(one)} - {*words(two)} >= {"区行政审批局", "0531-12345678"}
