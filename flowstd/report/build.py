"""What a build did, as JSON for programs and as a page for people, department by department."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from flowstd.base.text import Language, Text, preferred

from .html import page
from .json import finding_json
from .words import NO_DEPARTMENT, plain

if TYPE_CHECKING:
    from flowstd.batch.wish import Summary

FORMAT = "flowstd-build/1"
_COLUMNS = ("charts", "built", "kept", "failed", "error", "warning", "info")
_HEADS = (Text("流程图", "charts"), Text("新生成", "built"), Text("沿用", "cached"), Text("未成图", "failed"),
          Text("错误", "errors"), Text("提醒", "warnings"), Text("说明", "notes"))
_STYLE = """
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse}td,th{border:1px solid;padding:.2rem .6rem;text-align:left}td.n{text-align:right}
@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}}
"""


def to_json(summary: Summary) -> str:
    """Numbers, what failed, each error, and how often each kind of finding occurs.

    >>> from flowstd.batch.wish import Summary
    >>> json.loads(to_json(Summary(built=3)))["built"]
    3
    """
    kinds = [{"code": code, "name": name, "level": level, "number": number}
             for (code, name, level), number in sorted(summary.kinds.items())]
    return json.dumps({
        "format": FORMAT, "charts": len(summary.rows), "built": summary.built, "kept": summary.kept,
        "files": summary.files,
        "failed": summary.failed, "removed": summary.removed, "kinds": kinds,
        "departments": {name: {column: counts[column] for column in _COLUMNS}
                        for name, counts in summary.departments.items()},
        "findings": [finding_json(one) for one in summary.findings],
    }, ensure_ascii=False, indent=1) + "\n"


def to_html(summary: Summary, language: Language | None = None) -> str:
    """One self-contained page without script."""
    tongue = language or preferred()
    return page(Text("生成结果", "What the build did").say(tongue), _STYLE, _body(summary, tongue), tongue)


def _body(summary: Summary, tongue: Language) -> Iterator[str]:
    yield "<table>"
    heads = (Text("实施主体", "authority"), *_HEADS)
    yield "<tr>" + "".join(f"<th>{head.say(tongue)}</th>" for head in heads) + "</tr>"
    for name, counts in summary.departments.items():
        cells = "".join(f'<td class="n">{counts[column]}</td>' for column in _COLUMNS)
        yield f"<tr><td>{_text(name or NO_DEPARTMENT.say(tongue))}</td>{cells}</tr>"
    yield "</table>"
    if summary.findings:
        yield f"<h2>{Text('须改正', 'to be mended').say(tongue)}</h2>\n<ul>"
        for one in summary.findings:
            fix = f"<br>{_text(one.fix.say(tongue))}" if one.fix else ""
            yield (f"<li><b>{_text(one.item)}</b> {_text(str(one.where))} <code>{one.code}</code> "
                   f"{_text(one.message.say(tongue))}{fix}</li>")
        yield "</ul>"


def _text(words: str) -> str:
    return escape(plain(words))
