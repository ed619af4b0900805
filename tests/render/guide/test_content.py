"""What a guide says: everything that is filled in, nothing that is not, and the chart's own content hash."""

from __future__ import annotations

from flowstd.item import Item
from flowstd.render.guide.content import Fields, Guide, Lines, Table, guide_of
from tests.render.guide.guides import bare, full


def guide() -> Guide:
    chart = full()
    return guide_of(chart.flow, chart.item, chart.scenario, edition=chart.edition)


def test_the_parts_stand_in_the_order_of_a_published_guide() -> None:
    assert [part.title for part in guide().parts] == [
        "基本信息", "办理时限", "设定依据", "受理条件", "申请材料", "收费", "审批结果", "办理流程图", "办理步骤", "备注", "办理依据", "办理渠道"]


def test_empty_parts_are_left_out() -> None:
    chart = bare()
    named = guide_of(chart.flow, Item(name="查询", item_type="公共服务"), "", edition=chart.edition)

    assert [part.id for part in guide_of(chart.flow, None, "", edition=chart.edition).parts] == ["chart", "steps"]
    assert [part.id for part in named.parts] == ["basic", "chart", "steps"]
    assert named.parts[0] == Fields("basic", "基本信息", (("事项类型", named.parts[0].rows[0][1]),))


def test_every_element_is_said_somewhere() -> None:
    """Whatever an author fills in reaches the applicant, but for what is only meant for machines and offices."""
    said = repr(guide())
    unsaid = {"profile", "local_code", "catalog_code", "parent", "state", "cancelled_on", "authority_code",
              "authority_kind",
              "entrusted_by", "statutory_note", "illustrative", "allow", "name", "where"}
    item = full().item
    assert item is not None

    for name in Item.model_fields.keys() - unsaid:
        value = getattr(item, name)
        for part in value if isinstance(value, tuple) else (value,):
            text = getattr(part, "zh", None) or getattr(part, "name", None) or str(part)
            assert text.split("：")[-1] in said or (name, text) == ("fee", item.fee.zh), name


def test_made_up_values_are_marked() -> None:
    places = next(part for part in guide().parts if part.id == "places")
    materials = next(part for part in guide().parts if part.id == "materials")

    assert isinstance(places,
                      Fields) and places.rows[0][1].text == "政务中心三楼＊" and places.rows[1][1].text == "工作日9:00—17:00"
    assert isinstance(materials, Table) and [row[0].text for row in materials.rows] == ["申请表＊", "效果图＊"]
    assert guide().illustrative.startswith("＊")


def test_columns_in_which_nothing_stands_are_left_out() -> None:
    materials = next(part for part in guide().parts if part.id == "materials")

    assert isinstance(materials, Table)
    assert materials.heads == ("材料名称", "材料必要性", "材料类型", "材料形式", "纸质材料份数", "纸质材料规格", "来源渠道", "受理标准",
                               "填报须知", "要求提供材料的依据", "空白表格")
    assert materials.rows[0][-1].link == "https://example.cn/form.docx"
    assert len(materials.widths) == len(materials.heads)


def test_names_alone_are_a_list() -> None:
    chart = full()
    item = Item(name="甲", item_type="行政许可", materials=("申请表", "照片"))
    made = guide_of(chart.flow, item, "", edition=chart.edition)

    assert Lines("materials", "申请材料", ("申请表", "照片"), True) in made.parts


def test_where_nothing_is_charged_nothing_more_is_said() -> None:
    chart = bare()
    item = Item(name="甲", item_type="行政许可", fee="不收费")
    [fees] = [part for part in guide_of(chart.flow, item, "", edition=chart.edition).parts if part.id == "fees"]

    assert isinstance(fees, Fields) and [(name, value.text) for name, value in fees.rows] == [("是否收费", "否")]


def test_the_hash_is_the_one_on_the_chart() -> None:
    chart = full()

    assert f"内容校验码：{guide().hash[:16]}" in chart.svg()
    assert guide().hash != guide_of(chart.flow, chart.item, "变更", edition=chart.edition).hash
