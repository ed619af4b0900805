"""Which compiler this is: a hash of all that makes outputs, and a glance that tells whether it was touched."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from flowstd.base.digest import canonical, digest, file_digest
from flowstd.base.files import whole

_HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_SKIPPED = ("__pycache__",)
_PASSING = (".part", ".flowstd-lock")


THERE = "/"                           # ends the name of a folder that is only asked for
RULES = "flowstd.rules"               # the entry points of packages that bring rules
PACKAGES = ("graphviz", "resvg_py", "reportlab", "python-docx")       # that make bytes of ours


def identity() -> str:
    """The digest of all that makes outputs beside their sources.

    Every file of the package (program, editions, templates, fonts and their tables), Python, the packages that draw
    for us, and the rules that others bring.
    """
    found = blake2b(digest_size=16)
    for name, path, _ in _files(_HOME, ""):
        with open(path, "rb") as file:
            data = file.read()
        found.update(f"{name}\0{len(data)}\0".encode())
        found.update(data)
    found.update("\0".join((sys.version, *_versions(), *(mark for _, mark in others()))).encode())
    return found.hexdigest()


def glance() -> str:
    """The digest of names, sizes and times: equal glances, and the same *others*, are the same compiler."""
    found = blake2b(sys.version.encode(), digest_size=16)
    for name, _, seen in _files(_HOME, ""):
        found.update(f"{name}\0{seen.st_size}\0{seen.st_mtime_ns}\0".encode())
    for place in sys.path:
        if place.endswith("-packages"):      # a package that comes or goes touches the folder
            found.update(f"{place}\0{_time(place)}\0".encode())
    return found.hexdigest()


def others() -> list[tuple[str, str]]:
    """The files of the packages that bring rules, each with its digest."""
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    files: set[str] = set()
    for name in {point.module.partition(".")[0] for point in entry_points(group=RULES)}:
        spec = find_spec(name)
        if spec is not None and spec.submodule_search_locations:
            files.update(str(path) for folder in spec.submodule_search_locations for path in Path(folder).rglob("*.py"))
        elif spec is not None and spec.origin:
            files.add(spec.origin)
    return [(path, mark_of(path)) for path in sorted(files)]


def mark_of(path: str) -> str:
    """The digest of a file, or of the names in a folder; empty when it cannot be read, or is neither.

    A pipe or a device may never end. What a build puts into a folder for a while is no name in it. Of a folder that is
    named with a slash at the end only that it is there counts.
    """
    if path.endswith(THERE):
        return THERE if os.path.isdir(path) else ""
    try:
        return file_digest(whole(Path(path)))
    except OSError:
        pass
    try:
        return digest(canonical(sorted(name for name in os.listdir(path) if not name.endswith(_PASSING))))
    except OSError:
        return ""


def _versions() -> Iterator[str]:
    from importlib.metadata import PackageNotFoundError, version

    for name in PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield name


def _time(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0


def _files(folder: str, within: str) -> Iterator[tuple[str, str, os.stat_result]]:
    """Name within the package, path, and what the disk knows of each file, in the order of names."""
    with os.scandir(folder) as listed:
        entries = sorted(listed, key=lambda entry: entry.name)
    for entry in entries:
        name = f"{within}/{entry.name}" if within else entry.name
        if entry.is_dir():
            if entry.name not in _SKIPPED:
                yield from _files(entry.path, name)
        elif not entry.name.endswith((".pyc", ".part")):
            yield name, entry.path, entry.stat()
