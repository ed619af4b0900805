"""``--log FILE``: what a build did, line by line, to be sent to those who help; no secrets, no home folder's name."""

from __future__ import annotations

import os
import platform
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flowstd import __version__
from flowstd.base.files import environment
from flowstd.base.text import Text
from flowstd.batch.wish import Listener

if TYPE_CHECKING:
    from flowstd.batch.wish import Summary

_SECRET = re.compile(r"(?<=://)[^/@\s]+(?=@)")             # name and password in an address


class Log(Listener):
    """Writes what it hears into a file, in English, and passes it on; each line begins with the seconds so far.

    Raises: BadEnvironment: the file cannot be written.
    """

    def __init__(self, path: Path, heard: Listener, arguments: Sequence[str],
                 clock: Callable[[], float] = time.monotonic) -> None:
        self._heard, self._clock, self._began = heard, clock, clock()
        try:
            self._file = open(path, "w", encoding="utf-8", errors="backslashreplace", buffering=1)  # noqa: SIM115
        except OSError as error:
            raise environment(error, path) from None
        self._line(f"flowstd {__version__}, Python {platform.python_version()}, {platform.platform()}, "
                   f"{os.cpu_count()} cores")
        self._line("flowstd " + " ".join(arguments))

    def begin(self, name: str) -> None:
        self._line(f"begin {name}")
        self._heard.begin(name)

    def step(self, name: str) -> None:
        self._line(f"done {name}")
        self._heard.step(name)

    def explain(self, name: str, reason: Text, *, made: bool) -> None:
        self._line(f"{'make' if made else 'skip'} {name}: {reason.en}")
        self._heard.explain(name, reason, made=made)

    def waits(self, holder: str) -> None:
        self._line(f"waits for process {holder}")
        self._heard.waits(holder)

    def notice(self, words: Text) -> None:
        self._line(words.en)
        self._heard.notice(words)

    def ends(self, summary: Summary) -> None:
        """What came of it all."""
        for one in summary.findings:
            self._line(f"{one.code} {one.level.value} {one.item} {one.where}: {one.message.en}")
        for trace in summary.traces:
            self._line(trace)
        self._line(f"charts {len(summary.rows)}, built {summary.built}, kept {summary.kept}, "
                   f"failed {len(summary.failed)}, removed {len(summary.removed)}, files {summary.files}")

    def breaks(self, error: BaseException) -> None:
        """Why it came to no end."""
        self._line(f"broken off: {type(error).__name__}: {error}")

    def close(self) -> None:
        """The file is whole."""
        try:
            self._file.close()
        except OSError:
            return

    def _line(self, words: str) -> None:
        home = os.path.expanduser("~")
        plain = _SECRET.sub("***", words.replace(home, "~") if os.path.isabs(home) and len(home) > 1 else words)
        try:
            self._file.write(f"{self._clock() - self._began:9.3f} {plain}\n")
        except OSError:
            return                    # a log that cannot be written stops no build
