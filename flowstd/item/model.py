"""Item: one service item with its elements. Titles are what offices call them; messages and files take either name.

Element names follow the exchange tables of the national platform as programs
implement them. Only the name and the type are needed to draw; what else must be
there before a chart may be published is said by the checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from flowstd.base.digest import canonical
from flowstd.base.errors import FlowstdError
from flowstd.base.kept import Kept
from flowstd.base.late import late
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text

from .allowance import Allowance
from .codes import file_name, readable_name
from .element import Element
from .problems import field_names
from .profile import DEFAULT, profile
from .values import (
    Code,
    Day,
    Law,
    Laws,
    Limit,
    Line,
    Lines,
    Link,
    Name,
    Path,
    Prose,
    Whole,
    Words,
    YesNo,
    listed,
    many,
    named,
    wrong,
)

if TYPE_CHECKING:
    from flowstd.ir.case import Case


class Material(Element):
    """One paper the applicant brings. A text alone is its name.

    >>> Material(name="申请表", kind="原件", copies=2).copies
    2
    >>> Item(name="户外广告设施设置许可", item_type="行政许可", materials=["申请表"]).materials[0].name
    '申请表'
    """

    name: Name = Field(title="材料名称")
    need: Line = Field("", title="材料必要性")               # 必要, 非必要, 容缺后补
    kind: Line = Field("", title="材料类型")                 # 原件, 复印件 …
    form: Line = Field("", title="材料形式")                 # 纸质, 电子化 …
    source: Line = Field("", title="来源渠道")
    copies: Whole | None = Field(None, title="纸质材料份数")
    size: Line = Field("", title="纸质材料规格")
    note: Prose = Field("", title="填报须知")
    standard: Prose = Field("", title="受理标准")
    basis: Law | None = Field(None, title="要求提供材料的依据")
    blank: Link = Field("", title="空白表格")
    sample: Link = Field("", title="示例样表")


class Fee(Element):
    """What the applicant pays. ``不收费`` alone says that nothing is charged.

    >>> Item(name="户外广告设施设置许可", item_type="行政许可", fee="不收费").fee.charged
    False
    """

    charged: YesNo = Field(title="是否收费")
    name: Line = Field("", title="收费项目名称")
    standard: Prose = Field("", title="收费标准")
    basis: Law | None = Field(None, title="收费依据")
    waivable: YesNo = Field(False, title="是否允许减免")
    waiver_basis: Law | None = Field(None, title="允许减免依据")

    @property
    def zh(self) -> str:
        """The fee as a chart shows it.

        >>> Fee(charged=False).zh, Fee(charged=True, standard="每证10元").zh
        ('不收费', '收费：每证10元')
        """
        detail = " ".join(part for part in (self.name, self.standard) if part)
        return ("收费" + (f"：{detail}" if detail else "")) if self.charged else "不收费"


class Result(Element):
    """What the applicant came for. A text alone is its name.

    >>> Result(name="户外广告设置许可证", type="证照", valid="3年").valid.zh
    '3年'
    """

    name: Name = Field(title="审批结果名称")
    type: Line = Field("", title="审批结果类型")             # 证照, 批文 …
    valid: Limit | None = Field(None, title="有效期限")
    valid_note: Line = Field("", title="有效期限说明")
    sample: Link = Field("", title="审批结果样本")


Materials = Annotated[tuple[Annotated[Material, BeforeValidator(named)], ...], BeforeValidator(listed)]
Results = Annotated[tuple[Annotated[Result, BeforeValidator(named)], ...], BeforeValidator(listed)]


def _fee(value: Any) -> Any:
    if value is False or value in ("不收费", "否", "免费"):
        return {"charged": False}
    return value


_TEXTS = Kept()                       # a text is asked for by several outputs of one chart


class Item(Element):
    """One service item (政务服务事项).

    >>> item = Item(name="户外广告设施设置许可", item_type="行政许可", statutory="20个工作日", promised="5个工作日")
    >>> item.promised.zh
    '5个工作日'
    >>> Item(name="户外广告", item_type="行政许克")
    Traceback (most recent call last):
    flowstd.base.errors.BadElement: <doctest ...>:1:1: item_type: "行政许克" is not in the code list 事项类型
      fix: did you mean "行政许可"?
    """

    profile: Line = Field(DEFAULT, title="代码表方案")
    name: Name = Field(title="事项名称")
    item_type: Line = Field(title="事项类型")
    code: Code = Field("", title="实施编码")                 # the item's key: national (31) or local
    local_code: Line = Field("", title="地方实施编码")
    catalog_code: Line = Field("", title="基本编码")
    parent: Line = Field("", title="主项名称")
    state: Line = Field("", title="事项状态")
    version: Line = Field("", title="事项版本")
    effective_on: Day | None = Field(None, title="计划生效日期")
    cancelled_on: Day | None = Field(None, title="计划取消日期")

    authority: Line = Field("", title="实施主体")
    authority_code: Line = Field("", title="实施主体编码")
    authority_kind: Line = Field("", title="实施主体性质")
    entrusted_by: Line = Field("", title="委托部门")
    office: Line = Field("", title="承办科室")
    levels: Words = Field((), title="行使层级")
    power_source: Line = Field("", title="权力来源")
    legal_bases: Laws = Field((), title="设定依据")

    statutory: Limit | None = Field(None, title="法定办结时限")
    statutory_note: Prose = Field("", title="法定办结时限说明")
    promised: Limit | None = Field(None, title="承诺办结时限")
    promised_note: Prose = Field("", title="承诺办结时限说明")
    acceptance_conditions: Lines = Field((), title="受理条件")
    case_type: Line = Field("", title="办件类型")             # 即办件, 承诺件
    service_targets: Words = Field((), title="服务对象")
    channels: Words = Field((), title="办理形式")
    area: Line = Field("", title="通办范围")
    special_procedures: Words = Field((), title="特别程序")
    onsite_visits: Whole | None = Field(None, title="到办事现场次数")
    onsite_reason: Prose = Field("", title="必须现场办理原因说明")

    materials: Materials = Field((), title="申请材料")
    fee: Annotated[Fee, BeforeValidator(_fee)] | None = Field(None, title="收费")
    results: Results = Field((), title="审批结果")

    place: Prose = Field("", title="办理地点")
    opening_hours: Prose = Field("", title="办理时间")
    contact: Prose = Field("", title="咨询方式")
    complaint: Prose = Field("", title="监督投诉方式")
    link: Link = Field("", title="网上办理地址")

    allow: tuple[Allowance, ...] = Field((), title="允许的偏离")   # rules that need not hold, each with its reason
    illustrative: Words = Field((), title="示例要素")         # names of the elements whose values are made up

    @property
    def file_name(self) -> str:
        """What the item's files are called: its code, or its name where it has none.

        >>> Item(name="户外广告", item_type="行政许可").file_name
        '户外广告'
        """
        return file_name(self.code) if self.code else readable_name(self.name)

    def to_json(self) -> str:
        """Canonical JSON, as ``Item.model_validate_json`` reads it: defaults left out, keys sorted, one line.

        >>> Item(name="户外广告", item_type="行政许可", code="T-1").to_json()
        '{"code":"T-1","item_type":"行政许可","name":"户外广告"}'
        """
        return _TEXTS.of((self,), "", lambda: canonical(self.model_dump(mode="json", exclude_defaults=True)))

    def scenario(self, name: str, block: Any) -> Case:
        """This item in the scenario *name* (新办, 变更 …), handled as *block* or flow says: the unit of one chart."""
        case: Case = late("flowstd.ir.case:make_case")(self, name, block)
        return case

    @field_validator("profile")
    @classmethod
    def _known_profile(cls, name: str) -> str:
        try:
            return profile(name).name
        except FlowstdError as error:
            raise wrong(error.what, error.fix) from None

    @field_validator("item_type", "state", "authority_kind", "levels", "power_source", "case_type", "service_targets",
                     "channels", "area", "special_procedures")
    @classmethod
    def _listed(cls, value: Any, info: ValidationInfo) -> Any:
        """The words for what the author wrote, words or codes, of the profile's list for this element."""
        codes = LISTS[str(info.field_name)]
        if isinstance(value, tuple):
            return _words(info, [((place,), codes, word) for place, word in enumerate(value)])
        return _words(info, [((), codes, value)])[0]

    @field_validator("materials", "results")
    @classmethod
    def _listed_inside(cls, parts: tuple[Element, ...], info: ValidationInfo) -> tuple[Element, ...]:
        """The same inside each material and result."""
        asked = [((place, field), codes, getattr(part, field))
                 for place, part in enumerate(parts) for field, codes in INNER_LISTS[type(part)].items()]
        words: list[dict[str, str]] = [{} for _ in parts]
        for (path, _, _), word in zip(asked, _words(info, asked), strict=True):
            words[path[0]][path[1]] = word
        return tuple([part if all(getattr(part, field) == word for field, word in update.items())
                      else part.model_copy(update=update) for part, update in zip(parts, words, strict=True)])

    @field_validator("illustrative")
    @classmethod
    def _elements(cls, illustrative: tuple[str, ...]) -> tuple[str, ...]:
        known = field_names(cls)
        unknown = [((place,), Text(f"没有要素“{name[:40]}”", f'there is no element "{name[:40]}"'),
                    did_you_mean(name, known)) for place, name in enumerate(illustrative) if name not in known]
        if unknown:
            raise many(unknown)
        return tuple(known[name] for name in illustrative)


LISTS = {                                    # element → the profile's code list for it
    "item_type": "item_type", "state": "state", "authority_kind": "authority_kind", "levels": "level",
    "power_source": "power_source", "case_type": "case_type", "service_targets": "service_target",
    "channels": "channel", "area": "area", "special_procedures": "special_procedure",
}
INNER_LISTS: dict[type[Element], dict[str, str]] = {
    Material: {"need": "material_need", "kind": "material_kind", "form": "material_form",
               "source": "material_source"},
    Result: {"type": "result_type"},
}


def _words(info: ValidationInfo, asked: Sequence[tuple[Path, str, str]]) -> tuple[str, ...]:
    """The word for each value asked for by its place and code list; all that are not listed are told at once."""
    chosen = info.data.get("profile")
    if chosen is None:                       # the profile itself is wrong, and that is told
        return tuple(value for _, _, value in asked)
    words, faults = [], []
    for at, codes, value in asked:
        try:
            words.append(profile(chosen).list(codes).word(value) if value else "")
        except FlowstdError as error:
            faults.append((at, error.what, error.fix))
    if faults:
        raise many(faults)
    return tuple(words)
