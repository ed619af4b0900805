"""What Python says of a slip in an author's module, in the author's words: name, place, the nearest that exists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from flowstd.base.errors import BadSource, FlowstdError, UnknownName
from flowstd.base.near import nearest
from flowstd.base.parsers import in_chinese
from flowstd.base.text import Text
from flowstd.base.where import Where

HALF = {"“": '"', "”": '"', "‘": "'", "’": "'", "。": ".", "、": ",", "【": "[", "】": "]", "「": '"', "」": '"', "—": "-"}


def of_syntax(message: str, where: Where) -> FlowstdError:
    """The error that Python cannot parse what stands at *where*."""
    sign = re.match(r"invalid character '(.)'", message)
    if sign:
        half = HALF.get(sign[1]) or unicodedata.normalize("NFKC", sign[1])
        fix = Text(f"改成半角的 {half}", f"write a half-width {half}") if half.isascii() else None
        return BadSource(Text(f"代码里有全角或特殊符号“{sign[1]}”", f'"{sign[1]}" is no character of Python code'),
                         where=where, fix=fix or Text("删去这个符号，或放进引号里", "remove it, or put it between quotes"))
    return BadSource(Text(f"Python 语法错误：{in_chinese(message)}", f"Python syntax error: {message}"), where=where,
                     fix=Text("检查这一行和上一行的括号、引号和逗号",
                              "check brackets, quotes and commas on this line and the one before"))


def of_name(error: BaseException, where: Where) -> FlowstdError | None:
    """The error that *error* is about a name nobody knows, at its letters; None when it is about something else."""
    frame = _last(error.__traceback__, where)
    if frame is None:
        return None
    known: Iterable[str]
    name: str | None
    if isinstance(error, NameError):
        known = {**frame.tb_frame.f_builtins, **_words(), **frame.tb_frame.f_globals, **frame.tb_frame.f_locals}
        name, at = error.name, "start"
    elif isinstance(error, AttributeError):
        known, name, at = dir(error.obj), error.name, "end"
    else:
        found = re.match(r"cannot import name '(\w+)' from 'flowstd[\w.]*'", str(error))
        known, name, at = _words(), found[1] if found else None, ""
    if not name:
        return None
    near = nearest(name, [one for one in known if not one.startswith("_")])
    fix = Text(f"是否想写“{near}”？", f'did you mean "{near}"?') if near else Text(
        "检查拼写；流程的词要从 flowstd 导入", "check its spelling; the words of a flow are imported from flowstd")
    return UnknownName(Text(f"没有名称“{name}”", f'there is no name "{name}"'), fix=fix,
                       where=replace(where, column=_column(frame, where, name, at)))


def _words() -> dict[str, None]:
    """The words that an author imports."""
    import flowstd

    return dict.fromkeys(flowstd.__all__)


def _last(trace: TracebackType | None, where: Where) -> TracebackType | None:
    """The innermost part of *trace* that runs the line of *where*."""
    found = None
    while trace is not None:
        same = Path(trace.tb_frame.f_code.co_filename).name == Path(where.file).name
        found = trace if same and trace.tb_lineno == where.line else found
        trace = trace.tb_next
    return found


def _column(trace: TracebackType, where: Where, name: str, at: str) -> int:
    """Where *name* stands in its line, from 1: at the start or the end of what was run; 0 when it is not known."""
    try:
        line = Path(where.file).read_text("utf-8-sig").splitlines()[where.line - 1]
    except (OSError, ValueError, IndexError):
        return 0
    first, last, start, end = list(trace.tb_frame.f_code.co_positions())[trace.tb_lasti // 2]
    if at == "start" and first == where.line and start is not None:
        return len(line.encode()[:start].decode(errors="ignore")) + 1
    if at == "end" and last == where.line and end is not None:
        return len(line.encode()[:end].decode(errors="ignore")) - len(name) + 1
    found = re.search(rf"\b{re.escape(name)}\b", line)
    return found.start() + 1 if found else 0
