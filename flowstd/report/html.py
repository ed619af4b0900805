"""Findings as one HTML page, department by department: to be sent to those who must mend them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from flowstd.base.finding import Finding
from flowstd.base.text import Language, Text, preferred

from .entry import Checked
from .words import ALLOWED, AUTHORITY, LEVELS, NO_DEPARTMENT, ORDER, PLACE, REASON, REMEDY, WHY, law, plain, why

_STYLE = """
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse}td,th{border:1px solid;padding:.2rem .6rem;text-align:left}td.n{text-align:right}
details{margin:.4rem 0}summary{cursor:pointer}code{font-size:90%}
li{margin:.3rem 0}.level{font-weight:bold;border:1px solid;padding:0 .3rem;border-radius:.2rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 .8rem;margin:.1rem 0 .1rem 1rem}dd{margin:0}
@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}}
@media print{details{break-inside:avoid}}
"""


def to_html(checked: Iterable[Checked], language: Language | None = None) -> str:
    """One self-contained page without script; opens from disk, prints, reads aloud.

    >>> "检查了 1 张图，没有问题。" in to_html([Checked("A", "户外广告", "城管局")], "zh")
    True
    """
    tongue = language or preferred()
    return page(Text("检查结果", "Findings").say(tongue), _STYLE, _body(tuple(checked), tongue), tongue)


def page(title: str, style: str, body: Iterable[str], tongue: Language) -> str:
    """A whole page around the lines of *body*."""
    return (f'<!doctype html>\n<html lang="{"zh-CN" if tongue == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n<style>{style}</style>\n'
            f"</head>\n<body>\n<h1>{title}</h1>\n" + "\n".join(body) + "\n</body>\n</html>\n")


def _body(checked: tuple[Checked, ...], tongue: Language) -> Iterator[str]:
    departments: dict[str, list[Checked]] = {}
    for one in checked:
        departments.setdefault(one.department or NO_DEPARTMENT.say(tongue), []).append(one)
    if not any(one.findings for one in checked):
        none = Text(f"检查了 {len(checked)} 张图，没有问题。", f"{len(checked)} charts checked, nothing found.")
        yield f"<p>{none.say(tongue)}</p>"
        yield from _allowed(checked, tongue)
        return
    yield "<table>"
    heads = (Text("实施主体", "authority"), Text("流程图", "charts"), *(LEVELS[level] for level in ORDER))
    yield "<tr>" + "".join(f"<th>{head.say(tongue)}</th>" for head in heads) + "</tr>"
    for number, (name, charts) in enumerate(departments.items()):
        counts = [sum(finding.level is level for one in charts for finding in one.findings) for level in ORDER]
        cells = "".join(f'<td class="n">{count}</td>' for count in (len(charts), *counts))
        yield f'<tr><td><a href="#d{number}">{_text(name)}</a></td>{cells}</tr>'
    yield "</table>"
    for number, (name, charts) in enumerate(departments.items()):
        yield f'<h2 id="d{number}">{_text(name)}</h2>'
        for one in charts:
            if one.findings:
                yield from _chart(one, tongue)
    yield from _allowed(checked, tongue)


def _allowed(checked: tuple[Checked, ...], tongue: Language) -> Iterator[str]:
    """What was set aside, and why."""
    rows = [f"<li>{_text(one.title)}: {_text(finding.message.say(tongue))} <code>{_text(finding.code)}</code>"
            f"<dl><dt>{REASON.say(tongue)}</dt><dd>{_text(reason)}</dd></dl></li>"
            for one in checked for finding, reason in one.allowed]
    if rows:
        yield f"<h2>{ALLOWED.say(tongue)}</h2>\n<ul>{''.join(rows)}</ul>"


def _chart(one: Checked, tongue: Language) -> Iterator[str]:
    yield f"<details open><summary>{_text(one.title)} <code>{_text(one.key)}</code> ({len(one.findings)})</summary>"
    yield "<ul>"
    for finding in sorted(one.findings, key=lambda finding: ORDER.index(finding.level)):
        yield from _finding(finding, tongue)
    yield "</ul></details>"


def _finding(finding: Finding, tongue: Language) -> Iterator[str]:
    yield (f'<li><span class="level">{LEVELS[finding.level].say(tongue)}</span> {_text(finding.message.say(tongue))} '
           f"<code>{_text(finding.code)} {_text(finding.name)}</code>")
    details = ((REMEDY, finding.fix.say(tongue) if finding.fix else ""),
               (WHY, why(finding.code, tongue)), (AUTHORITY, law(finding)),
               (PLACE, str(finding.where) if finding.where else ""))
    rows = "".join(f"<dt>{word.say(tongue)}</dt><dd>{_text(text)}</dd>" for word, text in details if text)
    yield (f"<dl>{rows}</dl>" if rows else "") + "</li>"


def _text(words: str) -> str:
    return escape(plain(words))
