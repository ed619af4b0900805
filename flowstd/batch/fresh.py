"""Whether nothing has changed since the last build: answered by the manifest, the inputs and a look at the files.

Nothing of the compiler is imported for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from . import compiler
from .manifest import PART, Manifest, Record, files_of
from .write import OutputFolder


@dataclass(frozen=True)
class Standing:
    """What the last build left, and still holds."""

    charts: int
    failed: int
    files: int
    kinds: tuple[tuple[str, str, str, int], ...]      # of findings: code, name, level, how many
    findings: tuple[Record, ...]                      # those that are told in full: see memory.py


def standing(folder: Path, out: Path, asked: dict[str, str]) -> Standing | None:
    """What a build of *folder* into *out* would find done; None where there is something to do.

    *asked* are formats and look as they were asked for; what is not asked for is left to the catalogue.
    """
    if out.is_symlink() or not out.is_dir() or (out / PART).exists():
        return None
    outputs = _Outputs(OutputFolder(out, look=True))
    with closing(Manifest(outputs.place, outputs.hear)) as manifest:
        last = manifest.closing
    if not last or last.get("partial") or last.get("asked") != asked or last.get("glance") != compiler.glance():
        return None
    if last.get("left"):                  # told by every build until somebody has seen to it
        return None
    try:
        outputs.hear({"by": True, "cases": [{"files": last["pages"]}]})
        if not (outputs.same and _same_inputs(folder, last)):
            return None
        kinds = tuple((code, name, level, number) for code, name, level, number in last["kinds"])
        return Standing(last["charts"], last["failed"], last["files"], kinds, tuple(last["findings"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None                   # not what we wrote: a build goes on without it


def _same_inputs(folder: Path, last: dict[str, list[list[str]]]) -> bool:
    known = [path for path, _ in last["inputs"]]
    listed = list(_listed(folder, [str(pattern) for pattern in last["patterns"]]))
    if known[-len(listed):] != listed or not listed:
        return False
    inputs = (*last["inputs"], *last["reads"], *last["others"])
    return all(compiler.mark_of(os.path.join(folder, path)) == mark for path, mark in inputs)


def _listed(folder: Path, patterns: list[str]) -> Iterator[str]:
    """The files of items as :meth:`Catalogue.files` lists them."""
    seen: set[Path] = set()
    for pattern in patterns:
        found = sorted(path for path in folder.glob(pattern)
                       if path not in seen and not path.name.startswith("~$"))
        seen.update(found)
        yield from (path.relative_to(folder).as_posix() for path in found)


class _Outputs:
    """Whether what was built is as we left it, looked at while the manifest is read."""

    def __init__(self, place: OutputFolder) -> None:
        self.place = place
        self.same = True

    def hear(self, record: Record) -> None:
        """One more unit: it has been made, and its files are untouched."""
        self.same = self.same and bool(record["by"]) and all(
            self.place.seen(name) == (size, time) for name, size, time, _ in files_of(record))
