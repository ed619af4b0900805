"""MAT006: a form to fill in that nobody can get."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject

FORM = re.compile(r"(?:申请表|申请书|登记表|备案表|申报表|承诺书)")


def check(subject: Subject) -> Iterator[Fault]:
    for material in subject.item.materials:
        if not FORM.search(material.name):
            continue
        missing = [title for title, link in (("空白表格", material.blank), ("示例样表", material.sample)) if not link]
        if missing:
            yield Fault(Text(f"表格“{material.name}”没有{'和'.join(missing)}",
                             f'the form "{material.name}" has no {" and no ".join(missing)}'),
                        Text(f"填写{'、'.join(missing)}的下载地址",
                             "give the address of the blank form and of a filled example"),
                        where=material.where)


def bad() -> Subject:
    return ordinary({"materials": ["申请表"]})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="MAT006", name="form-without-blank", since="0.1", reads="item",
    summary=Text("申请表格没有空白表或者样表。", "A form has no blank or no example."),
    why=Text("需要采用格式文本的，应当向申请人提供，并公示示范文本。",
             "Where a form is prescribed, it is supplied, and an example shown."),
    source=licensing("第二十九条、第三十条"),
    bad=bad, good=good, check=check,
)
