"""JSON → Flow: what ``to_json`` wrote, or another program, or a person; each fault is told at its line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from flowstd.base.errors import BadSource, FlowstdError
from flowstd.base.parsers import in_chinese
from flowstd.base.text import UNSHOWN, Text, short
from flowstd.base.where import Where
from flowstd.item.problems import told

from .invariants import WORDS, check_amount
from .kinds import Kind
from .limits import LONGEST_LABEL, LONGEST_TEXT
from .model import Flow
from .places import Places
from .text import FORMAT

DIGITS = 18               # of a whole number: no term is that long
_Path = tuple[str | int, ...]
_LABELS = (("label",), ("name",))
_NAMED = (Kind.TASK, Kind.CALL)       # what says nothing without a label
_MADE = Text("改正此处，或重新写出文件：flowstd draw 来源 -o flow.json",
             "mend this, or write the file anew: flowstd draw SOURCE -o flow.json")


def from_json(text: str | bytes, *, file: str = "") -> Flow:
    """The flow written in *text*. Raises BadSource, BadFlow, UnknownStep: with the line."""
    words = text if isinstance(text, str) else _decoded(text, file)
    data, places = _loaded(words, file), Places(words, file)
    _check_format(data, places)
    del data["format"]
    try:
        for name in WORDS.keys() & data.keys():
            if isinstance(data[name], list):
                check_amount(name, len(data[name]), Where(file))
        if not _surely_shown(words):
            _check_texts(data, places)
        _check_names(data, places)
        flow = Flow.model_validate(_placed(data, places))
    except ValidationError as error:
        first = told(error, Flow, places.of)[0]
        raise BadSource(first.what, where=first.where, fix=first.fix or _MADE) from None
    except FlowstdError as error:
        error.where, error.fix = error.where or Where(file), error.fix or _MADE
        raise
    return flow


def _decoded(text: bytes, file: str) -> str:
    try:
        return text.decode(json.detect_encoding(text))
    except UnicodeDecodeError:
        raise BadSource(Text("文件不是 UTF-8 编码", "the file is not UTF-8"), where=Where(file),
                        fix=Text("另存为 UTF-8", "save it as UTF-8")) from None


def _loaded(text: str, file: str) -> Any:
    def whole(digits: str) -> int:
        if len(digits) > DIGITS:
            raise BadSource(Text(f"{short(digits)} 有 {len(digits)} 位，太大", f"{short(digits)} has {len(digits)} digits, "
                                 "which is too many"), where=Places(text, file).at(text.find(digits)),
                            fix=Text("写成较小的数", "write a smaller number"))
        return int(digits)

    try:
        return json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant, parse_int=whole)
    except json.JSONDecodeError as error:
        raise BadSource(Text(f"不是合法的 JSON：{in_chinese(error.msg)}", f"not JSON: {error.msg}"),
                        where=Where(file, error.lineno, error.colno),
                        fix=Text("检查此处的逗号、引号和括号", "check the commas, quotes and brackets at this place")) from None
    except RecursionError:
        raise BadSource(Text("JSON 嵌套过深", "the JSON is nested too deeply"), where=Where(file), fix=_MADE) from None
    except BadSource as error:
        error.where = error.where or Where(file)
        raise


def _check_format(data: Any, places: Places) -> None:
    written = data.get("format") if isinstance(data, dict) else None
    if isinstance(written, str) and written.partition("/")[0] == FORMAT.partition("/")[0] and written != FORMAT:
        raise BadSource(Text(f"格式版本是 {short(written)}，这个程序只读 {FORMAT}",
                             f"its format is {short(written)}, and this program reads {FORMAT}"),
                        where=places.of(("format",)),
                        fix=Text("升级 flowstd，或重新写出文件：flowstd draw 来源 -o flow.json",
                                 "upgrade flowstd, or write the file anew: flowstd draw SOURCE -o flow.json"))
    if written != FORMAT:
        raise BadSource(Text(f"不是流程文件：缺少 \"format\": \"{FORMAT}\"", f'not a flow: "format": "{FORMAT}" is missing'),
                        where=Where(places.file), fix=_MADE)


def _placed(data: dict[str, Any], places: Places) -> dict[str, Any]:
    """*data* with the place of each part, for what is said of it later."""
    for name, found in places.lists().items() if places.file else ():
        for part, where in zip(data[name], found, strict=True):
            if isinstance(part, dict):
                part.setdefault("where", where)
    return data


# ---- texts: what may stand on a chart

def _surely_shown(text: str) -> bool:
    """Whether all texts can stand on a chart, told without looking at each: true of what we write."""
    return "\\" not in text and not UNSHOWN.search(text.rstrip()) and not _LONG.search(text)


_LONG = re.compile(f'"[^"]{{{LONGEST_LABEL + 1},}}"')


def _check_texts(data: Any, places: Places) -> None:
    """Refuse what nothing shows, and what is too long to draw. Raises BadSource."""
    for path, text in _texts(data):
        hidden = () if text.isprintable() else UNSHOWN.finditer(text)
        odd = next((one for one in hidden if one[0] not in "\t\n"), None)
        if odd is not None:
            at, point = odd.start() + 1, ord(odd[0])
            raise _wrong(path, places, f"第 {at} 个字符 U+{point:04X} 无法显示",
                         f"character {at}, U+{point:04X}, cannot be shown",
                         Text(f"删去它；也可能写作 \\u{point:04x}", f"remove it; it may be spelt \\u{point:04x}"))
        most = LONGEST_LABEL if path[-1:] in _LABELS else LONGEST_TEXT
        if len(text) > most:
            raise _wrong(path, places, f"有 {len(text)} 个字，超过 {most} 个，画不出来",
                         f"{len(text)} characters, more than {most}, cannot be drawn", Text("写短", "make it shorter"))


def _check_names(data: Any, places: Places) -> None:
    """Refuse steps without a name. Raises BadSource."""
    nodes = data.get("nodes")
    for number, node in enumerate(nodes if isinstance(nodes, list) else ()):
        if isinstance(node, dict) and node.get("kind") in _NAMED and not str(node.get("label", "?")).strip():
            raise _wrong(("nodes", number, "label"), places, "步骤没有名称", "the step has no name",
                         Text("写出做什么", "write what is done"))


def _texts(data: Any) -> Iterator[tuple[_Path, str]]:
    """Every text, the names of values among them, and the way to it."""
    left: list[tuple[_Path, Any]] = [((), data)]          # no recursion: a file may be nested as deeply as it likes
    while left:
        path, value = left.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            yield from (((*path, key), key) for key in value)
            left += [((*path, key), value[key]) for key in reversed(value)]
        elif isinstance(value, list):
            left += [((*path, number), value[number]) for number in reversed(range(len(value)))]


def _wrong(path: _Path, places: Places, zh: str, en: str, fix: Text) -> BadSource:
    name = short(re.sub(r"\.(?=\[)", "", ".".join(f"[{step}]" if isinstance(step, int) else step for step in path)))
    return BadSource(Text(f"{name}：{zh}", f"{name}: {en}"), where=places.of(path), fix=fix)


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise BadSource(Text(f"键 {short(repr(twice))} 出现两次", f"duplicate key {short(repr(twice))}"),
                        fix=Text("删去一个", "remove one of them"))
    return found


def _no_constant(name: str) -> Any:
    raise BadSource(Text(f"{name} 不是数", f"{name} is not a number"), fix=Text("写成数字", "write a number"))
