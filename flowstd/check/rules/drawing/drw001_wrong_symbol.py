"""DRW001: a symbol that the standard keeps for something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import drawn, ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import CALL, DECISION, END, JOIN, SPLIT, START, TASK

FORMS = {
    START: ("terminal",), END: ("terminal",), TASK: ("process", "predefined"), DECISION: ("decision",),
    SPLIT: ("parallel",), JOIN: ("parallel",), CALL: ("predefined",),
}


NAMES = {"terminal": "端点符", "process": "处理", "decision": "判断", "predefined": "既定处理", "parallel": "并行方式",
         "document": "文件", "data": "数据", "note": "注解符", "connector": "连接符"}


def check(subject: Subject) -> Iterator[Fault]:
    picture = subject.picture
    nodes = picture.flow.node_by_id
    for symbol in picture.drawing.symbols:
        node = nodes.get(symbol.id)
        if node is not None and symbol.form not in FORMS[node.kind]:
            right = FORMS[node.kind][0]
            yield Fault(Text(f"{said(node).zh}画成了“{NAMES[symbol.form]}”符号，应为“{NAMES[right]}”",
                             f"{said(node).en} is drawn as {symbol.form}, should be {right}"),
                        Text("用标准版本规定的符号重新出图", "draw it again with the symbols of the edition"), node.id)


def bad() -> Subject:
    subject = drawn(ordinary())
    first, *others = subject.picture.drawing.symbols
    return drawn(subject, replace(subject.picture.drawing, symbols=(first._replace(form="decision"), *others)))


def good() -> Subject:
    return drawn(ordinary())


RULE = Rule(
    code="DRW001", name="wrong-symbol", since="0.1", reads="drawing",
    summary=Text("符号与步骤的种类不符。", "A symbol does not fit the kind of its step."),
    why=Text("一种符号只有一种意思，图才能互相看得懂。",
             "One symbol has one meaning, so that everybody reads every chart."),
    source=modelled("GB/T 1526-1989", "符号"),
    bad=bad, good=good, check=check,
)
