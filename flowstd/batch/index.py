"""``index.html``: every chart of a build, on pages that open from disk without a script.

One page, or for a large catalogue a page that leads to one for each folder, which is cut where it is long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from typing import NamedTuple
from urllib.parse import quote

NAME = "index.html"
LONGEST = 1_000                       # charts on one page of a folder
TITLE = "办事流程图"
MARK = '<meta name="generator" content="flowstd">'        # a folder that has lost its manifest is known by it


class Row(NamedTuple):
    """What the page says of one chart."""

    name: str                         # of the item
    scenario: str
    code: str
    authority: str
    item_type: str
    illustrative: bool                # its values are examples, not the authority's own
    files: tuple[str, ...]
    errors: int
    warnings: int


def pages(rows: list[Row], failed: list[str], title: str, *, divided: bool) -> Iterator[tuple[str, str]]:
    """Name and text of every page; equal rows give equal text."""
    if not divided:
        yield NAME, page(rows, failed, title)
        return
    folders: dict[str, list[Row]] = {}
    for one in sorted(rows, key=lambda one: (one.authority, one.code, one.scenario)):
        folders.setdefault(one.files[0].rpartition("/")[0], []).append(one)
    for folder, charts in folders.items():
        yield from _folder(folder, charts, title)
    listed = [f'<li><a href="{_link(folder)}/{NAME}">{_text(charts[0].authority or folder)}</a> {len(charts)}</li>\n'
              for folder, charts in folders.items()]
    yield NAME, _page(title, _count(rows, failed), (
        "<main>\n<ul class=\"folders\">\n", *listed, "</ul>\n", *_failures(failed), "</main>\n"))


def is_page(name: str) -> bool:
    """Whether a page may be called so.

    >>> [is_page(name) for name in ("index.html", "甲局/index.html", "甲局/index.page2.html", "T-1.html")]
    [True, True, True, False]
    """
    return _PAGE.fullmatch(name.rpartition("/")[2]) is not None


_PAGE = re.compile(r"index(\.page[0-9]+)?\.html")


def page(rows: list[Row], failed: list[str], title: str) -> str:
    """All charts on one page."""
    groups = _grouped(rows)
    return _page(title, _count(rows, failed), (
        *_contents(groups), "<main>\n", *_sections(groups), *_failures(failed), "</main>\n"))


def _folder(folder: str, rows: list[Row], title: str) -> Iterator[tuple[str, str]]:
    """The pages of one folder, which lead to each other and back to the first of all."""
    parts = [rows[start:start + LONGEST] for start in range(0, len(rows), LONGEST)]
    names = [NAME if number == 1 else f"index.page{number}.html" for number in range(1, len(parts) + 1)]
    up = f'<a href="../{NAME}">{_text(title or TITLE)}</a>'
    for here, part in zip(names, parts, strict=True):
        groups = _grouped(part)
        others = " ".join(f"<b>{number}</b>" if name == here else f'<a href="{name}">{number}</a>'
                          for number, name in enumerate(names, 1)) if len(names) > 1 else ""
        where = f"{up}；{_count(rows, [])}{others}"
        yield f"{folder}/{here}", _page(rows[0].authority or folder, where, (
            *_contents(groups), "<main>\n", *_sections(groups), "</main>\n"))


def _page(title: str, below: str, body: Iterable[str]) -> str:
    title = _text(title or TITLE)
    return "".join((
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n{MARK}\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n",
        f"<header><h1>{title}</h1><p>{below}</p></header>\n", *body, "</body>\n</html>\n"))


_Groups = dict[str, dict[str, list[Row]]]      # authority → item type → charts


def _grouped(rows: Iterable[Row]) -> _Groups:
    groups: _Groups = {}
    for one in sorted(rows, key=lambda one: (one.code, one.scenario)):
        groups.setdefault(one.authority, {}).setdefault(one.item_type, []).append(one)
    return groups


def _count(rows: list[Row], failed: list[str]) -> str:
    parts = [f"流程图 {len(rows)} 张"]
    if failed:
        parts.append(f'<a href="#failed">未成图 {len(failed)} 项</a>')
    if any(one.illustrative for one in rows):
        parts.append("标“示例”的流程图，其时限、材料、地点等为示例值，以实施机关公布为准")
    return "；".join(parts) + "。"


def _contents(groups: _Groups) -> Iterator[str]:
    yield '<nav aria-label="目录"><ul>\n'
    for a, (authority, types) in enumerate(groups.items(), 1):
        yield f'<li><a href="#a{a}">{_text(authority)}</a><ul>'
        for t, (item_type, rows) in enumerate(types.items(), 1):
            yield f'<li><a href="#a{a}t{t}">{_text(item_type)}</a> {len(rows)}</li>'
        yield "</ul></li>\n"
    yield "</ul></nav>\n"


def _sections(groups: _Groups) -> Iterator[str]:
    for a, (authority, types) in enumerate(groups.items(), 1):
        yield f'<section id="a{a}"><h2>{_text(authority)}</h2>\n'
        for t, (item_type, rows) in enumerate(types.items(), 1):
            yield f'<h3 id="a{a}t{t}">{_text(item_type)} <small>{len(rows)}</small></h3>\n<ol>\n'
            yield from map(_line, rows)
            yield "</ol>\n"
        yield "</section>\n"


def _line(one: Row) -> str:
    links = [_link(name.rpartition("/")[2]) for name in one.files]     # from the page beside them
    others = " ".join([f'<a href="{link}">{_text(_suffix(name))}</a>'
                       for link, name in zip(links, one.files, strict=True)])
    marks = "".join((
        f'<b class="s">{_text(one.scenario)}</b>' if one.scenario else "",
        '<b class="i">示例</b>' if one.illustrative else "",
        f'<b class="e">错误 {one.errors}</b>' if one.errors else "",
        f'<b class="w">提醒 {one.warnings}</b>' if one.warnings else ""))
    return (f'<li><a class="n" href="{links[0]}">{_text(one.name)}</a><i>{marks}</i>'
            f'<span><code>{_text(one.code)}</code> {others}</span></li>\n')


def _failures(failed: list[str]) -> Iterator[str]:
    if failed:
        yield '<section id="failed"><h2>未成图</h2>\n<ol>\n'
        yield from (f"<li>{_text(name)}</li>\n" for name in failed)
        yield "</ol></section>\n"


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].upper()


def _text(words: str) -> str:
    """*words* as HTML text: markup is shown, characters that HTML cannot hold are replaced."""
    if not words.isprintable():
        words = "".join([c if c.isprintable() or c in " \n\u3000" else "\ufffd" for c in words])
    return escape(words)


def _link(name: str) -> str:
    """*name* as a relative link; codes are plain, and what follows them is often the same."""
    return ".".join([part if _PLAIN.fullmatch(part) else _quoted(part) for part in name.split(".")])


@lru_cache(1024)
def _quoted(words: str) -> str:
    return quote(words, safe="")


_PLAIN = re.compile(r"[A-Za-z0-9_-]*")


_STYLE = """
:root{color-scheme:light dark;--ink:#1c1f23;--soft:#5d6670;--line:#d9dee3;--paper:#fff;--tint:#f4f6f8;--link:#0b57a4;
--red:#b3261e;--amber:#8a5a00}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#9aa4ae;--line:#363c43;--paper:#15181b;--tint:#1f2429;
--link:#8cc0f5;--red:#ff9d94;--amber:#f0c060}}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:var(--paper);font:16px/1.6 system-ui,"Noto Sans CJK SC","PingFang SC",
"Microsoft YaHei",sans-serif}
header,nav,main{max-width:72rem;margin:auto;padding:0 1.2rem}
header{padding-top:1.6rem}h1{font-size:1.6rem;margin:0}header p{color:var(--soft);margin:.3rem 0 1rem}
h2{font-size:1.25rem;margin:2rem 0 .4rem;border-bottom:2px solid var(--line)}
h3{font-size:1.05rem;margin:1.2rem 0 .3rem}small{color:var(--soft);font-weight:400}
a{color:var(--link);text-decoration:none}a:hover,a:focus{text-decoration:underline}
nav{width:min(69.6rem,100% - 2.4rem);background:var(--tint);border:1px solid var(--line);border-radius:.4rem;
padding:.6rem 1.2rem}
nav ul{list-style:none;margin:0;padding:0}nav ul ul{display:flex;flex-wrap:wrap;gap:0 1.2rem;color:var(--soft)}
ol{margin:0;padding:0;list-style:none}ul.folders{columns:22rem;padding:0;list-style:none}
li{overflow-wrap:anywhere}
section li{padding:.45rem 0;border-bottom:1px solid var(--line);display:grid;grid-template-columns:1fr auto;gap:0 .8rem}
li span{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:0 1rem;font-size:.82rem;color:var(--soft)}
code{font-family:ui-monospace,Consolas,monospace}
section i{font-style:normal}
section b{white-space:nowrap;font-size:.78rem;font-weight:400;border:1px solid var(--line);border-radius:.3rem;
padding:0 .4rem;
align-self:center;margin-left:.2rem}
b.i{color:var(--amber)}b.e{color:var(--red);border-color:var(--red)}b.w{color:var(--amber)}
@media print{nav{display:none}a{color:inherit}}
"""
