"""STR008: a decision whose exits do not answer it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of
from flowstd.check.subject import Subject, said

PAIRS = (("是", "否"), ("准予", "不予"), ("合格", "不合格"), ("通过", "不通过"), ("同意", "不同意"), ("符合", "不符合"),
         ("需要", "不需要"), ("有", "无"), ("齐全", "不齐全"))
NO = ("不", "未", "无", "非", "没", "退", "驳")      # "不属于职权" and "退回修改" stand for the other side as well
PLAIN = ("是", "否")                             # any other answer may have an opposite in other words: 确认 or 不予
OPPOSITE = {**dict(PAIRS), **{no: yes for yes, no in PAIRS if no != "不予"}}      # which 给予, 登记 … have for theirs


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.decisions:
        exits = subject.flow.exits[node.id]
        labels = tuple([link.label.strip() for link in exits])
        if len(exits) < 2 or _answered(labels):
            continue                      # one alone: STR013
        name = said(node)
        for link in exits:
            if not link.label.strip():
                target = said(subject.flow.node_by_id[link.target])
                yield Fault(Text(f"判断{name.zh}通往{target.zh}的分支没有写答案",
                                 f"the exit of {name.en} that leads to {target.en} has no answer"),
                            Text("给每个分支写上答案", "give every exit its answer"), node.id, link.id)
        for label in dict.fromkeys(label for label in labels if label and labels.count(label) > 1):
            yield Fault(Text(f"判断{name.zh}有 {labels.count(label)} 个分支都叫“{label}”",
                             f'{labels.count(label)} exits of {name.en} are called "{label}"'),
                        Text("给分支不同的答案", "give each exit its own answer"), node.id)
        lacking = _lacking(labels)
        if lacking:
            yield Fault(Text(f"判断{name.zh}只有{'、'.join(f'“{label}”' for label in labels if label)}，"
                             f"没有写答案是“{lacking[0]}”时怎么办",
                             f'{name.en} does not say what happens when the answer is "{lacking[0]}"'),
                        Text(f"加上分支“{lacking[0]}”", f'add the exit "{lacking[0]}"'), node.id)


@lru_cache(maxsize=1024)
def _answered(labels: tuple[str, ...]) -> bool:
    """Whether every exit has an answer of its own, and no opposite is left out."""
    return all(labels) and len(set(labels)) == len(labels) and not _lacking(labels)


def _lacking(labels: tuple[str, ...]) -> list[str]:
    """The opposites of answers that are no answers here, nor stand here in other words."""
    own = [label for label in labels if label and label not in OPPOSITE]
    return [OPPOSITE[label] for label in labels if OPPOSITE.get(label, label) not in labels
            and not any(label not in PLAIN or other.startswith(NO) for other in own)]


def bad() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交申请")
              >> window.check("材料是否齐全？", 是=window.accept("受理") >> end.done,
                              可当场更正=end.not_accepted("退回材料")))


def good() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交申请")
              >> window.check("材料是否齐全？", 是=window.accept("受理") >> end.done, 否=end.not_accepted("退回材料")))


RULE = Rule(
    code="STR008", name="open-question", since="0.1", reads="flow",
    summary=Text("判断的分支没有答案、答案重复，或者缺了相反的一面。",
                 "Exits of a decision are unlabelled, alike, or leave out the opposite answer."),
    why=Text("判断之后恰好走一条路；缺一面就有人无路可走。",
             "Exactly one exit is taken; where an answer is missing, somebody has nowhere to go."),
    source=modelled("GB/T 1526-1989", "判断"),
    bad=bad, good=good, check=check,
)
