"""Which units changed since a revision of git: by file, and in tables by row."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

from flowstd.base.errors import BadUse, FlowstdError
from flowstd.base.text import Text
from flowstd.catalog.config import Catalogue
from flowstd.catalog.units import Contents, Unit


def changed_since(catalogue: Catalogue, revision: str) -> Callable[[Unit], bool]:
    """Whether a unit says something else than it did in *revision*. Raises BadUse: git does not know it.

    A table's rows are compared by what they say, wherever they stand.
    """
    _git(catalogue, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", revision=revision)
    contents = Contents(catalogue)
    before: dict[str, frozenset[str]] = {}

    def changed(unit: Unit) -> bool:
        if unit.path not in before:
            before[unit.path] = frozenset(contents.said(unit, _old(catalogue, revision, unit.path)))
        return unit.source not in before[unit.path]

    return changed


def _old(catalogue: Catalogue, revision: str, path: str) -> bytes | None:
    """The file as it was; None when there was none."""
    try:
        return _git(catalogue, "show", f"{revision}:./{path}", revision=revision)
    except FlowstdError:
        return None


def _git(catalogue: Catalogue, *words: str, revision: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(catalogue.folder), *words], capture_output=True, check=False,
                              stdin=subprocess.DEVNULL)
    except OSError:
        raise BadUse(Text("找不到 git", "git is not to be found"),
                     fix=Text("安装 git，或用 --only 选择事项", "install git, or choose items with --only")) from None
    if done.returncode:
        raise BadUse(Text(f"git 里没有“{revision}”", f'git knows no "{revision}"'),
                     fix=Text("写提交、标签或分支，例如 HEAD~1", "write a commit, a tag or a branch, such as HEAD~1"))
    return done.stdout
