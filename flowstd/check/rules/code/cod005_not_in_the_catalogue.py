"""COD005: an item that the basic catalogue does not list."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import jinan, measures
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import catalogue
from flowstd.check.subject import Subject

LISTED = {"370117003000": "户外广告设施设置许可"}


def check(subject: Subject) -> Iterator[Fault]:
    for case in subject.cases if subject.listed is not None else ():
        code = case.item.catalog_code
        if code and subject.listed is not None and code not in subject.listed:
            yield Fault(Text(f"基本编码“{code}”不在基本目录里", f"the catalogue code {code} is not in the basic catalogue"),
                        Text("核对基本编码；目录外的事项不得实施，确需新增的先调整目录",
                             "compare the code; an item outside the catalogue may not be offered: have the catalogue "
                             "changed first"),
                        where=case.item.where or case.where, item=case.key,
                        source=measures("第六条", case.item))


def bad() -> Subject:
    return catalogue({"catalog_code": "370117009000"}, listed=LISTED)


def good() -> Subject:
    return catalogue({}, listed=LISTED)


RULE = Rule(
    code="COD005", name="not-in-the-catalogue", since="0.1", reads="catalogue",
    summary=Text("事项的基本编码不在基本目录里。", "An item's catalogue code is not in the basic catalogue."),
    why=Text("各类清单应当与基本目录一致，不得在目录外实施；目录写在 flowstd.toml 的 basic_catalogue。",
             "Every list agrees with the basic catalogue and nothing is offered outside it; flowstd.toml names it as "
             "basic_catalogue."),
    source=jinan("第六条"),
    bad=bad, good=good, check=check,
)
