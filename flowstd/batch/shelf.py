"""The layout cache: what the engine made of each shape, kept in the user's own cache folder for every build to come.

A file for each shape, called by its digest, with a digest of what it holds. Whatever
is not whole is thrown away and worked out again: damage costs time only, and is told
once. Another version of the engine has a folder of its own. Nothing here makes a build fail.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flowstd import layout
from flowstd.base.digest import canonical, digest
from flowstd.base.errors import FlowstdError
from flowstd.base.files import write_whole
from flowstd.layout.shape import Arrangement, EdgePath, Shape
from flowstd.layout.shelf import use

LARGEST = 64 << 20                    # bytes of the whole cache; a layout has about two thousand


class Shelf:
    """The arrangements in one folder, which is made when there is something to put in."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._made = False
        self._usable = True
        self.damaged = False          # an arrangement was here that was not whole

    def of(self, shape: Shape, arrange: Callable[[Shape], Arrangement]) -> Arrangement:
        """The arrangement of *shape*: the one here, if it is whole, or what *arrange* makes, put here if it may be."""
        name = digest(canonical(shape)) + _SUFFIX
        path = os.path.join(self._folder, name)
        found = self._found(path, name, shape)
        if found is None:
            found = arrange(shape)
            if self._usable:
                self._keep(path, canonical([name, *found]).encode())
        return found

    def _found(self, path: str, name: str, shape: Shape) -> Arrangement | None:
        try:
            with open(path, "rb", buffering=0) as file:
                mark, _, data = file.read().partition(b"\n")
        except OSError:
            return None
        found = _read(data, name, shape) if mark.decode("ascii", "replace") == digest(data) else None
        if found is None:
            self.damaged = True
            _remove(path)
        return found

    def _keep(self, path: str, data: bytes) -> None:
        try:
            if not self._made:
                os.makedirs(self._folder, exist_ok=True)
                self._made = True
            write_whole(path, digest(data).encode() + b"\n" + data)
        except (OSError, FlowstdError):
            self._usable = False      # read-only or full: the build goes on without


class Kept(NamedTuple):
    """What the layout cache holds."""

    folder: Path
    layouts: int
    size: int                         # bytes


@cache
def shelve() -> Shelf | None:
    """Let this process use the layout cache of its user, if there is one."""
    home = home_of_cache()
    shelf = Shelf(home / version()) if home else None
    use(shelf)
    return shelf


def home_of_cache() -> Path | None:
    """The folder of all layouts, whatever their version; None for a user without a home."""
    if sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "") or os.path.expanduser("~/.cache")
    return Path(base, "flowstd", "layouts") if os.path.isabs(base) else None


def version() -> str:
    """The engine that this is: the digest of its own files."""
    folder = Path(layout.__path__[0])
    return digest("".join(digest(path.read_bytes()) for path in sorted(folder.glob("*.py"))))[:16]


def kept() -> Kept | None:
    """What is in the cache now; None for a user without a home."""
    home = home_of_cache()
    if home is None:
        return None
    sizes = [size for _, size, _ in _files(home)]
    return Kept(home, len(sizes), sum(sizes))


def clear() -> int:
    """Empty the cache; how many layouts were in it. What is not ours stays."""
    home = home_of_cache()
    return _discard(home, 0) if home else 0


def prune() -> None:
    """Throw the oldest layouts away where the cache has become too large."""
    home = home_of_cache()
    if home is not None and sum(size for _, size, _ in _files(home)) > LARGEST:
        _discard(home, LARGEST * 3 // 4)


def _discard(home: Path, allowed: int) -> int:
    """Remove the oldest layouts until no more than *allowed* bytes are left; how many were removed."""
    files = sorted(_files(home), key=lambda file: (file[2], file[0]))
    left, removed = sum(size for _, size, _ in files), 0
    for path, size, _ in files:
        if left <= allowed:
            break
        left -= size
        removed += _remove(path)
    for folder in {os.path.dirname(path) for path, _, _ in files}:
        try:
            os.rmdir(folder)
        except OSError:
            continue                  # not empty
    return removed


def _files(home: Path) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of every layout, and of what writing one may have left behind."""
    for folder in _listed(home):
        if folder.is_dir(follow_symlinks=False):
            for entry in _listed(folder.path):
                if entry.name.endswith((_SUFFIX, ".part")):
                    try:
                        seen = entry.stat(follow_symlinks=False)
                    except OSError:
                        continue
                    yield entry.path, seen.st_size, seen.st_mtime_ns


def _listed(folder: str | Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


_SUFFIX = ".layout"


def _read(data: bytes, name: str, shape: Shape) -> Arrangement | None:
    """The arrangement that *data* says, if it is that of *shape*."""
    try:
        said, across, along, lanes, nodes, high, edges, sizes = json.loads(data)
        found = Arrangement(across, along, _pairs(lanes), _pairs(nodes), tuple(high), tuple(
            [EdgePath(_pairs(points), tuple(label) if label else None, back) for points, label, back in edges]),
            _pairs(sizes))
    except (ValueError, TypeError, RecursionError):
        return None
    parts = (len(found.lanes), len(found.nodes), len(found.aside_high), len(found.edges))
    whole = (shape.lanes, len(shape.nodes), len(shape.nodes), len(shape.edges))
    return found if said == name and parts == whole else None


def _pairs(values: list[Any]) -> tuple[Any, ...]:
    return tuple([tuple(value) for value in values])


def _remove(path: str) -> bool:
    try:
        os.unlink(path)
    except OSError:
        return False
    return True
