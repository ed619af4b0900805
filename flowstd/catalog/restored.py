"""What an author's module changes of the process is put back, so that it decides nothing for the items after it."""

from __future__ import annotations

import builtins
import gc
import locale
import os
import signal
import sys
import threading
import warnings
from contextlib import ExitStack, suppress
from decimal import localcontext
from typing import Any

from flowstd.base.errors import BadSource
from flowstd.base.text import Text

try:
    import resource  # now: a module may stand beside one that is called so
except ImportError:
    resource = None                   # type: ignore[assignment]

_BUILTINS = builtins.__dict__
_HOOKS = ("meta_path", "path_hooks")  # of sys: who finds modules
_LIMITS = sorted({number for name, number in vars(resource).items() if name.startswith("RLIMIT_")}) if resource else []
_spoiled = 0                          # the process that was


def spoiled() -> bool:
    """Whether a module has changed this process for good: what is read next had better be read in another.

    What it has added to the builtins and to the import system stays, as a package that it has imported may need it.
    """
    return _spoiled == os.getpid()


class Restored:
    """A module runs in it: working folder, environment, limits, streams and the like are afterwards as they were.

    A process that the module has forked ends here: it would go on as a second flowstd.

    Raises: BadSource: the module has lowered a limit for good.
    """

    def __enter__(self) -> None:
        self._process, self._depth = os.getpid(), sys.getrecursionlimit()
        self._builtins = _BUILTINS.copy()
        self._hooks = [(name, getattr(sys, name), getattr(sys, name)[:]) for name in _HOOKS]
        self._limits = _limits()
        self._folder = _folder()
        self._environment = os.environ.copy()
        self._path, self._places, self._arguments = sys.path, sys.path[:], sys.argv[:]
        self._streams = sys.stdin, sys.stdout, sys.stderr
        self._mask = os.umask(0o077)
        os.umask(self._mask)
        self._handlers, self._timer = _handlers(), _timer()
        self._collects, self._threshold = gc.isenabled(), gc.get_threshold()
        self._locale = locale.setlocale(locale.LC_ALL)
        self._rest = ExitStack()
        self._rest.enter_context(warnings.catch_warnings())
        self._rest.enter_context(localcontext())

    def __exit__(self, kind: object, *error: object) -> None:
        sys.setrecursionlimit(self._depth)         # first: the module may have left no depth for a call
        _BUILTINS.update(self._builtins)           # what follows is made of them
        if os.getpid() != self._process:
            os._exit(0)
        limited = self._limited()
        sys.stdin, sys.stdout, sys.stderr = self._streams
        sys.path, sys.argv[:] = self._path, self._arguments
        sys.path[:] = self._places
        if self._folder and _folder() != self._folder:
            with suppress(OSError):                # it is no more
                os.chdir(self._folder)
        if os.environ.copy() != self._environment:
            os.environ.clear()
            os.environ.update(self._environment)
        os.umask(self._mask)
        for number, handler in self._handlers.items():
            if handler is not None and signal.getsignal(number) is not handler:
                signal.signal(number, handler)
        if _timer() != self._timer:
            signal.setitimer(signal.ITIMER_REAL, *self._timer)
        (gc.enable if self._collects else gc.disable)()
        gc.set_threshold(*self._threshold)
        if locale.setlocale(locale.LC_ALL) != self._locale:
            locale.setlocale(locale.LC_ALL, self._locale)
        self._rest.close()
        self._put_hooks_back()
        if limited or len(_BUILTINS) > len(self._builtins):
            _spoil()
        if limited and kind is None:
            raise BadSource(Text("模块降低了进程的资源上限，恢复不了", "the module has lowered the limits of its process for good"),
                            fix=Text("删去 resource.setrlimit", "remove resource.setrlimit"))

    def _limited(self) -> bool:
        """Put limits back; whether one cannot be."""
        try:
            for number, before in self._limits.items():
                if resource.getrlimit(number) != before:
                    resource.setrlimit(number, before)
        except (ValueError, OSError):
            return True
        return False

    def _put_hooks_back(self) -> None:
        for name, places, before in self._hooks:
            now, known = getattr(sys, name), set(map(id, before))
            added = [one for one in now if id(one) not in known] if isinstance(now, list) else []
            if now is not places or list(map(id, now)) != list(map(id, before)):
                setattr(sys, name, places)
                places[:] = [*before, *added]
                sys.path_importer_cache.clear()    # of what was found, or not, in the meantime
            if added:
                _spoil()


def _spoil() -> None:
    global _spoiled
    _spoiled = os.getpid()


def _limits() -> dict[int, tuple[int, int]]:
    return {number: resource.getrlimit(number) for number in _LIMITS}


def _folder() -> str:
    try:
        return os.getcwd()
    except OSError:
        return ""


def _handlers() -> dict[int, Any]:
    """Who hears which signal; only the first thread may say so."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    return {number: signal.getsignal(number) for number in signal.valid_signals()}


def _timer() -> tuple[float, float]:
    return signal.getitimer(signal.ITIMER_REAL) if hasattr(signal, "getitimer") else (0.0, 0.0)

