"""Whose a file in the output folder is: what we did not make is replaced when --force asks for it, else refused."""

from __future__ import annotations

import os
from pathlib import Path

from flowstd.base.errors import BadEnvironment
from flowstd.base.text import Text

from . import index
from .manifest import Manifest
from .write import OutputFolder

_HEAD = 1_000                         # bytes in which a page of ours says so


class Foreign:
    """What stands in *folder* and is not in the manifest of the build *before*.

    Where that is damaged or lost, all is taken for ours that has a name of ours: damage costs time only. A folder that
    has lost it is known by its page.
    """

    def __init__(self, folder: OutputFolder, before: Manifest, *, force: bool) -> None:
        self._folder, self._before = folder, before
        self._all_ours = force or before.damaged or before.torn or (before.lost and self._is_page(index.NAME))
        self._listed: set[int] | None = None

    def refuse(self, name: str, unit: str = "") -> None:
        """Raise BadEnvironment where *name*, a file of *unit* or a page, is there and is not ours.

        A link holds nothing.
        """
        path = self._folder.place(name)
        if self._all_ours or os.path.islink(path) or not os.path.exists(path):
            return
        if self._is_listed(name, unit) or self._is_page(name):
            return
        raise BadEnvironment(
            Text(f"{path} 已存在，而且不是 flowstd 写的", f"{path} is there already and is not flowstd's"),
            fix=Text("移走它，或加 --force 覆盖它", "move it away, or replace it with --force"))

    def _is_listed(self, name: str, unit: str) -> bool:
        if name in self._before.files_of(unit):
            return True
        if self._listed is None:
            self._listed = set(map(hash, self._before.files()))
        return hash(name) in self._listed

    def _is_page(self, name: str) -> bool:
        """Whether *name* is that of a page, and the page there says that it is ours."""
        if not index.is_page(name):
            return False
        try:
            with Path(self._folder.place(name)).open("rb") as file:
                return index.MARK.encode() in file.read(_HEAD)
        except OSError:
            return False
