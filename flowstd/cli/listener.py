"""What a person sees of a build while it runs."""

from __future__ import annotations

import sys
from collections.abc import Callable

from flowstd.base.text import Text
from flowstd.batch.build import Listener

from .terminal import say


class Told(Listener):
    """Moves the bar, and prints what cannot wait."""

    def __init__(self, step: Callable[[str], None] = lambda name: None, *, explain: bool = False) -> None:
        self._step = step
        self._explain = explain

    def step(self, name: str) -> None:
        self._step(name)

    def explain(self, name: str, reason: Text, *, made: bool) -> None:
        if self._explain:
            sign = Text("生成", "make") if made else Text("跳过", "skip")
            say(f"{sign} {name}: {reason}")

    def waits(self, holder: str) -> None:
        _aside(Text(f"等待另一个生成任务结束（进程 {holder}）……", f"waiting for another build to end (process {holder}) ..."))

    def notice(self, words: Text) -> None:
        _aside(words)


def _aside(words: Text) -> None:
    """Beside the output: on standard error."""
    print(words, file=sys.stderr, flush=True)
