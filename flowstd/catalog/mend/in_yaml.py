"""Mends in an item written in YAML: one value changes, or one exit more is written; comments and order stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from flowstd.base.text import Text
from flowstd.check.mend import APPLICANT, Act, Exit, Mend, Reworded
from flowstd.ir.model import Node
from flowstd.item.model import Item
from flowstd.item.problems import field_names

from ..steps import VERBS
from .edit import Edit, Unmendable, line_above

_NAMES = field_names(Item)
_APPLICANT = "申请人"


def edits(text: str, mend: Mend, decision: Node | None) -> Iterator[Edit]:
    """The changes that *mend* asks of the item in *text*; *decision* is the question that gets an exit.

    Raises: Unmendable: the value is written over several lines, or the steps come from a template.
    """
    import yaml

    root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if isinstance(mend, Reworded):
        yield from _reworded(text, root, mend)
    elif decision is not None:
        yield _exit(text, root, mend, decision)


def _reworded(text: str, root: Any, mend: Reworded) -> Iterator[Edit]:
    found = {_NAMES.get(key.value, ""): (key, value) for key, value in root.value}
    first = mend.values[0][0]
    for name, value in mend.values:
        written = _scalar(value) if isinstance(value, str) else f"[{', '.join(map(_scalar, value))}]"
        if name in found:
            node = found[name][1]
            if not _on_one_line(node):
                raise Unmendable(Text(f"“{found[name][0].value}”的值写成了多行", f'"{found[name][0].value}" is written over '
                                                                          'several lines'))
            yield Edit(node.start_mark.index, node.end_mark.index, _as_before(node, written))
        else:                                    # beside the first one, named in the same language
            key, beside = found[first]
            title = name if key.value.isascii() else str(Item.model_fields[name].title)
            between = ", " if root.flow_style else "\n" + " " * key.start_mark.column
            at = beside.end_mark.index
            if not root.flow_style:
                at = _line_end(text, at)
            yield Edit(at, at, f"{between}{title}: {written}")


def _exit(text: str, root: Any, mend: Exit, decision: Node) -> Edit:
    step = next((node for node in _mappings(root) if node.start_mark.line + 1 == decision.where.line
                 and "exits" in _keys(node) and decision.label in _values(node)), None)
    if step is None:
        raise Unmendable(Text("这个判断不是直接写在这个文件里的", "this question is not written out in this file"))
    lane = next(key.value for key, value in step.value if value.value == decision.label)
    exits = next(value for key, value in step.value if key.value == "exits")
    last = exits.value[-1][0]                    # before the last one: that is taken when no other fits
    end = (f"{{end: {mend.ends}, label: {_scalar(mend.end_label)}}}" if mend.ends
           else f"{{back: {_scalar(decision.label)}}}")
    steps = [*(_act(act, lane) for act in mend.acts), end]
    at = last.start_mark.index
    if exits.flow_style:
        return Edit(at, at, f"{_scalar(mend.label)}: [{', '.join(steps)}], ")
    indent = " " * last.start_mark.column
    at = line_above(text, at)
    return Edit(at, at, "".join([f"{indent}{_scalar(mend.label)}:\n", *(f"{indent}  - {step}\n" for step in steps)]))


def _act(act: Act, lane: str) -> str:
    words = {_APPLICANT if act.lane == APPLICANT else lane: act.label, "verb": act.verb}
    if act.days is not None:
        words["within"] = f"{act.days}工作日" if act.days else "当场"
    return "{" + ", ".join(f"{name}: {_scalar(value)}" for name, value in {**words, **dict(act.more)}.items()) + "}"


def _scalar(value: str) -> str:
    """*value* as YAML reads it back, plain where that is safe.

    >>> _scalar("户外广告（变更）"), _scalar("supply"), _scalar("a: b"), _scalar("no")
    ('户外广告（变更）', 'supply', '"a: b"', '"no"')
    """
    han = re.fullmatch(r"[\u3400-\u9fff（）、，。？《》“”·\w]+", value) and not value.isascii()
    return value if han or value in VERBS else json.dumps(value, ensure_ascii=False)


def _as_before(node: Any, written: str) -> str:
    """*written* in the quotation marks that its author used for what it replaces."""
    plain = node.id != "scalar" or not node.style or written.startswith('"') or node.style in written
    return written if plain else f"{node.style}{written}{node.style}"


def _on_one_line(node: Any) -> bool:
    return node.start_mark.line == node.end_mark.line and (node.id == "scalar" or bool(node.flow_style))


def _line_end(text: str, at: int) -> int:
    found = re.compile(r"\r?\n|\Z").search(text, at)
    assert found is not None
    return found.start()


def _mappings(node: Any) -> Iterator[Any]:
    if node.id == "mapping":
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif node.id == "sequence":
        for value in node.value:
            yield from _mappings(value)


def _keys(node: Any) -> list[str]:
    return [key.value for key, _ in node.value]


def _values(node: Any) -> list[str]:
    return [value.value for _, value in node.value if value.id == "scalar"]
