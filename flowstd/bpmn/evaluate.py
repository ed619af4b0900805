"""Evaluates the Python that we write ourselves, without running Python: only calls, names, texts and ``>>``."""

from __future__ import annotations

import ast
from typing import Any


def evaluate(text: str, words: dict[str, Any]) -> dict[str, Any]:
    """The names that *text* defines, where *words* are all it may use. Raises ValueError: it is not such a text.

    >>> evaluate("a = f(2, b=[3])", {"f": lambda x, b: x * b[0]})["a"]
    6
    """
    names: dict[str, Any] = {}
    for line in ast.parse(text).body:
        match line:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                names[name] = _value(value, {**words, **names})
            case ast.ImportFrom() | ast.Expr(value=ast.Constant()):
                pass                                 # the words are given, whatever they are imported from
            case _:
                raise ValueError(ast.dump(line))
    return names


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return names[name]
        case ast.Attribute(value=inner, attr=name) if not name.startswith("_"):
            return getattr(_value(inner, names), name)
        case ast.BinOp(left=left, op=ast.RShift(), right=right):
            return _value(left, names) >> _value(right, names)
        case ast.Call(func=function, args=arguments, keywords=keywords):
            given = {keyword.arg: _value(keyword.value, names) for keyword in keywords if keyword.arg}
            return _value(function, names)(*(_value(one, names) for one in arguments), **given)
        case ast.List(elts=parts):
            return [_value(one, names) for one in parts]
        case ast.Tuple(elts=parts):
            return tuple(_value(one, names) for one in parts)
        case ast.Dict(keys=keys, values=values):
            return {
                _value(key, names): _value(value, names)
                for key, value in zip(keys, values, strict=True)
                if key is not None
            }
    raise ValueError(ast.dump(node))
