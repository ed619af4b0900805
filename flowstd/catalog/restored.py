"""What an author's module changes of the process is put back, so that it decides nothing for the items after it."""

from __future__ import annotations

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


class Restored:
    """A module runs in it: working folder, environment, limits, streams and the like are afterwards as they were.

    A process that the module has forked ends here: it would go on as a second flowstd.
    """

    def __enter__(self) -> None:
        self._process, self._depth = os.getpid(), sys.getrecursionlimit()
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

    def __exit__(self, *error: object) -> None:
        sys.setrecursionlimit(self._depth)         # first: the module may have left no depth for a call
        if os.getpid() != self._process:
            os._exit(0)
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

