"""Python modules → cases: the module is run, and the cases it leaves behind are taken.

A module's ``charts`` (several) or ``chart`` (one) counts; without them every
case it holds at its top level. Whatever an author's code raises is told at the
author's line; our own frames are left out.
"""

from __future__ import annotations

import ast
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

from flowstd.base.errors import BadElement, BadSource, FlowstdError, UnknownName
from flowstd.base.files import read_source
from flowstd.base.near import did_you_mean
from flowstd.base.parsers import in_chinese
from flowstd.base.process import Limits
from flowstd.base.text import Text, short
from flowstd.base.where import Where

from .attended import nobody_asked, told
from .python_slips import of_name, of_syntax
from .restored import Restored

if TYPE_CHECKING:
    from flowstd.ir.case import Case

LIMITS = Limits()                 # where no catalogue sets others
FLOWS = ("flow", "process")       # what a module without an item calls its flow
LONGEST_MESSAGE = 500             # characters of what a module raises
_WRITE = Text('写 chart = item.scenario("新办", 流程)', 'write chart = item.scenario("新办", flow)')
_MEND = Text("改正这一行；--traceback 显示全部调用栈", "mend this line; --traceback shows the whole stack")
_OURS = str(Path(__file__).resolve().parent.parent) + os.sep


def cases_in(path: Path, limits: Limits = LIMITS) -> list[Case]:
    """The cases of the module at *path*, in the order written.

    Raises: BadSource: it cannot be run, or holds no case. FlowstdError: what building a flow raised.
    """
    with told(path, limits), _as_told(path):
        return _cases(_run(read_source(path), path), path) or _none(path)


def drawables_in(path: Path, limits: Limits = LIMITS, text: str | None = None) -> list[Any]:
    """What can be drawn in the module at *path*: its cases, or else its flows and blocks that are whole.

    Where *text* is given, it is taken for what the file says. Raises: BadSource: there is nothing.
    """
    with told(path, limits), _as_told(path):
        names = _run(read_source(path) if text is None else text, path)
        return (_cases(names, path) or [value for name, value in names.items() if name in FLOWS and drawable(value)]
                or _none(path))


def value_in(path: Path, name: str, limits: Limits = LIMITS) -> Any:
    """The value called *name* in the module at *path*: drawable, or several. Raises UnknownName, BadSource."""
    with told(path, limits), _as_told(path):
        names = _run(read_source(path), path)
        if name in names:
            value = names[name]
            for one in value if isinstance(value, list | tuple) else (value,):
                if not drawable(one):
                    raise _no_chart(one, path, name)
            return value
        known = [key for key, value in names.items() if not key.startswith("_") and drawable(value)]
        raise UnknownName(Text(f"{path} 里没有“{name}”", f'{path} holds no "{name}"'), where=Where(str(path)),
                          fix=did_you_mean(name, known) if known else None)


def drawable(value: Any) -> bool:
    """Whether *value* is something a chart can be made of."""
    from flowstd.dsl import Block
    from flowstd.ir.case import Case
    from flowstd.ir.model import Flow
    from flowstd.pipeline import Chart

    return isinstance(value, Case | Chart | Flow | Block)


def run_text(text: str, path: Path, *, line: int = 1, indent: int = 0, last: str = "",
             names: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The names that *text* leaves behind, which stands in the file *path* from *line* on, *indent* letters in.

    Its names begin with *names*; where *last* is given, a last line that is an expression is kept under that name.

    Raises: BadSource: with the author's line for a syntax error, a failed import or an exception.

    >>> run_text("1 + 1", Path("page.md"), last="shown")["shown"]
    2
    """
    with _as_told(path):
        return _run(text, path, line, indent, last, names)


def _run(text: str, path: Path, line: int = 1, indent: int = 0, last: str = "",
         names: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The same, where what is raised is told; nothing of it stays in ``sys.modules``."""
    module = ModuleType(f"flowstd_item_{path.stem}")
    module.__file__ = str(path)
    module.__dict__.update(names or {})
    code = _compiled(text, path, line, indent, last)
    with _imports_beside(path):
        sys.modules[module.__name__] = module      # where dataclasses look for the author's names
        with Restored(), redirect_stdout(sys.stderr):             # what an author prints is no part of a report
            exec(code, module.__dict__)
    return module.__dict__


@contextmanager
def _as_told(path: Path) -> Iterator[None]:
    """What the author's code raises meanwhile is told at the author's line: also when its values are looked at."""
    try:
        yield
    except BaseException as error:
        telling = _telling(error, path)
        if telling is error:
            raise
        raise telling from error


def _telling(error: BaseException, path: Path) -> BaseException:
    """*error* as it is told: itself where it is ours, or the person's wish to stop."""
    try:
        if isinstance(error, FlowstdError) and isinstance(getattr(error, "what", None), Text):
            error.where = error.where or _innermost(error, path)
            return error
        return error if _persons(error) else _raised(error, path)
    except BaseException as another:               # its author has written that wrong as well
        if _persons(another):
            return another
        return BadSource(Text("模块引发的异常自身有错，说不出是什么", "the module raised what cannot even be told"),
                         where=Where(str(path)), fix=_MEND)


def _persons(error: BaseException) -> bool:
    """Whether *error* is the person's wish to stop, and no module's."""
    return (type(error) is KeyboardInterrupt and not nobody_asked()
            and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN)      # as in a worker


def _compiled(text: str, path: Path, line: int, indent: int, last: str) -> CodeType:
    try:
        tree = ast.parse("\n" * (line - 1) + text, str(path))
        for node in ast.walk(tree) if indent else ():
            for name in ("col_offset", "end_col_offset"):
                if hasattr(node, name):
                    setattr(node, name, getattr(node, name) + indent)
        ending = tree.body[-1] if tree.body and last else None
        if isinstance(ending, ast.Expr):
            kept = ast.Assign([ast.Name(last, ast.Store())], ending.value)
            tree.body[-1] = ast.fix_missing_locations(ast.copy_location(kept, ending))
        return compile(tree, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise _syntax(error, path, indent) from None
    except MemoryError:
        raise BadSource(Text("不是合法的 Python：太长，或嵌套太深", "not Python: too long, or too many nested parts"),
                        where=Where(str(path)), fix=Text("写得短些、简单些", "write less, and more simply")) from None
    except (ValueError, RecursionError) as error:
        said = str(error) or "too many nested parts"
        raise BadSource(Text(f"不是合法的 Python：{in_chinese(said)}", f"not Python: {said}"), where=Where(str(path)),
                        fix=Text("写得简单些，或删去特殊字符", "write it more simply, or remove odd characters")) from None


def _none(path: Path) -> NoReturn:
    raise BadSource(Text("模块里没有流程图", "the module holds no chart"), where=Where(str(path)),
                    fix=Text(f"{_WRITE.zh}；只供其他模块导入的，文件名以 _ 开头",
                             f"{_WRITE.en}; what others only import has a name that begins with _"))


def _no_chart(value: Any, path: Path, name: str) -> BadElement:
    kind = type(value).__name__
    return BadElement(Text(f"“{name}”不是流程图，而是 {kind}", f'"{name}" is no chart but a {kind}'), where=Where(str(path)),
                      fix=_WRITE)


def _cases(names: dict[str, Any], path: Path) -> list[Case]:
    for name in ("charts", "chart"):
        if name in names:
            return _named_cases(name, names[name], path)
    found: dict[int, Case] = {}
    for value in names.values():
        for case in _as_cases(value):
            found.setdefault(id(case), case)
    return list(found.values())


def _named_cases(name: str, value: Any, path: Path) -> list[Case]:
    """The cases that an author calls *name*: each must be one."""
    several = list(value.values()) if isinstance(value, dict) else value
    values = list(several) if isinstance(several, list | tuple) else [several]
    found: list[Case] = []
    for one in values:
        cases = _as_cases(one)
        if not cases:
            kind = type(one).__name__
            raise BadSource(Text(f"“{name}”里有不是流程图的值：{kind}", f'"{name}" holds something that is no chart: {kind}'),
                            where=Where(str(path)), fix=_WRITE)
        found += cases
    return found


def _as_cases(value: Any) -> list[Case]:
    from flowstd.ir.case import Case
    from flowstd.pipeline import Chart

    if isinstance(value, Case):
        return [value]
    if isinstance(value, Chart) and value.item is not None:
        return [Case(item=value.item, scenario=value.scenario, flow=value.as_written, where=value.where)]
    return []


class _StandardFirst:
    """Finds standard modules where they are: what loads one late must not be given a neighbour of its name."""

    def __init__(self, places: list[str]) -> None:
        self.places = places

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        """As import asks for it."""
        return PathFinder.find_spec(name, self.places) if name in sys.stdlib_module_names else None


@contextmanager
def _imports_beside(path: Path) -> Iterator[None]:
    """Modules beside *path* can be imported while it runs, and are forgotten after it: folders may share names."""
    folder = str(path.resolve().parent)
    before = set(sys.modules)
    writes = sys.dont_write_bytecode
    standard = _StandardFirst(sys.path[:])
    sys.meta_path.insert(0, standard)
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.dont_write_bytecode = writes
        sys.path.remove(folder)
        sys.meta_path.remove(standard)
        for name in sorted(sys.modules.keys() - before):
            file = getattr(sys.modules[name], "__file__", None)
            if file and _beside(file, path):
                del sys.modules[name]


def _syntax(error: SyntaxError, path: Path, indent: int = 0) -> FlowstdError:
    return of_syntax(error.msg, Where(error.filename or str(path), error.lineno or 0,
                                      error.offset + indent if error.offset else 0))


def _raised(error: BaseException, path: Path) -> FlowstdError:
    """What the author's code raised, at the innermost line that is the author's."""
    if isinstance(error, SyntaxError):             # in a module that this one imports
        return _syntax(error, path)
    where = _innermost(error, path)
    kind = type(error).__name__
    if isinstance(error, ModuleNotFoundError):
        return BadSource(Text(f"导入不了模块“{error.name}”", f'cannot import "{error.name}"'), where=where,
                         fix=Text("把它放在这个文件旁边，文件名以 _ 开头，或用 pip 安装",
                                  "put it beside this file, under a name that begins with _, or install it with pip"))
    if isinstance(error, SystemExit):
        return BadSource(Text("模块自行退出（SystemExit）", "the module ended itself (SystemExit)"), where=where,
                         fix=Text("删去 exit()；事项模块只描述流程", "remove exit(); an item module only describes a flow"))
    slip = of_name(error, where) if isinstance(error, NameError | AttributeError | ImportError) else None
    if slip is not None:
        return slip
    said = _words(error)
    what = f"{kind}: {short(said, LONGEST_MESSAGE)}" if said else kind
    return BadSource(Text(f"模块出错：{what}", f"the module raised {what}"), where=where, fix=_MEND)


def _words(error: BaseException) -> str:
    """What *error* says of itself, on one line; its author may have written that wrong as well."""
    try:
        return " ".join(str(error).split())
    except BaseException as another:
        if _persons(another):
            raise
        return ""


def _innermost(error: BaseException, path: Path) -> Where:
    """The last line of the author's that the error came through; the file, where it came through none."""
    own = [frame for frame in traceback.extract_tb(error.__traceback__)
           if _beside(frame.filename, path) and not frame.filename.startswith(_OURS)]
    return Where(_as_given(own[-1].filename, path), own[-1].lineno or 0) if own else Where(str(path))


def _beside(file: str, path: Path) -> bool:
    """Whether *file*, as a frame or a module names it, is the author's; ``<frozen …>`` and the like are nobody's."""
    return file == str(path) or (os.path.isfile(file) and Path(file).resolve().is_relative_to(path.resolve().parent))


def _as_given(file: str, path: Path) -> str:
    """*file* as the user wrote the way to it, where it lies in the same folder."""
    resolved = Path(file).resolve()
    return str(path.parent / resolved.relative_to(path.resolve().parent)) if _beside(file, path) else file
