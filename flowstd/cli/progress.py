"""How far a long work is: a bar on a terminal, a plain line now and then elsewhere; both on standard error."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flowstd.base.text import Text, short

_EVERY = 10.0                         # seconds between plain lines


class Progress:
    """Hears what is begun and what is done. This one shows nothing."""

    def begin(self, name: str) -> None:
        """*name* is in work."""

    def step(self, name: str) -> None:
        """*name*, or one more of the many, is done."""


@contextmanager
def progress(total: int, title: Text) -> Iterator[Progress]:
    """Show how much of *total* is done while the work lasts."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield Lines(total, title)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=None), MofNCompleteColumn(),
               TextColumn("{task.fields[rate]}", markup=False), TimeRemainingColumn(),
               TextColumn("{task.fields[item]}", markup=False))
    with Bar(*columns, console=console, transient=True, expand=console.width > 40) as bar:
        yield _Drawn(bar, bar.add_task(title.say(), total=total, item="", rate=""), max(0, console.width - 64))


class _Drawn(Progress):
    """Moves a bar; names what was begun last."""

    def __init__(self, bar: object, task: object, room: int) -> None:
        self._update = bar.update                          # type: ignore[attr-defined]
        self._task, self._room = task, room
        self._began, self._done, self._next = time.monotonic(), 0, 0.0

    def begin(self, name: str) -> None:
        self._update(self._task, item=short(name, self._room))

    def step(self, name: str) -> None:
        self._done += 1
        self._update(self._task, advance=1)
        now = time.monotonic()
        if now > self._next:
            self._next = now + 0.5
            self._update(self._task, rate=_rate(self._done, now - self._began))


class Lines(Progress):
    """A line every ten seconds, for logs: short works say nothing."""

    def __init__(self, total: int, title: Text, clock: Callable[[], float] = time.monotonic) -> None:
        self._total, self._title, self._clock = total, title, clock
        self._began = self._told = clock()
        self._done, self._begun = 0, ""

    def begin(self, name: str) -> None:
        self._begun = short(name)

    def step(self, name: str) -> None:
        self._done += 1
        now = self._clock()
        if now - self._told >= _EVERY:
            self._told = now
            self._tell(now - self._began)

    def _tell(self, passed: float) -> None:
        done, total = self._done, max(self._total, self._done)
        left = passed / done * (total - done)
        so_far = f"{done}/{total}, {_rate(done, passed)}"
        zh, en = (f"，在做 {self._begun}", f", at {self._begun}") if self._begun else ("", "")
        words = Text(f"{self._title.zh}：{so_far}，约剩 {left:.0f} 秒{zh}",
                     f"{self._title.en}: {so_far}, about {left:.0f} s left{en}")
        print(words, file=sys.stderr, flush=True)


def _rate(done: int, passed: float) -> str:
    return Text(f"{done / passed:.0f} 项/秒", f"{done / passed:.0f}/s").say() if passed > 0 else ""
