"""COD004: a handling code that is no item code with a number."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.errors import FlowstdError
from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.item.codes import handling_code

LENGTH = 33


def check(subject: Subject) -> Iterator[Fault]:
    code = subject.item.code
    if not is_handling_code(code):
        return
    try:
        serial = handling_code(code).serial
    except FlowstdError as error:
        yield Fault(error.what, error.fix or Text("前 31 位是实施编码，后 2 位是从 01 起的序号",
                                                  "the first 31 characters are the item code, the last 2 a number "
                                                  "from 01 on"))
        return
    if serial == "00":
        yield Fault(Text(f"业务办理项编码“{code}”的序号是 00", f'the handling code "{code}" ends in the number 00'),
                    Text("序号从 01 起编", "numbers begin with 01"))


def is_handling_code(code: str) -> bool:
    """Whether *code* is meant for one, not for an item code (COD001) or a local one."""
    return len(code) == LENGTH and "-" not in code and "." not in code


def bad() -> Subject:
    return ordinary({"code": "11379900MB00000000337011700300000"})


def good() -> Subject:
    return ordinary({"code": "11379900MB00000000337011700300001"})


RULE = Rule(
    code="COD004", name="handling-code", since="0.1", reads="item",
    summary=Text("业务办理项编码不是实施编码加两位序号。", "A handling code is not an item code with a number of two digits."),
    why=Text("一个情形一个业务办理项编码，平台靠它找到对应的流程。",
             "Each scenario has a handling code; platforms find its flow by it."),
    source=modelled("GB/T 39554.1-2020", "业务办理项编码"),
    bad=bad, good=good, check=check,
)
