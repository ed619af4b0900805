"""STR016: a flow too involved to be proved sound."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import graph
from flowstd.check.subject import Subject
from flowstd.check.tell import told
from flowstd.check.trouble import Wrong


def check(subject: Subject) -> Iterator[Fault]:
    for trouble in subject.verdict.troubles:
        if trouble.kind is Wrong.TOO_LARGE:
            message, fix = told(subject.flow, trouble)
            yield Fault(message, fix)


def bad() -> Subject:
    """Six questions at once, each parting into two pairs of steps that meet crosswise: no reduction rule fits."""
    copies = (f"+会审>?路{n} ?路{n}:左>+左{n} ?路{n}:右>+右{n} +左{n}>甲{n} +左{n}>乙{n} +右{n}>丙{n} +右{n}>丁{n} "
              f"甲{n}>戊{n} 丙{n}>戊{n} 乙{n}>己{n} 丁{n}>己{n} 戊{n}>=会审 己{n}>=会审" for n in range(6))
    return graph(f"开始>+会审 {' '.join(copies)} =会审>!办结")


def good() -> Subject:
    return graph("开始>+一 +一>甲 +一>乙 甲>=一 乙>=一 =一>!办结")


RULE = Rule(
    code="STR016", name="not-decided", since="0.1", reads="flow",
    summary=Text("流程过于复杂，未能证明每件事都能办结。",
                 "The flow is too involved to prove that every case can end."),
    why=Text("没有证明就要说没有证明。", "What is not proved is said not to be proved."),
    source=None,
    bad=bad, good=good, check=check,
)
