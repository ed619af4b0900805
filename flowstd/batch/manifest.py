"""The manifest: which files of the output folder we made, so that only those are ever removed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from flowstd.base.digest import digest

from .write import OutputFolder

NAME = "flowstd-manifest.json"
FORMAT = "flowstd-manifest/1"


def read(folder: OutputFolder) -> dict[str, str]:
    """File name → digest of what the last build wrote; empty when there was none or it cannot be read."""
    try:
        data = json.loads((folder.path / NAME).read_bytes())
        files = data["files"]
        if data["format"] != FORMAT or not all(isinstance(made, str) for made in files.values()):
            return {}
        return dict(files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def write(folder: OutputFolder, files: dict[str, str]) -> None:
    """Say which files we made; written last, when all of them are in place."""
    text = json.dumps({"format": FORMAT, "files": dict(sorted(files.items()))}, ensure_ascii=False, indent=0)
    folder.write(NAME, (text + "\n").encode("utf-8"))


def remove_old(folder: OutputFolder, before: dict[str, str], now: dict[str, str]) -> Iterator[str]:
    """Remove the files that the last build made and this one did not; yield their names.

    A file that somebody has changed since is theirs: it stays.
    """
    for name in sorted(before.keys() - now.keys()):
        path = _inside(folder, name)
        if path is None or path.is_symlink() or not path.is_file():
            continue
        if digest(path.read_bytes()) == before[name]:
            path.unlink()
            yield name


def _inside(folder: OutputFolder, name: str) -> Path | None:
    """A manifest is a file like any other: a name in it that leads elsewhere is ignored."""
    path = folder.path / name
    return path if path.name == name and "\\" not in name else None
