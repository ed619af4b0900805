"""Diff → text for a terminal, and for a page a table under the chart in which the steps are marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

from flowstd.base.text import Text
from flowstd.ir.diff import STEP, Change, Diff, Sign
from flowstd.layout.measure import clean
from flowstd.pipeline import Chart, compile_flow
from flowstd.render.svg.from_sheet import step_ids

from .words import plain

if TYPE_CHECKING:
    from flowstd.ir.model import Flow

WORDS = {Sign.ADDED: Text("新增", "added"), Sign.REMOVED: Text("删去", "removed"), Sign.CHANGED: Text("改动", "changed")}
SIGNS = {Sign.ADDED: "+", Sign.REMOVED: "-", Sign.CHANGED: "~"}
INKS = {Sign.ADDED: "#1b6e3c", Sign.REMOVED: "#b3261e", Sign.CHANGED: "#b26a00"}
SAME = Text("没有变化", "nothing has changed")
HEADS = (Text("变化", "Change"), Text("对象", "Of"), Text("名称", "Name"), Text("从", "From"), Text("到", "To"))
_WIDE = 4                              # px of a marked outline


def to_text(diff: Diff) -> str:
    """One line a change, one more for each part of it.

    >>> from flowstd.dsl import applicant, end, window
    >>> from flowstd.ir.diff import diff
    >>> old = applicant.submit("提交申请") >> end.done
    >>> print(to_text(diff(old, applicant.submit("提交申请") >> applicant.pay("缴费") >> end.done)))
    + ... 缴费
    + ... 提交申请 → 缴费
    + ... 缴费 → 办结
    - ... 提交申请 → 办结
    """
    return "\n".join(line for change in diff.changes for line in _lines(change)) or SAME.say()


def to_html(diff: Diff) -> str:
    """A piece of a page: the later chart with what is new marked, the earlier one if steps went, and the table."""
    if not diff:
        return f"<p>{escape(SAME.say())}</p>"
    return "".join((*_charts(diff), *_table(diff)))


def _lines(change: Change) -> Iterator[str]:
    yield f"{SIGNS[change.sign]} {change.kind} {plain(change.name)}"
    for edit in change.edits:
        what = "" if edit.what.zh == change.name else f"{edit.what}: "
        yield f"    {what}{plain(edit.before) or '∅'} → {plain(edit.after) or '∅'}"


def _table(diff: Diff) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{escape(head.say())}</th>' for head in HEADS)
    yield f'<table class="flowstd-diff"><thead><tr>{heads}</tr></thead><tbody>'
    for change in diff.changes:
        parts = change.edits or (None,)
        for number, edit in enumerate(parts):
            word = f'<b style="color:{INKS[change.sign]}">{SIGNS[change.sign]} {WORDS[change.sign]}</b>'
            cells = (word, _text(change.kind.say()), _text(change.name)) if number == 0 else ("", "", "")
            what = f"{edit.what}：" if edit is not None and edit.what.zh != change.name else ""
            said = (_text(what + edit.before), _text(edit.after)) if edit is not None else ("", "")
            yield "<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in (*cells, *said)) + "</tr>"
    yield "</tbody></table>"


def _charts(diff: Diff) -> Iterator[str]:
    steps = [change for change in diff.changes if change.kind == STEP]
    gone = {change.before: change.sign for change in steps if change.sign is Sign.REMOVED}
    now = {change.after: change.sign for change in steps if change.sign is not Sign.REMOVED}
    if gone:
        yield f"<p>{Text('原来', 'Before')}</p>"
        yield from _marked(diff.before, gone)
    if now:
        yield f"<p>{Text('现在', 'Now')}</p>"
        yield from _marked(diff.after, now)


def _marked(flow: Flow, signs: Mapping[str, Sign]) -> Iterator[str]:
    """The pages of a chart; the outlines of some steps are wide and in the ink of what became of them."""
    chart: Chart = compile_flow(flow)
    for page in chart.sheet().pages:
        svg = chart.svg(page.number).replace("<svg ", '<svg style="max-width:100%;height:auto" ', 1)
        for id_, step in step_ids(chart.sheet(), page):
            if step in signs:
                dash = ' stroke-dasharray="8 5"' if signs[step] is Sign.REMOVED else ""
                mark = f'stroke="{INKS[signs[step]]}" stroke-width="{_WIDE}"{dash}'
                svg = svg.replace(f'<g id="{id_}" ', f'<g id="{id_}" {mark} ', 1)
        yield f"<div>{svg}</div>"


def _text(words: str) -> str:
    return escape(clean(words))
