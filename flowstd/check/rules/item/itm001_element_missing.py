"""ITM001: elements that every published item of its type must have are not filled in."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.item.element import Element

ALWAYS = ("code", "authority", "authority_code", "authority_kind", "levels", "catalog_code", "state", "version",
          "legal_bases", "acceptance_conditions", "case_type", "service_targets", "onsite_visits", "fee", "place",
          "opening_hours", "contact", "complaint")
NOT_OF_SERVICES = ("statutory", "promised", "power_source")        # optional for 公共服务
OF_A_FEE = ("name", "standard")                                    # what is paid for, and how much
NAMED = 6


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    wanted = ALWAYS if item.item_type == "公共服务" else (*ALWAYS, *NOT_OF_SERVICES)
    titles = _empty(item, wanted)
    if item.fee is not None and item.fee.charged:
        titles += _empty(item.fee, OF_A_FEE)
    if titles:
        rest = f"等 {len(titles)} 项" if len(titles) > NAMED else ""
        more = f" and {len(titles) - NAMED} more" if len(titles) > NAMED else ""
        yield Fault(Text(f"要素没有填写：{'、'.join(titles[:NAMED])}{rest}",
                         f"not filled in: {', '.join(titles[:NAMED])}{more}"),
                    Text(f"填写：{'、'.join(titles)}", f"fill in: {', '.join(titles)}"))


def _empty(element: Element, names: tuple[str, ...]) -> list[str]:
    fields = type(element).model_fields
    return [str(fields[name].title) for name in names if getattr(element, name) in ("", (), None)]


def bad() -> Subject:
    return ordinary({"contact": "", "fee": None})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="ITM001", name="element-missing", since="0.1", reads="item",
    summary=Text("必填的事项要素没有填写。", "Required elements of the item are missing."),
    why=Text("要素不齐的事项不能公布，办事人问不到的都会打电话来问。",
             "An item with gaps cannot be published; what people cannot read they ring up to ask."),
    source=modelled("GB/T 39554.2-2020", "要素要求（按交换表的必填项）"),
    bad=bad, good=good, check=check,
)
