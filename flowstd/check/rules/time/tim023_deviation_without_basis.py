"""TIM023: a longer limit that names no article."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import Unit, workdays
from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.limits import count
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.check.time import told
from flowstd.check.words import otherwise

LAW = licensing("第四十二条第一款")


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    most = workdays(count("T04" if subject.joint else "T03"))
    if item.statutory is None or item.statutory.unit is not Unit.WORKDAYS or item.statutory.count <= most.count:
        return
    if item.statutory_note and not otherwise(item.statutory_note, LAW):
        yield Fault(Text(f"法定办结时限{item.statutory.zh}长于{most.zh}，说明里没有写另有规定的法律、法规的条款："
                         f"{item.statutory_note[:40]}",
                         f"the statutory limit, {told(item.statutory).en}, is longer than {told(most).en}, "
                         f"and its note names no article of a law or regulation that says so: "
                         f"{item.statutory_note[:40]}"),
                    Text("写成“依据《…》第…条”；通知、规章和第四十二条本身不能延长期限",
                         'write "依据《…》第…条": the law or regulation and its article; a notice, a ministry\'s rule or '
                         "第四十二条 itself makes no limit longer"))


def bad() -> Subject:
    return ordinary({"statutory": "30工作日", "statutory_note": "依照有关法律规定"})


def good() -> Subject:
    return ordinary({"statutory": "30工作日", "statutory_note": "《示例市户外广告设施管理条例》第十二条规定三十日"})


RULE = Rule(
    code="TIM023", name="deviation-without-basis", since="0.1", reads="case",
    summary=Text("时限比一般规定长，说明没有写另有规定的法律、法规条款。",
                 "A limit longer than the general one whose note names no article that sets it."),
    why=Text("法律、法规另有规定的从其规定，但要说得出是哪一条。",
             "Other laws may set a longer limit; then it must be said which article does."),
    source=LAW,
    bad=bad, good=good, check=check,
)
