"""Findings as Markdown: a summary by rule, then what is wrong, item by item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from flowstd.base.finding import Finding, Level
from flowstd.base.text import Language, Text

from .entry import Checked
from .words import ALLOWED, AUTHORITY, LEVELS, ORDER, PLACE, REASON, REMEDY, RULE, WHY, law, plain, why

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")


def to_markdown(checked: Iterable[Checked], language: Language | None = None) -> str:
    """One document; charts without findings are counted, not listed.

    >>> print(to_markdown([Checked("A", "甲")], "en"))
    # Findings
    <BLANKLINE>
    1 chart checked, nothing found.
    <BLANKLINE>
    """
    checked = tuple(checked)
    return "\n".join(_lines(checked, language)) + "\n"


def _lines(checked: tuple[Checked, ...], language: Language | None) -> Iterator[str]:
    found = [finding for one in checked for finding in one.findings]
    aside = [(one, finding, reason) for one in checked for finding, reason in one.allowed]
    yield f"# {Text('检查结果', 'Findings').say(language)}"
    yield ""
    charts = Text(f"检查了 {len(checked)} 张图", f"{len(checked)} chart{'s' if len(checked) != 1 else ''} checked")
    if not found:
        yield Text(f"{charts.zh}，没有问题。", f"{charts.en}, nothing found.").say(language)
        yield from _allowed(aside, language)
        return
    counts = Text("，".join(f"{LEVELS[level].zh} {number}" for level, number in _counted(found)),
                  ", ".join(f"{number} {LEVELS[level].en}{'s' if number != 1 else ''}"
                            for level, number in _counted(found)))
    yield Text(f"{charts.zh}：{counts.zh}。", f"{charts.en}: {counts.en}.").say(language)
    yield ""
    yield f"| {RULE.say(language)} | {Text('级别', 'level').say(language)} | {Text('次数', 'count').say(language)} |"
    yield "| --- | --- | ---: |"
    for (code, name, level), number in _by_rule(found):
        yield f"| {code} {name} | {LEVELS[level].say(language)} | {number} |"
    for one in checked:
        if one.findings:
            yield ""
            yield f"## {_safe(one.title)}"
            yield ""
            yield f"`{plain(one.key).replace('`', ' ')}`" + (f" · {_safe(one.department)}" if one.department else "")
            yield ""
            for finding in one.findings:
                yield from _finding(finding, language)
    yield from _allowed(aside, language)


def _allowed(aside: list[tuple[Checked, Finding, str]], language: Language | None) -> Iterator[str]:
    """What was set aside, and why."""
    if aside:
        yield ""
        yield f"## {ALLOWED.say(language)}"
        yield ""
    for one, finding, reason in aside:
        yield f"- **{finding.code}** {_safe(one.title)}: {_safe(finding.message.say(language))}"
        yield f"  - {REASON.say(language)}: {_safe(reason)}"


def _finding(finding: Finding, language: Language | None) -> Iterator[str]:
    yield f"- **{finding.code}** {LEVELS[finding.level].say(language)}: {_safe(finding.message.say(language))}"
    details = ((REMEDY, finding.fix.say(language) if finding.fix else ""),
               (WHY, why(finding.code, language)), (AUTHORITY, law(finding)),
               (PLACE, str(finding.where) if finding.where else ""))
    for word, text in details:
        if text:
            yield f"  - {word.say(language)}: {_safe(text)}"


def _counted(found: list[Finding]) -> Iterator[tuple[Level, int]]:
    for level in ORDER:
        number = sum(finding.level is level for finding in found)
        if number:
            yield level, number


def _by_rule(found: list[Finding]) -> list[tuple[tuple[str, str, Level], int]]:
    counts: dict[tuple[str, str, Level], int] = {}
    for finding in found:
        key = (finding.code, finding.name, finding.level)
        counts[key] = counts.get(key, 0) + 1
    return sorted(counts.items(), key=lambda pair: (ORDER.index(pair[0][2]), -pair[1], pair[0][0]))


def _safe(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", plain(words))
