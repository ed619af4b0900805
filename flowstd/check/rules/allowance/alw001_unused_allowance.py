"""ALW001: an allowance for something that is not wrong."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.registry import names
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary, settled
from flowstd.check.subject import Subject
from flowstd.item.allowance import Granted


def check(subject: Subject) -> Iterator[Fault]:
    for use in subject.uses:
        rule = use.allowance.rule
        if use.findings or isinstance(use.allowance, Granted):     # a catalogue's: looked at for all items together
            continue
        if rule not in names():
            yield Fault(Text(f"允许的偏离写的规则“{rule}”不存在",
                             f'the allowance names the rule "{rule}", which does not exist'),
                        _near(rule), where=use.allowance.where)
        elif use.ran:
            place = f"（步骤“{use.allowance.step}”）" if use.allowance.step else ""
            at = f' at "{use.allowance.step}"' if use.allowance.step else ""
            yield Fault(Text(f"写了允许偏离 {rule}{place}，但这里没有这个问题",
                             f"{rule}{at} is allowed, and nothing is wrong there"),
                        Text("删去这条允许", "take the allowance out"), where=use.allowance.where)


def _near(rule: str) -> Text:
    from flowstd.base.near import did_you_mean

    return did_you_mean(rule, names()) or Text("用 flowstd rules 查规则", "see: flowstd rules")


def bad() -> Subject:
    return settled(ordinary({"allow": [{"rule": "TIM016", "reason": "系统改造"}]}))


def good() -> Subject:
    return settled(ordinary({"promised": "5工作日", "allow": [{"rule": "TIM016", "reason": "系统改造"}]}))


RULE = Rule(
    code="ALW001", name="unused-allowance", since="0.1", reads="item",
    summary=Text("允许的偏离没有对应的问题，或者规则不存在。", "An allowance matches nothing, or names no rule."),
    why=Text("用不着的允许会在以后悄悄放过真的问题。",
             "An idle allowance will one day let a real fault pass in silence."),
    source=None,
    bad=bad, good=good, check=check,
)
