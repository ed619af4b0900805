"""Which compiler this is: a hash of its own files, and a glance that tells whether they were touched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import blake2b

_HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_SKIPPED = ("__pycache__",)


def identity() -> str:
    """The digest of every file of the package: program, editions, templates, fonts and their tables."""
    found = blake2b(digest_size=16)
    for name, path, _ in _files(_HOME, ""):
        with open(path, "rb") as file:
            data = file.read()
        found.update(f"{name}\0{len(data)}\0".encode())
        found.update(data)
    return found.hexdigest()


def glance() -> str:
    """The digest of names, sizes and times: equal glances are the same compiler, without reading it."""
    found = blake2b(digest_size=16)
    for name, _, seen in _files(_HOME, ""):
        found.update(f"{name}\0{seen.st_size}\0{seen.st_mtime_ns}\0".encode())
    return found.hexdigest()


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
