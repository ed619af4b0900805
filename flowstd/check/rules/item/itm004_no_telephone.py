"""ITM004: nobody can be rung up, or complaints go to the same telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject

PHONE = re.compile(r"\d{3,4}[-－—]\d{5,8}|\d{5,12}")


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    numbers = {title: PHONE.findall(text) for title,
               text in (("咨询方式", item.contact), ("监督投诉方式", item.complaint))}
    for title, text in (("咨询方式", item.contact), ("监督投诉方式", item.complaint)):
        if text and not numbers[title]:
            yield Fault(Text(f"“{title}”没有电话号码：{text[:40]}", f"{title} holds no telephone number: {text[:40]}"),
                        Text("写上带区号的电话", "give a number with its area code"))
    if numbers["咨询方式"] and set(numbers["咨询方式"]) == set(numbers["监督投诉方式"]):
        yield Fault(Text(f"咨询和监督投诉是同一个电话 {numbers['咨询方式'][0]}",
                         f"questions and complaints go to the same number, {numbers['咨询方式'][0]}"),
                    Text("监督投诉另设电话", "give complaints a number of their own"))


def bad() -> Subject:
    return ordinary({"contact": "0531-12345", "complaint": "0531-12345"})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="ITM004", name="no-telephone", since="0.1", reads="item",
    summary=Text("咨询、投诉没有电话，或者是同一个电话。",
                 "No telephone for questions or complaints, or the same for both."),
    why=Text("向被投诉的人投诉，没有用。", "It is no use to complain to the one complained of."),
    source=practice("办事指南编制", "咨询方式、监督投诉方式"),
    bad=bad, good=good, check=check,
)
