"""COD001: an item code that is no item code."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.errors import FlowstdError
from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.item.codes import catalog_code, item_code


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    for title, code, read in (("实施编码", item.code, item_code), ("基本编码", item.catalog_code, catalog_code)):
        if not code or "-" in code or "." in code or (title == "实施编码" and len(code) < 20):
            continue                      # a local code: its own profile knows its shape
        if title == "实施编码" and len(code) == 33:
            continue                      # a handling code: COD004
        try:
            read(code)
        except FlowstdError as error:
            if "校验码" not in error.what.zh:      # COD002
                yield Fault(error.what,
                            error.fix or Text("按 31 位（18 位信用代码、1 位层级、12 位基本编码）核对；地方编码写在“地方实施编码”",
                                                          "31 characters: credit code 18, level 1, catalogue code 12; "
                                                          "a local code belongs into 地方实施编码"))


def bad() -> Subject:
    return ordinary({"code": "11379900MB000000003370117003"})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="COD001", name="code-shape", since="0.1", reads="item",
    summary=Text("实施编码或基本编码的位数、字符不对。",
                 "An item or catalogue code has the wrong length or characters."),
    why=Text("编码错一位，平台上就对不上。", "One wrong character and the platforms do not find the item."),
    source=modelled("GB/T 39554.1-2020", "编码要求"),
    bad=bad, good=good, check=check,
)
