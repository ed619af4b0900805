"""The workbook that a department fills in: its sheets, their columns, and what each column is told to be.

Reader and writer share this table. ``field`` is the element or the part of a step
that a column holds; ``codes`` names the code list that its drop-down offers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flowstd.base.legal import Evidence
from flowstd.ir.office import DOCUMENTS, KINDS, OUTCOMES, ROLES, STEPS
from flowstd.item.model import INNER_LISTS, LISTS, Fee, Item, Material, Result


class Column(NamedTuple):
    """One column of a sheet."""

    title: str
    field: str
    help: str = ""
    width: int = 16                   # in letters
    codes: str = ""                   # the code list it offers: of the profile, or one of WORDS
    many: bool = False                # several values, one a line or divided by ；
    strict: bool = False              # only words of the list can be entered


class Table(NamedTuple):
    """One sheet."""

    name: str
    help: str
    columns: tuple[Column, ...]


WORDS: Mapping[str, tuple[str, ...]] = {
    "yes_no": ("是", "否"), "kind": tuple(KINDS.values()), "step": tuple(STEPS.values()), "role": tuple(ROLES.values()),
    "outcome": tuple(OUTCOMES.values()), "document": tuple(DOCUMENTS.values()),
    "evidence": tuple(level.value for level in Evidence),
}

MANY = "可填多个：每行一个（Alt+Enter 换行），或用“；”分开。"
TERM = "写数字和单位：20工作日、7自然日、2个月；当场办结写“当场”。不要只写“天”。"
LAW = "写成《名称》（文号）第几条。" + MANY
ITEM = Column("事项", "of", "事项的实施编码；没有编码的写事项名称。空着表示同上一行。", 26)
SCENARIO = Column("情形", "scenario", "新办、变更、延续、注销等；空着表示该事项的全部情形。", 10)


def _element(field: str, help: str = "", width: int = 16, *, many: bool = False) -> Column:
    title = Item.model_fields[field].title or field
    return Column(title, field, help, width, LISTS.get(field, ""), many, field in LISTS and not many)


def _fee(field: str, title: str = "", help: str = "", width: int = 12) -> Column:
    title = title or Fee.model_fields[field].title or field
    yes_no = "yes_no" if field in ("charged", "waivable") else ""
    return Column(title, f"fee.{field}", help, width, yes_no, strict=bool(yes_no))


def _material(field: str, help: str = "", width: int = 14) -> Column:
    codes = INNER_LISTS[Material].get(field, "")
    return Column(Material.model_fields[field].title or field, field, help, width, codes, strict=bool(codes))


def _result(field: str, help: str = "", width: int = 14) -> Column:
    codes = INNER_LISTS[Result].get(field, "")
    return Column(Result.model_fields[field].title or field, field, help, width, codes, strict=bool(codes))


ITEMS = Table("事项", "一行是一个事项的一种情形，对应一张流程图。", (
    _element("code", "事项的实施编码或地方编码，只用字母、数字和 . _ -。材料、步骤等表靠它找到事项。", 26),
    _element("name", "必填。与公布的事项名称一字不差。", 34),
    Column("情形", "scenario", "新办、变更、延续、补办、注销等；同一事项有几种情形就写几行。", 10),
    _element("item_type", "必填。从下拉列表中选。", 12),
    _element("authority", "", 20),
    _element("office", "", 14),
    _element("statutory", TERM, 14),
    _element("promised", TERM + "不得长于法定时限。", 14),
    _element("case_type", "", 10),
    Column("模板", "template", "按标准模板办理的写模板名称（如 ordinary_licence），步骤表就不用填；自己写步骤的空着。", 18),
    _element("acceptance_conditions", "每行一条。", 30, many=True),
    _element("levels", MANY, 12, many=True),
    _element("service_targets", MANY, 12, many=True),
    _element("channels", MANY, 12, many=True),
    _element("special_procedures", "听证、检验、检测、鉴定、专家评审等。" + MANY, 14, many=True),
    _element("onsite_visits", "写数字：最多跑几次。", 10),
    _element("onsite_reason", "", 20),
    _fee("charged"), _fee("name"), _fee("standard", width=18), _fee("basis", help=LAW, width=18), _fee("waivable"),
    _fee("waiver_basis", help=LAW, width=18),
    _element("legal_bases", LAW, 36, many=True),
    _element("place", "", 24), _element("opening_hours", "", 20), _element("contact", "", 18),
    _element("complaint", "", 18),
    _element("link", "以 http:// 或 https:// 开头。", 24),
    _element("statutory_note", "", 20), _element("promised_note", "", 20),
    _element("power_source"), _element("area", "", 12), _element("authority_code", "", 20),
    _element("authority_kind", "", 12),
    _element("entrusted_by"), _element("parent", "", 20), _element("local_code", "", 20), _element("catalog_code"),
    _element("state", "", 8), _element("version", "", 8),
    _element("effective_on", "写成 2026-01-31。", 12), _element("cancelled_on", "写成 2026-01-31。", 12),
    _element("illustrative", "值只是示例、不是本单位实际情况的要素名称。" + MANY, 16, many=True),
    Column("流程名称", "title", "图的名称；空着就是“事项名称（情形）”。", 20),
    _element("profile", "national 或 guangdong。", 10),
))

MATERIALS = Table("材料", "一行是一份申请材料。", (
    ITEM, SCENARIO,
    _material("name", "必填。", 30), _material("need"), _material("kind"), _material("form"), _material("source"),
    _material("copies", "写数字。", 10), _material("size", "如 A4。", 10), _material("note", "", 26),
    _material("standard", "", 26),
    _material("basis", LAW, 30), _material("blank", "网址。", 20), _material("sample", "网址。", 20),
))

RESULTS = Table("结果", "一行是一种审批结果（证照、批文）。步骤里出具的文书与这里同名的，就是审批结果。", (
    ITEM, SCENARIO,
    _result("name", "必填。", 30), _result("type"), _result("valid", TERM), _result("valid_note", "", 24),
    _result("sample", "网址。", 20),
))

STEPS_TABLE = Table("步骤", "一行是一个步骤，按办理顺序写；没有写“下一步”的，接着办下一行。", (
    ITEM, SCENARIO,
    Column("泳道", "lane", "必填。谁来办：申请人、窗口、审查人员、决定人员、第三方机构，或其他机关的名称。", 14),
    Column("步骤名称", "label", "必填（并行汇合除外）。判断写成问句，如“材料是否齐全？”。", 28),
    Column("类别", "kind", "空着是“步骤”；有两个以上分支的是“判断”；有办结状态的是“结束”。", 10, "kind", strict=True),
    Column("环节", "step", "这个步骤属于哪个环节；检查时限和法定程序要用到。", 12, "step"),
    Column("时限", "within", TERM, 12),
    Column("下一步", "next", "空着就是下一行。不是下一行的写步骤名称；返回前面的步骤也这样写。判断的去向写在“分支”表。", 24, many=True),
    Column("提交材料", "takes", "这一步收下的材料。" + MANY, 24, many=True),
    Column("出具文书", "issues", "这一步出具的文书或证照。" + MANY, 24, many=True),
    Column("法律依据", "bases", LAW, 30, many=True),
    Column("不计入时限依据", "excluded_by", "这一步的时间依法不计入办结时限的，写出依据。", 24),
    Column("须到现场", "onsite", "申请人必须到现场的写“是”。", 9, "yes_no", strict=True),
    Column("审查标准", "criteria", "", 26),
    Column("岗位", "post", "", 12),
    Column("备注", "note", "画在步骤旁边。", 20),
    Column("办结状态", "outcome", "只有“结束”填：准予、不予许可、不予受理等。", 12, "outcome", strict=True),
    Column("引用流程", "calls", "只有“引用流程”填：另一张图的事项编码。", 20),
    Column("角色", "role", "泳道不是常用名称时，说明它是哪种角色。", 12, "role", strict=True),
    Column("分组", "group", "", 12),
    Column("标识", "id", "一般空着。同一泳道有两个同名步骤时，给其中一个写不同的标识。", 22),
))

BRANCHES = Table("分支", "一行是判断的一个出口。", (
    ITEM, SCENARIO,
    Column("步骤", "source", "必填。判断的名称；泳道里有同名的写“泳道/名称”。", 28),
    Column("分支", "label", "必填。写在线上的字，如 是、否、不属于职权。", 16),
    Column("去向", "target", "必填。走到哪一步：步骤名称，或“泳道/名称”。", 28),
    Column("其他情况走这里", "default", "判断的最后一个出口就是，一般空着。", 14, "yes_no", strict=True),
    Column("返回", "back", "回到前面步骤的会自动认出，一般空着。", 8, "yes_no", strict=True),
    Column("标识", "id", "一般空着。", 22),
    Column("序号", "number", "一般空着。", 8),
))

LANES = Table("泳道", "一般不用填：泳道按步骤表中出现的先后排列。", (
    ITEM, SCENARIO,
    Column("泳道", "name", "必填。", 16), Column("角色", "role", "", 12, "role", strict=True), Column("标识", "id", "一般空着。", 16),
))

PAPERS = Table("文书", "一般不用填：步骤表中提到的材料和文书自动列入。", (
    ITEM, SCENARIO,
    Column("名称", "name", "必填。", 30), Column("类别", "kind", "", 12, "document", strict=True),
    Column("标识", "id", "一般空着。", 16),
))

ALLOWANCES = Table("允许偏离", "一般不用填。某条检查规则对该事项可以不满足的，写明规则、理由和依据。", (
    ITEM, SCENARIO,
    Column("规则", "rule", "必填。规则代码，如 TIM016；flowstd rules 列出全部规则。", 14),
    Column("理由", "reason", "必填。", 40), Column("依据", "basis", LAW, 30), Column("有效期至", "until", "写成 2026-01-31。", 12),
    Column("步骤", "step", "只对这一步允许；空着表示整张图。", 24), Column("仅限情形", "only", "空着表示各种情形。", 12),
))

CITATIONS = Table("依据", "一般不用填。要写明施行日期、核对情况的法律依据列在这里，别处按“引用”的写法引用。", (
    Column("引用", "text", "必填。别处怎样引用它，如《行政许可法》第三十二条。", 36),
    Column("文件名称", "title", "必填。", 30), Column("文号", "number", "", 20), Column("条款", "article", "", 16),
    Column("施行日期", "in_force_from", "写成 2026-01-31。", 12), Column("失效日期", "in_force_until", "写成 2026-01-31。", 12),
    Column("核对日期", "checked_on", "写成 2026-01-31。", 12), Column("证据", "evidence", "", 12, "evidence", strict=True),
))

TABLES = (ITEMS, MATERIALS, RESULTS, STEPS_TABLE, BRANCHES, LANES, PAPERS, ALLOWANCES, CITATIONS)
INNER = {"materials": MATERIALS, "results": RESULTS,
         "allow": ALLOWANCES}      # element of an item → the sheet of its parts
BY_NAME = {table.name: table for table in TABLES}
GUIDE = "说明"                          # the sheet that says how to fill in the others
CODES = "代码表"                        # the sheet that the drop-downs look at
