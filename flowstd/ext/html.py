"""Pieces → HTML that needs no style sheet: charts keep a readable size and scroll sideways where a screen is narrow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from .pieces import Code, Picture, Piece, Place, Table, Words

READABLE = 60                    # hundredths of its own size below which a chart is not shrunk
_DARK = re.compile(r"<style>@media screen and \(prefers-color-scheme:dark\)\{(.*)\}</style>")
_SCROLLS = 'style="overflow-x:auto"'


def html(pieces: Iterable[Piece], taken: dict[str, int]) -> str:
    """All *pieces*, one below the other; *taken* counts the charts of the page, so that no id comes twice."""
    return "\n".join(_PIECES[type(piece)](piece, taken) for piece in pieces)


def picture(one: Picture, links: Mapping[str, str], taken: dict[str, int]) -> str:
    """The charts alone, without caption and remarks; *links* leads from steps to addresses."""
    shown = []
    key = one.sheet().key
    for svg in one.svgs(links):
        number = taken[key] = taken.get(key, 0) + 1
        if number > 1:
            svg = svg.replace(f"{key}-", f"{key}-{number}-")
        shown.append(_as_the_page(_fluid(svg)))
    title = escape(one.chart.title)
    return (f'<div class="flowstd-chart {one.frame}" {_SCROLLS} tabindex="0" role="group" aria-label="{title}">\n'
            f'{"".join(shown)}</div>')


def error(words: Iterable[str]) -> str:
    """What stands where a chart should be: why there is none."""
    told = "".join(f"<p>{escape(line)}</p>" for line in words)
    style = "border-left:.3rem solid #b00;padding:.1rem 1rem"
    return f'<div class="admonition error flowstd-error" role="alert" style="{style}">{told}</div>'


def _fluid(svg: str) -> str:
    """*svg* as wide as there is room, at most its own size, and never too small to read."""
    width = int(svg.split(' width="', 1)[1].split('"', 1)[0])
    style = f"display:block;margin:auto;max-width:100%;height:auto;min-width:{width * READABLE // 100}px"
    svg = svg.replace("<a href=", '<a style="text-decoration:none" href=')
    return svg.replace("<svg ", f'<svg style="{style}" ', 1)


def _as_the_page(svg: str) -> str:
    """*svg* dark where the page is dark, by its reader's choice or by itself, and not where only the system is."""
    return _DARK.sub(r"<style>@media screen{[data-theme=dark],[data-md-color-scheme=slate]{\1}}"
                     r"@media screen and (prefers-color-scheme:dark){[data-theme=auto]{\1}}</style>", svg)


def _picture(one: Picture, taken: dict[str, int]) -> str:
    caption = f"<figcaption>{escape(one.caption)}</figcaption>\n" if one.caption else ""
    name = f' id="{escape(one.name)}"' if one.name else ""
    remarks = "".join(f"<p><small>{escape(line)}</small></p>\n" for line in one.remarks())
    return (f'<figure class="flowstd"{name} style="margin:1em 0;width:auto;max-width:100%">\n'
            f"{picture(one, one.links, taken)}\n{remarks}{caption}</figure>")


def _table(one: Table, taken: dict[str, int]) -> str:
    caption = f"<caption>{escape(one.caption)}</caption>" if one.caption else ""
    name = f' id="{escape(one.name)}"' if one.name else ""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in one.heads)
    head = f"<thead><tr>{heads}</tr></thead>\n" if one.heads else ""
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell.text)}</td>" for cell in row) + "</tr>" for row in one.rows)
    wide = ' style="min-width:720px"' if len(one.widths) > 3 else ""
    columns = "".join(f'<col style="width:{width * 100 // sum(one.widths)}%">' for width in one.widths)
    return (f'<div class="flowstd-table" {_SCROLLS} tabindex="0"><table{name}{wide}>{caption}\n'
            f"<colgroup>{columns}</colgroup>\n{head}<tbody>\n{rows}\n</tbody></table></div>")


def _words(one: Words, taken: dict[str, int]) -> str:
    return f"<p>{escape(one.text)}</p>"


def _place(one: Place, taken: dict[str, int]) -> str:
    return f'<span id="rule-{escape(one.rule)}"></span>'


def _code(one: Code, taken: dict[str, int]) -> str:
    return f'<pre><code class="language-{one.language}">{escape(one.text)}</code></pre>'


_PIECES: dict[type, Callable[[Any, dict[str, int]], str]] = {
    Picture: _picture, Table: _table, Words: _words, Place: _place, Code: _code,
}
