"""What is asked of a build, what it tells while it runs, and what it answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowstd.base.finding import Finding
from flowstd.base.text import Text

from .index import Row

if TYPE_CHECKING:
    from flowstd.catalog.units import Unit


@dataclass(frozen=True)
class Wish:
    """What a person asks of one build."""

    jobs: int = 0                     # workers; 0: all cores, or one where there is little to do
    force: bool = False
    only: tuple[str, ...] = ()        # patterns of names, codes, keys or files
    since: Callable[[Unit], bool] | None = None        # whether a unit changed, see since.py
    asked: tuple[tuple[str, str], ...] = ()            # formats and look as the person wrote them: see fresh.py
    scheduler: str = ""               # of Dask


EVERYTHING = Wish()                   # that has changed, on all cores


@dataclass
class Summary:
    """What a build did, or would do."""

    rows: list[Row] = field(default_factory=list)          # one for each chart that is there
    failed: list[str] = field(default_factory=list)        # what has no chart, by name
    findings: list[Finding] = field(default_factory=list)  # errors, and what a format cannot show
    kinds: Counter[tuple[str, str, str]] = field(default_factory=Counter)      # code, name, level → how many in all
    traces: list[str] = field(default_factory=list)        # stacks of what broke, for those who ask
    files: int = 0
    chosen: int = 0                                        # units that were asked for
    built: int = 0                                         # charts made now
    kept: int = 0                                          # charts that were as they should be
    removed: list[str] = field(default_factory=list)       # files of earlier builds that are no longer made
    departments: dict[str, Counter[str]] = field(default_factory=dict)     # authority → charts, built, failed, levels


class Listener:
    """Who hears of a build while it runs. This one says nothing."""

    def begin(self, name: str) -> None:
        """A unit is given to a worker."""

    def step(self, name: str) -> None:
        """One more unit is done."""

    def explain(self, name: str, reason: Text, *, made: bool) -> None:
        """Why a unit is made, or not."""

    def waits(self, holder: str) -> None:
        """Another build, the process *holder*, has the folder."""

    def notice(self, words: Text) -> None:
        """Something of the folder or the cache that is worth knowing and stops nothing."""
