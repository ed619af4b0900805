"""Items: what they take, what they refuse, and how that is said."""

from __future__ import annotations

import inspect
import pickle
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from flowstd.base.errors import BadElement, FlowstdError
from flowstd.base.term import workdays, years
from flowstd.base.where import Where
from flowstd.item import Fee, Item, ItemProblems, Material, Result, item_from, problems_of
from flowstd.item.model import INNER_LISTS, LISTS
from flowstd.item.profile import profile

FULL: dict[str, Any] = {
    "事项名称": "经营高危险性体育项目许可（经营滑雪）",
    "实施编码": "12441500196720244T3442199806003",
    "事项类型": "行政许可",
    "实施主体": "区行政审批局",
    "实施主体编码": "68236467-9",
    "行使层级": ["县级"],
    "权力来源": "法定本级行使",
    "设定依据": ["《全民健身条例》（国务院令第560号）第三十二条"],
    "法定办结时限": "20个工作日",
    "法定办结时限说明": "不含现场勘验时间",
    "承诺办结时限": "5个工作日",
    "受理条件": "有符合标准的设施\n有符合要求的救助人员",
    "办件类型": "2",
    "服务对象": "2^3",
    "办理形式": ["窗口办理", "网上办理"],
    "特别程序": "现场勘验、专家评审",
    "到办事现场次数": 1,
    "必须现场办理原因说明": "核验原件",
    "申请材料": ["申请表", {"材料名称": "场所证明", "材料必要性": "容缺后补", "纸质材料份数": 2}],
    "收费": "不收费",
    "审批结果": [{"审批结果名称": "经营许可证", "审批结果类型": "证照", "有效期限": "5年"}],
    "办理时间": "周一至周五\r\n9:00—17:00",
    "网上办理地址": "https://example.gov.cn/ski?id=1",
    "计划生效日期": date(2026, 1, 1),
    "示例要素": ["承诺办结时限", "materials"],
}


def item(**elements: Any) -> Item:
    return Item(**{"name": "户外广告设施设置许可", "item_type": "行政许可", **elements})


def test_every_element_by_the_name_offices_use() -> None:
    ski = item_from(FULL)

    assert ski.statutory == workdays(20) and ski.promised == workdays(5)
    assert ski.case_type == "承诺件" and ski.service_targets == ("企业法人", "事业法人")
    assert ski.special_procedures == ("现场勘验", "专家评审")
    assert ski.acceptance_conditions == ("有符合标准的设施", "有符合要求的救助人员")
    assert ski.legal_bases[0].zh == "《全民健身条例》（国务院令第560号）第三十二条"
    assert [material.name for material in ski.materials] == ["申请表", "场所证明"]
    assert ski.fee == Fee(charged=False) and ski.results[0].valid == years(5)
    assert ski.opening_hours == "周一至周五\n9:00—17:00"
    assert ski.illustrative == ("promised", "materials")


def test_an_item_survives_json_and_pickle() -> None:
    ski = item_from(FULL)

    assert Item.model_validate_json(ski.model_dump_json(exclude_defaults=True)) == ski
    assert pickle.loads(pickle.dumps(ski)) == ski
    assert hash(pickle.loads(pickle.dumps(ski))) == hash(ski)


def test_an_item_is_a_value() -> None:
    one, other = item(), item_from({"name": "户外广告设施设置许可", "item_type": "01"}, Where("other.yaml", 9))

    assert one == other and hash(one) == hash(other) and one.where != other.where
    assert one != item(code="1")
    with pytest.raises(ValidationError):
        one.name = "another"  # type: ignore[misc]


def test_an_item_remembers_its_author_s_line() -> None:
    line = inspect.currentframe().f_lineno + 1  # type: ignore[union-attr]
    made = item_here()

    assert made.where.file == __file__ and made.where.line > line
    assert Material(name="申请表").where.file == __file__


def item_here() -> Item:
    return Item(name="户外广告", item_type="行政许可")


def test_codes_of_a_list_become_its_words_by_the_item_s_profile() -> None:
    assert item(item_type="20").item_type == "公共服务"
    assert item(item_type="20", profile="guangdong").item_type == "其他行政权力"
    assert item(profile="guangdong", materials=[{"name": "证", "kind": "1"}]).materials[0].kind == "证件证书证明"


def test_lists_name_real_elements_and_real_code_lists() -> None:
    for element, codes in LISTS.items():
        assert element in Item.model_fields and profile().list(codes)
    for model, fields in INNER_LISTS.items():
        for element, codes in fields.items():
            assert element in model.model_fields and profile().list(codes)


def test_every_element_has_an_office_s_name_of_its_own() -> None:
    for model in (Item, Material, Fee, Result):
        titles = [field.title for name, field in model.model_fields.items() if name != "where"]
        assert all(titles) and len(set(titles)) == len(titles)


@pytest.mark.parametrize(("elements", "element", "said", "remedy"), [
    ({"item_type": "行政许克"}, "item_type", "行政许克", "行政许可"),
    ({"case_type": "承诺"}, "case_type", "承诺", "承诺件"),
    ({"service_targets": ["自然人", "法人企业"]}, "service_targets[1]", "法人企业", "企业"),
    ({"materials": [{"name": "证", "need": "必须"}]}, "materials[0].need", "必须", "必要"),
    ({"results": {"name": "证", "type": "证件"}}, "results[0].type", "证件", "证照"),
    ({"profile": "guangdon"}, "profile", "guangdon", "guangdong"),
    ({"promised": 5}, "promised", "no unit", "5 workdays"),
    ({"promised": True}, "promised", "no unit", ""),
    ({"promised": "5"}, "promised", "no unit", "20 workdays"),
    ({"promised": {"count": "5", "unit": "workdays"}}, "promised.count", "whole number", ""),
    ({"onsite_visits": "5"}, "onsite_visits", "whole number", ""),
    ({"onsite_visits": True}, "onsite_visits", "whole number", ""),
    ({"onsite_visits": 1.0}, "onsite_visits", "whole number", ""),
    ({"onsite_visits": -1}, "onsite_visits", "less than 0", ""),
    ({"name": ""}, "name", "empty", ""),
    ({"name": " \n "}, "name", "empty", ""),
    ({"name": 5}, "name", "text", '"5"'),
    ({"name": None}, "name", "text", ""),
    ({"name": "许" * 301}, "name", "300", ""),
    ({"name": "a\x07b"}, "name", "U+0007", "remove"),
    ({"name": "a\ud800b"}, "name", "U+D800", "remove"),
    ({"place": "大厅\x00"}, "place", "U+0000", "remove"),
    ({"code": "../../x"}, "code", "../../x", "letters, digits"),
    ({"code": "a/b"}, "code", "a/b", "letters, digits"),
    ({"code": "CON"}, "code", "CON", "device"),
    ({"code": "许" * 200}, "code", "…", "64"),
    ({"code": 12}, "code", "text", '"12"'),
    ({"code": "a\x1bb"}, "code", "cannot be a code", ""),
    ({"link": "javascript:alert(1)"}, "link", "http", ""),
    ({"link": 'https://a"b'}, "link", "http", ""),
    ({"effective_on": "2026-02-30"}, "effective_on", "2026-02-30", "2026-01-31"),
    ({"effective_on": 20260101}, "effective_on", "not a date", "2026-01-31"),
    ({"fee": {"charged": "yes"}}, "fee.charged", "true or false", ""),
    ({"fee": "十元"}, "fee", "group", ""),
    ({"legal_bases": [" "]}, "legal_bases[0]", "empty", ""),
    ({"legal_bases": {"title": "行政\x07许可法"}}, "legal_bases[0]", "U+0007", "remove"),
    ({"legal_bases": {"title": ""}}, "legal_bases[0]", "title", ""),
    ({"levels": 3}, "levels[0]", "text", '"3"'),
    ({"illustrative": ["promise"]}, "illustrative[0]", "promise", "promised"),
    ({"naem": "x"}, "naem", "no such element", "name"),
])
def test_a_fault_names_its_element_and_a_remedy(elements: dict[str, Any], element: str, said: str, remedy: str) -> None:
    with pytest.raises(BadElement) as caught:
        item(**elements)

    error = caught.value
    assert error.what.en.startswith(f"{element}: ") and said in error.what.en
    assert element in error.what.zh and "“" in error.what.zh
    assert remedy in (error.fix.en if error.fix else "")
    assert error.where.file == __file__ and error.where.line > 0
    assert str(error).isprintable() or "\n" in str(error)


def test_every_fault_of_a_file_is_told_with_its_own_place() -> None:
    data = {"事项名称": "x", "name": "y", "事项类形": "行政许可", "where": 1, 5: 6, "承诺办结时限": "20天",
            "申请材料": [{"材料名称": 5}, {"材料必要性": "必要", "材料名": "证"}]}
    lines = {(): 1, ("name",): 3, ("事项类形",): 4, ("where",): 5, (5,): 6, ("承诺办结时限",): 7,
             ("申请材料", 0): 8, ("申请材料", 0, "材料名称"): 8, ("申请材料", 1): 9, ("申请材料", 1, "材料名"): 10}
    with pytest.raises(ItemProblems) as caught:
        item_from(data, Where("a.yaml", 1), lambda path: Where("a.yaml", lines[path]))

    told = [(error.where.line, error.what.en) for error in problems_of(caught.value)]
    assert told == [
        (3, '"name" is given twice (name)'),
        (4, 'there is no element "事项类形"'),
        (5, 'there is no element "where"'),
        (6, 'there is no element "5"'),
        (10, 'there is no element "材料名"'),
        (1, "item_type: is missing"),
        (7, 'promised: the limit "20天" does not say which days'),
        (8, "materials[0].name: should be text, not 5"),
        (9, "materials[1].name: is missing"),
    ]
    assert "9 faults" in caught.value.what.en and "9 处" in caught.value.what.zh


def test_faults_of_several_list_values_are_all_told() -> None:
    with pytest.raises(ItemProblems) as caught:
        item(levels=["是级", "县级", "x"], materials=[{"name": "a", "need": "?"}, {"name": "b", "kind": "?"}])

    assert [error.what.en.partition(":")[0] for error in problems_of(caught.value)] == [
        "levels[0]", "levels[2]", "materials[0].need", "materials[1].kind"]


def test_one_fault_is_raised_as_itself() -> None:
    with pytest.raises(BadElement) as caught:
        item_from({"name": "x", "item_type": "?"}, Where("a.csv", 7))

    assert type(caught.value) is BadElement and problems_of(caught.value) == (caught.value,)
    assert str(caught.value.where) == "a.csv:7"


def test_parts_of_an_item_are_placed_where_they_are_written() -> None:
    made = item_from({"name": "x", "item_type": "01", "materials": [{"name": "证"}]}, Where("a.yaml", 1),
                     lambda path: Where("a.yaml", 1 + len(path)))

    assert made.where.line == 1 and made.materials[0].where.line == 3


def test_an_element_s_mistake_in_python_is_no_traceback_of_pydantic() -> None:
    for make in (lambda: Material(name=5), lambda: Fee(charged=1), lambda: Result(nmae="x")):  # type: ignore
        with pytest.raises(FlowstdError) as caught:
            make()
        assert caught.value.__cause__ is None and caught.value.where.file == __file__


def test_text_that_is_only_strange_is_kept() -> None:
    name = '<script>alert("x")</script> ]]> & \' 𠮷'

    assert item(name=name).name == name


def test_a_name_is_one_line() -> None:
    assert item(name="户外\r\n  广告\t许可").name == "户外 广告 许可"


def test_files_are_called_by_the_code_or_else_the_name() -> None:
    assert item(code="511A-01").file_name == "511A-01"
    assert item().file_name == "户外广告设施设置许可"
    assert "/" not in item(name="a/b").file_name


KEYS = st.sampled_from(["name", "材料名称", "charged", "count", "x"])
VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
                      max_leaves=6)


@given(st.dictionaries(st.sampled_from(list(Item.model_fields)) | st.text(max_size=5), VALUES, max_size=6))
def test_any_data_is_an_item_or_an_author_s_mistake(data: dict[str, Any]) -> None:
    try:
        assert isinstance(item_from({"name": "x", "item_type": "01", **data}), Item)
    except BadElement as error:
        for problem in problems_of(error):
            assert problem.what.zh and problem.what.en


def test_a_word_keeps_its_brackets() -> None:
    item = Item(name="许可", item_type="行政许可", levels="省级、镇（乡、街道）级")

    assert item.levels == ("省级", "镇（乡、街道）级")
