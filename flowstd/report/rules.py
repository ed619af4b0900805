"""The rules themselves, as a list and one by one, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from flowstd.base.finding import Level
from flowstd.base.legal import Evidence, LegalSource
from flowstd.base.text import Language, Text
from flowstd.check.mend import MENDABLE
from flowstd.check.registry import modules
from flowstd.check.rule import Rule
from flowstd.check.ruleset import FOREIGN, item_types, levels, rulesets
from flowstd.check.run import faults_of

from .words import LEVELS

FORMAT = "flowstd-rules/1"
EVIDENCE = {
    Evidence.OFFICIAL: Text("据官方文本", "read in the official text"),
    Evidence.REPRINT: Text("据转载文本，使用前请核对官方文本", "read in a reprint: compare the official text before relying on it"),
    Evidence.PRACTICE: Text("办事惯例，没有条文", "office practice; no instrument says so"),
    Evidence.MODELLED: Text("参照，未读到原文", "modelled on it; its text was not read"),
    Evidence.AUTHOR: Text("作者所称，flowstd 未核对", "as its author says; flowstd has not looked"),
}
NO_RULES = {                     # codes of findings that no rule made
    "SRC001": Text("来源有误：文件读不出，或者写的内容不成流程、不成要素；消息里有位置和改法。",
                   "A source is wrong: a file cannot be read, or what it says makes no flow or item; the message has "
                   "the place and the way out."),
    "INT001": Text("一条规则自身出错，没有得出结论；请连同流程一起报告，其他规则不受影响。",
                   "A rule itself broke and decided nothing: report it with the flow; the other rules have run."),
    "INT002": Text("读它或画它的进程没有结束好：退出、停不下来或超过内存上限；消息里有原因和改法，其余事项不受影响。",
                   "What read or drew it came to no good end: it ended its process, never ended, or took too much "
                   "memory; the message has the reason and the way out, all other items are as ever."),
}
TASTE = Text("无条文，属于制图的讲究", "no instrument: a rule of good drawing")


def to_json(rules: Iterable[Rule]) -> str:
    """Every record: code, name, texts, severity by ruleset and item type, source with its dates and evidence."""
    found = {"format": FORMAT, "rules": [_record(one) for one in rules]}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def severities(code: str) -> dict[str, dict[str, str]]:
    """The level of a rule by ruleset, and there by item type ("" for all others).

    >>> severities("STR005")["draft"]
    {'': 'error'}
    """
    found: dict[str, dict[str, str]] = {}
    for ruleset in rulesets():
        default = FOREIGN.value if code not in modules() else _level(ruleset, "", code)
        kinds = {kind: _level(ruleset, kind, code) for kind in item_types(ruleset)} if code in modules() else {}
        found[ruleset] = {"": default, **{kind: level for kind, level in kinds.items() if level != default}}
    return found


def explained(rule: Rule, language: Language | None = None) -> str:
    """One rule as text: what, why, on what authority, how grave, and what it says of its bad example."""
    return "\n".join(_explained(rule, language)) + "\n"


def _explained(rule: Rule, language: Language | None) -> Iterator[str]:
    say = _sayer(language)
    yield f"{rule.code} {rule.name}"
    yield f"  {rule.summary.say(language)}"
    yield f"  {say(Text('理由', 'why'))}: {rule.why.say(language)}"
    if rule.source is None:
        yield f"  {say(Text('依据', 'law'))}: {say(TASTE)}"
    else:
        known = f"{say(EVIDENCE[rule.source.evidence])}{_dates(rule.source, language)}"
        yield f"  {say(Text('依据', 'law'))}: {rule.source.zh} ({known})"
    yield f"  {say(Text('级别', 'level'))}: " + "; ".join(
        f"{ruleset} " + ", ".join((f"{kind}: " if kind else "") + (say(LEVELS[Level(level)]) if level != "off"
                                                                    else say(Text("不检查", "off")))
                                  for kind, level in kinds.items()) for ruleset, kinds in severities(rule.code).items())
    for fault in faults_of(rule, rule.bad())[:1]:
        yield f"  {say(Text('例', 'example'))}: {fault.message.say(language)}"
        if fault.fix:
            yield f"  {say(Text('改法', 'fix'))}: {fault.fix.say(language)}"
    if rule.code in MENDABLE:
        yield f"  {say(Text('可自动改', 'mends itself'))}: flowstd check --fix"
    if rule.code in modules():
        yield f"  {say(Text('自', 'since'))} flowstd {rule.since}"


def _record(rule: Rule) -> dict[str, Any]:
    source = rule.source.model_dump(mode="json", exclude_defaults=True) if rule.source else None
    if source is not None and rule.source is not None:
        source["evidence"] = rule.source.evidence.value
        source["cited"] = rule.source.zh
    return {"code": rule.code, "name": rule.name, "since": rule.since, "reads": rule.reads,
            "summary": {"zh": rule.summary.zh, "en": rule.summary.en}, "why": {"zh": rule.why.zh, "en": rule.why.en},
            "severity": severities(rule.code), "source": source}


def _level(ruleset: str, kind: str, code: str) -> str:
    level = levels(ruleset, kind).get(code)
    return level.value if level is not None else "off"


def _dates(source: LegalSource, language: Language | None) -> str:
    parts = []
    if source.in_force_from:
        parts.append(Text(f"，{source.in_force_from}起施行", f", in force from {source.in_force_from}").say(language))
    if source.checked_on:
        parts.append(Text(f"，{source.checked_on}核对", f", checked {source.checked_on}").say(language))
    return "".join(parts)


def _sayer(language: Language | None) -> Any:
    return lambda text: text.say(language)
