"""COD002: an organ code fails its check character."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.errors import FlowstdError
from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.item.codes import old_organ_code, organ_code


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    parts = [item.code[:18]] if len(item.code) in (31, 33) and "-" not in item.code else item.code.split("-")
    seen: set[str] = set()
    for title, code in (("实施主体编码", item.authority_code),
                        *(("实施编码", part) for part in parts if len(part) == 18)):
        if not code or code in seen:
            continue
        seen.add(code)
        try:
            organ_code(code) if len(code) > 10 else old_organ_code(code)
        except FlowstdError as error:
            yield Fault(Text(f"“{title}”：{error.what.zh}", f"{title}: {error.what.en}"),
                        error.fix or Text("向登记机关核对编码", "compare it with the register"))


def bad() -> Subject:
    return ordinary({"authority_code": "11379900MB0000001X"})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="COD002", name="check-character", since="0.1", reads="item",
    summary=Text("机关的信用代码校验不通过。", "The credit code of the organ fails its check character."),
    why=Text("校验码能查出抄错的一位和对调的两位。", "The check character finds one wrong digit and two swapped ones."),
    source=modelled("GB 32100", "统一社会信用代码校验码"),
    bad=bad, good=good, check=check,
)
