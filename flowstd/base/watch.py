"""Which files changed since one last looked: by their sizes and times, so that it works on file shares too.

The system's own messages about files do not come from a share, and need a package;
to look at a thousand files takes a few milliseconds.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event

_SKIPPED = ("__pycache__", "node_modules")


class Watch:
    """The files of some *places*, files or folders, as they were when one last looked; what is hidden is not seen.

    Folders *without* interest, such as the one that is written into, are left out with all they hold.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     watch = Watch([Path(folder)])
    ...     _ = Path(folder, "a.yaml").write_text("name: a")
    ...     [path.name for path in watch.changed()], watch.changed()
    (['a.yaml'], ())
    """

    def __init__(self, places: Iterable[Path], *, without: Iterable[Path] = ()) -> None:
        self._places = tuple(os.path.abspath(place) for place in places)
        self._without = frozenset(os.path.abspath(place) for place in without)
        self._seen = self._look()

    def changed(self) -> tuple[Path, ...]:
        """The files that appeared, changed or went since the last look, in the order of their names."""
        before, self._seen = self._seen, self._look()
        names = before.keys() | self._seen.keys()
        return tuple(Path(name) for name in sorted(names) if before.get(name) != self._seen.get(name))

    def wait(self, *, pause: float = 0.3, stop: Event | None = None) -> tuple[Path, ...]:
        """The same, as soon as something changed and then nothing for a *pause* in seconds; nothing once *stop* is set.

        Programs save in several steps: half a save is not worth a build.
        """
        stop = stop or Event()
        found: set[Path] = set()
        while not stop.wait(pause):
            now = self.changed()
            found.update(now)
            if found and not now:
                return tuple(sorted(found))
        return ()

    def _look(self) -> dict[str, tuple[int, int, int]]:
        return {path: (seen.st_size, seen.st_mtime_ns, seen.st_ino)
                for place in self._places for path, seen in self._files(place)}

    def _files(self, place: str) -> Iterator[tuple[str, os.stat_result]]:
        """The files of *place*, each with what the disk knows of it; what goes meanwhile is not there."""
        try:
            if not os.path.isdir(place):
                yield place, os.stat(place)
                return
            with os.scandir(place) as listed:
                entries = list(listed)
        except OSError:
            return
        for entry in entries:
            if entry.name.startswith((".", "~$")) or entry.name in _SKIPPED or entry.path in self._without:
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    yield from self._files(entry.path)
                else:
                    yield entry.path, entry.stat()
            except OSError:
                continue
