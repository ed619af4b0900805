"""What an author's module reads, or looks for, beside its own file: it is made anew when one of these changes.

Python tells of files that are opened and of folders that are listed. It does not tell who asks whether a file is
there, nor of a module that is looked for in vain: for these there are ears of our own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, wraps
from typing import Any

from .compiler import THERE, mark_of


class _Heard:
    """The paths that were heard of while one unit was read."""

    def __init__(self) -> None:
        self.read: set[str] = set()       # opened, listed, or looked for in vain
        self.asked: set[str] = set()      # whether they are there, or since when


_heard: _Heard | None = None
_listens = False


@contextmanager
def reading(home: str, own: str, wanted: bool) -> Iterator[dict[str, str]]:
    """Files inside the catalogue *home* that are opened, listed or asked for meanwhile by what stands in the file
    *own*, there or not, with their digests; filled when it ends.
    """
    global _heard
    found: dict[str, str] = {}
    if not wanted:
        yield found
        return
    _listen()
    heard = _heard = _Heard()
    try:
        with _asked(), _sought():
            yield found
    finally:
        _heard = None
        found.update(_inside(heard, os.path.realpath(home), os.path.realpath(own)))
        found.update(_beyond(os.path.realpath(home)))


def _inside(heard: _Heard, home: str, own: str) -> Iterator[tuple[str, str]]:
    read = {os.path.realpath(_source(path)) for path in heard.read}
    asked = {path for path in map(os.path.realpath, heard.asked) if not f"{own}{os.sep}".startswith(path + os.sep)}
    for path in sorted(read | asked):
        if path != own and f"{path}{os.sep}".startswith(home + os.sep):
            name = path[len(home) + 1:].replace(os.sep, "/") or os.curdir
            if path not in read and os.path.isdir(path):
                name += THERE
            yield name, mark_of(os.path.join(home, name))


def _beyond(home: str) -> Iterator[tuple[str, str]]:
    """The modules of authors that stand elsewhere and are in use: not Python's, not installed ones, not ours."""
    ours = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    known = tuple(f"{os.path.realpath(place)}{os.sep}" for place in (home, sys.prefix, sys.base_prefix, ours))
    files = {_real(file) for module in tuple(sys.modules.values())
             if isinstance(file := getattr(module, "__file__", None), str)}
    for path in sorted(files):
        if not path.startswith(known) and "-packages" + os.sep not in path:
            yield path, mark_of(path)


@cache
def _real(path: str) -> str:
    """The file that a module's path leads to; modules are hundreds, in few folders, and stay where they are."""
    folder, name = os.path.split(path)
    return os.path.realpath(path) if os.path.islink(path) else os.path.join(_real_folder(folder), name)


_real_folder = cache(os.path.realpath)


def _source(path: str) -> str:
    if not path.endswith(".pyc"):
        return path
    from importlib.util import source_from_cache

    try:
        return source_from_cache(path)
    except ValueError:
        return path


# ---- what is opened and listed

def _listen() -> None:
    """Hear of every file that is opened and every folder that is listed; a hook cannot be taken back: there is one."""
    global _listens
    if not _listens:
        _listens = True
        sys.addaudithook(_hear)


def _hear(event: str, values: tuple[Any, ...]) -> None:
    if _heard is not None and event in _READS and not (event in _LISTS and _for_an_import()):
        _note(_heard.read, os.curdir if values[0] is None else values[0])


_LISTS = ("os.listdir", "os.scandir")
_READS = ("open", *_LISTS)


def _for_an_import() -> bool:
    """Whether a folder is listed because Python looks for a module in it."""
    return sys._getframe(2).f_code.co_filename.startswith("<frozen importlib")


def _note(paths: set[str], path: Any) -> None:
    if isinstance(path, str | os.PathLike):
        with suppress(OSError, ValueError):        # its folder is no more, or no file is called so
            whole = os.path.abspath(path)          # now: a module may change its folder
            if b"\0" not in os.fsencode(whole):
                paths.add(whole)


# ---- what is asked for

def _asking(ask: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(ask)
    def heard(path: Any, *more: Any, **named: Any) -> Any:
        if _heard is not None:
            _note(_heard.asked, path)
        return ask(path, *more, **named)

    for able in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks, os.supports_effective_ids):
        if ask in able:
            able.add(heard)
    return heard


_PLAIN = {name: getattr(os, name) for name in ("stat", "lstat", "access")}     # exists, is_file, glob … ask by these
_ASKING = {name: _asking(ask) for name, ask in _PLAIN.items()}


@contextmanager
def _asked() -> Iterator[None]:
    """Hear meanwhile who asks whether a file is there."""
    for name, ask in _ASKING.items():
        setattr(os, name, ask)
    try:
        yield
    finally:
        for name, ask in _PLAIN.items():
            setattr(os, name, ask)


# ---- modules that are looked for in vain

class _Last:
    """A finder that is asked last, so of what no other has found; it finds nothing, and knows where it was sought."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> None:
        if _heard is not None:
            for folder in sys.path if path is None else path:
                place = os.path.join(str(folder), name.rpartition(".")[2])
                _note(_heard.read, place)
                _note(_heard.read, f"{place}.py")


@contextmanager
def _sought() -> Iterator[None]:
    """Hear meanwhile of every module that is looked for in vain."""
    last = _Last()
    sys.meta_path.append(last)
    try:
        yield
    finally:
        if last in sys.meta_path:
            sys.meta_path.remove(last)
