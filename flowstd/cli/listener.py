"""What a person sees of a build while it runs."""

from __future__ import annotations

import sys

from flowstd.base.text import Text
from flowstd.batch.wish import Listener

from .progress import Progress
from .terminal import say


class Told(Listener):
    """Moves the bar, and prints what cannot wait."""

    def __init__(self, shown: Progress | None = None, *, explain: bool = False) -> None:
        self._shown = shown or Progress()
        self._explain = explain

    def begin(self, name: str) -> None:
        self._shown.begin(name)

    def step(self, name: str) -> None:
        self._shown.step(name)

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
