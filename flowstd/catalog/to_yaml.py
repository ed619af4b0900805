"""A case → its item as YAML, beside the file that holds its flow: ``cases_in`` gives the same case back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from flowstd.base.errors import FlowstdError
from flowstd.base.legal import LegalSource
from flowstd.base.term import Term
from flowstd.dsl.law import law
from flowstd.item.term_text import term_from

if TYPE_CHECKING:
    from flowstd.ir.case import Case


def item_yaml(case: Case, flow_file: str) -> str:
    """The item of *case* with its scenario, whose flow stands in *flow_file* beside it.

    >>> from flowstd import Item
    >>> from flowstd.dsl import applicant, end
    >>> case = Item(name="档案查询", item_type="公共服务", code="0012", promised="1工作日").scenario(
    ...     "查询", applicant.submit("提交申请") >> end.done)
    >>> print(item_yaml(case, "0012.flow.json"), end="")
    name: 档案查询
    item_type: 公共服务
    code: '0012'
    promised: 1个工作日
    scenario: 查询
    flow: 0012.flow.json
    """
    import yaml

    about = _fields(case.item) | ({"scenario": case.scenario} if case.scenario else {}) | {"flow": flow_file}
    return str(yaml.safe_dump(about, allow_unicode=True, sort_keys=False, width=100))


def _fields(model: BaseModel) -> dict[str, Any]:
    """What *model* says besides its defaults."""
    found: dict[str, Any] = {}
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if name != "where" and value != field.default:
            found[name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Term):
        return value.zh if _same(value) else {"count": value.count, "unit": value.unit.value}
    if isinstance(value, LegalSource):
        return value.zh if law(value.zh) == value else _citation(value)
    if isinstance(value, BaseModel):
        found = _fields(value)
        return found["name"] if found.keys() == {"name"} else found
    return value


def _same(term: Term) -> bool:
    try:
        return term_from(term.zh) == term
    except FlowstdError:
        return False


def _citation(source: LegalSource) -> dict[str, Any]:
    about: dict[str, Any] = {}
    for name in LegalSource.model_fields:
        value = getattr(source, name)
        if value and (name != "evidence" or value != LegalSource.model_fields[name].default):
            about[name] = value if isinstance(value, date) else str(value)
    return about
