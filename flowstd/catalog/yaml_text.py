"""YAML text → data with lines; whatever YAML would read otherwise than it looks is refused.

PyYAML's C parser gives the nodes; the values are made here, because its own
loader keeps the last of two equal keys, reads ``no`` as false and ``12:30`` as
a number, and expands aliases without limit.
"""

from __future__ import annotations

import re
from typing import Any

from flowstd.base.errors import BadSource, FlowstdError
from flowstd.base.parsers import in_chinese
from flowstd.base.text import Text
from flowstd.base.where import Where

from .source import Mark, Path, Source

DEEPEST = 64              # levels of nesting
MOST = 20_000             # values in one file, aliases counted as often as they are used
_TAG = "tag:yaml.org,2002:"


def read_yaml(text: str, file: str) -> Source:
    """The data of the one document in *text*.

    >>> source = read_yaml("name: 备案\\nsteps:\\n  - 受理", "a.yaml")
    >>> source.data, source.where("steps", 0).line
    ({'name': '备案', 'steps': ['受理']}, 3)

    Raises: BadSource: with line, column and remedy.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        raise _broken(error, text, file) from None
    except yaml.YAMLError as error:
        raise _unreadable(text, error, file) from None
    except RecursionError:
        raise _too_much(file) from None
    if node is None:
        raise BadSource(Text("文件是空的", "the file is empty"), where=Where(file),
                        fix=Text("写一个事项，或删去这个文件", "write an item, or remove the file"))
    reader = _Reader(file, text)
    return Source(file, reader.value(node, ()), reader.marks, keys=reader.keys)


class _Reader:
    """One walk over the nodes of a document."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.marks: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}

    def value(self, node: Any, path: Path) -> Any:
        if len(path) > DEEPEST or len(self.marks) > MOST:
            raise _too_much(self.file, self.place(node))
        spelt = node.value if node.id == "scalar" else ""
        self.marks[path] = Mark(node.start_mark.line + 1, node.start_mark.column + 1, spelt)
        if node.id == "scalar":
            return self.scalar(node, alone=not path)
        if node.id == "sequence":
            self.plain_tag(node, "seq")
            return [self.value(child, (*path, i)) for i, child in enumerate(node.value)]
        self.plain_tag(node, "map")
        return self.mapping(node, path)

    def mapping(self, node: Any, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = self.key(key_node)
            line = key_node.start_mark.line + 1
            if key in found:
                raise BadSource(Text(f"“{key}”写了两次：第 {lines[key]} 行和第 {line} 行",
                                     f'"{key}" is given twice: on line {lines[key]} and on line {line}'),
                                where=self.place(key_node), fix=Text("删去其中一处", "remove one of them"))
            self.keys[(*path, key)] = Mark(line, key_node.start_mark.column + 1)
            found[key] = self.value(value_node, (*path, key))
            lines[key] = line
            mark = self.marks[(*path, key)]
            if value_node.id != "scalar":
                self.marks[(*path, key)] = Mark(line, key_node.start_mark.column + 1, mark.spelt)
        return found

    def key(self, node: Any) -> str:
        if node.id != "scalar" or node.tag == _TAG + "merge":
            raise BadSource(Text("名称必须是一个词；不支持“<<”合并", 'a name must be one word; "<<" merging is not supported'),
                            where=self.place(node), fix=Text("把合并的内容写全", "write the merged values out"))
        return str(node.value)

    def scalar(self, node: Any, *, alone: bool) -> Any:
        spelt: str = node.value
        if node.tag == _TAG + "str":
            if alone or node.start_mark.line != node.end_mark.line:
                self.full_width(node)
            return spelt
        if node.tag == _TAG + "null":
            return None
        if node.tag == _TAG + "bool":
            if spelt.lower() in ("true", "false"):
                return spelt.lower() == "true"
            meant = "true" if spelt.lower() in ("yes", "on", "y") else "false"
            raise BadSource(Text(f"YAML 会把 {spelt} 读成 {meant}", f"YAML reads {spelt} as {meant}"),
                            where=self.place(node),
                            fix=Text(f'要写文字就加引号："{spelt}"；要写是非就写 {meant}',
                                     f'quote it when it is a word: "{spelt}"; write {meant} when it is a yes or no'))
        if node.tag == _TAG + "int" and re.fullmatch(r"0|-?[1-9]\d{0,17}", spelt):
            return int(spelt)
        if node.tag == _TAG + "float" and re.fullmatch(r"-?\d+\.\d+", spelt):
            return float(spelt)
        if node.tag in (_TAG + "int", _TAG + "float", _TAG + "timestamp"):
            return spelt              # 0012, 12:30, 1_000, 2026-01-01: what the author wrote, not what YAML makes of it
        raise self.strange_tag(node)

    def full_width(self, node: Any) -> None:
        """A line such as ``名称：值`` inside a plain text is a key whose colon is full-width."""
        if not node.style and "：" in node.value:
            lines = self.text.splitlines()
            for number in range(node.start_mark.line + 1, node.end_mark.line + 2):
                error = _full_width_colon(lines, number, self.file)
                if error:
                    raise error

    def plain_tag(self, node: Any, name: str) -> None:
        if node.tag != _TAG + name:
            raise self.strange_tag(node)

    def strange_tag(self, node: Any) -> FlowstdError:
        return BadSource(Text(f"不支持标签“{node.tag}”", f'the tag "{node.tag}" is not supported'), where=self.place(node),
                         fix=Text("删去以 ! 开头的标签", "remove the tag that begins with !"))

    def place(self, node: Any) -> Where:
        return Where(self.file, node.start_mark.line + 1, node.start_mark.column + 1)


def _broken(error: Any, text: str, file: str) -> FlowstdError:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    first = error.context_mark.line + 1 if error.context_mark else line
    lines = text.splitlines()
    for number in range(max(1, min(first, line) - 1), line + 1):
        found = _tab(lines, number, file) or _full_width_colon(lines, number, file)
        if found:
            return found
    problem = " ".join(part for part in (error.context, error.problem) if part)
    fix = Text("检查缩进、冒号后的空格和引号", "check the indentation, the space after each colon, and the quotes")
    if error.context_mark and error.context == "while scanning a quoted scalar" and "end of" in error.problem:
        line, column = first, error.context_mark.column + 1         # where it is opened, not the end of the file
        fix = Text("在末尾补上引号", "close the quotation mark that is opened here")
    return BadSource(Text(f"不是合法的 YAML：{in_chinese(problem)}", f"not YAML: {problem}"),
                     where=Where(file, line, column), fix=fix)


def _unreadable(text: str, error: Exception, file: str) -> FlowstdError:
    odd = _REFUSED.search(text)
    if odd is None:
        said = str(error)
        return BadSource(Text(f"不是合法的 YAML：{in_chinese(said)}", f"not YAML: {said}"), where=Where(file),
                         fix=Text("另存为 UTF-8", "save it as UTF-8"))
    point = f"U+{ord(odd[0]):04X}"
    return BadSource(Text(f"有控制字符 {point}", f"there is a control character, {point}"), fix=Text("删去它", "remove it"),
                     where=Where.of(file, text, odd.start()))


# what YAML has no place for, in quotes or out of them
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def _tab(lines: list[str], number: int, file: str) -> FlowstdError | None:
    found = re.match(r" *\t", _line(lines, number))
    if not found:
        return None
    return BadSource(Text("缩进里有制表符（Tab）", "there is a tab in the indentation"), where=Where(file, number, found.end()),
                     fix=Text("用空格缩进", "indent with spaces"))


def _full_width_colon(lines: list[str], number: int, file: str) -> FlowstdError | None:
    found = re.match(r"\s*(?:- +)?[^\s:：#'\"\[{][^:：#'\"]*：", _line(lines, number))
    if not found:
        return None
    return BadSource(Text("这里的冒号是全角的（：）", "full-width colon (：) found"), where=Where(file, number, found.end()),
                     fix=Text("改成半角冒号加空格“: ”；文字里的全角冒号要加引号",
                              'write a half-width colon and a space ": "; quote a text that holds a full-width colon'))


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _too_much(file: str, where: Where | None = None) -> FlowstdError:
    return BadSource(Text(f"嵌套超过 {DEEPEST} 层，或值超过 {MOST} 个（别名展开后）",
                          f"nested more than {DEEPEST} levels, or more than {MOST} values (aliases counted in full)"),
                     where=where or Where(file), fix=Text("不要用别名重复大段内容", "do not repeat large parts through aliases"))
