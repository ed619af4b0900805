"""A guide as one HTML page: no script, nothing from elsewhere; readable on a phone, on paper and by a screen reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from flowstd.layout.measure import clean

from ..svg.writer import safe_link
from .content import HASH_SHOWN, NUMBER, Fields, Guide, Lines, Part, Picture, Table, Words


def to_html(guide: Guide, charts: Sequence[str]) -> str:
    """The page of *guide*; *charts* are the pages of its chart as SVG. Equal guides give equal text."""
    title = guide.title + (f"（{guide.scenario}）" if guide.scenario else "")
    return "".join((
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
        f'<meta name="flowstd-content" content="{guide.hash}">\n',
        f"<title>{_text(title)}－办事指南</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n",
        '<a class="skip" href="#main">跳到正文</a>\n',
        f'<header><p>办事指南</p><h1>{_text(guide.title)}</h1>',
        f"<p>情形：<strong>{_text(guide.scenario)}</strong></p>" if guide.scenario else "",
        f'<p class="note">{_text(guide.illustrative)}</p>' if guide.illustrative else "",
        "</header>\n", *_contents(guide.parts), '<main id="main">\n',
        *(_section(part, charts) for part in guide.parts),
        "</main>\n", *_foot(guide), "</body>\n</html>\n"))


def _contents(parts: Sequence[Part]) -> Iterator[str]:
    links = "".join(f'<li><a href="#{part.id}">{_text(part.title)}</a></li>' for part in parts)
    yield f'<nav aria-label="目录"><ul>{links}</ul></nav>\n'


def _foot(guide: Guide) -> Iterator[str]:
    yield (f"<footer><p>绘制标准：{_text(guide.edition)}<br>内容校验码：<code>{guide.hash[:HASH_SHOWN]}</code>"
           "（与流程图上的相同，即为同一内容）</p></footer>\n")


def _section(part: Part, charts: Sequence[str]) -> str:
    return (f'<section aria-labelledby="{part.id}"><h2 id="{part.id}">{_text(part.title)}</h2>\n'
            f"{_part(part, charts)}</section>\n")


def _part(part: Part, charts: Sequence[str]) -> str:
    if isinstance(part, Picture):
        return "".join(_chart(part, charts))
    if isinstance(part, Fields):
        rows = "".join(f"<div><dt>{_text(name)}</dt><dd>{_words(value)}</dd></div>\n" for name, value in part.rows)
        return f"<dl>\n{rows}</dl>\n"
    if isinstance(part, Lines):
        tag = "ol" if part.numbered and len(part.lines) > 1 else "ul"
        return f"<{tag}>\n" + "".join(f"<li>{_text(line)}</li>\n" for line in part.lines) + f"</{tag}>\n"
    return "".join(_table(part))


def _chart(part: Picture, charts: Sequence[str]) -> Iterator[str]:
    for number, chart in enumerate(charts, 1):
        name = part.title + (f"，第{number}页" if len(charts) > 1 else "")
        yield (f'<figure class="chart" tabindex="0" role="region" aria-label="{_text(name)}，可左右滚动">\n'
               f"{chart.rstrip()}\n</figure>\n")


def _table(table: Table) -> Iterator[str]:
    """On a narrow screen each row becomes a card, so the roles are said, which a changed display would hide."""
    heads = "".join(f'<th role="columnheader" scope="col">{_text(head)}</th>' for head in table.heads)
    whole = sum(table.widths)
    columns = "".join(f'<col style="width:{100 * width / whole:.1f}%">' for width in table.widths)
    yield (f'<table role="table" aria-labelledby="{table.id}"><colgroup>{columns}</colgroup>'
           f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>\n'
           '<tbody role="rowgroup">\n')
    named = 1 if table.heads[0] == NUMBER else 0
    for row in table.rows:
        cells = (_cell(head, words, place == named) for place,
                 (head, words) in enumerate(zip(table.heads, row, strict=True)))
        yield f'<tr role="row">{"".join(cells)}</tr>\n'
    yield "</tbody></table>\n"


def _cell(head: str, words: Words, names_row: bool) -> str:
    empty = "" if words.text else ' class="empty"'
    if names_row:
        return f'<th role="rowheader" scope="row" data-h="{_text(head)}"{empty}>{_words(words)}</th>'
    kind = ' class="number"' if head == NUMBER else empty
    return f'<td role="cell" data-h="{_text(head)}"{kind}>{_words(words)}</td>'


def _words(words: Words) -> str:
    link = safe_link(words.link) if words.link else ""
    return f'<a href="{_text(link)}">{_text(words.text)}</a>' if link else _text(words.text).replace("\n", "<br>")


def _text(words: str) -> str:
    """*words* as HTML text, in tags or in quotes; what HTML cannot hold is replaced."""
    return escape(clean(words))


_STYLE = """
:root{color-scheme:light dark;--ink:#1c1f23;--soft:#535c66;--line:#d0d6dc;--paper:#fff;--tint:#f4f6f8;
--link:#0b57a4;--amber:#805300}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#a7b0b9;--line:#3a4148;--paper:#15181b;
--tint:#1f2429;--link:#8cc0f5;--amber:#f0c060}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:0 1.2rem 2rem;color:var(--ink);background:var(--paper);
font:1rem/1.65 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;overflow-wrap:anywhere}
header{padding-top:1.6rem}header p{margin:.2rem 0;color:var(--soft)}
h1{font-size:1.7rem;line-height:1.35;margin:.1rem 0 .4rem}
header .note{color:var(--amber)}
h2{font-size:1.2rem;margin:2rem 0 .6rem;padding-left:.6rem;border-left:.3rem solid var(--link);scroll-margin-top:.6rem}
a{color:var(--link)}:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.4rem .8rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin:1rem 0 0;
padding:.6rem 1rem;background:var(--tint);border:1px solid var(--line);border-radius:.4rem}
nav a{display:inline-block;padding:.2rem 0}
dl{margin:0;border-top:1px solid var(--line)}
dl div{display:grid;grid-template-columns:11rem 1fr;gap:0 1rem;padding:.4rem 0;border-bottom:1px solid var(--line)}
dt{color:var(--soft)}dd{margin:0}
table{border-collapse:collapse;width:100%;font-size:.93rem}
th,td{border:1px solid var(--line);padding:.4rem .55rem;text-align:left;vertical-align:top}
thead th{background:var(--tint);font-weight:600}tbody th{font-weight:600}
.number{white-space:nowrap;text-align:right;color:var(--soft)}
ol{margin:.2rem 0;padding-left:1.6rem}main ul{margin:.2rem 0;padding:0;list-style:none}
.chart{margin:0;overflow:auto;background:#fff;border:1px solid var(--line);border-radius:.4rem}
.chart svg{display:block;width:100%;height:auto;min-width:46rem;margin:auto}
footer{margin-top:2.4rem;border-top:1px solid var(--line);color:var(--soft);font-size:.88rem}
code{font-family:ui-monospace,Consolas,monospace}
@media(max-width:50rem){
body{padding:0 .9rem 1.5rem}h1{font-size:1.4rem}
dl div{grid-template-columns:1fr}dt{font-size:.88rem}
table,tbody,tr,th,td{display:block;width:100%}
thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
tr{border:1px solid var(--line);border-radius:.4rem;margin:.6rem 0;padding:.3rem .7rem}
tbody th,td{border:0;padding:.15rem 0}tbody th{font-size:1.02rem}td::before{content:attr(data-h)"：";color:var(--soft)}
.empty{display:none}
.number,tbody .number+th{display:inline;width:auto}.number::before{content:""}.number::after{content:". "}
}
@page{size:A4;margin:15mm}
@media print{
:root{color-scheme:light;--ink:#000;--soft:#333;--line:#888;--paper:#fff;--tint:#eee;--link:#000;--amber:#333}
body{max-width:none;padding:0;font-size:10pt;line-height:1.5}table{font-size:.88rem}h2{margin-top:1.2rem}
nav,.skip{display:none}a{color:inherit;text-decoration:none}
h2{break-after:avoid}tr,li,dl div{break-inside:avoid}thead{display:table-header-group}
.chart{overflow:visible;border:0;break-inside:avoid}.chart svg{min-width:0;max-height:250mm}
}
"""
