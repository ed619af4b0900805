"""Mends in a Python module: one literal changes, or one exit more is written; the rest stays letter for letter."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.check.mend import APPLICANT, OWN, Act, Exit, Mend, Reworded
from flowstd.ir.model import Node

from .edit import Edit, Unmendable, line_above, line_starts

PACKAGES = ("flowstd", "flowstd.dsl")
NEWLINE = "\n"


def edits(text: str, mend: Mend, item: Where, decision: Node | None) -> Iterator[Edit]:
    """The changes that *mend* asks of the module *text*: of the call at *item*, or of the question *decision*.

    Raises: Unmendable: a value is no literal there, or the question is not written in this module.
    """
    module = _Module(text)
    if isinstance(mend, Reworded):
        yield from module.reworded(mend, item)
    elif decision is not None:
        yield from module.exit(mend, decision)


class _Module:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = ast.parse(text)
        self.starts = line_starts(text)

    # ---- elements

    def reworded(self, mend: Reworded, where: Where) -> Iterator[Edit]:
        call = self._call(where)
        keywords = {keyword.arg: keyword.value for keyword in call.keywords}
        for name, value in mend.values:
            written = _literal(value)
            given = keywords.get(name)
            if given is not None:
                if not _is_literal(given):
                    raise Unmendable(Text(f"{name} 的值不是直接写在这里的", f"{name} is not written out here"))
                start, end = self._span(given)
                single = self.text[start] == "'" and "'" not in written and written[0] == '"'
                yield Edit(start, end, f"'{written[1:-1]}'" if single else written)
            else:
                first = keywords.get(mend.values[0][0])
                if first is None:
                    raise Unmendable(Text(f"这里没有写 {mend.values[0][0]}", f"{mend.values[0][0]} is not given here"))
                at = self._span(first)[1]
                yield Edit(at, at, f", {name}={written}")

    def _call(self, where: Where) -> ast.Call:
        found = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call) and node.lineno == where.line
                 and any(keyword.arg == "name" for keyword in node.keywords)]
        if len(found) != 1:
            raise Unmendable(Text("这个事项不是用一处 Item(name=…) 写成的", "the item is not written as one Item(name=…)"))
        return found[0]

    # ---- exits

    def exit(self, mend: Exit, decision: Node) -> Iterator[Edit]:
        call = self._question(decision)
        lane = ast.get_source_segment(self.text, call.func.value) if isinstance(call.func, ast.Attribute) else None
        if lane is None:
            raise Unmendable(Text("看不出这个判断在哪条泳道", "the lane of this question is not written here"))
        steps = [self._act(act, lane) for act in mend.acts]
        steps.append(f'end.{mend.ends}("{mend.end_label}")' if mend.ends else f"back({_literal(decision.label)})")
        yield self._among(call, mend.label, steps)
        used = ["applicant" for act in mend.acts if act.lane == APPLICANT]
        used += ["end" if mend.ends else "back", *("workdays" for act in mend.acts if act.days is not None)]
        yield from self._imported(tuple(dict.fromkeys(used)))

    def _question(self, decision: Node) -> ast.Call:
        where = decision.where
        found = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)
                 and isinstance(node.func, ast.Attribute) and node.args
                 and isinstance(node.args[0], ast.Constant) and node.args[0].value == decision.label
                 and where.line <= node.lineno <= max(where.line, where.end_line)]
        if len(found) != 1:
            raise Unmendable(Text("这个判断不是直接写在这个文件里的", "this question is not written out in this file"))
        return found[0]

    def _among(self, call: ast.Call, label: str, steps: list[str]) -> Edit:
        """The exit before the last one, which is taken when no other fits."""
        branches = next((arg for arg in call.args[1:] if isinstance(arg, ast.Dict)), None)
        if branches is not None and branches.keys and branches.keys[-1] is not None:
            return self._before(branches.keys[-1], f"{_literal(label)}: ", steps)
        exits = [keyword for keyword in call.keywords if keyword.arg and not keyword.arg.isascii()]
        if not exits or not label.isidentifier():
            raise Unmendable(Text("这个判断的分支不是直接写在这里的", "the exits of this question are not written out here"))
        return self._before(exits[-1], f"{label}=", steps)

    def _before(self, node: ast.expr | ast.keyword, head: str, steps: list[str]) -> Edit:
        """On lines of its own where the others have them, else on the same line."""
        at = self._offset(node.lineno, node.col_offset)
        indent = self.text[self.starts[node.lineno - 1]:at]
        if indent.strip():
            return Edit(at, at, f"{head}{' >> '.join(steps)}, ")
        at = line_above(self.text, at)
        return Edit(at, at, f"{indent}{head}{f'{NEWLINE}{indent}>> '.join(steps)},{NEWLINE}")

    def _act(self, act: Act, lane: str) -> str:
        words = [_literal(act.label)]
        if act.days is not None:
            words.append(f"within=workdays({act.days})")
        words += [f"{name}={_literal(value)}" for name, value in act.more]
        return f"{lane if act.lane == OWN else 'applicant'}.{act.verb}({', '.join(words)})"

    def _imported(self, names: tuple[str, ...]) -> Iterator[Edit]:
        imports = [node for node in self.tree.body if isinstance(node, ast.ImportFrom) and node.module in PACKAGES]
        known = {alias.name for node in imports for alias in node.names if alias.asname is None}
        missing = [name for name in names if name not in known]
        if not missing:
            return
        if not imports or any(alias.name == "*" for alias in imports[0].names):
            raise Unmendable(Text(f"这个模块没有 from flowstd import {', '.join(missing)}",
                                  f"the module does not say: from flowstd import {', '.join(missing)}"))
        last = imports[0].names[-1]
        at = self._offset(last.end_lineno or 0, last.end_col_offset or 0)
        yield Edit(at, at, "".join(f", {name}" for name in missing))

    # ---- places

    def _span(self, node: ast.expr) -> tuple[int, int]:
        return (self._offset(node.lineno, node.col_offset),
                self._offset(node.end_lineno or node.lineno, node.end_col_offset or 0))

    def _offset(self, line: int, column: int) -> int:
        """The place of a column that Python counts in UTF-8 bytes."""
        start = self.starts[line - 1]
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        return start + len(self.text[start:end].encode()[:column].decode("utf-8", "ignore"))


def _is_literal(node: ast.expr) -> bool:
    if isinstance(node, ast.List | ast.Tuple):
        return all(_is_literal(part) for part in node.elts)
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _literal(value: str | tuple[str, ...]) -> str:
    """*value* as Python code.

    >>> print(_literal("受理"), _literal(("县级",)))
    "受理" ["县级"]
    """
    if isinstance(value, str):
        plain = repr(value)
        return f'"{plain[1:-1]}"' if plain[0] == "'" and '"' not in value else plain
    return f"[{', '.join(map(_literal, value))}]"
