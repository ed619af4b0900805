"""TOML text → data with lines: ``tomllib`` reads it, a scan over the lines finds the keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flowstd.base.errors import BadSource
from flowstd.base.parsers import in_chinese
from flowstd.base.text import Text
from flowstd.base.where import Where

from .source import Mark, Path, Source


def read_toml(text: str, file: str) -> Source:
    """The data of *text*. Raises BadSource with the line where it breaks.

    >>> read_toml('[[rule]]\\nwords = ["注销"]', "rules.toml").where("rule", 0, "words").line
    2
    """
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"^(.*) \(at line (\d+), column (\d+)\)$", str(error), re.DOTALL)
        last = text.rstrip("\n").count("\n") + 1
        what, line, column = (found[1], int(found[2]), int(found[3])) if found else (
            str(error).removesuffix(" (at end of document)"), last, 0)
        raise BadSource(Text(f"不是合法的 TOML：{in_chinese(what)}", f"not TOML: {what}"), where=Where(file, line, column),
                        fix=_remedy(text, line, what)) from None
    except RecursionError:
        raise BadSource(Text("TOML 嵌套过深", "the TOML is nested too deeply"), where=Where(file),
                        fix=Text("写得简单些", "write it more simply")) from None
    except ValueError:                # Python reads no number of more than 4,300 digits
        raise BadSource(Text("有一个数太长", "one of the numbers is too long"), where=_longest_number(text, file),
                        fix=Text("写成较小的数，编码要加引号", "write a smaller number; put a code into quotes")) from None
    return Source(file, data, _marks(text))


def _longest_number(text: str, file: str) -> Where:
    longest = max(re.finditer(r"[0-9_]+", text), key=lambda found: len(found[0]))
    return Where.of(file, text, longest.start())


_TWICE = re.compile(r"Cannot (?:declare|overwrite|redefine|mutate|define)|.*[Dd]uplicate")


def _remedy(text: str, line: int, what: str) -> Text:
    lines = text.splitlines()
    found = lines[line - 1] if 0 < line <= len(lines) else ""
    if _TWICE.match(what):
        return Text("只留一处", "keep only one of them")
    if re.search(r"[＝“”‘’]", found):
        return Text("用半角的 = 和 \" ", 'use the half-width = and " ')
    if not found.lstrip()[:1].isascii():
        return Text('中文名称要加引号："咨询方式" = "…"', 'quote a name in Chinese: "咨询方式" = "…"')
    return Text('写成 名称 = "值"，文字要加英文引号', 'write name = "value"; texts need quotation marks')


def _marks(text: str) -> dict[Path, Mark]:
    marks: dict[Path, Mark] = {}
    count: dict[Path, int] = {}
    table: Path = ()
    for number, line in _statements(text):
        head = re.match(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]", line)
        if head:
            table = tuple(_keys(head[2]))
            if head[1] == "[[":
                count[table] = count.get(table, -1) + 1
                marks.setdefault(table, Mark(number, 1))
            table = _counted(table, count)
            marks[table] = Mark(number, 1)
            continue
        entry = re.match(r"""\s*((?:[\w\-.\s]|"[^"]*"|'[^']*')+?)\s*=""", line)
        if entry:
            marks[(*table, *_keys(entry[1]))] = Mark(number, entry.start(1) + 1)
    return marks


def _counted(table: Path, count: dict[Path, int]) -> Path:
    """*table* with the position in each list of tables on the way: ``rule`` → ``rule, 3``."""
    path: list[Any] = []
    for length, key in enumerate(table, 1):
        path.append(key)
        if table[:length] in count:
            path.append(count[table[:length]])
    return tuple(path)


def _keys(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in re.findall(r"""[^.\s"']+|"[^"]*"|'[^']*'""", dotted)]


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The first line of each statement; lines inside a list or a long text are passed over."""
    depth, quote = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if not depth and not quote:
            yield number, line
        depth, quote = _after(line, depth, quote)


_PIECE = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*|[\[\]{}]')


def _after(line: str, depth: int, quote: str) -> tuple[int, str]:
    """How deep in brackets, and in which long text, *line* leaves us."""
    if not quote and re.match(r"\s*\[\[?[^\[\]]+\]\]?\s*(#.*)?$", line) and not depth:
        return 0, ""
    at = 0
    while at < len(line):
        if quote:
            end = line.find(quote, at)
            if end < 0:
                return depth, quote
            at, quote = end + 3, ""
            continue
        piece = _PIECE.search(line, at)
        if not piece:
            break
        at = piece.end()
        if piece[0] in ('"""', "'''"):
            quote = piece[0]
        elif piece[0] in "[{":
            depth += 1
        elif piece[0] in "]}":
            depth -= 1
    return max(depth, 0), quote
